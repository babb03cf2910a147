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
    example = os.path.join(ROOT, "target/release/examples/convert")
    # The example stands in for a command that has no `convert` yet.
    has_convert = "convert" in run([citelift, "--help"], fails=False)
    for form in formats:
        into = os.path.join(there, FILES[form])
        if has_convert:
            run([citelift, "convert", "--quiet", source, "--to", form, "-o", into])
        else:
            with open(into, "w", encoding="utf8", newline="") as file:
                file.write(run([example, source, form]))
