// CSL-JSON items to the page's works and back, as the library spells them.
//
// A work here is {id, kind, fields, other, custom}: `fields` has CSL's names and, by class, a text,
// {list, others} of names, CSL's date object, or a list of keywords. What CSL-JSON has no place
// for stands under `custom`, as in src/format/csl_json/write.rs. Called by works.js and by the
// writers; PLACES is the table that cli/tests/places.rs makes of the library.

"use strict";

let PLACES = { kinds: {}, fields: {}, beside: {}, languages: {} };

const Csl = {
  /** The class of a field: text, number, names, date, pages, keywords. */
  class(field) {
    return PLACES.fields[field]?.class ?? "text";
  },

  /** The field that a property of an item holds. */
  field(property) {
    if (!Csl.properties) {
      Csl.properties = new Map();
      for (const [field, row] of Object.entries(PLACES.fields)) {
        if (row.csl) Csl.properties.set(row.csl, field);
      }
    }
    return Csl.properties.get(property);
  },

  /** A work of an item. */
  read(item) {
    const work = { id: String(item.id ?? ""), kind: item.type, fields: {}, other: {}, custom: {} };
    for (const [property, value] of Object.entries(item)) {
      const field = Csl.field(property);
      if (["id", "type", "custom"].includes(property)) continue;
      if (!field) work.other[property] = value;
      else if (Csl.class(field) === "names") work.fields[field] = { list: value, others: false };
      else if (Csl.class(field) === "keywords") work.fields[field] = value.split(/\s*,\s*/u);
      else work.fields[field] = value;
    }
    for (const [name, value] of Object.entries(item.custom ?? {})) {
      const row = Object.hasOwn(PLACES.fields, name) ? PLACES.fields[name] : undefined;
      if (name === "type") work.kind = value;
      else if (name === "keywords") work.fields.keyword = value;
      else if (name === "et-al") {
        for (const field of value === true ? ["author"] : value) {
          if (work.fields[field]) work.fields[field].others = true;
        }
      } else if (row && !row.csl) {
        work.fields[name] = row.class === "names" ? Csl.openNames(value) : value;
      } else work.custom[name] = value;
    }
    return work;
  },

  /** Names of `custom`, where a last name `others` says that there are more. */
  openNames(list) {
    const others = list.at(-1)?.literal === "others";
    return { list: others ? list.slice(0, -1) : list, others };
  },

  /** The item of a work; with `annotation`, the abstract stands in that variable. */
  write(work, annotation = "abstract") {
    const item = { id: work.id, type: PLACES.kinds[work.kind]?.csl ?? work.kind };
    const custom = {};
    if (item.type !== work.kind) custom.type = work.kind;
    const open = [];
    const fields = Object.keys(PLACES.fields).filter((field) => Csl.has(work, field, annotation));
    for (const field of fields) {
      const property = PLACES.fields[field].csl;
      const value = Csl.value(work, field, annotation);
      if (!property) continue;
      if (Csl.class(field) === "names") {
        item[property] = value.list;
        if (value.others) open.push(field);
      } else item[property] = Array.isArray(value) ? value.join(", ") : value;
    }
    Object.assign(item, work.other);
    if (open.length > 0) custom["et-al"] = open.length === 1 && open[0] === "author" ? true : open;
    const words = work.fields.keyword ?? [];
    if (words.some((word) => word === "" || word.trim() !== word || /[,;]/u.test(word))) {
      custom.keywords = words;
    }
    for (const field of fields.filter((field) => !PLACES.fields[field].csl)) {
      const value = Csl.value(work, field, annotation);
      custom[field] = value.list ? value.list.concat(value.others ? [{ literal: "others" }] : []) : value;
    }
    Object.assign(custom, work.custom);
    if (Object.keys(custom).length > 0) item.custom = custom;
    return item;
  },

  /** Whether a work has a value to write in a field. */
  has(work, field, annotation = "abstract") {
    const value = Csl.value(work, field, annotation);
    return value !== undefined && value !== "" && value.length !== 0 && value.list?.length !== 0;
  },

  /** The value of a field; where the annotation goes elsewhere, behind that field's own text. */
  value(work, field, annotation = "abstract") {
    const own = work.fields[field];
    if (annotation === "abstract") return own;
    if (field === "abstract") return undefined;
    const added = field === annotation ? work.fields.abstract : undefined;
    return own && added ? `${own}\n\n${added}` : (own ?? added);
  },
};

/** A DOI, address or other value by field, in the writers. */
function placesOf(format, work, field, has) {
  for (const [of, beside, places, kinds] of PLACES.beside[format] ?? []) {
    if (of === field && has(beside) && fits(kinds, work.kind)) return places;
  }
  if (field === "") return PLACES.kinds[work.kind]?.[format] ?? PLACES.kinds.document[format];
  const row = PLACES.fields[field]?.[format] ?? [];
  return row.find(([kinds]) => fits(kinds, work.kind))?.[1] ?? [];
}

function fits(kinds, kind) {
  return kinds === "*" || kinds.split(" ").includes(kind);
}
