"""Tab completes as far as there is no choice, and then lists the choice."""
import os

from terminal import run, check


def case(home, open_):
    terminal = open_("repl", "cluster").begin()
    terminal.send("und\t")
    terminal.waitForLine("gatewalk> undo")
    check(terminal.screen.cursor.x == len("gatewalk> undo "), "a blank follows a whole word")
    terminal.send("\x03")
    terminal.wait(terminal.isAtPrompt, "the prompt")

    terminal.send("re\t")
    terminal.wait(lambda: terminal.news.count("gatewalk> re") >= 1 and "reset" in terminal.news, "the list")
    terminal.waitForLine("gatewalk> re")
    row = terminal.screen.cursor.y
    first = terminal.lines.index("gatewalk> re")
    shown = "\n".join(terminal.lines[first + 1:row])
    check(first < row and "redo" in shown and "reset" in shown, "the candidates stand between the line and the line again")
    terminal.send("s\t")
    terminal.waitForLine("gatewalk> reset")
    terminal.send("\x03")
    terminal.wait(terminal.isAtPrompt, "the prompt")

    # In the midst of a line of several rows the list stands below all of them.
    long = "watch " + "x" * 150
    terminal.send(long)
    terminal.wait(lambda: terminal.line.endswith("x" * 30), "the long line")
    terminal.send("\x01re\t")
    terminal.wait(lambda: "reset" in terminal.news, "the list")
    terminal.wait(lambda: terminal.line.startswith("gatewalk> rewatch"), "the line again")
    shown = "\n".join(terminal.lines)
    check(shown.count("gatewalk> rewatch") == 2, "once above the list and once below")
    terminal.send("\x03")
    terminal.wait(terminal.isAtPrompt, "the prompt")

    # A name with blanks is gone through to its end, the quote open until then.
    os.makedirs(home.path + "/my dir")
    home.write("my dir/new pol.yaml", "")
    quoted = "apply '" + home.path + "/my dir/"
    terminal.send("apply " + home.path + "/my\t")
    terminal.waitForLine("gatewalk> " + quoted)
    terminal.send("\t")
    terminal.waitForLine("gatewalk> " + quoted + "new pol.yaml'")
    terminal.send("\x03")
    terminal.wait(terminal.isAtPrompt, "the prompt")
    terminal.leave()


run(case)
