// The card of the current work: its fields to be edited, accepted or removed.
//
// A row for every field: what it is, its value in one line (names.js adds names in parts), where it
// stands in the text. A value counts when Enter is pressed or the row is left. Called by cards.js.

"use strict";

const Editor = {
  draw(work) {
    const { state } = work;
    const fields = Object.keys(PLACES.fields).filter((field) => Csl.has({ fields: state.fields }, field));
    return [
      ...Cards.doubts(work, false),
      h("div", { class: "rows" }, Editor.kindRow(work), fields.map((field) => Editor.row(work, field)), Editor.keyRow(work)),
      Editor.addRow(work),
      h("div", { class: "card-actions" },
        h("button", { type: "button", class: "primary", onclick: () => Editor.accept(work) }, state.accepted && !state.removed ? "Accepted ✓ (a)" : "Accept (a)"),
        h("button", { type: "button", onclick: () => Editor.remove(work) }, state.removed ? "It is a work (x)" : "No work (x)"),
        Works.isChanged(work) && h("button", { type: "button", onclick: () => Editor.reset(work) }, "As it was read")),
    ];
  },

  /** Whether the browser makes a field as high as its text. */
  grows: CSS.supports("field-sizing", "content"),
  isPressed: false,
  waiting: new Set(),

  listen() {
    addEventListener("pointerdown", () => (Editor.isPressed = true), true);
    const draw = () => {
      Editor.isPressed = false;
      const works = [...Editor.waiting];
      Editor.waiting.clear();
      works.forEach(Editor.refresh);
    };
    // A click comes right behind; where none does, the next turn is soon enough.
    addEventListener("click", draw);
    for (const up of ["pointerup", "pointercancel"]) addEventListener(up, () => setTimeout(draw), true);
  },

  id(work, field) {
    return `w${work.number}-${field}`;
  },

  kindRow(work) {
    const id = Editor.id(work, "kind");
    const select = h("select", { id, onchange: () => Works.change(work, "kind changed", (state) => (state.kind = select.value)) },
      Object.keys(PLACES.kinds).map((kind) => h("option", { value: kind, selected: kind === work.state.kind }, Fields.kind(kind))));
    select.dataset.field = "kind";
    return h("div", { class: "row" }, h("label", { htmlFor: id }, "kind"), select);
  },

  keyRow(work) {
    const id = Editor.id(work, "id");
    const input = h("input", { id, value: work.state.id, spellcheck: false, autocomplete: "off" });
    input.dataset.field = "id";
    Editor.commit(input, () => Editor.setKey(work, input));
    return h("div", { class: "row" }, h("label", { htmlFor: id }, "cite key"), input);
  },

  setKey(work, input) {
    const key = input.value.trim();
    const isTaken = Works.all.some((other) => other !== work && other.state.id === key);
    if (!/^[A-Za-z0-9_:.+/-]+$/u.test(key) || isTaken) {
      Works.say(isTaken ? `the key ${key} is another work's` : "a cite key has letters, digits and the signs - _ : . + /");
      input.value = work.state.id;
      return;
    }
    Works.change(work, "cite key changed", (state) => (state.id = key));
  },

  /** Calls `change` when a person is done with a field; Escape takes back what was typed. */
  commit(input, change) {
    let typed = input.value;
    const done = () => {
      if (input.value === typed) return;
      typed = input.value;
      change();
    };
    input.addEventListener("change", done);
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.altKey && input.dataset.field) {
        event.preventDefault();
        done();
        Editor.toText(Works.current, input.dataset.field);
      } else if (event.key === "Enter" && !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.isComposing) {
        event.preventDefault();
        done();
        Editor.onward(input);
      } else if (event.key === "Escape") {
        event.stopPropagation();
        input.value = typed;
        Cards.focus(Works.current);
      }
    });
  },

  /** To the next field of the card. */
  onward(input) {
    const { id } = input;
    const inputs = [...document.querySelectorAll(".card.current .row :is(input, textarea, select)")];
    const next = inputs[inputs.findIndex((one) => one.id === id) + 1];
    (next ?? document.querySelector(".card.current .primary"))?.focus();
  },

  row(work, field) {
    const id = Editor.id(work, field);
    const value = work.state.fields[field];
    const line = Values.print(field, value);
    const isLong = ["title", "container-title", "abstract", "annote", "note"].includes(field) || Csl.class(field) === "names";
    const input = isLong
      ? h("textarea", { id, rows: Editor.grows ? 1 : Math.min(8, Math.ceil(line.length / 55) || 1), spellcheck: false, value: line })
      : h("input", { id, value: line, spellcheck: false, autocomplete: "off" });
    input.dataset.field = field;
    Editor.commit(input, () => Works.set(work, field, Values.parse(field, input.value, work.state.fields[field])));
    const label = Fields.label(field);
    const keys = Works.keys(work.state, field);
    const places = keys.filter((key) => work.state.spans[key].some(([start, end]) => end > work.drawn[0] && start < work.drawn[1]));
    // A language is inferred, and a heading stands above all its works.
    const isElsewhere = places.length === 0 && (field === "language" || keys.length > 0);
    const sure = work.sure[field] ?? 1;
    const isDoubtful = sure < 0.8 && !Works.isSettled(work) && JSON.stringify(value) === JSON.stringify(work.first.fields[field]);
    return h("div", { class: `row${isDoubtful ? " doubtful" : ""}` },
      h("label", { htmlFor: id }, h("span", { class: `dot ${Fields.group(field)}`, "aria-hidden": "true" }), label,
        isDoubtful && h("span", { class: "sure-of", title: "how sure this value is" }, ` ${Math.round(100 * sure)} %`)),
      h("div", { class: "value" }, input, Editor.hint(field, value)),
      h("div", { class: "tools" },
        Csl.class(field) === "names" && NameParts.button(work, field),
        !isElsewhere && h("button", { type: "button", class: `tool${places.length ? "" : " nowhere"}`, title: places.length ? "Its place in the text (p)" : "It stands nowhere in the text; choose its place (p)",
          "aria-label": `place of ${label} in the text`, onclick: () => Editor.toText(work, field) }, h("span", { class: "aim", "aria-hidden": "true" })),
        h("button", { type: "button", class: "tool", title: `Delete ${label}`, "aria-label": `delete ${label}`, onclick: () => Editor.drop(work, field) }, "×")),
      Csl.class(field) === "names" && NameParts.draw(work, field));
  },

  /** What a date was understood as, where that can be told. */
  hint(field, value) {
    if (Csl.class(field) !== "date" || Dates.parts(value).literal === undefined) return null;
    return h("span", { class: "hint" }, "kept as words; a date is 2010, 2010-11, 2010-11-03, 2010/2012, 1850~");
  },

  fieldOptions(work) {
    const common = ["title", "author", "editor", "translator", "issued", "container-title", "volume", "issue", "page", "publisher", "publisher-place", "edition", "DOI", "URL", "ISBN", "note"];
    const all = common.concat(Object.keys(PLACES.fields).filter((field) => !common.includes(field)));
    return all.filter((field) => !work || !Csl.has({ fields: work.state.fields }, field))
      .map((field) => h("option", { value: field }, Fields.label(field)));
  },

  addRow(work) {
    const id = Editor.id(work, "add");
    const select = h("select", { id, "aria-label": "field to add" }, h("option", { value: "" }, "Add a field…"));
    // A hundred choices are made when they are asked for.
    const fill = () => select.options.length === 1 && select.append(...Editor.fieldOptions(work));
    select.addEventListener("focus", fill);
    select.addEventListener("pointerdown", fill);
    const input = h("input", { "aria-label": "value of the field to add", placeholder: "its value", autocomplete: "off" });
    input.id = Editor.id(work, "added");
    const add = () => {
      if (!select.value || !input.value.trim()) return Works.say("choose a field, and type its value or take it from the text");
      Works.set(work, select.value, Values.parse(select.value, input.value));
    };
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") {
        event.preventDefault();
        const field = select.value;
        add();
        if (field) Editor.focus(field);
      } else if (event.key === "Escape") Cards.focus(work);
    });
    return h("div", { class: "add" }, select, input,
      h("button", { type: "button", onclick: add }, "Add"),
      h("button", { type: "button", onclick: () => (select.value ? Spans.offer(work, select.value, 0) : Works.say("choose the field first")) }, "From the text"));
  },

  /** To the place of a field; to a new one where it has none. */
  toText(work, field) {
    if (!PLACES.fields[field]) return;
    const key = Works.keys(work.state, field).find((key) => work.state.spans[key].some(([start, end]) => end > work.drawn[0] && start < work.drawn[1]));
    if (key) Pane.hold(work, key, true);
    else Spans.offer(work, field, 0);
  },

  drop(work, field) {
    Works.set(work, field, undefined);
    Cards.focus(work);
  },

  /** Focuses a field's value; without one, the least sure. */
  focus(field) {
    const card = document.querySelector(".card.current");
    const found = field
      ? card?.querySelector(`[data-field="${CSS.escape(field)}"]`)
      : (card?.querySelector(".row.doubtful [data-field]") ?? card?.querySelector('[data-field="title"]') ?? card?.querySelector(".row [data-field]"));
    found?.focus();
    found?.select?.();
  },

  accept(work) {
    const was = Cards.shown.slice();
    const isAccepted = work.state.accepted && !work.state.removed;
    Works.change(work, isAccepted ? "no longer accepted" : "accepted", (state) => {
      state.accepted = !isAccepted;
      state.removed = false;
    });
    if (!isAccepted) Cards.next(work, was);
    else Cards.focus(work);
  },

  remove(work) {
    const was = Cards.shown.slice();
    const { removed } = work.state;
    Works.change(work, removed ? "taken back as a work" : "removed", (state) => (state.removed = !removed));
    if (!removed) Cards.next(work, was);
    else Cards.focus(work);
  },

  reset(work) {
    Works.change(work, "as it was read", (state) => {
      const { accepted, removed } = state;
      Object.assign(state, structuredClone(work.first), { accepted, removed });
    });
    Cards.focus(work);
  },

  /** Draws a work's card anew, and leaves the focus where it was. While a button of the mouse is
   * down it waits: what is pressed must still be there when it is let go. */
  refresh(work) {
    if (Editor.isPressed) {
      Editor.waiting.add(work);
      return;
    }
    const card = Cards.cards.get(work);
    const { activeElement } = document;
    const isInside = card.contains(activeElement);
    const { id, selectionStart, selectionEnd } = activeElement ?? {};
    Cards.fill(card, work);
    if (!isInside) return;
    const same = id ? byId(id) : null;
    if (same) {
      same.focus({ preventScroll: true });
      if (selectionStart !== undefined && selectionStart !== null && same.setSelectionRange) same.setSelectionRange(selectionStart, selectionEnd);
    } else card.focus({ preventScroll: true });
  },
};
