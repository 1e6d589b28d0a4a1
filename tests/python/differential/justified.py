"""The differences from NumPy that are meant to be, each with its reason.

An entry is narrow: it names the subject and the aspect, and where that is not enough a condition on the
program. The list is short because anything a user could meet by accident is a bug of ours, not an entry here.
"""

from __future__ import annotations

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


def _alias_of_long(program: Program, difference: Difference) -> bool:
    named = difference.theirs in ("longlong", "ulonglong", "longdouble", "clongdouble")
    return named or ("'g'" in program.source or "'longlong'" in program.source)


def _byte_order(program: Program, difference: Difference) -> bool:
    return "'>f4'" in program.source and "not supported" in difference.ours


def _comparison_of_nan(program: Program, difference: Difference) -> bool:
    subject = program.subject.removeprefix("scalar ").partition(".")[0]
    return difference.aspect == "warnings" and subject in _ORDERINGS and "nan" in program.source


def _empty_newaxis(program: Program, difference: Difference) -> bool:
    return "into shape (0,newaxis)" in difference.theirs


JUSTIFIED = (
    Justified("long double and long long are other names of float64 and int64 here", _alias_of_long),
    Justified("byte-swapped dtypes are not supported yet, and say so", _byte_order),
    Justified(
        "a quiet NaN compares false; NumPy's C reports an invalid operation for some orderings",
        _comparison_of_nan,
    ),
    Justified("NumPy fails to reshape an empty array, with a message about newaxis", _empty_newaxis),
)


def reason_for(program: Program, difference: Difference) -> str | None:
    """Why this difference is meant to be, or None."""
    return next((entry.reason for entry in JUSTIFIED if entry.applies(program, difference)), None)
