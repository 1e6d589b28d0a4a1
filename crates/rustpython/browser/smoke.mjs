// Runs the numeric crates in a bare WebAssembly module: node browser/smoke.mjs FILE.wasm
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

const module = await WebAssembly.compile(await readFile(process.argv[2]));
assert.deepEqual(WebAssembly.Module.imports(module), [], "a bare module needs nothing of its surroundings");
const { squares, refuses_too_much, variance, slope, cell } = (await WebAssembly.instantiate(module)).exports;

assert.equal(squares(5), 30);
assert.equal(squares(0), 0);
// Enough for the blocks of a reduction, and for threads where there are any.
assert.equal(squares(100_000), (99_999 * 100_000 * 199_999) / 6);
assert.equal(refuses_too_much(), 1);
// n (n + 1) / 1200 but for the rounding of the tenths.
assert.ok(Math.abs(variance(1000) / ((1000 * 1001) / 1200) - 1) < 1e-15);
assert.ok(Number.isNaN(variance(1)));
assert.ok(Math.abs(slope(20) - 0.1) < 1e-9);
assert.equal(cell(4, 33.3, -22.1), 2275);
assert.ok(Number.isNaN(cell(30, 0, 0)));
console.log("the numeric crates compute in a bare WebAssembly module");
