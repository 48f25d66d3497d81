"""The JSON of a test report has the keys that are promised, and no others."""
import sys

from reading import check, load

report = load(sys.argv[1])


def keys(value, required, optional=()):
    found = set(value)
    check(set(required) <= found <= set(required) | set(optional), f"{sorted(found)} for {required} and {optional}")


keys(report, ["passed", "failed", "broken", "duration", "suites"])
found = {"passed": 0, "failed": 0, "broken": 0}
for suite in report["suites"]:
    keys(suite, ["name", "semantics", "claims", "duration", "cases"], ["file", "line"])
    for case in suite["cases"]:
        own = {"passed": [], "failed": ["failures"], "broken": ["message"]}[case["outcome"]]
        keys(case, ["name", "outcome"] + own, ["file", "line", "help", "note"])
        found[case["outcome"]] += 1
        for failure in case.get("failures", []):
            keys(failure, ["point", "expected", "got"], ["because", "decidedAt"])
            if "decidedAt" in failure:
                keys(failure["decidedAt"], ["file", "line"])
check(all(report[outcome] == count for outcome, count in found.items()), f"the counts: {found}")
