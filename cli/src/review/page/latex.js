// Text to LaTeX, as src/format/bibtex/{latex,math,protect,name}.rs spell it.
//
// An `out` is {text}: some signs are spelled by what stands before them. Called by bib.js;
// tests/review holds what comes out against the library, byte for byte.

"use strict";

const TAGS = [
  ["<i>", "i"], ["<b>", "b"], ["<sub>", "sub"], ["<sup>", "sup"], ["<sc>", "sc"],
  ['<span style="font-variant:small-caps;">', "sc"], ['<span style="font-variant: small-caps;">', "sc"],
  ['<span class="nocase">', "nocase"],
];
const ENDS = [["</i>", ["i"]], ["</b>", ["b"]], ["</sub>", ["sub"]], ["</sup>", ["sup"]], ["</sc>", ["sc"]], ["</span>", ["sc", "nocase"]]];
const COMMANDS = { i: "\\textit{", b: "\\textbf{", sub: "\\textsubscript{", sup: "\\textsuperscript{", sc: "\\textsc{", nocase: "{" };

const Latex = {
  /** Whether braces are balanced and none closes before it opens. */
  isBalanced(text) {
    let depth = 0;
    for (const c of text) {
      if (c === "{") depth += 1;
      if (c === "}" && --depth < 0) return false;
    }
    return depth === 0;
  },

  /** Stretches of rich text: {text}, {open} and {close}; a tag without its partner is text. */
  pieces(text) {
    const pieces = [];
    const open = [];
    let from = 0;
    const pushText = (until) => until > from && pieces.push({ text: text.slice(from, until) });
    for (let at = text.indexOf("<"); at >= 0; at = text.indexOf("<", at)) {
      const tag = TAGS.find(([tag]) => text.startsWith(tag, at));
      const end = ENDS.find(([tag, marks]) => text.startsWith(tag, at) && open.some(({ mark }) => marks.includes(mark)));
      if (tag) {
        pushText(at);
        open.push({ mark: tag[1], index: pieces.length, tag: tag[0] });
        pieces.push({ open: tag[1] });
        from = at += tag[0].length;
      } else if (end) {
        pushText(at);
        for (let last = open.pop(); last; last = open.pop()) {
          if (end[1].includes(last.mark)) {
            pieces.push({ close: last.mark });
            break;
          }
          pieces[last.index] = { text: last.tag };
        }
        from = at += end[0].length;
      } else at += 1;
    }
    pushText(text.length);
    for (const { index, tag } of open) pieces[index] = { text: tag };
    return pieces;
  },

  /** The stretches of a text, and whether each is math: `$x_1$`, but not `$5 and $6`. */
  stretches(text) {
    const stretches = [];
    let from = 0;
    for (let at = text.indexOf("$"); at >= 0; at = text.indexOf("$", at)) {
      const length = Latex.math(text.slice(at, at + 1002));
      if (length) {
        if (at > from) stretches.push([false, text.slice(from, at)]);
        stretches.push([true, text.slice(at, at + length)]);
        from = at += length;
      } else at += 1;
    }
    if (from < text.length) stretches.push([false, text.slice(from)]);
    return stretches;
  },

  /** The length of the math that a text begins with, or 0. */
  math(text) {
    let depth = 0;
    let end = -1;
    for (let at = 1; at < text.length && end < 0; at += 1) {
      const c = text[at];
      if (c === "\\") at += 1;
      else if (c === "{") depth += 1;
      else if (c === "}" && --depth < 0) return 0;
      else if (c === "\n") return 0;
      else if (c === "$" && depth === 0) end = at;
    }
    if (end < 0) return 0;
    const math = text.slice(1, end);
    const looksSo = /[\\^_{=<>+*/]/u.test(math) || ([...math].length <= 3 && /^[\p{Alphabetic}\p{N}]*$/u.test(math));
    const fits = math !== "" && !/^\p{White_Space}|\p{White_Space}$|\p{Cc}/u.test(math)
      && !/\d/u.test(text[end + 1] ?? "") && Latex.isBalanced(math) && looksSo;
    return fits ? end + 1 : 0;
  },

  char(out, c, escaped) {
    if ("&%#_$".includes(c)) out.text += `\\${c}`;
    else if (c === "~") out.text += "{\\textasciitilde}";
    else if (c === "^") out.text += "{\\textasciicircum}";
    else if (c === "\\") out.text += "{\\textbackslash}";
    else if (c === "{") out.text += escaped ? "\\{" : "{\\textbraceleft}";
    else if (c === "}") out.text += escaped ? "\\}" : "{\\textbraceright}";
    else if (c === "‘") out.text += "{‘}";
    else if (c === "`") out.text += "{\\textasciigrave}";
    else if ((c === "-" || c === "'") && out.text.endsWith(c)) out.text += `{}${c}`;
    else if (c === "\t" || c === "\r") out.text += " ";
    else if (c === "\n" || !/\p{Cc}/u.test(c)) out.text += c;
  },

  chars(out, text, escaped) {
    for (const [isMath, stretch] of Latex.stretches(text)) {
      if (isMath) out.text += stretch;
      else for (const c of stretch) Latex.char(out, c, escaped);
    }
  },

  plain(out, text) {
    if (/^[ -~\n\u0080-\u{10ffff}]*$/u.test(text) && !/[`&%#_$~^\\{}‘\u0080-\u009f]|--|''/u.test(text) && !/^[-']/u.test(text)) out.text += text;
    else Latex.chars(out, text, Latex.isBalanced(text));
  },

  rich(out, text) {
    const escaped = Latex.isBalanced(text);
    if (!text.includes("<")) return Latex.plain(out, text);
    for (const piece of Latex.pieces(text)) {
      if (piece.open) out.text += COMMANDS[piece.open];
      else if (piece.close) out.text += "}";
      else Latex.chars(out, piece.text, escaped);
    }
  },

  verbatim(out, text) {
    const balanced = Latex.isBalanced(text);
    for (const c of text) {
      const bad = (!balanced && "{}".includes(c)) || c === "\\" || /[\p{White_Space}\p{Cc}]/u.test(c);
      if (!bad) out.text += c;
      else for (const byte of new TextEncoder().encode(c)) out.text += `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
    }
  },

  /** A title, with braces around the words that a style would put in lower case. */
  title(out, title, casing) {
    new TitleWriter(out, title, casing).write();
  },
};

class TitleWriter {
  constructor(out, title, casing) {
    Object.assign(this, { out, title, casing, escaped: Latex.isBalanced(title), first: true, inside: [] });
    this.afterStop = casing === "sentence";
    this.groupEnd = this.groupStart = null;
  }

  write() {
    for (const piece of Latex.pieces(this.title)) {
      if (piece.open) {
        this.out.text += COMMANDS[piece.open];
        this.inside.push([piece.open, this.out.text.length]);
        this.groupEnd = null;
      } else if (piece.close) this.close();
      else for (const [isMath, stretch] of Latex.stretches(piece.text)) {
        if (isMath) {
          this.out.text += stretch;
          this.groupEnd = null;
          this.first = false;
        } else this.text(stretch);
      }
    }
  }

  close() {
    const start = this.inside.pop()?.[1];
    if (start !== undefined && this.groupStart === start && this.groupEnd === this.out.text.length) this.out.text += "{}";
    this.out.text += "}";
    this.groupEnd = null;
  }

  text(text) {
    text.split(" ").forEach((word, index) => {
      if (index > 0) {
        this.out.text += " ";
        if (this.groupEnd !== null && this.groupEnd + 1 !== this.out.text.length) this.groupEnd = null;
      }
      if (word !== "") this.word(word);
    });
  }

  word(word) {
    const found = /^([^\p{Alphabetic}\p{N}]*)([\p{Alphabetic}\p{N}](?:.*[\p{Alphabetic}\p{N}])?)(.*)$/su.exec(word);
    if (!found) return this.push(word);
    const [, before, core, after] = found;
    const exempt = this.first ? 1 : 0;
    this.first = false;
    const raised = this.afterStop && /^\p{Lowercase}/u.test(core);
    this.afterStop = this.casing === "sentence" && /[:?!]$/u.test(after);
    const capital = [...core].slice(exempt).some((c) => /\p{Uppercase}/u.test(c));
    if (!(raised || capital) || this.casing === "kept" || this.inside.some(([mark]) => mark === "nocase")) return this.push(word);
    if (this.groupEnd !== null && before === "" && this.groupEnd + 1 === this.out.text.length) {
      this.out.text = `${this.out.text.slice(0, this.groupEnd - 1)} `;
    } else {
      this.push(before);
      this.groupStart = this.out.text.length;
      this.out.text += "{";
    }
    this.push(core);
    this.out.text += "}";
    this.groupEnd = after === "" ? this.out.text.length : null;
    this.push(after);
  }

  push(text) {
    for (const c of text) Latex.char(this.out, c, this.escaped);
  }
}
