"""YAML is pasted as it is: several documents with blank lines between them, and a command after them."""
from terminal import run, check

YAML = """apiVersion: v1
kind: policy
metadata: {name: pasted}
spec:
  selector: role == "webserver"

  order: 10
  ingress:
  - action: deny

---
apiVersion: v1
kind: policy
metadata: {name: second}
spec: {selector: all(), order: 20}
"""


def case(home, open_):
    terminal = open_("repl", "cluster").begin()
    terminal.send((YAML + "\ntcp 10.0.0.2 -> 10.0.0.1:80 in eth0\n").replace("\n", "\r"))
    terminal.wait(lambda: "DENY" in terminal.news, "the verdict")
    terminal.wait(terminal.isAtPrompt, "the prompt")
    check("added policy pasted" in terminal.news and "added policy second" in terminal.news, "both are there")
    check("...> kind: policy" in terminal.news, "the lines are shown with the second prompt")

    # Typed by hand it ends at a blank line.
    for line in ["apiVersion: v1", "kind: policy", "metadata: {name: typed}", "spec: {selector: all()}"]:
        terminal.ask(line, prompt="...>")
    terminal.ask("", "added policy typed")

    # A tab in pasted lines is text, and the error is where the tab is.
    terminal.send("apiVersion: v1\rkind: policy\rmetadata:\r\tname: tabbed\r\r")
    terminal.wait(lambda: "error" in terminal.news and terminal.isAtPrompt(), "what is wrong with it")

    # An entry of several lines comes back whole.
    terminal.send("\x1b[A\x1b[A")
    terminal.wait(lambda: terminal.line == "spec: {selector: all()}", "the entry in full")
    terminal.send("\r")
    terminal.wait(lambda: "unchanged" in terminal.news and terminal.isAtPrompt(), "it is done again")

    terminal.ask("delete \\", prompt="...>")
    terminal.ask("policy webserver", "deleted policy webserver")
    terminal.ask("undo", "undone")
    terminal.send("\x1b[A\x1b[A")
    terminal.waitForLine("gatewalk> delete policy webserver")
    terminal.send("\r")
    terminal.wait(lambda: "deleted policy webserver" in terminal.news and terminal.isAtPrompt(), "it is done again")

    # 300 lines at once.
    body = "".join("  - {action: allow, protocol: tcp, destination: {ports: [%d]}}\r" % (port + 1000) for port in range(300))
    terminal.send("apiVersion: v1\rkind: policy\rmetadata: {name: long}\rspec:\r  selector: all()\r  ingress:\r" + body + "\r")
    terminal.wait(lambda: "added policy long" in terminal.news and terminal.isAtPrompt(), "the long paste")
    terminal.ask("discard-not", "no command")
    terminal.send("discard\r")
    terminal.waitFor("and leave? [y/N]")
    terminal.send("y\r")
    terminal.ended()


run(case)
