"""The fields of `.bib` files in CSL's words, after biblatex's manual (2.1, 2.2), for the readers
that hand on fields as they stand.

Takes an entry: its type, its fields as text, its names taken apart; gives a CSL item.
"""
import re

from shapes import BABEL, MONTHS
from untex import untex

# Each name of a field, and the CSL fields that it may mean; the first that fits the kind.
FIELDS = {
    "title": "title", "shorttitle": "title-short", "journal": "container-title", "journaltitle": "container-title",
    "booktitle": "container-title", "shortjournal": "container-title-short", "series": "collection-title",
    "seriesnumber": "collection-number", "urldate": "accessed", "issue": "issue", "eid": "number", "pages": "page",
    "pagetotal": "number-of-pages", "volumes": "number-of-volumes", "chapter": "chapter-number", "publisher": "publisher",
    "institution": "publisher", "school": "publisher", "address": "publisher-place", "location": "publisher-place",
    "eventtitle": "event-title", "venue": "event-place", "eventdate": "event-date", "type": "genre", "doi": "DOI",
    "url": "URL", "isbn": "ISBN", "issn": "ISSN", "pmid": "PMID", "pmcid": "PMCID", "keywords": "keyword",
    "authority": "authority", "pubstate": "status", "library": "call-number", "origdate": "original-date",
    "origtitle": "original-title", "origpublisher": "original-publisher", "origlocation": "original-publisher-place",
    "part": "part-number", "archivelocation": "archive_location", "archivecollection": "archive_collection",
    "archiveplace": "archive-place", "availabledate": "available-date", "citationkey": "citation-key",
    "shorthand": "citation-label", "parttitle": "part-title", "reviewedgenre": "reviewed-genre",
    "reviewedtitle": "reviewed-title", "volumetitle": "volume-title", "issuetitle": "volume-title", "yearsuffix": "year-suffix",
    "citationnumber": "citation-number", "firstreferencenotenumber": "first-reference-note-number",
    "pagefirst": "page-first", "printingnumber": "printing-number", "supplementnumber": "supplement-number",
    "annote": "annote", "annotation": "annote", "abstract": "abstract", "note": "note", "comment": "note", "volume": "volume",
    "edition": "edition", "version": "version", "medium": "medium", "section": "section", "archive": "archive",
    "dimensions": "dimensions", "division": "division", "jurisdiction": "jurisdiction", "license": "license",
    "references": "references", "scale": "scale", "source": "source", "locator": "locator", "submitted": "submitted",
}
NAME_FIELDS = {"author": "author", "editor": "editor", "translator": "translator", "bookauthor": "container-author"}
TYPES = {
    "article": "article-journal", "book": "book", "booklet": "pamphlet", "incollection": "chapter", "inreference": "entry-encyclopedia",
    "inproceedings": "paper-conference", "techreport": "report", "report": "report", "phdthesis": "thesis",
    "mastersthesis": "thesis", "thesis": "thesis", "unpublished": "manuscript", "online": "webpage", "patent": "patent",
    "misc": "document", "letter": "personal_communication", "periodical": "periodical", "artwork": "graphic",
    "image": "figure", "movie": "motion_picture", "video": "broadcast", "music": "song", "performance": "performance",
    "software": "software", "jurisdiction": "legal_case", "legislation": "legislation", "legal": "treaty",
    "dataset": "dataset", "standard": "standard", "proceedings": "book", "collection": "book"}
SUBTYPES = {"magazine": "article-magazine", "newspaper": "article-newspaper"}
LAW = "legal_case legislation regulation bill hearing treaty patent".split()
BOOKS = ("book", "booklet")
VERBATIM = ("url", "doi", "eprint")


def keywords(text):
    """Keywords divided at commas outside braces, as biblatex divides them."""
    words, depth, word = [], 0, ""
    for c in text:
        depth += (c == "{") - (c == "}")
        if c in ",;" and depth <= 0:
            words.append(word)
            word = ""
        else:
            word += c
    return [untex(word.strip()) for word in words + [word] if word.strip()]


def issued(fields):
    """`date`, else `year` and `month`."""
    if fields.get("date"):
        return fields["date"]
    year = untex(fields.get("year", ""))
    month = fields.get("month", "").strip().lower()
    number = MONTHS.index(month[:3]) + 1 if month[:3] in MONTHS else int(month) if month.isdigit() else 0
    if re.fullmatch(r"-?\d+", year):
        parts = [int(year)] + ([number] if number else []) + ([int(fields["day"])] if fields.get("day", "").isdigit() else [])
        return {"date-parts": [parts]}
    return {"literal": year}


def item(key, kind, fields, people, plain=untex):
    """A CSL item of an entry. `fields` are texts by name in small letters, `people` lists of CSL
    names; `plain` makes text of a field's LaTeX (nothing where the reader has done it)."""
    subtype = fields.get("entrysubtype", "")
    csl_type = SUBTYPES.get(subtype, subtype) or TYPES.get(kind.lower(), "@" + kind)
    out = {"id": key, "type": csl_type, "issued": issued(fields)}
    for field, names in people.items():
        if field in NAME_FIELDS:
            out[NAME_FIELDS[field]] = names
        elif field.rstrip("abc") == "editor" and field + "type" in fields:
            out[fields[field + "type"]] = names
    # A volume with a title of its own: the whole's stands in `maintitle` (biblatex 2.2.2).
    if "maintitle" in fields:
        volume = "title" if kind.lower() in BOOKS else "booktitle"
        fields = {"volumetitle" if field == volume else volume if field == "maintitle" else field: text for field, text in fields.items()}
    for field, text in fields.items():
        target = FIELDS.get(field)
        if field == "number":
            target = ("issue" if kind.lower() in ("article", "periodical") or csl_type == "periodical" else "collection-number"
                      if kind.lower() in BOOKS + ("incollection", "inproceedings", "inreference") else "number")
        elif field == "institution" and csl_type in LAW:
            target = "authority"
        elif field == "langid":
            target = "language" if "language" not in fields else None
        elif field == "language":
            target = "language"
        if target == "keyword":
            out[target] = keywords(text)
        elif target:
            out[target] = text if field in VERBATIM or field.endswith("date") else plain(text)
    if fields.get("eprinttype", "").lower() == "pubmed":
        out.setdefault("PMID", fields.get("eprint"))
    if out.get("language") in BABEL:
        out["language"] = BABEL[out["language"]]
    return out
