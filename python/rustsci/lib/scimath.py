"""Functions that go over to complex numbers where the real line ends.

``np.sqrt(-1.0)`` is nan; ``np.emath.sqrt(-1.0)`` is ``1j``. Arguments within the real domain give real
results.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rustsci import _native
from rustsci._native import asarray, complex64, complex128
from rustsci.overrides import array_function

if TYPE_CHECKING:
    from rustsci._native import ndarray
    from rustsci._types import ArrayLike, ArrayOrScalar

__all__ = [
    "arccos",
    "arcsin",
    "arctanh",
    "log",
    "log2",
    "log10",
    "logn",
    "power",
    "sqrt",
]

_MODULE = "rustsci.lib.scimath"


def _to_complex(x: ndarray) -> ndarray:
    """Return `x` in single precision where that holds its values, in double precision otherwise."""
    return x.astype(complex64 if x.dtype.char in "bBhHf" else complex128)


def _complex_if_negative(x: ArrayLike) -> ndarray:
    x = asarray(x)
    return _to_complex(x) if x.dtype.kind != "c" and (x < 0).any() else x


def _complex_beyond_one(x: ArrayLike) -> ndarray:
    x = asarray(x)
    return _to_complex(x) if x.dtype.kind != "c" and (abs(x) > 1).any() else x


@array_function("x", module=_MODULE)
def sqrt(x: ArrayLike) -> ArrayOrScalar:
    """Return the square root; that of negative numbers is imaginary.

    Examples
    --------
    >>> import rustsci as np
    >>> np.emath.sqrt([-1, 4])
    array([0.+1.j, 2.+0.j])
    """
    return _native.sqrt(_complex_if_negative(x))


@array_function("x", module=_MODULE)
def log(x: ArrayLike) -> ArrayOrScalar:
    """Return the natural logarithm; that of negative numbers has the imaginary part pi.

    Examples
    --------
    >>> import rustsci as np
    >>> np.emath.log(-1)
    np.complex128(3.141592653589793j)
    """
    return _native.log(_complex_if_negative(x))


@array_function("x", module=_MODULE)
def log10(x: ArrayLike) -> ArrayOrScalar:
    """Return the logarithm to base 10, complex for negative numbers.

    Examples
    --------
    >>> import rustsci as np
    >>> np.emath.log10([1, 100])
    array([0., 2.])
    """
    return _native.log10(_complex_if_negative(x))


@array_function("x", module=_MODULE)
def log2(x: ArrayLike) -> ArrayOrScalar:
    """Return the logarithm to base 2, complex for negative numbers.

    Examples
    --------
    >>> import rustsci as np
    >>> np.emath.log2([1, 8])
    array([0., 3.])
    """
    return _native.log2(_complex_if_negative(x))


@array_function("n", "x", module=_MODULE)
def logn(n: ArrayLike, x: ArrayLike) -> ArrayOrScalar:
    """Return the logarithm of `x` to base `n`, complex where one of them is negative.

    Examples
    --------
    >>> import rustsci as np
    >>> np.emath.logn(2, [4, 8])
    array([2., 3.])
    """
    return _native.log(_complex_if_negative(x)) / _native.log(_complex_if_negative(n))


@array_function("x", "p", module=_MODULE)
def power(x: ArrayLike, p: ArrayLike) -> ArrayOrScalar:
    """Return `x` to the power `p`: complex for negative bases, floating-point for negative integer powers.

    Examples
    --------
    >>> import rustsci as np
    >>> np.emath.power([2, 4], -2)
    array([0.25  , 0.0625])
    """
    p = asarray(p)
    if p.dtype.kind == "i" and (p < 0).any():
        p = p * 1.0
    return _native.power(_complex_if_negative(x), p)


@array_function("x", module=_MODULE)
def arccos(x: ArrayLike) -> ArrayOrScalar:
    """Return the inverse cosine, complex beyond -1 and 1.

    Examples
    --------
    >>> import rustsci as np
    >>> np.emath.arccos(1)
    np.float64(0.0)
    """
    return _native.arccos(_complex_beyond_one(x))


@array_function("x", module=_MODULE)
def arcsin(x: ArrayLike) -> ArrayOrScalar:
    """Return the inverse sine, complex beyond -1 and 1.

    Examples
    --------
    >>> import rustsci as np
    >>> np.emath.arcsin(0)
    np.float64(0.0)
    """
    return _native.arcsin(_complex_beyond_one(x))


@array_function("x", module=_MODULE)
def arctanh(x: ArrayLike) -> ArrayOrScalar:
    """Return the inverse hyperbolic tangent, complex beyond -1 and 1.

    Examples
    --------
    >>> import rustsci as np
    >>> np.emath.arctanh(0)
    np.float64(0.0)
    """
    return _native.arctanh(_complex_beyond_one(x))
