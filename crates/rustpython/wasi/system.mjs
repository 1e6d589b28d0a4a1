// What a module for WASI has of the system, by Node.

// That WASI is experimental in Node is said once it is loaded, so this comes before.
process.removeAllListeners("warning");
const { WASI } = await import("node:wasi");

// What a program sees of the environment at least. WASI has no folder to start in: the module enters the one named here.
export const ENVIRONMENT = { PWD: "/", PYTHONDONTWRITEBYTECODE: "1" };

// A WASI and the functions that a module imports from it. These are behind functions of JavaScript: called from
// WebAssembly without one between, those of Node 20 damage the stack of their caller now and then, and the process ends
// in a segmentation fault.
export function system(options) {
  const wasi = new WASI({ version: "preview1", ...options });
  const functions = Object.entries(wasi.getImportObject().wasi_snapshot_preview1);
  const behind = functions.map(([name, call]) => [name, (...values) => call(...values)]);
  return { wasi, imports: { wasi_snapshot_preview1: Object.fromEntries(behind) } };
}
