"""Measures which tag, name or property each program reads as which field.

    probe [CLIENT…]      probe these programs (default: all), and compare with probed.json
    probe --spellings    the spellings of values alone, which takes a minute or two
    probe --write        write probed.json, and the table of spellings in docs/clients.md

A record for each tag and each sort of value, in each type; where its value comes, in the shape
that the suite compares, is noted. Known limits are held against the result by `others.py`.
Exit: 0 as noted, 1 otherwise, 2 a wrong call.
"""
import json
import os
import sys
import tempfile
import time
from collections import Counter, defaultdict

import others
import probe_sets as sets
import spellings
from main import CLIENTS, library
from programs import HERE, Missing, Refused
from shapes import meant

# What the values of probe_sets say wherever they come; a year alone is left of a date.
SIGNS = ("quokka", "7341", "1734")
EVERY = "every type"
COMPARED = {field for work in library() for field in meant(work)} - {"id", "type"}
# They hand on fields whatever the type is, and some are slow: the types written are enough; to
# biber, the slowest, five of them.
HAND_ON = "biber bibtexparser-1 bibtexparser-2 pybtex JabRef".split()
# What stands in each RIS record beside the tag that is tried, and is no other field to anybody:
# citation-js reads a record otherwise where it has no tag of the newer specification.
BESIDE, OR_BESIDE = "LB", "DP"


def ris_file(probes, path):
    with open(path, "w", encoding="utf8", newline="") as file:
        for at, (kind, tag, value) in enumerate(probes):
            beside = OR_BESIDE if tag == BESIDE else BESIDE
            line = "%s  - %s\r\n" % (tag, value) if tag else ""
            file.write("TY  - %s\r\nID  - k%d\r\n%s  - base\r\n%sER  - \r\n\r\n" % (kind, at, beside, line))


def bib_file(probes, path):
    with open(path, "w", encoding="utf8") as file:
        for at, (kind, _, lines) in enumerate(probes):
            file.write("@%s{k%d,\n%s}\n\n" % (kind, at, lines))


def csl_file(probes, path):
    with open(path, "w", encoding="utf8") as file:
        json.dump([dict(members, id="k%d" % at, type=kind) for at, (kind, _, members) in enumerate(probes)], file)


WRITERS = {"ris": ris_file, "bibtex": bib_file, "biblatex": bib_file, "csl-json": csl_file}


def place_probes(client, form):
    """(type, tag or name, what the file says) of every record for the places of fields."""
    if form == "ris":
        return [(kind, tag, value) for kind in sets.RIS_WRITTEN for tag in sets.TAGS for value in sets.RIS_VALUES.values()]
    if form == "csl-json":
        return [(kind, *probe) for kind in sets.CSL_TYPES for probe in sets.csl_probes()]
    kinds = "article book misc online report".split() if client == "biber" else sets.BIB_WRITTEN if client in HAND_ON else sets.BIB_TYPES
    return [(kind, *probe) for kind in kinds for probe in sets.bib_probes()]


def type_probes(form):
    """(type, its name here, what the file says) of every record for types."""
    if form == "ris":
        return [(kind, None, None) for kind in sets.RIS_TYPES]
    title = "  title = {Title},\n"
    return [(kind, kind, title) for kind in sets.BIB_TYPES] + [
        (kind, "%s+entrysubtype=%s" % (kind, subtype), title + "  entrysubtype = {%s},\n" % subtype)
        for kind in sets.BIB_TYPES for subtype in sets.SUBTYPES]


def read(client, form, probes, there):
    """The item of each probe; an empty one where the program gives none."""
    found, batch = [], 1500 if client == "biber" else 40000
    for start in range(0, len(probes), batch):
        part = probes[start:start + batch]
        path = os.path.join(there, "probe." + {"ris": "ris", "csl-json": "json"}.get(form, "bib"))
        WRITERS[form](part, path)
        items = CLIENTS[client][0](path, form)
        by_id = {str(item.get("id")): item for item in items}
        found += items if len(items) == len(part) else [by_id.get("k%d" % at, {}) for at in range(len(part))]
    return found


def fields_of(item, note_too):
    """The fields in which the tried value stands."""
    for field, value in item.items():
        said = json.dumps(value, ensure_ascii=False).lower()
        if field in COMPARED and (field != "note" or note_too) and any(sign in said for sign in SIGNS):
            yield field


def places(client, form, there):
    """Types → field → the names that give it; what holds in most types stands once."""
    probes = place_probes(client, form)
    by_type = defaultdict(lambda: defaultdict(set))
    for (kind, name, _), item in zip(probes, read(client, form, probes, there)):
        by_type[kind]
        for field in fields_of(item, not name.startswith("note:")):
            # A role that changes nothing is not worth a name.
            if name.partition("+")[0] not in by_type[kind][field]:
                by_type[kind][field].add(name)
    texts = {kind: {field: " ".join(sorted(names)) if form == "ris" else ", ".join(sorted(names)) for field, names in fields.items()} for kind, fields in by_type.items()}
    most = {field: Counter(fields.get(field, "") for fields in texts.values()).most_common(1)[0][0]
            for field in sorted({field for fields in texts.values() for field in fields})}
    alike = defaultdict(list)
    for kind, fields in sorted(texts.items()):
        other = {field: fields.get(field, "") for field in most if fields.get(field, "") != most[field]}
        alike[json.dumps(other)].append(kind)
    out = {" ".join(kinds): json.loads(other) for other, kinds in alike.items() if other != "{}"}
    return dict(out, **{EVERY: {field: names for field, names in most.items() if names}})


def types(client, form, there):
    """CSL type → the types that give it."""
    probes = type_probes(form)
    found = defaultdict(list)
    for (kind, name, _), item in zip(probes, read(client, form, probes, there)):
        found[str(item.get("type") or "none")].append(name or kind)
    # A subtype that changes nothing is not worth a line.
    return {kind: " ".join(name for name in names if "+" not in name or name.partition("+")[0] not in names)
            for kind, names in sorted(found.items()) if any("+" not in name or name.partition("+")[0] not in names for name in names)}


def measure(chosen, places_too):
    found = {"places": defaultdict(dict), "types": defaultdict(dict)}
    with tempfile.TemporaryDirectory() as there:
        for client, (_, forms) in CLIENTS.items():
            # bibtex and biblatex print what a style asks for: every.bst and biber's reading.
            for form in forms.split() if places_too and client in chosen and client not in ("bibtex", "biblatex") else []:
                began = time.monotonic()
                try:
                    found["places"][client][form] = places(client, form, there)
                    # Of the others the types are known: they hand them on, or look at none.
                    if form != "csl-json" and (client not in HAND_ON or form == "ris"):
                        found["types"][client][form] = types(client, form, there)
                except Missing as missing:
                    print("   skipped: %s, since %s is not installed" % (client, missing))
                    break
                except Refused as refused:
                    print("   %s %s refuses the probe: %s" % (client, form, refused))
                print("   %-15s %-9s %.0f s" % (client, form, time.monotonic() - began), flush=True)
    found["spellings"] = spellings.measure(CLIENTS, chosen)
    return found


def main(arguments):
    names = [one for one in arguments if one not in ("--write", "--spellings")]
    if set(names) - set(CLIENTS):
        print(__doc__, file=sys.stderr)
        return 2
    stands = others.probed()
    found, red = measure(names or list(CLIENTS), "--spellings" not in arguments), False
    for part, by_client in found.items():
        for client, forms in by_client.items():
            if stands.get(part, {}).get(client) != forms:
                print("   %s of %s are not as noted in probed.json" % (part, client))
                red = True
            stands.setdefault(part, {})[client] = forms
    if "--write" in arguments:
        with open(os.path.join(HERE, "probed.json"), "w", encoding="utf8") as file:
            file.write(lines(stands))
        spellings.write(CLIENTS, stands["spellings"])
        return 0
    return 1 if red else 0


def lines(stands):
    """JSON with a line for each type or value, so that a change is seen in its place."""
    def one(value, depth):
        if depth == 0 or not isinstance(value, dict):
            return json.dumps(value, ensure_ascii=False)
        # The order of spellings says which is written, and that of types what comes first.
        return "{\n" + ",\n".join("%s: %s" % (json.dumps(key, ensure_ascii=False), one(value[key], depth - 1)) for key in sorted(value)) + "}"
    short = {part: {client: {form: "bibtex" if form == "biblatex" and read == forms.get("bibtex") else read for form, read in forms.items()}
                    for client, forms in clients.items()} for part, clients in stands.items()}
    return one(short, 4) + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
