"""The SVG of a trace, read by lxml, says what the JSON of the same trace says.

Arguments: the JSON, the SVG."""
import re
import sys
import unicodedata

from lxml import etree
from reading import check, load, visible

trace = load(sys.argv[1])
SVG = "{http://www.w3.org/2000/svg}"
root = etree.parse(sys.argv[2], etree.XMLParser(resolve_entities=False, no_network=True, recover=False)).getroot()

check(root.tag == SVG + "svg" and root.get("role") == "img", "an svg element with a role")
check(root.get("width") == "1000" and root.get("viewBox").startswith("0 0 1000 "), "1000 pixels wide")
ids = [element.get("id") for element in root.iter() if element.get("id")]
check(len(ids) == len(set(ids)), "ids are unique")
named = [root.find(f".//*[@id='{name}']") for name in (root.get("aria-labelledby"), root.get("aria-describedby"))]
check([element.tag for element in named] == [SVG + "title", SVG + "desc"], "named by title and desc")
title, description = (element.text for element in named)
check(title == f"{trace['verdict'].upper()}: {visible(trace['flow'])}", f"the title: {title!r}")

# Nothing of elsewhere: no reference but to a pattern of the file itself, no script.
for element in root.iter(etree.Element):
    check(element.tag.startswith(SVG), f"{element.tag} is SVG")
    check(element.tag not in (SVG + "script", SVG + "image", SVG + "use", SVG + "foreignObject"), f"no {element.tag}")
    for key, value in element.attrib.items():
        check("href" not in key and not key.startswith("on") and key != "style", f"no {key}")
        check("url(" not in value or re.fullmatch(r"url\(#[a-z-]+\)", value), f"{key}={value!r} stays in the file")
style = root.findtext(f"{SVG}style")
check("url(" not in style and "@import" not in style and "prefers-color-scheme: dark" in style, "the style sheet")

# Text stays within the picture: monospaced letters are about 0.61 times as wide as high, East Asian ones twice that.
height = int(root.get("height"))
for text in root.iter(SVG + "text"):
    check(text.text and text.text.strip(), "no text is empty")
    size = int(text.get("font-size"))
    letters = sum(2 if unicodedata.east_asian_width(c) in "WF" else 0 if unicodedata.combining(c) else 1 for c in text.text)
    width = letters * size * 0.61
    x, y = int(text.get("x")), int(text.get("y"))
    left = x - width if text.get("text-anchor") == "end" else x - width / 2 if text.get("text-anchor") == "middle" else x
    check(left >= 0 and left + width <= 1000, f"{text.text!r} is {width:.0f} wide at {x}")
    check(0 < y <= height, f"{text.text!r} stands at {y} of {height}")


def decided(decision):
    return visible(decision.get("name", ""))


def gates(prefix):
    found = [g for g in root.iter(SVG + "g") if (g.get("data-step") or "").startswith(prefix + "-")]
    return sorted(found, key=lambda g: int(g.get("data-step").split("-")[1]))


def weight(group):
    """Of the stroke of a gate's box."""
    return max(float(box.get("stroke-width") or 0) for box in group.iter(SVG + "rect"))


def compare(prefix, steps, verdict):
    groups = gates(prefix)
    check(len(groups) >= len(steps), f"a group a step of the {prefix}")
    for group, step in zip(groups, steps):
        # Whatever is cut in the drawing is whole in its title.
        title = group.findtext(SVG + "title")
        check(title in description, f"{title!r} is in the description")
        names = group.get("class").split()
        if step["step"] != "gate":
            check("gw-gate" not in names and title.lower().startswith(step["step"]), f"{title!r} is {step['step']}")
            continue
        outcome = step["outcome"]
        check(title.startswith(step["stage"]), f"{title!r} is of the {step['stage']} stage")
        words = {"allow": ": allow", "deny": ": deny", "no-verdict": ": goes on"}
        if outcome == "skipped":
            check("gw-aside" in names and (": skipped, " in title or ": never asked, " in title), f"{title!r} is aside")
            check(group.find(f"{SVG}rect[@stroke-dasharray]") is not None, "and is dashed")
            check(step.get("message", "") in title, f"{title!r} says why")
        else:
            check(words[outcome] in title and "gw-aside" not in names, f"{title!r} says {outcome}")
            drawn = " ".join(t.text for t in group.iter(SVG + "text"))
            check({"allow": "✓", "deny": "✗", "no-verdict": "→"}[outcome] in drawn, f"{drawn!r} has a sign")
            check(decided(step.get("decidedBy", {})) in title, f"{title!r} names who decided")
    for group in groups[len(steps):]:
        title = group.findtext(SVG + "title")
        check(verdict == "deny" and (": not reached" in title or ": never asked" in title), f"{title!r} was not met")
    marked = [g for g in groups if "gw-decides" in g.get("class")]
    by = (trace if prefix == "step" else trace["reply"])["decidedBy"]
    check(len(marked) == (0 if by["kind"] == "not-policed" else 1), f"one gate decides: {len(marked)}")
    for group in marked:
        check("and this decides" in group.findtext(SVG + "title"), "its title says so")
        check(any("decided here" in t.text for t in group.iter(SVG + "text")), "and so does the drawing")
        weights = [weight(g) for g in groups if "gw-gate" in g.get("class")]
        check(weights.count(weight(group)) == 1 and weight(group) == max(weights), "and its stroke is the heaviest")


compare("step", trace["steps"], trace["verdict"])
if "reply" in trace:
    compare("reply", trace["replySteps"], trace["reply"]["verdict"])
else:
    check(not gates("reply"), "no reply is drawn")
