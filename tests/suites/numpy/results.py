"""The results of a run, for other programs: a JSON file."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.suites.numpy.reasons import classify
from tests.suites.numpy.run import Result


def write(path: Path, results: Iterable[Result]) -> None:
    """Write results by test file and function."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({result.file.name: _described(result) for result in results}, indent=1) + "\n")


def _described(result: Result) -> dict[str, Any]:
    return {
        "functions": result.functions_passed,
        "numpy_functions": result.file.functions,
        "cases": result.cases_passed,
        "numpy_cases": result.file.cases,
        "seconds": round(result.seconds, 1),
        "collected": result.collected,
        "crashes": result.crashes,
        "failing": {
            name: {
                "class": classify(function.failure or function.skip or "Skipped"),
                "reason": function.failure or function.skip,
                "passed": function.passed,
                "failed": function.failed,
                "skipped": function.skipped,
            }
            for name, function in sorted(result.functions.items())
            if not function.passes
        },
    }
