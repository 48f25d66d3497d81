"""Ctrl-C drops the line and what it continued, and never the session."""
from terminal import run, check


def case(home, open_):
    terminal = open_("repl", "cluster").begin()
    terminal.send("delete policy webserver")
    terminal.waitForLine("gatewalk> delete policy webserver")
    terminal.send("\x03")
    terminal.wait(lambda: "^C" in terminal.news and terminal.isAtPrompt(), "a new prompt")
    terminal.ask("show policies", "webserver")

    terminal.ask("apiVersion: v1", prompt="...>")
    terminal.ask("kind: policy", prompt="...>")
    terminal.send("\x03")
    terminal.wait(lambda: "^C" in terminal.news and terminal.isAtPrompt(), "a new prompt")
    terminal.ask("show hosts", "my-host")

    # In the midst of a line of two rows what follows stands below it.
    terminal.send("watch " + "y" * 150)
    terminal.wait(lambda: terminal.line.endswith("y" * 30), "the long line")
    terminal.send("\x01\x03")
    terminal.wait(lambda: "^C" in terminal.news and terminal.isAtPrompt(), "a new prompt")
    check(sum("y" * 50 in line for line in terminal.lines) == 2, "the line stays where it was")

    # Ctrl-D ends what is begun, as a blank line does.
    terminal.ask("apply", prompt="...>")
    terminal.ask("- {apiVersion: v1, kind: policy, metadata: {name: given}, spec: {selector: all()}}", prompt="...>")
    terminal.send("\x04")
    terminal.wait(lambda: "added policy given" in terminal.news and terminal.isAtPrompt(), "the policy")
    terminal.ask("undo", "undone")
    terminal.leave()


run(case)
