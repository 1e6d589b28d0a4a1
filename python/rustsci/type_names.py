"""Scalar types by their characters, and the types several arrays have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rustsci._native import (
    asarray,
    complex64,
    complex128,
    float16,
    float32,
    float64,
)
from rustsci.overrides import array_function

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from rustsci._types import ArrayLike

__all__ = ["common_type", "mintypecode", "typename"]

_NAMES = {
    "S1": "character",
    "?": "bool",
    "b": "signed char",
    "B": "unsigned char",
    "h": "short",
    "H": "unsigned short",
    "i": "integer",
    "I": "unsigned integer",
    "l": "long integer",
    "L": "unsigned long integer",
    "q": "long long integer",
    "Q": "unsigned long long integer",
    "f": "single precision",
    "d": "double precision",
    "g": "long precision",
    "F": "complex single precision",
    "D": "complex double precision",
    "G": "complex long double precision",
    "S": "string",
    "U": "unicode",
    "V": "void",
    "O": "object",
}

# From the widest down.
_BY_WIDTH = "GDFgdfQqLlIiHhBb?"


def typename(char: str) -> str:
    """Describe the type that a character stands for.

    Examples
    --------
    >>> import rustsci as np
    >>> np.typename("d"), np.typename("F")
    ('double precision', 'complex single precision')
    """
    return _NAMES[char]


def mintypecode(typechars: Iterable[str | ArrayLike], typeset: str = "GDFgdf", default: str = "d") -> str:
    """Return the character of the smallest type that all of several can be converted to.

    Parameters
    ----------
    typechars : str or sequence
        The types: characters, or arrays that have them.
    typeset : str, optional
        The characters to choose from.
    default : str, optional
        What to return if none of the types is in `typeset`.

    Returns
    -------
    str
        The character.

    Examples
    --------
    >>> import rustsci as np
    >>> np.mintypecode(["d", "f", "F"]), np.mintypecode("i")
    ('D', 'd')
    """
    chars = {each if isinstance(each, str) else asarray(each).dtype.char for each in typechars}
    chars &= set(typeset)
    if not chars:
        return default
    # Neither holds the other: the precision of one, the imaginary part of the other.
    if {"F", "d"} <= chars:
        return "D"
    return min(chars, key=_BY_WIDTH.index)


@array_function("*arrays")
def common_type(*arrays: Any) -> type:
    """Return the floating-point type that several arrays can be converted to.

    Parameters
    ----------
    *arrays : ndarray
        Arrays of numbers. Integers count as float64.

    Returns
    -------
    type
        A scalar type, complex if one of the arrays is.

    Examples
    --------
    >>> import rustsci as np
    >>> np.common_type(np.arange(2, dtype=np.float32), np.arange(2)) is np.float64
    True
    """
    itemsize = 2
    complex_found = False
    for each in arrays:
        kind = each.dtype.kind
        if kind not in "iufc":
            raise TypeError("can't get common type for non-numeric array")
        complex_found = complex_found or kind == "c"
        itemsize = max(itemsize, 8 if kind in "iu" else each.real.dtype.itemsize)
    common: type
    if complex_found:
        common = complex64 if itemsize <= 4 else complex128
    else:
        common = {2: float16, 4: float32, 8: float64}[itemsize]
    return common
