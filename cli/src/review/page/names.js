// Names in parts: family, given, particle, suffix, or a body's name, beside the one line that all
// names of a field stand in.
//
// Called by editor.js for fields of names. A change of one part changes that one name, and no
// other is read anew.

"use strict";

const NameParts = {
  /** The fields whose names are shown in parts, by work and field. */
  open: new Set(),

  key(work, field) {
    return `${work.number}-${field}`;
  },

  button(work, field) {
    const isOpen = NameParts.open.has(NameParts.key(work, field));
    return h("button", {
      type: "button", class: "tool", id: Editor.id(work, `${field}-parts`), title: "Names in parts", "aria-expanded": String(isOpen),
      "aria-label": `${Fields.label(field)} in parts`,
      onclick: () => {
        if (isOpen) NameParts.open.delete(NameParts.key(work, field));
        else NameParts.open.add(NameParts.key(work, field));
        Editor.refresh(work);
      },
    }, "⋯");
  },

  draw(work, field) {
    if (!NameParts.open.has(NameParts.key(work, field))) return null;
    const { list, others } = work.state.fields[field];
    const more = h("input", { type: "checkbox", id: Editor.id(work, `${field}-others`), checked: others,
      onchange: () => NameParts.set(work, field, NameParts.list(work, field), more.checked) });
    return h("div", { class: "name-parts", role: "group", "aria-label": `${Fields.label(field)} in parts` },
      list.map((name, index) => NameParts.name(work, field, index, name)),
      h("div", { class: "name-foot" },
        h("button", { type: "button", id: Editor.id(work, `${field}-more`), onclick: () => NameParts.add(work, field) }, "One more name"),
        h("label", {}, more, " and others")));
  },

  /** The names as they are now: a row may be older than the last change. */
  list(work, field) {
    return work.state.fields[field]?.list ?? [];
  },

  set(work, field, list, others = work.state.fields[field]?.others ?? false) {
    Works.set(work, field, { list, others });
  },

  add(work, field) {
    const list = NameParts.list(work, field);
    NameParts.set(work, field, list.concat({ family: "Name" }));
    byId(Editor.id(work, `${field}-${list.length}-family`))?.select();
  },

  /** Puts another name, or none, in the place of one. */
  change(work, field, index, edit) {
    const list = NameParts.list(work, field).map((name, at) => (at === index ? edit(name) : name));
    NameParts.set(work, field, list.filter(Boolean));
  },

  name(work, field, index, name) {
    const isBody = name.literal !== undefined;
    const change = (edit) => NameParts.change(work, field, index, edit);
    const part = (property, label) => {
      const input = h("input", { id: Editor.id(work, `${field}-${index}-${property}`), value: name[property] ?? "", "aria-label": `${label} of name ${index + 1}`, placeholder: label, autocomplete: "off", spellcheck: false });
      Editor.commit(input, () => change((now) => {
        const typed = Words.folded(input.value);
        const next = { ...now };
        if (typed) next[property] = typed;
        else delete next[property];
        return next.literal || next.family ? NameParts.ordered(next) : null;
      }));
      return input;
    };
    const whole = (now) => [now.given, now["dropping-particle"], now["non-dropping-particle"], now.family, now.suffix].filter(Boolean).join(" ");
    const body = h("button", {
      type: "button", class: "tool", id: Editor.id(work, `${field}-${index}-body`), title: isBody ? "It is a person" : "It is a body",
      "aria-label": `${isBody ? "body" : "person"}: change what name ${index + 1} is`,
      onclick: () => change((now) => (now.literal !== undefined ? NameParts.person(now.literal) : { literal: whole(now) })),
    }, isBody ? "body" : "person");
    const parts = isBody
      ? [part("literal", "name")]
      : [part("family", "family"), part("given", "given"), part("non-dropping-particle", "particle"), part("suffix", "suffix")];
    return h("div", { class: `name${isBody ? " body" : ""}` }, parts, body,
      h("button", { type: "button", class: "tool", "aria-label": `delete name ${index + 1}`, title: "Delete this name", onclick: () => change(() => null) }, "×"));
  },

  /** The parts in the order in which the library writes them. */
  ordered(name) {
    if (name.literal !== undefined) return { literal: name.literal };
    const order = ["family", "given", "dropping-particle", "non-dropping-particle", "suffix"];
    return Object.fromEntries(order.filter((part) => name[part]).map((part) => [part, name[part]]));
  },

  person(body) {
    const words = body.split(" ");
    return words.length > 1 ? { family: words.at(-1), given: words.slice(0, -1).join(" ") } : { family: body };
  },
};
