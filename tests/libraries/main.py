"""Real `.bib` files, read by citelift and its neighbours; the differences, explained.

    run            read, compare, format; print a table
    run --quick    only what is smaller than 100 KB, and no big library
    run --mutated N [START]    N mutated files of each format instead (mutated.py)

Reads the sample files that installed packages ship (`gather.py`) and one library of tens of
thousands of entries: those of the sample files that every program takes, and what citelift
exports of made-up works and citations. Compares the keys of the entries, file by file, with those
that biber, bibtexparser 1 and 2, pybtex and the biblatex crate find; `rules.py` explains each
difference. Then `citelift format` must change nothing in its second run and no meaning in its
first: neither as citelift reads the file nor as pybtex does, or bibtexparser where that refuses it.
"""
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import gather
import mutated
import readers
from rules import File, explain

SMALL = 100_000


def text_of(path):
    with open(path, "rb") as file:
        content = file.read()
    for encoding in ("utf-8-sig", "cp1252", "latin-1"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue


def ndjson(path):
    command = [readers.CITELIFT, "convert", "--quiet", "--from", "bibtex", path, "--to", "ndjson"]
    return subprocess.run(command, capture_output=True).stdout


def formatted(path, copy):
    """Makes a copy tidy; what is wrong with it by citelift's own reading, nothing if all is well."""
    shutil.copyfile(path, copy)
    before = ndjson(copy)
    done = subprocess.run([readers.CITELIFT, "format", "--quiet", copy], capture_output=True)
    with open(copy, "rb") as file:
        once = file.read()
    if done.returncode not in (0, 1):
        # What is not UTF-8 is refused with a cure, and left as it was.
        with open(path, "rb") as file:
            if b"not valid UTF-8" in done.stderr and once == file.read():
                return None
        return "format fails: " + done.stderr.decode("utf8", "replace").strip()[-200:]
    after = ndjson(copy)
    subprocess.run([readers.CITELIFT, "format", "--quiet", copy], capture_output=True)
    with open(copy, "rb") as file:
        if file.read() != once:
            return "a second `format` changes the file"
    if before != after:
        pairs = zip(before.splitlines(), after.splitlines())
        first = next((pair for pair in pairs if pair[0] != pair[1]), (b"", b"another number of works"))
        return "`format` changes a meaning: %s" % " → ".join(one.decode("utf8")[:300] for one in first)
    return None


def changed(before, after):
    """What another program reads otherwise of a tidy file; nothing if all that it read before is
    the same. Entries that it finds only now are those that it did not see for their layout."""
    found = {}
    for entry in after:
        found.setdefault(entry[0], []).append(entry)
    for entry in before:
        if entry not in found.get(entry[0], []):
            return "%s → %s" % (str(entry)[:300], str(found.get(entry[0], "nothing"))[:300])
    return None


def format_all(files, red):
    """Formats copies of all files; how many each other program judged."""
    judged = Counter()
    with tempfile.TemporaryDirectory() as there:
        copies = {path: os.path.join(there, "%d.bib" % number) for number, path in enumerate(files)}
        with ThreadPoolExecutor(readers.CORES) as pool:
            for path, problem in zip(files, pool.map(lambda path: formatted(path, copies[path]), files)):
                if problem:
                    red.append("%s: %s" % (gather.short(path), problem))
        left = files
        for name, python, script in [("pybtex", readers.PYTHON, readers.MEANING), ("bibtexparser 2", readers.PYTHON_2, readers.MEANING_2)]:
            if not left or not os.path.exists(python):
                continue
            read = readers.in_python(python, script)
            before = readers.remembered("meaning of " + name, read, left)
            left, taken = [], [path for path in left if not isinstance(before[path], str)]
            left = [path for path in before if isinstance(before[path], str)]
            for path, after in zip(taken, read([copies[path] for path in taken])):
                problem = after if isinstance(after, str) else changed(before[path], after)
                if problem:
                    red.append("%s: `format` changes what %s reads: %s" % (gather.short(path), name, problem))
            judged[name] = len(taken)
        judged["no other program"] = len(left)
    return judged


def main(arguments):
    if arguments[:1] == ["--mutated"] and len(arguments) in (2, 3):
        return mutated.main(*map(int, arguments[1:]), *[1] * (3 - len(arguments)))
    if set(arguments) - {"--quick"}:
        print(__doc__, file=sys.stderr)
        return 2
    quick = "--quick" in arguments
    files = [path for path in gather.sample_files() if not quick or os.path.getsize(path) < SMALL]
    names = [name for name in readers.NEIGHBOURS if readers.INSTALLED[name]()]
    for name in readers.NEIGHBOURS:
        if name not in names:
            print("   skipped: %s is not installed" % name)
    found = {name: readers.remembered(name, readers.NEIGHBOURS[name], files) for name in names}
    number = None
    if not quick:
        taken = [path for path in files if not any(isinstance(found[name][path], str) for name in names)]
        big, number = gather.big_library(taken, readers.CITELIFT)
        files.append(big)
        for name in names:
            found[name].update(readers.remembered(name, readers.NEIGHBOURS[name], [big]))
    rows, totals, red = [], Counter(), []
    with ThreadPoolExecutor(readers.CORES) as pool:
        all_ours, all_said = list(pool.map(readers.citelift, files)), list(pool.map(readers.check, files))
    for path, ours, said in zip(files, all_ours, all_said):
        if isinstance(ours, str):
            red.append("%s: citelift fails: %s" % (path, ours))
            continue
        file, cells, reasons = File(text_of(path), said), [], Counter()
        for name in names:
            theirs = found[name][path]
            rules, unexplained = explain(name, file, ours, theirs)
            cells.append("refused" if isinstance(theirs, str) else str(len(theirs)))
            reasons += rules
            totals[name] += 0 if isinstance(theirs, str) else len(theirs)
            if unexplained:
                red.append("%s: %s: unexplained: %s" % (gather.short(path), name, ", ".join(unexplained[:12])))
        totals["citelift"] += len(ours)
        why = "; ".join("%s (%d)" % reason for reason in reasons.items())
        rows.append("| %s | %d | %s | %s |" % (gather.short(path), len(ours), " | ".join(cells), why))
    judged = format_all(files, red)
    print("\n| file | citelift | %s | differences |" % " | ".join(names))
    print("| --- |" + " ---: |" * (1 + len(names)) + " --- |")
    print("\n".join(rows))
    print("| all | %d | %s | |" % (totals["citelift"], " | ".join(str(totals[name]) for name in names)))
    if number is not None:
        print("\n   the big library has %d entries with a key" % number)
    print("   %d files formatted; the meaning judged by %s"
          % (len(files), ", ".join("%s (%d)" % one for one in judged.items() if one[1])))
    for one in red:
        print("   FAILED: " + one)
    return 1 if red else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
