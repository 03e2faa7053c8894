// Compresses every file of one folder into another, as a host that compresses ahead of time would.
// Usage: node compress.mjs FROM TO
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const [from, to] = process.argv.slice(2);
for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const file = join(entry.parentPath ?? entry.path, entry.name);
  const target = join(to, file.slice(from.length + 1) + ".br");
  const bytes = readFileSync(file);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, brotliCompressSync(bytes, { params }));
}
