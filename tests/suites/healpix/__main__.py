"""Run a peer's own tests of pixels on the sky against rustsci, and count how many pass."""

from __future__ import annotations

import argparse
import importlib.util
import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

# Tests that pass, of those that the peer has.
KNOWN = {"cdshealpix": (124, 124)}


def tests_of(peer: str) -> Path | None:
    """The folder of an installed peer's tests."""
    spec = importlib.util.find_spec(peer)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(spec.submodule_search_locations[0]) / "tests"


def run(peer: str, folder: Path, extra: list[str]) -> tuple[int, int]:
    """Run tests in a process of their own, and return how many passed and how many there were."""
    path = os.pathsep.join([str(ROOT / "python"), str(ROOT), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "PYTHONPATH": path, "RUSTSCI_TESTED_PEER": peer, "MPLBACKEND": "Agg"}
    with tempfile.TemporaryDirectory() as scratch:
        report = Path(scratch) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", "-c", os.devnull, "-p", "no:cacheprovider"]
        command += ["-p", "tests.suites.healpix.redirect", "--rootdir", str(folder.parent.parent)]
        command += [f"--junitxml={report}", str(folder), *extra]
        subprocess.run(command, env=environment, cwd=scratch, check=False)
        suite = ElementTree.parse(report).getroot()[0]
    count = {name: int(suite.get(name, 0)) for name in ("tests", "failures", "errors", "skipped")}
    return count["tests"] - count["failures"] - count["errors"] - count["skipped"], count["tests"]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.suites.healpix", description=__doc__)
    parser.add_argument("peer", nargs="?", default="cdshealpix", choices=["cdshealpix", "healpy"])
    parser.add_argument(
        "--tests", type=Path, help="test files or a folder of them; default: those in the wheel"
    )
    options, extra = parser.parse_known_args()
    folder = options.tests.resolve() if options.tests else tests_of(options.peer)
    if folder is None or not folder.exists():
        print(f"{options.peer} is not installed, or has no tests in its wheel: nothing to run")
        return 0
    passed, total = run(options.peer, folder, extra)
    print(f"rustsci passes {passed} of the {total} tests of {options.peer}")
    known = KNOWN.get(options.peer)
    if options.tests or extra or known is None:
        return 0
    if passed < known[0]:
        print(f"that is less than the {known[0]} of {known[1]} that are known to pass", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
