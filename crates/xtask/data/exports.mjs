// Writes what `wasm-metadce` needs to drop exports that nobody calls: a graph whose root reaches all others.
// A library below Leptos exports a bridge to streams of the browser, which the page does not use.
import { readFile, writeFile } from "node:fs/promises";

const [wasm, graph] = process.argv.slice(2);
const module = new WebAssembly.Module(await readFile(wasm));
const names = WebAssembly.Module.exports(module).map(({ name }) => name);
const kept = names.filter((name) => !/^(__wbg_)?intounderlying/.test(name));
const nodes = kept.map((name, place) => ({ name: `export ${place}`, export: name }));
const root = { name: "page", root: true, reaches: nodes.map(({ name }) => name) };
await writeFile(graph, JSON.stringify([root, ...nodes]));
