"""A session begins with a greeting, and Ctrl-D on an empty line or quit leaves it."""
from terminal import run, check


def case(home, open_):
    terminal = open_("repl", "cluster").begin()
    check("1 policy" in terminal.text and "cluster" in terminal.text, "the greeting says what was loaded")
    check("\x1b[1m" in terminal.text, "on a terminal there is colour")
    terminal.ask("tcp 10.0.0.2 -> 10.0.0.1:80 in eth0", "ALLOW")
    # Not on a line that holds something.
    terminal.send("show\x04")
    terminal.waitForLine("gatewalk> show")
    terminal.ask("", "semantics documented")
    terminal.leave()
    check(home.journals() == [], "a session without changes leaves no journal")

    plain = open_("repl", "cluster", NO_COLOR="1").begin()
    check("\x1b[1m" not in plain.text, "NO_COLOR is heeded")
    plain.send("quit\r")
    plain.ended()

    bare = open_().begin()
    check("empty world" in bare.text, "without a file the world is empty")
    bare.leave()

    refused = open_("repl", "broken.yaml")
    refused.ended("broken.yaml:10:", status=2)
    open_("repl", "broken.yaml", "--keep-going").begin().leave()


run(case)
