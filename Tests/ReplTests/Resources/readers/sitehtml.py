"""The pages of a report, read by others: sound, whole in themselves, linked without a dead end, and usable by everybody.

html5lib is strict and slow: of a large report it reads one page in eight, and libxml2 the others.
Arguments: the report's folder, and JSON of the same scenarios as `gatewalk test --format json` prints it, or `-`."""
import base64
import hashlib
import os
import re
import sys

import html5lib
import lxml.html
from reading import check, contrast, load, visible

folder = sys.argv[1]
SVG = "{http://www.w3.org/2000/svg}"
LARGE = 100


def words(element):
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()


def plain(text):
    """As it stands on a page."""
    return re.sub(r"\s+", " ", visible(text)).strip()


class Page:
    def __init__(self, name, is_strict):
        self.name = name
        with open(os.path.join(folder, name), "rb") as file:
            self.bytes = file.read()
        if is_strict:
            # Whatever a browser would have to guess at is an error.
            parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("lxml"), strict=True, namespaceHTMLElements=False)
            try:
                self.root = parser.parse(self.bytes, transport_encoding="utf-8").getroot()
            except Exception as error:
                sys.exit(f"{name} is not sound: {error!r} {parser.errors[:3]}")
        else:
            parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
            self.root = lxml.html.document_fromstring(self.bytes, parser=parser)
        for element in self.root.iter():
            if isinstance(element.tag, str):
                element.tag = element.tag.removeprefix(SVG)
        self.all = [element for element in self.root.iter() if isinstance(element.tag, str)]
        self.ids = [element.get("id") for element in self.all if element.get("id") is not None]

    def check(self, condition, what):
        check(condition, f"{self.name}: {what}")

    def sound(self):
        """Nothing is fetched, ids are unique, and whoever cannot see, click or tell colours apart finds the way."""
        head = self.root.find("head")
        styles, scripts = list(self.root.iter("style")), list(self.root.iter("script"))
        self.check(len(styles) == 1, "one style sheet")
        self.check(len(scripts) == (1 if self.name == "index.html" else 0), "a script on the first page alone")
        policy = head.find("meta[@http-equiv='Content-Security-Policy']")
        self.check(policy is not None and list(head).index(policy) < list(head).index(styles[0]), "the policy stands before the style")
        digest = lambda text: "'sha256-%s'" % base64.b64encode(hashlib.sha256((text or "").encode()).digest()).decode()
        expected = {
            "default-src": "'none'", "style-src": digest(styles[0].text),
            "script-src": digest(scripts[0].text) if scripts else "'none'", "base-uri": "'none'", "form-action": "'none'",
        }
        rules = dict(rule.strip().split(" ", 1) for rule in policy.get("content").split(";"))
        self.check(rules == expected, f"the policy is {rules}")
        self.check("url(" not in styles[0].text and "@import" not in styles[0].text, "the style sheet fetches nothing")
        for element in self.all:
            for key, value in element.attrib.items():
                self.check(key not in ("src", "srcset", "action", "style", "data", "formaction"), f"no {key}")
                self.check(not key.startswith("on") and "xlink" not in key, f"no {key}")
                if key == "href":
                    self.check(element.tag == "a", "links alone have addresses")
                elif "url(" in value and key == "fill":
                    name = re.fullmatch(r"url\(#([a-z0-9-]+)\)", value)
                    self.check(name and name.group(1) in self.ids, f"{key}={value!r} is on the page")
        self.check(len(self.ids) == len(set(self.ids)), f"ids are unique: {[i for i in self.ids if self.ids.count(i) > 1][:3]}")
        self.check(self.root.get("lang") == "en" and words(head.find("title")), "language and title")
        for element in self.all:
            names = " ".join(element.get(key) or "" for key in ("aria-labelledby", "aria-describedby", "aria-controls", "for"))
            for name in names.split():
                self.check(name in self.ids, f"{name} is on the page")
        headings = [(int(e.tag[1]), words(e)) for e in self.all if re.fullmatch("h[1-6]", e.tag)]
        self.check([level for level, _ in headings].count(1) == 1 and headings[0][0] == 1, "one first heading")
        for (before, _), (level, text) in zip(headings, headings[1:]):
            self.check(text and level <= before + 1, f"headings follow each other: {text}")
        tags = [element.tag for element in self.all]
        for name in ("header", "nav", "main", "footer"):
            self.check(tags.count(name) == 1, f"one {name}")
        for table in self.root.iter("table"):
            heads = table.findall("thead/tr/th")
            self.check(heads and all(h.get("scope") == "col" and words(h) for h in heads), "columns have heads")
            for row in table.findall("tbody/tr"):
                self.check(len(row) == len(heads), f"rows are as wide as the head: {words(row)[:80]}")
        for picture in self.root.iter("svg"):
            self.check(picture.get("role") == "img", "pictures have a role")
        for element in self.all:
            if element.tag in ("a", "summary", "button"):
                self.check(words(element), f"{element.tag} has words")
            if element.get("tabindex"):
                self.check(element.get("tabindex") == "0" and element.get("role") == "region" and element.get("aria-label"), "what scrolls has a name")
        self.check(b"http://" not in self.bytes.replace(b"http://www.w3.org/2000/svg", b""), "no address of the web")
        return styles[0].text


names = sorted(
    os.path.relpath(os.path.join(at, file), folder)
    for at, _, files in os.walk(folder) for file in files if file.endswith(".html"))
pages = {name: Page(name, number % 8 == 0 or len(names) < LARGE) for number, name in enumerate(names)}
check("index.html" in pages, "there is a first page")
sheets = {page.sound() for page in pages.values()}
check(len(sheets) == 1, "one style for all")

# No link is dead, and every page can be reached.
reached = set()
for page in pages.values():
    for link in page.root.iter("a"):
        address = link.get("href")
        page.check(address and not re.match(r"[a-z]+:|//|/", address), f"{address!r} is relative")
        target, _, anchor = address.partition("#")
        name = os.path.normpath(os.path.join(os.path.dirname(page.name), target)) if target else page.name
        page.check(name in pages, f"{address!r} leads to a page")
        page.check(not anchor or anchor in pages[name].ids, f"{address!r} leads to a place on it")
        if name != page.name:
            reached.add(name)
check(reached >= pages.keys() - {"index.html"}, f"every page is linked: {sorted(pages.keys() - reached)[:3]}")


# Contrast, in light and dark.
def variables(text):
    return dict(re.findall(r"--([a-z-]+):(#[0-9a-f]{6})", re.search(r":root\{(--[^}]*)\}", text).group(1)))


sheet = sheets.pop()
light, dark = variables(sheet), variables(sheet[sheet.index("prefers-color-scheme: dark"):])
check(set(re.findall(r"var\(--([a-z-]+)\)", sheet)) <= light.keys() == dark.keys(), "colours are defined in both schemes")
for scheme in (light, dark):
    for text in ("ink", "muted", "focus", "allow", "deny"):
        for ground in ("ground", "panel"):
            check(contrast(scheme[text], scheme[ground]) >= 4.5, f"{text} on {ground}")
    for text in ("ink", "muted"):
        check(contrast(scheme[text], scheme["hatch"]) >= 4.5, f"{text} on what is marked")

if sys.argv[2] == "-":
    sys.exit()

# What it says is what the test says.
report = load(sys.argv[2])
index = pages["index.html"]
rows = index.root.findall(".//table[@id='scenarios']/tbody/tr")
check(len(rows) == len(report["suites"]), f"a row a scenario: {len(rows)} of {len(report['suites'])}")
rules = set()
for suite, row in zip(report["suites"], rows):
    link = row.find("th/a")
    failed = any(case["outcome"] != "passed" for case in suite["cases"])
    check(words(row[0]) == ("✗ failed" if failed else "✓ passed"), f"{suite['name']}: {words(row[0])}")
    if link is None:
        # One that could not be read has no page of its own.
        check(all(case["outcome"] == "broken" for case in suite["cases"]), f"{words(row)} has a page")
        check(plain(suite["name"]) in words(row) and plain(suite["name"]) in words(index.root.find("body/main")), "and is named")
        continue
    check(words(link) == plain(suite["name"]), f"{words(link)!r} is {suite['name']!r}")
    check(suite["semantics"] in words(row) and all(claim in words(row) for claim in suite.get("claims", [])), "semantics and claims")
    page = pages[link.get("href")]
    text = words(page.root.find("body/main"))
    for case in suite["cases"]:
        name = plain(case["name"])
        if name == "rejects" and case["outcome"] == "passed":
            name = "was refused, as expected"
        page.check(name.removeprefix("change ") in text, f"{name!r} is told")
        if "note" in case:
            page.check(case["note"] in text, f"{case['note']} is told")
        for failure in case.get("failures", []):
            page.check(plain(failure["got"]) in text, f"{failure['got']!r} is told")
        if case["outcome"] != "passed":
            check(name in words(index.root.find(".//section[@aria-labelledby='failures']")), f"{name!r} is seen from the first page")
    for section in page.root.iter("section"):
        if re.fullmatch(r"flow-\d+", section.get("id") or ""):
            for fact in section.iter("li"):
                if words(fact).startswith("Decided by"):
                    by = fact.find("a")
                    if re.match(r"Decided by (policy|profile) ", words(fact)):
                        page.check(by is not None, f"the deciding rule is a link: {words(fact)}")
                        rules.add(words(by))
            page.check(section.find("h3") is not None and section.find("div/table") is not None, "head and table")
            if " ERROR" not in words(section.find("h3")):
                page.check(section.find("details/figure/svg") is not None, "the way is drawn")
coverage = words(pages["coverage.html"].root)
for rule in rules:
    resource, place = rule.rsplit(" ", 1)
    check(resource in coverage and place in coverage, f"{rule} is on the page about coverage")
