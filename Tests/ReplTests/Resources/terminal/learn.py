"""A lesson at the terminal: the list, a mistake, a hint, leaving and coming back."""
import os

from terminal import run, check

PROMPT = "lesson 1>"


def write(home):
    folder = os.path.join(home.path, "lessons", "01-web")
    os.makedirs(folder)
    home.write("lessons/01-web/world.yaml", """\
- apiVersion: v1
  kind: hostEndpoint
  metadata: {name: eth0, node: h, labels: {role: web}}
  spec: {interfaceName: eth0, expectedIPs: [10.0.0.1]}
- apiVersion: v1
  kind: policy
  metadata: {name: web}
  spec: {selector: has(role), ingress: [{action: allow, protocol: tcp, destination: {ports: [80]}}]}
""")
    home.write("lessons/01-web/lesson.md", "# The web\n\n## Only\n\nOne **section** with `code`.\n")
    home.write("lessons/01-web/lesson.yaml", """\
lesson: The web
number: 1
world: world.yaml
tasks:
- {task: web, section: Only, predict: "tcp 10.0.0.2 -> 10.0.0.1:80 in eth0", hint: look at the port,
   model: "predict allow by policy web ingress[0]", wrong: predict deny by no-policy-matched}
- task: narrow
  section: Only
  write: {flows: [{flow: "tcp 10.0.0.2 -> 10.0.0.1:80 in eth0", expect: deny}]}
  model: delete policy web
  wrong: failsafe in none
""")
    return os.path.join(home.path, "lessons")


def case(home, open_):
    lessons = write(home)
    first = open_("learn", GATEWALK_LESSONS=lessons, columns=80, rows=24)
    first.waitFor("which lesson? Enter for lesson 1")
    first.send("9\r")
    first.waitFor('there is no lesson "9"')
    first.send("\r")
    first.wait(lambda: first.isAtPrompt(PROMPT), "the lesson's prompt")
    check("\x1b[1msection\x1b[0m" in first.text and "\x1b[1mcode\x1b[0m" in first.text, "marks become bold")
    check("Task 1 of 2" in first.text and "predict allow by" in first.text, "what to type is said")

    first.ask("predict deny by no-policy-matched", "Not so.", "try again", prompt=PROMPT)
    first.ask("why", "ALLOW", prompt=PROMPT)
    first.ask("hint", "look at the port", prompt=PROMPT)
    # Tab knows the words of a guess.
    first.send("predict allow by policy we\t")
    first.waitForLine(PROMPT + " predict allow by policy web")
    first.ask("ingress[0]", "Right.", "next", prompt=PROMPT)
    first.leave("0 of 1 lessons done", "gatewalk learn")
    check(sorted(os.listdir(home.kept())) == ["lessons", "progress.json", "progress.json.lock"], "progress and history are kept")

    second = open_("learn", GATEWALK_LESSONS=lessons, columns=80, rows=24)
    second.waitFor("1 of 2 tasks done")
    second.send("\r")
    second.wait(lambda: second.isAtPrompt(PROMPT), "the lesson's prompt")
    check("Task 2 of 2" in second.text, "it goes on where it was left")
    # YAML goes on over several lines here, too.
    second.ask("apply", prompt="...>")
    second.ask("- {apiVersion: v1, kind: policy, metadata: {name: web}, spec: {selector: has(role)}}", prompt="...>")
    second.ask("", "changed policy web", prompt=PROMPT)
    second.ask("check", "Well done.", "quit", prompt=PROMPT)
    second.send("quit\r")
    second.ended("1 of 1 lessons done")
    check(home.journals() == [], "a lesson leaves no journal")
    check(not os.path.isdir(home.kept("journal")), "nor a place for one")

    # Nothing is forgotten without a yes.
    for arguments, answer, said, state in [
        (["--reset"], "", "nothing is forgotten", "1 of 1 lessons done"),
        (["web", "--reset"], "y", "lesson 1, The web, is new again", "0 of 1 lessons done"),
    ]:
        reset = open_("learn", *arguments, GATEWALK_LESSONS=lessons)
        reset.waitFor("[y/N]")
        reset.send(answer + "\r")
        reset.ended(said)
        list_ = open_("learn", GATEWALK_LESSONS=lessons, columns=80, rows=24)
        list_.waitFor(state)
        list_.send("q\r")
        list_.ended()


run(case)
