"""JUnit XML of a lint report: a case a rule, which fails with all that the rule found."""
import re
import sys

import junitparser
from lxml import etree
from reading import check, load

report, path = load(sys.argv[1]), sys.argv[2]


def safe(text):
    return re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", text)


root = etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
cases = root.findall("testsuite/testcase")
check([case.get("name").split(" ")[0] for case in cases] == report["rules"], "a case a rule")
for case in cases:
    found = [finding for finding in report["findings"] if finding["id"] == case.get("name").split(" ")[0]]
    failures = case.findall("failure")
    check(len(failures) == min(1, len(found)), f"{case.get('name')} failed once or passed")
    for finding in found:
        check(safe(finding["message"]) in failures[0].text, f"{finding['message']!r} in {failures[0].text!r}")
failed = len({finding["id"] for finding in report["findings"]})
for element in [root, root.find("testsuite")]:
    check((int(element.get("tests")), int(element.get("failures"))) == (len(report["rules"]), failed), "the counts")
read = [case for suite in junitparser.JUnitXml.fromfile(path) for case in suite]
check(sum(bool(case.result) for case in read) == failed, "junitparser finds the same")
