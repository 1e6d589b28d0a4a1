"""Tests that are known to fail are expected to, by a list that can be read and shortened."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

RUSTPYTHON = sys.implementation.name == "rustpython"
# Names by which a file has NumPy, or its wheel, as the measure. There, `numpy` is rustsci itself, which
# always agrees with itself.
MEASURES = {"numpy", "assert_agrees", "assert_expression_agrees", "ledger"}

if RUSTPYTHON:
    # Random programs on both libraries, and the runner of NumPy's own suite.
    collect_ignore = ["differential", "test_numpy_suite.py"]

# `python -m rustsci` gives programs `numpy` and hides itself from their tracebacks. There, nothing has to be
# given, and frozen modules have no source lines to show.
NEEDLESS = "test_runner.py"

LIST = Path(__file__).with_name("known_failures_rustpython.txt" if RUSTPYTHON else "known_failures.txt")


def _known() -> dict[str, str]:
    lines = (line for line in LIST.read_text(encoding="utf-8").splitlines() if line and line[0] != "#")
    entries = (line.rpartition(": ") for line in lines)
    return {name: reason for name, _, reason in entries}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Expect the failures on the list; random programs may also happen to agree."""
    known = _known()
    for item in items:
        if RUSTPYTHON and not MEASURES.isdisjoint(vars(getattr(item, "module", item))):
            item.add_marker(pytest.mark.skip(reason="compares with NumPy, which only CPython can load"))
        if RUSTPYTHON and item.path.name == NEEDLESS:
            item.add_marker(pytest.mark.skip(reason="rustsci-python needs no `python -m rustsci`"))
        reason = known.get(item.nodeid)
        if reason is not None:
            item.add_marker(pytest.mark.xfail(reason=reason, strict=False))
