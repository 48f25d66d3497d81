"""What the readers of reports share."""
import json
import sys


def check(condition, what):
    if not condition:
        sys.exit(f"not so: {what}")


def load(path):
    """JSON as Python reads it, which must be UTF-8 and hold no key twice."""

    def pairs(items):
        keys = [key for key, _ in items]
        check(len(keys) == len(set(keys)), f"no key twice: {keys}")
        return dict(items)

    with open(path, "rb") as file:
        return json.loads(file.read().decode("utf-8"), object_pairs_hook=pairs)


def cases(report):
    """Suites and cases of a test report, in order."""
    return [(suite, case) for suite in report["suites"] for case in suite["cases"]]


def title(suite):
    return suite["name"] if suite["semantics"] == "documented" else f"{suite['name']} [{suite['semantics']}]"


def sentence(failure):
    text = f"{failure['point']}: expected {failure['expected']}, got {failure['got']}"
    if "because" in failure:
        text += f" because {failure['because']}"
    if "decidedAt" in failure:
        text += f", at {failure['decidedAt']['file']}:{failure['decidedAt']['line']}"
    return text
