"""The first page of a report in a real browser, Chromium without a window.

Arguments: the report's folder, a word, and how many scenarios have it. What is searched for stands in the page's address; what the
browser then has is read by html5lib."""
import os
import re
import shutil
import subprocess
import sys
import tempfile

import html5lib
from reading import check

folder, word, expected = os.path.abspath(sys.argv[1]), sys.argv[2], int(sys.argv[3])
browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
check(browser, "there is a Chromium (scripts/dependencies test installs it)")


def words(element):
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()


def shown(fragment):
    """The document, once its script has run."""
    with tempfile.TemporaryDirectory() as profile:
        result = subprocess.run(
            [browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--enable-logging=stderr",
             f"--user-data-dir={profile}/profile", "--dump-dom", f"file://{folder}/index.html{fragment}"],
            capture_output=True, timeout=300)
    check(result.returncode == 0, f"the browser ended with {result.returncode}: {result.stderr.decode()[-2000:]}")
    said = [line for line in result.stderr.decode().splitlines() if "CONSOLE" in line]
    check(not said, f"nothing on the console: {said}")
    return html5lib.parse(result.stdout, treebuilder="lxml", namespaceHTMLElements=False).getroot()


def state(root):
    """All rows, those that are shown, and what is announced."""
    rows = root.findall(".//table[@id='scenarios']/tbody/tr")
    by_id = {element.get("id"): element for element in root.iter() if isinstance(element.tag, str)}
    check(by_id["search"].get("hidden") is None, "there is a search")
    check(by_id["count"].get("role") == "status" and by_id["count"].get("aria-live") == "polite", "its hits are announced")
    return rows, [row for row in rows if row.get("hidden") is None], words(by_id["count"])


rows, hits, count = state(shown(""))
check(hits == rows and count == f"{len(rows)} scenarios", f"all are shown: {count}")
check(not [item for row in rows for item in row.iter("ul") if item.get("hidden") is None], "no flows are listed")

rows, hits, count = state(shown(f"#q={word}"))
having = [row for row in rows if word in words(row).lower()]
check(hits == having and len(hits) == expected, f"{len(hits)} have {word!r}, not {expected}")
check(count == f"{expected} of {len(rows)} scenarios", f"announced: {count}")
listed = [item for row in hits for item in row.iter("li") if item.get("hidden") is None and item.getparent().get("hidden") is None]
check(listed and all(word in words(item).lower() for item in listed), "flows that have it are listed")

# Words in quotes are one; every word counts.
rows, hits, count = state(shown("#q=%22" + word + "%20nowhere%22"))
check(not hits and count == f"none of {len(rows)} scenarios matches", f"none: {count}")
rows, hits, count = state(shown("#q=calico-2.4+" + word))
both = [row for row in rows if word in words(row).lower() and "calico-2.4" in words(row)]
check(both and hits == both and len(both) < expected, f"both words: {count}")

# What is no query is none, and what is not to be decoded is taken as it is.
for fragment in ("#nothing", "#q="):
    rows, hits, count = state(shown(fragment))
    check(hits == rows, f"{fragment} hides nothing")
rows, hits, count = state(shown("#q=%E0%A4%A"))
check(not hits, "a broken address finds nothing")
