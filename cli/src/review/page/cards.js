// The right pane: the works as cards, the doubtful ones first; sorted, filtered, walked through.
//
// A card is a few lines until its work is the current one, whose card is the editor (editor.js).
// Sorting and filtering go over all works once. Cards stand in chunks, of which those out of sight
// are not laid out, so that a thousand works are no trouble; one by one, they would be watched one
// by one, which costs more than it saves. Called by main.js and keys.js.

"use strict";

const Cards = {
  cards: new Map(),
  /** The works that are shown, in their order. */
  shown: [],

  draw() {
    for (const work of Works.all) Cards.cards.set(work, Cards.make(work));
    Cards.doubtChoices();
    Cards.arrange();
  },

  make(work) {
    const card = h("div", { class: "card", tabIndex: -1, role: "listitem" });
    card.work = work;
    Cards.fill(card, work);
    return card;
  },

  fill(card, work) {
    const isCurrent = Works.current === work;
    const status = Works.status(work);
    card.className = `card${isCurrent ? " current" : ""}${status ? ` ${status}` : ""}`;
    card.tabIndex = isCurrent ? 0 : -1;
    if (isCurrent) card.setAttribute("aria-current", "true");
    else card.removeAttribute("aria-current");
    card.setAttribute("aria-label", Cards.label(work));
    card.replaceChildren(Cards.head(work, status), ...(isCurrent ? Editor.draw(work) : Cards.doubts(work, true)));
    work.words = null;
  },

  label(work) {
    const status = Works.status(work);
    const sure = `${Math.round(100 * work.confidence)} % sure`;
    const count = Cards.open(work).length;
    return `${Cards.title(work)}; ${status ?? sure}${count && !Works.isSettled(work) ? `; ${Words.count(count, "doubt")}` : ""}`;
  },

  title({ state }) {
    return Latex.pieces(state.fields.title ?? "").map((piece) => piece.text ?? "").join("") || "(no title)";
  },

  head(work, status) {
    const { fields, kind } = work.state;
    const people = fields.author ?? fields.editor ?? Object.entries(fields).find(([field]) => Csl.class(field) === "names")?.[1];
    const names = (people?.list ?? []).map((name) => name.literal ?? name.family);
    const who = names.length > 3 ? `${names.slice(0, 3).join(", ")} …` : names.join(", ") + (people?.others ? " et al." : "");
    const share = Math.round(100 * work.confidence);
    const line = [who, fields.issued && Values.print("issued", fields.issued), fields["container-title"] ?? fields.publisher].filter(Boolean).join(" · ");
    return h("div", { class: "head" },
      h("div", { class: `sure ${share < 50 ? "low" : share < 80 ? "middling" : "high"}`, title: `how sure it is that the work is right in all its fields: ${share} %` },
        h("span", { class: "share" }, `${share} %`), h("span", { class: "meter", "aria-hidden": "true" }, Cards.meter(share))),
      h("div", { class: "what" },
        h("div", { class: "title" }, Cards.title(work)),
        h("div", { class: "line" }, line || "no author, date or publisher")),
      h("div", { class: "marks" },
        h("span", { class: "kind" }, Fields.kind(kind)),
        status && h("span", { class: `badge ${status}` }, status)));
  },

  meter(share) {
    const bar = h("span", {});
    bar.style.width = `${share}%`;
    return bar;
  },

  /** What is doubted and not settled. */
  open(work) {
    return work.doubts.filter((doubt) => doubt.severity !== "note");
  },

  doubts(work, brief) {
    if (work.doubts.length === 0 || (brief && Works.isSettled(work))) return [];
    const doubts = brief ? Cards.open(work) : work.doubts;
    return [h("ul", { class: "doubts" }, doubts.slice(0, brief ? 2 : 20).map((doubt) =>
      h("li", { class: doubt.severity },
        doubt.span && h("q", {}, Cards.quoted(work, doubt.span)),
        h("span", { class: "message" }, doubt.message),
        !brief && doubt.assumed && h("span", { class: "assumed" }, `assumed: ${doubt.assumed}`),
        !brief && doubt.help && h("span", { class: "assumed" }, `help: ${doubt.help}`))),
      brief && doubts.length > 2 && h("li", { class: "more" }, `and ${doubts.length - 2} more`))];
  },

  /** What a doubt is about, in the citation's words. */
  quoted(work, [start, end]) {
    const text = Words.folded(work.document.text.slice(start, Math.min(end, start + 400)));
    return text.length > 60 ? `${text.slice(0, 40)} … ${end - start > 400 ? "" : text.slice(-15)}` : text;
  },

  doubtChoices() {
    const counts = new Map();
    for (const work of Works.all) {
      for (const code of new Set(work.doubts.map((doubt) => doubt.code))) counts.set(code, (counts.get(code) ?? 0) + 1);
    }
    const choices = [...counts].sort((one, other) => other[1] - one[1]).map(([code, count]) =>
      h("option", { value: code }, `${code.split("/").at(-1).replaceAll("-", " ")} (${count})`));
    byId("filter-doubt").replaceChildren(h("option", { value: "" }, "Any doubt"), ...choices);
  },

  /** The worst first: the least sure, then the most doubts. The order is that of the page's making,
   * so that nothing moves away under a person's hands. */
  sorted() {
    if (byId("order").value === "document") {
      return Works.documents.flatMap((one) => one.works);
    }
    const rank = (work) => (work.given || work.added ? 2 : 0) + work.confidence - 0.001 * Cards.open(work).length;
    return Works.all.slice().sort((one, other) => rank(one) - rank(other) || one.number - other.number);
  },

  arrange() {
    Cards.order = Cards.sorted();
    Cards.chunks = [];
    for (let at = 0; at < Cards.order.length; at += Cards.CHUNK) {
      const cards = Cards.order.slice(at, at + Cards.CHUNK).map((work) => Cards.cards.get(work));
      Cards.chunks.push(h("div", { class: "chunk", role: "presentation" }, cards));
    }
    byId("cards").replaceChildren(...Cards.chunks);
    Cards.filter();
  },

  CHUNK: 20,
  /** About how high a card is, in pixels. */
  HEIGHT: 96,

  /** How high each chunk is while it is out of sight. */
  sizes() {
    Cards.chunks.forEach((chunk, number) => {
      const works = Cards.order.slice(number * Cards.CHUNK, (number + 1) * Cards.CHUNK);
      const count = works.filter((work) => !Cards.cards.get(work).hidden).length;
      if (chunk.count === count) return;
      chunk.count = count;
      chunk.hidden = count === 0;
      chunk.style.containIntrinsicSize = `none ${count * Cards.HEIGHT}px`;
    });
  },

  /** What the filter looks for words in. */
  words(work) {
    work.words ??= `${JSON.stringify(Object.values(work.state.fields))} ${work.document.text.slice(...work.span)} ${work.state.kind} ${work.state.id} ${work.doubts.map((doubt) => doubt.message).join(" ")}`.toLowerCase();
    return work.words;
  },

  matches(work, words, state, doubt) {
    const status = Works.status(work);
    const is = {
      all: true, open: !Works.isSettled(work), doubted: Cards.open(work).length > 0 && !Works.isSettled(work),
      accepted: work.state.accepted, corrected: status === "corrected" || status === "added", removed: status === "removed",
    }[state];
    return is && (!doubt || work.doubts.some(({ code }) => code === doubt)) && words.every((word) => Cards.words(work).includes(word));
  },

  filter() {
    const words = byId("filter-text").value.toLowerCase().split(/\s+/u).filter(Boolean);
    const [state, doubt] = [byId("filter-state").value, byId("filter-doubt").value];
    Cards.shown = [];
    for (const work of Cards.order) {
      const isShown = Cards.matches(work, words, state, doubt);
      const card = Cards.cards.get(work);
      if (card.hidden === isShown) card.hidden = !isShown;
      if (isShown) Cards.shown.push(work);
    }
    Cards.sizes();
    byId("none").hidden = Cards.shown.length > 0;
    byId("works-name").textContent = Cards.shown.length === Works.all.length ? "Works" : `Works (${Cards.shown.length} of ${Works.all.length})`;
    if (Cards.shown.length > 0 && !Cards.shown.includes(Works.current)) Works.select(Cards.shown[0], { from: "filter" });
  },

  isFiltered() {
    return byId("filter-text").value !== "" || byId("filter-state").value !== "all" || byId("filter-doubt").value !== "";
  },

  showAll() {
    byId("filter-text").value = "";
    byId("filter-state").value = "all";
    byId("filter-doubt").value = "";
    Cards.filter();
  },

  /** Goes on by so many works. */
  go(by) {
    const { shown } = Cards;
    if (shown.length === 0) return;
    const at = shown.indexOf(Works.current);
    const next = shown[Math.max(0, Math.min(shown.length - 1, at < 0 ? 0 : at + by))];
    if (next === Works.current) Works.say(by > 0 ? "this is the last work" : "this is the first work");
    Works.select(next, { focus: "card" });
    Cards.focus(next);
  },

  focus(work) {
    Cards.cards.get(work)?.focus({ preventScroll: true });
  },

  /** Whatever is next to be looked at, after `work` was settled. */
  next(work, was) {
    const at = was.indexOf(work);
    const after = was.slice(at + 1).concat(was.slice(0, at));
    Cards.filter();
    const next = after.find((other) => !Works.isSettled(other) && Cards.shown.includes(other));
    if (!next) return Works.say("all works that are shown are settled");
    Works.select(next, { focus: "card" });
    Cards.focus(next);
  },

  listen() {
    byId("cards").addEventListener("click", ({ target }) => {
      const work = target.closest(".card")?.work;
      if (work && work !== Works.current) {
        Works.select(work, { from: "cards" });
        Cards.focus(work);
      }
    });
    byId("filter-text").addEventListener("input", Cards.filter);
    for (const id of ["filter-state", "filter-doubt"]) byId(id).addEventListener("change", Cards.filter);
    byId("order").addEventListener("change", Cards.arrange);
    byId("filters").addEventListener("submit", (event) => event.preventDefault());
    byId("show-all").addEventListener("click", Cards.showAll);
    Works.listen(({ work, selected, before, added, show, from }) => {
      if (added) {
        Cards.cards.set(work, Cards.make(work));
        Cards.arrange();
      }
      if (selected !== undefined) {
        for (const one of [before, selected]) if (one) Cards.fill(Cards.cards.get(one), one);
        // After all that is written, so that the page is laid out once.
        if (selected && from !== "cards") Cards.cards.get(selected).scrollIntoView({ block: "start" });
        if (selected && from !== "text") Pane.show(selected, "center");
      } else if (work && !added) {
        if (show && work !== Works.current) {
          if (!Cards.shown.includes(work)) Cards.showAll();
          Works.select(work);
        } else Editor.refresh(work);
      }
    });
  },
};
