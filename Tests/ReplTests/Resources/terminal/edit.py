"""edit runs the editor of the person, says what is wrong with its text, and asks whether to go on."""
import os
import re
import stat

from terminal import run, check

GOOD = """apiVersion: v1
kind: policy
metadata: {name: webserver}
spec:
  selector: role == 'webserver'
  ingress:
  - {action: deny}
"""


def case(home, open_):
    count = home.path + "/count"
    good = home.write("good.yaml", GOOD)
    # Wrong at first, right when asked again; it shows that it has the terminal as a program expects it.
    editor = home.write("editor", f"""#!/bin/sh
[ "$1" = -w ] || exit 3
stty -a | grep -q ' icanon' && stty -a | grep -q ' echo ' || exit 4
case "$2" in *.yaml) ;; *) exit 5;; esac
echo x >> {count}
if [ "$(wc -l < {count})" = 1 ]; then echo 'kind: [' > "$2"; else cat {good} > "$2"; fi
""", 0o755)
    terminal = open_("repl", "cluster", EDITOR=editor + " -w").begin()
    terminal.send("edit policy webserver\r")
    terminal.wait(lambda: "edit it again? [Y/n]" in terminal.news, "the question")
    check("error" in terminal.news, "what is wrong is said before it")
    terminal.send("\r")
    terminal.wait(lambda: "changed policy webserver" in terminal.news and terminal.isAtPrompt(), "the change")
    terminal.ask("tcp 10.0.0.2 -> 10.0.0.1:80 in eth0", "DENY")
    terminal.ask("undo", "undone")

    # No leaves everything as it is, and what was typed in a file.
    with open(count, "w"):
        pass
    terminal.send("edit policy webserver\r")
    terminal.wait(lambda: "edit it again? [Y/n]" in terminal.news, "the question")
    terminal.send("n\r")
    terminal.wait(lambda: "nothing changed" in terminal.news and terminal.isAtPrompt(), "the prompt")
    kept = re.search(r"your text is kept in\s+(\S+)", terminal.news)
    check(kept and os.path.dirname(kept[1]) == home.kept("edited"), "where it is")
    with open(kept[1], encoding="utf-8") as file:
        check(file.read() == "kind: [\n", "it is whole")
    check(stat.S_IMODE(os.stat(kept[1]).st_mode) == 0o600, "it is private")
    terminal.ask("tcp 10.0.0.2 -> 10.0.0.1:80 in eth0", "ALLOW")
    # The line editor has its terminal again.
    terminal.send("und\t")
    terminal.waitForLine("gatewalk> undo")
    terminal.send("\x03")
    terminal.wait(lambda: "^C" in terminal.news and terminal.isAtPrompt(), "the prompt")
    terminal.leave()

    missing = open_("repl", "cluster", VISUAL="no-such-editor").begin()
    missing.ask("edit policy webserver", "no-such-editor")
    missing.leave()


run(case)
