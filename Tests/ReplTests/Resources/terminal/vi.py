"""The keys are those of ~/.editrc."""
from terminal import run, check


def case(home, open_):
    home.write(".editrc", "bind -v\n")
    terminal = open_("repl", "cluster").begin()
    terminal.ask("show hosts", "my-host")
    # Out of insert mode, to the first word, change it.
    terminal.send("xxxx policies\x1b0dwishow \r")
    terminal.wait(lambda: "webserver" in terminal.news and terminal.isAtPrompt(), "the policies")
    terminal.send("und\t")
    terminal.waitForLine("gatewalk> undo")
    terminal.send("\x1b\x03")
    terminal.wait(lambda: "^C" in terminal.news and terminal.isAtPrompt(), "the prompt")
    terminal.send("\x12hosts")
    terminal.waitFor("bck:hosts")
    terminal.send("\r")
    terminal.wait(lambda: "my-host" in terminal.news and terminal.isAtPrompt(), "the hosts")
    terminal.leave()


run(case)
