// The left pane: the document's text, each citation a block in which the fields are coloured.
//
// Every piece of text stands in an element that knows where it begins (`data-at`, UTF-16 units), so
// that a click, a selection or a drag leads back to the document. Blocks are laid out only where
// they are seen (content-visibility), and a change redraws one block. Called by main.js; spans.js
// moves the ends of places in it.

"use strict";

/** An element with properties and children; texts become text nodes, never markup. */
function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") element.className = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name in element && !name.includes("-")) element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const byId = (id) => document.getElementById(id);

const Pane = {
  /** Blocks by work. */
  blocks: new Map(),
  /** The place that has handles: {work, field, index}. */
  held: null,

  draw() {
    const pane = byId("text");
    const parts = [];
    for (const one of Works.documents) {
      if (Works.documents.length > 1) parts.push(h("h3", { class: "document" }, one.name));
      parts.push(...Pane.ofDocument(one));
    }
    pane.replaceChildren(...parts);
  },

  ofDocument(one) {
    const parts = [];
    let at = 0;
    let part = null;
    const add = (block, from, to) => {
      if (!part || to - part.from > Pane.PART) {
        part = h("div", { class: "part" });
        part.from = from;
        parts.push(part);
      }
      part.append(block);
      // About sixty letters a line, while it is out of sight.
      part.style.containIntrinsicSize = `none auto ${Math.ceil((to - part.from) / 60) * 28}px`;
    };
    for (const work of one.works) {
      const [start, end] = [Math.max(work.region[0], at), Math.max(work.region[1], at)];
      for (const [piece, from, to] of Pane.between(one, at, start)) add(piece, from, to);
      const block = h("div", { class: "cite" });
      block.work = work;
      work.drawn = [start, end];
      Pane.blocks.set(work, block);
      Pane.fill(work);
      add(block, start, end);
      at = end;
    }
    for (const [piece, from, to] of Pane.between(one, at, one.text.length)) add(piece, from, to);
    return parts;
  },

  /** How much text a part has, in letters. */
  PART: 5000,

  /** Text of no work, cut where it is long: [element, from, to]. */
  between(one, from, to) {
    const pieces = [];
    for (let at = from; at < to; ) {
      let end = Math.min(to, at + Pane.PART);
      if (end < to) {
        const line = one.text.indexOf("\n", end);
        end = line < 0 || line >= to ? to : Math.min(line + 1, end + 4 * Pane.PART);
      }
      const piece = h("div", { class: "piece" }, one.text.slice(at, end));
      piece.document = one;
      piece.dataset.at = at;
      pieces.push([piece, at, end]);
      at = end;
    }
    return pieces;
  },

  /** Draws a work's block. */
  fill(work) {
    const block = Pane.blocks.get(work);
    if (!block) return;
    const focused = document.activeElement?.closest?.("#text .f")?.dataset.key;
    const isCurrent = Works.current === work;
    const status = Works.status(work);
    block.className = `cite${isCurrent ? " current" : ""}${status ? ` ${status}` : ""}`;
    const [from, to] = work.drawn;
    block.replaceChildren(...Pane.stretches(work, from, to).map(([start, end, key]) => {
      const text = work.document.text.slice(start, end);
      if (!key) {
        const span = h("span", {}, text);
        span.dataset.at = start;
        return span;
      }
      return Pane.mark(work, start, end, key, text, isCurrent);
    }));
    if (isCurrent && focused) block.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  },

  mark(work, start, end, key, text, isCurrent) {
    const field = key.split("#")[0];
    const mark = h("span", { class: `f ${Fields.group(field)}`, title: Fields.label(field) }, text);
    mark.dataset.at = start;
    mark.dataset.key = key;
    if (!isCurrent) return mark;
    const places = work.state.spans[key];
    if (places[0][0] === start) {
      mark.tabIndex = 0;
      mark.setAttribute("role", "button");
      mark.setAttribute("aria-label", `${Fields.label(field)}: ${Words.folded(text)}`);
      mark.setAttribute("aria-describedby", "span-keys");
    }
    if (Pane.held === key) {
      mark.classList.add("held");
      if (places[0][0] === start) mark.prepend(h("span", { class: "handle start", "aria-hidden": "true", "data-edge": "start" }));
      if (places.at(-1)[1] === end) mark.append(h("span", { class: "handle end", "aria-hidden": "true", "data-edge": "end" }));
    }
    return mark;
  },

  /** Cuts a block where places begin and end: [start, end, key or null]. Of places that lie over
   * one another the shortest is shown. */
  stretches(work, from, to) {
    const places = [];
    for (const [key, spans] of Object.entries(work.state.spans)) {
      for (const [start, end] of spans) {
        if (end > from && start < to && end > start) places.push([Math.max(start, from), Math.min(end, to), key]);
      }
    }
    // The shortest first: what is taken stays taken.
    places.sort((one, other) => one[1] - one[0] - (other[1] - other[0]) || one[0] - other[0]);
    const cuts = [...new Set([from, to, ...places.flatMap(([start, end]) => [start, end])])].sort((one, other) => one - other);
    const found = [];
    for (let at = 0; at + 1 < cuts.length; at += 1) {
      const [start, end] = [cuts[at], cuts[at + 1]];
      const key = places.find((place) => place[0] <= start && place[1] >= end)?.[2] ?? null;
      const last = found.at(-1);
      if (last && last[2] === key) last[1] = end;
      else found.push([start, end, key]);
    }
    return found;
  },

  /** Brings a work's block into view. */
  show(work, how = "nearest") {
    Pane.blocks.get(work)?.scrollIntoView({ block: how });
  },

  /** Where in its document a place of the page's tree lies: {document, at}; null outside texts. */
  place(node, offset) {
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    const holder = element?.closest?.("[data-at]");
    if (!holder || !byId("text").contains(holder)) return null;
    let at = Number(holder.dataset.at);
    if (node.nodeType === Node.TEXT_NODE) at += offset;
    else if (offset > 0) at += holder.textContent.length;
    const work = holder.closest(".cite")?.work;
    return { document: work?.document ?? holder.closest(".piece")?.document, at, work };
  },

  /** The place under a point of the window. */
  under(x, y) {
    const found = document.caretPositionFromPoint?.(x, y);
    if (found) return Pane.place(found.offsetNode, found.offset);
    const range = document.caretRangeFromPoint?.(x, y);
    return range ? Pane.place(range.startContainer, range.startOffset) : null;
  },

  listen() {
    const pane = byId("text");
    pane.addEventListener("click", (event) => {
      if (!getSelection().isCollapsed) return;
      const block = event.target.closest(".cite");
      if (!block) return;
      const key = event.target.closest(".f")?.dataset.key;
      Works.select(block.work, { from: "text", focus: "card" });
      if (key) Pane.hold(block.work, key);
    });
    Works.listen(({ work, selected, before, added }) => {
      if (added) Pane.draw();
      if (selected !== undefined) {
        Pane.held = null;
        if (before) Pane.fill(before);
        if (selected) Pane.fill(selected);
      } else if (work && !added) Pane.fill(work);
    });
  },

  /** Gives a place its handles. */
  hold(work, key, focus = false) {
    Pane.held = key;
    Pane.fill(work);
    const mark = Pane.blocks.get(work)?.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (focus && mark) {
      mark.focus();
      mark.scrollIntoView({ block: "nearest" });
    }
    return mark;
  },
};
