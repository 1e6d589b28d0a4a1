// Measures rustsci-python.wasm, and fails where it is larger than it may be:
//
//     node wasi/measure.mjs [FILE.wasm]
//
// Start-up is from a compiled module to what a program that imports numpy has printed, the best of seven starts. It says
// whether that is too slow, and does not fail for it: machines differ.
// A module that ends closes the process's own standard files, so each start has a process.
import { fork } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { ENVIRONMENT, system } from "./system.mjs";

const MEGABYTE = 1e6;
const LIMITS = { size: 25 * MEGABYTE, gzipped: 8 * MEGABYTE, start: 700 };
const STARTS = 7;
const PROGRAM = "import numpy as np; print(np.arange(10)[2:8:2].sum())";

const self = fileURLToPath(import.meta.url);
const path =
  process.argv[2] ?? fileURLToPath(new URL("../target/wasm32-wasip1/wasi/rustsci-python.wasm", import.meta.url));
const bytes = await readFile(path);

// Milliseconds until the module is compiled, and from then on until the program's first line is written.
async function start() {
  const { wasi, imports } = system({
    args: ["rustsci-python", "-c", PROGRAM],
    env: ENVIRONMENT,
    preopens: { "/": process.cwd() },
    returnOnExit: true,
  });
  const { fd_write } = imports.wasi_snapshot_preview1;
  let printed = NaN;
  imports.wasi_snapshot_preview1.fd_write = (file, ...rest) => {
    const result = fd_write(file, ...rest);
    if (file === 1 && Number.isNaN(printed)) printed = performance.now();
    return result;
  };
  const begun = performance.now();
  const module = await WebAssembly.compile(bytes);
  const compiled = performance.now();
  const code = wasi.start(await WebAssembly.instantiate(module, imports));
  if (code !== 0) throw new Error(`the program ended with exit code ${code}`);
  return { compile: compiled - begun, start: printed - compiled };
}

// The same in a process of its own.
function startElsewhere() {
  return new Promise((resolve, reject) => {
    const child = fork(self, [path], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
    child.once("message", resolve);
    child.once("exit", (code) => reject(new Error(`a start ended with exit code ${code}`)));
  });
}

async function report() {
  const starts = [];
  for (let i = 0; i < STARTS; i++) starts.push(await startElsewhere());
  const megabytes = (value) => `${(value / MEGABYTE).toFixed(1)} MB`;
  const milliseconds = (value) => `${value.toFixed(0)} ms`;
  const rows = [
    ["size", bytes.length, LIMITS.size, megabytes],
    ["gzipped", gzipSync(bytes, { level: 9 }).length, LIMITS.gzipped, megabytes],
    ["compile", Math.min(...starts.map(({ compile }) => compile)), Infinity, milliseconds],
    ["start to first line", Math.min(...starts.map(({ start }) => start)), LIMITS.start, milliseconds],
  ];
  console.log(`Node ${process.version}, ${path}`);
  for (const [name, value, limit, show] of rows) {
    const over = value > limit || Number.isNaN(value);
    if (over && show === megabytes) process.exitCode = 1;
    const allowed = Number.isFinite(limit) ? `at most ${show(limit)}` : "";
    console.log(`${name.padEnd(20)} ${show(value).padStart(9)}   ${allowed}${over ? "  EXCEEDED" : ""}`);
  }
}

if (process.send) process.send(await start());
else await report();
