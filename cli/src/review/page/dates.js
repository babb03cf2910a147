// Dates: CSL's date objects to EDTF (`2010-11`, `2010/2012`, `1850~`) and back.
//
// A person types and reads EDTF in the page; BibLaTeX and RIS are written of the parts. The forms
// are those of src/work/date.rs: years are astronomical here, and historical in CSL-JSON (-44 is
// 44 BC, and 0 is an open end).

"use strict";

const Dates = {
  /** {points: [first, last?], literal, circa, uncertain} of a CSL date; a point is null where a
   * range is open. */
  parts(date) {
    if (typeof date === "string") return { points: [], literal: date, circa: false, uncertain: false };
    const sign = date.circa === true ? "~" : String(date.circa ?? "");
    const points = (date["date-parts"] ?? []).map(([year, month, day]) => {
      if (Number(year) === 0) return null;
      const point = { year: Number(year) > 0 ? Number(year) : Number(year) + 1 };
      if (Number(month) > 20) point.season = Number(month) - 20;
      else if (month) point.month = Number(month);
      if (day) point.day = Number(day);
      return point;
    });
    if (date.season && points.length === 1 && points[0]) points[0].season = Number(date.season);
    return {
      points,
      literal: points.length === 0 ? (date.literal ?? date.raw ?? "") : undefined,
      circa: sign === "~" || sign === "%" || (sign !== "" && sign !== "?"),
      uncertain: sign === "?" || sign === "%",
    };
  },

  /** A point as EDTF. */
  point({ year, month, day, season }) {
    const two = (number) => String(number).padStart(2, "0");
    let text = Math.abs(year) >= 10000 ? `Y${year}` : (year < 0 ? "-" : "") + String(Math.abs(year)).padStart(4, "0");
    if (season) text += `-${season + 20}`;
    if (month) text += `-${two(month)}`;
    if (day) text += `-${two(day)}`;
    return text;
  },

  /** A date as EDTF, or its words. */
  print(date) {
    const { points, literal, circa, uncertain } = Dates.parts(date);
    if (literal !== undefined) return literal;
    const mark = circa ? (uncertain ? "%" : "~") : uncertain ? "?" : "";
    return points.map((point) => (point ? Dates.point(point) + mark : "..")).join("/");
  },

  /** The CSL date of what a person types: EDTF, else words. */
  parse(text) {
    const typed = text.trim();
    const ends = typed.split("/");
    const points = ends.map(Dates.parsePoint);
    const open = (end) => end === "" || end === "..";
    const isRange = ends.length === 2 && !ends.every(open);
    if (ends.length > 2 || points.some((point, at) => !point && !(isRange && open(ends[at])))) {
      return { literal: typed };
    }
    const date = {
      "date-parts": points.map((point) => {
        if (!point) return [0];
        const parts = [point.year > 0 ? point.year : point.year - 1];
        if (point.month) parts.push(point.month);
        else if (point.season && isRange) parts.push(point.season + 20);
        if (point.day) parts.push(point.day);
        return parts;
      }),
    };
    if (!isRange && points[0].season) date.season = points[0].season;
    const marks = typed.replace(/[^~?%]/gu, "");
    const circa = /[~%]/u.test(marks);
    const uncertain = /[?%]/u.test(marks);
    if (circa || uncertain) date.circa = circa ? (uncertain ? "%" : true) : "?";
    return date;
  },

  /** A point of EDTF; null for anything else. */
  parsePoint(text) {
    const found = /^(?:Y(-?\d{5,9})|(-?\d{4}))(?:-(\d\d))?(?:-(\d\d))?[~?%]?$/u.exec(text.trim());
    if (!found) return null;
    const year = Number(found[1] ?? found[2]);
    const [month, day] = [Number(found[3] ?? 0), Number(found[4] ?? 0)];
    if (month >= 21 && month <= 24 && !day) return { year, season: month - 20 };
    if (found[3] !== undefined && (month < 1 || month > 12)) return null;
    if (found[4] !== undefined) {
      const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
      const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
      if (day < 1 || day > days) return null;
    }
    return { year, ...(month && { month }), ...(day && { day }) };
  },

  /** The date that a stretch of a citation says: EDTF, a day, month and year in English, a year;
   * else its words. */
  ofText(text) {
    const typed = text.replace(/^[\s([,.;:]+|[\s)\],.;:]+$/gu, "");
    const edtf = Dates.parse(typed);
    if (!edtf.literal) return edtf;
    const years = typed.match(/\b\d{4}\b/gu) ?? [];
    const range = /^(\d{4})\s*[-–—/]\s*(\d{4})$/u.exec(typed);
    if (range) return Dates.parse(`${range[1]}/${range[2]}`);
    if (years.length !== 1) return edtf;
    const month = Dates.MONTHS.findIndex((name) => new RegExp(`\\b${name}`, "iu").test(typed)) + 1;
    const day = /\b(\d{1,2})(?:st|nd|rd|th)?\b/u.exec(typed.replace(years[0], ""))?.[1];
    const two = (number) => String(number).padStart(2, "0");
    const whole = Dates.parse(years[0] + (month ? `-${two(month)}${day ? `-${two(day)}` : ""}` : ""));
    return whole.literal ? Dates.parse(years[0]) : whole;
  },

  MONTHS: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
};
