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


_EXTREMES = ("maximum", "minimum", "max", "min", "fmax", "fmin", "nanmax", "nanmin", "clip")


def _told(text: str) -> set[str]:
    """The warnings that a text lists."""
    return set(re.findall(r"\('\w+', '[^']*'\)", text))


def _within(difference: Difference, share: float) -> bool:
    """Whether the numbers of both texts are as many, and differ by this share of themselves at most."""
    theirs, ours = (
        [float(number) for number in re.findall(r"-?\d+\.?\d*(?:e[-+]?\d+)?", text)]
        for text in (difference.theirs, difference.ours)
    )
    close = zip(theirs, ours, strict=False)
    return len(theirs) == len(ours) and all(abs(a - b) <= share * max(abs(a), abs(b)) for a, b in close)


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
    return difference.aspect in ("value", "warnings") and reversed_operand is not None


def _results_in_one_place(program: Program, difference: Difference) -> bool:
    twice = re.search(r"out=\((\w)(\[::-1\])?, \1(\[::-1\])?\)", program.lines[-1])
    return difference.aspect in ("value", "warnings") and twice is not None


def _bytes_of_rounded(program: Program, difference: Difference) -> bool:
    made = any(" @ " in line or "np.abs(" in line for line in program.lines)
    return difference.aspect == "value" and made and program.lines[-1].endswith(".tobytes()")


def _masked_column(program: Program, difference: Difference) -> bool:
    in_place = re.search(r"np\.negative\((\w), out=\1, where=", program.source)
    return difference.aspect == "value" and in_place is not None and "'float32'" in program.source


def _cast_before_order(program: Program, difference: Difference) -> bool:
    return (
        difference.aspect == "strides"
        and "order='A'" in program.lines[-1]
        and "signature=" in program.lines[-1]
    )


def _two_faults(program: Program, difference: Difference) -> bool:
    """Both raise, one of them because a value does not fit the type."""
    if difference.aspect != "exception" or "nothing" in (difference.theirs[-7:], difference.ours[-7:]):
        return False
    messages = difference.theirs + difference.ours
    values = ("OverflowError", "int() argument", "could not be cast", "must start at a real number")
    return any(text in messages for text in values)


def _unsigned_of_float(program: Program, difference: Difference) -> bool:
    undefined = ("2147483648", "9223372036854775808", "4294967295")
    unsigned = difference.aspect == "value" and "uint" in program.source + difference.theirs
    return unsigned and any(text in difference.theirs for text in undefined)


def _power_of_zero(program: Program, difference: Difference) -> bool:
    power = "**" in program.subject or program.subject.partition(".")[0] in ("power", "float_power")
    division = {"('RuntimeWarning', 'divide by zero')"}
    lacks = difference.aspect == "warnings" and _told(difference.theirs) - _told(difference.ours) == division
    return power and lacks and "-inf" in program.source


def _order_of_rounded(program: Program, difference: Difference) -> bool:
    products = any(" @ " in line for line in program.lines)
    return difference.aspect == "value" and products and "argsort(" in program.lines[-1]


def _memory_order(program: Program, difference: Difference) -> bool:
    nothing = re.search(r"np\.zeros\(\((\d+, )*0\b", program.source)
    return difference.aspect == "strides" and nothing is not None


def _reduced_in_half(program: Program, difference: Difference) -> bool:
    reduces = program.subject in ("hypot.reduce", "hypot.reduceat", "add.reduce", "sum", "nansum")
    half = reduces and difference.aspect == "value" and "float16" in program.source
    return half and _within(difference, 0.1)


def _complex_products(program: Program, difference: Difference) -> bool:
    if (
        difference.aspect != "value"
        or not program.subject.startswith("multiply.")
        or "complex" not in program.source
    ):
        return False
    theirs, ours = (_complex_numbers(text) for text in (difference.theirs, difference.ours))
    return len(theirs) == len(ours) and all(
        not (cmath.isfinite(a) and cmath.isfinite(b)) or abs(a - b) <= 1e-12 * abs(b)
        for a, b in zip(theirs, ours, strict=True)
    )


def _sums_in_narrow_types(program: Program, difference: Difference) -> bool:
    narrow = any(f"'{name}'" in program.source for name in ("int8", "uint8", "int16", "uint16"))
    optimised = "np.einsum(" in program.lines[-1] and "optimize=" in program.lines[-1]
    return difference.aspect == "value" and narrow and optimised


def _logarithm_in_single(program: Program, difference: Difference) -> bool:
    return program.subject == "logn" and difference.aspect == "value" and _within(difference, 1e-6)


def _remainder_of_half(program: Program, difference: Difference) -> bool:
    remainder = program.subject.endswith("%") and difference.aspect == "warnings"
    return remainder and "float16" in program.source and "divide by zero" in difference.theirs


def _casts_of_masked(program: Program, difference: Difference) -> bool:
    casts = any(text in program.lines[-1] for text in ("dtype=", "signature="))
    more = difference.aspect == "warnings" and _told(difference.ours) < _told(difference.theirs)
    return more and casts and "where=" in program.lines[-1]


def _half_rows(program: Program, difference: Difference) -> bool:
    rows = program.subject == "unique" and "axis=" in program.lines[-1]
    return difference.aspect == "value" and rows and "float16" in program.source and "nan" in program.source


def _complex_to_nothing(program: Program, difference: Difference) -> bool:
    told = difference.aspect == "warnings" and "ComplexWarning" in difference.theirs
    return told and "np.zeros((" in program.lines[0] and "ComplexWarning" in difference.ours


def _nothing_assigned(program: Program, difference: Difference) -> bool:
    nothing = difference.aspect == "exception" and "nothing" in difference.theirs
    return nothing and re.search(r"result of shape \((\d+,)*0,", difference.ours) is not None


def _zero_of_either_sign(program: Program, difference: Difference) -> bool:
    function = program.subject.partition(".")[0]
    if difference.aspect != "value" or function not in _EXTREMES:
        return False
    return _positive_zeros(difference.theirs) == _positive_zeros(difference.ours)


def _positive_zeros(text: str) -> str:
    return re.sub(r"-0\.0\b", "0.0", re.sub(r"\(-0[+-]0j\)", "0j", text))


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
    fewer = difference.aspect == "warnings" and _told(difference.theirs) < _told(difference.ours)
    return accumulates and fewer


def _power_in_single(program: Program, difference: Difference) -> bool:
    power = "**" in program.subject or program.subject.partition(".")[0] == "power"
    if not power or difference.aspect != "value" or "complex64" not in program.source:
        return False
    theirs, ours = (_complex_numbers(text) for text in (difference.theirs, difference.ours))
    if len(theirs) != len(ours) or not ours:
        return False
    # Of an exponent that single precision does not hold, no digit of an angle is left.
    large = re.search(r"\d{8,}\D*$", program.lines[-1]) is not None
    # Infinite where NumPy's squares overflow on the way, or a digit lost for each doubling of the exponent.
    return all(
        not (cmath.isfinite(a) and cmath.isfinite(b))
        or abs(a - b) <= 1e-3 * abs(b)
        or (large and abs(abs(a) - abs(b)) <= 1e-3 * abs(b))
        for a, b in zip(theirs, ours, strict=True)
    )


def _complex_numbers(text: str) -> list[complex]:
    return [complex(number) for number in re.findall(r"[-+\d.einfa]+j", text.replace("(", " "))]


def _empty_strides(program: Program, difference: Difference) -> bool:
    return program.subject == "strides attribute" and "np.zeros((" in program.lines[0]


def _squares_in_half(program: Program, difference: Difference) -> bool:
    squares = program.subject in ("std", "var", "nanstd", "nanvar")
    overflow = {"value": "inf", "warnings": "overflow"}.get(difference.aspect)
    half = "'float16'" in program.source
    return squares and half and overflow is not None and overflow in difference.theirs


JUSTIFIED = (
    Justified(
        "logarithms in single precision are right to one unit in the last place, not to the bit",
        _logarithm_in_single,
    ),
    Justified(
        "NumPy's scalars of half precision report a remainder by zero as a division, too", _remainder_of_half
    ),
    Justified("NumPy casts, and reports, elements that a mask leaves out", _casts_of_masked),
    Justified(
        "what a float becomes that no unsigned integer holds is left to the processor", _unsigned_of_float
    ),
    Justified("powers of zero to minus infinity may report a division, in C and in IEEE 754", _power_of_zero),
    Justified("which of two rounded products is larger, where both should be the same", _order_of_rounded),
    Justified("reductions of no elements lie in the order of the other axes", _memory_order),
    Justified("NumPy negates a masked column of single precision from what it was before", _masked_column),
    Justified("NumPy casts short operands before it looks at their order", _cast_before_order),
    Justified("of two faults in one call either may be told", _two_faults),
    Justified(
        "the order of complex products decides their last digits, and which infinite ones are NaN",
        _complex_products,
    ),
    Justified(
        "NumPy's optimised einsum sums single operands in their own narrow type", _sums_in_narrow_types
    ),
    Justified("NumPy rounds each step of a reduction to half precision", _reduced_in_half),
    Justified(
        "bytes of products and of moduli, which may be off by a unit in the last place", _bytes_of_rounded
    ),
    Justified("NumPy sorts rows of half precision by their bytes, NaN before numbers", _half_rows),
    Justified(
        "a complex value is made real before it is known that no element takes it", _complex_to_nothing
    ),
    Justified("NumPy lets pass a value of any shape where an index selects nothing", _nothing_assigned),
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
        "extremes of zeros of both signs: NumPy's vector loops give either, by length and place",
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
