"""Ctrl-R finds what was typed before."""
from terminal import run, check


def case(home, open_):
    terminal = open_("repl", "cluster").begin()
    terminal.ask("show policies")
    terminal.ask("tcp 10.0.0.2 -> 10.0.0.1:80 in eth0", "ALLOW")
    terminal.ask("show hosts")
    terminal.send("\x120.0.2 ->")
    terminal.waitFor("bck:0.0.2 ->")
    terminal.waitForLine("gatewalk> tcp 10.0.0.2 -> 10.0.0.1:80 in eth0")
    terminal.send("\r")
    terminal.wait(lambda: "ALLOW" in terminal.news and terminal.isAtPrompt(), "it is done again")
    # Ctrl-C in the midst of a search drops it and not the session.
    terminal.send("\x12hosts")
    terminal.waitFor("bck:hosts")
    terminal.send("\x03")
    terminal.wait(lambda: "^C" in terminal.news and terminal.isAtPrompt(), "the prompt")
    terminal.leave()


run(case)
