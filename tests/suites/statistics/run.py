"""Runs the test file that the interpreter ships with another module in the place of `statistics`."""

from __future__ import annotations

import importlib
import sys
import unittest
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

MISSING = "this interpreter comes without test/test_statistics.py (on Debian: libpython3.11-testsuite)"


class NotShipped(Exception):
    """The interpreter has no such tests."""


@dataclass
class Outcome:
    """Tests by how they ended, each as ``Class.method``."""

    passed: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    skipped: list[str] = field(default_factory=list)


class _Recorder(unittest.TestResult):
    """Keeps the first complaint of each test; those of subtests count as the test's."""

    def __init__(self) -> None:
        super().__init__()
        self.outcome = Outcome()

    def addSuccess(self, test: unittest.TestCase) -> None:
        if _name(test) not in self.outcome.failed:
            self.outcome.passed.append(_name(test))

    def addSkip(self, test: unittest.TestCase, reason: str) -> None:
        self.outcome.skipped.append(_name(test))

    def addFailure(self, test: unittest.TestCase, err: Any) -> None:
        self.outcome.failed.setdefault(_name(test), _text(err))

    addError = addFailure

    def addSubTest(self, test: unittest.TestCase, subtest: unittest.TestCase, err: Any) -> None:
        if err is not None:
            self.addFailure(test, err)


def _name(test: unittest.TestCase) -> str:
    return ".".join(test.id().split(".")[-2:])


def _text(err: Any) -> str:
    return f"{err[0].__name__}: {err[1]}".splitlines()[0]


def load(module: ModuleType) -> ModuleType:
    """Import the tests so that they see `module` when they import `statistics`."""
    known = {name: sys.modules.get(name) for name in ("statistics", "test.test_statistics")}
    sys.modules.pop("test.test_statistics", None)
    sys.modules["statistics"] = module
    try:
        return importlib.import_module("test.test_statistics")
    except ModuleNotFoundError as error:
        raise NotShipped(MISSING) from error
    finally:
        for name, value in known.items():
            if value is not None:
                sys.modules[name] = value
            else:
                sys.modules.pop(name, None)


def run(module: ModuleType) -> Outcome:
    """Run all tests on a module."""
    recorder = _Recorder()
    tests = load(module)
    # Tests import the module again by its name, to pickle for instance.
    known = sys.modules.get("statistics")
    sys.modules["statistics"] = module
    sys.modules["test.test_statistics"] = tests
    try:
        unittest.defaultTestLoader.loadTestsFromModule(tests).run(recorder)
    finally:
        del sys.modules["test.test_statistics"]
        if known is None:
            del sys.modules["statistics"]
        else:
            sys.modules["statistics"] = known
    return recorder.outcome
