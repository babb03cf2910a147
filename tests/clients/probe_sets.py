"""What the probe tries: tags, names of fields, types, and values that fit them.

Names come from BibTeX, biblatex's manual (3.20, 2.1 to 2.3), CSL 1.0.2 and its schema, JabRef,
Zotero and Better BibTeX, and the habits of databases; tags are all that two signs can spell.
"""
import json
import os
import string

from programs import HERE
from shapes import DATES, NAMES

# All of RIS's shape, but those that make the record and rispy's own word for unknown ones.
TAGS = [a + b for a in string.ascii_uppercase for b in string.ascii_uppercase + string.digits if a + b not in ("TY", "ER", "ID", "UK")]
RIS_TYPES = """ABST ADVS AGGR ANCIENT ART BILL BLOG BOOK CASE CHAP CHART CLSWK COMP CONF CPAPER CTLG DATA DBASE DICT EBOOK
    ECHAP EDBOOK EJOUR ELEC ENCYC EQUA FIGURE GEN GOVDOC GRANT HEAR ICOMM INPR INTV JFULL JOUR LEGAL MANSCPT MAP MGZN MPCT
    MULTI MUSIC NEWS PAMP PAT PCOMM PODCST PRESS RPRT SER SLIDE SOUND STAND STAT STD THES UNBILL UNPB UNPD VIDEO WEB""".split()
RIS_WRITTEN = """ART BILL BLOG BOOK CASE CHAP CLSWK COMP CONF DATA DICT ELEC ENCYC FIGURE GEN HEAR ICOMM JFULL JOUR LEGAL MANSCPT
    MAP MGZN MPCT MUSIC NEWS PAMP PAT PCOMM RPRT SLIDE SOUND STAND STAT THES UNPB VIDEO""".split()
RIS_VALUES = {"text": "Zebra quokka", "number": "7341", "date": "1734/05/06/"}

# The entry types that are written, and biblatex's others; `set` and `xdata` are no entries.
BIB_WRITTEN = """article artwork book booklet image incollection inproceedings inreference jurisdiction legal legislation letter
    misc movie music online patent performance periodical phdthesis report software techreport thesis unpublished video""".split()
BIB_TYPES = BIB_WRITTEN + """audio bibnote bookinbook collection commentary conference dataset electronic inbook manual
    mastersthesis mvbook mvcollection mvproceedings mvreference proceedings reference review standard suppbook suppcollection
    suppperiodical www""".split()
SUBTYPES = "magazine newspaper".split()

PEOPLE = """author editor translator bookauthor editora editorb editorc annotator commentator introduction foreword afterword
    shortauthor shorteditor holder namea nameb namec sortname""".split()
TEXTS = """abstract address addendum adsnote adsurl annotation annote archive archivecollection archivelocation archiveplace
    archiveprefix articleno arxivid assignee authority booksubtitle booktitle booktitleaddon callnumber chapter citationkey
    citationlabel citationnumber city code comment conference copyright country court dimensions distributor division doi
    edition eid entrysubtype eprint eprintclass eprinttype event eventname eventplace eventtitle eventtitleaddon
    firstreferencenotenumber format gender genre howpublished indextitle institution isan isbn ismn isrn issn issue
    issuesubtitle issuetitle issuetitleaddon iswc journal journalabbr journalsubtitle journaltitle journaltitleaddon
    jurisdiction keyword keywords label langid language hyphenation lccn library license lista listb listc listd liste listf
    location locator lastchecked mainsubtitle maintitle maintitleaddon medium mrnumber nameaddon note number numpages numpubs
    options organization origlanguage origlocation origpublisher origtitle page pagefirst pages pagetotal bookpagination
    pagination part parttitle partnumber place pmcid pmid primaryclass printing printingnumber publisher pubmed pubstate
    pubstatus rights references relatedstring reprinttitle reviewedgenre reviewedtitle scale school section series
    seriesnumber shortbooktitle shorthand shorthandintro shortjournal shortseries shorttitle source status subtitle supplement
    supplementnumber titleaddon thesistype type url usera userb userc userd usere userf venue verba verbb verbc version volume
    volumes volumetitle yearsuffix zblnumber numberofpages numberofvolumes""".split()
TIMES = """date year month day urldate eventdate origdate availabledate submitted issued accessed lastaccessed timestamp
    file-date urlyear origyear eventyear""".split()
# Roles of `editora` and its like: biblatex's (2.3.6) and CSL's.
ROLES = sorted(set("""editor compiler founder continuator redactor reviser collaborator organizer director producer""".split()) | NAMES)
EPRINTS = "arxiv pubmed pmc pmid pmcid jstor hdl googlebooks doi".split()
BIB_VALUES = {"text": "{Zebra quokka}", "number": "{7341}", "name": "{Quokka, Zoe}", "date": "{1734-05-06}", "address": "{https://quokka.example/7341}"}

SCHEMA = json.load(open(os.path.join(HERE, "csl-data.json"), encoding="utf8"))["items"]["properties"]
# CSL 1.0.2's names that the schema has not, and 1.0.1's and others' spellings.
CSL_TOO = """editor-translator license part-number printing-number supplement-number printing supplement event keywords pages
    shortTitle journalAbbreviation editortranslator isbn doi url pmid language abstract place""".split()
PROPERTIES = sorted((set(SCHEMA) | set(CSL_TOO) | NAMES | DATES) - {"id", "type", "custom", "citation-key", "categories", "note"})
CSL_TYPES = ["article-journal", "book", "song"]
CSL_VALUES = {"text": "Zebra quokka", "number": "7341", "name": [{"family": "Quokka", "given": "Zoe"}], "date": {"date-parts": [[1734, 5, 6]]}}
# Zotero, citeproc-js and pandoc know variables in `note`, one a line or in braces.
NOTE_VALUES = {"text": "Zebra quokka", "number": "7341", "name": "Quokka || Zoe", "date": "1734-05-06"}


def bib_probes():
    """Each name of a `.bib` field, or pair of fields, with the lines that try it."""
    csl = {one.lower() for one in PROPERTIES} | {one.lower().replace("-", "").replace("_", "") for one in PROPERTIES}
    for name in sorted(set(PEOPLE) | set(TEXTS) | set(TIMES) | csl):
        # A date or an address in a field of words says no more than words do.
        shapes = ["name", "text"] if name in PEOPLE or name in NAMES else ["date", "number", "text"] if name in TIMES or "date" in name \
            else ["text", "number", "address"] if name in ("url", "doi", "eprint", "verba", "verbb", "verbc") else ["text", "number"]
        for shape in shapes:
            yield name, "  %s = %s,\n" % (name, BIB_VALUES[shape])
    for holder in ("author", "editor", "editora"):
        for role in ROLES:
            yield "%s+%stype=%s" % (holder, holder, role), "  %s = {Quokka, Zoe},\n  %stype = {%s},\n" % (holder, holder, role)
    for kind in EPRINTS:
        yield "eprint+eprinttype=" + kind, "  eprint = {7341},\n  eprinttype = {%s},\n" % kind


def csl_probes():
    """Each property with the members that try it, and each variable in `note`."""
    for name in PROPERTIES:
        # A value of another shape makes pandoc and citeproc-js refuse the whole file.
        shapes = ["name"] if name in NAMES else ["date"] if name in DATES else ["text", "number"]
        for shape in shapes:
            yield name, {name: CSL_VALUES[shape]}
            yield "note: %s:" % name, {"note": "%s: %s" % (name, NOTE_VALUES[shape])}
            yield "note: {:%s:}" % name, {"note": "{:%s:%s}" % (name, NOTE_VALUES[shape])}
