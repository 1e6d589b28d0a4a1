"""``python -m tests.python.differential``: many random programs, and a report of every kind of difference."""

from __future__ import annotations

import argparse
import importlib
import sys
import textwrap
import time
from pathlib import Path

from tests.python.differential.families import FAMILIES
from tests.python.differential.survey import Survey, survey


def report(result: Survey, seconds: float) -> None:
    """Print every group of differences with its shortest program, most frequent first."""
    for group, times in result.count.most_common():
        program, difference = result.found[group]
        print(f"\n--- {' / '.join(group)}, {times} times")
        print(textwrap.indent(program.snippet(), "    "))
        print(f"    # {difference}")
    for reason, times in result.justified.most_common():
        print(f"\njustified, {times} times: {reason}")
    print(f"\n{result.examples} programs in {seconds:.0f} s; in {result.raised} of them NumPy raises")
    print(f"{sum(result.count.values())} differences in {len(result.count)} groups", end=" ")
    print(f"(and {result.justified.total()} justified ones)")


def main() -> int:
    """Parse the command line, run, report."""
    parser = argparse.ArgumentParser(prog="python -m tests.python.differential", description=__doc__)
    parser.add_argument("--examples", type=int, default=2000, help="how many programs (default: %(default)s)")
    parser.add_argument(
        "--seed", type=int, default=0, help="the same seed draws the same programs (default: 0)"
    )
    parser.add_argument("--family", choices=sorted(FAMILIES), help="only programs of one family")
    parser.add_argument(
        "--library", default="rustsci", help="the module to compare with NumPy (default: rustsci)"
    )
    parser.add_argument(
        "--trace", type=Path, metavar="FILE", help="write each program to FILE before running it"
    )
    options = parser.parse_args()

    library = importlib.import_module(options.library)
    started = time.monotonic()
    result = survey(
        library, range(options.examples), seed=options.seed, family=options.family, trace=options.trace
    )
    report(result, time.monotonic() - started)
    return 1 if result.count else 0


if __name__ == "__main__":
    sys.exit(main())
