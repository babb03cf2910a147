"""Makes a large file of records with distinct keys, on standard output.

    large.py bib|ris|json|ndjson GIGABYTES

To see that `convert` and `check` hold a bounded part of a file; docs/benches.md has figures.
"""
import json
import sys

ABSTRACT = "We study how harbours keep their watch at night, and what it costs them. " * 8
BIB = """@article{roe%(number)d,
  author = {Roe, Jane and Lee, {\\'E}mile and de la Cruz, Ana},
  title = {Harbour watch and the {NATO} port, part %(number)d},
  journal = {Port Studies},
  year = {2011},
  month = nov,
  volume = {15},
  number = {2},
  pages = {61--70},
  doi = {10.1234/port.%(number)d},
  abstract = {%(abstract)s},
  keywords = {harbour, watch}
}

"""
RIS = """TY  - JOUR
ID  - roe%(number)d
AU  - Roe, Jane
AU  - Lee, Émile
TI  - Harbour watch and the NATO port, part %(number)d
T2  - Port Studies
PY  - 2011
DA  - 2011/11//
VL  - 15
IS  - 2
SP  - 61
EP  - 70
DO  - 10.1234/port.%(number)d
AB  - %(abstract)s
KW  - harbour
KW  - watch
ER  -\x20

"""


def item(number):
    return json.dumps({
        "id": "roe%d" % number, "type": "article-journal", "title": "Harbour watch and the NATO port, part %d" % number,
        "author": [{"family": "Roe", "given": "Jane"}, {"family": "Lee", "given": "Émile"}],
        "container-title": "Port Studies", "issued": {"date-parts": [[2011, 11]]}, "volume": "15", "issue": "2",
        "page": "61-70", "DOI": "10.1234/port.%d" % number, "abstract": ABSTRACT}, ensure_ascii=False)


def main(form, gigabytes):
    out, number, written = sys.stdout.buffer, 0, 0
    if form == "json":
        out.write(b"[\n")
    while written < float(gigabytes) * 1e9:
        if form in ("bib", "ris"):
            text = (BIB if form == "bib" else RIS) % {"number": number, "abstract": ABSTRACT}
        elif form == "json":
            text = (",\n" if number else "") + item(number)
        else:
            text = item(number) + "\n"
        number += 1
        written += out.write(text.encode("utf8"))
    if form == "json":
        out.write(b"\n]\n")


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in ("bib", "ris", "json", "ndjson"):
        sys.exit(__doc__)
    main(*sys.argv[1:])
