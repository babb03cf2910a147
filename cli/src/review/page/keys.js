// The keys of the page, what is said of what happened, and the counts at the top.
//
// Keys of one letter work while no field is typed in, and can be turned off (WCAG 2.1.4). Called
// by main.js.

"use strict";

const Keys = {
  TABLE: [
    ["j / ↓", "next work", ["j", "ArrowDown"], () => Cards.go(1)],
    ["k / ↑", "work before", ["k", "ArrowUp"], () => Cards.go(-1)],
    ["a", "accept the work, go on to the next that is not settled", ["a"], () => Works.current && Editor.accept(Works.current)],
    ["x", "it is no work; again: it is one", ["x"], () => Works.current && Editor.remove(Works.current)],
    ["e / Enter", "edit: the least sure field, or the title", ["e", "Enter"], () => Editor.focus()],
    ["Esc", "from a field back to its work; what was typed is not taken", [], null],
    ["Ctrl+Enter", "while editing: accept, go on", [], null],
    ["Alt+Enter", "while editing: to the field's place in the text", [], null],
    ["p", "to the first field's place in the text", ["p"], () => Keys.place()],
    ["Shift+← →", "in the text: move the end of a field's place by a word", [], null],
    ["Alt+← →", "in the text: move its beginning (with Ctrl, by a letter)", [], null],
    ["f", "make the marked text a field of its work", ["f"], () => Keys.assign()],
    ["n", "make the marked text a new work", ["n"], () => Spans.create()],
    ["u / Ctrl+Z", "undo", ["u"], () => Works.undo()],
    ["Shift+U / Ctrl+Y", "do again", ["U"], () => Works.redo()],
    ["/", "filter", ["/"], () => byId("filter-text").select()],
    ["o", "order: worst first, as in the document", ["o"], () => Keys.order()],
    ["s", "save", ["s"], () => Save.open()],
    ["?", "these keys", ["?"], () => byId("help").showModal()],
  ],

  place() {
    const work = Works.current;
    if (!work) return;
    const first = Pane.stretches(work, ...work.drawn).find(([, , key]) => key);
    if (first) Pane.hold(work, first[2], true);
    else Works.say("no field has a place in the text");
  },

  assign() {
    if (byId("assign").hidden) return Works.say("mark text in the document first");
    if (document.activeElement === byId("assign-field")) Spans.assign();
    else byId("assign-field").focus();
  },

  order() {
    const order = byId("order");
    order.value = order.value === "worst" ? "document" : "worst";
    Cards.arrange();
    Works.say(order.value === "worst" ? "worst first" : "as in the document");
    Cards.cards.get(Works.current)?.scrollIntoView({ block: "nearest" });
  },

  press(event) {
    const { target, key } = event;
    const isTyping = target.matches?.("input:not([type=checkbox]), textarea, select");
    const isControl = event.ctrlKey || event.metaKey;
    if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
    if (isControl && key === "Enter" && Works.current) {
      event.preventDefault();
      target.blur?.();
      return Editor.accept(Works.current);
    }
    if (isTyping) {
      if (target.id === "filter-text" && ["Enter", "Escape", "ArrowDown"].includes(key)) {
        event.preventDefault();
        if (key === "Escape" && Cards.isFiltered()) Cards.showAll();
        if (Works.current) Cards.focus(Works.current);
      } else if (target.id === "assign-field" && key === "Enter") {
        event.preventDefault();
        Spans.assign();
      }
      return;
    }
    if (isControl && ["z", "Z", "y"].includes(key)) {
      event.preventDefault();
      return key === "z" && !event.shiftKey ? Works.undo() : Works.redo();
    }
    if (isControl || event.altKey || !byId("single").checked) return;
    // A button's own keys stay its own, and the text scrolls.
    if (["Enter", " "].includes(key) && target.matches?.("button, a, summary, [role=button], input")) return;
    if (["ArrowDown", "ArrowUp"].includes(key) && !target.closest?.(".card") && target !== document.body) return;
    const row = Keys.TABLE.find(([, , keys]) => keys.includes(key));
    if (!row) return;
    event.preventDefault();
    row[3]();
  },

  listen() {
    document.addEventListener("keydown", Keys.press);
    byId("keys").replaceChildren(...Keys.TABLE.flatMap(([keys, what]) => [
      h("dt", {}, keys.split(" / ").flatMap((one, at) => [at > 0 ? " or " : null, h("kbd", {}, one)])), h("dd", {}, what),
    ]));
    byId("open-help").addEventListener("click", () => byId("help").showModal());
    byId("undo").addEventListener("click", () => Works.undo());
    Works.listen(({ what }) => {
      if (what) Works.say(what);
      Keys.counts();
    });
  },

  /** How far the work has come. */
  counts() {
    const settled = Works.all.filter(Works.isSettled).length;
    byId("count").textContent = `${settled} of ${Words.count(Works.all.length, "work")} settled`;
    byId("bar").style.width = `${Works.all.length ? (100 * settled) / Works.all.length : 0}%`;
    byId("undo").disabled = Works.done.length === 0;
  },
};

/** Says what happened, to be seen and to be heard. */
Works.say = (words) => {
  const said = byId("said");
  said.textContent = "";
  // Said twice, it is to be heard twice.
  requestAnimationFrame(() => (said.textContent = words));
  said.classList.add("seen");
  clearTimeout(Works.saying);
  Works.saying = setTimeout(() => said.classList.remove("seen"), 4000);
};
