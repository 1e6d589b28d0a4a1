"""The differences from NumPy that are meant to be, each with its reason.

An entry is narrow: it names the subject and the aspect, and where that is not enough a condition on the
program. The list is short because anything a user could meet by accident is a bug of ours, not an entry here.
"""

from __future__ import annotations

import cmath
import re
from collections.abc import Callable
from dataclasses import dataclass

from tests.python.differential.compare import Difference
from tests.python.differential.program import Program


@dataclass(frozen=True)
class Justified:
    """One kind of difference and why it stays."""

    reason: str
    applies: Callable[[Program, Difference], bool]


_ORDERINGS = (
    "logaddexp",
    "logaddexp2",
    "less",
    "less_equal",
    "greater",
    "greater_equal",
    "<",
    "<=",
    ">",
    ">=",
)

_SILENT = (
    *("maximum", "minimum", "fmax", "fmin", "copysign", "sign", "signbit", "floor", "ceil", "trunc", "rint"),
    *("equal", "not_equal", "less", "less_equal", "greater", "greater_equal", "isnan", "isinf", "isfinite"),
    *("logical_and", "logical_or", "logical_xor", "logical_not"),
)


def _alias_of_long(program: Program, difference: Difference) -> bool:
    named = difference.theirs in ("longlong", "ulonglong", "longdouble", "clongdouble")
    return named or ("'g'" in program.source or "'longlong'" in program.source)


def _byte_order(program: Program, difference: Difference) -> bool:
    return "'>f4'" in program.source and "not supported" in difference.ours


def _comparison_of_nan(program: Program, difference: Difference) -> bool:
    subject = program.subject.removeprefix("scalar ").partition(".")[0]
    return difference.aspect == "warnings" and subject in _ORDERINGS and "nan" in program.source


def _empty_newaxis(program: Program, difference: Difference) -> bool:
    return "cannot reshape array of size 0 into shape" in difference.theirs and "newaxis" in difference.theirs


def _masked_overlap(program: Program, difference: Difference) -> bool:
    reversed_operand = re.search(r"[(, ](\w)\b.*out=\1\[::-1\], where=", program.lines[-1])
    return difference.aspect == "value" and reversed_operand is not None


def _results_in_one_place(program: Program, difference: Difference) -> bool:
    twice = re.search(r"out=\((\w)(\[::-1\])?, \1(\[::-1\])?\)", program.lines[-1])
    return difference.aspect == "value" and twice is not None


def _zero_of_either_sign(program: Program, difference: Difference) -> bool:
    function = program.subject.partition(".")[0]
    if difference.aspect != "value" or function not in ("fmax", "fmin", "nanmax", "nanmin", "clip"):
        return False
    return difference.theirs.replace("-0.0", "0.0") == difference.ours.replace("-0.0", "0.0")


def _vector_reduction(program: Program, difference: Difference) -> bool:
    function, _, method = program.subject.partition(".")
    affected = function in ("power", "arctan2") and method in ("reduce", "reduceat")
    return affected and difference.aspect in ("value", "warnings")


def _cast_of_silent(program: Program, difference: Difference) -> bool:
    chosen = "dtype=" in program.lines[-1] or "signature=" in program.lines[-1]
    silent = program.subject.partition(".")[0] in _SILENT
    return difference.aspect == "warnings" and silent and chosen and "invalid" not in difference.theirs


def _order_of_nans(program: Program, difference: Difference) -> bool:
    places = difference.where.startswith("result[1]") and "return_inverse=True" in program.source
    return program.subject == "unique" and places and "equal_nan=False" in program.source


def _accumulated_into_another_type(program: Program, difference: Difference) -> bool:
    accumulates = program.subject.endswith(".accumulate") and "out=" in program.lines[-1]
    return accumulates and difference.aspect == "warnings" and difference.theirs == "set()"


def _power_in_single(program: Program, difference: Difference) -> bool:
    power = "**" in program.subject or program.subject.partition(".")[0] == "power"
    if not power or difference.aspect != "value" or "complex64" not in program.source:
        return False
    theirs, ours = (
        re.match(r"np\.complex64\((.*?)\)", text) for text in (difference.theirs, difference.ours)
    )
    if theirs is None or ours is None:
        return False
    a, b = complex(theirs[1]), complex(ours[1])
    # Infinite where NumPy's squares overflow on the way, or a digit lost for each doubling of the exponent.
    return not (cmath.isfinite(a) and cmath.isfinite(b)) or abs(a - b) <= 1e-3 * abs(b)


def _empty_strides(program: Program, difference: Difference) -> bool:
    return program.subject == "strides attribute" and "np.zeros((" in program.lines[0]


def _squares_in_half(program: Program, difference: Difference) -> bool:
    squares = program.subject in ("std", "var", "nanstd", "nanvar")
    overflow = {"value": "inf", "warnings": "overflow"}.get(difference.aspect)
    half = "'float16'" in program.source
    return squares and half and overflow is not None and overflow in difference.theirs


JUSTIFIED = (
    Justified("long double and long long are other names of float64 and int64 here", _alias_of_long),
    Justified("byte-swapped dtypes are not supported yet, and say so", _byte_order),
    Justified(
        "a quiet NaN compares false; NumPy's C reports an invalid operation for some orderings",
        _comparison_of_nan,
    ),
    Justified("NumPy fails to reshape an empty array, with a message about newaxis", _empty_newaxis),
    Justified(
        "elements of an overlapping output where the mask does not hold keep their values; NumPy writes a"
        " copy back, cast to the type of the loop and back",
        _masked_overlap,
    ),
    Justified("which of two results written to one array stays is left open", _results_in_one_place),
    Justified(
        "fmax, fmin, clip of zeros of both signs: NumPy's vector loops give either, by length and place",
        _zero_of_either_sign,
    ),
    Justified(
        "NumPy's vector loops of power and arctan2 lose all but the last step of a reduction of a row",
        _vector_reduction,
    ),
    Justified(
        "NumPy reports the casts of a function that reports nothing itself in one dimension only",
        _cast_of_silent,
    ),
    Justified(
        "NumPy forgets the conditions of an accumulation when its results are cast to the output",
        _accumulated_into_another_type,
    ),
    Justified(
        "powers of complex64 are computed in double precision here; NumPy's lose digits with the exponent",
        _power_in_single,
    ),
    Justified("strides of an array without elements lead nowhere", _empty_strides),
    Justified("which of several NaNs an unstable sort puts first is left open", _order_of_nans),
    Justified(
        "NumPy sums the squares of half precision in half precision, which overflows", _squares_in_half
    ),
)


def reason_for(program: Program, difference: Difference) -> str | None:
    """Why this difference is meant to be, or None."""
    return next((entry.reason for entry in JUSTIFIED if entry.applies(program, difference)), None)
