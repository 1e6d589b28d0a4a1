"""Run rustsci-python.wasm under wasmtime.

    python wasi/wasmtime_run.py [OPTION …] -- -c "print(1)"

where the options are --wasm FILE, --time-limit SECONDS, --dir GUEST=HOST and --env NAME[=VALUE]. The current
folder is preopened as `/`, unless folders are named; of the environment the program sees what is named. What
wasmtime has compiled is kept beside the module.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import sys
import threading
from importlib.metadata import version
from pathlib import Path

import wasmtime
from wasmtime._bindings import dll

HERE = Path(__file__).parent
BUILT = HERE.parent / "target" / "wasm32-wasip1" / "wasi" / "rustsci-python.wasm"
OVERTIME = 124
# More than the module ever asks of the engine, so that deep recursion is the interpreter's to notice.
STACK = 16 << 20


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--wasm", type=Path, default=BUILT)
    parser.add_argument("--time-limit", type=float, default=0.0, metavar="SECONDS")
    parser.add_argument("--dir", action="append", default=[], metavar="GUEST=HOST")
    parser.add_argument("--env", action="append", default=[], metavar="NAME[=VALUE]")
    parser.add_argument("program", nargs=argparse.REMAINDER, help="after --: what is for Python")
    return parser.parse_args()


def environment(named: list[str]) -> dict[str, str]:
    """Return the variables that are named, with the values that they are given or have here."""
    # WASI has no folder to start in: the module enters this one.
    chosen = {"PWD": "/", "PYTHONDONTWRITEBYTECODE": "1"}
    for entry in named:
        name, given, value = entry.partition("=")
        if given:
            chosen[name] = value
        elif name in os.environ:
            chosen[name] = os.environ[name]
    return chosen


def compiled(engine: wasmtime.Engine, path: Path) -> wasmtime.Module:
    """Return the module, from what was compiled before if it is no older."""
    kept = path.with_suffix(f".{version('wasmtime')}.cwasm")
    if kept.exists() and kept.stat().st_mtime >= path.stat().st_mtime:
        return wasmtime.Module.deserialize_file(engine, str(kept))
    module = wasmtime.Module.from_file(engine, str(path))
    kept.write_bytes(module.serialize())
    return module


def run(options: argparse.Namespace) -> int:
    config = wasmtime.Config()
    config.epoch_interruption = True
    # Of no use here, but the other may not be larger, and wasmtime's Python has no name for it.
    dll.wasmtime_config_async_stack_size_set(config.ptr(), ctypes.c_size_t(STACK))
    config.max_wasm_stack = STACK
    engine = wasmtime.Engine(config)
    store = wasmtime.Store(engine)
    store.set_epoch_deadline(1)
    wasi = wasmtime.WasiConfig()
    program = options.program[1:] if options.program[:1] == ["--"] else options.program
    wasi.argv = ["rustsci-python", *program]
    wasi.env = list(environment(options.env).items())
    wasi.inherit_stdin()
    wasi.inherit_stdout()
    wasi.inherit_stderr()
    for folder in options.dir or [f"/={os.getcwd()}"]:
        guest, _, host = folder.partition("=")
        wasi.preopen_dir(host, guest)
    store.set_wasi(wasi)
    linker = wasmtime.Linker(engine)
    linker.define_wasi()
    instance = linker.instantiate(store, compiled(engine, options.wasm))
    if options.time_limit:
        timer = threading.Timer(options.time_limit, engine.increment_epoch)
        timer.daemon = True
        timer.start()
    start = instance.exports(store)["_start"]
    assert isinstance(start, wasmtime.Func)
    try:
        start(store)
    except wasmtime.ExitTrap as ended:
        return int(ended.code)
    except wasmtime.Trap as trap:
        if trap.trap_code == wasmtime.TrapCode.INTERRUPT:
            print(f"rustsci-python: the time limit of {options.time_limit} s is up", file=sys.stderr)
            return OVERTIME
        print(f"rustsci-python: the program ended in a trap: {trap.message}", file=sys.stderr)
        return 1
    return 0


def main() -> int:
    options = parse_arguments()
    codes = []
    # A thread, for the sake of its stack.
    threading.stack_size(2 * STACK)
    thread = threading.Thread(target=lambda: codes.append(run(options)))
    thread.start()
    thread.join()
    return codes[0] if codes else 1


if __name__ == "__main__":
    sys.exit(main())
