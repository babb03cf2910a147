"""A RIS record as rispy gives it, in CSL's words, after the specification's table of types; lines
`name: value` of `M2` after Zotero's documentation ("Citing Fields from Extra").
"""
import re

from shapes import DATES, NAMES

TYPES = {"JOUR": "article-journal", "MGZN": "article-magazine", "NEWS": "article-newspaper", "BOOK": "book", "CLSWK": "classic",
         "PAMP": "pamphlet", "CHAP": "chapter", "ENCYC": "entry-encyclopedia", "DICT": "entry-dictionary", "CONF": "paper-conference",
         "CPAPER": "paper-conference", "RPRT": "report", "STAND": "standard", "THES": "thesis", "MANSCPT": "manuscript",
         "SLIDE": "speech", "UNPB": "article", "ELEC": "webpage", "BLOG": "post-weblog", "ICOMM": "post", "PAT": "patent",
         "GEN": "document", "DATA": "dataset", "HEAR": "hearing", "PCOMM": "personal_communication", "MAP": "map",
         "MUSIC": "musical_score", "JFULL": "periodical", "ART": "graphic", "FIGURE": "figure", "MPCT": "motion_picture",
         "VIDEO": "broadcast", "SOUND": "song", "COMP": "software", "CASE": "legal_case", "STAT": "legislation", "BILL": "bill",
         "LEGAL": "treaty"}
BOOKS = ("book", "classic", "pamphlet")
PARTS = ("chapter", "entry-encyclopedia", "entry-dictionary", "paper-conference")
NUMBERED = ("report", "patent", "standard")
JOURNALS = ("article-journal", "article-magazine", "article-newspaper")
SERIAL = ("report", "standard", "map", "software")
LAW = ("legal_case", "legislation", "bill", "hearing", "treaty")
VARIABLE = re.compile(r"([A-Za-z][\w-]*): (.*)", re.S)


def inverted(text):
    """`von Family, Given, Suffix`; a body ends in a comma or has none."""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) == 1 or len(parts) == 2 and not parts[1]:
        return {"literal": parts[0]}
    if not parts[-1]:
        return {"literal": text.rstrip(", ")}
    return {"family": parts[0], "given": parts[1], "suffix": ", ".join(parts[2:])}


def ris_date(text):
    """`YYYY/MM/DD/words` as EDTF; the words say what a date of numbers cannot."""
    parts = (text or "").split("/", 3)
    if not re.fullmatch(r"-?\d+", parts[0]):
        return {"literal": text or ""}
    date = {"date-parts": [[int(part) for part in parts[:3] if part]]}
    words = parts[3] if len(parts) > 3 else ""
    for index, season in enumerate("spring summer autumn winter".split()):
        if season in words.lower():
            date["season"] = index + 1
    if "circa" in words:
        date["circa"] = "%" if "uncertain" in words else "true"
    elif "uncertain" in words:
        date["circa"] = "?"
    if found := re.search(r"\bto\b ?(\S*)", words):
        date["date-parts"].append([int(part) for part in found[1].split("-") if part] or [0])
    return date


def from_rispy(record):
    get = record.get
    kind = TYPES.get(get("type_of_reference"), get("type_of_reference"))
    names = lambda key: [inverted(one) for one in get(key) or []]
    one = lambda key: (get(key) or [None])[0] if isinstance(get(key), list) else get(key)
    container, unknown = get("secondary_title"), get("unknown_tag")
    unknown = unknown if isinstance(unknown, dict) else {}
    pages = "–".join(filter(None, (get("start_page"), get("end_page"))))
    number = get("note")  # rispy's word for M1 is `note`
    item = {
        "id": get("id"), "type": kind, "author": names("authors") or names("first_authors"), "title": get("title") or get("primary_title"),
        "title-short": get("short_title"), "container-title-short": get("alternate_title1"), "issued": ris_date(get("date") or get("year")),
        "accessed": ris_date(get("access_date")) if get("access_date") else None, "volume": get("volume"), "issue": get("number"),
        "publisher": get("publisher"), "publisher-place": get("place_published"), "genre": get("type_of_work"), "DOI": get("doi"),
        "URL": one("urls"), "language": get("language"), "abstract": get("abstract") or get("notes_abstract"),
        "keyword": get("keywords") or [], "note": "; ".join(get("notes") or []), "annote": get("research_notes"),
        "archive": get("name_of_database"), "archive_location": get("accession_number"), "call-number": get("call_number"),
        "source": get("database_provider"), "number-of-volumes": get("number_of_volumes"), "edition": get("edition"),
        "reviewed-title": get("reviewed_item"), "original-title": get("original_publication"), "translator": names("subsidiary_authors"),
        "collection-number" if kind in BOOKS + PARTS else "number": number,
        "number" if kind in NUMBERED else "ISBN" if kind in BOOKS + PARTS + ("map",) else "ISSN": get("issn"),
        "chapter-number" if kind == "chapter" else "section": get("section"),
        "number-of-pages" if kind in ("book", "thesis", "manuscript") else "page": pages,
    }
    if kind in ("software", "dataset"):
        item["version"] = item.pop("edition")
    if kind == "legal_case":
        item["authority"] = item.pop("publisher")
    if kind in JOURNALS:
        item["number"] = get("custom7")
    if kind == "article-journal":
        item["PMCID"] = get("custom2")
    if kind == "chapter":
        item["collection-number"] = one_of(unknown, "SV")
    if kind == "legal_case":
        item["number"] = one_of(unknown, "SV")
    if kind == "entry-dictionary":
        item["number"], item["collection-number"] = number, None
    if kind == "patent":
        item.update({"jurisdiction": get("custom3"), "references": get("custom5"), "status": get("custom6")})
    if kind in LAW:
        item["references"] = item.pop("original-title")
    if kind in ("graphic", "broadcast", "song"):
        item["dimensions"] = get("custom3")
    item["citation-label"] = get("label")
    if kind == "map":
        item["scale"] = get("custom1")
    if kind == "speech":
        item["event-title"], item["event-place"] = container, item.pop("publisher-place")
    elif kind in BOOKS + SERIAL:
        item["collection-title"] = container
    else:
        item["container-title"], item["collection-title"] = container, get("tertiary_title")
    second, third = names("secondary_authors"), names("tertiary_authors")
    if kind in BOOKS:
        item["editor"], item["collection-editor"] = third, second
    else:
        item[{"personal_communication": "recipient", "song": "performer"}.get(kind, "editor")] = second
        item["producer" if kind in ("motion_picture", "broadcast") else "collection-editor"] = third
    item["editor"] = (item.get("editor") or []) + [inverted(one) for one in unknown.get("ED", [])]
    if kind == "pamphlet" and (counts := [line for line in unknown.get("M2", []) if line.isdigit()]):
        item["number-of-pages"] = counts[0]
    variables(unknown.get("M2", []), item)
    return item


def one_of(unknown, tag):
    return (unknown.get(tag) or [None])[0]


def variables(lines, item):
    """Puts `name: value` into an item; of a name that stands in a tag of its own, nothing."""
    found = {}
    for line in lines:
        if parts := VARIABLE.fullmatch(line):
            found.setdefault(parts[1], []).append(parts[2])
    for field, values in found.items():
        if field == "type":
            item["type"] = values[0]
        elif field in NAMES:
            item[field] = item.get(field) or [variable_name(value) for value in values]
        elif not item.get(field):
            item[field] = values[0] if field in DATES or len(values) == 1 else values


def variable_name(text):
    """`Family || Given, Suffix`; a body as it is."""
    family, divided, given = text.partition("||")
    given, _, suffix = given.strip().partition(", ")
    return {"family": family.strip(), "given": given, "suffix": suffix} if divided else {"literal": text}
