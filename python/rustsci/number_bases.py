"""Integers written in a base."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import SupportsInt

__all__ = ["base_repr", "binary_repr"]

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def binary_repr(num: int, width: int | None = None) -> str:
    """Write an integer in binary digits.

    Parameters
    ----------
    num : int
        The integer.
    width : int, optional
        The number of digits; a `ValueError` if it takes more. Negative integers are then written in two's
        complement, and with a minus sign otherwise.

    Returns
    -------
    str
        The digits.

    Examples
    --------
    >>> import rustsci as np
    >>> np.binary_repr(3, width=4), np.binary_repr(-3), np.binary_repr(-3, width=4)
    ('0011', '-11', '1101')
    """
    num = operator.index(num)
    if width is None:
        return format(num, "b")
    # In two's complement, the bits of ~num and one for the sign.
    needed = len(format(num, "b")) if num >= 0 else (~num).bit_length() + 1
    if width < needed and num != 0:
        raise ValueError(f"Insufficient bit width={width} provided for binwidth={needed}")
    return format(num if num >= 0 else num + (1 << width), f"0{width}b")


def base_repr(number: SupportsInt, base: int = 2, padding: int = 0) -> str:
    """Write an integer in the digits of a base.

    Parameters
    ----------
    number : int
        The integer.
    base : int, optional
        The base, from 2 to 36.
    padding : int, optional
        How many zeros to put in front.

    Returns
    -------
    str
        The digits, a minus sign before them where `number` is negative.

    Examples
    --------
    >>> import rustsci as np
    >>> np.base_repr(7, base=5), np.base_repr(32, base=16, padding=2)
    ('12', '0020')
    """
    if base < 2:
        raise ValueError("Bases less than 2 not handled in base_repr.")
    if base > len(_DIGITS):
        raise ValueError("Bases greater than 36 not handled in base_repr.")
    value = int(number)
    rest = abs(value)
    digits = []
    while rest:
        rest, digit = divmod(rest, base)
        digits.append(_DIGITS[digit])
    digits.append("0" * padding)
    if value < 0:
        digits.append("-")
    return "".join(reversed(digits)) or "0"
