"""The interpreters that rustsci is built into, as commands to run programs with."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "crates" / "rustpython"
NATIVE = [FOLDER / "target" / profile / "rustsci-python" for profile in ("release", "debug")]
MODULE = FOLDER / "target" / "wasm32-wasip1" / "wasi" / "rustsci-python.wasm"

# Started and ended, a command that only prints takes about a second; machines that run tests may be busy.
SECONDS = 180


@dataclass(frozen=True)
class Done:
    """What a program has printed, and how it ended."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Interpreter:
    """One way to run programs on rustsci inside RustPython."""

    name: str
    command: tuple[str, ...]
    missing: str = ""
    # Whether programs see of the environment only what is named.
    sandboxed: bool = True
    # What a limit on a program's time is asked for by.
    time_limit: tuple[str, ...] = ("--time-limit", "{}")

    def run(
        self,
        *arguments: str,
        folder: Path | None = None,
        given: str = "",
        environment: dict[str, str] | None = None,
    ) -> Done:
        """Run the command with arguments for Python, something on its standard input, and variables."""
        chosen = environment or {}
        named = [part for name, value in chosen.items() for part in ("--env", f"{name}={value}")]
        return self._run(named if self.sandboxed else [], arguments, folder, given, chosen)

    def run_limited(self, seconds: float, *arguments: str) -> Done:
        """Run the command with a limit on its time."""
        limit = [part.format(seconds) for part in self.time_limit]
        return self._run(limit, arguments)

    def _run(
        self,
        options: list[str],
        arguments: tuple[str, ...],
        folder: Path | None = None,
        given: str = "",
        environment: dict[str, str] | None = None,
    ) -> Done:
        separator = ["--"] if self.sandboxed else []
        done = subprocess.run(
            [*self.command, *options, *separator, *arguments],
            input=given,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            cwd=folder or ROOT,
            env=None if self.sandboxed else {**os.environ, **(environment or {})},
            encoding="utf-8",
        )
        return Done(done.returncode, done.stdout, done.stderr)


def native() -> Interpreter:
    """The command for this machine, the newest that was built."""
    built = sorted((path for path in NATIVE if path.exists()), key=lambda path: -path.stat().st_mtime)
    missing = "" if built else "rustsci-python is not built: make rustpython"
    program = str(built[0]) if built else ""
    return Interpreter("native", (program,), missing, sandboxed=False, time_limit=("-X", "time_limit={}"))


def node() -> Interpreter:
    """The module for WASI under Node."""
    program = shutil.which("node")
    missing = "" if program else "there is no Node"
    if not MODULE.exists():
        missing = "rustsci-python.wasm is not built: make wasm"
    return Interpreter("node", (program or "", "--no-warnings", str(FOLDER / "wasi" / "node.mjs")), missing)


def wasmtime() -> Interpreter:
    """The module for WASI under wasmtime."""
    missing = "" if find_spec("wasmtime") else "wasmtime is not installed: pip install wasmtime"
    if not MODULE.exists():
        missing = "rustsci-python.wasm is not built: make wasm"
    return Interpreter("wasmtime", (sys.executable, str(FOLDER / "wasi" / "wasmtime_run.py")), missing)


ALL = [native(), node(), wasmtime()]
