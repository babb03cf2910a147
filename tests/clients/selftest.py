"""Defects planted in our own good exports, and in the limits: each must turn the suite red.

A defect is a change of an exported file (what and by what), and the programs that must see it.
The same works are exported whole first, and must be as known: so a defect is the only cause.
"""
import os
import re
import tempfile

import others
from compare import Limit, judge, losses
from export import FILES, export
from programs import Missing

# name, format, pattern, what stands there instead, the programs that must see it
DEFECTS = [
    ("corporate author without braces", "bibtex", r"author = \{\{(Food Council[^}]*)\}\}", r"author = {\1}", "pandoc pybtex bibtexparser-1"),
    ("body with `and` without braces", "bibtex", r"\{\{(Rivers and Harbours Trust)\} and", r"{\1 and", "pandoc pybtex"),
    ("suffix last", "bibtex", r"Kingsley, Jr\., Martin L\.", "Kingsley, Martin L., Jr.", "pandoc pybtex"),
    ("DOI escaped", "bibtex", r"12345-6_7#x", r"12345-6\\_7\\#x", "pandoc pybtex"),
    ("DOI cut at a bracket", "bibtex", r"(10\.1002/\(SICI\)[^<]*)<[^}]*\}", r"\1}", "pandoc pybtex"),
    ("title without braces", "bibtex", r"in \{New York\} eels", "in New York eels", "pandoc"),
    ("underscore not escaped", "bibtex", r"in \{C\\_max\}", "in {C_max}", "bibtex"),
    ("ampersand not escaped", "bibtex", r"Costs \\&", "Costs &", "bibtex"),
    ("subtype that stops LaTeX", "biblatex", r"musical_score", r"musical\\_score", "biblatex"),
    ("house that `and` divides", "biblatex", r"\{\{Smith and Daughters\}\}", "{Smith and Daughters}", "pandoc"),
    ("wrong page", "bibtex", r"101--115", "101--116", "pandoc pybtex"),
    ("given and family name exchanged", "bibtex", r"Marlowe, Edith", "Edith, Marlowe", "pandoc pybtex"),
    ("editor lost", "bibtex", r"  editor = \{de la Fontaine[^\n]*\n", "", "pandoc pybtex"),
    ("month lost", "bibtex", r"(k-article-journal.*?)  month = nov,\n", r"\1", "pandoc pybtex"),
    ("command left", "bibtex", r"Counting gulls", r"Counting \\gulls{}", "pybtex"),
    ("particle behind the given name", "bibtex", r"van der Berg, Jan Willem", "Berg, Jan Willem van der", "pybtex bibtex"),
    ("entry without its end", "bibtex", r"(@article\{d-month,.*?)\n\}\n", r"\1\n", "pandoc pybtex"),
    ("key twice", "bibtex", r"@article\{d-day,", "@article{d-month,", "pandoc"),
    ("month instead of day", "biblatex", r"2012-02-29", "2012-02", "pandoc biber"),
    ("season lost", "biblatex", r"1999-23", "1999", "biber"),
    ("keywords joined", "biblatex", r"tides, labour, ports", "tides labour ports", "pandoc"),
    ("authors joined in one line", "ris", r"AU  - Marlowe, Edith\r\nAU  - Tanaka, Kenji", "AU  - Marlowe, Edith; Tanaka, Kenji", "pandoc rispy"),
    ("ER missing", "ris", r"ER  - \r\n\r\n(TY  - JOUR\r\nID  - d-day)", r"\1", "rispy"),
    ("last page lost", "ris", r"EP  - 115\r\n", "", "pandoc rispy"),
    ("keywords in one line", "ris", r"KW  - tides\r\nKW  - labour", "KW  - tides labour", "pandoc rispy"),
    ("type wrong", "ris", r"TY  - THES", "TY  - BOOK", "pandoc rispy"),
    ("tag at the start of a line", "ris", r"said TY - JOUR and then", "said\r\nTY  - JOUR and then", "rispy"),
    ("mark of byte order", "csl-json", r"\A\[", "\ufeff[", "CSL-schema"),
    ("date as text", "csl-json", r'"issued":\{"date-parts":\[\[2013,5\]\]\}', '"issued":"2013-05"', "CSL-schema"),
    ("DOI cut in JSON", "csl-json", r'(AID-SIM968)[^"]*', r"\1", "CSL-schema pandoc"),
    ("literal taken apart", "csl-json", r'"literal":"Hydrographic Office"', '"family":"Office","given":"Hydrographic"', "pandoc"),
    ("volume as title", "csl-json", r'"volume":"12","issue":"3"', '"volume":"3","issue":"12"', "pandoc"),
]


def main(clients, works, limits, read):
    """Runs every defect; 1 where one is not seen."""
    unseen, skipped, seen = [], set(), 0
    with tempfile.TemporaryDirectory() as there:
        export(works, there)
        whole = {}
        for name, form, pattern, instead, programs in DEFECTS:
            good = os.path.join(there, FILES[form])
            with open(good, encoding="utf8", newline="") as file:
                text = file.read()
            broken, count = re.subn(pattern, instead, text, count=1, flags=re.S)
            if not count or broken == text:
                unseen.append("%s (%s): the export has no such place" % (name, form))
                continue
            bad = os.path.join(there, "bad-" + FILES[form])
            with open(bad, "w", encoding="utf8", newline="") as file:
                file.write(broken)
            for client in programs.split():
                try:
                    if (client, form) not in whole:
                        whole[client, form] = is_red(client, form, works, limits, read, good)
                    if whole[client, form]:
                        unseen.append("%s: the good %s export is red already" % (client, form))
                    elif is_red(client, form, works, limits, read, bad):
                        seen += 1
                    else:
                        unseen.append("%s (%s): %s does not see it" % (name, form, client))
                except Missing:
                    skipped.add(client)
        unseen += unheld(clients, works, limits, read, there)
    for line in sorted(set(unseen)):
        print("   NOT SEEN: " + line)
    for client in sorted(skipped):
        print("   skipped: %s is not installed" % client)
    print("   %d defects planted, seen %d times" % (len(DEFECTS), seen))
    return 1 if unseen else 0


def unheld(clients, works, limits, read, there):
    """A limit that does not say what would have been read must be seen, and one that says more."""
    data, lines = others.probed(), []
    for form, field in (("ris", "editor"), ("bibtex", "jurisdiction")):
        path = os.path.join(there, FILES[form])
        try:
            found = losses("pandoc", form, works, read("pandoc", form, path)[0])
        except Missing:
            continue
        here = [limit for limit in limits if "pandoc" in limit.clients and form in limit.forms and field in limit.fields and limit.entry.get("others")]
        for change in (lambda said: {}, lambda said: dict(said, **{field: "XX"})):
            for limit in here:
                planted = Limit(dict(limit.entry, others=change(limit.entry["others"])))
                if not others.wrong(data, "pandoc", form, [planted], found, path):
                    lines.append("%s: what was tried is not held against the probe" % limit)
        if not here:
            lines.append("no limit of pandoc's %s in %s has others" % (field, form))
    return lines


def is_red(client, form, works, limits, read, path):
    items, refused = read(client, form, path)
    new, _, gone = judge(client, form, works, losses(client, form, works, items), limits)
    return bool(refused or new or gone)
