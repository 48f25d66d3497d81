"""TAP, read by Perl's TAP::Parser, says what the JSON report says."""
import json
import re
import subprocess
import sys
import unicodedata

from reading import cases, check, load, sentence, title

PERL = r"""
use strict; use warnings; use TAP::Parser; use JSON::PP;
open(my $file, '<:utf8', $ARGV[0]) or die;
my $text = do { local $/; <$file> };
my $parser = TAP::Parser->new({ tap => $text });
my @results;
while (my $result = $parser->next) {
  push @results, { type => $result->type, raw => $result->as_string,
    $result->is_test ? (ok => $result->is_ok ? 1 : 0, number => $result->number, description => $result->description,
      directive => $result->directive) : (),
    $result->is_yaml ? (data => $result->data) : () };
}
print JSON::PP->new->utf8->encode({ results => \@results, errors => [ $parser->parse_errors ], version => $parser->version,
  plan => $parser->tests_planned });
"""

report = load(sys.argv[1])
read = json.loads(subprocess.run(["perl", "-e", PERL, sys.argv[2]], check=True, capture_output=True).stdout)


def undo(value):
    """Perl's reader of diagnostics leaves \\u escapes, which are YAML, as they are; they are used for four characters alone."""
    if isinstance(value, dict):
        return {key: undo(item) for key, item in value.items()}
    if isinstance(value, list):
        return [undo(item) for item in value]
    return re.sub(r"\\u(2028|2029|feff|fffe|ffff)", lambda match: chr(int(match[1], 16)), value)


def one_line(text):
    blanks = "\t\n\x0b\x0c\r\x85\u2028\u2029"
    text = "".join(" " if c in blanks or unicodedata.category(c) == "Zs" else c for c in text)
    return "".join("\ufffd" if unicodedata.category(c) == "Cc" else c for c in text)


def described(suite, case):
    return one_line(f"{title(suite)}: {case['name']}").replace("\\", "\\\\").replace("#", "\\#")


check(read["errors"] == [], f"no parse errors: {read['errors']}")
check(int(read["version"]) == 13, "version 13")
check(int(read["plan"]) == len(cases(report)), "the plan")
unknown = [result for result in read["results"] if result["type"] == "unknown"]
check(unknown == [], f"every line is understood: {unknown}")

tests = [result for result in read["results"] if result["type"] == "test"]
check(len(tests) == len(cases(report)), "a test a case")
blocks = {}
last = 0
for result in read["results"]:
    if result["type"] == "test":
        last = int(result["number"])
    if result["type"] == "yaml":
        blocks[last] = undo(result["data"])

for number, (test, (suite, case)) in enumerate(zip(tests, cases(report)), start=1):
    check(int(test["number"]) == number, "tests are numbered")
    check(test["directive"] == "", f"nothing is skipped: {test}")
    check(bool(test["ok"]) == (case["outcome"] == "passed"), f"what became of {case['name']!r}: {test}")
    check(test["description"] == ("- " + described(suite, case)).strip(), f"{test['description']!r} of {described(suite, case)!r}")
    check((number in blocks) == (case["outcome"] != "passed"), "a block for what did not pass, and for nothing else")
    if case["outcome"] == "passed":
        continue
    block = blocks[number]
    check(block["severity"] == {"failed": "fail", "broken": "error"}[case["outcome"]], "severity")
    check(block.get("file") == case.get("file"), f"file: {block}")
    if "line" in case:
        check(int(block["line"]) == case["line"], f"line: {block}")
    if case["outcome"] == "broken":
        check(block["message"] == case["message"], f"message: {block['message']!r} for {case['message']!r}")
        continue
    check(block["message"] == "; ".join(map(sentence, case["failures"])), f"message: {block['message']!r}")
    points = [{key: failure[key] for key in ("point", "expected", "got", "because") if key in failure} for failure in block["failures"]]
    wanted = [{key: failure[key] for key in ("point", "expected", "got", "because") if key in failure} for failure in case["failures"]]
    check(points == wanted, f"failures: {points} for {wanted}")
