"""The page of a trace in a real browser, Chromium without a window.

Arguments: the JSON, the page. A step is chosen by the page's address; what the browser then has is read by html5lib."""
import os
import re
import shutil
import subprocess
import sys
import tempfile

import html5lib
from reading import check, load

trace = load(sys.argv[1])
browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
check(browser, "there is a Chromium (scripts/dependencies test installs it)")


def shown(fragment):
    """The document, once its script has run, and what the browser complained of."""
    with tempfile.TemporaryDirectory() as folder:
        page = os.path.join(folder, "page.html")
        shutil.copy(sys.argv[2], page)
        result = subprocess.run(
            [browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--enable-logging=stderr",
             f"--user-data-dir={folder}/profile", "--dump-dom", f"file://{page}{fragment}"],
            capture_output=True, timeout=300)
    check(result.returncode == 0, f"the browser ended with {result.returncode}: {result.stderr.decode()[-2000:]}")
    said = [line for line in result.stderr.decode().splitlines() if "CONSOLE" in line]
    check(not said, f"nothing on the console: {said}")
    root = html5lib.parse(result.stdout, treebuilder="lxml", namespaceHTMLElements=False).getroot()
    return {e.get("id"): e for e in root.iter() if isinstance(e.tag, str) and e.get("id")}


def words(element):
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()


def state(document, prefix="step"):
    """The steps that are open, whose gates are marked, and that are current for a screen reader."""
    steps = [name for name in document if re.fullmatch(r"(step|reply)-\d+", name)]
    opened = [name for name in steps if document[name].get("open") is not None]
    marked = [name for name in steps if "gw-selected" in document["gate-" + name].get("class").split()]
    current = [name for name in steps if document[name][0].get("aria-current") == "step"]
    return opened, marked, current


deciding = [n + 1 for n, step in enumerate(trace["steps"]) if step.get("decidedBy") == trace["decidedBy"]][-1]
other = next(n + 1 for n, step in enumerate(trace["steps"]) if n + 1 != deciding and step["step"] == "gate")

# Without a step in the address the deciding one lies open.
document = shown("")
check(state(document) == ([f"step-{deciding}"],) * 3, f"step {deciding} is chosen: {state(document)}")
verdict = words(document["packet-verdict"])
by = trace["decidedBy"]
check(trace["verdict"].upper() in verdict and f"{by['name']} {by['direction']}[{by['rule']}]" in verdict, f"the verdict: {verdict!r}")
check(by["source"] in words(document[f"step-{deciding}"]), "the deciding rule's lines are there")

# With one, that one alone does, of the packet or of the reply.
document = shown(f"#step-{other}")
check(state(document) == ([f"step-{other}"],) * 3, f"step {other} is chosen: {state(document)}")
document = shown("#reply-1")
check(state(document) == (["reply-1"],) * 3, f"the reply's first step is chosen: {state(document)}")

# What names no step chooses none.
document = shown("#nothing")
check(state(document) == ([f"step-{deciding}"],) * 3, f"as without: {state(document)}")
