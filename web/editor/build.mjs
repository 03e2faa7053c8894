// Bundles src/index.js into dist/editor.js (one minified ES module) with the licences of what is in it beside it,
// and prints what it weighs. `--parts` lists the modules by size.
import { build } from "esbuild";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const sheets = here("src/style-sheets.js");

// Every package that asks for style-mod gets src/style-sheets.js, which alone sees the real one.
const adoptStyleSheets = {
  name: "adopt-style-sheets",
  setup(bundle) {
    bundle.onResolve({ filter: /^style-mod$/ }, ({ importer }) => (importer === sheets ? null : { path: sheets }));
  },
};

const { metafile } = await build({
  absWorkingDir: here("."),
  entryPoints: ["src/index.js"],
  outfile: "dist/editor.js",
  bundle: true,
  format: "esm",
  target: ["es2022"],
  minify: true,
  legalComments: "none",
  banner: { js: "/*! Licences: editor.licences.txt */" },
  logLevel: "warning",
  metafile: true,
  plugins: [adoptStyleSheets],
});

const parts = Object.entries(metafile.outputs["dist/editor.js"].inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
const packages = new Set(parts.map(([path]) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]).filter(Boolean));
const licences = [...packages].sort().map((name) => `${name}\n\n${readFileSync(here(`node_modules/${name}/LICENSE`), "utf8").trim()}\n`);
writeFileSync(here("dist/editor.licences.txt"), licences.join(`\n${"-".repeat(72)}\n\n`));

if (process.argv.includes("--parts")) {
  const bySize = parts.sort(([, a], [, b]) => b.bytesInOutput - a.bytesInOutput);
  for (const [path, { bytesInOutput }] of bySize) console.log(String(bytesInOutput).padStart(8), path);
}
const bytes = readFileSync(here("dist/editor.js"));
const grouped = (n) => n.toLocaleString("en-US");
console.log(`editor.js: ${grouped(bytes.length)} bytes, gzip ${grouped(gzipSync(bytes).length)}, brotli ${grouped(brotliCompressSync(bytes).length)}`);
