"""Counts what is lost where files are converted, by citelift and by its neighbours.

The inputs are the made-up library of `tests/clients/works`, as each of the programs writes it that
can read it, and the sound files of `tests/corpus`, written by hand as other programs spell them.
Each is converted by each program, and what each makes of each source is counted on its own.
Source and result are read by the same neutral readers, which are none of the programs: rispy for
RIS, pybtex for .bib, `json` for CSL-JSON, with the readings of `tests/clients`. A value that the
source has and the result has not, or has otherwise, is lost; white space, dashes, quotation marks
and braces do not count. Called by `run`.
"""
import html
import json
import os
import re
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(1, os.path.join(os.path.dirname(HERE), "clients"))

import adapters_bib
import adapters_other
from programs import ROOT, Missing, Refused, python
from ris_fields import from_rispy
from shapes import DATES, NAMES, meant, plain
from tools import PAIRS, TOOLS

CORPUS = os.path.join(ROOT, "tests/corpus")
FOLDERS = {"bibtex": "bib", "ris": "ris", "csl-json": "json"}
TITLES = {"bibtex": "BibTeX", "ris": "RIS", "csl-json": "CSL-JSON"}
RISPY = "import json, sys, rispy; print(json.dumps(rispy.load(open(sys.argv[1], encoding='utf-8', newline=''))))"
with open(adapters_other.SCHEMA, encoding="utf8") as schema:
    VARIABLES = set(json.load(schema)["items"]["properties"]) - {"id", "custom", "categories"}
BEGIN, END = "<!-- comparison: begin -->", "<!-- comparison: end -->"
# A name or a number for the record itself is no field, and what a program makes up of its own
# for its use is not asked back.
OLDER = {"journalAbbreviation": "container-title-short", "shortTitle": "title-short"}
NOT_COMPARED = {"id", "custom", "citation-key", "citation-label", "source"}


def sources(form, there):
    """The sources of a format, as (maker, parts, dialect): parts are records, or files of records."""
    works = os.path.join(there, "library.json")
    with open(works, "w", encoding="utf8") as file:
        folder = os.path.join(ROOT, "tests/clients/works")
        json.dump([work for name in sorted(os.listdir(folder)) for work in json.load(open(os.path.join(folder, name), encoding="utf8"))],
                  file, ensure_ascii=False)
    if form == "csl-json":
        yield "the library", json.load(open(works, encoding="utf8")), form
    for maker, (convert, pairs) in TOOLS.items() if form != "csl-json" else ():
        if ("csl-json", form) not in pairs:
            continue
        library = os.path.join(there, "by-%s.%s" % (maker, FOLDERS[form]))
        try:
            # Every program writes a record's beginning at the beginning of a line.
            parts = re.split(r"(?m)^(?=@|TY  - )", timeless(convert(works, "csl-json", form)))
            parts = [part for part in parts if part.strip()]
            write(library, form, parts)
            read(library, form)
        except (Missing, Refused, ValueError) as error:
            print("   the library as %s writes it in %s is left out: %s" % (maker, form, error))
            continue
        yield maker, parts, form
    yield from by_hand(form)


def by_hand(form):
    """The hand-written files of a format, joined, so that every program starts but once; those
    that the neutral reader refuses, or that repeat a key, are left out and named."""
    texts, seen = {}, set()
    for name in sorted(os.listdir(os.path.join(CORPUS, FOLDERS[form]))):
        stem, extension = os.path.splitext(name)
        path = os.path.join(CORPUS, FOLDERS[form], name)
        if extension == ".expect" or not is_sound(path):
            continue
        try:
            items = read(path, form)
        except (Refused, ValueError):
            print("   %s is left out: the neutral reader refuses it" % name)
            continue
        keys = {str(item["id"]).lower() for item in items if item.get("id")}  # pybtex does not tell their case
        if keys & seen:
            print("   %s is left out: its keys are used by another file" % name)
            continue
        seen |= keys
        dialect = "biblatex" if form == "bibtex" and "biblatex" in stem else form
        texts.setdefault(dialect, []).extend(items if form == "csl-json" else [open(path, encoding="utf8", newline="").read()])
    for dialect, parts in texts.items():
        yield "by hand", parts, dialect


def is_sound(path):
    """A file that nothing is wrong with, in UTF-8 without a mark: the programs must all take it."""
    expected = open(os.path.splitext(path)[0] + ".expect", encoding="utf8").read()
    if not re.search(r"(?m)^diagnostics: none$", expected) or re.search(r"(?m)^works: 0$", expected):
        return False
    content = open(path, "rb").read()
    try:
        content.decode("utf8")
    except UnicodeDecodeError:
        return False
    return not content.startswith(b"\xef\xbb\xbf") and b"\0" not in content


def read(path, form):
    """The items of a file by the neutral reader of its format."""
    if form == "csl-json":
        found = json.load(open(path, encoding="utf8"))
        return found if isinstance(found, list) else [found]
    if form == "ris":
        records = json.loads(python(RISPY, path))
        return [with_lines(from_rispy(record), record) for record in records]
    # A field or a key that comes twice must not cost the file.
    lenient = "from pybtex import errors\nerrors.set_strict_mode(False)\n"
    return adapters_bib.items(python(lenient + adapters_bib.PYBTEX, path))


def with_lines(item, record):
    """An item with what its M2 lines name: Zotero takes them into its Extra, where `name: value` is
    a variable of CSL, `director: Family || Given` a name."""
    unknown = record.get("unknown_tag")
    people = {}
    for line in unknown.get("M2", []) if isinstance(unknown, dict) else []:
        field, colon, value = line.partition(": ")
        if not colon or field not in VARIABLES:
            continue
        if field in NAMES:
            family, bars, given = value.partition(" || ")
            people.setdefault(field, []).append({"family": family, "given": given} if bars else {"literal": value})
        elif field == "type" or not item.get(field):
            item[field] = value
    return item | people


def timeless(text):
    """RIS without times of day behind a date, which stop the reading of it; they are not compared."""
    return re.sub(r"(?m)^((?:PY|Y1|DA|Y2)  - [\d/-]+)T[\d:Z+.-]*", r"\1", text)


def values(item):
    """The values of an item in their normal form: those that are there and that the neutral reader
    understands. A command of LaTeX that is left, a date in words and a type that it does not know
    are its own limits, no matter of the programs."""
    said = meant({OLDER.get(field, field): value for field, value in item.items()
                  if not field.startswith("_") and field not in NOT_COMPARED - {"custom", "id"}}
                 | {"type": str(item.get("type") or "").replace("\\_", "_")})
    fold = lambda text: re.sub(r"[{}]|</?(?:i|b|sub|sup|sc|span)\b[^>]*>|^https?://(?:dx\.)?doi\.org/", "", html.unescape(text))
    out = {}
    for field, value in said.items():
        value = re.sub(r"T\d.*$", "", value) if field in DATES else fold(value)
        if value and field not in NOT_COMPARED and "\\" not in value and not value.startswith("@") \
                and not (field in DATES and not re.fullmatch(r"[-\d/~?%]+", value)):
            out[field] = value
    return out


def partner(index, item, items, found):
    """The record of the result that is meant: by its id, else by its title, else by its place."""
    by_id = [one for one in found if str(one.get("id")) == str(item.get("id")) and item.get("id")]
    title = lambda one: re.sub(r"\W+", "", plain(one.get("title"))).lower()
    by_title = [one for one in found if title(one) and title(one) == title(item)]
    if by_id or len(by_title) == 1:
        return (by_id or by_title)[0]
    return found[index] if len(found) == len(items) and index < len(found) else {}


def losses(items, found):
    """(item, field, value, what came out) of every value lost."""
    for index, item in enumerate(items):
        got = values(partner(index, item, items, found))
        for field, value in values(item).items():
            # A date may come out finer than the reader of the source saw it.
            if got.get(field, "") != value and not (field in DATES and got.get(field, "").startswith(value + "-")):
                yield item, field, value, got.get(field, "")


def converted(convert, parts, form, target, there):
    """The items of a source as a program converts it, and what it refuses. Where it refuses the
    whole, it is given the halves: a record that it stops at must not cost it the others."""
    source, result = (os.path.join(there, "%s.%s" % (name, FOLDERS[kind])) for name, kind in (("source", form), ("result", target)))
    write(source, form, parts)
    try:
        with open(result, "w", encoding="utf8", newline="") as file:
            file.write(timeless(convert(source)))
        return read(result, target), []
    except (Refused, ValueError) as error:
        if len(parts) == 1:
            return [], ["%s: %s" % (error, str(parts[0])[:200])]
    found, refused = [], []
    for half in (parts[:len(parts) // 2], parts[len(parts) // 2:]):
        more, too = converted(convert, half, form, target, there)
        found, refused = found + more, refused + too
    return found, refused


def write(path, form, parts):
    with open(path, "w", encoding="utf8", newline="") as file:
        file.write(json.dumps(parts, ensure_ascii=False) if form == "csl-json" else "\n".join(parts))


def compare(show):
    """The counts: ((pair, maker), tool) to (lost, refused files), and (pair, maker) to the number of
    values; what did not run; whose work the sources are."""
    counts, totals, skipped = {}, {}, set()
    with tempfile.TemporaryDirectory() as there:
        inputs = {form: list(sources(form, there)) for form in FOLDERS}
        for pair in PAIRS:
            source, target = pair
            for name, parts, dialect in inputs[source]:
                path = os.path.join(there, "whole." + FOLDERS[source])
                write(path, source, parts)
                items = read(path, source)
                row = pair, name
                totals[row] = totals.get(row, 0) + sum(len(values(item)) for item in items)
                for tool, (convert, pairs) in TOOLS.items():
                    if pair not in pairs or tool in skipped:
                        continue
                    try:
                        found, refused = converted(lambda path: convert(path, dialect, target), parts, source, target, there)
                    except Missing as missing:
                        print("   skipped: %s, since %s is not installed" % (tool, missing))
                        skipped.add(tool)
                        continue
                    lost = list(losses(items, found))
                    before = counts.get((row, tool), (0, 0))
                    counts[row, tool] = (before[0] + len(lost), before[1] + len(refused))
                    for one in refused if show in (tool, "all") else []:
                        print("   %s > %s refused: %s" % (tool, target, one))
                    for item, field, value, got in lost if show in (tool, "all") else []:
                        print("   %s > %s %s %s (%s) %s: %r, got %r"
                              % (tool, target, name, item.get("id"), item.get("type"), field, value[:90], got[:90]))
    return counts, totals, skipped


def markdown(counts, totals):
    lines = ["| from | to | source by | values | %s |" % " | ".join(TOOLS), "| --- | --- | --- |" + " ---: |" * (1 + len(TOOLS))]
    for row, total in totals.items():
        (source, target), maker = row
        cells = []
        for tool in TOOLS:
            lost, refused = counts.get((row, tool), (None, 0))
            cells.append("" if lost is None else str(lost) + (" (%d refused)" % refused if refused else ""))
        lines.append("| %s | %s | %s | %d | %s |" % (TITLES[source], TITLES[target], maker, total, " | ".join(cells)))
    return "\n".join(lines) + "\n"


def main(arguments):
    if set(arguments) - {"--write", "--check", "--losses", "--all-losses"}:
        print("usage: run [--write | --check] [--losses]", file=sys.stderr)
        return 2
    show = "citelift" if "--losses" in arguments else "all" if "--all-losses" in arguments else ""
    counts, totals, skipped = compare(show)
    text = markdown(counts, totals)
    print("\n" + text)
    page = os.path.join(ROOT, "README.md")
    readme = open(page, encoding="utf8").read()
    before, _, rest = readme.partition(BEGIN + "\n")
    stands, _, after = rest.partition(END)
    if skipped:
        print("   the README's table is not looked at: not every program ran")
    elif "--write" in arguments:
        with open(page, "w", encoding="utf8") as file:
            file.write(before + BEGIN + "\n" + text + END + after)
    elif "--check" in arguments and stands != text:
        print("   the table in README.md is not current: tests/comparison/run --write")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
