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
from concurrent.futures import ThreadPoolExecutor

from gather import CACHE, CLIENTS, ROOT

PYTHON, PYTHON_2 = CLIENTS + "/py/bin/python", CLIENTS + "/py-btp2/bin/python"
TARGET = os.environ.get("CARGO_TARGET_DIR") or os.path.join(ROOT, "target")
CITELIFT = os.environ.get("CITELIFT") or os.path.join(TARGET, "release/citelift")
BUILT = [os.path.join(TARGET, profile, "examples/biblatex-keys") for profile in ("debug", "release")]
# biber takes minutes for tens of thousands of entries, more on a busy machine.
LIMIT = int(os.environ.get("SECONDS_PER_FILE") or 3600)
CORES = 2

# Each reads the paths that standard input names and prints a line for each: once started, Python
# reads many files.
LOOP = """
import json, signal, sys
def late(*_): raise TimeoutError("not done in %d s" % LIMIT)
signal.signal(signal.SIGALRM, late)
for path in json.load(sys.stdin):
    signal.alarm(LIMIT)
    try:
        found = read(path)
    except Exception as error:
        found = "%s: %s" % (type(error).__name__, str(error).strip().splitlines()[-1] if str(error).strip() else "")
    signal.alarm(0)
    print(json.dumps(found), flush=True)
"""
# Entries of any type, and the spelling of fields left alone.
BIBTEXPARSER_1 = """import logging, bibtexparser
from bibtexparser.bparser import BibTexParser
logging.disable(logging.CRITICAL)
def read(path):
    parser = BibTexParser(common_strings=True, ignore_nonstandard_types=False, interpolate_strings=False)
    return [entry['ID'] for entry in bibtexparser.load(open(path, encoding='utf8'), parser).entries]
"""
BIBTEXPARSER_2 = """import bibtexparser
def read(path):
    return [entry.key for entry in bibtexparser.parse_file(path, encoding='utf8').entries]
"""
PYBTEX = """from pybtex import errors
from pybtex.database import parse_file
errors.set_strict_mode(False)
def read(path):
    with errors.capture():
        return list(parse_file(path, 'bibtex', encoding='utf8').entries)
"""
# Whole entries: what `citelift format` must not change. pybtex reads the values with their
# abbreviations put in; where it refuses a file, bibtexparser 2 reads them as they are spelled.
MEANING = PYBTEX.replace("return list(", "found = (").replace(".entries)", """.entries.items())
        return [[key, entry.type.lower(), [[name.lower(), value] for name, value in entry.fields.items()],
                 [[role.lower(), [str(one) for one in people]] for role, people in entry.persons.items()]] for key, entry in found]""")
MEANING_2 = """import bibtexparser
def read(path):
    library = bibtexparser.parse_file(path, encoding='utf8')
    return [[entry.key, entry.entry_type.lower(), [[one.key.lower(), ' '.join(str(one.value).split())] for one in entry.fields], []] for entry in library.entries]
"""


def run(command, cwd=None):
    """What a command prints and says, or why it failed."""
    try:
        done = subprocess.run(command, capture_output=True, timeout=LIMIT, cwd=cwd)
    except subprocess.TimeoutExpired:
        return None, "not done in %d s" % LIMIT
    says = done.stderr.decode("utf8", "replace")
    out = done.stdout.decode("utf8", "replace")
    if done.returncode:
        lines = [line for line in (out + says).splitlines() if line.strip()] or ["exit %d" % done.returncode]
        errors = [line for line in lines if "ERROR" in line]
        return None, (errors or lines)[-1].strip()[:160]
    return out, says


def in_python(interpreter, script):
    """A reader of many paths, one process for every core."""
    def part(paths):
        done = subprocess.run([interpreter, "-W", "ignore", "-c", "LIMIT = %d\n%s%s" % (LIMIT, script, LOOP)],
                              input=json.dumps(paths).encode(), capture_output=True)
        lines = done.stdout.decode("utf8", "replace").splitlines()
        why = (done.stderr.decode("utf8", "replace").strip().splitlines() or ["it ends early"])[-1]
        return [json.loads(line) for line in lines] + [why] * (len(paths) - len(lines))

    def read(paths):
        found = {}
        parts = [part_ for part_ in (paths[core::CORES] for core in range(CORES)) if part_]
        with ThreadPoolExecutor(CORES) as pool:
            for given, given_found in zip(parts, pool.map(part, parts)):
                found.update(zip(given, given_found))
        return [found[path] for path in paths]
    return read


def one_by_one(read):
    def read_all(paths):
        with ThreadPoolExecutor(CORES) as pool:
            return list(pool.map(read, paths))
    return read_all


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
    return [key for kind, key in re.findall(r"(?m)^@([\w-]+)\{([^,\n]*),", text) if kind.lower() not in ("string", "preamble", "comment")]


def biblatex(path):
    """The biblatex crate, by an example program of citelift's."""
    out, says = run([next(filter(os.path.exists, BUILT)), path])
    return (says if "overflow" not in says else "its stack overflows") if out is None else json.loads(out)


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
    "biber": one_by_one(biber),
    "bibtexparser 1": in_python(PYTHON, BIBTEXPARSER_1),
    "bibtexparser 2": in_python(PYTHON_2, BIBTEXPARSER_2),
    "pybtex": in_python(PYTHON, PYBTEX),
    "biblatex crate": one_by_one(biblatex),
}
INSTALLED = {
    "biber": lambda: shutil.which("biber"),
    "bibtexparser 1": lambda: os.path.exists(PYTHON),
    "bibtexparser 2": lambda: os.path.exists(PYTHON_2),
    "pybtex": lambda: os.path.exists(PYTHON),
    "biblatex crate": lambda: any(map(os.path.exists, BUILT)),
}


def remembered(name, read, paths):
    """What `read` gives for each path, from the store where it has read the same before."""
    kept = {}
    for path in paths:
        with open(path, "rb") as file:
            about = hashlib.sha256((name + "\0").encode() + file.read()).hexdigest()
        kept[path] = os.path.join(CACHE, "read", about + ".json")
    new = [path for path in paths if not os.path.exists(kept[path])]
    os.makedirs(os.path.join(CACHE, "read"), exist_ok=True)
    for path, found in zip(new, read(new) if new else []):
        with open(kept[path] + ".new", "w") as file:
            json.dump(found, file)
        os.replace(kept[path] + ".new", kept[path])
    found = {}
    for path in paths:
        with open(kept[path]) as file:
            found[path] = json.load(file)
    return found
