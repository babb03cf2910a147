// Words of a text: where they begin and end, and where in a citation a value stands.
//
// Takes strings, gives places in UTF-16 units; called by values.js (a typed value finds its own
// place) and spans.js (the ends of a place move from word to word).

"use strict";

const Words = {
  /** The ends of words and signs in a stretch of a text, both ends of the stretch among them. */
  stops(text, from, to) {
    const stops = new Set([from, to]);
    for (const found of text.slice(from, to).matchAll(/[\p{Alphabetic}\p{N}\p{M}]+|[^\s\p{Alphabetic}\p{N}\p{M}]/gu)) {
      stops.add(from + found.index).add(from + found.index + found[0].length);
    }
    return [...stops].sort((one, other) => one - other);
  },

  /** The next place where a word or, with `begins`, only where one begins or ends, from `at`. */
  step(text, at, direction, edge, from, to) {
    const pattern = /[\p{Alphabetic}\p{N}\p{M}]+|[^\s\p{Alphabetic}\p{N}\p{M}]/gu;
    const stops = [];
    for (const found of text.slice(from, to).matchAll(pattern)) {
      stops.push(from + found.index + (edge === "end" ? found[0].length : 0));
    }
    if (direction > 0) return stops.find((stop) => stop > at) ?? at;
    return stops.findLast((stop) => stop < at) ?? at;
  },

  /** The nearest end of a word. */
  nearest(text, at, from, to) {
    const near = Words.stops(text, Math.max(from, at - 60), Math.min(to, at + 60));
    return near.reduce((best, stop) => (Math.abs(stop - at) < Math.abs(best - at) ? stop : best), near[0] ?? at);
  },

  /** One line: white space of any amount is a space. */
  folded(text) {
    return text.replace(/\s+/gu, " ").trim();
  },

  /** The text of a stretch as a value: on one line, a word that the end of a line divides joined. */
  joined(text) {
    return Words.folded(text.replace(/(\p{Lowercase})[-\u00ad]\s*\r?\n\s*(?=\p{Lowercase})/gu, "$1").replaceAll("\u00ad", ""));
  },

  /** Letters and digits alone, small. */
  letters(text) {
    return text.toLowerCase().replace(/[^\p{Alphabetic}\p{N}]/gu, "");
  },

  /** Where `value` stands in a stretch of the text, white space and a line's hyphen aside: the
   * place nearest to `near`; null where it stands nowhere. */
  find(text, value, from, to, near = from) {
    const words = Words.folded(value).split(" ").filter(Boolean).map((word) => word.replace(/[\\^$.*+?()[\]{}|/-]/gu, "\\$&"));
    if (words.length === 0 || value.length > 2000) return null;
    let pattern;
    const letter = /^[\p{Alphabetic}\p{N}]/u;
    const before = letter.test(value) ? "(?<![\\p{Alphabetic}\\p{N}])" : "";
    const behind = /[\p{Alphabetic}\p{N}]$/u.test(value) ? "(?![\\p{Alphabetic}\\p{N}])" : "";
    try {
      pattern = new RegExp(before + words.join("\\s+") + behind, "gu");
    } catch {
      return null;
    }
    let best = null;
    for (const found of text.slice(from, to).matchAll(pattern)) {
      const start = from + found.index;
      if (!best || Math.abs(start - near) < Math.abs(best[0] - near)) best = [start, start + found[0].length];
    }
    return best;
  },

  /** A count with its word. */
  count(number, word) {
    return `${number.toLocaleString("en")} ${word}${number === 1 ? "" : "s"}`;
  },
};
