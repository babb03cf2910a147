"""Exports works through citelift.

Takes works (CSL-JSON items) and a folder, gives a file of each format there. The command is
`$CITELIFT` (default target/release/citelift), asked to `convert`.
"""
import json
import os
import re

from programs import ROOT, run

FILES = {"bibtex": "works.bib", "biblatex": "works.biblatex.bib", "ris": "works.ris", "csl-json": "works.json"}


def export(works, there, formats=FILES):
    source = os.path.join(there, "library.json")
    with open(source, "w", encoding="utf8") as file:
        json.dump(works, file, ensure_ascii=False)
    citelift = os.environ.get("CITELIFT") or os.path.join(ROOT, "target/release/citelift")
    built = os.environ.get("CARGO_TARGET_DIR") or os.path.join(ROOT, "target")
    examples = [os.path.join(built, profile, "examples/convert") for profile in ("release", "debug")]
    # The example stands in for a command that has no `convert` yet.
    has_convert = re.search(r"(?m)^ +convert\b", run([citelift, "--help"], fails=False))
    for form in formats:
        into = os.path.join(there, FILES[form])
        if has_convert:
            run([citelift, "convert", "--quiet", source, "--to", form, "-o", into], fails=False)
            if not os.path.exists(into):
                raise SystemExit("citelift convert wrote no %s" % form)
        else:
            with open(into, "w", encoding="utf8", newline="") as file:
                file.write(run([next(filter(os.path.exists, examples), examples[0]), source, form]))
