"""Counts the instructions of core operations under valgrind: ``python benches/instructions.py [--update]``.

A count does not depend on how busy the machine is, so a slower path shows even where a clock would not see
it. Each operation runs in an interpreter of its own, a few times and then many times more; the difference of
the two counts, divided by the calls between them, is what one call costs. Counts are compared with
``instructions.json``, which ``--update`` rewrites.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

BASELINE = Path(__file__).with_name("instructions.json")
# Compilers and interpreters move counts a little; a change of the path moves them more.
TOLERANCE = 0.05
FEW_CALLS = 20
MORE_CALLS = 400

SETUP = """
import rustsci as np
np.set_num_threads(1)
a = np.arange(3.0)
b = a + 1
x = np.arange(1000.0)
y = x + 1
"""
OPERATIONS = (
    "a + b",
    "a + 1.0",
    "a[0]",
    "a[1:]",
    "a.sum()",
    "a.reshape(3, 1)",
    "a.dtype",
    "np.zeros(3)",
    "np.array([1.0, 2.0, 3.0])",
    "np.add(a, b, out=b)",
    "x + y",
    "x < y",
    "x.sum()",
    "x[::-1] * y",
    "x.astype(np.float32)",
)


def instructions(operation: str, calls: int) -> int:
    """Instructions of an interpreter that calls the operation so many times."""
    code = f"{SETUP}\nfor _ in range({calls}):\n    {operation}"
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", sys.executable, "-c", code]
    # Hashes decide the layout of dictionaries, and the layout some of the instructions.
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    collected = re.search(r"Collected : (\d+)", done.stderr)
    assert collected is not None, done.stderr
    return int(collected[1])


def per_call(operation: str) -> int:
    """Instructions of one call, its bytecode included."""
    few = instructions(operation, FEW_CALLS)
    many = instructions(operation, FEW_CALLS + MORE_CALLS)
    return round((many - few) / MORE_CALLS)


def main() -> int:
    """Count, print beside the baseline, and fail where a count has grown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--update", action="store_true", help="write the counts as the new baseline")
    options = parser.parse_args()
    if shutil.which("valgrind") is None:
        print("valgrind is missing. On Debian: apt install valgrind", file=sys.stderr)
        return 2

    environment = f"{sys.implementation.name} {sys.version_info[0]}.{sys.version_info[1]}"
    baseline = json.loads(BASELINE.read_text()) if BASELINE.exists() else {}
    comparable = baseline.get("environment") == environment
    if not comparable and not options.update:
        print(
            f"the baseline is of {baseline.get('environment')}, this is {environment}: counts are shown only"
        )

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        counts = dict(zip(OPERATIONS, pool.map(per_call, OPERATIONS), strict=True))

    grown = []
    print(f"{'operation':<28}{'instructions':>14}{'baseline':>12}{'change':>9}")
    for operation, count in counts.items():
        before = baseline.get("counts", {}).get(operation)
        change = f"{count / before - 1:+.1%}" if before else "new"
        print(f"{operation:<28}{count:>14,}{before or 0:>12,}{change:>9}")
        if before and count > before * (1 + TOLERANCE):
            grown.append(operation)

    if options.update:
        BASELINE.write_text(json.dumps({"environment": environment, "counts": counts}, indent=2) + "\n")
        return 0
    if grown and comparable:
        print(f"\nmore than {TOLERANCE:.0%} above the baseline:", ", ".join(grown))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
