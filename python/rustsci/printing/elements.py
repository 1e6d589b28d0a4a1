"""Single elements as text, in columns of one width.

A column is fitted to the elements that will be shown, then called with each of them. `COLUMNS` has one for
each kind of dtype; `column_for` chooses between it and the functions of the user.
"""

from __future__ import annotations

from functools import partial
from math import inf
from typing import TYPE_CHECKING

from rustsci._native import (
    absolute,
    format_float_positional,
    format_float_scientific,
    isfinite,
    signbit,
)
from rustsci.floating_point_errors import errstate

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeAlias

    from rustsci._native import ndarray
    from rustsci.printing.options import FloatMode, PrintOptions, Sign

    Column: TypeAlias = Callable[[Any], str]

_SMALLEST_POSITIONAL = 0.0001
_LARGEST_RATIO = 1000.0
# Numbers with more digits than this before the point take an exponent; of halves and singles, by their size,
# already those with more than the type holds.
_MOST_POSITIONAL_DIGITS = 8
_POSITIONAL_DIGITS = {2: 3, 4: 6}


def bool_column(data: ndarray, options: PrintOptions) -> Column:
    """Truth values, as wide as the longer word."""
    words = ("False", " True" if data.shape else "True")
    return lambda x: words[bool(x)]


def integer_column(data: ndarray, options: PrintOptions) -> Column:
    """Integers, as wide as the widest."""
    lowest, highest = int(data.min()), int(data.max())
    # A space stands for a sign only where no number has one.
    sign = "-" if options.sign == " " and lowest < 0 else options.sign
    width = max(len(f"{lowest:{sign}}"), len(f"{highest:{sign}}"))
    return f"{{:{sign}{width}d}}".format


class FloatColumn:
    """Real numbers, their decimal points below each other."""

    def __init__(
        self,
        data: ndarray,
        options: PrintOptions,
        *,
        sign: Sign | None = None,
        floatmode: FloatMode | None = None,
    ) -> None:
        self._options = options
        self._legacy = options.legacy <= (1, 13)
        self._sign = sign or options.sign
        # Release 1.13 always left room for a sign.
        if self._legacy and self._sign == "-" and data.shape:
            self._sign = " "
        self._plus = "+" if self._sign == "+" else ""
        self._floatmode = floatmode or options.floatmode
        self._precision = None if self._floatmode == "unique" else options.precision
        if self._precision is not None and self._precision < 0:
            raise ValueError(f"precision must be >= 0 in {self._floatmode} mode, not {self._precision}")

        finite = data[isfinite(data)]
        self._whole, self._fraction = 0, 0
        if not finite.size:
            self._write: Callable[..., str] = str
        elif self._needs_exponent(finite):
            self._fit_scientific(list(finite))
        else:
            self._fit_positional(list(finite))
        if self._sign == " " and not self._legacy and not signbit(finite).any():
            self._whole += 1
        self._width = self._whole + 1 + self._fraction
        if finite.size != data.size:
            signed = self._sign != "-" or bool((data == -inf).any())
            words = (len(options.nanstr), len(options.infstr) + signed)
            self._width = max(self._width, *words)
            self._whole = self._width - 1 - self._fraction
        if finite.size:
            self._write = partial(self._write, pad_left=self._whole)

    def __call__(self, x: Any) -> str:
        if -inf < x < inf:
            return self._write(x)
        if x != x:
            word = self._plus + self._options.nanstr
        else:
            word = ("-" if x < 0 else self._plus) + self._options.infstr
        return word.rjust(self._width)

    def _needs_exponent(self, finite: ndarray) -> bool:
        sizes = absolute(finite[finite != 0])
        if not sizes.size:
            return False
        largest, smallest = sizes.max(), sizes.min()
        digits = _MOST_POSITIONAL_DIGITS
        if self._options.legacy > (2, 2):
            digits = _POSITIONAL_DIGITS.get(finite.dtype.itemsize, digits)
        # Neither the bound nor the ratio need be something that a half can hold.
        with errstate(over="ignore"):
            if largest >= 10.0**digits:
                return True
            if self._options.suppress:
                return False
            return bool(smallest < _SMALLEST_POSITIONAL or largest / smallest > _LARGEST_RATIO)

    def _fit_scientific(self, values: list[Any]) -> None:
        fixed = self._floatmode == "fixed" or self._legacy
        write = partial(
            format_float_scientific,
            precision=self._precision,
            unique=not fixed,
            trim="k" if fixed else ".",
            sign=self._sign == "+",
        )
        mantissas, _, exponents = zip(*(write(x).partition("e") for x in values), strict=True)
        wholes, _, fractions = zip(*(mantissa.partition(".") for mantissa in mantissas), strict=True)
        digits = max(map(len, fractions))
        exponent_digits = max(map(len, exponents)) - 1
        self._whole = 3 if self._legacy else max(map(len, wholes))
        self._fraction = digits + exponent_digits + 2
        self._write = partial(
            write, precision=digits, min_digits=digits, trim="k", exp_digits=exponent_digits
        )

    def _fit_positional(self, values: list[Any]) -> None:
        fixed = self._floatmode == "fixed"
        write = partial(
            format_float_positional,
            precision=self._precision,
            unique=not fixed,
            trim="k" if fixed else ".",
            sign=self._sign == "+",
        )
        wholes, _, fractions = zip(*(write(x).partition(".") for x in values), strict=True)
        if self._legacy:
            self._whole = 1 + max(len(whole.lstrip("+-")) for whole in wholes)
        else:
            self._whole = max(map(len, wholes))
        self._fraction = max(map(len, fractions))
        if self._floatmode in ("fixed", "maxprec_equal"):
            digits = self._fraction
            self._write = partial(write, precision=digits, min_digits=digits, trim="k")
        else:
            self._write = partial(write, min_digits=0, pad_right=self._fraction)


class ComplexColumn:
    """Complex numbers: two columns of real ones, the second always signed."""

    def __init__(self, data: ndarray, options: PrintOptions) -> None:
        legacy = options.legacy <= (1, 13)
        self._real = FloatColumn(data.real, options, floatmode="maxprec_equal" if legacy else None)
        self._imaginary = FloatColumn(data.imag, options, sign="+", floatmode="maxprec" if legacy else None)

    def __call__(self, x: Any) -> str:
        imaginary = self._imaginary(x.imag)
        digits = imaginary.rstrip()
        # The unit stands with its number, before the spaces that fill the column.
        return f"{self._real(x.real)}{digits}j{imaginary[len(digits) :]}"


COLUMNS: dict[str, Callable[[ndarray, PrintOptions], Column]] = {
    "b": bool_column,
    "i": integer_column,
    "u": integer_column,
    "f": FloatColumn,
    "c": ComplexColumn,
}

# The keys of `formatter` that speak for a kind of dtype, the most specific first.
_FORMATTER_KEYS = {
    "b": ("bool", "all"),
    "i": ("int", "int_kind", "all"),
    "u": ("int", "int_kind", "all"),
    "f": ("float", "float_kind", "all"),
    "c": ("complexfloat", "complex_kind", "all"),
    "m": ("timedelta", "all"),
    "M": ("datetime", "all"),
    "S": ("numpystr", "str_kind", "all"),
    "U": ("numpystr", "str_kind", "all"),
    "T": ("numpystr", "str_kind", "all"),
    "O": ("object", "all"),
    "V": ("void", "all"),
}


def user_column(kind: str, options: PrintOptions) -> Column | None:
    """Return the function that the user gave for elements of this kind of dtype, if any."""
    formatter = options.formatter
    if formatter is None:
        return None
    functions = (formatter.get(key) for key in _FORMATTER_KEYS.get(kind, ("all",)))
    return next((function for function in functions if function is not None), None)


def column_for(data: ndarray, options: PrintOptions) -> Column:
    """Return a function that writes the elements of `data`."""
    column = user_column(data.dtype.kind, options)
    if column is not None:
        return column
    fit = COLUMNS.get(data.dtype.kind)
    return repr if fit is None else fit(data, options)
