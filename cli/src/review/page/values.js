// Values of fields as a person types and reads them, and where they stand in the citation.
//
// By class: a text as it is, names `Family, Given; Family, Given` (a body has no comma), dates in
// EDTF, keywords with semicolons between. What is printed and not changed is read as the very same
// value. Called by editor.js, names.js and spans.js.

"use strict";

const Values = {
  /** A value in one line. */
  print(field, value) {
    if (value === undefined) return "";
    switch (Csl.class(field)) {
      case "names":
        return value.list.map(Values.printName).concat(value.others ? ["et al."] : []).join("; ");
      case "date": return Dates.print(value);
      case "keywords": return value.join("; ");
      default: return value;
    }
  },

  printName(name) {
    if (name.literal !== undefined) return name.literal.includes(",") ? `{${name.literal}}` : name.literal;
    const family = [name["dropping-particle"], name["non-dropping-particle"], name.family].filter(Boolean).join(" ");
    return [family, name.given ?? "", name.suffix].filter((part, at) => at < 2 || part).join(", ").trim();
  },

  /** The value that a line says; `old` is the one before, whose names are kept where the line has
   * them as they were printed. */
  parse(field, line, old) {
    switch (Csl.class(field)) {
      case "names": return Values.parseNames(line, old);
      case "date": return line.trim() === "" ? undefined : Dates.parse(line);
      case "keywords": return line.split(";").map(Words.folded).filter(Boolean);
      case "pages": return Values.parsePages(line);
      default:
        return ["abstract", "annote", "note"].includes(field)
          ? line.split(/\r?\n/u).map((one) => one.trim()).filter(Boolean).join("\n")
          : Words.folded(line);
    }
  },

  parsePages(line) {
    const dashes = /[‐-―−~∼〜~﹘﹣-]/gu;
    return line.split(/[,;]/u).map((range) => {
      const ends = Words.folded(range).replace(/--+/gu, "–").split(dashes).map((end) => end.trim());
      return ends.length === 2 ? ends.filter(Boolean).join("-") : Words.folded(range);
    }).filter(Boolean).join(", ");
  },

  parseNames(line, old) {
    const known = new Map((old?.list ?? []).map((name) => [Values.printName(name), name]));
    const pieces = line.split(";").map(Words.folded).filter(Boolean);
    const others = pieces.length > 0 && /^(?:et al\.?|and others|others)$/iu.test(pieces.at(-1));
    if (others) pieces.pop();
    return { list: pieces.map((piece) => known.get(piece) ?? Values.parseName(piece)), others };
  },

  /** `van der Berg, J., Jr.`; a body is a name without a comma, or one in braces. */
  parseName(piece) {
    const body = /^\{(.*)\}$/u.exec(piece);
    if (body) return { literal: body[1].trim() };
    const [family, given, ...suffix] = piece.split(",").map((part) => part.trim());
    if (given === undefined) return { literal: family };
    const particle = /^((?:\p{Lowercase}[\p{Lowercase}'’]*\s+)+)(?=\S)/u.exec(family);
    const name = { family: particle ? family.slice(particle[0].length) : family };
    if (given) name.given = given;
    if (particle) name["non-dropping-particle"] = particle[1].trim();
    if (suffix.length > 0 && suffix.join("")) name.suffix = suffix.join(", ");
    return name;
  },

  /** A name of a stretch of a citation: `Roe, J.`, `J. Roe`, `Roe J`, a body. */
  nameOfText(text) {
    const typed = Words.joined(text).replace(/^[\s,;&]+|[\s,;&]+$/gu, "");
    if (typed.includes(",")) return Values.parseName(typed);
    const words = typed.split(" ");
    const isInitial = (word) => /^(?:\p{Uppercase}\.?-?){1,3}$/u.test(word);
    if (words.length > 1 && words.length < 5) {
      if (isInitial(words.at(-1)) && !isInitial(words[0])) return Values.parseName(`${words.slice(0, -1).join(" ")}, ${words.at(-1)}`);
      const initials = words.findIndex((word) => !isInitial(word));
      if (initials > 0) return Values.parseName(`${words.slice(initials).join(" ")}, ${words.slice(0, initials).join(" ")}`);
    }
    return { literal: typed };
  },

  /** The value that a stretch of the citation says; of a names field, of one name. */
  ofText(field, text) {
    switch (Csl.class(field)) {
      case "names": return Values.nameOfText(text);
      case "date": return Dates.ofText(Words.joined(text));
      case "keywords": return Words.joined(text);
      case "pages": return Values.parsePages(Words.joined(text).replace(/^(?:pp?|S|s)\.\s*/u, ""));
      case "number": return Words.joined(text);
      default:
        if (["abstract", "annote"].includes(field)) return text.split(/\n\s*\n/u).map(Words.joined).filter(Boolean).join("\n");
        if (field === "DOI") return Words.joined(text).replace(/\s/gu, "").replace(/^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:)/iu, "");
        if (field === "URL") return text.replace(/\s/gu, "");
        return Words.joined(text);
    }
  },

  /** What of a value must stand in a stretch for it to be the value's place. */
  core(field, value) {
    if (Csl.class(field) === "names") return value.literal ?? value.family ?? "";
    if (Csl.class(field) === "date") {
      const point = Dates.parts(value).points.find(Boolean);
      return point ? String(Math.abs(point.year)) : Dates.print(value);
    }
    if (Csl.class(field) === "pages") return value.split(/[-–,]/u)[0];
    return String(value);
  },

  /** The place of a value in its citation. `old` are the stretches that it had. They stay where
   * they still say it; else the nearest place that says it verbatim; else none. */
  place(text, region, field, value, old) {
    const core = Values.core(field, value);
    const near = old[0]?.[0] ?? region[0];
    const said = Words.letters(old.map(([start, end]) => text.slice(start, end)).join(" "));
    const isName = Csl.class(field) === "names";
    const isText = ["text", "number"].includes(Csl.class(field));
    const fits = isText ? said === Words.letters(core) : said.includes(Words.letters(core));
    if (old.length > 0 && said !== "" && core !== "" && fits) return old;
    const whole = isName
      ? value.literal !== undefined ? [value.literal] : [`${value.family}, ${value.given ?? ""}`, `${value.given ?? ""} ${value.family}`, `${value.family} ${value.given ?? ""}`]
      : [Values.print(field, Csl.class(field) === "keywords" ? [value] : value)];
    if (Csl.class(field) === "pages") whole.push(value.replace("-", "–"), value.replace("-", "--"), value.replace("-", "—"));
    for (const wanted of whole.concat(core)) {
      const found = Words.find(text, wanted, region[0], region[1], near);
      if (found) return [found];
    }
    return [];
  },
};
