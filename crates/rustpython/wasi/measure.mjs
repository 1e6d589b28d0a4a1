// Measures rustsci-python.wasm, and fails where it is larger or slower than it may be:
//
//     node wasi/measure.mjs [FILE.wasm]
//
// Start-up is from a compiled module to what a program that imports numpy has printed, the median of seven starts.
import { open, readFile } from "node:fs/promises";
import { devNull } from "node:os";
import { fileURLToPath } from "node:url";
import { WASI } from "node:wasi";
import { gzipSync } from "node:zlib";

const MEGABYTE = 1e6;
const LIMITS = { size: 25 * MEGABYTE, gzipped: 8 * MEGABYTE, start: 700 };
const STARTS = 7;
const PROGRAM = "import numpy as np; print(np.arange(10)[2:8:2].sum())";

process.removeAllListeners("warning");
const path =
  process.argv[2] ?? fileURLToPath(new URL("../target/wasm32-wasip1/wasi/rustsci-python.wasm", import.meta.url));

// Milliseconds until the program's first line is written.
async function start(module) {
  const out = await open(devNull, "w");
  const wasi = new WASI({
    version: "preview1",
    args: ["rustsci-python", "-c", PROGRAM],
    env: { PWD: "/", PYTHONDONTWRITEBYTECODE: "1" },
    preopens: { "/": process.cwd() },
    stdout: out.fd,
    returnOnExit: true,
  });
  const imports = wasi.getImportObject();
  const { fd_write } = imports.wasi_snapshot_preview1;
  let printed = NaN;
  imports.wasi_snapshot_preview1.fd_write = (file, ...rest) => {
    const result = fd_write(file, ...rest);
    if (file === 1 && Number.isNaN(printed)) printed = performance.now();
    return result;
  };
  const begun = performance.now();
  const code = wasi.start(await WebAssembly.instantiate(module, imports));
  await out.close();
  if (code !== 0) throw new Error(`the program ended with exit code ${code}`);
  return printed - begun;
}

const bytes = await readFile(path);
const gzipped = gzipSync(bytes, { level: 9 }).length;
const begun = performance.now();
const module = await WebAssembly.compile(bytes);
const compiled = performance.now() - begun;
const starts = [];
for (let i = 0; i < STARTS; i++) starts.push(await start(module));
starts.sort((a, b) => a - b);
const median = starts[STARTS >> 1];

const rows = [
  ["size", bytes.length, LIMITS.size, (value) => `${(value / MEGABYTE).toFixed(1)} MB`],
  ["gzipped", gzipped, LIMITS.gzipped, (value) => `${(value / MEGABYTE).toFixed(1)} MB`],
  ["compile", compiled, Infinity, (value) => `${value.toFixed(0)} ms`],
  ["start to first line", median, LIMITS.start, (value) => `${value.toFixed(0)} ms`],
];
console.log(`Node ${process.version}, ${path}`);
let failed = false;
for (const [name, value, limit, show] of rows) {
  const over = value > limit || Number.isNaN(value);
  failed ||= over;
  const allowed = Number.isFinite(limit) ? `at most ${show(limit)}` : "";
  console.log(`${name.padEnd(20)} ${show(value).padStart(9)}   ${allowed}${over ? "  EXCEEDED" : ""}`);
}
process.exitCode = failed ? 1 : 0;
