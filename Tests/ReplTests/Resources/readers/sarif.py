"""A SARIF log is valid, says what the JSON report says, and its places are where the text has what is meant.

sarif.py LINT.json LINT.sarif DIRECTORY: files are read from the directory. SARIF_SCHEMA may name the standard's own schema.
"""
import os
import pathlib
import re
import sys
import urllib.parse

import jsonschema
from reading import check, load

report, log, directory = load(sys.argv[1]), load(sys.argv[2]), sys.argv[3]

schemas = [str(pathlib.Path(__file__).with_name("sarif.schema.json"))]
if os.environ.get("SARIF_SCHEMA"):
    schemas.append(os.environ["SARIF_SCHEMA"])
for schema in schemas:
    jsonschema.Draft4Validator(load(schema), format_checker=jsonschema.FormatChecker()).validate(log)

[run] = log["runs"]
rules = run["tool"]["driver"]["rules"]
check([rule["id"] for rule in rules] == report["rules"], "the rules that were asked")
bases = run["originalUriBaseIds"]
check(run["columnKind"] == "unicodeCodePoints", "columns count code points")


def plain(text):
    """A message without placeholders as a viewer shows it: braces that are meant are doubled (section 3.11.5)."""
    check(not re.search(r"(?<!{){(?:{{)*(?!{)|(?<!})}(?:}})*(?!})", text), f"a brace stands alone in {text!r}")
    return text.replace("{{", "{").replace("}}", "}")


def path_of(location):
    uri = location["uri"]
    if "uriBaseId" in location:
        base = bases[location["uriBaseId"]]["uri"]
        check(base.endswith("/"), "a base ends with a slash")
        check(".." not in uri.split("/"), "a relative URI stays below its base")
        uri = urllib.parse.urljoin(base, uri)
    parts = urllib.parse.urlsplit(uri)
    check(parts.scheme == "file" and not parts.query and not parts.fragment, f"a file: {uri}")
    return urllib.parse.unquote(parts.path)


def lines_of(path):
    with open(path, "rb") as file:
        return file.read().decode("utf-8").removeprefix("\ufeff").split("\n")


def meant(physical):
    """The characters of a region on one line."""
    region = physical["region"]
    line = lines_of(path_of(physical["artifactLocation"]))[region["startLine"] - 1]
    return line[region["startColumn"] - 1 : region["endColumn"] - 1]


def meant_by_us(finding):
    """The same from bytes, whole characters."""
    with open(os.path.join(directory, finding["file"]), "rb") as file:
        line = file.read().split(b"\n")[finding["line"] - 1]
    start = finding["column"] - 1
    end = min(start + finding["length"], len(line))
    while end < len(line) and line[end] & 0xC0 == 0x80:
        end += 1
    return line[start:end].decode("utf-8")


findings = [(finding, None) for finding in report["findings"]]
findings += [(finding, finding["by"]) for finding in report["setAside"]]
check(len(run["results"]) == len(findings), "a result a finding")
prints = [result["partialFingerprints"]["gatewalk/v1"] for result in run["results"]]
check(len(set(prints)) == len(prints), "fingerprints tell results apart")
for result, (finding, aside) in zip(run["results"], findings):
    check(result["ruleId"] == finding["id"], "the rule")
    check(rules[result["ruleIndex"]]["id"] == finding["id"], "the index of the rule")
    check(result["level"] == {"error": "error", "warning": "warning", "info": "note"}[finding["severity"]], "level")
    text = finding["message"] + ("\n" + finding["help"] if "help" in finding else "")
    check(plain(result["message"]["text"]) == text, f"{result['message']['text']!r} for {text!r}")
    check(result["partialFingerprints"]["gatewalk/v1"] == finding["fingerprint"], "the fingerprint")
    kinds = [suppression["kind"] for suppression in result["suppressions"]]
    check(kinds == {None: [], "comment": ["inSource"], "baseline": ["external"]}[aside], f"suppressions: {kinds}")
    if aside == "comment":
        check(result["suppressions"][0]["justification"] == finding["reason"], "the reason")
    places = [place["physicalLocation"] for place in result["locations"] if "physicalLocation" in place]
    if finding.get("file", "-") == "-":
        check(places == [], "standard input is no artifact")
    else:
        [place] = places
        check(os.path.realpath(path_of(place["artifactLocation"])) == os.path.realpath(os.path.join(directory, finding["file"])), "the file")
        check(place["region"]["startLine"] == finding["line"], "the line")
        check(meant(place) == meant_by_us(finding), f"{meant(place)!r} for {meant_by_us(finding)!r}")
    if "resource" in finding:
        [name] = result["locations"][0]["logicalLocations"]
        check(name["name"] == finding["resource"]["name"], "the resource")
    check(len(result.get("relatedLocations", [])) == len(finding.get("related", [])), "related places")
    for other, related in zip(result.get("relatedLocations", []), finding.get("related", [])):
        check(plain(other["message"]["text"]) == related["message"], "what is said of a related place")
