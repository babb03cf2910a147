// The page's writers against the library's: every work of tests/clients/works as BibTeX, BibLaTeX
// and RIS, byte for byte, and as the CSL-JSON item that it was read from.
//
// Called by `run`; takes the command and a folder for its files, prints what differs and how many
// were compared, and leaves with 1 where something differs.

"use strict";

const { execFileSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const vm = require("node:vm");

const [citelift, scratch] = process.argv.slice(2);
const root = path.join(__dirname, "../..");
const page = path.join(root, "cli/src/review");
const context = vm.createContext({ TextEncoder });
for (const file of ["csl", "dates", "latex", "bib", "ris"]) {
  vm.runInContext(fs.readFileSync(path.join(page, "page", `${file}.js`), "utf8"), context, { filename: file });
}
context.table = fs.readFileSync(path.join(page, "places.json"), "utf8");
const { Csl, Bib, Ris, Dates } = vm.runInContext("PLACES = JSON.parse(table); ({ Csl, Bib, Ris, Dates })", context);

const folder = path.join(root, "tests/clients/works");
const inputs = fs.readdirSync(folder).sort().map((name) => path.join(folder, name));
const convert = (...options) =>
  execFileSync(citelift, ["convert", "--quiet", ...inputs, ...options], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], maxBuffer: 1 << 26 });
// Losses are an exit status of 1 and no matter here.
const converted = (format, ...options) => {
  const file = path.join(scratch, `works.${format}`);
  try {
    convert("--to", format, "-o", file, ...options);
  } catch (error) {
    if (error.status !== 1) throw error;
  }
  return fs.readFileSync(file, "utf8");
};

let [compared, differ] = [0, 0];
function same(what, ours, library) {
  compared += 1;
  if (ours === library) return;
  differ += 1;
  console.log(`   ${what} differs\n      library: ${JSON.stringify(library)}\n      page:    ${JSON.stringify(ours)}`);
}

for (const annotation of ["abstract", "annote", "note"]) {
  // The items in the corrections have the abstract where it is; what is exported may not.
  const items = JSON.parse(converted("csl-json"));
  const written = JSON.parse(converted("csl-json", "--annotation", annotation));
  const bib = (format) => converted(format, "--annotation", annotation).split(/\n\n(?=@)/u).map((entry) => `${entry.trimEnd()}\n`);
  const library = {
    bibtex: bib("bibtex"),
    biblatex: bib("biblatex"),
    ris: converted("ris", "--annotation", annotation).split(/(?<=\r\n\r\n)(?=TY {2}- )/u),
  };
  items.forEach((item, at) => {
    const work = Csl.read(item);
    if (annotation === "abstract") same(`item ${item.id}`, JSON.stringify(Csl.write(work)), JSON.stringify(item));
    same(`${annotation} item ${item.id}`, JSON.stringify(Csl.write(work, annotation)), JSON.stringify(written[at]));
    same(`${annotation} bibtex ${item.id}`, Bib.entry(work, "bibtex", annotation), library.bibtex[at]);
    same(`${annotation} biblatex ${item.id}`, Bib.entry(work, "biblatex", annotation), library.biblatex[at]);
    same(`${annotation} ris ${item.id}`, Ris.record(work, annotation), library.ris[at]);
    for (const [field, value] of Object.entries(work.fields)) {
      if (Csl.class(field) === "date" && annotation === "abstract") {
        same(`${field} of ${item.id}`, JSON.stringify(Dates.parse(Dates.print(value))), JSON.stringify(value));
      }
    }
  });
}
console.log(`   ${compared} values and records compared with the library's, ${differ} differ`);
process.exit(differ > 0 ? 1 : 0);
