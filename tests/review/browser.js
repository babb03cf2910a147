// A Chromium without a window, and checks that are counted. Called by page.js and speed.js.

"use strict";

const { execFileSync } = require("node:child_process");

const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** A browser; what the page asks the network for, and what goes wrong in it, is a failed check. */
async function open(executablePath, checks) {
  const { chromium } = require("playwright-core");
  const browser = await chromium.launch({ executablePath, args: FLAGS });
  return {
    browser,
    async page(file, options = {}) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, acceptDownloads: true, ...options });
      const page = await context.newPage();
      page.on("pageerror", (error) => checks.fail(`the page throws ${error.message}`));
      page.on("console", (message) => message.type() === "error" && checks.fail(`the page says ${message.text()}`));
      page.on("request", (request) => /^(?:file|data|blob):/u.test(request.url()) || checks.fail(`the page asks for ${request.url()}`));
      await page.goto(`file://${file}`);
      return page;
    },
  };
}

/** Counts what holds, and prints what does not. */
class Checks {
  count = 0;
  failed = 0;

  fail(what) {
    this.failed += 1;
    console.log(`   FAILED: ${what}`);
  }

  that(what, holds) {
    this.count += 1;
    if (!holds) this.fail(what);
  }

  same(what, got, wanted) {
    const [one, other] = [got, wanted].map((value) => (typeof value === "string" ? value : JSON.stringify(value)));
    this.count += 1;
    if (one !== other) this.fail(`${what}\n      got:    ${one?.slice(0, 600)}\n      wanted: ${other?.slice(0, 600)}`);
  }

  end(what) {
    console.log(`   ${what}: ${this.count} checks, ${this.failed} failed`);
    process.exitCode = this.failed > 0 ? 1 : 0;
  }
}

/** Runs the command; gives its status and what it said. */
function run(citelift, ...options) {
  try {
    const said = execFileSync(citelift, options, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], maxBuffer: 1 << 27 });
    return { status: 0, said };
  } catch (error) {
    return { status: error.status, said: error.stdout, error: error.stderr };
  }
}

module.exports = { open, run, Checks };
