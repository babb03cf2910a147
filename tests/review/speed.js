// A page of a thousand works opens in two seconds, and a key is answered in a tenth of one.
//
// Called by `run` with the command, the browser and a folder. The references are made up here.

"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { open, run, Checks } = require("./browser");

const [citelift, executable, scratch] = process.argv.slice(2);
const WORKS = 1000;
const OPEN = 2000;
const KEY = 100;

/** A list of references, and prose before it. */
function list() {
  const families = ["Roe", "Poe", "Doe", "Okafor", "Reyes", "Tanaka", "Lindqvist", "Marlowe", "Osei", "Haldane"];
  const nouns = ["harbour", "tide", "ferry", "gauge", "signal", "lamp", "channel", "pilot", "wharf", "buoy"];
  const pick = (from, n) => from[n % from.length];
  const lines = [];
  for (let n = 0; n < WORKS; n += 1) {
    const who = `${pick(families, n)}, ${String.fromCharCode(65 + (n % 26))}. & ${pick(families, n * 7 + 3)}, ${String.fromCharCode(65 + ((n * 5) % 26))}.`;
    const title = `On the ${pick(nouns, n)} and the ${pick(nouns, n * 3 + 1)} of port ${n}: what keepers wrote down`;
    const where = n % 3 === 0 ? `Leiden: Brill.` : `Journal of ${pick(nouns, n * 3)} studies, ${1 + (n % 40)}(${1 + (n % 4)}): ${n + 1}-${n + 19}.`;
    lines.push(`${who} (${1950 + (n % 70)}). ${title}. ${where}`);
  }
  return `A report on ports.\n\n${"Nobody needs to read it from end to end. ".repeat(40)}\n\nReferences\n\n${lines.join("\n\n")}\n`;
}

const middle = (times) => times.slice().sort((one, other) => one - other)[Math.floor(times.length / 2)];

async function main() {
  const checks = new Checks();
  const [document_, page_] = [path.join(scratch, "thousand.txt"), path.join(scratch, "thousand.html")];
  fs.writeFileSync(document_, list());
  const made = run(citelift, "extract", document_, "-q", "-o", page_);
  checks.that(`extract makes the page: ${made.error}`, made.status === 0);
  const chromium = await open(executable, checks);
  const page = await chromium.page(page_);
  // To the first frame with everything in it.
  const opened = await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => resolve(performance.now())))));
  const works = await page.locator(".card").count();
  checks.that(`${works} works of ${WORKS} are found`, works > 0.98 * WORKS);

  // How long the page is at work, in the time of its own thread: what else the machine does is no
  // matter. Beside it, what a clock shows from a key to the end of the next frame.
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const busy = async () => 1000 * (await session.send("Performance.getMetrics")).metrics.find(({ name }) => name === "TaskDuration").value;
  const frame = () => page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
  await page.evaluate(() => {
    window.times = [];
    addEventListener("keydown", () => {
      const began = performance.now();
      requestAnimationFrame(() => setTimeout(() => window.times.push(performance.now() - began)));
    }, true);
  });
  const answered = async (what, keys) => {
    await page.evaluate(() => (window.times.length = 0));
    const took = [];
    for (const key of keys) {
      const before = await busy();
      await page.keyboard.press(key);
      await frame();
      took.push((await busy()) - before);
    }
    const times = await page.evaluate(() => window.times);
    console.log(`   ${what}: ${middle(took).toFixed(0)} ms of work, at most ${Math.max(...took).toFixed(0)}; by the clock ${middle(times).toFixed(0)} ms`);
    checks.that(`${what} is answered in ${middle(took).toFixed(0)} ms`, middle(took) < KEY);
  };
  console.log(`   a page of ${works} works (${(fs.statSync(page_).size / 1e6).toFixed(1)} MB) opens in ${Math.round(opened)} ms`);
  checks.that(`the page opens in ${Math.round(opened)} ms`, opened < OPEN);
  await answered("next work", Array(30).fill("j"));
  await answered("accept", Array(20).fill("a"));
  await answered("undo", Array(10).fill("u"));
  await answered("order", ["o", "o", "o"]);
  await page.focus("#filter-text");
  await answered("filter", [..."lamp", "Escape"]);
  await chromium.browser.close();
  checks.end("the speed of the review page");
}

main().catch((error) => {
  console.log(`   FAILED: ${error.stack}`);
  process.exit(1);
});
