"""``astype(casting="same_value")``: every value is kept, or nothing is converted."""

from __future__ import annotations

import math
import warnings
from types import ModuleType
from typing import Any

import pytest

import rustsci
from tests.python.agreement import assert_expression_agrees, expressions
from tests.python.oracle import numpy

NAMES = (
    *("bool", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64"),
    *("float16", "float32", "float64", "complex64", "complex128"),
)
INTEGERS = (0, 1, -1, 127, 128, 255, 256, -128, -129, 32767, 32768, 65504, 65505, 65535, 65536, -32769)
LARGE = (2**24 + 1, 2**31 - 1, 2**31, -(2**31) - 1, 2**32 - 1, 2**32, 2**53 + 1, 2**63 - 1, 2**63, 2**64 - 1)
FRACTIONS = (0.5, -0.0, 0.1, 1e-8, 2.0**-25, 1e39, 2.0**63, 2.0**64, -(2.0**63), math.inf, math.nan, 6e-8)
COMPLEX = (1j, 2 + 0j, 0.1 + 0j, complex(0, 0.1), complex(math.nan, 0.1), complex(0, math.nan), 1e39j)


def outcome(np: ModuleType, value: Any, source: str, target: str, lead: int) -> tuple[str, str]:
    """What converting one value among harmless ones gives: the elements or the error."""
    array = np.zeros(lead + 1, dtype=source)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            array[-1] = value
        except (OverflowError, TypeError, ValueError):
            return "no such element", ""
        try:
            converted = array.astype(target, casting="same_value")
        except ValueError as error:
            return "ValueError", str(error)
    return str(converted.dtype), repr(converted[-1].item())


def _refused_without_reason(value: Any, source: str, target: str) -> bool:
    """Whether NumPy 2.4 refuses what it could keep: the largest half, a negative half zero as an integer."""
    largest = value == 65504 and target == "float16"
    return largest or (repr(value) == "-0.0" and source == "float16" and "int" in target)


@pytest.mark.parametrize("source", NAMES)
@pytest.mark.parametrize("value", INTEGERS + LARGE + FRACTIONS + COMPLEX, ids=repr)
def test_keeps_what_numpy_keeps(source: str, value: Any) -> None:
    for target in NAMES:
        if _refused_without_reason(value, source, target):
            continue
        for lead in (0, 20):
            ours = outcome(rustsci, value, source, target, lead)

            assert ours == outcome(numpy, value, source, target, lead), (target, lead)


@pytest.mark.parametrize(
    "call",
    expressions("""
        np.arange(6.0).reshape(2, 3)[:, ::2].astype('i4', casting='same_value')
        np.arange(6.0).reshape(2, 3).T.astype('i4', casting='same_value', order='C').strides
        np.arange(100000).astype('f4', casting='same_value')
        np.arange(2**24 - 5, 2**24 + 5).astype('f4', casting='same_value')
        np.zeros((0, 3)).astype('i1', casting='same_value')
        np.float64(1.5).astype(int, casting='same_value')
        np.int64(3).astype('f4', casting='same_value')
        np.array(2.5).astype('i2', casting='same_value')
        np.zeros(2).astype(int, casting='Same_value')
        np.zeros(2).astype(int, casting=1)
        np.add(1.0, 2.0, casting='same_value')
        np.can_cast('f8', 'i8', casting='same_value')
        np.concatenate([[1.0]], dtype=int, casting='same_value')
        np.array([1.0 + 0j, 2.0]).astype('f8', casting='same_value')
        np.array([1.0 + 0j, 2j]).astype('f8', casting='same_value')
    """),
)
def test_agrees(call: str) -> None:
    assert_expression_agrees(call)


def test_an_array_that_needs_no_conversion_is_itself() -> None:
    a = rustsci.arange(3.0)

    assert a.astype("f8", casting="same_value", copy=False) is a
