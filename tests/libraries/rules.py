"""Why one program finds other entries in a file than citelift.

Takes a file's text, what citelift and a neighbour found, and what `citelift check` says; gives
the rules that explain the difference and the keys that no rule explains. Called by `main.py`.
"""
import re
from bisect import bisect_left, bisect_right
from collections import Counter

from gather import OPENING

# biber writes no entry of these, or takes them into others; citelift takes their fields into the
# entries that name them.
NO_WORKS = ("xdata",)
KIND = re.compile(r"(?im)^[ \t]*@[ \t]*(\w+)[ \t]*[{(]\s*([^\s,{}()]+)\s*,")
PLAIN = re.compile(r"(?im)^[ \t]*@\w+[{(][ \t]*([^\s,{}()]+)[ \t]*,")
REMARK = re.compile(r"(?im)^[ \t]*%.*@\s*\w+\s*[{(]\s*([^\s,{}()]+)\s*,")
# The faults of `citelift check` behind which a reader without recovery loses entries.
FAULTS = re.compile(r"^(bibtex|record|text)/")


class File:
    """A text, and all that the rules ask of it, found once."""

    def __init__(self, text, diagnostics):
        self.text = text
        self.types = {}
        for kind, key in KIND.findall(text):
            self.types.setdefault(key.lower(), []).append(kind.lower())
        self.commented = {key.lower() for block in re.findall(r"(?is)@comment\s*\{.*?\n\}", text) for _, key in KIND.findall(block)}
        self.commented |= {key.lower() for line in re.findall(r"(?im)^.*@comment\b.*$", text) for key in re.findall(r"[^\s,{}()]+", line)}
        self.remarks = {key.lower() for key in REMARK.findall(text)}
        self.plain = {key.lower() for key in PLAIN.findall(text)}
        openings = [(at.start(), at[2].lower()) for at in OPENING.finditer(text)]
        self.starts = [start for start, _ in openings]
        self.places = {key: start for start, key in openings}
        ends = [at.start() for at in re.finditer("\r\n|\r|\n", text)]
        self.line = lambda place: bisect_left(ends, place) + 1
        self.faulty = sorted({one["line"] for one in diagnostics if one.get("line") and FAULTS.match(one["code"])})
        # Behind this line a reader without recovery is in an entry that does not end.
        self.unclosed = min((one["line"] for one in diagnostics if one["code"] == "bibtex/unclosed" and one.get("line")), default=None)
        self.codes = {one["code"] for one in diagnostics}
        self.said = {}
        for one in diagnostics:
            for key in re.findall(r"`([^`]+)`", one["message"]):
                self.said.setdefault(key.lower(), one["code"])

    def body(self, key):
        """An entry's text, up to the next opening."""
        place = self.places[key]
        following = bisect_right(self.starts, place)
        return self.text[place:self.starts[following] if following < len(self.starts) else len(self.text)]

    def is_near_fault(self, key):
        """Whether citelift names a fault in the entry or in the one before it, which a reader
        without recovery takes this one into."""
        return self.is_fault_around(self.places[key])

    def is_fault_around(self, place):
        """The same of a place: from the opening before to the one behind the next."""
        at = bisect_left(self.starts, place)
        first = self.line(self.starts[at - 1]) if at else 1
        last = self.line(self.starts[at + 1]) if at + 1 < len(self.starts) else self.text.count("\n") + 1
        return bisect_left(self.faulty, first) < bisect_right(self.faulty, last)

    def comes_twice(self, key):
        first = re.sub(r"[-_]?\d+$|[a-z]$", "", key)
        return len(self.types.get(key, [])) > 1 or key != first and len(self.types.get(first, [])) > 1


def explain(name, file, ours, theirs):
    """(rules, keys unexplained) of the difference between citelift's keys and a neighbour's."""
    rules, unexplained = Counter(), []
    if isinstance(theirs, str):
        rules["%s refuses the file: %s" % (name, re.sub(r"/\S+/", "", theirs).replace("|", "/")[:90])] += 1
        return rules, unexplained
    mine, other = Counter(folded(ours)), Counter(folded(theirs))
    for key in sorted((mine - other).keys() | (other - mine).keys()):
        more = other[key] - mine[key]
        rule = why_more(name, file, key) if more > 0 else why_fewer(name, file, key)
        if not rule and key in file.said:
            rule = "citelift says %s" % file.said[key]
        if rule:
            rules[rule] += abs(more)
        else:
            unexplained.append("%s %+d" % (key, more))
    return rules, unexplained


def folded(keys):
    """Keys without their case, which some programs do not keep."""
    return [key.strip().lower() for key in keys]


def why_more(name, file, key):
    if set(file.types.get(key, [])) & set(NO_WORKS):
        return "an @xdata is no work: its fields go into those that name it"
    if key in file.commented:
        return "%s reads entries inside an @comment" % name
    if key in file.remarks:
        return "%s reads entries behind a %%" % name
    if file.comes_twice(key):
        return "a key comes twice: citelift gives the second a number where it writes"
    if (not key or key.startswith("unnamed-")) and (file.faulty or file.codes & {"record/no-key", "record/empty"}):
        return "an entry without a key: %s makes another one than citelift, or it is empty" % name
    if re.search(r"@\s*\w+\s*[{(]\s*%s\s+[^\s,]" % re.escape(key), file.text, re.I):
        return "a key with white space in it: %s ends it there" % name
    if re.search(r"[{}]", key):
        return "a brace in a key: %s reads it whole" % name
    place = re.search(r"[{(]\s*%s" % re.escape(key), file.text, re.I)
    if place and file.is_fault_around(place.start()):
        return "a fault that citelift names: %s reads the key of the entry otherwise" % name
    return None


def why_fewer(name, file, key):
    if file.comes_twice(key):
        return "a key comes twice: %s keeps one of its entries, citelift all, and says so" % name
    if not key:
        return "an entry without a key: %s drops it" % name
    if key not in file.plain:
        return "an opening of several lines, with text before it, without a field or of a type with a hyphen: %s passes over it" % name
    if re.search(r"(?a)[^\w:./+'-]", key):
        return "a key with signs in it: %s drops the entry" % name
    if key not in file.places:
        return None
    entry = file.body(key)
    if name == "biber" and too_many_commas(entry):
        return "a name with more than two commas: biber skips the entry"
    if repeats_a_field(entry):
        return "a field comes twice in an entry: %s drops the entry" % name
    if re.search(r"(?m)^\s*[\w-]+\+\w+", entry):
        return "a field that annotates another (`author+an`): %s drops the entry" % name
    if re.search(r"(?m)(^|[,}\"])[ \t]*%", entry):
        return "a comment behind %% inside an entry: %s drops the entry" % name
    if re.search(r'=\s*"\{?[^"]*\{?[^{}"]*"[^{}#=]*\}', entry):
        return "quotation marks in braces in a quoted value: %s drops the entry" % name
    if re.search(r"(?a)[,{]\s*(?:[^\s,={}\"]*[^\w\s,={}\"+.-])[^\s,={}\"]*\s*=|^\s*@\w*_", entry):
        return "a name of a field or type with signs in it: %s drops the entry" % name
    if re.search(r",\s*,|[{(]\s*,", entry):
        return "a comma too many: %s drops the entry" % name
    if re.search(r"\\[{}]|\{\"\}", entry):
        return "a brace behind a back slash, or a quotation mark in braces: %s counts otherwise and drops the entry" % name
    if re.search(r"(?m)^%.*@\s*\w+\s*[{(].*\n(?:%.*\n)*\s*$", file.text[:file.places[key]]):
        return "an @ behind a %% before it: %s takes this entry into that" % name
    if file.unclosed and file.line(file.places[key]) >= file.unclosed:
        return "an entry before does not end: %s reads this one into it" % name
    if file.is_near_fault(key):
        return "a fault that citelift names and reads past: %s drops the entry" % name
    return None


def too_many_commas(entry):
    values = re.findall(r'(?is)\b(?:author|editor)\s*=\s*["{](.*?)["}]\s*,\s*\n', entry)
    return any(one.count(",") > 2 for value in values for one in re.split(r"\s+and\s+", value))


def repeats_a_field(entry):
    names = [name.lower() for name in re.findall(r"(?m)^[ \t,]*([A-Za-z][\w-]*)\s*=", entry)]
    return len(names) != len(set(names))
