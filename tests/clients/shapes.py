"""One normal form for a value, whatever program gives it.

Takes a field's CSL name and a value in CSL-JSON's shape (or, for dates, EDTF text), gives a
string. What is spelled otherwise and means the same becomes equal: a dash in a range, `nov`
and 11, typographic quotes. What means something else stays different.
"""
import re
import unicodedata

NAMES = set("""author editor translator container-author collection-editor chair compiler composer contributor
curator director editorial-director editor-translator executive-producer guest host illustrator interviewer
narrator organizer original-author performer producer recipient reviewed-author script-writer series-creator""".split())
DATES = set("issued accessed event-date available-date original-date submitted".split())
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
SEASONS = "spring summer autumn winter".split()
BABEL = {"english": "en", "british": "en-GB", "american": "en", "french": "fr", "german": "de", "ngerman": "de",
         "latin": "la", "russian": "ru", "chinese": "zh", "arabic": "ar"}


def plain(text):
    """Text with one sort of quotes and spaces, and without spans that only keep capitals."""
    text = re.sub(r"<span style=\"font-variant: ?small-caps;?\">(.*?)</span>", r"<sc>\1</sc>", str("" if text is None else text))
    text = re.sub(r"</?span[^>]*>", "", text)
    text = unicodedata.normalize("NFC", text)
    for typographic, typed in ("“\"", "”\"", "‘'", "’'", ("``", '"'), ("''", '"'), "\u00a0 ", "\u202f "):
        text = text.replace(typographic, typed)
    return re.sub(r"\s+", " ", text.replace("---", "—").replace("--", "–")).strip()


def name(value):
    """A name as `von Family | Given | Suffix`."""
    if not isinstance(value, dict):
        return plain(value)
    if value.get("literal"):
        return plain(value["literal"])
    family = " ".join(value[part] for part in ("dropping-particle", "non-dropping-particle", "family") if value.get(part))
    given, suffix = value.get("given"), value.get("suffix")
    return re.sub(r"( \| )+$", "", " | ".join(plain(part) for part in (family, given, suffix)))


def names(value):
    """A list of names; `…` where more were meant."""
    found = [name(one) for one in value or []]
    if found and found[-1].lower() in ("others", "et al.", "et al", "…"):
        found[-1] = "…"
    return " ‖ ".join(found)


def point(parts):
    """A list of year, month, day; a month of 21 to 24 is a season."""
    numbers = [int(part) for part in parts or [] if re.fullmatch(r"-?\d+", str(part).strip())]
    if not numbers or numbers[0] == 0:
        return ""
    text = "%04d" % numbers[0] if numbers[0] > 0 else str(numbers[0])
    for part in numbers[1:]:
        text += "-%02d" % part
    return text


def date(value):
    """A date as EDTF, but with years before 1 as historians count them (-44)."""
    if isinstance(value, dict):
        if not value.get("date-parts"):
            return edtf(plain(value.get("literal") or value.get("raw") or ""))
        ends = value["date-parts"]
        text = "/".join(point(end) for end in ends)
        if str(value.get("season") or "").isdigit():
            text += "-%02d" % (int(value["season"]) + 20)
        return text + {"": "", "false": "", "?": "?", "%": "%"}.get(str(value.get("circa") or ""), "~")
    return edtf(plain(value))


def edtf(text):
    """EDTF text in the same form; other text stays."""
    def one(end):
        found = re.fullmatch(r"(-?)(\d{1,4})((?:-\d\d){0,2})([~?%]?)", end)
        if not found:
            return end
        year = -(int(found[2]) + 1) if found[1] else int(found[2])
        return ("%04d" % year if year > 0 else str(year)) + found[3] + found[4]
    return "/".join("" if end == ".." else one(end) for end in text.split("/"))


def pages(value):
    """Ranges with one sort of dash."""
    text = re.sub(r"\s*[–—]\s*", "–", plain(value))
    parts = [part.strip() for part in text.split(",")]
    # A hyphen divides a range unless a dash does (`3-1–3-24`); CSL-JSON has hyphens alone.
    return ", ".join(part if "–" in part else re.sub(r"^([^-]+)-([^-]+)$|^([^-]+-[^-]+)-([^-]+-[^-]+)$",
                                                     lambda ends: "–".join(filter(None, ends.groups())), part) for part in parts)


def keywords(value):
    """Keywords, each on its own."""
    words = value if isinstance(value, list) else re.split(r"\s*[,;]\s*", value or "")
    # Their order says nothing; pandoc turns it round.
    return " | ".join(sorted(plain(word) for word in words if word))


def normal(field, value):
    """The normal form of a field's value; empty where there is none."""
    if field in NAMES:
        return names(value)
    if field in DATES:
        return date(value)
    if field == "page":
        return pages(value)
    if field == "keyword":
        return keywords(value)
    if field in ("DOI", "URL"):
        return str(value or "")
    if field == "language":
        # pandoc takes babel's `english` for American, as babel does.
        return {"en-US": "en"}.get(plain(value), BABEL.get(plain(value).lower(), plain(value)))
    if field in ("volume", "issue", "number", "collection-number", "number-of-pages"):
        return re.sub(r"(?<=\d)[–—](?=\d)", "-", plain(value))
    return plain(value)


def meant(work):
    """What a work of the library says, as fields and normal forms."""
    custom = work.get("custom") or {}
    out = {"type": work["type"]}
    for field, value in work.items():
        if field not in ("id", "type", "custom"):
            out[field] = normal(field, value)
    if "keywords" in custom:
        out["keyword"] = keywords(custom["keywords"])
    if custom.get("et-al"):
        out["author"] += " ‖ …"
    return out
