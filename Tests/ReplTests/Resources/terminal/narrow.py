"""On a narrow terminal sentences are broken between words."""
from terminal import run, check


def case(home, open_):
    terminal = open_("repl", "cluster", columns=40, rows=60, NO_COLOR="1").begin()
    terminal.ask("help edit", "$VISUAL")
    said = terminal.news.split("\r\n")
    words = " ".join(line.strip() for line in said).split()
    for line in said:
        check(len(line) <= 40 or "  " in line.strip(), "too long: %r" % line)
    check("checked;" in words and "editor" in words, "no word is broken")
    terminal.leave()


run(case)
