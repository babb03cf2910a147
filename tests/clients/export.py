"""Exports works through citelift.

Takes works (CSL-JSON items) and a folder, gives a file of each format there. The command is
`$CITELIFT` (default target/release/citelift), asked to `convert`.
"""
import json
import os

from programs import ROOT, run

FILES = {"bibtex": "works.bib", "biblatex": "works.biblatex.bib", "ris": "works.ris", "csl-json": "works.json"}


def export(works, there, formats=FILES):
    source = os.path.join(there, "library.json")
    with open(source, "w", encoding="utf8") as file:
        json.dump(works, file, ensure_ascii=False)
    citelift = os.environ.get("CITELIFT") or os.path.join(ROOT, "target/release/citelift")
    for form in formats:
        into = os.path.join(there, FILES[form])
        run([citelift, "convert", "--quiet", source, "--to", form, "-o", into], fails=False)
        if not os.path.exists(into):
            raise SystemExit("citelift convert wrote no %s" % form)
