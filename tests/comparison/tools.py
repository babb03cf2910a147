"""The programs that convert: each takes a file and its format and gives text of another format.

Called by `main.py`. A pair of formats that a program does not support is not in its table.
"""
import os

from programs import ROOT, node, python, run

CITELIFT = os.environ.get("CITELIFT") or os.path.join(
    os.environ.get("CARGO_TARGET_DIR") or os.path.join(ROOT, "target"), "release/citelift")
CITATION_JS = """const {Cite} = require('@citation-js/core');
for (const name of ['bibtex', 'ris', 'csl']) require('@citation-js/plugin-' + name);
const [path, from, to] = process.argv.slice(1);
const cite = new Cite(require('fs').readFileSync(path, 'utf8'), {forceType: from, generateGraph: false});
process.stdout.write(to === 'data' ? JSON.stringify(cite.data) : cite.format(to));"""


def citelift(path, source, target):
    return run([CITELIFT, "convert", "--quiet", "--from", source, path, "--to", target], fails=False)


def pandoc(path, source, target):
    program = python("import pypandoc; print(pypandoc.get_pandoc_path())").strip()
    name = lambda form: form.replace("csl-json", "csljson")
    # `-s`: the .bib itself, not citations of it.
    return run([program, "-s", "-f", name(source), "-t", name(target), path])


def citation_js(path, source, target):
    kind = {"bibtex": "@bibtex/text", "biblatex": "@biblatex/text", "ris": "@ris/file", "csl-json": "@else/json"}[source]
    return node(CITATION_JS, path, kind, "data" if target == "csl-json" else target)


def bibutils(path, source, target):
    into = {"bibtex": "bib2xml", "biblatex": "biblatex2xml", "ris": "ris2xml"}[source]
    out = {"bibtex": "xml2bib", "ris": "xml2ris"}[target]
    mods = run([into, path]).encode("utf8")
    return run([out], stdin=mods)


PAIRS = [("bibtex", "ris"), ("bibtex", "csl-json"), ("ris", "bibtex"), ("ris", "csl-json"),
         ("csl-json", "bibtex"), ("csl-json", "ris")]
TOOLS = {
    "citelift": (citelift, PAIRS),
    "pandoc": (pandoc, [pair for pair in PAIRS if pair[1] != "ris"]),
    "citation-js": (citation_js, PAIRS),
    "bibutils": (bibutils, [pair for pair in PAIRS if "csl-json" not in pair]),
}
