"""A terminal that can do nothing, or that nobody knows, is enough."""
from terminal import run, check


def case(home, open_):
    for kind in ["dumb", "nobody-knows-it", "", None]:
        terminal = open_("repl", "cluster", TERM=kind).begin()
        terminal.ask("show hosts", "my-host")
        terminal.send("und\t\r")
        terminal.wait(lambda: "nothing to undo" in terminal.news and terminal.isAtPrompt(), "the answer to undo")
        terminal.send("re\t")
        terminal.wait(lambda: "reset" in terminal.news, "the list")
        terminal.send("\x03")
        terminal.wait(lambda: "^C" in terminal.news and terminal.isAtPrompt(), "the prompt")
        terminal.leave()


run(case)
