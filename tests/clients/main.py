"""Exports the library of `works/`, has real programs read it, and compares; see docs/clients.md.

    run [CLIENT…]          compare; with names, those programs alone
    run --selftest         every planted defect must be seen
    run --write-table      put the table into README.md and docs/clients.md
    run --propose          print losses in a form that known_limits.json can be written from

Exit: 0 whole but for known limits, 1 a loss that no limit explains, a limit that has gone or a
table that is not current, 2 a wrong call.
"""
import glob
import json
import os
import sys
import tempfile
import time

import adapters_bib
import adapters_other
import latex
import others
import table
from compare import Limit, judge, losses
from export import FILES, export
from programs import HERE, Missing, Refused

CLIENTS = {
    "pandoc": (adapters_other.pandoc, "bibtex biblatex ris csl-json"),
    "citation-js": (adapters_other.citation_js, "bibtex biblatex ris csl-json"),
    "citeproc-js": (adapters_other.citeproc_js, "csl-json"),
    "CSL-schema": (adapters_other.schema, "csl-json"),
    "bibtex": (latex.bibtex, "bibtex"),
    "biblatex": (latex.biblatex, "biblatex"),
    "biber": (adapters_bib.biber, "bibtex biblatex"),
    "bibtexparser-1": (adapters_bib.bibtexparser_1, "bibtex biblatex"),
    "bibtexparser-2": (adapters_bib.bibtexparser_2, "bibtex biblatex"),
    "pybtex": (adapters_bib.pybtex, "bibtex biblatex"),
    "JabRef": (adapters_bib.jabref, "bibtex ris"),
    "bibutils": (adapters_other.bibutils, "bibtex biblatex ris"),
    "rispy": (adapters_other.rispy, "ris"),
}


def library():
    """The works that are meant, in the order of the files' names."""
    return [work for file in sorted(glob.glob(HERE + "/works/*.json")) for work in json.load(open(file, encoding="utf8"))]


def known_limits():
    """The losses of known_limits.json, each with the reason and the encodings tried of its group."""
    groups = json.load(open(HERE + "/known_limits.json", encoding="utf8"))["limits"]
    for group in groups:
        assert group["reason"] and group["tried"], "a limit says why, and what else was tried"
    return [Limit(entry) for group in groups for entry in group["losses"]]


def read(client, form, path):
    """What a program reads of a file; a program that fails has read nothing."""
    try:
        return CLIENTS[client][0](path, form), None
    except Refused as refused:
        return [], str(refused)


def compare(chosen, propose):
    works, limits, probed, rows, red, skipped = library(), known_limits(), others.probed(), {}, False, []
    with tempfile.TemporaryDirectory() as there:
        export(works, there)
        for client, (_, forms) in CLIENTS.items():
            for form in forms.split() if client in chosen else []:
                began = time.monotonic()
                try:
                    items, refused = read(client, form, os.path.join(there, FILES[form]))
                except Missing as missing:
                    skipped.append("%s (%s)" % (client, missing))
                    print("   skipped: %s, since %s is not installed" % (client, missing))
                    break
                found = losses(client, form, works, items)
                new, known, gone = judge(client, form, works, found, limits)
                whole = len(works) - len({loss.work for loss in found} - {"*"})
                rows[client, form] = (whole, len({loss.work for loss in known}), len(works))
                print("   %-15s %-9s %3d of %d works whole, %3d values lost as known, %d losses, %d limits gone, %.1f s"
                      % (client, form, whole, len(works), len(known), len(new), len(gone), time.monotonic() - began))
                if refused:
                    print("      it refuses the file: %s" % refused)
                # What a limit says that was tried is held against what was measured.
                gone += others.wrong(probed, client, form, limits, known, os.path.join(there, FILES[form]))
                red |= bool(new or gone or refused)
                if propose:
                    table.propose(client, form, new)
                    continue
                for line in [str(loss) for loss in new[:40]] + gone[:20]:
                    print("      " + line)
    return rows, red, skipped


def main(arguments):
    flags = {one for one in arguments if one.startswith("--")}
    names = [one for one in arguments if not one.startswith("--")]
    if flags - {"--selftest", "--write-table", "--propose"} or set(names) - set(CLIENTS):
        print(__doc__, file=sys.stderr)
        return 2
    if "--selftest" in flags:
        import selftest
        return selftest.main(CLIENTS, library(), known_limits(), read)
    rows, red, skipped = compare(names or list(CLIENTS), "--propose" in flags)
    text = table.markdown(rows, CLIENTS)
    print("\n" + text)
    if names or skipped:
        print("   the README's table is not looked at: not every program ran")
    elif "--write-table" in flags:
        table.write(text)
    elif not table.is_current(text):
        print("   the table in README.md is not current: tests/clients/run --write-table")
        red = True
    return 1 if red else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
