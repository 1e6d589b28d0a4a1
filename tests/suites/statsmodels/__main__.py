"""Run statsmodels' own tests of its GLM on rustsci.glm, and account for each that does not pass."""

from __future__ import annotations

import argparse
import importlib.metadata
import importlib.util
import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from .ledger import reason

ROOT = Path(__file__).resolve().parents[3]
FILES = ("test_glm.py", "test_glm_weights.py")


def folder() -> Path | None:
    """Where statsmodels keeps its tests of generalized linear models."""
    spec = importlib.util.find_spec("statsmodels")
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(spec.submodule_search_locations[0]) / "genmod" / "tests"


def run(tests: Path, extra: list[str]) -> dict[str, str | None]:
    """Run a file of tests in a process of its own; return what each failed test complains of."""
    path = os.pathsep.join([str(ROOT / "python"), str(ROOT), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "PYTHONPATH": path, "MPLBACKEND": "Agg"}
    with tempfile.TemporaryDirectory() as scratch:
        report = Path(scratch) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", "-c", os.devnull, "-p", "no:cacheprovider"]
        command += ["-p", "tests.suites.statsmodels.redirect", "--rootdir", str(tests.parent)]
        command += [f"--junitxml={report}", "--tb=short", "-W", "ignore", str(tests), *extra]
        subprocess.run(
            command,
            env=environment,
            cwd=scratch,
            check=False,
            stdout=subprocess.DEVNULL if not extra else None,
        )
        suite = ElementTree.parse(report).getroot()[0]
    found: dict[str, str | None] = {}
    for case in suite.iter("testcase"):
        name = str(case.get("name"))
        of = str(case.get("classname", "")).rpartition(".")[2]
        key = f"{of}::{name}" if of.startswith("Test") else name
        complaint = next((case.find(tag) for tag in ("failure", "error") if case.find(tag) is not None), None)
        found[key] = None if complaint is None else str(complaint.get("message", "")).splitlines()[0][:160]
    return found


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.suites.statsmodels", description=__doc__)
    parser.add_argument("files", nargs="*", help="some of the files; all by default")
    options, extra = parser.parse_known_args()
    tests = folder()
    if tests is None or not tests.exists():
        print("statsmodels is not installed, or has no tests in its wheel: nothing to run")
        return 0
    version = importlib.metadata.version("statsmodels")
    failed = 0
    for file in options.files or FILES:
        found = run(tests / file, extra)
        complaints = {name: text for name, text in found.items() if text is not None}
        for name, text in complaints.items():
            why = reason(f"{Path(file).stem}.{name}")
            failed += why is None
            print(f"{'explained' if why else 'FAILED':<10}{name}: {why or text}")
        passed = len(found) - len(complaints)
        print(f"statsmodels {version}: rustsci passes {passed} of the {len(found)} tests of {file}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
