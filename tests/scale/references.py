"""Makes references of many styles and languages, one a line, on standard output.

    references.py N [FIRST]

They are those of data/labelled, over and over; from the second time on, years, volumes, pages and
numbers are others and the title has a made-up word more, so that hardly any two are equal.
Reference n is always the same one, whatever N and FIRST (from 0) are.
"""
import glob
import os
import re
import sys

LABELLED = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../data/labelled")
TAG = re.compile(r"<(/?)([a-z-]+)>")
DIGITS = re.compile(r"[0-9]+")
NUMBERS = {"date", "volume", "issue", "pages", "number", "doi"}
SYLLABLES = "ba do fi gu ke la mo ni po ra se tu va wi zo".split()


def templates():
    """Every labelled reference as a list of (label, text)."""
    found = []
    for path in sorted(glob.glob(os.path.join(LABELLED, "*.txt"))):
        for line in open(path, encoding="utf8"):
            line = line.rstrip("\n")
            if "<" not in line or line.startswith("#"):
                continue
            parts, label, at = [], None, 0
            for tag in TAG.finditer(line):
                parts.append((label, line[at:tag.start()]))
                label, at = (None if tag[1] else tag[2]), tag.end()
            parts.append((label, line[at:]))
            found.append([(label, text) for label, text in parts if text])
    return found


def varied(parts, turn):
    """The reference in its turn-th form; turn 0 is the one that was written by hand."""
    state = turn * 2654435761 % 4294967296

    def other(match):
        nonlocal state
        state = (state * 1664525 + 1013904223) % 4294967296
        digits = match[0]
        if len(digits) == 4 and digits[:2] in ("18", "19", "20"):
            return str(1850 + (state >> 8) % 170)
        number = str((state >> 4) % 10 ** min(len(digits), 7))
        return number if len(digits) < 8 else number + digits[7:]

    word = " ".join(SYLLABLES[turn // 15 ** place % 15] + SYLLABLES[(turn + 7 * place) % 15] for place in range(2))
    out, titled = [], False
    for label, text in parts:
        if label in NUMBERS:
            text = DIGITS.sub(other, text)
        elif label == "title" and not titled:
            titled, text = True, text + " " + word
        out.append(text)
    return "".join(out)


def main(count, first=0):
    known = templates()
    to = sys.stdout.buffer
    for number in range(first, first + count):
        turn, at = divmod(number, len(known))
        parts = known[at]
        line = varied(parts, turn) if turn else "".join(text for _, text in parts)
        to.write(line.encode("utf8") + b"\n")


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3) or not all(word.isdigit() for word in sys.argv[1:]):
        sys.exit(__doc__)
    main(*map(int, sys.argv[1:]))
