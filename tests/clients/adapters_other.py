"""The readers of several formats: pandoc, citation-js, bibutils; of RIS: rispy; of CSL-JSON:
citeproc-js and the schema. Each takes a path and a format's name and gives CSL items.
"""
import html
import json
import os
import re
import xml.etree.ElementTree as ElementTree

from programs import HERE, Missing, Refused, node, python, run
from shapes import DATES, NAMES, SEASONS

SCHEMA = os.path.join(HERE, "csl-data.json")


def pandoc(path, form):
    program = python("import pypandoc; print(pypandoc.get_pandoc_path())").strip()
    return json.loads(run([program, "-f", form.replace("csl-json", "csljson"), "-t", "csljson", path]))


CITATION_JS = """const {Cite} = require('@citation-js/core');
for (const name of ['bibtex', 'ris', 'csl']) require('@citation-js/plugin-' + name);
const text = require('fs').readFileSync(process.argv[1], 'utf8');
console.log(JSON.stringify(new Cite(text, {forceType: process.argv[2], generateGraph: false}).data))"""


def citation_js(path, form):
    kind = {"bibtex": "@bibtex/text", "biblatex": "@biblatex/text", "ris": "@ris/file", "csl-json": "@else/json"}[form]
    found = json.loads(node(CITATION_JS, path, kind))
    for item in found:
        if (item.get("custom") or {}).get("keywords"):
            item["keyword"] = item["custom"]["keywords"]
    return found


def schema(path, form):
    """The items that the CSL-JSON schema takes; the others are not read."""
    script = """import json, sys, jsonschema
items, schema = json.load(open(sys.argv[1], encoding='utf8')), json.load(open(sys.argv[2]))
check = jsonschema.Draft7Validator(schema)
print(json.dumps([item for item in items if check.is_valid([item])]))"""
    return json.loads(python(script, path, SCHEMA))


CITEPROC = r"""const CSL = require('citeproc'), fs = require('fs');
const items = {}, order = [];
for (const item of JSON.parse(fs.readFileSync(process.argv[1], 'utf8'))) { items[item.id] = item; order.push(item.id); }
require('@citation-js/plugin-csl');
const config = require('@citation-js/core').plugins.config.get('@csl');
const locale = config.locales.get('en-US');
const style = process.argv[2] === 'apa' ? config.styles.get('apa') : fs.readFileSync(process.argv[2], 'utf8');
const engine = new CSL.Engine({retrieveLocale: () => locale, retrieveItem: id => items[id]}, style);
engine.setOutputFormat('html');
engine.updateItems(order);
const [about, entries] = engine.makeBibliography();
console.log(JSON.stringify(about.entry_ids.map((ids, at) => [ids[0], entries[at]])));"""


def citeproc_js(path, form):
    """citeproc-js prints every variable with `every.csl`, one a line; what it prints is read. The
    same file must give a bibliography in APA's style, without an error in an entry."""
    apa = json.loads(node(CITEPROC, path, "apa"))
    for key, entry in apa:
        if re.search(r"CSL STYLE ERROR|undefined|NaN|no printed form", entry):
            raise Refused("%s in APA's style: %s" % (key, entry.strip()))
    types = {item["id"]: item["type"] for item in json.load(open(path, encoding="utf8"))}
    found = []
    for key, entry in json.loads(node(CITEPROC, path, os.path.join(HERE, "every.csl"))):
        item = {"id": key, "type": types[key]}
        entry = re.sub(r"</?(?:div|a)[^>]*>", "", entry)
        for variable, text in re.findall(r"\[\[([\w-]+)=(.*?)\]\]", entry, re.S):
            text = html.unescape(text)
            if variable in NAMES:
                item[variable] = [{"literal": one} for one in text.split(" ‖ ")]
            elif variable == "issue" or variable not in DATES:
                item[variable] = text
            else:
                item[variable] = printed_date(text)
        found.append(item)
    return found


def printed_date(text):
    """A date as every.csl prints it, in EDTF: the end of a range repeats what it shares with the
    start, and years before 1 have an era."""
    text = re.sub(r"(?i)spring|summer|autumn|winter", lambda word: "%d" % (21 + SEASONS.index(word[0].lower())), text.strip())
    text = re.sub(r" ?AD$", "", text)
    if found := re.fullmatch(r"(\d+) ?BC", text):
        return {"date-parts": [[-int(found[1])]]}
    first, dash, last = text.partition("–")
    if not dash:
        return text
    shared = first.split("-")[:len(first.split("-")) - len(last.split("-"))]
    return first + "/" + "-".join(shared + [last] if last else [])


def rispy(path, form):
    script = "import json, sys, rispy; print(json.dumps(rispy.load(open(sys.argv[1], encoding='utf-8', newline=''))))"
    from ris_fields import from_rispy
    return [from_rispy(record) for record in json.loads(python(script, path))]


def bibutils(path, form):
    """bibutils' reading is MODS, which is looked at itself: its way back to RIS loses more."""
    xml = run(["ris2xml" if form == "ris" else "biblatex2xml" if form == "biblatex" else "bib2xml", path])
    from mods import from_mods
    space = "{http://www.loc.gov/mods/v3}"
    try:
        root = ElementTree.fromstring(xml.lstrip("\ufeff"))
    except ElementTree.ParseError as error:
        raise Refused("MODS that is no XML: %s" % error)
    return [from_mods(mods, space) for mods in root.iter(space + "mods")]
