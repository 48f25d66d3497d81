"""Text is UTF-8, to the place of the cursor, whatever the environment says."""
from terminal import run, check


def edit(terminal):
    terminal.send("größe 日本 x")
    terminal.waitForLine("gatewalk> größe 日本 x")
    check(terminal.screen.cursor.x == len("gatewalk> größe ") + 4 + 2, "wide characters take two columns")
    # Three to the left is between the two wide ones.
    terminal.send("\x1b[D\x1b[D\x1b[Dé")
    terminal.waitForLine("gatewalk> größe 日é本 x")
    check(terminal.screen.cursor.x == len("gatewalk> größe ") + 3, "the cursor is behind it")
    terminal.send("\x7f\x7f")
    terminal.waitForLine("gatewalk> größe 本 x")
    terminal.send("\x03")
    terminal.wait(lambda: "^C" in terminal.news and terminal.isAtPrompt(), "the prompt")
    # What is no UTF-8 is seen and not lost.
    terminal.child.send(b"a\xffb")
    terminal.waitForLine("gatewalk> a\ufffdb")
    terminal.send("\x03")
    terminal.wait(lambda: "^C" in terminal.news and terminal.isAtPrompt(), "the prompt")


def case(home, open_):
    terminal = open_("repl", "cluster").begin()
    edit(terminal)
    terminal.ask("checkpoint größe", "größe")
    terminal.ask("back grösse", "größe")
    terminal.leave()
    # In the POSIX locale too.
    posix = open_("repl", "cluster", LC_ALL="POSIX").begin()
    edit(posix)
    posix.leave()


run(case)
