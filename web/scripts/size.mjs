// What a browser has to load before anything shows, packed, against its budget;
// and the charts, which come after.
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const root = new URL("../dist/app", import.meta.url).pathname;
const budget = 200 * 1024;
const manifest = JSON.parse(readFileSync(join(root, "manifest.json"), "utf8"));

/** The files that a chunk needs at once: itself, what it imports, their styles. */
function closure(name, into) {
  const chunk = manifest[name];
  if (!chunk || into.has(chunk.file)) return into;
  into.add(chunk.file);
  for (const css of chunk.css ?? []) into.add(css);
  for (const dependency of chunk.imports ?? []) closure(dependency, into);
  return into;
}

const packed = (file) => statSync(join(root, `${file}.gz`)).size;
const sum = (files) => [...files].reduce((total, file) => total + packed(file), 0);
const kb = (bytes) => `${(bytes / 1024).toFixed(1)} kB`;

const first = closure("index.html", new Set(["index.html"]));
const page = closure("src/pages/overview/index.tsx", new Set());
const load = sum(new Set([...first, ...page]));
const charts = closure("src/charts/engine.ts", new Set());
for (const file of first) charts.delete(file);

console.log(`first load ${kb(load)} gzip of ${kb(budget)} allowed; charts ${kb(sum(charts))} after it`);
if (load > budget) {
  console.error("the first load is over its budget; load something later, or do without it");
  process.exit(1);
}
