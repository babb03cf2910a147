"""Why one program finds other entries in a file than citelift.

Takes a file's text, what citelift and a neighbour found, and what `citelift check` says; gives
the rules that explain the difference and the keys that no rule explains. Called by `main.py`.
"""
import re
from collections import Counter

from gather import OPENING

# biber writes no entry of these, or takes them into others; citelift takes their fields into the
# entries that name them.
NO_WORKS = ("xdata",)
KIND = re.compile(r"(?im)^[ \t]*@[ \t]*(\w+)[ \t]*[{(]\s*([^\s,{}()]+)\s*,")
# The faults of `citelift check` behind which a reader without recovery loses entries.
FAULTS = re.compile(r"^(bibtex|record|text)/")


def folded(keys):
    """Keys without the case and the number that citelift gives to one that comes twice."""
    return [key.strip().lower() for key in keys]


def kinds(text):
    """The types of the entries by key; a key that comes twice has several."""
    found = {}
    for kind, key in KIND.findall(text):
        found.setdefault(key.lower(), []).append(kind.lower())
    return found


def explain(name, text, ours, theirs, diagnostics):
    """(rules, keys unexplained) of the difference between citelift's keys and a neighbour's."""
    rules, unexplained = Counter(), []
    if isinstance(theirs, str):
        rules["%s refuses the file: %s" % (name, re.sub(r"/\S+/", "", theirs).replace("|", "/")[:90])] += 1
        return rules, unexplained
    mine, other = Counter(folded(ours)), Counter(folded(theirs))
    types = kinds(text)
    commented = {key.lower() for block in re.findall(r"(?is)@comment\s*\{.*?\n\}", text) for _, key in KIND.findall(block)}
    places = {at[2].lower(): at.start() for at in OPENING.finditer(text)}
    line = lambda key: text.count("\n", 0, places[key]) + 1 if key in places else None
    faulty = sorted({one["line"] for one in diagnostics if one.get("line") and FAULTS.match(one["code"])})
    for key in sorted((mine - other).keys() | (other - mine).keys()):
        missing = other[key] - mine[key]
        said = next((one["code"] for one in diagnostics if repr(key)[1:-1] in one["message"].lower()), None)
        if missing > 0 and set(types.get(key, [])) & set(NO_WORKS):
            rules["an @xdata is no work: its fields go into those that name it"] += missing
        elif missing > 0 and key in commented:
            rules["%s reads entries inside an @comment" % name] += missing
        elif missing > 0 and re.search(r"(?im)^[ \t]*%%.*@\s*\w+\s*[{(]\s*%s\s*," % re.escape(key), text):
            rules["%s reads entries behind a %%" % name] += missing
        elif missing < 0 and len(types.get(key, [])) > 1:
            rules["a key comes twice: %s keeps one of its entries, citelift all, and says so" % name] -= missing
        elif missing < 0 and re.fullmatch(r".+-\d+|.+[a-z]|.+_\d+", key) and len(types.get(re.sub(r"[-_]?\d+$|[a-z]$", "", key), [])) > 1:
            rules["a key comes twice: %s keeps one of its entries, citelift all, and says so" % name] -= missing
        elif missing < 0 and not key:
            rules["an entry without a key: %s drops it" % name] -= missing
        elif missing < 0 and not re.search(r"(?im)^[ \t]*@\w+[{(][ \t]*%s[ \t]*," % re.escape(key), text):
            rules["an opening of several lines, with text before it, without a field or of a type with a hyphen: %s passes over it" % name] -= missing
        elif missing < 0 and key in places and name == "biber" and too_many_commas(body(text, places[key])):
            rules["a name with more than two commas: biber skips the entry"] -= missing
        elif missing < 0 and key in places and repeats_a_field(body(text, places[key])):
            rules["a field comes twice in an entry: %s drops the entry" % name] -= missing
        elif missing < 0 and key in places and re.search(r"(?m)^\s*[\w-]+\+\w+", body(text, places[key])):
            rules["a field that annotates another (`author+an`): %s drops the entry" % name] -= missing
        elif missing < 0 and key in places and re.search(r"(?m)(^|[,}\"])[ \t]*%", body(text, places[key])):
            rules["a comment behind %% inside an entry: %s drops the entry" % name] -= missing
        elif missing < 0 and key in places and re.search(r'=\s*"\{?[^"]*\{?[^{}"]*"[^{}#=]*\}', body(text, places[key])):
            rules["quotation marks in braces in a quoted value: %s drops the entry" % name] -= missing
        elif missing < 0 and near(line(key), faulty):
            rules["a fault that citelift names and reads past: %s drops the entry" % name] -= missing
        elif said:
            rules["citelift says %s" % said] += abs(missing)
        else:
            unexplained.append("%s %s%d" % (key, "+" if missing < 0 else "-", abs(missing)))
    return rules, unexplained


def body(text, place):
    """An entry's text, up to the next opening."""
    following = OPENING.search(text, place + 1)
    return text[place:following.start() if following else len(text)]


def too_many_commas(entry):
    values = re.findall(r'(?is)\b(?:author|editor)\s*=\s*["{](.*?)["}]\s*,\s*\n', entry)
    return any(one.count(",") > 2 for value in values for one in re.split(r"\s+and\s+", value))


def repeats_a_field(entry):
    names = [name.lower() for name in re.findall(r"(?m)^[ \t,]*([A-Za-z][\w-]*)\s*=", entry)]
    return len(names) != len(set(names))


def near(line, faulty):
    """Whether a fault stands in the entry of a line or shortly before or behind it."""
    return line is not None and any(-40 <= fault - line <= 60 for fault in faulty)
