"""Changes are taken back and made again."""
from terminal import run, check

FLOW = "tcp 10.0.0.2 -> 10.0.0.1:80 in eth0"


def case(home, open_):
    terminal = open_("repl", "cluster").begin()
    terminal.ask(FLOW, "ALLOW")
    terminal.ask("delete policy webserver", "deleted policy webserver")
    terminal.ask(FLOW, "DENY")
    terminal.ask("undo", "undone")
    terminal.ask(FLOW, "ALLOW")
    terminal.ask("redo", "redone")
    terminal.ask(FLOW, "DENY")
    terminal.ask("undo", "undone")
    # Everything is as in the files: nothing is to be kept.
    terminal.leave()
    check(home.journals() == [], "no journal is left")


run(case)
