// Runs the core crates in a bare WebAssembly module: node browser/smoke.mjs FILE.wasm
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

const module = await WebAssembly.compile(await readFile(process.argv[2]));
assert.deepEqual(WebAssembly.Module.imports(module), [], "a bare module needs nothing of its surroundings");
const { squares, refuses_too_much } = (await WebAssembly.instantiate(module)).exports;
assert.equal(squares(5), 30);
assert.equal(squares(0), 0);
// Enough for the blocks of a reduction, and for threads where there are any.
assert.equal(squares(100_000), (99_999 * 100_000 * 199_999) / 6);
assert.equal(refuses_too_much(), 1);
console.log("the core crates compute in a bare WebAssembly module");
