"""What was left is resumed on the files that it was about; on others only if the person wants that."""
import os
import subprocess

from terminal import PROGRAM, WORLDS, run, check

CAUTION = "the files have changed since: "


def case(home, open_):
    parts = [open(WORLDS + "/cluster/" + name, encoding="utf-8").read() for name in ("host.yaml", "policy.yml")]
    world = home.write("cluster.yaml", "\n---\n".join(parts))
    first = open_("repl", world).begin()
    first.ask("disable policy webserver", "disabled")
    first.ask("save --force " + world, "wrote")
    first.ask("delete policy webserver", "deleted")
    first.crash()

    # What was saved is in the file already, so doing it again fails or does something else.
    refused = open_("repl", "--resume")
    refused.wait(lambda: "[d]iscard " in refused.text, "the offer")
    refused.send("y\r")
    refused.wait(lambda: "resume all the same? [y/N] " in refused.text, "the question")
    check(CAUTION + world in refused.text.replace("\r\n", ""), "what has changed")
    refused.send("\r")
    refused.begin().leave()
    check(len(home.journals()) == 1, "it stays")

    script = subprocess.run(
        [PROGRAM, "repl", "--resume"], input="show policies\n", capture_output=True, text=True, cwd=home.path,
        env=dict(os.environ, XDG_STATE_HOME=home.state))
    check("warning: " + CAUTION + "cluster.yaml; what is resumed may not" in script.stderr, repr(script))

    wanted = open_("repl", "--resume")
    wanted.wait(lambda: "[d]iscard " in wanted.text, "the offer")
    wanted.send("y\r")
    wanted.wait(lambda: "resume all the same? [y/N] " in wanted.text, "the question")
    wanted.send("y\r")
    wanted.begin()
    check("resumed" in wanted.text, "resumed")
    wanted.send("discard\r")
    wanted.ended()


run(case)
