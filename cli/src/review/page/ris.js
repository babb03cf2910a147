// RIS records of works that a person changed, as src/format/ris/{write,variable}.rs spell them.
// Where a field goes says the table (csl.js): a tag, or a line of its name in `M2`. Unchanged
// works keep the library's own record. Called by save.js.

"use strict";

const Ris = {
  /** The record of a work. */
  record(work, annotation = "abstract") {
    const has = (field) => Csl.has(work, field);
    const [type, kind] = placesOf("ris", work, "", has);
    const [tagged, byName] = [[], []];
    const line = (tag, value) => tagged.push(`${tag}  - ${value}`);
    line("TY", type);
    line("ID", work.id);
    if (kind) byName.push(`type: ${kind}`);
    for (const field of Object.keys(PLACES.fields)) {
      if (!Csl.has(work, field, annotation)) continue;
      const value = Csl.value(work, field, annotation);
      for (const place of placesOf("ris", work, field, has)) {
        if (Array.isArray(place)) {
          if (Csl.has(work, field)) Ris.variable(byName, field, work.fields[field]);
        } else if (place === "M2" && field === "number-of-pages") {
          // A pamphlet's, bare where it is a number.
          byName.push(/^[0-9]+$/u.test(value) ? value : `${field}: ${value}`);
        } else if (place === "EP" && field === "page") continue;
        else Ris.tagged(line, place, field, value, work.kind);
      }
    }
    const lines = tagged.concat(byName.map((value) => `M2  - ${Ris.folded(value)}`));
    return `${lines.join("\r\n")}\r\nER  - \r\n\r\n`;
  },

  tagged(line, tag, field, value, kind) {
    switch (Csl.class(field)) {
      case "names":
        return value.list.forEach((name) => line(tag, Ris.name(name)));
      case "keywords":
        return value.forEach((word) => line(tag, Ris.folded(word)));
      case "pages": return Ris.pages(line, value);
      case "date":
        if (field !== "issued") return line(tag, Ris.date(value));
        return tag === "PY" ? Ris.issued(line, value, kind) : undefined;
      default:
        return line(tag, Ris.folded(value));
    }
  },

  /** White space of any kind and amount is one space, controls go. */
  folded(text) {
    const words = text.split(/(?![\u00a0\u202f])\p{White_Space}/u).filter(Boolean);
    return words.map((word) => word.replace(/\p{Cc}/gu, "")).join(" ");
  },

  family(name) {
    return [name["dropping-particle"], name["non-dropping-particle"], name.family].filter(Boolean);
  },

  name(name) {
    if (name.literal !== undefined) return `${Ris.folded(name.literal)},`;
    let text = `${Ris.family(name).map(Ris.folded).join(" ")},`;
    if (name.given) text += ` ${Ris.folded(name.given)}`;
    if (name.suffix) text += `${name.given ? ", " : " , "}${Ris.folded(name.suffix)}`;
    return text;
  },

  pages(line, pages) {
    const ranges = pages.split(/\s*[,;]\s*/u);
    const ends = pages.split("-");
    if (ranges.length === 1 && !pages.includes("–") && ends.length === 2) {
      line("SP", Ris.folded(ends[0]));
      line("EP", Ris.folded(ends[1]));
    } else line("SP", Ris.folded(pages));
  },

  year({ year }) {
    return year > 0 ? String(year).padStart(4, "0") : String(year - 1);
  },

  issued(line, date, kind) {
    const { points, literal, circa, uncertain } = Dates.parts(date);
    if (literal !== undefined) return line("PY", Ris.folded(literal));
    const first = points[0] ?? points[1];
    if (!first) return;
    line("PY", Ris.year(first));
    const onlyYear = !first.month && !first.season && points.length === 1 && !circa && !uncertain;
    if (!onlyYear || kind === "paper-conference") line("DA", Ris.date(date));
  },

  /** `YYYY/MM/DD/other`. */
  date(date) {
    const { points, literal, circa, uncertain } = Dates.parts(date);
    if (literal !== undefined) return Ris.folded(literal);
    const first = points[0] ?? points[1];
    if (!first) return "";
    const two = (number) => (number ? String(number).padStart(2, "0") : "");
    const words = [];
    if (first.season) words.push(["Spring", "Summer", "Autumn", "Winter"][first.season - 1]);
    if (points.length === 2) {
      if (points[0] === null) words.push("until");
      else words.push(points[1] ? `to ${Dates.point(points[1])}` : "to");
    }
    if (circa) words.push("circa");
    if (uncertain) words.push("uncertain");
    return `${Ris.year(first)}/${two(first.month)}/${two(first.day)}/${words.join(" ")}`;
  },

  /** A line of a variable's name, for what has no tag. */
  variable(lines, field, value) {
    const line = (text) => lines.push(`${field}: ${text}`);
    switch (Csl.class(field)) {
      case "names":
        return value.list.forEach((name) => {
          if (name.literal !== undefined) return line(name.literal);
          line(`${Ris.family(name).join(" ")} || ${name.given ?? ""}${name.suffix ? `, ${name.suffix}` : ""}`);
        });
      case "keywords": return value.forEach(line);
      case "date": return line(Dates.print(value));
      default: return line(value);
    }
  },
};
