"""What ``import rustsci`` costs and brings along."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.python.oracle.process import PYTHON

# The interpreter that has NumPy.
CPYTHON = sys.executable if sys.implementation.name == "cpython" else PYTHON

# The budget for everything the import does, beyond what starting Python costs, as a part of what NumPy's
# does: where NumPy takes 150 ms that is 15 ms.
BUDGET = 0.1
RUNS = 15


def run(code: str) -> str:
    """The output of a fresh interpreter."""
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout


def cpu_seconds(code: str, python: str = sys.executable) -> float:
    """User and system time of a fresh interpreter that runs ``code``."""
    process = subprocess.Popen([python, "-c", code])
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return usage.ru_utime + usage.ru_stime


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="asks POSIX for a child's processor time")
def test_import_is_cheap() -> None:
    # The first ones compile bytecode.
    cpu_seconds("import rustsci")
    cpu_seconds("import numpy", CPYTHON)
    costs, peers = [], []

    for _ in range(RUNS):
        costs.append([cpu_seconds(code) for code in ("import rustsci", "pass")])
        peers.append([cpu_seconds(code, CPYTHON) for code in ("import numpy", "pass")])

    # Whatever else the machine is doing only adds to what a run takes.
    (ours, bare), (theirs, bare_peer) = (map(min, zip(*runs, strict=True)) for runs in (costs, peers))
    assert ours - bare < BUDGET * (theirs - bare_peer)


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
