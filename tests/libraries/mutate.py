"""Files made of seeds by mutation: the same ones for the same number.

Takes the number of files and a folder, writes `NUMBER.bib`, `NUMBER.ris`, `NUMBER.json` there;
called by `mutated.py`. Seeds are the files of `tests/corpus` and `fuzz/seeds` that are UTF-8, and
exports of the works in `tests/clients/works`.
"""
import glob
import json
import os
import random
import re
import subprocess

from gather import ROOT

LONGEST = 4000
SIGNS = list("{}\\@%\"$&#_^~,;=:/<>()[]\n\t -.'`|*+?!019aZé") + [
    "\n\n", "{{", "}}", " and ", "\\'e", "--", ",\n", "ER  - \n", "TY  - BOOK\n", "AU  - Roe, J.\n", "null", "\\u00e9", "  - "]
FOLDERS = {"bib": "bib", "ris": "ris", "json": "csl_json"}


def seeds(citelift):
    """Format → texts."""
    found = {extension: [] for extension in FOLDERS}
    for extension, target in FOLDERS.items():
        paths = sorted(glob.glob("%s/tests/corpus/%s/*.%s" % (ROOT, extension, extension)) + glob.glob("%s/fuzz/seeds/%s/*" % (ROOT, target)))
        for path in paths:
            try:
                with open(path, encoding="utf8", newline="") as file:
                    text = file.read()
            except UnicodeDecodeError:
                continue
            if len(text) < LONGEST and not re.search("[\0\ufeff]", text):
                found[extension].append(text)
    for path in sorted(glob.glob(ROOT + "/tests/clients/works/*.json")):
        with open(path, encoding="utf8") as file:
            works = json.load(file)
        for extension, form in [("bib", "bibtex"), ("bib", "biblatex"), ("ris", "ris"), ("json", "csl-json")]:
            for start in range(0, len(works), 4):
                done = subprocess.run([citelift, "convert", "--quiet", "--from", "csl-json", "-", "--to", form],
                                      input=json.dumps(works[start:start + 4]).encode(), capture_output=True)
                found[extension].append(done.stdout.decode("utf8"))
    return found


def mutated(text, other, chance):
    """A text with up to three changes of lines, signs or stretches; one in ten stays as it is."""
    for _ in range(chance.choice([0, 1, 1, 1, 1, 2, 2, 2, 3, 3])):
        kind = chance.randrange(6)
        if kind < 2:
            lines = text.splitlines(True) or [""]
            at = chance.randrange(len(lines))
            if kind == 0:
                lines[at:at + 1] = chance.choice([[], [lines[at]] * 2, [lines[at]] + lines[at:at + 1]])
            else:
                theirs = other.splitlines(True) or [""]
                lines.insert(at, chance.choice(theirs))
            text = "".join(lines)
            continue
        at = chance.randrange(len(text) + 1)
        end = min(len(text), at + chance.choice([0, 1, 1, 2, 5, 20]))
        put = {2: "", 3: chance.choice(SIGNS), 4: text[at:end] * 2, 5: text[at:end] + chance.choice(SIGNS)}[kind]
        text = text[:at] + put + text[end:]
    return text


def write(count, folder, citelift, start=1):
    """Writes `count` files of each format; format → paths."""
    texts, paths = seeds(citelift), {}
    for extension, those in texts.items():
        chance = random.Random("%s %d" % (extension, start))
        paths[extension] = []
        for number in range(count):
            path = os.path.join(folder, "%d.%s" % (number, extension))
            with open(path, "w", encoding="utf8", newline="") as file:
                file.write(mutated(chance.choice(those), chance.choice(those), chance))
            paths[extension].append(path)
    return paths
