"""What was typed is there in the next session, once, and for nobody else to read."""
import os
import stat

from terminal import run, check


def case(home, open_):
    first = open_("repl", "cluster").begin()
    for line in ["show policies", "show hosts", "show policies", " show endpoints"]:
        first.ask(line)
    first.ask("watch (", prompt="...>")
    first.ask("")
    # Nothing is lost by a crash.
    first.crash()

    check(home.read("state/gatewalk/history").count("show policies") >= 1, "kept as it is typed")
    check(stat.S_IMODE(os.stat(home.kept("history")).st_mode) == 0o600, "the file is private")
    check(stat.S_IMODE(os.stat(home.kept()).st_mode) == 0o700, "the directory is private")

    second = open_("repl", "cluster").begin()
    third = open_("repl", "cluster").begin()
    second.send("\x1b[A\x1b[A")
    second.waitForLine("gatewalk> show policies")
    second.send("\x1b[A")
    second.waitForLine("gatewalk> show hosts")
    second.send("\x1b[A")
    # There is none before it: the repeated one has moved to the end, and the one with a blank is not kept.
    second.ask("", "my-host")

    # Two sessions at once keep each other's lines.
    second.ask("show failsafes")
    third.ask("show warnings")
    third.leave()
    second.leave()
    entries = home.read("state/gatewalk/history").splitlines()
    check(entries == ["show policies", "watch (", "show hosts", "show failsafes", "show warnings"], "not %r" % entries)

    # Where nothing can be kept the session works, and says so once.
    homeless = open_("repl", "cluster", HOME=None, XDG_STATE_HOME=None).begin()
    check(homeless.text.count("note:") == 1, "a note about it")
    homeless.ask("delete policy webserver", "deleted")
    check(homeless.text.count("note:") == 1, "but one")
    homeless.send("\x04")
    homeless.waitFor("leave all the same?")
    homeless.send("y\r")
    homeless.ended()

    blocked = home.write("blocked", "")
    unwritable = open_("repl", "cluster", XDG_STATE_HOME=blocked).begin()
    unwritable.ask("delete policy webserver", "deleted", "NOT kept")
    unwritable.ask("undo", "undone")
    check(unwritable.text.count("NOT kept") == 1, "said once")
    unwritable.leave()


run(case)
