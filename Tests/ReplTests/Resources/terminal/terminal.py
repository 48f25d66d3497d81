"""A gatewalk session in a pseudo-terminal, and the screen that a person would see.

Nothing here sleeps for a fixed time: whatever is expected is waited for, long enough for a slow machine. A case that fails prints
what it waited for and the screen.
"""

import os
import re
import shutil
import signal
import sys
import tempfile
import termios
import time
import traceback

import pexpect
import pyte

PATIENCE = float(os.environ.get("PATIENCE", 60))
PROGRAM = sys.argv[1]
WORLDS = sys.argv[2]
COOKED = termios.ICANON | termios.ECHO | termios.ISIG | termios.IEXTEN
ESCAPES = re.compile(r"\x1b(?:\[[0-9;?]*[A-Za-z]|[()][A-Z0-9]|[=>])")


class Failure(Exception):
    pass


class Home:
    """A home directory of its own, so that no session meets another one's history."""

    def __init__(self):
        self.path = tempfile.mkdtemp(prefix="gatewalk-terminal-")
        self.state = os.path.join(self.path, "state")

    def write(self, name, text, mode=0o644):
        path = os.path.join(self.path, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(path, mode)
        return path

    def read(self, name):
        with open(os.path.join(self.path, name), encoding="utf-8") as file:
            return file.read()

    def kept(self, name=""):
        return os.path.join(self.state, "gatewalk", name)

    def journals(self):
        folder = self.kept("journal")
        return sorted(os.listdir(folder)) if os.path.isdir(folder) else []

    def remove(self):
        shutil.rmtree(self.path, ignore_errors=True)


class Terminal:
    def __init__(self, home, *arguments, columns=100, rows=40, **variables):
        environment = {
            "PATH": os.environ["PATH"], "HOME": home.path, "XDG_STATE_HOME": home.state, "TERM": "xterm",
            "LC_ALL": "C.UTF-8", "TZ": "UTC",
        }
        for name in ("LD_LIBRARY_PATH", "LLVM_PROFILE_FILE"):
            if name in os.environ:
                environment[name] = os.environ[name]
        environment.update(variables)
        environment = {name: value for name, value in environment.items() if value is not None}
        self.screen = pyte.Screen(columns, rows)
        self.stream = pyte.ByteStream(self.screen)
        self.text = ""
        self.mark = 0
        self.child = pexpect.spawn(
            PROGRAM, list(arguments), cwd=WORLDS, env=environment, dimensions=(rows, columns), timeout=PATIENCE)
        self.child.delaybeforesend = None
        self.child.delayafterclose = None

    # What is on the screen

    def show(self):
        lines = [line.rstrip() for line in self.screen.display]
        while lines and not lines[-1]:
            lines.pop()
        edge = "+" + "-" * self.screen.columns + "+"
        body = ["|" + line.ljust(self.screen.columns) + "|" for line in lines]
        return "\n".join([edge] + body + [edge, "cursor at row %d, column %d" % (self.screen.cursor.y, self.screen.cursor.x)])

    @property
    def lines(self):
        return [line.rstrip() for line in self.screen.display]

    @property
    def line(self):
        """The line that the cursor is on."""
        return self.screen.display[self.screen.cursor.y].rstrip()

    @property
    def news(self):
        """What was written since something was last typed."""
        return ESCAPES.sub("", self.text[self.mark:])

    def isAtPrompt(self, prompt="gatewalk>"):
        return self.line == prompt and self.screen.cursor.x == len(prompt) + 1

    # What is typed

    def send(self, keys):
        self.pump()
        self.mark = len(self.text)
        self.child.send(keys)

    def ask(self, line, *expected, prompt="gatewalk>"):
        """Types a line, and waits for what is expected and for the next prompt."""
        self.send(line + "\r")
        for text in expected:
            self.wait(lambda: text in self.news, repr(text))
        self.wait(lambda: self.news.count("\n") > 0 and self.isAtPrompt(prompt), "the prompt " + repr(prompt))
        return self.news

    def begin(self):
        self.wait(self.isAtPrompt, "the first prompt")
        return self

    # Waiting

    def pump(self, timeout=0):
        try:
            data = self.child.read_nonblocking(65536, timeout)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.stream.feed(data)
        self.text += data.decode("utf-8", "replace")
        return True

    def wait(self, condition, what):
        end = time.monotonic() + PATIENCE
        while not condition():
            if not self.pump(0.05) and not condition():
                raise Failure("the session ended while waiting for " + what)
            if time.monotonic() > end:
                raise Failure("waited in vain for " + what)

    def waitFor(self, text):
        """Waits for a text anywhere on the screen."""
        self.wait(lambda: any(text in line for line in self.lines), repr(text) + " on the screen")

    def waitForLine(self, text):
        """Waits for the line that the cursor is on to be this."""
        self.wait(lambda: self.line == text, "the line " + repr(text))

    # The end

    def leave(self, *expected, status=0):
        """Ctrl-D, and what is then said."""
        self.send("\x04")
        return self.ended(*expected, status=status)

    def ended(self, *expected, status=0, signal=None):
        end = time.monotonic() + PATIENCE
        while self.pump(0.05):
            if time.monotonic() > end:
                raise Failure("waited in vain for the end of the session")
        for text in expected:
            check(text in self.news, "%r was to be said at the end" % text)
        after = termios.tcgetattr(self.child.child_fd)[3]
        self.child.close()
        check(after & COOKED == COOKED, "the terminal is not as it was before")
        check(self.child.signalstatus == signal, "ended by signal %r" % self.child.signalstatus)
        if signal is None:
            check(self.child.exitstatus == status, "ended with status %r" % self.child.exitstatus)
        return self.news

    @property
    def isRaw(self):
        return not termios.tcgetattr(self.child.child_fd)[3] & termios.ICANON

    def cook(self):
        """Sets the terminal as a shell does when it has it again."""
        mode = termios.tcgetattr(self.child.child_fd)
        mode[3] |= COOKED
        termios.tcsetattr(self.child.child_fd, termios.TCSANOW, mode)

    def kill(self, number=signal.SIGKILL):
        self.child.kill(number)

    def crash(self):
        """kill -9, as if the machine had."""
        self.kill()
        while self.pump(0.05):
            pass
        self.child.close()


def check(condition, what):
    if not condition:
        raise Failure(what)


def run(case):
    """Runs a case, a function that takes a home and a way to open terminals, and ends the process with its result."""
    home = Home()
    terminals = []

    def open_(*arguments, **options):
        terminals.append(Terminal(home, *arguments, **options))
        return terminals[-1]

    try:
        case(home, open_)
    except Exception as error:
        traceback.print_exc(file=sys.stdout)
        for terminal in terminals:
            print(terminal.show())
            print(repr(terminal.text[-2000:]))
        print("FAILED: %s" % error)
        sys.exit(1)
    finally:
        for terminal in terminals:
            terminal.child.close(force=True)
        home.remove()
    sys.exit(0)
