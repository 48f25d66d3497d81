"""However a session is ended, the terminal is as before and changes are kept; Ctrl-Z stops it for a while."""
import signal

from terminal import run, check


def case(home, open_):
    for number in [signal.SIGTERM, signal.SIGHUP]:
        terminal = open_("repl", "cluster").begin()
        terminal.ask("delete policy webserver", "deleted")
        terminal.send("half a line")
        terminal.waitForLine("gatewalk> half a line")
        terminal.kill(number)
        terminal.ended(signal=number)
        check(len(home.journals()) == 1, "the changes are kept")
        resumed = open_("repl", "--resume")
        resumed.waitFor("resume?")
        resumed.send("\r")
        resumed.begin()
        resumed.send("discard\r")
        resumed.waitFor("and leave? [y/N]")
        resumed.send("y\r")
        resumed.ended()

    terminal = open_("repl", "cluster").begin()
    terminal.kill(signal.SIGINT)
    terminal.wait(lambda: "^C" in terminal.text and terminal.isAtPrompt(), "the prompt")
    terminal.kill(signal.SIGQUIT)
    terminal.send("show")
    terminal.waitForLine("gatewalk> show")
    # Stopped, the terminal is the shell's.
    check(terminal.isRaw, "while a line is edited the terminal is raw")
    terminal.kill(signal.SIGSTOP)
    terminal.cook()
    terminal.kill(signal.SIGCONT)
    terminal.wait(lambda: terminal.isRaw, "the editor to have the terminal again")
    terminal.send(" hosts\r")
    terminal.wait(lambda: "my-host" in terminal.news and terminal.isAtPrompt(), "the answer")
    terminal.leave()


run(case)
