"""Writing docs/compatibility.md from the ledger: ``python -m tests.suites.numpy.compatibility [--check]``."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.suites.numpy import catalogue, ledger, reasons
from tests.suites.numpy.catalogue import LEFT_OUT, LEFT_OUT_FOLDERS, NUMPY_VERSION, ROOT

PAGE = ROOT / "docs" / "compatibility.md"


def page() -> str:
    """Return the text of the page."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    files = [(file, ledger.read(file) or ledger.Entry()) for file in catalogue.all_files()]
    ours, numpys = sum(entry.passing for _, entry in files), sum(file.functions for file, _ in files)
    yield "# Compatibility with NumPy"
    yield ""
    yield "<!-- Written by `python -m tests.suites.numpy.compatibility`; do not edit. -->"
    yield ""
    yield (
        "The measure is NumPy's own test suite. "
        f"Of the {numpys:,} test functions that NumPy {NUMPY_VERSION} passes, "
        f"**rustsci passes {ours:,}** ({ours / numpys:.0%})."
    )
    yield ""
    yield (
        "The tests are taken from NumPy's wheel as they are, with `import numpy` and its submodules served "
        "by rustsci. A test function passes when none of its cases fails and one passes. `make suite-numpy` "
        "runs them all, `python -m tests.suites.numpy lib/test_histograms` one file. What does not pass is "
        "listed by name in `tests/suites/numpy/ledger`; what is not listed there has to pass."
    )
    yield ""
    yield (
        "There is no `numpy.random` yet. Tests of other things draw their data from a stand-in of the "
        "runner; the tests of `numpy.random` itself all count as not passing."
    )
    yield ""
    second = {file: ledger.read(file, ledger.RUSTPYTHON_FOLDER) for file, _ in files}
    run_there = [(entry.passing, other.passing) for file, entry in files if (other := second[file])]
    here, there = sum(ours for ours, _ in run_there), sum(theirs for _, theirs in run_there)
    part = "" if len(run_there) == len(files) else f" in the {len(run_there)} files that have been run there"
    yield (
        "The same suite runs under the [second interpreter](guide/rustpython.md), RustPython: "
        f"of the {here:,} functions that pass on CPython{part}, "
        f"**{there:,} pass there too** ({there / here:.0%}). "
        "`make suite-rustpython` runs them; the ledger is `tests/suites/numpy/ledger_rustpython`."
    )
    yield ""
    yield "## By file"
    yield ""
    yield "The last column is for the same file under RustPython."
    yield ""
    yield "| file | rustsci | NumPy | | under RustPython |"
    yield "|---|--:|--:|--:|--:|"
    for file, entry in files:
        share = f"{entry.passing / file.functions:.0%}" if file.functions else ""
        other = second[file]
        passing = other.passing if other else ""
        yield f"| {file.name} | {entry.passing} | {file.functions} | {share} | {passing} |"
    yield f"| **all** | **{ours:,}** | **{numpys:,}** | **{ours / numpys:.0%}** | **{there:,}** |"
    yield ""
    yield "## Why functions do not pass"
    yield ""
    yield "Each function is counted once, under what its first failing case met first."
    yield ""
    yield "| reason | functions |"
    yield "|---|--:|"
    counts = Counter(reason for _, entry in files for reason in entry.failing.values())
    for name, count in counts.most_common():
        yield f"| {reasons.ALL[name].meaning} | {count:,} |"
    yield ""
    yield "## Not run"
    yield ""
    yield "Test files about something that is not part of the API:"
    yield ""
    for name, reason in LEFT_OUT.items():
        yield f"- `{name}`: {reason}"
    for folder, reason in LEFT_OUT_FOLDERS.items():
        yield f"- `{folder + '/' if folder else ''}tests`: {reason}"


def main() -> int:
    if "--check" in sys.argv[1:]:
        if not PAGE.exists() or PAGE.read_text() != page():
            print(f"{PAGE} is not what the ledger says: run python -m tests.suites.numpy.compatibility")
            return 1
        return 0
    write()
    return 0


def write() -> Path:
    """Write the page."""
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page())
    return PAGE


if __name__ == "__main__":
    sys.exit(main())
