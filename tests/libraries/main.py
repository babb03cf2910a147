"""Real `.bib` files, read by citelift and its neighbours; the differences, explained.

    run            read, compare, format; print a table
    run --quick    only what is smaller than 100 KB, and no big library

Reads the sample files that installed packages ship (`gather.py`) and one library of tens of
thousands of entries. Compares the keys of the entries, file by file, with those that biber,
bibtexparser 1 and 2 and pybtex find; `rules.py` explains each difference. Then `citelift format`
must change nothing in its second run, and no meaning in its first. The biblatex crate cannot be
asked from here: it is a library of Rust, and citelift reads values with it.
"""
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter

import gather
import readers
from rules import explain

SMALL = 100_000


def text_of(path):
    content = open(path, "rb").read()
    for encoding in ("utf-8-sig", "cp1252", "latin-1"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue


def formats_well(path):
    """What is wrong with `citelift format` on a copy of the file; nothing if all is well."""
    ndjson = lambda file: subprocess.run(
        [readers.CITELIFT, "convert", "--quiet", "--from", "bibtex", file, "--to", "ndjson"], capture_output=True).stdout
    with tempfile.TemporaryDirectory() as there:
        copy = os.path.join(there, "copy.bib")
        shutil.copyfile(path, copy)
        before = ndjson(copy)
        done = subprocess.run([readers.CITELIFT, "format", "--quiet", copy], capture_output=True)
        if done.returncode not in (0, 1):
            # What is not UTF-8 is refused with a cure, and left as it was.
            if b"not valid UTF-8" in done.stderr and open(copy, "rb").read() == open(path, "rb").read():
                return None
            return "format fails: " + done.stderr.decode("utf8", "replace").strip()[-200:]
        once, after = open(copy, "rb").read(), ndjson(copy)
        subprocess.run([readers.CITELIFT, "format", "--quiet", copy], capture_output=True)
        if open(copy, "rb").read() != once:
            return "a second `format` changes the file"
        if before != after:
            pairs = zip(before.splitlines(), after.splitlines())
            first = next((pair for pair in pairs if pair[0] != pair[1]), (b"", b"another number of works"))
            return "`format` changes a meaning: %s" % " → ".join(one.decode("utf8")[:300] for one in first)
    return None


def main(arguments):
    if set(arguments) - {"--quick"}:
        print(__doc__, file=sys.stderr)
        return 2
    quick = "--quick" in arguments
    files = [path for path in gather.sample_files() if not quick or os.path.getsize(path) < SMALL]
    names = [name for name in readers.NEIGHBOURS if readers.INSTALLED[name]()]
    for name in readers.NEIGHBOURS:
        if name not in names:
            print("   skipped: %s is not installed" % name)
    number = None
    if not quick:
        big, number = gather.big_library(files, readers.CITELIFT)
        files.append(big)
    rows, totals, red = [], Counter(), []
    for path in files:
        ours = readers.citelift(path)
        if isinstance(ours, str):
            red.append("%s: citelift fails: %s" % (path, ours))
            continue
        diagnostics, text = readers.check(path), text_of(path)
        cells, reasons = [], Counter()
        for name in names:
            theirs = readers.remembered(name, path)
            rules, unexplained = explain(name, text, ours, theirs, diagnostics)
            cells.append("refused" if isinstance(theirs, str) else str(len(theirs)))
            reasons += rules
            totals[name] += 0 if isinstance(theirs, str) else len(theirs)
            if unexplained:
                red.append("%s: %s: unexplained: %s" % (gather.short(path), name, ", ".join(unexplained[:12])))
        if problem := formats_well(path):
            red.append("%s: %s" % (gather.short(path), problem))
        totals["citelift"] += len(ours)
        why = "; ".join("%s (%d)" % reason for reason in reasons.items())
        rows.append("| %s | %d | %s | %s |" % (gather.short(path), len(ours), " | ".join(cells), why))
    print("\n| file | citelift | %s | differences |" % " | ".join(names))
    print("| --- |" + " ---: |" * (1 + len(names)) + " --- |")
    print("\n".join(rows))
    print("| all | %d | %s | |" % (totals["citelift"], " | ".join(str(totals[name]) for name in names)))
    if number is not None:
        print("\n   the big library has %d entries with a key" % number)
    print("   %d files formatted" % len(files))
    for one in red:
        print("   FAILED: " + one)
    return 1 if red else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
