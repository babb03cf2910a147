#!/usr/bin/env python3
"""Imports works.bib, works.biblatex.bib, works.ris and works.json of a directory with real
programs and compares every field with works.json, which is what was meant.

    compare.py DIRECTORY KNOWN_LIMITS.json

Adapters give a CSL-JSON item for each record. A program that is not installed is skipped by name.
"""
import json, os, re, shutil, subprocess, sys, tempfile

HOME = os.environ.get("CLIENTS_HOME") or os.path.expanduser("~/.cache/citelift-clients")
PYTHON = HOME + "/py/bin/python"
FILES = {"bibtex": "works.bib", "biblatex": "works.biblatex.bib", "ris": "works.ris", "csl-json": "works.json"}
FIELDS = ("author editor title container-title issued volume issue page publisher publisher-place "
          "URL language abstract keyword").split()


class Missing(Exception):
    pass


def run(command, stdin=None, cwd=None):
    if not shutil.which(command[0]):
        raise Missing(command[0])
    done = subprocess.run(command, input=stdin, cwd=cwd, capture_output=True, text=True, timeout=180)
    if re.search("ModuleNotFoundError|Cannot find module", done.stderr):
        raise Missing(done.stderr.strip().splitlines()[-1])
    if done.returncode:
        raise RuntimeError(done.stderr.strip()[-300:])
    return done.stdout


# -------------------------------------------------------------- what the programs read
def pandoc(path, form):
    program = run([PYTHON, "-c", "import pypandoc; print(pypandoc.get_pandoc_path())"]).strip()
    return json.loads(run([program, "-f", form.replace("csl-json", "csljson"), "-t", "csljson", path]))


def citation_js(path, form):
    kind = {"bibtex": "@bibtex/text", "biblatex": "@biblatex/text", "ris": "@ris/file", "csl-json": "@else/json"}[form]
    script = """const {Cite} = require('@citation-js/core');
for (const name of ['bibtex', 'ris', 'csl']) require('@citation-js/plugin-' + name);
const text = require('fs').readFileSync(process.argv[1], 'utf8');
console.log(JSON.stringify(new Cite(text, {forceType: process.argv[2], generateGraph: false}).data))"""
    if not os.path.isdir(HOME + "/node"):
        raise Missing(HOME + "/node")
    return json.loads(run(["node", "-e", script, path, kind], cwd=HOME + "/node"))


PYBTEX = """import json, sys
from pybtex.database import parse_file
from pybtex.richtext import Text
plain = lambda text: str(Text.from_latex(text))
part = lambda words: plain(' '.join(words))
def name(p):
    return {'family': part(p.prelast_names + p.last_names), 'given': part(p.first_names + p.middle_names)}
print(json.dumps([dict(
    {k.lower(): v if k.lower() in ('url', 'doi') else plain(v) for k, v in e.fields.items()},
    id=key, type=e.type, author=[name(p) for p in e.persons.get('author', [])],
    editor=[name(p) for p in e.persons.get('editor', [])]) for key, e in parse_file(sys.argv[1], 'bibtex').entries.items()]))"""


def pybtex(path, form):
    return [from_bib(entry) for entry in json.loads(run([PYTHON, "-c", PYBTEX, path]))]


def biber(path, form):
    with tempfile.TemporaryDirectory() as there:
        shutil.copy(path, there + "/in.bib")
        run(["biber", "--tool", "--quiet", "--output-file", "out.bib", "in.bib"], cwd=there)
        return pybtex(there + "/out.bib", form)


def jabref(path, form):
    """JabRef 3 without its window; what it saves is read with pybtex. It gives records of RIS
    no key, so that keys are made for them here."""
    with tempfile.TemporaryDirectory() as there:
        into = there + "/out.bib"
        run(["jabref", "-n", *(["-i", path + ",ris"] if form == "ris" else [path]), "-o", into])
        count = iter(range(10**6))
        text = re.sub(r"(?m)^(@\w+\{),", lambda found: "%sr%d," % (found[1], next(count)), open(into, encoding="utf8").read())
        open(into, "w", encoding="utf8").write(re.sub(r"(?m)^@Comment.*$", "", text))
        return pybtex(into, form)


def bibutils(path, form):
    xml = run(["ris2xml" if form == "ris" else "biblatex2xml" if form == "biblatex" else "bib2xml", path])
    return [from_ris(record) for record in ris_records(run(["xml2ris"], stdin=xml))]


def rispy(path, form):
    script = "import json, sys, rispy; print(json.dumps(rispy.load(open(sys.argv[1], encoding='utf-8', newline=''))))"
    items = []
    for record in json.loads(run([PYTHON, "-c", script, path])):
        book = record["type_of_reference"] == "BOOK"
        names = lambda *keys: [inverted(n) for key in keys for n in record.get(key) or []]
        items.append({
            "author": names("authors"), "editor": names("secondary_authors", "tertiary_authors"),
            "title": record.get("title"), "container-title": None if book else record.get("secondary_title"),
            "issued": record.get("date") or record.get("year"), "volume": record.get("volume"),
            "issue": record.get("number"), "page": "-".join(filter(None, (record.get("start_page"), record.get("end_page")))),
            "publisher": record.get("publisher"), "publisher-place": record.get("place_published"),
            "URL": (record.get("urls") or [None])[0], "language": record.get("language"),
            "abstract": record.get("abstract"), "keyword": ", ".join(record.get("keywords") or [])})
    return items


CLIENTS = {
    "pandoc": (pandoc, "bibtex biblatex ris csl-json"), "citation-js": (citation_js, "bibtex biblatex ris csl-json"),
    "pybtex": (pybtex, "bibtex biblatex"), "biber": (biber, "bibtex biblatex"), "bibutils": (bibutils, "bibtex biblatex ris"),
    "jabref": (jabref, "bibtex ris"), "rispy": (rispy, "ris"),
}


# -------------------------------------------------------------- shapes made equal
def from_bib(entry):
    first = lambda *keys: next((entry[key] for key in keys if entry.get(key)), None)
    months = "jan feb mar apr may jun jul aug sep oct nov dec".split()
    month = str(first("month") or "").lower()[:3]
    month = "-%02d" % (months.index(month) + 1) if month in months else "-%02d" % int(month) if month.isdigit() else ""
    return {
        "author": entry["author"], "editor": entry["editor"], "title": first("title"),
        "container-title": first("journaltitle", "journal", "booktitle"), "issued": first("date") or (first("year") or "") + month,
        "volume": first("volume"), "issue": first("number", "issue"), "page": first("pages"),
        "publisher": first("publisher", "institution", "school"), "publisher-place": first("address", "location"),
        "URL": first("url"), "language": first("language", "langid"), "abstract": first("abstract"), "keyword": first("keywords")}


def ris_records(text):
    record = {}
    for line in text.lstrip("\ufeff").splitlines():
        found = re.match(r"([A-Z][A-Z0-9])  - ?(.*)", line)
        if found and found[1] == "ER":
            yield record
            record = {}
        elif found:
            record.setdefault(found[1], []).append(found[2])


def from_ris(record):
    first = lambda *tags: next((record[tag][0] for tag in tags if tag in record), None)
    names = lambda *tags: [inverted(name) for tag in tags for name in record.get(tag, [])]
    return {
        "author": names("AU", "A1"), "editor": names("A2", "A3", "ED"), "title": first("TI", "T1"),
        "container-title": first("JO", "JF", "T2", "BT"), "issued": first("DA", "PY", "Y1"), "volume": first("VL"), "issue": first("IS"),
        "page": "-".join(filter(None, (first("SP"), first("EP")))), "publisher": first("PB"), "publisher-place": first("CY"),
        "URL": first("UR"), "language": first("LA"), "abstract": first("AB", "N2"), "keyword": ", ".join(record.get("KW", []))}


def inverted(name):
    family, _, given = name.partition(",")
    return {"family": family.strip(), "given": given.strip()}


def plain(text):
    text = re.sub(r"</?(i|b|sub|sup|span)\b[^>]*>", "", str(text or "")).replace("\u00a0", " ")
    for typographic, typed in ("“\"", "”\"", "‘'", "’'", ("``", '"'), ("''", '"')):
        text = text.replace(typographic, typed)
    return re.sub(r"\s+", " ", text).strip()


def date(value):
    if isinstance(value, dict):
        parts = (value.get("date-parts") or [[]])[0]
        return "-".join(["%04d" % int(parts[0])] + ["%02d" % int(part) for part in parts[1:]]) if parts else plain(value.get("literal"))
    return re.sub(r"/+$", "", plain(value)).replace("/", "-")


def same_shape(item, field):
    value = item.get(field)
    if field in ("author", "editor"):
        particles = ("dropping-particle", "non-dropping-particle", "family")
        return [plain(" ".join(filter(None, [name.get(key) for key in particles] + [name.get("literal")])) + ", " + (name.get("given") or ""))
                .strip(", ") for name in value or []]
    if field == "issued":
        return date(value)
    if field == "page":
        return re.sub(r"\s*[-–—]+\s*", "-", plain(value))
    if field == "language":
        return {"english": "en", "french": "fr"}.get(plain(value).lower(), plain(value))[:2]
    return plain(value)


def limit_of(limits, client, form, field, kind):
    return any(limit["client"] == client and form in limit["formats"] and field in limit["fields"]
               and kind in limit.get("kinds", [kind]) for limit in limits)


def main(there, limits_file):
    limits = json.load(open(limits_file, encoding="utf8"))["limits"]
    meant = json.load(open(there + "/works.json", encoding="utf8"))
    failed = False
    for client, (adapter, forms) in CLIENTS.items():
        for form in forms.split():
            try:
                read = adapter(os.path.join(there, FILES[form]), form)
            except Missing as missing:
                print("   skipped: %s is not installed (%s)" % (client, missing))
                break
            by_id = {item.get("id"): item for item in read}
            losses, known, whole = [], 0, 0
            if len(read) != len(meant):
                losses.append(("*", "count", len(meant), len(read)))
            for index, work in enumerate(meant):
                got = by_id.get(work["id"]) or (read[index] if index < len(read) else {})
                before = len(losses) + known
                for field in FIELDS:
                    want, have = same_shape(work, field), same_shape(got, field)
                    if want and want != have:
                        if limit_of(limits, client, form, field, work["type"]):
                            known += 1
                        else:
                            losses.append((work["id"], field, want, have))
                whole += len(losses) + known == before
            print("   %-12s %-9s %2d of %d works whole, %d known limits, %d losses" % (client, form, whole, len(meant), known, len(losses)))
            for loss in losses:
                print("      %s %s: meant %s, got %s" % (loss[0], loss[1], *(json.dumps(x, ensure_ascii=False)[:120] for x in loss[2:])))
            failed |= bool(losses)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]) if len(sys.argv) == 3 else __doc__)
