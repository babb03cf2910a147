// BibTeX and BibLaTeX entries of works that a person changed, as src/format/bibtex/write.rs
// spells them. Where a field goes says the table (csl.js); unchanged works keep the library's
// own entry. Called by save.js.

"use strict";

const Bib = {
  /** The entry of a work; `format` is bibtex or biblatex. */
  entry(work, format, annotation = "abstract") {
    const has = (field) => Csl.has(work, field);
    const [type, subtype] = placesOf(format, work, "", has);
    const out = { text: `@${type}{${work.id}` };
    const bare = out.text.length;
    const roles = ["editora", "editorb", "editorc"];
    const put = (name, spell) => {
      out.text += `,\n  ${name} = {`;
      spell();
      out.text += "}";
    };
    for (const field of Object.keys(PLACES.fields)) {
      if (!Csl.has(work, field, annotation)) continue;
      const value = Csl.value(work, field, annotation);
      const places = placesOf(format, work, field, has);
      const names = places.filter((place) => typeof place === "string");
      const role = places.find((place) => place.role)?.role;
      if (["archive", "archive_location"].includes(field) && Bib.isEprint(work)) {
        if (field === "archive") {
          put("eprint", () => Latex.verbatim(out, work.fields.archive_location));
          put("eprinttype", () => Latex.plain(out, work.fields.archive));
        }
      } else if (Csl.class(field) === "names" && role) {
        const next = roles.shift();
        put(next ?? role.replaceAll("-", ""), () => Bib.names(out, value));
        if (next) {
          put(`${next}type`, () => (out.text += role));
          for (const name of names) put(name, () => Bib.names(out, value));
        }
      } else if (field === "issued") Bib.issued(put, out, value, format);
      else {
        if (field === "language" && Bib.babel(value)) put("langid", () => (out.text += Bib.babel(value)));
        for (const name of names) put(name, () => Bib.value(out, work, field, name, value, format));
        if (field === "number" && value.startsWith("arXiv:")) {
          put("eprint", () => Latex.verbatim(out, value.slice("arXiv:".length)));
          put("eprinttype", () => (out.text += "arxiv"));
        }
      }
    }
    if (subtype) put("entrysubtype", () => (out.text += subtype));
    if (out.text.length === bare) out.text += ",";
    return `${out.text}\n}\n`;
  },

  value(out, work, field, name, value, format) {
    switch (Csl.class(field)) {
      case "names": return Bib.names(out, value);
      case "date": return Bib.date(out, value);
      case "pages": return Bib.pages(out, value);
      case "keywords": return Bib.keywords(out, value);
    }
    if (["DOI", "URL"].includes(field)) return Latex.verbatim(out, value);
    if (Bib.CASED.includes(name)) return Latex.title(out, value, Bib.casing(work, format));
    if (["abstract", "annote", "note"].includes(field)) {
      value.split(/\r?\n/u).map((line) => line.trim()).filter(Boolean).forEach((line, index) => {
        if (index > 0) out.text += "\n";
        Latex.rich(out, line);
      });
    } else if (Bib.LISTS.includes(name) && value.split(/\p{White_Space}+/u).includes("and")) {
      out.text += "{";
      Latex.rich(out, value);
      out.text += "}";
    } else Latex.rich(out, value);
  },

  CASED: ["title", "booktitle", "maintitle", "volumetitle", "series", "shorttitle", "eventtitle", "origtitle"],
  LISTS: ["publisher", "institution", "school", "address", "location", "origpublisher", "origlocation"],
  ARCHIVES: ["arxiv", "jstor", "hdl", "googlebooks", "hal", "ssrn", "biorxiv", "medrxiv", "mr"],

  isEprint(work) {
    const { archive, archive_location: place, number } = work.fields;
    return Boolean(archive && place) && !/\p{White_Space}/u.test(place)
      && Bib.ARCHIVES.includes(archive.toLowerCase()) && !(number ?? "").startsWith("arXiv:");
  },

  babel(tag) {
    const named = (tag) => Object.entries(PLACES.languages).find(([known]) => known.toLowerCase() === tag.toLowerCase())?.[1];
    return named(tag) ?? named(tag.split(/[-_]/u)[0]);
  },

  casing(work, format) {
    const tag = work.fields.language;
    if (!tag || tag.slice(0, 2).toLowerCase() === "en") return "sentence";
    return format === "biblatex" && Bib.babel(tag) ? "kept" : "lowered";
  },

  pages(out, pages) {
    pages.split(/\s*[,;]\s*/u).forEach((range, index) => {
      if (index > 0) out.text += ", ";
      // `3-1–3-24`: a dash divides where there is one, else a lone hyphen.
      const dash = range.split("–");
      const hyphen = range.split("-");
      const ends = dash.length === 2 ? dash : dash.length === 1 && hyphen.length === 2 ? hyphen : [range];
      Latex.plain(out, ends[0]);
      if (ends.length > 1) {
        out.text += "--";
        Latex.plain(out, ends[1]);
      }
    });
  },

  keywords(out, words) {
    words.forEach((word, index) => {
      if (index > 0) out.text += ", ";
      const spelled = { text: out.text };
      Latex.plain(spelled, word);
      const text = spelled.text.slice(out.text.length);
      if (!/[,;]/u.test(word)) out.text += text;
      else if (/[${}]/u.test(text)) out.text += `{${text}}`;
      else out.text += text.replaceAll(",", "{,}").replaceAll(";", "{;}");
    });
  },

  date(out, date) {
    if (Dates.parts(date).literal !== undefined) Latex.rich(out, Dates.parts(date).literal);
    else out.text += Dates.print(date).replaceAll("..", "");
  },

  issued(put, out, date, format) {
    const { points, literal, circa, uncertain } = Dates.parts(date);
    const first = points[0] ?? points[1];
    if (literal !== undefined || !first) return put("year", () => Bib.date(out, date));
    if (format === "biblatex") return put("date", () => Bib.date(out, date));
    const isYear = (point) => point && !point.month && !point.season && point.year > 0;
    const simple = points.length === 1 && !first.day && !first.season && first.year > 0 && !circa && !uncertain;
    if (!simple) put("date", () => Bib.date(out, date));
    put("year", () => {
      if (points.length === 2 && points.every(isYear) && !circa && !uncertain) out.text += Dates.print(date);
      else out.text += first.year > 0 ? String(first.year).padStart(4, "0") : String(first.year - 1);
    });
    if (first.month) {
      out.text += `,\n  month = ${Dates.MONTHS[first.month - 1]}`;
      if (first.day && points.length === 1) put("day", () => (out.text += first.day));
    }
  },

  names(out, names) {
    names.list.forEach((name, index) => {
      if (index > 0) out.text += " and ";
      if (name.literal !== undefined) Bib.braced(out, name.literal);
      else Bib.person(out, name);
    });
    if (names.others) out.text += " and others";
  },

  person(out, person) {
    const family = person.family.trim();
    const particles = [person["dropping-particle"], person["non-dropping-particle"]].filter(Boolean);
    if (!person.given && !person.suffix && particles.length === 0) {
      if (/[^\p{Alphabetic}\p{N}]/u.test(family) || /^(?:and|others)$/iu.test(family)) Bib.braced(out, family);
      else Latex.plain(out, family);
      return;
    }
    for (const particle of particles) {
      Bib.part(out, particle, false);
      out.text += " ";
    }
    const small = family.split(/\p{White_Space}+/u).some((word) => /^[^\p{Alphabetic}]*\p{Lowercase}/u.test(word));
    Bib.part(out, family, small || Bib.beginsWithInitial(family));
    if (person.suffix) {
      out.text += ", ";
      Bib.part(out, person.suffix, false);
    }
    out.text += ", ";
    if (!person.given && person.suffix) out.text += "{}";
    else Bib.part(out, person.given ?? "", /\p{Uppercase}\.\p{Uppercase}/u.test(person.given ?? ""));
  },

  beginsWithInitial(name) {
    const words = name.split(/[ ~\n\t]/u).filter(Boolean);
    const last = words.length > 1 ? words.at(-1) : "";
    return /^\p{Uppercase}\.$/u.test(words[0] ?? "") && [...last].length > 1 && !last.endsWith(".");
  },

  part(out, part, keep) {
    const divides = /[,;&{}=]/u.test(part)
      || part.split(/\p{White_Space}+/u).some((word) => word.toLowerCase() === "and")
      || part.replace(/\.+$/u, "").endsWith("et al");
    if (keep || divides) Bib.braced(out, part);
    else Bib.line(out, part);
  },

  braced(out, part) {
    out.text += "{";
    Bib.line(out, part);
    out.text += "}";
  },

  line(out, part) {
    part.split(/\p{White_Space}+/u).filter(Boolean).forEach((word, index) => {
      if (index > 0) out.text += " ";
      Latex.plain(out, word);
    });
  },
};
