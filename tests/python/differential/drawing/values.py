"""Element values, as source text, for each dtype.

Kinds of value:

- ``wild``: everything, with the extremes, zeros of both signs, infinities and NaN where the dtype has them;
- ``tame``: multiples of a quarter, small enough that sums and products of a few thousand are exact in any
  order, so that reductions can be compared bit for bit;
- ``holes``: tame, with NaN among them;
- ``castable``: wild integers and tame floats, which every dtype can take: what becomes of a float that is out
  of an integer's range is undefined in C;
- ``index``: small non-negative integers.
"""

from __future__ import annotations

from functools import cache

from tests.python.oracle import numpy as np

BOOL = ("bool",)
SIGNED = ("int8", "int16", "int32", "int64")
UNSIGNED = ("uint8", "uint16", "uint32", "uint64")
INTEGERS = SIGNED + UNSIGNED
FLOATS = ("float16", "float32", "float64")
COMPLEX = ("complex64", "complex128")
REAL = BOOL + INTEGERS + FLOATS
NUMBERS = INTEGERS + FLOATS + COMPLEX
ALL = BOOL + NUMBERS

_TAME_FLOATS = ("0.0", "1.0", "-1.0", "0.25", "-0.5", "2.0", "-2.75", "3.0", "7.5", "-12.25", "16.0")
_WILD_FLOATS = ("-0.0", "nan", "inf", "-inf", "0.1", "-1.7", "2.5", "100.0", "-0.001", "0.9999")


@cache
def literals(dtype: str, kind: str) -> tuple[str, ...]:
    """Source texts of values of ``dtype``."""
    if kind == "index":
        return ("0", "1", "2", "3", "4")
    if dtype == "bool":
        return ("False", "True")
    if dtype in INTEGERS:
        return _integers(dtype, kind)
    if dtype in FLOATS:
        return _floats(dtype, kind)
    return _complex_numbers(dtype, kind)


def _integers(dtype: str, kind: str) -> tuple[str, ...]:
    info = np.iinfo(dtype)
    small = (0, 1, 2, 3, 5, 7, 12, 100)
    negative = (-1, -2, -3, -7, -100) if info.min < 0 else ()
    extremes = (info.max, info.max - 1, info.max // 2 + 1, info.min, info.min + 1) if kind != "tame" else ()
    return tuple(str(value) for value in (*small, *negative, *extremes))


def _floats(dtype: str, kind: str) -> tuple[str, ...]:
    if kind in ("tame", "castable"):
        return _TAME_FLOATS
    if kind == "holes":
        return ("nan", *_TAME_FLOATS)
    info = np.finfo(dtype)
    extremes = (info.max, info.min, info.tiny, info.smallest_subnormal, info.eps)
    return _TAME_FLOATS + _WILD_FLOATS + tuple(repr(float(value)) for value in extremes)


def _complex_numbers(dtype: str, kind: str) -> tuple[str, ...]:
    parts = (*_TAME_FLOATS, *_WILD_FLOATS) if kind == "wild" else _TAME_FLOATS
    # A part beside each of several others: every pairing would be a long list to shrink through.
    return tuple(
        f"complex({real}, {parts[(3 * place + 1) % len(parts)]})" for place, real in enumerate(parts)
    )
