// The ends of a field's place in the text, moved with the mouse or the keys, and text that is
// marked and made a field of the current work.
//
// A place moves within its citation's block, from word to word (with Ctrl, by a letter). The value
// follows what the place says. Called by main.js; Works.mark does the change.

"use strict";

const Spans = {
  listen() {
    const pane = byId("text");
    pane.addEventListener("pointerdown", Spans.begin);
    pane.addEventListener("keydown", Spans.key);
    pane.addEventListener("focusin", ({ target }) => {
      const mark = target.closest?.(".f[tabindex]");
      const work = mark?.closest(".cite")?.work;
      if (work === Works.current && mark && Pane.held !== mark.dataset.key) Pane.hold(work, mark.dataset.key, true);
    });
    document.addEventListener("selectionchange", Spans.selected);
    byId("assign-field").replaceChildren(...Editor.fieldOptions());
    byId("assign-do").addEventListener("click", Spans.assign);
    byId("assign-new").addEventListener("click", Spans.create);
  },

  /** Begins to drag an end. */
  begin(event) {
    const handle = event.target.closest(".handle");
    if (!handle || event.button !== 0) return;
    event.preventDefault();
    const work = handle.closest(".cite").work;
    const key = handle.closest(".f").dataset.key;
    const edge = handle.dataset.edge;
    const first = work.state.spans[key];
    const [from, to] = work.drawn;
    let now = [first[0][0], first.at(-1)[1]];
    const move = (moved) => {
      const place = Pane.under(moved.clientX, moved.clientY);
      if (!place || place.work !== work) return;
      const at = moved.ctrlKey ? place.at : Words.nearest(work.document.text, place.at, from, to);
      const next = edge === "start" ? [Math.min(at, now[1] - 1), now[1]] : [now[0], Math.max(at, now[0] + 1)];
      if (next[0] === now[0] && next[1] === now[1]) return;
      now = next;
      // Shown as it goes; the change itself is one, at the end.
      const { spans } = work.state;
      const kept = spans[key];
      spans[key] = [now];
      Pane.fill(work);
      spans[key] = kept;
    };
    const end = () => {
      removeEventListener("pointermove", move);
      removeEventListener("pointerup", end);
      removeEventListener("pointercancel", end);
      Spans.put(work, key, now);
    };
    addEventListener("pointermove", move);
    addEventListener("pointerup", end);
    addEventListener("pointercancel", end);
  },

  /** Puts a place where it was moved to. */
  put(work, key, span) {
    const [field, index] = key.split("#");
    const spans = work.state.spans[key];
    if (spans?.length === 1 && spans[0][0] === span[0] && spans[0][1] === span[1]) return Pane.fill(work);
    Works.mark(work, field, Number(index), span);
  },

  key(event) {
    const mark = event.target.closest?.(".f[data-key]");
    const work = mark?.closest(".cite")?.work;
    if (!work || work !== Works.current) return;
    const direction = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const { key } = mark.dataset;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      Editor.focus(key.split("#")[0]);
    } else if (event.key === "Escape") {
      event.preventDefault();
      Cards.focus(work);
    } else if (direction && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      const marks = [...Pane.blocks.get(work).querySelectorAll(".f[tabindex]")];
      const next = marks[marks.indexOf(mark) + direction];
      if (next) Pane.hold(work, next.dataset.key, true);
    } else if (direction && !event.metaKey) {
      event.preventDefault();
      const spans = work.state.spans[key];
      Spans.put(work, key, Spans.moved(work, [spans[0][0], spans.at(-1)[1]], event.altKey ? "start" : "end", direction, event.ctrlKey));
      Works.say(`${Fields.label(key.split("#")[0])}: ${Words.folded(work.document.text.slice(...work.state.spans[key][0]))}`);
    }
  },

  /** A place with one end moved by a word or a letter; the other end gives way. */
  moved(work, [start, end], edge, direction, byLetter) {
    const { text } = work.document;
    const [from, to] = work.drawn;
    const step = (at) => (byLetter ? Math.max(from, Math.min(to, at + direction)) : Words.step(text, at, direction, edge, from, to));
    if (edge === "start") {
      const at = step(start);
      return [at, at < end ? end : Words.step(text, at, 1, "end", from, to)];
    }
    const at = step(end);
    return [at > start ? start : Words.step(text, at, -1, "start", from, to), at];
  },

  /** A place for a new value of a field, to be moved: the first words that are of no field. */
  offer(work, field, index) {
    const { text } = work.document;
    const [from, to] = work.drawn;
    const open = Pane.stretches(work, from, to).filter(([start, end, key]) => !key && /[\p{Alphabetic}\p{N}]/u.test(text.slice(start, end)));
    const at = open[0]?.[0] ?? from;
    const start = Words.step(text, at - 1, 1, "start", from, to);
    const span = [start, Words.step(text, start, 1, "end", from, to)];
    Works.mark(work, field, index, span);
    Pane.hold(work, `${field}#${index}`, true);
  },

  /** The marked text: {document, work, span}; null where nothing is marked in one document. */
  selection() {
    const selection = getSelection();
    if (selection.rangeCount === 0 || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const start = Pane.place(range.startContainer, range.startOffset);
    const end = Pane.place(range.endContainer, range.endOffset);
    if (!start || !end || start.document !== end.document) return null;
    const text = start.document.text.slice(start.at, end.at);
    const span = [start.at + (text.length - text.trimStart().length), end.at - (text.length - text.trimEnd().length)];
    return span[1] > span[0] ? { document: start.document, work: start.work, span, range } : null;
  },

  selected() {
    const bar = byId("assign");
    if (bar.contains(document.activeElement)) return;
    const found = Spans.selection();
    bar.hidden = !found;
    Spans.found = found;
    if (!found) return;
    const box = found.range.getBoundingClientRect();
    const width = bar.offsetWidth || 320;
    bar.style.left = `${Math.max(8, Math.min(innerWidth - width - 8, box.left))}px`;
    bar.style.top = `${box.bottom + 56 > innerHeight ? Math.max(8, box.top - 52) : box.bottom + 8}px`;
  },

  /** Makes the marked text a field of the work that it stands in, else of the current one. */
  assign() {
    const found = Spans.found;
    if (!found) return;
    const work = found.work ?? Works.current;
    byId("assign").hidden = true;
    getSelection().removeAllRanges();
    if (!work || work.document !== found.document) return Works.say("the marked text is in no citation; make it a new work (n)");
    const field = byId("assign-field").value;
    const value = work.state.fields[field];
    const isList = ["names", "keywords"].includes(Csl.class(field));
    const index = isList ? (value?.list ?? value ?? []).length : 0;
    Works.select(work, { from: "text", focus: "card" });
    Works.mark(work, field, index, found.span);
    Pane.hold(work, `${field}#${index}`);
  },

  create() {
    const found = Spans.found;
    if (!found) return;
    byId("assign").hidden = true;
    getSelection().removeAllRanges();
    Works.select(Works.create(found.document, found.span), { from: "text", focus: "card" });
  },
};
