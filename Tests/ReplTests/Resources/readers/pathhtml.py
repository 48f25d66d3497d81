"""The page of a trace, read by html5lib, says what the JSON of the same trace says, fetches nothing, and can be used by everybody.

Arguments: the JSON, the page, and the folder in which the sources lie that the JSON names."""
import base64
import hashlib
import os
import re
import sys

import html5lib
from reading import check, contrast, load, short, visible

trace = load(sys.argv[1])
with open(sys.argv[2], "rb") as file:
    page = file.read()
folder = sys.argv[3]

# Strict: whatever a browser would have to guess at is an error.
parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("lxml"), strict=True, namespaceHTMLElements=False)
tree = parser.parse(page, transport_encoding="utf-8")
root = tree.getroot()
SVG = "{http://www.w3.org/2000/svg}"
everything = [element for element in root.iter() if isinstance(element.tag, str)]
by_id = {element.get("id"): element for element in everything if element.get("id")}


def words(element):
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()


def classes(element):
    return (element.get("class") or "").split()


def find(element, name):
    return [inner for inner in element.iter() if name in classes(inner)]


# Nothing is fetched, and nothing could be.
head = root.find("head")
style, script = head.find("style"), root.find("body/script")
check(len(list(root.iter("style"))) == 1 and len(list(root.iter("script"))) == 1, "one style sheet and one script")
policy = head.find("meta[@http-equiv='Content-Security-Policy']")
check(list(head).index(policy) < list(head).index(style), "the policy stands before what it is about")
rules = dict(rule.strip().split(" ", 1) for rule in policy.get("content").split(";"))


def digest(element):
    return "'sha256-%s'" % base64.b64encode(hashlib.sha256((element.text or "").encode()).digest()).decode()


expected = {
    "default-src": "'none'", "style-src": digest(style), "script-src": digest(script), "base-uri": "'none'",
    "form-action": "'none'",
}
check(rules == expected, f"the policy is {rules}, not {expected}")
for element in everything:
    for key, value in element.attrib.items():
        check(key not in ("src", "href", "srcset", "action", "style", "data"), f"no {key}")
        check(not key.startswith("on") and "xlink" not in key, f"no {key}")
        check("url(" not in value or re.fullmatch(r"url\(#[a-z-]+\)", value), f"{key}={value!r} stays in the page")
check(b"http://" not in page and b"https://" not in page, "no address of the web")
check("url(" not in style.text and "@import" not in style.text, "the style sheet fetches nothing")
check(not re.search(r"\b(fetch|XMLHttpRequest|import|eval|WebSocket|innerHTML)\b", script.text), "nor does the script")

# What a screen reader finds.
check(root.get("lang") == "en" and words(head.find("title")), "language and title")
check(head.find("meta[@charset]").get("charset") == "utf-8", "the encoding")
identifiers = [element.get("id") for element in everything if element.get("id")]
check(len(identifiers) == len(set(identifiers)), "ids are unique")
for element in everything:
    for name in f"{element.get('aria-labelledby') or ''} {element.get('aria-describedby') or ''}".split():
        check(name in by_id and words(by_id[name]), f"{name} names something")
headings = [(int(element.tag[1]), words(element)) for element in everything if re.fullmatch("h[1-6]", str(element.tag))]
check([level for level, _ in headings].count(1) == 1 and headings[0][0] == 1, "one first heading")
check(all(text and level <= 2 for level, text in headings), "headings follow each other")
picture = next(element for element in everything if element.tag == SVG + "svg")
check(picture.get("role") == "img", "the picture has a role")
for name in ("header", "main", "section", "figure"):
    check(name in [element.tag for element in everything], f"there is a {name}")

# What the keyboard reaches, in the order of the page.
check(all(int(element.get("tabindex") or 0) == 0 for element in everything), "no order but the page's")
stops = [element for element in everything if element.tag == "summary" or element.get("tabindex")]
check(all(words(element) for element in stops), "every stop has words")
for stop in stops:
    if stop.tag == "summary":
        check(stop.getparent().tag == "details" and stop.getparent()[0] is stop, "a summary is the first of its details")
        check(not stop.get("role"), "and keeps its own role")
    else:
        check(stop.get("role") == "region" and stop.get("aria-label"), "what scrolls has a role and a name")
check("summary:focus-visible{outline:3px solid var(--focus)" in style.text, "focus is seen")


# Contrast, in light and dark: each text on each ground on which it can stand.
def variables(text):
    return dict(re.findall(r"--([a-z-]+):(#[0-9a-f]{6})", re.search(r":root\{(--[^}]*)\}", text).group(1)))


light, dark = variables(style.text), variables(style.text[style.text.index("prefers-color-scheme: dark"):])
check(light.keys() == dark.keys() and light != dark, "two schemes of the same colours")
used = set(re.findall(r"var\(--([a-z-]+)\)", style.text))
check(used <= light.keys(), f"{used} are defined")
grounds = ["ground", "panel", "hatch", "allow-ground", "deny-ground"]
pairs = [(text, ground) for text in ("ink", "muted") for ground in grounds]
pairs += [("allow", g) for g in ("ground", "panel", "allow-ground")] + [("deny", g) for g in ("ground", "panel", "deny-ground")]
pairs += [("focus", "ground"), ("focus", "panel"), ("ground", "allow"), ("ground", "deny"), ("ground", "ink")]
for scheme in (light, dark):
    for text, ground in pairs:
        ratio = contrast(scheme[text], scheme[ground])
        check(ratio >= 4.5, f"{text} {scheme[text]} on {ground} {scheme[ground]}: {ratio:.2f}")
    for ground in ("ground", "panel"):
        check(contrast(scheme["line"], scheme[ground]) >= 3, f"strokes on {ground}")


# What it says.
def label(decision):
    kind = decision["kind"]
    if kind in ("policy", "profile"):
        return visible(f"{kind} {decision['name']} {decision['direction']}[{decision['rule']}]")
    return {
        "no-policy-matched": "no policy matched", "no-profile-matched": "no profile matched",
        "conntrack-established": "established connection", "conntrack-invalid": "invalid for connection tracking",
        "unknown-workload": "unknown workload", "not-policed": "not policed",
    }.get(kind, kind.split("-")[0])


def squeezed(text):
    return re.sub(r"\s+", " ", text).strip()


def verdict(name, result):
    text = words(by_id[f"{name}-verdict"])
    check(result["verdict"].upper() in text and squeezed(label(result["decidedBy"])) in text, f"the verdict {text!r}")
    if "source" in result["decidedBy"]:
        check(squeezed(visible(result["decidedBy"]["source"])) in text, f"{text!r} has file and line")


def lines_of(source):
    """The file that a rule stands in, and its first line."""
    name, number = source.rsplit(":", 1)
    path = os.path.join(folder, name)
    if not os.path.exists(path):
        return None, int(number)
    with open(path, encoding="utf-8", newline="\n") as file:
        return file.read().split("\n"), int(number)


def check_rule(item, rule, direction):
    text = words(item)
    matched = "matched" if rule["matched"] else "no match"
    check(text.startswith(f"{matched} {direction}[{rule['rule']}] {rule['action']} "), f"{text!r} is rule {rule['rule']}")
    check(("matched" in classes(item)) == rule["matched"], f"{text!r} matched or not")
    marks = [(classes(c)[0], words(c)) for c in item.iter("li") if c is not item]
    check(all(name in ("holds", "fails") and f" {name}: " in text for name, text in marks), f"{marks} are marked in words")
    check(all(name == "holds" for name, _ in marks) == rule["matched"], f"{marks} agree with the verdict on the rule")
    if not rule["matched"]:
        first = next(text for name, text in marks if name == "fails")
        check(rule["failed"] == "disabled" or rule["failed"] in first, f"{first!r} is about {rule['failed']}")
    if "source" not in rule:
        return
    source, number = lines_of(rule["source"])
    if source is None:
        return
    excerpt = find(item, "excerpt")[0]
    check(squeezed(words(excerpt[0])) == squeezed(visible(rule["source"])), f"{words(excerpt[0])!r} is the place")
    shown = [line.lstrip().split("  ", 1) for line in excerpt[1].text.rstrip("\n").split("\n")]
    numbers = [int(line[0]) for line in shown]
    check(numbers == list(range(number, number + len(numbers))), f"{numbers} begin at {number}")
    for line, real in zip(shown, numbers):
        check(line[1:] == [visible(source[real - 1])] or not source[real - 1].strip(), f"line {real}: {line}")
    check("action" in excerpt[1].text, "the excerpt holds the rule")


def check_steps(prefix, steps, result):
    items = [element for element in root.iter("details") if (element.get("id") or "").startswith(prefix + "-")]
    check([item.get("id") for item in items] == [f"{prefix}-{n + 1}" for n in range(len(items))], "steps are numbered")
    check(len(items) >= len(steps), "no step is missing")
    for item, step in zip(items, steps):
        summary = words(item[0])
        check(by_id.get("gate-" + item.get("id")) is not None, f"{item.get('id')} is in the picture")
        if step["step"] != "gate":
            check(step["step"] in summary.lower(), f"{summary!r} is {step['step']}")
            continue
        check(f" {step['stage']} " in f" {summary} ", f"{summary!r} is of the {step['stage']} stage")
        for key in ("interface",):
            check(key not in step or squeezed(visible(step[key])) in summary, f"{summary!r} names the {key}")
        outcome = {"allow": "✓ allow", "deny": "✗ deny", "no-verdict": "→ goes on", "skipped": ""}[step["outcome"]]
        check(outcome in summary, f"{summary!r} says {outcome!r}")
        if step["outcome"] == "skipped":
            check(" skipped " in summary or " never asked " in summary, f"{summary!r} was not asked")
            check(squeezed(step.get("message", "")) in summary, f"{summary!r} says why")
            if "because" in step:
                check(squeezed(label(step["because"])) in summary, f"{summary!r} says what went before")
        if "decidedBy" in step:
            by = step["decidedBy"]
            check(squeezed(label(by)) in summary, f"{summary!r} names who decided")
            check("source" not in by or squeezed(visible(short(by["source"]))) in summary, f"{summary!r} has the place")
        check(step["claim"] in words(item), "the claim is named")
        tried = find(item, "tried")
        check(len(tried) == len(step.get("tried", [])), "what was tried")
        for element, attempt in zip(tried, step.get("tried", [])):
            check(squeezed(visible(attempt["name"])) in words(element[0]), f"{words(element[0])!r} is {attempt['name']!r}")
            items_of = find(element, "rule")
            check(len(items_of) == len(attempt["rules"]), "every rule that was tried")
            for one, rule in zip(items_of, attempt["rules"]):
                check_rule(one, rule, step["direction"])
    for item in items[len(steps):]:
        summary = words(item[0])
        check(result["verdict"] == "deny" and ("not reached" in summary or "never asked" in summary), f"{summary!r} was not met")
    deciding = [item for item in items if "decides" in classes(item)]
    check(len(deciding) == (0 if result["decidedBy"]["kind"] == "not-policed" else 1), "one step decides")
    for item in deciding:
        check("decides" in words(item[0]) and squeezed(label(result["decidedBy"])) in words(item[0]), "and says so")
        check((item.get("open") is not None) == (prefix == "step"), "the packet's lies open without script")


check(words(root.find(".//h1")) == squeezed(visible(trace["flow"])), "the heading is the flow")
verdict("packet", trace)
check_steps("step", trace["steps"], trace)
if "reply" in trace:
    verdict("reply", trace["reply"])
    check_steps("reply", trace["replySteps"], trace["reply"])
text = words(root.find("body"))
for note in trace["notes"]:
    check(squeezed(note) in text, f"the note {note!r}")
