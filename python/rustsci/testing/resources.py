"""Memory and processor time: what the process has used, what a test needs."""

from __future__ import annotations

import os
import sys
import time
from functools import wraps

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import ParamSpec, TypeVar

    P = ParamSpec("P")
    R = TypeVar("R")

__all__ = ["available_memory", "check_free_memory", "jiffies", "memusage", "parse_size", "requires_memory"]

MEMORY_VARIABLE = "NPY_AVAILABLE_MEM"
"""The environment variable that says how much memory tests may use."""


def memusage() -> int:
    """Return the virtual memory of this process in bytes.

    Raises
    ------
    NotImplementedError
        On systems other than Linux.

    Examples
    --------
    >>> from rustsci.testing import memusage
    >>> memusage() > 0  # doctest: +SKIP
    True
    """
    if not sys.platform.startswith("linux"):
        raise NotImplementedError(f"memusage() is not available on {sys.platform}")
    with open("/proc/self/statm") as file:
        pages = int(file.read().split()[0])
    return pages * os.sysconf("SC_PAGE_SIZE")


def jiffies() -> int:
    """Return the processor time of this process, in hundredths of a second.

    Examples
    --------
    >>> from rustsci.testing import jiffies
    >>> before = jiffies()
    >>> jiffies() >= before
    True
    """
    return int(100 * time.process_time())


def parse_size(size_str: str) -> float:
    """Return the number of bytes in a text such as ``"12 GB"`` or ``"1.5 MiB"``.

    Parameters
    ----------
    size_str : str
        A number, and optionally a unit: B, or K, M, G or T for powers of 1000, which may be followed by B,
        or by iB for powers of 1024.

    Examples
    --------
    >>> from rustsci.testing.resources import parse_size
    >>> parse_size("2 kiB")
    2048.0
    """
    import re

    match = re.fullmatch(r"\s*(\d+(?:\.\d*)?|\.\d+)\s*(?:([kmgt])(i?)b?|b)?\s*", size_str, re.IGNORECASE)
    if match is None:
        raise ValueError(f"value {size_str!r} not a valid size")
    number, prefix, binary = match.groups()
    power = " kmgt".index(prefix.lower()) if prefix else 0
    return float(number) * (1024.0 if binary else 1000.0) ** power


def available_memory() -> float | None:
    """Return the free memory in bytes, as the environment variable or else Linux has it.

    Returns
    -------
    float or None
        None if neither says.

    Examples
    --------
    >>> from rustsci.testing.resources import available_memory
    >>> free = available_memory()
    """
    if allowed := os.environ.get(MEMORY_VARIABLE):
        return parse_size(allowed)
    try:
        with open("/proc/meminfo") as file:
            for line in file:
                if line.startswith("MemAvailable:"):
                    return 1024.0 * int(line.split()[1])
    except OSError:
        pass
    return None


def check_free_memory(free_bytes: float) -> str | None:
    """Return why a computation that needs some memory cannot be run here; None if it can.

    Parameters
    ----------
    free_bytes : float
        How much it needs.

    Examples
    --------
    >>> from rustsci.testing.resources import check_free_memory
    >>> check_free_memory(0) is None
    True
    """
    needed = f"{free_bytes / 1e9:g} GB memory required"
    free = available_memory()
    if free is None:
        return f"{needed}, but the free memory is unknown: set {MEMORY_VARIABLE}, to '16GB' for instance"
    if free >= free_bytes:
        return None
    if allowed := os.environ.get(MEMORY_VARIABLE):
        return f"{needed}, but environment variable {MEMORY_VARIABLE}={allowed} set"
    return f"{needed}, but {free / 1e9:g} GB available"


def requires_memory(free_bytes: float) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Return a decorator for a pytest test that needs much memory: it is skipped where there is less.

    A MemoryError in spite of enough memory is an expected failure.

    Parameters
    ----------
    free_bytes : float
        How much memory the test needs.

    Examples
    --------
    >>> from rustsci.testing.resources import requires_memory
    >>> @requires_memory(free_bytes=1000)
    ... def test_little():
    ...     assert len(bytes(1000)) == 1000
    """

    def decorate(func: Callable[P, R]) -> Callable[P, R]:
        @wraps(func)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            import pytest

            if (reason := check_free_memory(free_bytes)) is not None:
                pytest.skip(reason)
            try:
                return func(*args, **kwargs)
            except MemoryError:
                pytest.xfail("MemoryError raised")

        return guarded

    return decorate
