"""Why another program reads other values or records than citelift, for the mutated files.

Each takes what both found, gives (rules, what no rule explains). A rule is about what the
programs do, and is never "the file is broken": where citelift has said what is wrong with a file,
the rule names what it said. Called by `mutated.py`.
"""
import re
import unicodedata
from collections import Counter

# Variables of the specification's appendix IV.
FORGOTTEN = {"license", "part-number", "printing-number", "supplement-number", "number-of-pages", "part-title", "volume-title",
             "editor-translator"}
LOUD = ("warning", "error")


def letters(text):
    """Letters and digits alone: commands of LaTeX, accents and case aside."""
    text = re.sub(r"\\(?:[a-zA-Z]+\*?|.)", "", str(text or ""))
    text = re.sub(r"</?[a-z][^>]*>|&[#\w]+;", "", text)
    text = unicodedata.normalize("NFKD", text)
    return "".join(c for c in text if c.isalnum() and c.isascii()).lower()


def codes(said, loud=True):
    found = {one["code"] for one in said if not loud or one["severity"] in LOUD}
    return sorted(found - {"output/key-changed"})


def name_what_was_said(rules, unexplained, said):
    """What no rule explains is explained where citelift itself says that the file is doubtful."""
    if unexplained and (told := codes(said) or codes(said, False)):
        rules["citelift says " + told[0]] += len(unexplained)
        return rules, []
    return rules, unexplained


def values(file, works, said, theirs):
    """Title and number of authors of .bib entries whose keys both know once."""
    rules, unexplained = Counter(), []
    mine = {}
    for work in works:
        mine.setdefault(work.get("id", "").lower(), []).append(work)
    for key, title, authors in theirs:
        known = mine.get(key.lower(), [])
        if len(known) != 1 or len(file.types.get(key.lower(), [])) != 1:
            continue
        work = known[0]
        entry = file.body(key.lower()) if key.lower() in file.places else ""
        if title is not None and not letters(work.get("title")).startswith(letters(title)[:1] and letters(title)):
            if re.search(r"(?i)\b(crossref|xdata|maintitle|booktitle|chapter)\s*=", entry):
                rules["a title that is inherited, or put together of several fields"] += 1
            elif re.search(r"\\[a-zA-Z]|\$|\\[^a-zA-Z\s]", title):
                rules["pybtex leaves the commands of LaTeX as they are, citelift reads them"] += 1
            else:
                unexplained.append("the title of %s: %r, %r" % (key, work.get("title"), title))
        count = sum(1 for name in work.get("author", []) if name.get("literal") != "others")
        their = authors
        if count != their:
            if re.search(r"(?i)\b(and\s+others|et\s+al)", entry):
                rules["`and others` is no author to citelift"] += 1
            elif re.search(r"(?i)\b(crossref|xdata)\s*=", entry):
                rules["authors that are inherited"] += 1
            elif re.search(r"(?m)(^|,)[ \t]*%", entry):
                rules["a comment behind % inside an entry: pybtex leaves the fields behind it out"] += 1
            else:
                unexplained.append("the authors of %s: %d, %d" % (key, count, their))
    return name_what_was_said(rules, unexplained, said)


def ris(text, works, said, theirs):
    """Records, titles and numbers of authors of RIS."""
    rules, unexplained = Counter(), []
    if isinstance(theirs, str):
        rules["rispy refuses the file: " + re.sub(r"[`'\"].*|\d+", "", theirs)[:70].strip()] += 1
        return rules, unexplained
    if len(works) != len(theirs):
        unexplained.append("%d records, and rispy finds %d" % (len(works), len(theirs)))
        return name_what_was_said(rules, unexplained, said)
    for work, (_, title, authors) in zip(works, theirs):
        if letters(title) != letters(work.get("title")):
            unexplained.append("a title: %r, %r" % (work.get("title"), title))
        mine = work.get("author", [])
        if len([name for name in mine if name.get("literal") != "others"]) != authors and re.search(
                r"(?m)^A[U1]  - *(\r?\n(?!\w\w  -)|$|[^\r\n]*\r?\n\s*\n)", text):
            rules["an empty line, or a tag without a value, is an author to rispy"] += 1
        elif len([name for name in mine if name.get("literal") != "others"]) != authors:
            unexplained.append("authors: %d, %d" % (len(mine), authors))
    return name_what_was_said(rules, unexplained, said)


def schema(works, said, check):
    """What is no JSON, and what the schema refuses, is said; what is neither has its items."""
    rules, unexplained = Counter(), []
    syntax = [one for one in said if one["code"] == "csl-json/syntax"]
    halves = [one for one in syntax if one["message"].endswith("is no character")]
    if halves and not isinstance(check, str):
        rules["half a surrogate pair, which Python lets pass"] += len(halves)
        syntax = [one for one in syntax if one not in halves]
    if isinstance(check, str):
        if re.search("Extra data", check):
            rules["several values one after the other: citelift reads them as lines"] += 1
        elif not said:
            unexplained.append("Python refuses it (%s), and nothing is said" % check[:80])
        else:
            rules["no JSON, and citelift says " + codes(said, False)[0]] += 1
        return rules, unexplained
    found, faults = check
    if syntax:
        unexplained.append("Python reads it, and citelift says: %s" % syntax[0]["message"])
    items = found if isinstance(found, list) else [found]
    if len(items) == 1 and isinstance(found, dict) and "id" not in found and any(isinstance(one, (dict, list)) for one in found.values()):
        rules["an object around the items: citelift reads these"] += 1
        return rules, unexplained
    if any(isinstance(one, list) for one in items) and said:
        rules["a list within the list of items: citelift reads its items, and says so"] += 1
        return rules, unexplained
    full = [one for one in items if isinstance(one, dict) and any(value is not None for value in one.values())]
    if len(full) != len(works):
        unexplained.append("%d items, and citelift reads %d" % (len(full), len(works)))
    if faults and not said and not isinstance(found, list):
        rules["an object alone: citelift reads it"] += 1
    elif faults and not said and "None" in faults[0]:
        rules["null, which stands for nothing"] += 1
    elif faults and not said and re.match(r"'-?\d{4}", faults[0]):
        rules["a date as one text, as CSL 1.1 and citation-js have it: citelift reads it"] += 1
    elif faults and not said and re.search("Additional properties", faults[0]) and all(
            one in FORGOTTEN for one in re.findall("'([^']+)'", faults[0])):
        rules["variables of CSL 1.0.2 that the schema has not"] += 1
    elif faults and not said:
        unexplained.append("the schema says: %s, and citelift nothing" % faults[0])
    elif faults:
        rules["the schema refuses it, and citelift says " + codes(said, False)[0]] += 1
    elif any(one["code"] == "csl-json/wrong-shape" for one in said):
        unexplained.append("the schema has no objection, and citelift: %s" % said[0]["message"])
    return rules, unexplained


def citation_js(works, said, items, theirs):
    """Titles, types and numbers of authors of items."""
    rules, unexplained = Counter(), []
    if isinstance(theirs, str):
        rules["citation-js refuses the file: " + re.sub(r"[`'\"].*|\d+", "", theirs)[:60].strip()] += 1
        return rules, unexplained
    if len(theirs) != len(works):
        unexplained.append("%d items, and citation-js reads %d" % (len(works), len(theirs)))
        return name_what_was_said(rules, unexplained, said)
    for work, their in zip(works, theirs):
        if letters(work.get("title")) != letters(their.get("title")):
            unexplained.append("a title: %r, %r" % (work.get("title"), their.get("title")))
        mine, other = work.get("author", []), their.get("author") or []
        if isinstance(other, list) and len(mine) != len(other):
            unexplained.append("authors: %d, %d" % (len(mine), len(other)))
    return name_what_was_said(rules, unexplained, said)
