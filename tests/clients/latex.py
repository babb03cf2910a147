"""BibTeX and biblatex with real styles, through LaTeX.

Each adapter gives the fields that the program read (`every.bst`, the `.bbl` of biber), then
sets the same file in real styles: LaTeX must end without an error, and author, title, year,
container and publisher must stand in what pdftotext reads of the page, or the value counts as
lost.
"""
import os
import re
import shutil
import tempfile
import unicodedata

import bib_fields
from programs import HERE, Refused, run
from shapes import normal
from untex import untex

BIBTEX_STYLES = ("plain", "abbrv", "apalike")
BIBLATEX_STYLES = ("authoryear", "numeric")
# pdflatex has no letters for λ or 王 in its fonts; that is not what is tried here.
HEAD = r"""\documentclass{article}
%s
\makeatletter\def\UTFviii@undefined@err#1{}\makeatother
\hyphenpenalty=10000 \exhyphenpenalty=10000 \pagestyle{empty}
\begin{document}\raggedright\sloppy
\nocite{*}
"""
# What the styles print of an entry's type; they leave other fields out.
PRINTED = {
    "article": "author title issued container-title", "book": "author title issued publisher", "incollection": "author title issued container-title publisher",
    "inproceedings": "author title issued container-title", "techreport": "author title issued publisher", "report": "author title issued publisher",
    "phdthesis": "author title issued publisher", "thesis": "author title issued publisher", "unpublished": "author title issued",
    "misc": "author title issued", "online": "author title issued"}


def printed_letters(text):
    """What any font prints of a text: Latin letters without their marks, and figures."""
    text = unicodedata.normalize("NFKD", re.sub(r"</?\w+>", "", text)).replace("Ł", "L").replace("ł", "l").replace("ı", "i")
    return re.sub(r"[^a-z0-9]", "", text.lower())


def page(body, there, steps, cut=None):
    """Runs LaTeX and the steps between its runs; the text of the page. Keys of entries in which
    BibTeX cut a letter of several bytes go to `cut`."""
    with open(there + "/paper.tex", "w", encoding="utf8") as file:
        file.write(body)
    for command in steps:
        run(command, cwd=there, fails=False)
        if command[0] == "bibtex":
            mend(there + "/paper.bbl", cut)
    log = open(there + "/paper.log", encoding="latin-1").read()
    errors = re.findall(r"(?m)^! .*(?:\n.*){0,3}", log)
    if errors:
        raise Refused("LaTeX: " + " ".join(errors[0].split()))
    run(["pdftotext", "-enc", "UTF-8", "paper.pdf", "paper.txt"], cwd=there)
    return printed_letters(open(there + "/paper.txt", encoding="utf8").read())


def mend(path, cut):
    """Takes half letters out of a `.bbl`: they would stop LaTeX and hide what else is lost."""
    entries = re.split(rb"(?=\\bibitem)", open(path, "rb").read())
    for entry in entries[1:]:
        try:
            entry.decode("utf-8")
        except UnicodeDecodeError:
            cut.add(re.search(rb"\]?\{([\w-]+)\}", entry)[1].decode())
    with open(path, "w", encoding="utf8") as file:
        file.write(b"".join(entries).decode("utf-8", "ignore"))


def check_page(items, letters, style):
    """Takes from the items what does not stand on the page."""
    for item in items:
        for field in PRINTED.get(item["@type"], "").split():
            value = item.get(field)
            if field == "author":
                value = (value or [{}])[0].get("family", "") if isinstance(value, list) else ""
            elif field == "issued":
                found = re.search(r"\d{2,4}", normal("issued", value))
                value = str(int(found[0])) if found else ""
            if value and printed_letters(value) not in letters:
                item[field] = [] if field == "author" else "not printed by the style %s" % style


def bibtex(path, form):
    with tempfile.TemporaryDirectory() as there:
        shutil.copy(path, there + "/works.bib")
        shutil.copy(os.path.join(HERE, "every.bst"), there)
        with open(there + "/all.aux", "w") as file:
            file.write("\\citation{*}\n\\bibstyle{every}\n\\bibdata{works}\n")
        said = run(["bibtex", "all"], cwd=there, fails=False)
        if re.search(r"There w(as|ere) \d+ error", said):
            raise Refused(said[-300:])
        items = [of_every_bst(record) for record in re.split(r"(?m)^@@", unwrapped(there + "/all.bbl"))[1:]]
        for style in BIBTEX_STYLES:
            body = (HEAD % r"\usepackage{url}") + "\\bibliographystyle{%s}\\bibliography{works}\\end{document}\n" % style
            latex = ["pdflatex", "-interaction=nonstopmode", "paper"]
            cut = set()
            check_page(items, page(body, there, [latex, ["bibtex", "paper"], latex], cut), style)
            for item in items:
                if item["id"] in cut:
                    item["author"] = [{"literal": "the style %s cuts a letter in two" % style}]
    return items


def unwrapped(path):
    """BibTeX breaks lines of its output at 79 characters and indents the rest."""
    return re.sub(r"\n  ", " ", open(path, encoding="utf8").read())


def of_every_bst(record):
    head, *lines = record.split("\n@=")
    kind, _, key = head.partition(" ")
    # The one type that is a field too, so that the style cannot define it; BibTeX names it empty.
    kind = kind or "jurisdiction"
    fields, people = {}, {}
    for line in lines:
        name, _, value = line.partition("=")
        value = " ".join(value.split())
        if name.startswith("name:"):
            people[name[5:]] = [dict(zip(("non-dropping-particle", "family", "suffix", "given"), (untex(part.strip().replace("~", " ")) for part in one.split("@|"))))
                                for one in value.split("@;") if one.strip()]
        else:
            fields[name] = value
    item = bib_fields.item(key.strip(), kind, fields, people)
    item["@type"] = kind
    return item


def biblatex(path, form):
    with tempfile.TemporaryDirectory() as there:
        shutil.copy(path, there + "/works.bib")
        latex = ["pdflatex", "-interaction=nonstopmode", "paper"]
        items = None
        for style in BIBLATEX_STYLES:
            body = (HEAD % (r"\usepackage[style=%s,backend=biber,maxnames=99]{biblatex}\addbibresource{works.bib}" % style)) + "\\printbibliography\\end{document}\n"
            letters = page(body, there, [latex, ["biber", "--quiet", "paper"], latex])
            if items is None:
                items = [of_bbl(entry) for entry in re.findall(r"(?s)\\entry\{(.*?)\\endentry", open(there + "/paper.bbl", encoding="utf8").read())]
            check_page(items, letters, style)
    return items


def braced(text, at):
    """The text between the brace at `at` and its partner, and where it ends."""
    depth, start = 0, at
    while True:
        depth += (text[at] == "{") - (text[at] == "}")
        at += 1
        if not depth:
            return text[start + 1:at - 1], at


def of_bbl(entry):
    """An entry of biber's `.bbl`, after biblatex's manual, appendix B."""
    key, kind = re.match(r"([^}]*)\}\{(\w+)\}", entry).groups()
    fields, people = {}, {}
    for found in re.finditer(r"\\field\{(\w+)\}", entry):
        fields[found[1]] = braced(entry, found.end())[0]
    for found in re.finditer(r"(?s)\\verb\{(\w+)\}\s*\\verb (.*?)\s*\\endverb", entry):
        fields[found[1]] = found[2]
    for found in re.finditer(r"\\list\{(\w+)\}\{\d+\}", entry):
        inner, at, out = braced(entry, found.end())[0], 0, []
        while (at := inner.find("{", at)) >= 0:
            one, at = braced(inner, at)
            out.append(one)
        fields[found[1]] = " and ".join(out)
    for found in re.finditer(r"\\keyw\{", entry):
        fields["keywords"] = braced(entry, found.end() - 1)[0]
    for found in re.finditer(r"\\name\{(\w+)\}\{\d+\}\{([^}]*)\}", entry):
        inner, at, out = braced(entry, found.end())[0], 0, []
        for part in re.split(r"\{\{(?:un=[^}]*,)?(?:uniquepart=[^}]*,)?[^{}]*hash=\w+\}\}?", inner)[1:] or [inner]:
            name = {}
            for bit in re.finditer(r"(?<![a-z])(family|given|prefix|suffix)=", part):
                csl = {"prefix": "non-dropping-particle"}.get(bit[1], bit[1])
                # Commands of biblatex that stand for spaces.
                name[csl] = untex(re.sub(r"\\bibnamedelim[abcdi] ?", " ", braced(part, bit.end())[0]).replace("\\bibinithyphendelim ", "-"))
            if name:
                out.append(name)
        if found[1] in ("author", "editor", "translator", "bookauthor", "editora", "editorb", "editorc"):
            people[found[1]] = out
            if re.search(r"\\true\{more%s\}" % found[1], entry):
                out.append({"family": "others"})
    for base in ("", "event", "orig", "url"):
        fields.pop(base + "datedateera", None)
        date = bbl_date(fields, base, entry)
        if date:
            fields[base + "date"] = date
    for gone in ("year", "month", "day"):
        fields.pop(gone, None)
    fields["pages"] = fields.get("pages", "").replace("\\bibrangedash ", "--").replace("\\bibrangessep ", ", ")
    item = bib_fields.item(key, kind, {name: text for name, text in fields.items() if text}, people)
    item["@type"] = kind
    return item


def bbl_date(fields, base, entry):
    """EDTF of the parts of a date; biblatex counts years before 1 by an era."""
    def end(infix):
        year = fields.get(base + infix + "year")
        if not year:
            return ""
        season = fields.get(base + infix + "yeardivision") or fields.get(base + infix + "season")
        parts = ["%04d" % int(year) if year.isdigit() else year]
        parts += ["%02d" % int(fields[base + infix + part]) for part in ("month", "day") if fields.get(base + infix + part, "").isdigit()]
        if season:
            parts.append(str(21 + "spring summer autumn winter".split().index(season)) if season in "spring summer autumn winter".split() else season)
        return "-".join(parts)
    first = end("")
    if not first:
        return ""
    if fields.get(base + "dateera") == "bce" or fields.get(base + "era") == "bce" or ("\\true{%sdateera" % base) in entry:
        first = "-%04d" % int(first)
    if (base + "endyear") in fields:
        first += "/" + end("end")
    elif "\\field{%sendyear}" % base in entry or "\\true{%senddateunspecified}" % base in entry:
        first += "/.."
    circa = "\\true{%sdatecirca}" % base in entry
    doubt = "\\true{%sdateuncertain}" % base in entry
    return first + ("%" if circa and doubt else "~" if circa else "?" if doubt else "")
