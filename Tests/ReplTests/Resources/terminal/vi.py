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

    # Editing can be switched off altogether.
    home.write(".editrc", "edit off\n")
    plain = open_("repl", "cluster")
    plain.waitFor("gatewalk>")
    plain.send("show hosts\r")
    plain.wait(lambda: "my-host" in plain.news and plain.line == "gatewalk>", "the hosts")
    plain.send("show half\x03")
    plain.wait(lambda: plain.line == "gatewalk>", "the prompt")
    plain.leave()


run(case)
