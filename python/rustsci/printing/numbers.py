"""One floating-point number as text."""

from __future__ import annotations

from operator import index
from typing import TYPE_CHECKING

from rustsci import _native

if TYPE_CHECKING:
    from typing import Literal, SupportsFloat, SupportsIndex, TypeAlias

    Trim: TypeAlias = Literal["k", ".", "0", "-"]

__all__ = ["format_float_positional", "format_float_scientific"]


def format_float_positional(
    x: SupportsFloat,
    precision: SupportsIndex | None = None,
    unique: bool = True,
    fractional: bool = True,
    trim: Trim = "k",
    sign: bool = False,
    pad_left: SupportsIndex | None = None,
    pad_right: SupportsIndex | None = None,
    min_digits: SupportsIndex | None = None,
) -> str:
    """Write a number without an exponent.

    Parameters
    ----------
    x : float or floating scalar
        The number. Its type says which digits tell it from its neighbours.
    precision : int, optional
        Most digits to write; needed when `unique` is false.
    unique : bool, optional
        Write the fewest digits that read back as the same number, rounded to `precision` if that is fewer
        still. If false, write the digits of the number itself.
    fractional : bool, optional
        Whether `precision` and `min_digits` count from the decimal point, or from the first digit that is not
        zero.
    trim : {'k', '.', '0', '-'}, optional
        Keep zeros at the end; drop them; drop all but one; or drop them and the decimal point.
    sign : bool, optional
        Whether to write a plus before numbers that are not negative.
    pad_left, pad_right : int, optional
        Add spaces until there are this many characters left of the point, and right of it.
    min_digits : int, optional
        Fewest digits to write when `unique` is true.

    Returns
    -------
    str
        The number.

    See Also
    --------
    format_float_scientific : With an exponent.

    Examples
    --------
    >>> import rustsci as np
    >>> np.format_float_positional(np.float32(0.1))
    '0.1'
    >>> np.format_float_positional(np.float32(0.1), unique=False, precision=10)
    '0.1000000015'
    >>> np.format_float_positional(16.0, trim="-")
    '16'
    """
    text: str = _native.format_float_positional(
        x,
        precision=_count("precision", precision),
        unique=unique,
        fractional=fractional,
        trim=trim,
        sign=sign,
        pad_left=_count("pad_left", pad_left),
        pad_right=_count("pad_right", pad_right),
        min_digits=_count("min_digits", min_digits),
    )
    return text


def format_float_scientific(
    x: SupportsFloat,
    precision: SupportsIndex | None = None,
    unique: bool = True,
    trim: Trim = "k",
    sign: bool = False,
    pad_left: SupportsIndex | None = None,
    exp_digits: SupportsIndex | None = None,
    min_digits: SupportsIndex | None = None,
) -> str:
    """Write a number with one digit before the point and a power of ten.

    Parameters
    ----------
    x : float or floating scalar
        The number. Its type says which digits tell it from its neighbours.
    precision : int, optional
        Most digits to write behind the point; needed when `unique` is false.
    unique : bool, optional
        Write the fewest digits that read back as the same number, rounded to `precision` if that is fewer
        still. If false, write the digits of the number itself.
    trim : {'k', '.', '0', '-'}, optional
        Keep zeros at the end; drop them; drop all but one; or drop them and the decimal point.
    sign : bool, optional
        Whether to write a plus before numbers that are not negative.
    pad_left : int, optional
        Add spaces until there are this many characters left of the point.
    exp_digits : int, optional
        Fewest digits of the exponent: 2 unless said otherwise, 5 at most.
    min_digits : int, optional
        Fewest digits to write behind the point when `unique` is true.

    Returns
    -------
    str
        The number.

    See Also
    --------
    format_float_positional : Without an exponent.

    Examples
    --------
    >>> import rustsci as np
    >>> np.format_float_scientific(np.float32(1234.5))
    '1.2345e+03'
    >>> np.format_float_scientific(123456.0, precision=1, exp_digits=3)
    '1.2e+005'
    """
    text: str = _native.format_float_scientific(
        x,
        precision=_count("precision", precision),
        unique=unique,
        trim=trim,
        sign=sign,
        pad_left=_count("pad_left", pad_left),
        exp_digits=_count("exp_digits", exp_digits),
        min_digits=_count("min_digits", min_digits),
    )
    return text


def _count(name: str, value: SupportsIndex | None) -> int | None:
    if value is None:
        return None
    count = index(value)
    if count < 0:
        raise ValueError(f"{name} must be >= 0, not {count}")
    return count
