import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { SITE_ROOT } from "./server.ts";

/**
 * Compresses the files for browsers once, and quickly. A deployed site brings them compressed; with a test
 * build, the server would compress some megabytes of WebAssembly for every visitor anew.
 */
export default function compress(): void {
  const folder = join(SITE_ROOT, "pkg");
  for (const name of readdirSync(folder, { encoding: "utf8", recursive: true })) {
    if (!/\.(css|js|wasm)$/.test(name)) continue;
    const file = join(folder, name);
    writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 1 }));
  }
}
