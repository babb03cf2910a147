"""The readers of `.bib` files that give fields as they stand: bibtexparser 1 and 2, pybtex, biber,
JabRef. Each takes a path and a format's name and gives CSL items.
"""
import json
import os
import re
import shutil
import tempfile
import xml.etree.ElementTree as ElementTree

import bib_fields
from programs import PYTHON_2, Refused, python, run
from untex import untex

PEOPLE = ("author", "editor", "translator", "bookauthor", "editora", "editorb", "editorc")
PYBTEX = """import json, sys
from pybtex.database import parse_file
part = ' '.join
def name(p):
    return {'non-dropping-particle': part(p.prelast_names), 'family': part(p.last_names), 'suffix': part(p.lineage_names),
            'given': part(p.first_names + p.middle_names)}
print(json.dumps([[key, e.type, {k.lower(): v for k, v in e.fields.items()},
    {role: [name(p) for p in people] for role, people in e.persons.items()}]
    for key, e in parse_file(sys.argv[1], 'bibtex').entries.items()]))"""

BIBTEXPARSER_1 = """import json, re, sys, bibtexparser
from bibtexparser.bparser import BibTexParser
from bibtexparser.customization import splitname
parser = BibTexParser(common_strings=True, ignore_nonstandard_types=False, interpolate_strings=True)
def names(text):
    parts = [splitname(one, strict_mode=False) for one in re.split(r'\\s+and\\s+(?![^{}]*\\})', text)]
    return [{csl: ' '.join(p[key]) for csl, key in (('non-dropping-particle', 'von'), ('family', 'last'), ('suffix', 'jr'), ('given', 'first'))} for p in parts]
people = ('author', 'editor', 'translator', 'bookauthor', 'editora', 'editorb', 'editorc')
print(json.dumps([[e['ID'], e['ENTRYTYPE'], {k: v for k, v in e.items() if k not in people and k.islower()},
    {k: names(e[k]) for k in people if k in e}] for e in bibtexparser.load(open(sys.argv[1], encoding='utf8'), parser).entries]))"""

BIBTEXPARSER_2 = """import json, sys, bibtexparser
from bibtexparser import middlewares as m
people = ('author', 'editor', 'translator', 'bookauthor', 'editora', 'editorb', 'editorc')
library = bibtexparser.parse_file(sys.argv[1], append_middleware=[
    m.SeparateCoAuthors(name_fields=people), m.SplitNameParts(name_fields=people)])
if library.failed_blocks: sys.exit('blocks that fail: %s' % [str(b.error) for b in library.failed_blocks])
names = lambda value: [{'non-dropping-particle': ' '.join(n.von), 'family': ' '.join(n.last), 'suffix': ' '.join(n.jr), 'given': ' '.join(n.first)} for n in value]
print(json.dumps([[e.key, e.entry_type, {f.key.lower(): str(f.value) for f in e.fields if f.key not in people},
    {f.key: names(f.value) for f in e.fields if f.key in people}] for e in library.entries]))"""


def items(text):
    """CSL items of what the scripts above print. They hand on LaTeX, which is read here."""
    found = []
    for key, kind, fields, people in json.loads(text):
        # pybtex takes the names of authors and editors apart, and hands the others on.
        people.update({role: [split_name(name) for name in split_names(fields.pop(role))] for role in PEOPLE if role in fields})
        found.append(bib_fields.item(key, kind, fields, {role: [untexed(name) for name in names] for role, names in people.items()}))
    return found


def untexed(name):
    return {part: untex(text) for part, text in name.items()}


def pybtex(path, form):
    return items(python(PYBTEX, path))


def bibtexparser_1(path, form):
    return items(python(BIBTEXPARSER_1, path))


def bibtexparser_2(path, form):
    return items(python(BIBTEXPARSER_2, path, interpreter=PYTHON_2))


def biber(path, form):
    """biber --tool, asked for BibLaTeXML: its own reading of names, lists, dates and ranges."""
    with tempfile.TemporaryDirectory() as there:
        shutil.copy(path, there + "/in.bib")
        said = run(["biber", "--tool", "--output-format=biblatexml", "--output-file", "out.xml", "in.bib"], cwd=there)
        bad = [line for line in said.splitlines() if re.match(r"(WARN|ERROR)", line) and "entry type" not in line.lower()]
        root = ElementTree.parse(there + "/out.xml").getroot()
        # BibLaTeXML has no keywords; biber's other output has them.
        run(["biber", "--tool", "--quiet", "--output-format=bibtex", "--output-fieldcase=lower", "--output-file", "out.bib", "in.bib"], cwd=there)
        words = {key: fields.get("keywords") for key, _, fields in parsed(open(there + "/out.bib", encoding="utf8").read())}
    space = "{http://biblatex-biber.sourceforge.net/biblatexml}"
    found = []
    for entry in root.iter(space + "entry"):
        fields, people = {}, {}
        for child in entry:
            tag = child.tag[len(space):]
            if tag == "names":
                people[child.get("type")] = [biber_name(one, space) for one in child.iter(space + "name")]
                if child.get("morenames"):
                    people[child.get("type")].append({"family": "others"})
                continue
            tag = (child.get("type", "") + "date") if tag == "date" else tag
            fields[tag] = biber_text(child, space, ", " if tag in ("pages", "keywords") else " and ")
        if words.get(entry.get("id")):
            fields["keywords"] = words[entry.get("id")]
        found.append(bib_fields.item(entry.get("id"), entry.get("entrytype"), fields, people))
    if bad and not found:
        raise Refused(bad[0])
    return found


def biber_name(element, space):
    csl = {"family": "family", "given": "given", "prefix": "non-dropping-particle", "suffix": "suffix"}
    parts = {}
    for part in element.findall(space + "namepart"):
        words = [one.text or "" for one in part.findall(space + "namepart")] or [part.text or ""]
        parts[csl[part.get("type")]] = untex(" ".join(words))
    return parts


def biber_text(element, space, between):
    start, end = element.find(space + "start"), element.find(space + "end")
    if start is not None:
        dash = "/" if element.tag.endswith("date") else "--"
        return (start.text or "") + dash + ((end.text or "") if end is not None else "")
    listed = element.find(space + "list")
    if listed is not None:
        return between.join(biber_text(one, space, between) for one in listed)
    return element.text or ""


def jabref(path, form):
    """JabRef 3 without its window. Of a `.bib` it is asked for BibTeXML, since it saves entries
    that it has not changed as they stood; of RIS for a `.bib`."""
    with tempfile.TemporaryDirectory() as there:
        saved = there + "/out.bib"
        home = {"JAVA_TOOL_OPTIONS": "-Duser.home=" + there}
        run(["jabref", "-n", *(["-i", path + ",ris"] if form == "ris" else [path]), "-o", saved], cwd=there, env=home)
        if not os.path.exists(saved):
            raise Refused("JabRef saves nothing")
        entries = list(parsed(open(saved, encoding="utf8").read()))
    found = []
    for index, (key, kind, fields) in enumerate(entries):
        people = {role: [untexed(split_name(name)) for name in split_names(fields.pop(role))]
                  for role in PEOPLE if role in fields}
        found.append(bib_fields.item(key or fields.get("refid") or str(index), kind, fields, people))
    return found


def parsed(text):
    """The entries of a `.bib` that a program saved: `name = {value}` or `name = word`."""
    for head in re.finditer(r"(?m)^@(\w+)\{([^,\s]*),", text):
        if head[1].lower() == "comment":
            continue
        fields, at = {}, head.end()
        while field := re.compile(r"\s*([\w-]+)\s*=\s*").match(text, at):
            start = at = field.end()
            depth = 0
            while depth or text[at] not in ",}\n":
                depth += (text[at] == "{") - (text[at] == "}")
                at += 1
            value = text[start:at].strip()
            fields[field[1].lower()] = value[1:-1] if value.startswith("{") else value
            at += text[at] == ","
        yield head[2], head[1], fields


def split_names(text):
    """A list of names, divided at `and` outside braces."""
    depth, out = 0, [[]]
    for word in text.split():
        if word == "and" and not depth:
            out.append([])
        else:
            out[-1].append(word)
        depth += word.count("{") - word.count("}")
    return [" ".join(words) for words in out]


def split_name(text):
    """`von Family, Jr, Given` after BibTeXing, 4."""
    parts, depth, part = [], 0, ""
    for c in text:
        depth += (c == "{") - (c == "}")
        if c == "," and not depth:
            parts.append(part.strip())
            part = ""
        else:
            part += c
    parts.append(part.strip())
    if len(parts) == 1:
        words = parts[0].split()
        return {"family": parts[0]} if parts[0].startswith("{") or len(words) < 2 else {"family": words[-1], "given": " ".join(words[:-1])}
    return {"family": parts[0], "suffix": parts[1] if len(parts) > 2 else "", "given": parts[-1]}
