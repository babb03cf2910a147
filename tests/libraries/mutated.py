"""Thousands of mutated files, read by citelift and by others; the differences, explained.

    run --mutated N [START]

Makes N files each of .bib, RIS and CSL-JSON (`mutate.py`; START says which ones) and compares:
.bib with bibtexparser 1 and 2, pybtex and the biblatex crate (keys of the entries, and of plain
entries the title and how many authors); RIS with rispy; CSL-JSON with Python's JSON, the schema
and citation-js. `rules.py` and `record_rules.py` explain each difference. Prints how often each
rule was the reason, and every difference that none explains.
"""
import json
import os
import shutil
import subprocess
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import mutate
import readers
import record_rules
from gather import ROOT
from rules import File, explain

SCHEMA = ROOT + "/tests/clients/csl-data.json"
PYBTEX_FIELDS = readers.PYBTEX.replace("return list(", "found = (").replace(".entries)", """.entries)
        return [[key, entry.fields.get('title'), len(entry.persons.get('author', []))] for key, entry in found.items()]""")
RISPY = """import rispy
def read(path):
    with open(path, encoding='utf8', newline='') as file:
        found = rispy.load(file)
    return [[one.get('type_of_reference'), one.get('primary_title') or one.get('title'), len(one.get('authors', []) + one.get('first_authors', []))] for one in found]
"""
SCHEMA_READER = """import json, jsonschema
with open(%r) as file: CHECK = jsonschema.Draft7Validator(json.load(file))
def refuse(word): raise ValueError(word)
def read(path):
    with open(path, encoding='utf8') as file:
        found = json.load(file, parse_constant=refuse)
    return [found, [error.message[:100] for error in CHECK.iter_errors(found)][:1]]
""" % SCHEMA
CITATION_JS = """const {Cite} = require('@citation-js/core');
require('@citation-js/plugin-csl');
const fs = require('fs');
for (const path of JSON.parse(fs.readFileSync(0, 'utf8'))) {
  let found;
  try { found = new Cite(JSON.parse(fs.readFileSync(path, 'utf8')), {generateGraph: false}).data; }
  catch (error) { found = String(error.message).split('\\n')[0]; }
  console.log(JSON.stringify(found));
}"""


def citation_js(paths):
    done = subprocess.run(["node", "-e", CITATION_JS], input=json.dumps(paths).encode(), capture_output=True,
                          cwd=os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(readers.PYTHON))), "node"))
    return [json.loads(line) for line in done.stdout.decode("utf8").splitlines()]


def ours(path, form):
    """citelift's works as CSL-JSON and its diagnostics; a text where it fails."""
    command = [readers.CITELIFT, "convert", "--from", form, "--message-format", "json", path, "--to", "ndjson"]
    done = subprocess.run(command, capture_output=True, timeout=readers.LIMIT)
    said = [json.loads(line) for line in done.stderr.decode("utf8", "replace").splitlines() if line.startswith("{")]
    said = [one for one in said if not one["code"].startswith("output/") or one["code"] == "output/key-changed"]
    if done.returncode not in (0, 1):
        return done.stderr.decode("utf8", "replace")[-200:], said
    return [json.loads(line) for line in done.stdout.decode("utf8").splitlines()], said


def compare_bib(paths, found, note):
    names = [name for name in readers.NEIGHBOURS if name != "biber" and readers.INSTALLED[name]()]
    theirs = {name: dict(zip(paths, readers.NEIGHBOURS[name](paths))) for name in names}
    plain = dict(zip(paths, readers.in_python(readers.PYTHON, PYBTEX_FIELDS)(paths))) if "pybtex" in names else {}
    for path in paths:
        works, said = found[path]
        with open(path, encoding="utf8", newline="") as file:
            file = File(file.read(), said)
        keys = [work.get("id", "") for work in works]
        for name in names:
            rules, unexplained = explain(name, file, keys, theirs[name][path])
            note(".bib, " + name, path, rules, unexplained)
        if path in plain and not isinstance(plain[path], str):
            rules, unexplained = record_rules.values(file, works, said, plain[path])
            note(".bib, pybtex, values", path, rules, unexplained)


def compare_ris(paths, found, note):
    theirs = readers.in_python(readers.PYTHON, RISPY)(paths)
    for path, their in zip(paths, theirs):
        with open(path, encoding="utf8", newline="") as file:
            text = file.read()
        note("RIS, rispy", path, *record_rules.ris(text, *found[path], their))


def compare_json(paths, found, note):
    checked = readers.in_python(readers.PYTHON, SCHEMA_READER)(paths)
    cited = citation_js(paths) if shutil.which("node") else []
    for number, (path, check) in enumerate(zip(paths, checked)):
        works, said = found[path]
        note("CSL-JSON, schema", path, *record_rules.schema(works, said, check))
        if cited and not isinstance(check, str):
            note("CSL-JSON, citation-js", path, *record_rules.citation_js(works, said, check[0], cited[number]))


COMPARED = {"bib": ("bibtex", compare_bib), "ris": ("ris", compare_ris), "json": ("csl-json", compare_json)}


def main(count, start):
    reasons, red = Counter(), []
    with tempfile.TemporaryDirectory() as folder:
        kept = os.environ.get("MUTATED") or folder
        for extension, paths in mutate.write(count, kept, readers.CITELIFT, start).items():
            form, compare = COMPARED[extension]
            with ThreadPoolExecutor(readers.CORES) as pool:
                found = dict(zip(paths, pool.map(lambda path: ours(path, form), paths)))

            def note(pair, path, rules, unexplained):
                reasons.update({(pair, rule): times for rule, times in rules.items()})
                red.extend("%s: %s: %s" % (os.path.basename(path), pair, one) for one in unexplained)

            for path in [path for path in paths if isinstance(found[path][0], str)]:
                red.append("%s: citelift fails: %s" % (os.path.basename(path), found.pop(path)[0]))
            compare([path for path in paths if path in found], found, note)
    print("   %d files of each format\n\n| pair | rule | times |\n| --- | --- | ---: |" % count)
    for (pair, rule), times in sorted(reasons.items(), key=lambda one: (one[0][0], -one[1])):
        print("| %s | %s | %d |" % (pair, rule.replace("|", "/"), times))
    for one in red:
        print("   FAILED: " + one)
    print("   %d differences without a reason" % len(red))
    return 1 if red else 0
