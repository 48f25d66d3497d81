"""The fixes of a SARIF log, applied as the standard has it, give a text. sariffixes.py LOG EXPECTED DIRECTORY"""
import os
import sys

from reading import check, load

log, directory = load(sys.argv[1]), sys.argv[3]
with open(sys.argv[2], "rb") as file:
    expected = file.read().decode("utf-8")

changes = []
for result in log["runs"][0]["results"]:
    for fix in result.get("fixes", [])[:1]:
        for change in fix["artifactChanges"]:
            check(change["artifactLocation"]["uri"] == "a.yaml", "the file")
            changes += change["replacements"]
check(len(changes) > 0, "there are fixes")

with open(os.path.join(directory, "a.yaml"), "rb") as file:
    lines = file.read().decode("utf-8").split("\n")
starts = [0]
for line in lines:
    starts.append(starts[-1] + len(line) + 1)
text = "\n".join(lines)


def offset(region, end):
    return starts[region[end + "Line"] - 1] + region[end + "Column"] - 1


# From the end, so that places hold until they are used.
for change in sorted(changes, key=lambda change: offset(change["deletedRegion"], "start"), reverse=True):
    region = change["deletedRegion"]
    text = text[: offset(region, "start")] + change.get("insertedContent", {}).get("text", "") + text[offset(region, "end") :]
check(text == expected, f"{text!r} for {expected!r}")
