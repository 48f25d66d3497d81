"""JUnit XML, read by lxml and by junitparser, says what the JSON report says."""
import re
import sys

import junitparser
from lxml import etree
from reading import cases, check, load, sentence, title

report = load(sys.argv[1])
path = sys.argv[2]

tree = etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True, recover=False))
root = tree.getroot()


def safe(text):
    """What is left of a text in XML 1.0."""
    return re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", text)


def numbers(element):
    return {key: int(element.get(key)) for key in ("tests", "failures", "errors")}


def expected(of):
    outcomes = [case["outcome"] for case in of]
    return {"tests": len(of), "failures": outcomes.count("failed"), "errors": outcomes.count("broken")}


check(root.tag == "testsuites", "the root is testsuites")
check(numbers(root) == expected([case for _, case in cases(report)]), "the counts of all")
suites = root.findall("testsuite")
check(len(suites) == len(report["suites"]), "a testsuite a suite")
for element, suite in zip(suites, report["suites"]):
    check(element.get("name") == safe(title(suite)), f"name of {suite['name']!r}: {element.get('name')!r}")
    check(numbers(element) == expected(suite["cases"]), f"the counts of {suite['name']!r}")
    check(re.fullmatch(r"[0-9]+\.[0-9]{3}", element.get("time")), "a suite has its time")
    claims = [p.get("value") for p in element.iter("property") if p.get("name") == "claim"]
    check(claims == [safe(claim) for claim in suite["claims"]], "claims are properties")

elements = root.findall("testsuite/testcase")
check(len(elements) == len(cases(report)), "a testcase a case")
for element, (suite, case) in zip(elements, cases(report)):
    check(element.get("classname") == safe(title(suite)), "classname is the suite")
    check(element.get("name") == safe(case["name"]), f"name of {case['name']!r}: {element.get('name')!r}")
    check(element.get("file") == (safe(case["file"]) if "file" in case else None), "file")
    check(element.get("line") == (str(case["line"]) if "line" in case else None), "line")
    kinds = {"passed": [], "failed": ["failure"], "broken": ["error"]}
    check([child.tag for child in element] == kinds[case["outcome"]], f"what became of {case['name']!r}")
    if case["outcome"] == "failed":
        sentences = [sentence(failure) for failure in case["failures"]]
        check(element[0].get("message") == safe("; ".join(sentences)), f"message: {element[0].get('message')!r}")
        for text in sentences:
            check(safe(text) in element[0].text, f"{text!r} in {element[0].text!r}")
    if case["outcome"] == "broken":
        check(element[0].get("message") == safe(case["message"]), "the message of what is broken")
        check(safe(case.get("help", "")) in element[0].text, "the help of what is broken")

# A reader that build servers' tools use: it must find the same.
read = junitparser.JUnitXml.fromfile(path)
found = [case for suite in read for case in suite]
check([case.name for case in found] == [safe(case["name"]) for _, case in cases(report)], "junitparser: names")
outcomes = {junitparser.Failure: "failed", junitparser.Error: "broken"}
check(
    [outcomes[type(case.result[0])] if case.result else "passed" for case in found]
    == [case["outcome"] for _, case in cases(report)],
    "junitparser: outcomes",
)
