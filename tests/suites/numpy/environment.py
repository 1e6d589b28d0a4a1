"""The surroundings of NumPy's tests: marks, settings, and limits on time and memory."""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest

from tests.suites.numpy import placeholder
from tests.suites.numpy.guard import UNDECORATED

# A case may take so much of the processor's time, and be so long under way on a machine that is busy.
CASE_SECONDS = 60
WAITING_SECONDS = 240
GRACE_SECONDS = 30
ADDRESS_SPACE = 16 << 30

MARKS = [
    "iterations(n): the times a function is run in each thread",
    "leaks_references: known to leak references",
    "parallel_threads(n): the threads that run a function",
    "slow: takes long",
    "slow_pypy: takes long on PyPy",
    "thread_unsafe: runs in one thread",
    "valgrind_error: known to fail under valgrind",
]


class Overtime(BaseException):
    """A case ran out of time. No test that expects an exception takes this one for it."""


class Environment:
    """A pytest plugin that takes the place of NumPy's own conftest."""

    def pytest_configure(self, config: pytest.Config) -> None:
        for mark in MARKS:
            config.addinivalue_line("markers", mark)

    @pytest.hookimpl(wrapper=True)
    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> Iterator[None]:
        """Leave a function whose parameters make no sense without any; its test fails for want of them."""
        try:
            return (yield)
        except (Exception, pytest.fail.Exception):
            return None

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Drop filters for warnings that do not exist: pytest ends the whole run at one."""
        for node in {node for item in items for node in item.listchain()}:
            node.own_markers = [
                mark for mark in node.own_markers if mark.name != "filterwarnings" or _is_filter(mark.args[0])
            ]

    def pytest_collection_finish(self) -> None:
        placeholder.collecting = False

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        why = getattr(getattr(item, "obj", None), UNDECORATED, None)
        if why is not None:
            why.fail()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self) -> Iterator[None]:
        """Stop a case that takes too long: Python code by an exception, native code with the process."""
        faulthandler.dump_traceback_later(WAITING_SECONDS + GRACE_SECONDS, exit=True)
        alarm = hasattr(signal, "setitimer")
        if alarm:
            signal.signal(signal.SIGPROF, _raise_overtime)
            signal.signal(signal.SIGALRM, _raise_overtime)
            signal.setitimer(signal.ITIMER_PROF, CASE_SECONDS)
            signal.setitimer(signal.ITIMER_REAL, WAITING_SECONDS)
        process = os.getpid()
        try:
            return (yield)
        finally:
            if os.getpid() != process:
                os._exit(1)  # a test has forked, and its child would run all other tests, too
            if alarm:
                signal.setitimer(signal.ITIMER_PROF, 0)
                signal.setitimer(signal.ITIMER_REAL, 0)
            faulthandler.cancel_dump_traceback_later()


def _is_filter(text: str) -> bool:
    """Return whether the warning category in ``action:message:category`` is one."""
    category = [*text.split(":"), "", ""][2]
    if not category:
        return True
    module, _, name = category.rpartition(".")
    value = getattr(import_module(module or "builtins"), name, None)
    return isinstance(value, type) and issubclass(value, Warning)


def _raise_overtime(*_: Any) -> None:
    raise Overtime(f"still running after {CASE_SECONDS} seconds of work, or {WAITING_SECONDS} in all")


def prepare_process() -> None:
    """Set what must be set before anything is imported."""
    # What needs more memory than an ordinary machine has is skipped, on all machines alike.
    os.environ["NPY_AVAILABLE_MEM"] = "1 GB"
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def prepare_hypothesis() -> None:
    """Make hypothesis draw the same examples in each run, and keep none."""
    import hypothesis

    hypothesis.settings.register_profile(
        "suite",
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    hypothesis.settings.load_profile("suite")
