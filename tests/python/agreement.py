"""Carries out the same call on rustsci and on NumPy, and compares what comes of it."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import rustsci
from tests.python.oracle import numpy


@dataclass
class Outcome:
    """What a call returned or raised, and the categories of its warnings."""

    value: Any
    error: Exception | None
    warned: set[str]

    def __str__(self) -> str:
        result = repr(self.value) if self.error is None else f"{type(self.error).__name__}: {self.error}"
        return f"{result} {sorted(self.warned) or ''}"


def outcome(call: Callable[[ModuleType], Any], namespace: ModuleType) -> Outcome:
    """Call with `namespace` as the array library."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        value, error = None, None
        try:
            value = call(namespace)
        except Exception as raised:
            error = raised
    return Outcome(value, error, {warning.category.__name__ for warning in caught})


def assert_agrees(call: Callable[[ModuleType], Any], *, rtol: float = 0.0) -> None:
    """Assert that a call has the same outcome on both.

    Values agree if their types of container, dtypes and shapes are the same and their elements lie within
    `rtol`; an exception agrees if NumPy's is of the same class or of one derived from it.
    """
    ours, theirs = outcome(call, rustsci), outcome(call, numpy)
    disagreement = f"\nrustsci: {ours}\nNumPy:   {theirs}"
    if theirs.error is not None or ours.error is not None:
        public = {cls.__name__ for cls in type(theirs.error).__mro__}
        assert type(ours.error).__name__ in public, disagreement
        return
    assert ours.warned == theirs.warned, disagreement
    assert _agree(ours.value, theirs.value, rtol), disagreement


def assert_expression_agrees(text: str, rtol: float = 0.0) -> None:
    """Assert that a Python expression, in which ``np`` is the array library, has the same value on both."""
    code = compile(text, text, "eval")
    assert_agrees(lambda np: eval(code, {"np": np}), rtol=rtol)


def _agree(ours: Any, theirs: Any, rtol: float) -> bool:
    if isinstance(theirs, (tuple, list)):
        return len(ours) == len(theirs) and all(
            _agree(mine, other, rtol) for mine, other in zip(ours, theirs, strict=True)
        )
    if not isinstance(theirs, (numpy.ndarray, numpy.generic)):
        return bool(ours == theirs) or (ours != ours and theirs != theirs)
    mine = numpy.asarray(ours)
    if mine.dtype != theirs.dtype or mine.shape != theirs.shape:
        return False
    if theirs.dtype.kind not in "fc":
        return bool((mine == theirs).all())
    return bool(numpy.isclose(mine, theirs, rtol=rtol, atol=0.0, equal_nan=True).all())


def expressions(text: str) -> Iterable[str]:
    """The expressions in a block of text, one a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]
