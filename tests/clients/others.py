"""What else would have given a lost field: known limits against probed.json and spellings.

Takes the exported files and the losses of a program; a limit says in `others` which names give
its field that the export has not, or names the table of spellings. What it says must be what
was measured, so that no limit stands where another encoding was never tried.
"""
import json
import os
import re
from collections import defaultdict

from adapters_bib import parsed
from programs import HERE

EVERY = "every type"


def probed():
    with open(os.path.join(HERE, "probed.json"), encoding="utf8") as file:
        return json.load(file)


def written(path, form):
    """Work → its type there and the names that are written of it."""
    with open(path, encoding="utf8", newline="") as file:
        text = file.read()
    if form == "csl-json":
        return {item["id"]: (item["type"], set(item)) for item in json.loads(text)}
    if form == "ris":
        found = {}
        for record in re.split(r"(?m)^ER  - .*$", text):
            lines = dict(re.findall(r"(?m)^([A-Z][A-Z0-9])  - (.*?)\r?$", record))
            if "ID" in lines:
                found[lines["ID"]] = (lines["TY"], set(lines))
        return found
    found = {}
    for key, kind, fields in parsed(text):
        # A pair such as `editora` and its type is one name of the probe.
        pairs = {"%s+%s=%s" % (name[:-4], name, value) for name, value in fields.items() if name.endswith("type")}
        found[key] = (kind, set(fields) | pairs)
    return found


def of_place(places, kind, field):
    """The names that give a field in a type."""
    text = places.get(kind, {}).get(field, places[EVERY].get(field, ""))
    return set(filter(None, re.split(r", | (?=[A-Z][A-Z0-9]\b)", text)))


def others(data, client, form, losses, stands):
    """field → the names that give it and that the records of these losses have not."""
    found = defaultdict(set)
    for loss in losses:
        kind, names = stands.get(loss.work, (None, set()))
        if loss.field == "type":
            types = data["types"][client][form].get(loss.want, "").split()
            found[loss.field] |= {one for one in types if one != kind}
        else:
            found[loss.field] |= of_place(data["places"][client][form], kind, loss.field) - names
    return {field: " ".join(sorted(names)) if form == "ris" or field == "type" else ", ".join(sorted(names))
            for field, names in found.items() if names}
