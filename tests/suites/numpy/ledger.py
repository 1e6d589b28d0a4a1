"""The ledger: which test functions are known not to pass, and why. It only shrinks.

One text file for each test file. The first line says how many functions pass; each other line is a function
that does not, and the class of the reason. All other functions of the test file have to pass.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from tests.suites.numpy.catalogue import HERE, SuiteFile
from tests.suites.numpy.reasons import classify
from tests.suites.numpy.run import Result

FOLDER = HERE / "ledger"
# What passes under RustPython is written down apart.
RUSTPYTHON_FOLDER = HERE / "ledger_rustpython"


@dataclass
class Entry:
    """What is known of a test file."""

    passing: int = 0
    failing: dict[str, str] = field(default_factory=dict)


def path_of(file: SuiteFile, folder: Path | None = None) -> Path:
    """Return where the ledger of a test file is."""
    return (folder or FOLDER) / f"{file.name}.txt"


def read(file: SuiteFile, folder: Path | None = None) -> Entry | None:
    """Return what is known of a test file; None if it has never been run."""
    path = path_of(file, folder)
    if not path.exists():
        return None
    first, *rest = path.read_text().splitlines()
    return Entry(int(first.removeprefix("passing ")), dict(line.split() for line in rest))


def write(file: SuiteFile, entry: Entry, folder: Path | None = None) -> None:
    """Write down what is known of a test file."""
    path = path_of(file, folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"passing {entry.passing}", *(f"{name} {why}" for name, why in sorted(entry.failing.items()))]
    path.write_text("\n".join(lines) + "\n")


def entry_of(result: Result, known: Entry | None) -> Entry:
    """Return the entry of a result. The class that a function is known by is kept: lines stay as they are."""
    failing = {}
    for name, function in result.functions.items():
        if not function.passes:
            reason = classify(function.failure or function.skip or "Skipped")
            failing[name] = (known.failing.get(name) if known else None) or reason
    return Entry(result.functions_passed, failing)


@dataclass
class Comparison:
    """How a result differs from what is known."""

    lost: list[str]
    gained: list[str]

    @classmethod
    def of(cls, result: Result, known: Entry | None) -> Comparison:
        if known is None:
            return cls([], [])
        lost = [
            f"{name}: {function.failure or function.skip}"
            for name, function in result.functions.items()
            if not function.passes and name not in known.failing
        ]
        if not lost and result.functions_passed < known.passing:
            lost = [f"{known.passing - result.functions_passed} functions are not collected any more"]
        gained = [
            name for name, function in result.functions.items() if function.passes and name in known.failing
        ]
        return cls(lost, gained)
