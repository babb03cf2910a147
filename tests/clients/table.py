"""The table clients × formats, in README.md and docs/clients.md between two marks."""
import json
import os
import re
from collections import defaultdict

from programs import ROOT

BEGIN, END = "<!-- clients: begin -->", "<!-- clients: end -->"
PAGES = ("README.md", "docs/clients.md")
FORMATS = {"bibtex": "BibTeX", "biblatex": "BibLaTeX", "ris": "RIS", "csl-json": "CSL-JSON"}


def markdown(rows, clients):
    """A row for each program: works whole of all; the others lose what known_limits.json says."""
    lines = ["| program | %s |" % " | ".join(FORMATS.values()), "| --- |" + " --- |" * len(FORMATS)]
    for client in clients:
        cells = ["%d of %d" % (rows[client, form][0], rows[client, form][2]) if (client, form) in rows else "" for form in FORMATS]
        if any(cells):
            lines.append("| %s | %s |" % (client, " | ".join(cells)))
    return "\n".join(lines) + "\n"


def parts(page):
    text = open(os.path.join(ROOT, page), encoding="utf8").read()
    before, _, rest = text.partition(BEGIN + "\n")
    stands, _, after = rest.partition(END)
    return before, stands, after


def write(text):
    for page in PAGES:
        before, _, after = parts(page)
        with open(os.path.join(ROOT, page), "w", encoding="utf8") as file:
            file.write(before + BEGIN + "\n" + text + END + after)


def is_current(text):
    return all(parts(page)[1] == text for page in PAGES)


def propose(client, form, new):
    """Losses by field: whether all values are empty, and in which works."""
    by_field = defaultdict(list)
    for loss in new:
        by_field[loss.field, "" if loss.got == "" else "other"].append(loss)
    for (field, got), found in sorted(by_field.items()):
        shown = found[0]
        print(json.dumps({"client": client, "formats": form, "fields": field, "works": " ".join(one.work for one in found),
                          "got": got, "for example": "%s → %s" % (shown.want[:60], shown.got[:60])}, ensure_ascii=False))
