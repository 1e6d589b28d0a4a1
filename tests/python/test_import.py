"""What ``import rustsci`` costs and brings along."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys

import pytest

# The budget for everything the import does, beyond what starting Python costs.
BUDGET_SECONDS = 0.015
RUNS = 15


def run(code: str) -> str:
    """The output of a fresh interpreter."""
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout


def cpu_seconds(code: str) -> float:
    """User and system time of a fresh interpreter that runs ``code``."""
    process = subprocess.Popen([sys.executable, "-c", code])
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return usage.ru_utime + usage.ru_stime


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="asks POSIX for a child's processor time")
def test_import_is_cheap() -> None:
    cpu_seconds("import rustsci")  # the first one compiles bytecode

    # Neighbours differ by the import alone, whatever else the machine is doing at the time.
    costs = [cpu_seconds("import rustsci") - cpu_seconds("pass") for _ in range(RUNS)]

    assert statistics.median(costs) < BUDGET_SECONDS


def test_import_leaves_numpy_alone() -> None:
    loaded = run("import sys, rustsci; print('numpy' in sys.modules)")

    assert loaded.strip() == "False"


def test_using_every_public_name_leaves_numpy_alone() -> None:
    loaded = run(
        "import sys, rustsci\n"
        "for name in dir(rustsci):\n"
        "    getattr(rustsci, name)\n"
        "print(sorted(name for name in sys.modules if name.partition('.')[0] == 'numpy'))"
    )

    assert loaded.strip() == "[]"


def test_import_loads_submodules_on_first_use() -> None:
    loaded = run(
        "import sys, rustsci\n"
        "before = 'rustsci.testing' in sys.modules\n"
        "rustsci.testing.assert_equal(1, 1)\n"
        "print(before, 'rustsci.testing' in sys.modules)"
    )

    assert loaded.split() == ["False", "True"]
