// What is saved: the works as BibTeX, BibLaTeX, RIS and CSL-JSON, and the file of corrections.
//
// A work that is as it was read is saved as the library wrote it, which stands in the page; a
// changed one is written by bib.js and ris.js. The form of corrections is docs/review.md's. What is
// done is kept in the browser's own store, too, until it is saved. Called by keys.js and main.js.

"use strict";

const Save = {
  FILES: { corrections: ["corrections.json", "application/json"], bibtex: ["bib", "application/x-bibtex"], biblatex: ["bib", "application/x-bibtex"], ris: ["ris", "application/x-research-info-systems"], "csl-json": ["json", "application/json"] },

  /** The text of a file. */
  text(what) {
    if (what === "corrections") return Save.corrections();
    // As in the document, which is how the command writes them.
    const works = Works.documents.flatMap((one) => one.works).filter((work) => !work.state.removed);
    const at = ["bibtex", "biblatex", "ris"].indexOf(what);
    if (what === "csl-json") {
      const items = works.map((work) => JSON.stringify(Csl.write(Works.model(work), Works.annotation)));
      return items.length > 0 ? `[\n${items.join(",\n")}\n]\n` : "[\n]\n";
    }
    const records = works.map((work) => {
      if (work.records && !Works.isRewritten(work)) return work.records[at];
      return what === "ris" ? Ris.record(Works.model(work), Works.annotation) : Bib.entry(Works.model(work), what, Works.annotation);
    });
    return records.join(what === "ris" ? "" : "\n");
  },

  /** The corrections of every work that was looked at, by document. */
  corrections() {
    const documents = Works.documents.map((one) => {
      const bytes = Save.bytes(one.text);
      const span = ([start, end]) => ({ start: bytes[start], end: bytes[end] });
      const works = one.works.filter((work) => Works.status(work) && !(work.added && work.state.removed)).map((work) => ({
        status: Works.status(work),
        span: span(work.span),
        text: one.text.slice(...work.span),
        item: Csl.write(Works.model(work)),
        fields: Save.places(work).map(([field, index, spans]) => ({ field, index, spans: spans.map(span) })),
      }));
      return { name: one.name, sha256: one.sha256, works };
    });
    // A work a line, so that two files can be compared.
    const written = documents.filter(({ works }) => works.length > 0).map(({ name, sha256, works }) =>
      `{"name": ${JSON.stringify(name)}, "sha256": "${sha256}", "works": [\n${works.map((work) => JSON.stringify(work)).join(",\n")}\n]}`);
    return `{"citelift-corrections": 1, "citelift": "${Works.version}", "documents": [\n${written.join(",\n")}\n]}\n`;
  },

  places(work) {
    return Object.entries(work.state.spans).map(([key, spans]) => {
      const [field, index] = key.split("#");
      return [field, Number(index), spans];
    }).filter(([field]) => Csl.has({ fields: work.state.fields }, field));
  },

  /** The byte of UTF-8 that each UTF-16 unit of a text begins at. */
  bytes(text) {
    const bytes = new Uint32Array(text.length + 1);
    let count = 0;
    for (let at = 0; at < text.length; at += 1) {
      bytes[at] = count;
      const code = text.charCodeAt(at);
      // The two halves of a pair are four bytes together.
      count += code < 0x80 ? 1 : code < 0x800 ? 2 : code >= 0xd800 && code < 0xe000 ? 2 : 3;
    }
    bytes[text.length] = count;
    return bytes;
  },

  /** Hands a file to the browser, which saves it. */
  file(what) {
    const [name, type] = Save.FILES[what];
    const stem = (Works.documents[0]?.name ?? "works").split(/[/\\]/u).at(-1).replace(/\.[^.]*$|[<>]/gu, "") || "works";
    const link = h("a", { href: URL.createObjectURL(new Blob([Save.text(what)], { type })), download: what === "corrections" ? `${stem}.${name}` : what === "biblatex" ? `${stem}.biblatex.bib` : `${stem}.${name}` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    if (what === "corrections") Save.saved = Works.done.length;
    Works.say(`${link.download} saved`);
  },

  open() {
    const count = (status) => Works.all.filter((work) => Works.status(work) === status).length;
    const parts = ["accepted", "corrected", "added", "removed"].map((status) => [count(status), status]).filter(([number]) => number > 0);
    const open = Works.all.filter((work) => !Works.isSettled(work)).length;
    byId("save-about").textContent = `${parts.length ? parts.map(([number, status]) => `${number} ${status}`).join(", ") : "Nothing was changed so far"}; ${open} not settled. The exports hold all works that were not removed.`;
    byId("save").showModal();
  },

  /** What is kept in the browser: states of works that are not as the page was made. */
  /** What the page is called in the browser's store: another page of the same document is another. */
  name() {
    if (!Save.print) {
      let print = 0x811c9dc5;
      const data = byId("data").textContent;
      for (let at = 0; at < data.length; at += 1) print = Math.imul(print ^ data.charCodeAt(at), 0x01000193);
      Save.print = (print >>> 0).toString(16);
    }
    return `citelift-review ${Save.print} ${Works.documents.map((one) => one.sha256.slice(0, 16)).join(" ")}`;
  },

  keep() {
    clearTimeout(Save.timer);
    Save.timer = setTimeout(() => {
      const states = Works.all.filter((work) => work.added || work.state !== work.untouched).map((work) => ({ document: work.document.number, span: work.span, number: work.records ? work.number : null, state: work.state }));
      try {
        localStorage.setItem(Save.name(), JSON.stringify({ works: Works.total, states }));
      } catch {
        // No room, or a browser that keeps nothing: the files are what counts.
      }
    }, 400);
  },

  restore() {
    Works.total = Works.all.length;
    let kept = null;
    try {
      kept = JSON.parse(localStorage.getItem(Save.name()));
    } catch {
      return;
    }
    if (!kept || kept.works !== Works.total || !Array.isArray(kept.states)) return;
    let count = 0;
    for (const { document, span, number, state } of kept.states) {
      let work = number === null ? null : Works.all[number];
      if (number === null) work = Works.create(Works.documents[document], span);
      else if (!work || work.span[0] !== span[0] || work.span[1] !== span[1]) continue;
      if (JSON.stringify(work.state) !== JSON.stringify(state)) count += 1;
      work.state = state;
    }
    Works.done = [];
    if (count > 0) Save.restored = count;
  },

  listen() {
    Works.listen(({ work, added }) => {
      if (work || added) Save.keep();
    });
    for (const button of document.querySelectorAll("[data-save]")) {
      button.addEventListener("click", () => Save.file(button.dataset.save));
    }
    byId("open-save").addEventListener("click", Save.open);
    addEventListener("beforeunload", (event) => {
      if (Works.done.length > 0 && Save.saved !== Works.done.length) event.preventDefault();
    });
  },
};
