"""LaTeX to text, for the readers that hand a field on as it is spelled, for TeX to set.

Takes the commands that LaTeX has for text and marks, and no others: a command that it does
not know stays, so that it is seen as a loss.
"""
import re

SIGNS = {"textasciitilde": "~", "textasciicircum": "^", "textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}"}
MARKS = {"textit": "i", "emph": "i", "textbf": "b", "textsubscript": "sub", "textsuperscript": "sup", "textsc": "sc"}


def untex(text):
    """The text that LaTeX would set, with CSL's tags for marks."""
    out, at, open_marks = [], 0, []
    while at < len(text):
        c = text[at]
        command = re.compile(r"\\([A-Za-z]+)(?:\{\}| ?)").match(text, at)
        if command and command[1] in MARKS and text[at + 1 + len(command[1]):][:1] == "{":
            out.append("<%s>" % MARKS[command[1]])
            open_marks.append("</%s>" % MARKS[command[1]])
            at += len(command[1]) + 2
        elif command and command[1] in SIGNS:
            out.append(SIGNS[command[1]])
            at = command.end()
        elif c == "\\" and text[at + 1:at + 2] in ("&", "%", "#", "_", "$", "{", "}"):
            out.append(text[at + 1])
            at += 2
        elif c == "{":
            open_marks.append("")
            at += 1
        elif c == "}":
            out.append(open_marks.pop() if open_marks else "}")
            at += 1
        else:
            out.append(c)
            at += 1
    return "".join(out)
