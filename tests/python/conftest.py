"""Tests that are known to fail are expected to, by a list that can be read and shortened."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis.internal import entropy

RUSTPYTHON = sys.implementation.name == "rustpython"

# Files that have no meaning under RustPython, and why.
NEEDLESS = {
    "differential/test_harness.py": "tests of the differential tests, by NumPy in one process",
    "test_interop.py": "memory shared with NumPy in one process",
    "test_library.py": "results as arrays of NumPy in one process",
    "test_numpy_suite.py": "the runner of NumPy's suite, which is run by CPython",
    "test_runner.py": "`python -m rustsci` gives programs the name numpy, which is there already",
    "second_interpreter": "starts interpreters, this among them, and compares them with CPython",
    "test_statsmodels_suite.py": "statsmodels' own suite, in whose process rustsci is to be",
    "healpix/test_suite.py": "cdshealpix's own suite, in whose process rustsci is to be",
}

if RUSTPYTHON:
    collect_ignore = list(NEEDLESS)
    # Hypothesis gives the generators of `numpy.random` a seed where there is a `numpy`; ours has none yet.
    entropy.NP_RANDOM = entropy.RANDOMS_TO_MANAGE[0]

LIST = Path(__file__).with_name("known_failures_rustpython.txt" if RUSTPYTHON else "known_failures.txt")


def _known() -> dict[str, str]:
    lines = (line for line in LIST.read_text(encoding="utf-8").splitlines() if line and line[0] != "#")
    entries = (line.rpartition(": ") for line in lines)
    return {name: reason for name, _, reason in entries}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Expect the failures on the list; random programs may also happen to agree."""
    known = _known()
    for item in items:
        reason = known.get(item.nodeid)
        if reason is not None:
            item.add_marker(pytest.mark.xfail(reason=reason, strict=False))
