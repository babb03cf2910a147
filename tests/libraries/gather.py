"""Finds the sample `.bib` files that installed packages ship, and makes one big library.

Gives paths; called by `main.py`. Nothing of it is committed: the files are read where they are,
the big library and the unpacked source packages stand in `~/.cache/citelift-libraries`.
"""
import glob
import gzip
import itertools
import json
import os
import re
import subprocess
import sys
import tarfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
CACHE = os.path.expanduser("~/.cache/citelift-libraries")
CLIENTS = os.environ.get("CLIENTS_HOME") or os.path.expanduser("~/.cache/citelift-clients")
# Where Rust's, Python's, Node's and TeX's packages are installed.
FOLDERS = ["~/.cargo/registry/src", CLIENTS, "/usr/share/texlive/texmf-dist", "/usr/share/texmf-dist",
           "/usr/share/texmf", "/usr/share/doc"]
# Wheels carry no tests, source packages do. bibtexparser's and citation-js's packages, of whatever
# kind, carry no `.bib`.
SOURCE_PACKAGES = ["pybtex==0.26.1", "bibtexparser==1.4.4"]
CRATE = 'hayagriva = { version = "=0.9.1", default-features = false }'
EVALUATION = os.path.join(os.environ.get("SHARED") or os.path.join(ROOT, "../shared"), "evaluation/synthetic/train.jsonl.gz")
# How many of its citations are taken: biber needs ten milliseconds for each entry.
CITATIONS = 16_000
# An entry's opening at the beginning of a line, with its key.
OPENING = re.compile(r"^([ \t]*@[ \t]*(?!(?:comment|string|preamble)\b)[A-Za-z]\w*[ \t]*[{(]\s*)([^\s,{}()\"'=#%\\]+)(?=\s*,)",
                     re.M | re.I)


def source_packages():
    """Folders with the unpacked source packages; those that cannot be had are left out."""
    os.makedirs(CACHE, exist_ok=True)
    for package in SOURCE_PACKAGES:
        name = package.replace("==", "-")
        archive, folder = os.path.join(CACHE, name + ".tar.gz"), os.path.join(CACHE, name)
        if not os.path.exists(archive):
            python = CLIENTS + "/py/bin/python" if os.path.exists(CLIENTS + "/py/bin/python") else sys.executable
            command = [python, "-m", "pip", "download", "-q", "--no-binary", ":all:", "--no-deps", package]
            try:
                subprocess.run(command, cwd=CACHE, timeout=120, capture_output=True)
            except subprocess.TimeoutExpired:
                pass
        if os.path.exists(archive) and not os.path.isdir(folder):
            with tarfile.open(archive) as tar:
                tar.extractall(CACHE, filter="data")
        if os.path.isdir(folder):
            yield folder
        else:
            print("   skipped: the source package of %s cannot be had" % package)


def crate():
    """Lets cargo fetch the sources of hayagriva, which is no dependency of citelift."""
    folder = os.path.join(CACHE, "crate")
    if os.path.exists(folder + "/fetched"):
        return
    os.makedirs(folder + "/src", exist_ok=True)
    open(folder + "/src/lib.rs", "w").close()
    with open(folder + "/Cargo.toml", "w") as file:
        file.write('[package]\nname = "samples"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\n%s\n\n[workspace]\n' % CRATE)
    try:
        done = subprocess.run(["cargo", "fetch", "-q"], cwd=folder, timeout=120, capture_output=True)
    except (OSError, subprocess.TimeoutExpired):
        done = None
    if done and done.returncode == 0:
        open(folder + "/fetched", "w").close()
    else:
        print("   skipped: the source package of hayagriva cannot be had")


def sample_files():
    """The files, each content once, in the order of their paths."""
    found = {}
    crate()
    for folder in [os.path.expanduser(folder) for folder in FOLDERS] + list(source_packages()):
        for path in sorted(glob.glob(os.path.join(glob.escape(folder), "**/*.bib"), recursive=True)):
            if os.path.getsize(path):
                found.setdefault(open(path, "rb").read(), path)
    return sorted(found.values())


def short(path):
    """A path without the folder of its kind, for the table."""
    for folder, name in [(CACHE, ""), (CLIENTS, ""), (os.path.expanduser("~/.cargo/registry/src"), "crates"),
                         ("/usr/share/texlive/texmf-dist", "texlive"), ("/usr/share/doc/texlive-doc", "texlive-doc")]:
        if path.startswith(folder + "/"):
            return re.sub(r"index\.crates\.io-\w+/", "", (name + path[len(folder):]).lstrip("/"))
    return path


def synthetic(citelift):
    """The citations of `../shared/evaluation` as citelift exports them; empty where it is not here."""
    if not os.path.exists(EVALUATION):
        print("   skipped: ../shared/evaluation is not here, so that the big library is smaller")
        return ""
    with gzip.open(EVALUATION, "rt", encoding="utf8") as file:
        lines = [json.loads(line)["text"].replace("\n", " ") for line in itertools.islice(file, CITATIONS)]
    done = subprocess.run([citelift, "parse", "--quiet", "--to", "bibtex"], input="\n".join(lines).encode(),
                          capture_output=True, timeout=900)
    return done.stdout.decode("utf8")


def exported(citelift):
    """The made-up library of `tests/clients` as citelift exports it."""
    works = sorted(glob.glob(os.path.join(ROOT, "tests/clients/works/*.json")))
    done = subprocess.run([citelift, "convert", "--quiet", *works, "--to", "bibtex"], capture_output=True, timeout=60)
    return done.stdout.decode("utf8")


def big_library(files, citelift):
    """One file of all entries under keys made distinct, and how many there are. Files that one of
    the neighbours refuses are not to be given: they would take the whole with them."""
    texts, number = [], 0

    def distinct(opening):
        nonlocal number
        number += 1
        return "%s%s-%d" % (opening[1], opening[2], number)

    for path in files:
        text = open(path, "rb").read().decode("utf8", "replace")
        # What refers to another entry by its key would miss it.
        text = re.sub(r"(?im)^(\s*)(crossref|xref|xdata|related|entryset|ids)(\s*=)", r"\1was-\2\3", text)
        texts.append(OPENING.sub(distinct, text))
    texts.append(OPENING.sub(distinct, exported(citelift) + "\n" + synthetic(citelift)))
    path = os.path.join(CACHE, "big.bib")
    with open(path, "w", encoding="utf8", newline="") as file:
        file.write("\n".join(texts))
    return path, number
