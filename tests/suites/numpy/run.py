"""Running test files, each in a process of its own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path

from tests.suites.numpy.catalogue import NUMPY_FOLDER, ROOT, SuiteFile, numpy_folder
from tests.suites.numpy.recorder import function_of, read_events

# A process that ends early has lost the case it was at; a new one goes on with the next.
MAX_PROCESSES = 12
FILE_SECONDS = 1800


@dataclass
class Function:
    """What the cases of a test function came to, and why the first of them failed or was skipped."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    failure: str = ""
    skip: str = ""

    @property
    def passes(self) -> bool:
        return self.passed > 0 and self.failed == 0

    def add(self, outcome: str, reason: str) -> None:
        if outcome == "failed":
            self.failure = self.failure or reason
        elif outcome == "skipped":
            self.skip = self.skip or reason
        setattr(self, outcome, getattr(self, outcome) + 1)


@dataclass
class Result:
    """What became of a test file."""

    file: SuiteFile
    seconds: float = 0.0
    collected: bool = True
    crashes: int = 0
    functions: dict[str, Function] = field(default_factory=dict)

    @property
    def cases_passed(self) -> int:
        return sum(function.passed for function in self.functions.values())

    @property
    def functions_passed(self) -> int:
        return sum(function.passes for function in self.functions.values())


def run_files(
    files: Iterable[SuiteFile], *, against: str, processes: int, interpreter: Path | None = None
) -> Iterator[Result]:
    """Run test files, some at a time, and yield their results as they come.

    The tests run under `interpreter`, by default the one that runs this.
    """
    program = [sys.executable] if interpreter is None else [str(interpreter.resolve())]
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(processes) as pool:
        options = ["--against", against]
        if against != "numpy":
            names = Path(folder) / "names.json"
            subprocess.run(
                [sys.executable, "-m", "tests.suites.numpy.names", str(names)], cwd=ROOT, check=True
            )
            options += ["--names", str(names)]
        # The long ones first, lest the last of them runs alone.
        ordered = sorted(files, key=lambda file: -file.cases)
        for future in as_completed([pool.submit(_run_file, program, file, options) for file in ordered]):
            yield future.result()


def _run_file(program: list[str], file: SuiteFile, options: list[str]) -> Result:
    result = Result(file)
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        events_file = Path(folder) / "events.jsonl"
        for _ in range(MAX_PROCESSES):
            if _run_process(program, file, events_file, options, Path(folder) / "output.txt"):
                break
            result.crashes += 1
            if not _mark_lost(events_file, Path(folder) / "output.txt"):
                break
        for kind, case, *rest in read_events(events_file):
            if kind == "collect":
                result.collected = False
                result.functions.setdefault(case, Function()).add(*rest)
            elif kind == "end":
                result.functions.setdefault(function_of(f"::{case}"), Function()).add(*rest)
    result.seconds = time.monotonic() - start
    return result


def _run_process(
    program: list[str], file: SuiteFile, events_file: Path, options: list[str], output_file: Path
) -> bool:
    """Run what is left of a file, and return whether the process came to its end."""
    command = [*program, "-m", "tests.suites.numpy.child", file.name, str(events_file), *options]
    with output_file.open("w") as output:
        try:
            code = subprocess.run(
                command,
                cwd=ROOT,
                env={**os.environ, NUMPY_FOLDER: str(numpy_folder())},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                timeout=FILE_SECONDS,
            ).returncode
        except subprocess.TimeoutExpired:
            return False
    return code == 0


def _mark_lost(events_file: Path, output_file: Path) -> bool:
    """End the case that the process was at when it crashed; False if it was at none, and all is lost."""
    events = read_events(events_file)
    ended = {case for kind, case, *_ in events if kind == "end"}
    lost = [case for kind, case, *_ in events if kind == "start" and case not in ended]
    said = output_file.read_text(errors="replace").strip()
    # What faulthandler or Rust wrote of the fault; else the last line.
    fault = re.search(r"Fatal Python error: .*|Timeout \(.*|thread '.*' panicked.*", said)
    reason = f"crash: {fault[0] if fault else said.rpartition(chr(10))[2]}"
    with events_file.open("a") as file:
        for case in lost:
            file.write(json.dumps(["end", case, "failed", reason]) + "\n")
        if not lost:
            file.write(json.dumps(["collect", "", "failed", reason]) + "\n")
    return bool(lost)
