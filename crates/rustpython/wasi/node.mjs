// Runs rustsci-python.wasm under Node's WASI:
//
//     node wasi/node.mjs [--wasm FILE] [--time-limit SECONDS] [--dir GUEST=HOST …] [--env NAME[=VALUE] …] -- -c "print(1)"
//
// The current folder is preopened as `/`, unless folders are named. Of the environment the program sees what is named.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Worker, isMainThread, workerData } from "node:worker_threads";
import { ENVIRONMENT, system } from "./system.mjs";

const OVERTIME = 124;
// More than the module's own stack ever asks of the engine, so that deep recursion is the interpreter's to notice.
const STACK_MEGABYTES = 16;

// What is before and after the first equals sign, which the rest may have too.
function divided(text) {
  const [name, ...rest] = text.split("=");
  return [name, rest.length ? rest.join("=") : undefined];
}

function parse(argv) {
  const options = {
    wasm: fileURLToPath(new URL("../target/wasm32-wasip1/wasi/rustsci-python.wasm", import.meta.url)),
    limit: 0,
    folders: {},
    environment: { ...ENVIRONMENT },
    program: [],
  };
  for (let i = 0; i < argv.length; i++) {
    const value = () => {
      if (++i >= argv.length) throw new Error(`${argv[i - 1]} needs a value`);
      return argv[i];
    };
    if (argv[i] === "--") {
      options.program = argv.slice(i + 1);
      break;
    } else if (argv[i] === "--wasm") options.wasm = value();
    else if (argv[i] === "--time-limit") options.limit = Number(value());
    else if (argv[i] === "--dir") {
      const [guest, host] = divided(value());
      options.folders[guest] = host;
    } else if (argv[i] === "--env") {
      const [name, given] = divided(value());
      const text = given ?? process.env[name];
      if (text !== undefined) options.environment[name] = text;
    } else throw new Error(`unknown option ${argv[i]}: what is for Python comes after --`);
  }
  if (Number.isNaN(options.limit) || options.limit < 0) throw new Error("--time-limit needs a number of seconds");
  if (Object.keys(options.folders).length === 0) options.folders["/"] = process.cwd();
  return options;
}

async function run({ wasm, folders, environment, program }) {
  const { wasi, imports } = system({
    args: ["rustsci-python", ...program],
    env: environment,
    preopens: folders,
    // A thread that ends in the midst of WebAssembly takes the process along now and then.
    returnOnExit: true,
  });
  const module = await WebAssembly.compile(await readFile(wasm));
  const instance = await WebAssembly.instantiate(module, imports);
  try {
    return wasi.start(instance);
  } catch (error) {
    if (!(error instanceof WebAssembly.RuntimeError || error instanceof RangeError)) throw error;
    console.error(`rustsci-python: the program ended in a trap: ${error.message}`);
    return 1;
  }
}

if (isMainThread) {
  const options = parse(process.argv.slice(2));
  // The main thread's stack cannot grow, and an endless loop leaves its thread no time to stop itself.
  const worker = new Worker(new URL(import.meta.url), {
    workerData: options,
    resourceLimits: { stackSizeMb: STACK_MEGABYTES },
  });
  const end = () => {
    console.error(`rustsci-python: the time limit of ${options.limit} s is up`);
    process.exit(OVERTIME);
  };
  const timer = options.limit ? setTimeout(end, options.limit * 1000) : undefined;
  worker.on("error", (error) => console.error(`rustsci-python: ${error.message}`));
  worker.on("exit", (code) => {
    clearTimeout(timer);
    process.exitCode = code;
  });
} else {
  process.exit(await run(workerData));
}
