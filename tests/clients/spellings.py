"""Values that have more than one spelling, and what each program makes of each.

Takes programs, gives for each format and value what every spelling is read as; the first
spelling is the one that the writers use. Makes the table of docs/clients.md of it.
"""
import json
import os
import re
import tempfile
from collections import defaultdict

from programs import HERE, ROOT, Missing, Refused
from shapes import normal

WHOLE = "whole"
BEGIN, END = "<!-- spellings: begin -->", "<!-- spellings: end -->"
FORMS = {"bibtex": "bib", "biblatex": "bib", "ris": "ris", "csl-json": "csl"}
NAMED = {"bib": "`.bib`", "ris": "RIS", "csl": "CSL-JSON"}
# LaTeX is slow, and prints few of the values: these are tried through it.
THROUGH_LATEX = ("letters of several bytes", "keyword with a comma")


def table():
    return json.load(open(os.path.join(HERE, "spellings.json"), encoding="utf8"))


def of(value, form):
    """The spellings of a value in a format, as lines of the table."""
    return [label(one) for row in table() if row["value"] == value for one in row.get(FORMS[form], [])]


def record(form, row, key, spelling):
    """One record with a value spelled so, in the format."""
    if form == "csl":
        return dict({"id": key, "type": row.get("csl-type", "article-journal"), "title": "Base"}, **spelling)
    if form == "ris":
        # PY stands everywhere, since citation-js reads a record otherwise without it.
        year = "" if row["field"] == "issued" else "PY  - 2001///\r\n"
        lines = "".join(line + "\r\n" for line in spelling.split("\n"))
        return "TY  - %s\r\nID  - %s\r\n%s%sER  - \r\n\r\n" % (row.get("ris-type", "JOUR"), key, year, lines)
    title = "" if row["field"] == "title" else "  title = {Base},\n"
    return "@%s{%s,\n%s  %s,\n}\n\n" % (row.get("bib-type", "article"), key, title, spelling.replace("\n", ",\n  "))


def read(clients, client, form, records, there):
    """The item of each record, by key. What refuses a file is tried again one by one."""
    kind = FORMS[form]
    path = os.path.join(there, "spelled." + {"ris": "ris", "csl": "json"}.get(kind, "bib"))
    with open(path, "w", encoding="utf8", newline="") as file:
        file.write(json.dumps([text for _, text in records], ensure_ascii=False) if kind == "csl" else "".join(text for _, text in records))
    try:
        items = clients[client][0](path, form)
    except (Refused, ValueError, KeyError, IndexError) as refused:
        if len(records) == 1:
            return {records[0][0]: None}
        middle = len(records) // 2
        return dict(read(clients, client, form, records[:middle], there), **read(clients, client, form, records[middle:], there))
    ids = {str(item.get("id")): item for item in items}
    if any(key in ids for key, _ in records):
        return {key: ids.get(key, {}) for key, _ in records}
    return {key: item for (key, _), item in zip(records, items)}


def measure(clients, chosen):
    """client → format → value → what each spelling is read as."""
    rows, found = table(), defaultdict(lambda: defaultdict(dict))
    with tempfile.TemporaryDirectory() as there:
        for client, (_, forms) in clients.items():
            for form in forms.split() if client in chosen else []:
                kind, records = FORMS[form], []
                for at, row in enumerate(rows):
                    if client in ("bibtex", "biblatex") and row["value"] not in THROUGH_LATEX:
                        continue
                    records += [("s%d-%d" % (at, one), record(kind, row, "s%d-%d" % (at, one), spelling))
                                for one, spelling in enumerate(row.get(kind, []))]
                try:
                    items = read(clients, client, form, records, there)
                except Missing as missing:
                    print("   skipped: %s, since %s is not installed" % (client, missing))
                    break
                for key, _ in records:
                    at, one = (int(part) for part in key[1:].split("-"))
                    row, item = rows[at], items.get(key)
                    got = "(refused)" if item is None else normal(row["field"], item.get(row["field"]))
                    found[client][form].setdefault(row["value"], []).append(WHOLE if got == row["want"] else got)
    return json.loads(json.dumps(found))


def label(spelling):
    """A spelling as one line of the table."""
    text = json.dumps(spelling, ensure_ascii=False) if isinstance(spelling, dict) else spelling
    return re.sub(r"\r?\n *", " ⏎ ", text)


def markdown(found):
    """A row for each value that some program does not read whole as it is written: which, and what
    of the other spellings these read."""
    lines = ["| value | format | written | not whole in | other spellings, and which of these programs read them whole |", "| --- | --- | --- | --- | --- |"]
    for row in table():
        for kind in ("bib", "ris", "csl"):
            read = {"%s%s" % (client, "" if len([one for one in forms if FORMS[one] == "bib"]) < 2 or kind != "bib" else " (%s)" % form): by_value[row["value"]]
                    for client, forms in found.items() for form, by_value in forms.items() if FORMS[form] == kind and row["value"] in by_value}
            lost = [reader for reader, got in read.items() if got[0] != WHOLE]
            if not lost:
                continue
            cells = []
            for at, spelling in list(enumerate(row[kind]))[1:]:
                whole = [reader for reader in lost if read[reader][at] == WHOLE]
                cells.append("`%s`: %s" % (label(spelling), "all of them" if whole == lost else both(whole) or "none"))
            # What helps none needs no spelling of it here: spellings.json has it.
            helps = [cell for cell in cells if not cell.endswith(": none")]
            none = len(cells) - len(helps)
            if none:
                helps.append("%d %s: none" % (none, ("other" if none == 1 else "others") if helps else "tried"))
            lines.append("| %s | %s | `%s` | %s | %s |" % (row["value"], NAMED[kind], label(row[kind][0]), both(lost), "; ".join(helps) or "there is none"))
    return "\n".join(lines) + "\n"


def both(readers):
    """Readers in a line; one that reads both dialects alike is named once."""
    out = []
    for reader in readers:
        name, _, form = reader.partition(" (")
        other = "%s (%s)" % (name, "biblatex" if form == "bibtex)" else "bibtex")
        name = name if not form or other in readers else reader
        if name not in out:
            out.append(name)
    return ", ".join(out)


def write(clients, found):
    """Puts the table into docs/clients.md."""
    path = os.path.join(ROOT, "docs/clients.md")
    before, _, rest = open(path, encoding="utf8").read().partition(BEGIN + "\n")
    _, _, after = rest.partition(END)
    text = markdown({client: found[client] for client in clients if client in found})
    with open(path, "w", encoding="utf8") as file:
        file.write(before + BEGIN + "\n" + text + END + after)
