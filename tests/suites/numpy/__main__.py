"""Run NumPy's own tests against rustsci, and compare with what is known to pass."""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

from tests.suites.numpy import catalogue, compatibility, ledger, results
from tests.suites.numpy.run import Result, run_files

RESULTS = catalogue.ROOT / "target" / "numpy-suite.json"
SHOWN = 20


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.suites.numpy", description=__doc__)
    add = parser.add_argument
    add(
        "files",
        nargs="*",
        help="test files or folders, such as _core/test_umath, test_umath or _core; default: all",
    )
    add("-j", "--processes", type=int, default=os.cpu_count() or 1, help="how many files at a time")
    add("-v", "--verbose", action="store_true", help="show each function that does not pass, and why")
    add("--quick", action="store_true", help="only the files of the quick subset, a few minutes")
    add(
        "--update-ledger",
        action="store_true",
        help="write down what passes now; nothing that passed may have failed",
    )
    add("--accept-losses", action="store_true", help="let --update-ledger write down losses, too")
    add("--results", type=Path, default=RESULTS, help="the JSON file for the results (default: %(default)s)")
    add(
        "--against",
        default="rustsci",
        metavar="LIBRARY",
        help="another library to test, numpy itself for instance",
    )
    add(
        "--interpreter",
        type=Path,
        metavar="PROGRAM",
        help="run the tests under this rustsci-python instead of the Python that runs this",
    )
    return parser.parse_args()


def main() -> int:
    options = parse_arguments()
    elsewhere = options.interpreter is not None
    files = catalogue.quick(elsewhere=elsewhere) if options.quick else catalogue.choose(options.files)
    start = time.monotonic()
    finished = []
    running = run_files(
        files, against=options.against, processes=options.processes, interpreter=options.interpreter
    )
    for result in running:
        finished.append(result)
        show(result, verbose=options.verbose)
    finished.sort(key=lambda result: result.file.name)
    ours, numpys = sum(r.functions_passed for r in finished), sum(r.file.functions for r in finished)
    cases, numpys_cases = sum(r.cases_passed for r in finished), sum(r.file.cases for r in finished)
    print(
        f"\n{options.against} passes {ours:,} of the {numpys:,} test functions that NumPy passes in "
        f"{len(finished)} files, and {cases:,} of {numpys_cases:,} cases ({time.monotonic() - start:.0f} s)"
    )
    results.write(options.results, finished)
    if options.against != "rustsci":
        return 0
    folder = ledger.RUSTPYTHON_FOLDER if elsewhere else None
    return settle(finished, folder, update=options.update_ledger, accept=options.accept_losses)


def show(result: Result, *, verbose: bool) -> None:
    """Print a line for a test file, and one for each function that does not pass if asked to."""
    score = f"{result.functions_passed:5} / {result.file.functions:4}"
    notes = "" if result.collected else "  NOT COLLECTED"
    if result.crashes:
        notes += f"  {result.crashes} crashes"
    print(f"{score}  {result.file.name:40} {result.seconds:6.1f} s{notes}", flush=True)
    if verbose:
        for name, function in sorted(result.functions.items()):
            if not function.passes:
                print(f"        {name}: {one_line(function.failure or function.skip)}")


def one_line(reason: str) -> str:
    """Put what a test said and the line it came from side by side."""
    return " | ".join(reason.splitlines())


def settle(finished: list[Result], folder: Path | None = None, *, update: bool, accept: bool) -> int:
    """Compare results with the ledger, bring it up to date if asked to, and return the exit code."""
    lost = gained = 0
    for result in finished:
        known = ledger.read(result.file, folder)
        comparison = ledger.Comparison.of(result, known)
        for line in comparison.lost[:SHOWN]:
            print(f"LOST {result.file.name}::{one_line(line)}")
        if len(comparison.lost) > SHOWN:
            print(f"LOST {len(comparison.lost) - SHOWN} more of {result.file.name}")
        if update and (accept or not comparison.lost):
            ledger.write(result.file, ledger.entry_of(result, known), folder)
        lost += len(comparison.lost)
        gained += len(comparison.gained)
    if update:
        print(f"the ledger is written, and {compatibility.write()}")
    elif gained:
        print(f"{gained} functions pass that were not known to: write them down with --update-ledger")
    if lost and not (update and accept):
        print(f"{lost} functions do not pass any more")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
