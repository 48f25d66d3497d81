"""What the readers of reports share."""
import json
import re
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


def visible(text):
    """A text as pictures show it: no control characters, and nothing that XML and HTML cannot hold."""
    text = re.sub("[^\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", text)
    return re.sub("[\ufdd0-\ufdef]|[^\0-\uffff](?<=[\U0001fffe\U0001ffff\U0010fffe\U0010ffff])", "\ufffd", text)


def short(source):
    """`dir/cluster.yaml:31` without its folders."""
    return source.rsplit("/", 1)[-1]


def contrast(one, other):
    """Of two colours (WCAG 2, contrast ratio)."""

    def luminance(colour):
        parts = [int(colour[place:place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
