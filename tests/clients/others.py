"""What else would have given a lost field: known limits against probed.json and spellings.

Takes the exported files and the losses of a program; a limit says in `others` which names give
its field that the export has not, or names the table of spellings. What it says must be what
was measured, so that no limit stands where another encoding was never tried.
"""
import json
import os
import re
from collections import defaultdict

import spellings
from adapters_bib import parsed
from programs import HERE

EVERY = "every type"


def probed():
    """probed.json; a format that is read as another is named by it there."""
    with open(os.path.join(HERE, "probed.json"), encoding="utf8") as file:
        data = json.load(file)
    for clients in data.values():
        for forms in clients.values():
            forms.update({form: forms[read] for form, read in forms.items() if isinstance(read, str)})
    return data


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
    own = next((fields for kinds, fields in places.items() if kinds != EVERY and kind in kinds.split()), {})
    text = own.get(field, places[EVERY].get(field, ""))
    return set(text.split() if re.fullmatch(r"[A-Z][A-Z0-9]( [A-Z][A-Z0-9])*", text) else filter(None, text.split(", ")))


def of_losses(data, client, form, losses, stands):
    """field → the names that give it and that the records of these losses have not."""
    found = defaultdict(set)
    for loss in losses:
        kind, names = stands.get(loss.work, (None, set()))
        if loss.field == "type":
            types = data["types"].get(client, {}).get(form, {}).get(loss.want, "")
            found[loss.field] |= {one for one in types.split() if one != kind}
        elif form in data["places"].get(client, {}):
            found[loss.field] |= of_place(data["places"][client][form], kind, loss.field) - names
    between = " " if form == "ris" else ", "
    return {field: between.join(sorted(names)) for field, names in found.items() if names}


def of_spellings(data, client, form, values):
    """value → its other spellings that the program reads whole; the first is what is written."""
    read = data["spellings"].get(client, {}).get(form, {})
    found = {value: [spelling for spelling, got in list(zip(spellings.of(value, form), read.get(value, [])))[1:] if got == spellings.WHOLE]
             for value in values}
    return {value: those for value, those in found.items() if those}


def wrong(data, client, form, limits, found, path):
    """Lines on limits whose `others` are not what was measured for their losses."""
    stands, lines = written(path, form), []
    for limit in limits:
        if client not in limit.clients or form not in limit.forms:
            continue
        said, values = limit.entry.get("others", {}), limit.entry.get("spellings", [])
        measured = of_spellings(data, client, form, values) if values else of_losses(
            data, client, form, [loss for loss in found if limit.names({"id": loss.work, "type": loss.kind}, loss.field, loss.want)], stands)
        if said != measured:
            lines.append("%s: `others` is %s, and measured is %s" % (limit, json.dumps(said, ensure_ascii=False), json.dumps(measured, ensure_ascii=False)))
        lines += ["%s: spellings of %s were not tried" % (limit, value) for value in values
                  if value not in data["spellings"].get(client, {}).get(form, {})]
    return lines
