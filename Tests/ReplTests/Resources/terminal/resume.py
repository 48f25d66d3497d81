"""What was changed survives a crash, twice, and everything that was not saved survives leaving."""
import os
import stat
import subprocess

from terminal import PROGRAM, WORLDS, run, check

FLOW = "tcp 10.0.0.2 -> 10.0.0.1:80 in eth0"
ADDED = "- {apiVersion: v1, kind: policy, metadata: {name: %s}, spec: {selector: all(), order: 5, ingress: [{action: deny}]}}"


def case(home, open_):
    first = open_("repl", "cluster").begin()
    first.ask("delete policy webserver", "deleted")
    first.ask("apply", prompt="...>")
    first.ask(ADDED % "mine", prompt="...>")
    first.ask("", "added policy mine")
    check(len(home.journals()) == 1, "a journal is kept")
    journal = home.kept("journal/" + home.journals()[0])
    check(stat.S_IMODE(os.stat(journal).st_mode) == 0o600, "the journal is private")

    # A living session is nobody else's.
    beside = open_("repl", "cluster", "--resume").begin()
    check("there is no session to resume" in beside.text, "a living session is not offered")
    beside.leave()
    first.crash()

    # A plain start says what is there.
    plain = open_("repl", "cluster").begin()
    check("--resume" in plain.text and "2 commands" in plain.text, "one line about it")
    plain.ask(FLOW, "ALLOW")
    plain.leave()

    second = open_("repl", "--resume")
    second.waitFor("resume? [Y]es, [n]o, [d]iscard")
    check("on cluster with 2 commands" in second.text, "what it is")
    second.send("\r")
    second.begin()
    check("resumed 2 commands" in second.text, "what was done")
    second.ask(FLOW, "DENY")
    second.ask("delete policy mine", "deleted")
    check(len(home.journals()) == 1, "the old journal is gone")
    second.crash()

    # The last entry is half written: what stands before it is there.
    journal = home.kept("journal/" + home.journals()[0])
    os.truncate(journal, os.path.getsize(journal) - 5)
    third = open_("repl", "cluster", "--resume")
    third.waitFor("resume?")
    third.send("y\r")
    third.begin()
    check("resumed 2 commands" in third.text and "damaged" in third.text, "what was done")
    third.ask("show policies", "mine")
    third.leave("2 unsaved changes are kept", "--resume")

    # Without a terminal the newest is taken; a script that leaves something unsaved leaves the journal, too.
    script = subprocess.run(
        [PROGRAM, "repl", "--resume"], input="show policies\n", capture_output=True, text=True, cwd=WORLDS,
        env=dict(os.environ, XDG_STATE_HOME=home.state))
    check(script.returncode == 0 and "mine" in script.stdout and "resumed 2 commands" in script.stderr, repr(script))
    check(len(home.journals()) == 1, "it stays")

    # Refused it stays, discarded it is gone.
    fourth = open_("repl", "--resume")
    fourth.waitFor("resume?")
    fourth.send("n\r")
    fourth.begin().leave()
    check(len(home.journals()) == 1, "it stays")
    fifth = open_("repl", "--resume")
    fifth.waitFor("resume?")
    fifth.send("d\r")
    fifth.begin().leave()
    check(home.journals() == [], "it is gone")

    # Of several it says how many there are.
    for _ in range(3):
        crashed = open_("repl", "cluster").begin()
        crashed.ask("delete policy webserver", "deleted")
        crashed.crash()
    several = open_("repl", "cluster").begin()
    check(": 1 command, and 2 older sessions; " in several.text, "how many there are")
    several.leave()
    clearing = open_("repl", "cluster", "--resume")
    for number in range(1, 4):
        clearing.wait(lambda: clearing.text.count("[d]iscard ") == number, "the offer")
        clearing.send("d\r")
    clearing.begin().leave()
    check(home.journals() == [], "all are gone")

    # Saved, there is nothing to keep; discarded neither.
    saved = open_("repl", "cluster").begin()
    saved.ask("delete policy webserver", "deleted")
    saved.ask("save " + home.path + "/saved.yaml", "wrote")
    saved.leave()
    check(home.journals() == [], "everything is saved")
    discarded = open_("repl", "cluster").begin()
    discarded.ask("delete policy webserver", "deleted")
    discarded.send("discard\r")
    discarded.waitFor("and leave? [y/N]")
    discarded.send("y\r")
    discarded.ended()
    check(home.journals() == [], "nothing is wanted")


run(case)
