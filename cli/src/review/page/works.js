// The works of the page and all that happens to them: what is there, what was changed, undo.
//
// Reads the data that cli/src/review/data.rs wrote; text.js, cards.js and editor.js show it and
// ask for changes. A change is a function over one work's state; before and after are kept, so
// that undo is exact. Whoever shows something listens with Works.listen.

"use strict";

const Works = {
  documents: [],
  all: [],
  current: null,
  undone: [],
  done: [],
  listeners: [],
  annotation: "abstract",

  load(data) {
    Works.annotation = data.annotation;
    Works.version = data.citelift;
    Works.documents = data.documents.map(({ name, sha256, text }, number) => ({ name, sha256, text, number, works: [] }));
    data.documents.forEach((document, number) => {
      for (const entry of document.works) Works.add(Works.documents[number], entry);
    });
    for (const document of Works.documents) Works.bound(document);
    return Works.all;
  },

  /** Takes up a work of the data. */
  add(document, { status, span, confidence, item, fields, doubts, records }) {
    const spans = {};
    const sure = {};
    for (const [field, index, share, places] of fields) {
      spans[`${field}#${index}`] = places;
      sure[field] = Math.min(sure[field] ?? 1, share);
    }
    const model = Csl.read(item);
    const work = {
      number: Works.all.length, document, span, confidence, doubts, records, sure,
      given: status === "removed" ? null : status,
      added: status === "added",
      state: { id: model.id, kind: model.kind, fields: model.fields, spans, accepted: status !== null && status !== "removed", removed: status === "removed" },
      rest: { other: model.other, custom: model.custom },
    };
    work.first = structuredClone(work.state);
    work.untouched = work.state;
    Works.all.push(work);
    document.works.push(work);
    return work;
  },

  /** How far each work of a document reaches: its citation, and what stands behind it that is its
   * own (an annotation), up to the next citation. */
  bound(document) {
    document.works.sort((one, other) => one.span[0] - other.span[0] || one.number - other.number);
    document.works.forEach((work, at) => {
      const next = document.works[at + 1]?.span[0] ?? document.text.length;
      const ends = Object.values(work.state.spans).flat().filter(([start]) => start >= work.span[0] && start < next);
      const end = ends.reduce((end, span) => Math.max(end, span[1]), work.span[1]);
      work.region = [work.span[0], Math.max(work.span[0], Math.min(end, Math.max(next, work.span[1])))];
    });
  },

  /** What became of a work: removed, added, corrected, accepted, or null. */
  status(work) {
    if (work.state.removed) return "removed";
    if (work.added) return "added";
    if (Works.isChanged(work)) return "corrected";
    return work.given === "corrected" ? "corrected" : work.state.accepted ? "accepted" : null;
  },

  /** Whether the work is other than the page was made with. */
  isChanged(work) {
    if (work.comparedAt !== work.state) {
      work.firstKey ??= Works.content(work.first, true);
      work.changed = Works.content(work.state, true) !== work.firstKey;
      work.comparedAt = work.state;
    }
    return work.changed;
  },

  /** Whether the work is written otherwise than the page was made with. */
  isRewritten(work) {
    return work.added || Works.content(work.first, false) !== Works.content(work.state, false);
  },

  /** What a state says, in one order; with or without the places. */
  content({ id, kind, fields, spans }, withPlaces) {
    const sorted = (object) => Object.entries(object).sort(([one], [other]) => (one < other ? -1 : 1));
    return JSON.stringify([id, kind, sorted(fields), withPlaces && sorted(spans)]);
  },

  /** The work as the writers take it. */
  model({ state, rest }) {
    return { id: state.id, kind: state.kind, fields: state.fields, ...rest };
  },

  isSettled(work) {
    return work.state.accepted || work.state.removed;
  },

  /** Changes a work by a function over a copy of its state; says what was done. */
  change(work, what, edit) {
    const before = work.state;
    const after = structuredClone(before);
    edit(after);
    if (JSON.stringify(before) === JSON.stringify(after)) return false;
    work.state = after;
    Works.done.push({ work, before, after, what });
    Works.undone = [];
    Works.tell({ work, what });
    return true;
  },

  undo() {
    const last = Works.done.pop();
    if (!last) return Works.tell({ what: "nothing to undo" });
    last.work.state = last.before;
    Works.undone.push(last);
    Works.tell({ work: last.work, what: `undone: ${last.what}`, show: true });
  },

  redo() {
    const last = Works.undone.pop();
    if (!last) return Works.tell({ what: "nothing to do again" });
    last.work.state = last.after;
    Works.done.push(last);
    Works.tell({ work: last.work, what: `done again: ${last.what}`, show: true });
  },

  /** Sets the value of a field, and finds its place. */
  set(work, field, value) {
    const label = Fields.label(field);
    return Works.change(work, `${label} changed`, (state) => {
      const old = state.fields[field];
      if (value === undefined || !Csl.has({ fields: { [field]: value } }, field)) {
        delete state.fields[field];
        for (const key of Works.keys(state, field)) delete state.spans[key];
        return;
      }
      state.fields[field] = value;
      Works.anchor(work, state, field, old);
    });
  },

  keys(state, field) {
    return Object.keys(state.spans).filter((key) => key.startsWith(`${field}#`));
  },

  /** Finds the places of a field's values anew; those of names that are as before are kept. */
  anchor(work, state, field, old) {
    const text = work.document.text;
    const value = state.fields[field];
    const items = value?.list ?? (Array.isArray(value) ? value : [value]);
    const before = old?.list ?? (Array.isArray(old) ? old : [old]);
    const known = new Map(before.map((item, index) => [JSON.stringify(item), state.spans[`${field}#${index}`] ?? []]));
    const places = items.map((item, index) => {
      const same = known.get(JSON.stringify(item));
      const was = same ?? state.spans[`${field}#${index}`] ?? [];
      return same?.length ? same : Values.place(text, work.region, field, item, was);
    });
    for (const key of Works.keys(state, field)) delete state.spans[key];
    places.forEach((place, index) => {
      if (place.length > 0) state.spans[`${field}#${index}`] = place;
    });
  },

  /** Puts a field's value number `index` to a stretch of the text, and takes the value from it. */
  mark(work, field, index, [start, end]) {
    const said = Values.ofText(field, work.document.text.slice(start, end));
    return Works.change(work, `${Fields.label(field)} marked in the text`, (state) => {
      const value = state.fields[field];
      state.spans[`${field}#${index}`] = [[start, end]];
      if (Csl.class(field) === "names") {
        const list = (value?.list ?? []).slice();
        list[index] = said;
        state.fields[field] = { list, others: value?.others ?? false };
      } else if (Csl.class(field) === "keywords") {
        const list = (value ?? []).slice();
        list[index] = said;
        state.fields[field] = list;
      } else state.fields[field] = said;
    });
  },

  /** A work that a person found in the text. */
  create(document, [start, end]) {
    const title = Words.joined(document.text.slice(start, end));
    const work = Works.add(document, {
      status: "added", span: [start, end], confidence: 1, doubts: [], records: null,
      item: { id: Works.freeKey(title), type: "document", title },
      fields: [["title", 0, 1, [[start, end]]]],
    });
    work.state.accepted = false;
    work.first = structuredClone(work.state);
    Works.bound(document);
    Works.done.push({ work, before: { ...work.state, removed: true }, after: work.state, what: "work added" });
    Works.tell({ work, what: "work added", added: true });
    return work;
  },

  /** A cite key that no work has. */
  freeKey(title) {
    const taken = new Set(Works.all.map((work) => work.state.id));
    const plain = title.normalize("NFD").toLowerCase().split(/\s+/u).map((word) => word.replace(/[^a-z0-9]/gu, "")).find((word) => word.length > 3) ?? "work";
    let key = plain;
    for (let number = 2; taken.has(key); number += 1) key = `${plain}${number}`;
    return key;
  },

  listen(listener) {
    Works.listeners.push(listener);
  },

  tell(event) {
    for (const listener of Works.listeners) listener(event);
  },

  select(work, how = {}) {
    if (Works.current === work) return;
    const before = Works.current;
    Works.current = work;
    Works.tell({ selected: work, before, ...how });
  },
};

/** What fields and kinds are called, and which colour they have. */
const Fields = {
  LABELS: {
    DOI: "DOI", URL: "URL", ISBN: "ISBN", ISSN: "ISSN", PMID: "PMID", PMCID: "PMCID",
    "container-title": "in (journal, book, site)", "collection-title": "series", "collection-number": "number in series",
    issued: "date", page: "pages", "publisher-place": "place", abstract: "annotation", keyword: "keywords",
    annote: "remark", "number-of-pages": "number of pages", "number-of-volumes": "number of volumes",
  },

  GROUPS: [
    ["people", "names", /^(?:author|editor|translator)$/u],
    ["title", "title", /^(?:title|title-short|volume-title|part-title|original-title)$/u],
    ["container", "in", /^(?:container-|collection-title|event-title)/u],
    ["date", "date", /^(?:issued|accessed|submitted)$|-date$/u],
    ["number", "numbers", /^(?:volume|issue|page|number|edition|version|section|collection-number|chapter-number)$|^(?:number-of|page-first|part-number|supplement)/u],
    ["publisher", "publisher, place", /^(?:publisher|authority|archive|event-place|genre|medium|status)/u],
    ["address", "identifiers", /^(?:DOI|URL|ISBN|ISSN|PMID|PMCID|call-number)$/u],
    ["note", "annotation, notes", /./u],
  ],

  label(field) {
    return Fields.LABELS[field] ?? field.replaceAll(/[-_]/gu, " ");
  },

  group(field) {
    if (Csl.class(field) === "names") return "people";
    return Fields.GROUPS.find(([, , pattern]) => pattern.test(field))[0];
  },

  kind(kind) {
    return kind.replaceAll(/[-_]/gu, " ").replace("article journal", "journal article").replace("paper conference", "conference paper");
  },
};
