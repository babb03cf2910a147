"""The programs that read `.bib` files, each asked for the keys of the entries it finds.

Takes paths, gives for each path a list of keys or, as text, why the program refused the file.
What the neighbours found is kept in `~/.cache/citelift-libraries`, by the file's content: they do
not change from run to run, and some take minutes.
"""
import hashlib
import json
import os
import re
import shutil
import subprocess
import tempfile

from gather import CACHE, CLIENTS, ROOT

PYTHON, PYTHON_2 = CLIENTS + "/py/bin/python", CLIENTS + "/py-btp2/bin/python"
LIMIT = int(os.environ.get("SECONDS_PER_FILE") or 240)
CITELIFT = os.environ.get("CITELIFT") or os.path.join(
    os.environ.get("CARGO_TARGET_DIR") or os.path.join(ROOT, "target"), "release/citelift")

# Entries of any type, and the spelling of fields left alone.
BIBTEXPARSER_1 = """import json, sys, logging, bibtexparser
from bibtexparser.bparser import BibTexParser
logging.disable(logging.CRITICAL)
parser = BibTexParser(common_strings=True, ignore_nonstandard_types=False, interpolate_strings=False)
print(json.dumps([entry['ID'] for entry in bibtexparser.load(open(sys.argv[1], encoding='utf8'), parser).entries]))"""
BIBTEXPARSER_2 = """import json, sys, bibtexparser
library = bibtexparser.parse_file(sys.argv[1], encoding='utf8')
print(json.dumps([entry.key for entry in library.entries]))"""
PYBTEX = """import json, sys
from pybtex import errors
from pybtex.database import parse_file
errors.set_strict_mode(False)
print(json.dumps(list(parse_file(sys.argv[1], 'bibtex', encoding='utf8').entries)))"""


def run(command, cwd=None):
    """What a command prints and says, or why it failed."""
    try:
        done = subprocess.run(command, capture_output=True, timeout=LIMIT, cwd=cwd)
    except subprocess.TimeoutExpired:
        return None, "not done in %d s" % LIMIT
    says = done.stderr.decode("utf8", "replace")
    if done.returncode:
        lines = [line for line in says.splitlines() if line.strip()] or ["exit %d" % done.returncode]
        return None, lines[-1].strip()[:160]
    return done.stdout.decode("utf8", "replace"), says


def in_python(interpreter, script):
    def read(path):
        out, says = run([interpreter, "-c", script, path])
        return says if out is None else json.loads(out)
    return read


def biber(path):
    """biber in tool mode writes every entry that it took."""
    with tempfile.TemporaryDirectory() as there:
        shutil.copy(path, there + "/in.bib")
        out, says = run(["biber", "--tool", "--nolog", "--quiet", "-O", "out.bib", "in.bib"], cwd=there)
        if out is None and not os.path.exists(there + "/out.bib"):
            return says
        if not os.path.exists(there + "/out.bib"):
            return []
        text = open(there + "/out.bib", encoding="utf8").read()
    return [key for kind, key in re.findall(r"(?m)^@(\w+)\{([^,\n]*),", text) if kind.lower() not in ("string", "preamble", "comment")]


def citelift(path):
    """citelift's works by `convert --to ndjson`."""
    done = subprocess.run([CITELIFT, "convert", "--quiet", "--from", "bibtex", path, "--to", "ndjson"],
                          capture_output=True, timeout=LIMIT)
    if done.returncode not in (0, 1):
        return done.stderr.decode("utf8", "replace").strip()[-160:] or "exit %d" % done.returncode
    return [json.loads(line).get("id", "") for line in done.stdout.decode("utf8").splitlines()]


def check(path):
    """What `citelift check` says: diagnostics as objects."""
    done = subprocess.run([CITELIFT, "check", "--from", "bibtex", "--message-format", "json", path],
                          capture_output=True, timeout=LIMIT)
    lines = (done.stderr + done.stdout).decode("utf8", "replace").splitlines()
    return [json.loads(line) for line in lines if line.startswith("{")]


NEIGHBOURS = {
    "biber": biber,
    "bibtexparser 1": in_python(PYTHON, BIBTEXPARSER_1),
    "bibtexparser 2": in_python(PYTHON_2, BIBTEXPARSER_2),
    "pybtex": in_python(PYTHON, PYBTEX),
}
INSTALLED = {
    "biber": lambda: shutil.which("biber"),
    "bibtexparser 1": lambda: os.path.exists(PYTHON),
    "bibtexparser 2": lambda: os.path.exists(PYTHON_2),
    "pybtex": lambda: os.path.exists(PYTHON),
}


def remembered(name, path):
    """What a neighbour reads of a file, from the store if it has read the same before."""
    about = hashlib.sha256((name + "\0").encode() + open(path, "rb").read()).hexdigest()
    stored = os.path.join(CACHE, "read", about + ".json")
    if os.path.exists(stored):
        return json.load(open(stored))
    found = NEIGHBOURS[name](path)
    os.makedirs(os.path.dirname(stored), exist_ok=True)
    with open(stored + ".new", "w") as file:
        json.dump(found, file)
    os.replace(stored + ".new", stored)
    return found
