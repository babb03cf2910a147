// Reads what the page is about and draws it. The last of the scripts.

"use strict";

PLACES = JSON.parse(byId("places").textContent);
Works.load(JSON.parse(byId("data").textContent));
Save.restore();

const names = Works.documents.map((one) => one.name.split(/[/\\]/u).at(-1));
byId("what").textContent = names.join(", ");
byId("what").title = Works.documents.map((one) => one.name).join(", ");
document.title = `${names.join(", ")} · Review`;
if (names.length > 1) byId("text-name").textContent = Words.count(names.length, "document");
byId("legend").replaceChildren(...Fields.GROUPS.map(([group, name]) => h("li", { class: group }, name)));

Pane.draw();
Pane.listen();
Cards.listen();
Editor.listen();
Cards.draw();
Spans.listen();
Save.listen();
Keys.listen();
Keys.counts();
if (Works.all.length === 0) {
  byId("none").hidden = false;
  byId("none").textContent = "No work was found. Mark one in the text and press n.";
}
if (Works.current) Cards.focus(Works.current);
if (Save.restored) Works.say(`${Words.count(Save.restored, "work")} as this browser kept them; undo starts from here`);
