"""A pytest plugin that writes down each case as it ends, so that a crash loses one case."""

from __future__ import annotations

import json
import sys
import traceback
from typing import TYPE_CHECKING, Any, TextIO

import pytest

if TYPE_CHECKING:
    from pathlib import Path

MESSAGE_LENGTH = 300


def function_of(nodeid: str) -> str:
    """Return the test function that a case belongs to: its id without the file and the parameters."""
    return nodeid.partition("::")[2].partition("[")[0]


class Recorder:
    """Writes a line of JSON for each case that starts and each that ends, and leaves out those in the file.

    A line is ``["start", case]``, ``["end", case, outcome, reason]``, or, for a file that cannot be
    collected, ``["collect", "", "failed", reason]``. The outcome is passed, failed or skipped; an expected
    failure counts as skipped.
    """

    def __init__(self, path: Path, test_file: Path) -> None:
        self.done = {event[1] for event in read_events(path) if event[0] == "start"}
        self.log: TextIO = path.open("a")
        self.test_file = str(test_file)
        self.outcome = "passed"
        self.reason = ""

    def write(self, *event: str) -> None:
        self.log.write(json.dumps(event) + "\n")
        self.log.flush()

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = [item for item in items if item.nodeid.partition("::")[2] not in self.done]

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.write(
                "collect", report.nodeid.partition("::")[2], "failed", report.longreprtext[-MESSAGE_LENGTH:]
            )

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self.outcome, self.reason = "passed", ""
        self.write("start", nodeid.partition("::")[2])

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.outcome, self.reason = "failed", str(report.longrepr)
        elif report.skipped and self.outcome == "passed":
            self.outcome = "skipped"
            if isinstance(report.longrepr, tuple):
                self.reason = report.longrepr[2]

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        self.write("end", nodeid.partition("::")[2], self.outcome, self.reason)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[Any]) -> Any:
        """Report a failure in two lines: pytest's own accounts of thousands of failures take minutes."""
        excinfo = call.excinfo
        if (
            excinfo is None
            or call.when == "collect"
            or isinstance(excinfo.value, (pytest.skip.Exception, pytest.xfail.Exception))
        ):
            return None
        return pytest.TestReport(
            item.nodeid,
            item.location,
            {},
            "failed",
            f"{describe(excinfo.value)}\n{self.line_of(excinfo.value)}",
            call.when,
            duration=call.duration,
        )

    def line_of(self, error: BaseException) -> str:
        """Return the line of the test file in which an exception was raised or passed through last."""
        frames = traceback.extract_tb(error.__traceback__)
        return next((frame.line or "" for frame in reversed(frames) if frame.filename == self.test_file), "")


def describe(error: BaseException) -> str:
    """Return class and message of an exception, in one line."""
    try:
        message = str(error)
    except Exception:
        message = "<no message>"
    return f"{type(error).__name__}: {' '.join(message.split())}"[:MESSAGE_LENGTH]


def read_events(path: Path) -> list[list[str]]:
    """Return the lines that were written, but for one that a crash has cut short."""
    events = []
    if path.exists():
        for line in path.read_text().splitlines():
            try:
                events.append(json.loads(line))
            except json.JSONDecodeError:
                print(f"cut short: {line}", file=sys.stderr)
    return events
