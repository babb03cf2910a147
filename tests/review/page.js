// A person's session in the review page of data/police-cooperation.txt, in a real Chromium.
//
// Called by `run` with the command, the browser, a folder for files and perhaps one for screenshots.
// What is saved is held against what the library makes of the very same works, byte for byte.

"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { open, run, Checks } = require("./browser");

const [citelift, executable, scratch, shots] = process.argv.slice(2);
const document_ = path.join(__dirname, "../../data/police-cooperation.txt");
const checks = new Checks();
const at = (name) => path.join(scratch, name);
const read = (name) => fs.readFileSync(at(name), "utf8");
const items = (name) => JSON.parse(read(name));

async function main() {
  const made = run(citelift, "extract", document_, "-q", "-o", at("review.html"), "-o", at("read.json"), "-o", at("read.bib"), "-o", at("read.ris"));
  checks.same("extract makes the page beside exports", made.status, 0);
  const chromium = await open(executable, checks);
  const page = await chromium.page(at("review.html"));
  await looks(page);
  await edits(page);
  await places(page);
  await settles(page);
  await saves(page);
  await keeps(page);
  await page.close();
  await doubts(chromium);
  await again(chromium);
  await several(chromium);
  await accessible(chromium);
  await chromium.browser.close();
  checks.end("the review page in Chromium");
}

const title = (page) => page.locator(".card.current .what .title").first().textContent();
const shown = (page) => page.locator(".card:not([hidden])").count();
const value = (page, field) => page.locator(`.card.current [data-field="${field}"]`).inputValue();

/** What is there, in which order, and what filters leave. */
async function looks(page) {
  const shares = (await page.locator(".share").allTextContents()).map((text) => parseInt(text, 10));
  checks.same("every work has a card", shares.length, items("read.json").length);
  checks.that(`the worst come first: ${shares}`, shares.every((share, n) => n === 0 || share >= shares[n - 1]));
  checks.same("the first card is the current one", await page.locator(".card").first().getAttribute("aria-current"), "true");
  checks.that("it has the focus", await page.evaluate(() => document.activeElement.classList.contains("current")));
  await page.keyboard.press("o");
  const first = items("read.json")[0].title;
  checks.same("in the document's order", await page.locator(".card .what .title").first().textContent(), first);
  await page.keyboard.press("o");

  await page.keyboard.press("/");
  await page.keyboard.type("hamiltonijan");
  checks.same("a word leaves its work", await shown(page), 1);
  checks.that("which becomes the current one", (await title(page)).includes("Europol"));
  await page.keyboard.press("Escape");
  checks.same("Escape shows all again", await shown(page), shares.length);
  // From the text to the card and back.
  const block = page.locator(".cite", { hasText: "Hamiltonijan police" });
  await block.locator(".f.title").first().click();
  checks.that("a click in the text leads to the card", (await title(page)).includes("Europol"));
  checks.that("which is in sight", await page.locator(".card.current").isVisible());
  const top = () => page.locator(".cite.current").evaluate((one) => one.getBoundingClientRect().top);
  await page.locator(".card").nth(3).click();
  checks.that("a click on a card leads to its text", (await top()) > 0 && (await top()) < 900);
}

/** Fields are corrected by keyboard. */
async function edits(page) {
  await filter(page, "hamiltonijan");
  await page.keyboard.press("e");
  await page.locator('.card.current [data-field="title"]').focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("The role of Europol & <i>others</i> in 100 % of cases");
  await page.keyboard.press("Enter");
  checks.same("the card has the new title", await title(page), "The role of Europol & others in 100 % of cases");
  checks.that("it is marked as corrected", await page.locator(".card.current .badge.corrected").isVisible());
  await page.locator('.card.current [data-field="title"]').press("Escape");
  await page.keyboard.press("u");
  checks.that("undo takes it back", (await title(page)).includes("place and role"));
  await page.keyboard.press("Shift+U");
  checks.that("and it can be done again", (await title(page)).includes("100 %"));

  const names = page.locator('.card.current [data-field="author"]');
  await names.fill("Simić, B.; van der Nikač, Z., Jr.; Ministry of Ports");
  await names.press("Enter");
  await page.locator(".card.current button[aria-label='author in parts']").click();
  const parts = await page.locator(".card.current .name").evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll("input")].map((one) => one.value)));
  checks.same("names in parts", parts, [["Simić", "B.", "", ""], ["Nikač", "Z.", "van der", "Jr."], ["Ministry of Ports"]]);
  await page.getByLabel("given of name 1").fill("Bojan");
  await page.getByLabel("given of name 1").press("Enter");
  checks.same("and as one line", await value(page, "author"), "Simić, Bojan; van der Nikač, Z., Jr.; Ministry of Ports");

  const date = page.locator('.card.current [data-field="issued"]');
  await date.fill("2010-11-03");
  await date.press("Enter");
  await page.locator('.card.current [data-field="kind"]').selectOption("article-magazine");
  await page.locator('.card.current [aria-label="field to add"]').focus();
  await page.locator('.card.current [aria-label="field to add"]').selectOption("DOI");
  await page.getByLabel("value of the field to add").fill("10.5555/ports_1");
  await page.getByLabel("value of the field to add").press("Enter");
  checks.same("a field is added", await value(page, "DOI"), "10.5555/ports_1");
  await page.getByLabel("delete issue", { exact: true }).click();
  checks.same("a field is deleted", await page.locator('.card.current [data-field="issue"]').count(), 0);
  await filter(page, "");
}

/** Filters by what is doubted, on citations that are doubtful whatever the model. */
async function doubts(chromium) {
  const good = ["Harbour watch", "Small ports", "Tides and lamps", "Ferries of the north"].map((title, n) => `Roe, J. (${2001 + n}). ${title}. Port Studies, 15(2): 61-70.`);
  const bad = ["Poe, K. Pilots and their boats. Leiden: Brill.", "Doe, A. (2005). The keeper's diary. Port Studies, 16(1): 90-80."];
  fs.writeFileSync(at("doubts.txt"), `References\n\n${[...good, ...bad].join("\n\n")}\n`);
  run(citelift, "extract", at("doubts.txt"), "-q", "-o", at("doubts.html"));
  const page = await chromium.page(at("doubts.html"));
  await page.selectOption("#filter-state", "doubted");
  checks.that("what is doubted is shown", (await page.locator(".card:not([hidden]) .what .title").allTextContents()).includes("Pilots and their boats"));
  checks.that("and not all else", (await shown(page)) < 6);
  await page.selectOption("#filter-state", "all");
  await page.selectOption("#filter-doubt", "citation/no-year");
  checks.same("one kind of doubt", await page.locator(".card:not([hidden]) .what .title").allTextContents(), ["Pilots and their boats"]);
  checks.same("its doubt is told", await page.locator(".card.current .doubts .message").first().isVisible(), true);
  await page.selectOption("#filter-doubt", "");
  await filter(page, "no such words");
  await page.click("#show-all");
  checks.same("a filter that leaves nothing can be left", await shown(page), 6);
  await page.close();
}

async function filter(page, words) {
  await page.fill("#filter-text", words);
  await page.press("#filter-text", "Enter");
}

/** Places in the text are moved by keys and mouse, and marked. */
async function places(page) {
  await filter(page, "Journal of Fujian");
  await page.locator('.card.current [data-field="title"]').press("Alt+Enter");
  checks.same("from a field to its place", await page.evaluate(() => document.activeElement.dataset.key), "title#0");
  await page.keyboard.press("Enter");
  checks.same("and back", await page.evaluate(() => document.activeElement.dataset.field), "title");
  await page.keyboard.press("Escape");
  await page.keyboard.press("p");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  checks.same("from place to place", await page.evaluate(() => document.activeElement.dataset.key), "title#0");
  const before = await value(page, "title");
  await page.keyboard.press("Shift+ArrowLeft");
  checks.same("Shift and an arrow move the end by a word", await value(page, "title"), before.replace(/\s*\S+$/u, ""));
  await page.keyboard.press("Alt+ArrowRight");
  checks.same("Alt and an arrow move the beginning", await value(page, "title"), before.replace(/\s*\S+$/u, "").replace(/^\S+\s*/u, ""));
  checks.that("the place keeps the focus", await page.evaluate(() => document.activeElement.dataset.key === "title#0"));
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+z");
  checks.same("both are undone", await value(page, "title"), before);

  // The end of the title is dragged two words back.
  await page.locator('.cite.current .f[data-key="title#0"]').first().click();
  const handle = await page.locator(".cite.current .handle.end").boundingBox();
  const aim = await page.locator(".cite.current").evaluate((block) => {
    const mark = [...block.querySelectorAll('.f[data-key="title#0"]')].at(-1);
    const text = [...mark.childNodes].find((node) => node.nodeType === Node.TEXT_NODE);
    const range = document.createRange();
    const at = text.data.lastIndexOf(" ", text.data.lastIndexOf(" ") - 1);
    range.setStart(text, at - 1);
    range.setEnd(text, at);
    const box = range.getBoundingClientRect();
    return { x: box.right, y: box.top + box.height / 2 };
  });
  await page.mouse.move(handle.x, handle.y + handle.height / 2);
  await page.mouse.down();
  await page.mouse.move(aim.x - 20, aim.y, { steps: 4 });
  await page.mouse.move(aim.x, aim.y, { steps: 4 });
  await page.mouse.up();
  await page.waitForTimeout(50);
  checks.same("an end is dragged", await value(page, "title"), before.split(" ").slice(0, -2).join(" "));

  // Text is marked and made a field.
  await page.evaluate(() => {
    const text = document.querySelector('.cite.current .f[data-key="title#0"]').nextSibling;
    const walker = document.createTreeWalker(document.querySelector(".cite.current"), NodeFilter.SHOW_TEXT);
    let node;
    do node = walker.nextNode(); while (node && !node.data.includes("police cooperation"));
    getSelection().setBaseAndExtent(node, node.data.indexOf("police"), node, node.data.indexOf("police") + "police cooperation".length);
  });
  await page.waitForSelector("#assign:not([hidden])");
  await page.keyboard.press("f");
  await page.selectOption("#assign-field", "note");
  await page.keyboard.press("Enter");
  checks.same("marked text becomes a field", await value(page, "note"), "police cooperation");
  await filter(page, "");

  // And a work, of a line of prose.
  const count = await page.locator(".card").count();
  await page.evaluate(() => {
    const piece = document.querySelector(".piece").firstChild;
    const start = piece.data.indexOf("Two statutes");
    getSelection().setBaseAndExtent(piece, start, piece, start + "Two statutes".length);
  });
  await page.waitForSelector("#assign:not([hidden])");
  await page.keyboard.press("n");
  checks.same("marked text becomes a work", await page.locator(".card").count(), count + 1);
  checks.same("whose title it is", await value(page, "title"), "Two statutes");
}

/** Works are accepted and removed. */
async function settles(page) {
  // What is typed counts, though the mouse goes straight to a button.
  await filter(page, "Global Policing Sage");
  await page.locator('.card.current [data-field="publisher"]').fill("Sage");
  await page.locator(".card.current button", { hasText: "Accept" }).click();
  checks.same("typing and accepting with the mouse", [await page.locator(".card:not([hidden]) .line").textContent(), await page.locator("#count").textContent()], ["Bowling, Sheptycki · 2012 · Sage", "1 of 23 works settled"]);
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+z");
  await filter(page, "");
  await page.locator("#text").evaluate((pane) => pane.scrollTo(0, 0));
  await page.locator(".card").first().click();
  const first = await title(page);
  await page.keyboard.press("a");
  checks.that("accepting goes on to the next", (await title(page)) !== first);
  checks.same("and is counted", (await page.locator("#count").textContent()).slice(0, 5), "1 of ");
  const second = await title(page);
  await page.keyboard.press("x");
  checks.same("what is no work is removed", await page.locator(".card.removed .what .title").textContent(), second);
  await page.selectOption("#filter-state", "open");
  const open_ = await shown(page);
  await page.locator(".card.current").focus();
  await page.keyboard.press("a");
  checks.same("among what is not settled, it goes away", await shown(page), open_ - 1);
  await page.selectOption("#filter-state", "all");
  if (shots) await page.screenshot({ path: path.join(shots, "review-light.png") });
}

/** Everything is saved, and is what the library makes of the same works. */
async function saves(page) {
  await page.locator(".card.current").focus();
  await page.keyboard.press("s");
  const files = { corrections: "saved.corrections.json", bibtex: "saved.bib", biblatex: "saved.biblatex.bib", ris: "saved.ris", "csl-json": "saved.json" };
  for (const [what, name] of Object.entries(files)) {
    const [download] = await Promise.all([page.waitForEvent("download"), page.click(`[data-save="${what}"]`)]);
    await download.saveAs(at(name));
    checks.that(`${download.suggestedFilename()} is named after the document`, download.suggestedFilename().startsWith("police-cooperation."));
  }
  await page.keyboard.press("Escape");

  const was = items("read.json");
  const saved = items("saved.json");
  const changed = saved.filter((item) => !was.some((other) => JSON.stringify(other) === JSON.stringify(item)));
  checks.same("two works were changed and one is new", changed.length, 3);
  checks.same("one was removed", saved.length, was.length);
  const europol = changed.find((item) => item.DOI);
  checks.same("the correction is in the file", [europol?.type, europol?.title, europol?.issued, europol?.issue, europol?.author],
    ["article-magazine", "The role of Europol & <i>others</i> in 100 % of cases", { "date-parts": [[2010, 11, 3]] }, undefined,
      [{ family: "Simić", given: "Bojan" }, { family: "Nikač", given: "Z.", "non-dropping-particle": "van der", suffix: "Jr." }, { literal: "Ministry of Ports" }]]);

  // The library, given the same works, writes the very same files.
  for (const [format, name] of [["bibtex", "saved.bib"], ["biblatex", "saved.biblatex.bib"], ["ris", "saved.ris"], ["csl-json", "saved.json"]]) {
    run(citelift, "convert", at("saved.json"), "-q", "--to", format, "-o", at(`library.${format}`));
    checks.same(`${format} is as the library writes it`, read(name), read(`library.${format}`));
    run(citelift, "convert", at(name), "-q", "--to", "csl-json", "-o", at("back.json"));
    const back = items("back.json").find((item) => item.DOI === "10.5555/ports_1");
    checks.same(`${format} is read back with the correction`, [back?.title, back?.author?.length], [europol?.title, 3]);
  }
  const check = run(citelift, "check", at("saved.bib"), at("saved.ris"), at("saved.json"));
  checks.that(`check finds no error in what was saved: ${check.error}`, check.status === 0);
}

/** What was done is there again when the page is opened anew. */
async function keeps(page) {
  const before = [await page.locator("#count").textContent(), await page.locator(".card .badge").allTextContents()];
  await page.waitForTimeout(600);
  page.on("dialog", (dialog) => dialog.accept());
  await page.reload();
  checks.same("the browser keeps what was done", [await page.locator("#count").textContent(), await page.locator(".card .badge").allTextContents()], before);
}

/** Later runs take the corrections, and so does the training. */
async function again(chromium) {
  const corrections = items("saved.corrections.json");
  const count = (status) => corrections.documents[0].works.filter((work) => work.status === status).length;
  checks.same("the corrections", [corrections["citelift-corrections"], count("corrected"), count("added"), count("removed"), count("accepted")], [1, 2, 1, 1, 2]);
  const text = fs.readFileSync(document_);
  for (const work of corrections.documents[0].works) {
    checks.same("a span is the citation's, in bytes", text.subarray(work.span.start, work.span.end).toString(), work.text);
  }
  const made = run(citelift, "extract", document_, "--message-format", "json", "--corrections", at("saved.corrections.json"), "-o", at("again.json"), "-o", at("again.html"));
  checks.same("extract takes them", made.status, 0);
  checks.same("and gives what was saved", read("again.json"), read("saved.json"));
  const trained = run(citelift, "train", at("saved.corrections.json"), "--passes", "1", "-q", "-o", at("mine.model"));
  checks.that(`train takes them: ${trained.error}`, trained.status === 0 && fs.statSync(at("mine.model")).size > 0);
  const page = await chromium.page(at("again.html"));
  checks.same("a new page knows what is settled", await page.locator(".card .badge").count(), 6);
  checks.same("and what was removed", await page.locator(".card.removed").count(), 1);
  await page.close();
}

/** Several documents stand in one page, and each has its own corrections. */
async function several(chromium) {
  fs.writeFileSync(at("ports.txt"), "Literatur\n\nRoe, J. (2010). Häfen und Fähren. Leiden: Brill.\n\nPoe, K. (2011). Leuchttürme. Delft: Port Press.\n");
  const made = run(citelift, "extract", document_, at("ports.txt"), "-q", "-o", at("two.html"));
  checks.same("a page of two documents", made.status, 0);
  const page = await chromium.page(at("two.html"));
  checks.same("both are there by name", (await page.locator(".document").allTextContents()).map((name) => path.basename(name)), ["police-cooperation.txt", "ports.txt"]);
  await filter(page, "Fähren");
  await page.keyboard.press("a");
  await page.keyboard.press("s");
  const [download] = await Promise.all([page.waitForEvent("download"), page.click('[data-save="corrections"]')]);
  await download.saveAs(at("two.corrections.json"));
  const { documents } = items("two.corrections.json");
  checks.same("only what was looked at is saved", documents.map(({ name, works }) => [path.basename(name), works.map(({ text }) => text)]), [["ports.txt", ["Roe, J. (2010). Häfen und Fähren. Leiden: Brill."]]]);
  await page.close();
}

/** No rule of accessibility is broken, in either scheme and with dialogs open. */
async function accessible(chromium) {
  let source;
  try {
    source = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
  } catch {
    console.log("   skipped: accessibility, since axe-core is not installed");
    return;
  }
  for (const colorScheme of ["light", "dark"]) {
    const page = await chromium.page(at("review.html"), { colorScheme, reducedMotion: "reduce" });
    const judge = async (what) => {
      const { violations } = await page.evaluate(async (source) => {
        if (!window.axe) new Function(source)();
        return window.axe.run(document, { resultTypes: ["violations"] });
      }, source);
      const bad = violations.filter(({ impact }) => ["serious", "critical"].includes(impact));
      checks.that(`${what}, ${colorScheme}: ${bad.map(({ id, nodes }) => `${id} at ${nodes[0].target} (${nodes[0].failureSummary})`).join("; ")}`, bad.length === 0);
    };
    await page.keyboard.press("e");
    await page.locator(".card.current button[aria-label='author in parts']").click();
    await page.locator('.cite.current .f[data-key="title#0"]').first().click();
    await judge("the page");
    if (shots && colorScheme === "dark") await page.screenshot({ path: path.join(shots, "review-dark.png") });
    await page.locator(".card.current").focus();
    await page.keyboard.press("?");
    await judge("the keys");
    if (shots) await page.screenshot({ path: path.join(shots, `keys-${colorScheme}.png`) });
    await page.keyboard.press("Escape");
    await page.keyboard.press("s");
    await judge("saving");
    if (shots) await page.screenshot({ path: path.join(shots, `save-${colorScheme}.png`) });
    await page.keyboard.press("Escape");
    await page.keyboard.press("a");
    await page.setViewportSize({ width: 700, height: 900 });
    await judge("a narrow window");
    if (shots) await page.screenshot({ path: path.join(shots, `narrow-${colorScheme}.png`) });
    await page.close();
  }
}

main().catch((error) => {
  console.log(`   FAILED: ${error.stack}`);
  process.exit(1);
});
