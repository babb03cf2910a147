"""A MODS record as bibutils makes it, in CSL's words."""
import json
import os
import re

from programs import HERE
from shapes import NAMES

SCHEMA = json.load(open(os.path.join(HERE, "csl-data.json"), encoding="utf8"))["items"]["properties"]
# A line of `M2`: a variable of CSL and its value.
VARIABLE = re.compile(r"(?:%s): .*" % "|".join(sorted({*SCHEMA, *NAMES, "license", "part-number", "printing-number", "supplement-number"}, key=len, reverse=True)), re.S)
ROLES = {"author": "author", "editor": "editor", "translator": "translator", "degree grantor": "publisher", "interviewer": "interviewer",
         "recipient": "recipient", "performer": "performer", "sponsor": "publisher", "bookauthor": "container-author"}
GENRES = {"journal article": "article-journal", "magazine article": "article-magazine", "newspaper article": "article-newspaper",
          "book": "book", "book chapter": "chapter", "conference publication": "paper-conference", "report": "report",
          "technical report": "report", "thesis": "thesis", "Ph.D. thesis": "thesis", "Masters thesis": "thesis", "patent": "patent",
          "manuscript": "manuscript", "unpublished": "manuscript", "map": "map", "web page": "webpage", "web site": "webpage",
          "electronic": "webpage", "legislation": "legislation", "legal case and case notes": "legal_case", "bill": "bill",
          "hearing": "hearing", "motion picture": "motion_picture", "videorecording": "broadcast", "sound": "song",
          "encyclopedia": "entry-encyclopedia", "dictionary": "entry-dictionary", "computer program": "software",
          "personal communication": "personal_communication", "pamphlet": "pamphlet", "miscellaneous": "document",
          "unpublished": "manuscript", "communication": "personal_communication", "music": "musical_score"}

BOOKS = ("book", "chapter", "paper-conference", "entry-encyclopedia", "pamphlet")


def from_mods(mods, space):
    def text(element, path):
        found = element.find("/".join(space + part if part[0] not in ".*" else part for part in path.split("/"))) if element is not None else None
        return found.text if found is not None else None

    def related(kind):
        return next((one for one in mods.findall(space + "relatedItem") if one.get("type") == kind), None)

    def title(element):
        for info in element.findall(space + "titleInfo") if element is not None else []:
            if info.get("type") != "abbreviated":
                parts = [text(info, "nonSort"), text(info, "title")]
                sub = text(info, "subTitle")
                return " ".join(filter(None, parts)) + (": " + sub if sub else "")
        return None

    def short(element):
        return next((text(info, "title") for info in element.findall(space + "titleInfo") if info.get("type") == "abbreviated"), None) \
            if element is not None else None

    host, series = related("host"), related("series")
    genres = [(one.text, one.get("authority")) for holder in (mods, host) if holder is not None for one in holder.findall(space + "genre")]
    kind = next((GENRES[one] for one, _ in genres if one in GENRES), "; ".join(one for one, _ in genres if one) or None)
    item = {"id": mods.get("ID"), "title": title(mods), "title-short": short(mods), "container-title": title(host) or short(host),
            "container-title-short": short(host) if title(host) else None, "type": kind}
    item["genre"] = next((one for one, authority in genres if not authority), None)
    nested = [one for one in (host if host is not None else []) if one.tag == space + "relatedItem"]
    item["collection-title"] = title(series) or next((title(one) for one in nested), None)
    if kind in ("book", "report", "map", "pamphlet", "thesis"):
        # What holds a book is its series.
        item["collection-title"] = item["collection-title"] or item.pop("container-title")
    for holder in (mods, host, series, *nested):
        for name in holder.findall(space + "name") if holder is not None else []:
            role = (text(name, "role/roleTerm") or "author").lower()
            field = ROLES.get(role, role)
            if holder is series or holder in nested:
                field = "collection-editor" if field == "editor" else field
            elif holder is host and field == "author":
                field = "container-author"
            item.setdefault(field, [])
            if isinstance(item[field], list):
                item[field].append(mods_name(name, space))
    if item.get("publisher") and isinstance(item["publisher"], list):
        item["publisher"] = item["publisher"][0].get("literal")
    for holder in (mods, host):
        for info in holder.findall(space + "originInfo") if holder is not None else []:
            for field, path in (("publisher", "publisher"), ("publisher-place", "place/placeTerm"), ("edition", "edition"), ("issued", "dateIssued")):
                item[field] = item.get(field) or text(info, path)
        for one in holder.findall(space + "identifier") if holder is not None else []:
            field = {"doi": "DOI", "isbn": "ISBN", "issn": "ISSN", "pubmed": "PMID", "pmc": "PMCID", "report number": "number",
                     "patent number": "number", "accessnum": "archive_location", "serial number": "number", "eid": "number", "arXiv": "number"}.get(one.get("type"))
            if field:
                item[field] = item.get(field) or one.text
    for part in [one for holder in (mods, host) if holder is not None for one in holder.findall(space + "part")]:
        item["issued"] = item.get("issued") or text(part, "date")
        for detail in part.findall(space + "detail"):
            field = {"volume": "volume", "issue": "issue", "page": "page", "chapter": "chapter-number", "report number": "number",
                     "number": "issue" if (kind or "").startswith("article") else "collection-number" if kind in BOOKS else "number"}.get(detail.get("type"))
            if field:
                item[field] = text(detail, "number")
        for extent in part.findall(space + "extent"):
            if extent.get("unit") == "page" and text(extent, "start"):
                item["page"] = "–".join(filter(None, (text(extent, "start"), text(extent, "end"))))
            elif text(extent, "total"):
                item["number-of-pages" if extent.get("unit") == "page" else "number-of-volumes"] = text(extent, "total")
    for place in mods.findall(space + "location"):
        for url in place.findall(space + "url"):
            item["URL"] = item.get("URL") or url.text
            item["accessed"] = item.get("accessed") or url.get("dateLastAccessed")
        item["call-number"] = item.get("call-number") or text(place, "shelfLocator")
    item["language"], item["abstract"] = text(mods, "language/languageTerm"), text(mods, "abstract")
    item["keyword"] = [topic.text for subject in mods.findall(space + "subject") for topic in subject.findall(space + "topic")]
    item["accessed"] = item.get("accessed") or text(mods, "originInfo/dateCaptured")
    item["call-number"] = item.get("call-number") or text(mods, "classification")
    # Each `M2` line becomes a note of its own, and stays what it is: neither a field nor this note.
    notes = {kind: [note.text for note in mods.findall(space + "note")
                    if note.text and note.get("type") == kind and not VARIABLE.fullmatch(note.text)]
             for kind in (None, "annotation", "publication status")}
    item["note"], item["annote"] = "; ".join(notes[None]), "; ".join(notes["annotation"]) or text(mods, "bibtex-annote")
    item["status"] = "; ".join(notes["publication status"])
    item["issued"] = (item.get("issued") or "").replace("/", "-") or None
    return item


def mods_name(name, space):
    parts = {}
    for part in name.findall(space + "namePart"):
        kind = {"given": "given", "family": "family", "suffix": "suffix", "termsOfAddress": "suffix"}.get(part.get("type"), "literal")
        parts[kind] = " ".join(filter(None, (parts.get(kind), part.text)))
    return parts
