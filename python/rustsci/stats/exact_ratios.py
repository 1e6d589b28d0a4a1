"""Exact arithmetic on numbers of any kind, for those that the native functions leave to Python.

Fractions, decimals, whole numbers beyond 64 bits, subclasses of Python's numbers: all have an exact ratio of
whole numbers. Results have the type that such numbers have together.
"""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

__all__: list[str] = []


class Sums:
    """Sums of numbers and of their squares, and the type that the numbers have together.

    Numbers of the same denominator are added up as whole numbers. Where there are infinities or NaNs,
    `special` is their sum, and nothing else counts.
    """

    def __init__(self, data: Iterable[Any]) -> None:
        sums: dict[int, int] = {}
        squares: dict[int, int] = {}
        kinds: dict[type, None] = {}
        self.count = 0
        self.special: Any = None
        for value in data:
            kinds[type(value)] = None
            self.count += 1
            numerator, denominator = exact_ratio(value)
            if denominator is None:
                self.special = numerator if self.special is None else self.special + numerator
            else:
                sums[denominator] = sums.get(denominator, 0) + numerator
                squares[denominator] = squares.get(denominator, 0) + numerator * numerator
        self._sums, self._squares = sums, squares
        self.kind: type = int
        for kind in kinds:
            self.kind = common_type(self.kind, kind)

    @property
    def total(self) -> Any:
        """The sum: a fraction, or what infinities and NaNs add up to."""
        if self.special is not None:
            return self.special
        return sum((Fraction(n, d) for d, n in self._sums.items()), Fraction(0))

    @property
    def squared_distances(self) -> Any:
        """The sum of squared distances from the mean."""
        if self.special is not None:
            return self.special
        if not self.count:
            return Fraction(0)
        squares = sum((Fraction(n, d * d) for d, n in self._squares.items()), Fraction(0))
        total = self.total
        return (self.count * squares - total * total) / self.count


def exact_ratio(value: Any) -> tuple[Any, int | None]:
    """Return numerator and denominator of a number; the denominator of infinities and NaNs is None."""
    try:
        return value.as_integer_ratio()
    except AttributeError:
        pass
    except (OverflowError, ValueError):
        return value, None
    try:
        return value.numerator, value.denominator
    except AttributeError:
        raise TypeError(f"can't convert type '{type(value).__name__}' to numerator/denominator") from None


def common_type(first: type, second: type) -> type:
    """Return the type that results of numbers of two types have.

    Whole numbers go along with everything, a subclass comes before its base, and floats before fractions.
    Decimals meet neither floats nor fractions.
    """
    if first is second or second is int or second is bool:
        return first
    if first is int:
        return second
    if issubclass(second, first):
        return second
    if issubclass(first, second):
        return first
    if issubclass(first, int):
        return second
    if issubclass(second, int):
        return first
    for one, other in ((first, second), (second, first)):
        if issubclass(one, Fraction) and issubclass(other, float):
            return other
    raise TypeError(f"don't know how to coerce {first.__name__} and {second.__name__}")


def convert(value: Any, kind: type) -> Any:
    """Return an exact result as a number of a type; what is not whole is a float where that is `int`."""
    if type(value) is kind:
        return value
    if issubclass(kind, int) and value.denominator != 1:
        kind = float
    try:
        return kind(value)
    except TypeError:
        if issubclass(kind, Decimal):
            return kind(value.numerator) / kind(value.denominator)
        raise


def square_root(value: Fraction, kind: type) -> Any:
    """Return the square root of a fraction, rounded once: a decimal if the type is one, else a float."""
    if issubclass(kind, Decimal):
        return _decimal_root(value)
    return _float_root(value)


def _float_root(value: Fraction) -> float:
    numerator, denominator = value.numerator, value.denominator
    # Scaled by an even power of two, the root has at least two bits more than a float: then one bit for all
    # that follows decides every rounding (round to odd: Boldo and Melquiond, Emulation of a FMA and
    # correctly rounded sums, IEEE Transactions on Computers 57, 2008).
    half_shift = (109 + denominator.bit_length() - numerator.bit_length() + 1) // 2
    if half_shift >= 0:
        scaled, rest = divmod(numerator << 2 * half_shift, denominator)
    else:
        scaled, rest = divmod(numerator, denominator << -2 * half_shift)
    root = math.isqrt(scaled)
    root |= root * root != scaled or rest != 0
    return root / (1 << half_shift) if half_shift >= 0 else (root << -half_shift) / 1


def _decimal_root(value: Fraction) -> Decimal:
    if not value:
        return Decimal("0.0")
    numerator, denominator = abs(value.numerator), value.denominator
    root = (Decimal(numerator) / Decimal(denominator)).sqrt()
    # The quotient was rounded, so the root may be off by one in the last place: compare the square of the
    # point half-way to each neighbour.
    for neighbour in (root.next_plus(), root.next_minus()):
        middle = (Fraction(root) + Fraction(neighbour)) / 2
        beyond = middle * middle - value
        if (neighbour > root and beyond < 0) or (neighbour < root and beyond > 0):
            return neighbour
    return root
