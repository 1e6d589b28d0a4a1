"""Functions of each element that are made of ufuncs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rustsci import _native
from rustsci._native import array, asanyarray, complexfloating, copyto, inexact, isnan
from rustsci.limits import finfo
from rustsci.overrides import array_function

if TYPE_CHECKING:
    from rustsci._native import ndarray
    from rustsci._types import ArrayLike, ArrayOrScalar

__all__ = ["fix", "isneginf", "isposinf", "nan_to_num"]


@array_function("x", "out")
def fix(x: ArrayLike, out: ndarray | None = None) -> ArrayOrScalar:
    """Round towards zero; `trunc` is the ufunc that does the same.

    Parameters
    ----------
    x : array_like
        Numbers.
    out : ndarray, optional
        Where to write the result.

    Returns
    -------
    ndarray or scalar
        The rounded numbers; integers stay as they are.

    Examples
    --------
    >>> import rustsci as np
    >>> np.fix([2.1, -2.9])
    array([ 2., -2.])
    """
    return _native.trunc(x, out=out)


@array_function("x", "out")
def isposinf(x: ArrayLike, out: ndarray | None = None) -> ArrayOrScalar:
    """Tell for each element whether it is positive infinity.

    Parameters
    ----------
    x : array_like
        Real numbers.
    out : ndarray, optional
        Where to write the result.

    Returns
    -------
    ndarray or scalar
        Booleans, or `out`.

    Examples
    --------
    >>> import rustsci as np
    >>> np.isposinf([np.inf, -np.inf, 1.0])
    array([ True, False, False])
    """
    return _native.logical_and(_native.isinf(x), ~_signbit(x), out)


@array_function("x", "out")
def isneginf(x: ArrayLike, out: ndarray | None = None) -> ArrayOrScalar:
    """Tell for each element whether it is negative infinity.

    Parameters
    ----------
    x : array_like
        Real numbers.
    out : ndarray, optional
        Where to write the result.

    Returns
    -------
    ndarray or scalar
        Booleans, or `out`.

    Examples
    --------
    >>> import rustsci as np
    >>> np.isneginf([np.inf, -np.inf, 1.0])
    array([False,  True, False])
    """
    return _native.logical_and(_native.isinf(x), _signbit(x), out)


def _signbit(x: ArrayLike) -> ArrayOrScalar:
    kind = asanyarray(x).dtype
    if kind.kind == "c":
        raise TypeError(f"This operation is not supported for {kind} values because it would be ambiguous.")
    return _native.signbit(x)


@array_function("x")
def nan_to_num(
    x: ArrayLike,
    copy: bool = True,
    nan: ArrayLike = 0.0,
    posinf: ArrayLike | None = None,
    neginf: ArrayLike | None = None,
) -> ArrayOrScalar:
    """Replace nan and infinities by finite numbers.

    Parameters
    ----------
    x : array_like
        Numbers.
    copy : bool, optional
        False writes to `x` itself, which must then be an array.
    nan : array_like, optional
        What to put in the place of nan.
    posinf, neginf : array_like, optional
        What to put in the place of the infinities: the greatest and the least number of the dtype by default.

    Returns
    -------
    ndarray or scalar
        The result. Real and imaginary parts of complex numbers are replaced each for itself.

    Examples
    --------
    >>> import rustsci as np
    >>> np.nan_to_num([np.nan, np.inf, 1.0], posinf=9.0)
    array([0., 9., 1.])
    """
    x = array(x, subok=True, copy=copy)
    if issubclass(x.dtype.type, inexact):
        limits = finfo(x.real.dtype)
        greatest = limits.max if posinf is None else posinf
        least = limits.min if neginf is None else neginf
        parts = (x.real, x.imag) if issubclass(x.dtype.type, complexfloating) else (x,)
        for part in parts:
            places = isnan(part), isposinf(part), isneginf(part)
            for where, value in zip(places, (nan, greatest, least), strict=True):
                copyto(part, value, where=where)
    return x[()] if x.ndim == 0 else x
