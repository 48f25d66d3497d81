"""A line is drawn anew when the window is another size."""
import pyte
from terminal import run, check


def case(home, open_):
    terminal = open_("repl", "cluster", columns=100, rows=30).begin()
    text = "watch " + "".join(chr(ord("a") + i % 26) for i in range(60))
    terminal.send(text)
    terminal.waitForLine("gatewalk> " + text)
    terminal.child.setwinsize(30, 40)
    terminal.screen.resize(30, 40)
    terminal.screen.reset()
    terminal.mark = len(terminal.text)
    terminal.wait(lambda: "".join(terminal.lines) == "gatewalk> " + text, "the line on two rows")
    check(terminal.screen.cursor.y == 1, "the cursor is on the second row")
    terminal.send("Z")
    terminal.wait(lambda: "".join(terminal.lines) == "gatewalk> " + text + "Z", "what is typed then")
    terminal.send("\x03")
    terminal.wait(lambda: "^C" in terminal.news and terminal.isAtPrompt(), "the prompt")
    terminal.leave()


run(case)
