"""Rounding to decimals, and limiting to an interval."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rustsci._native import ndarray
from rustsci._no_value import _NoValue
from rustsci._wrapping import call_method
from rustsci.overrides import array_function

if TYPE_CHECKING:
    from typing import Any, SupportsIndex

    from rustsci._types import ArrayLike, ArrayOrScalar

__all__ = ["around", "clip", "round"]


@array_function("a", "out")
def round(a: ArrayLike, decimals: SupportsIndex = 0, out: ndarray | None = None) -> ArrayOrScalar:
    """Round to a number of decimals.

    Parameters
    ----------
    a : array_like
        The numbers. Real and imaginary parts are rounded each.
    decimals : int, optional
        How many decimals to keep. If it is negative, so many digits before the point become zero.
    out : ndarray, optional
        The array to put the result in.

    Returns
    -------
    ndarray or scalar
        The rounded numbers. What lies half-way between two becomes the even one.

    See Also
    --------
    ceil, floor, trunc, rint, fix

    Notes
    -----
    The number is multiplied by a power of ten, rounded and divided again. Since most decimal fractions
    have no exact binary form, what looks half-way may not be so.

    Examples
    --------
    >>> import rustsci as np
    >>> np.round([0.5, 1.5, 2.567, -0.3])
    array([ 0.,  2.,  3., -0.])
    >>> np.round([0.375, 1.6425], 2)
    array([0.38, 1.64])
    >>> np.round([15, 128], -1)
    array([ 20, 130])
    """
    return call_method(a, "round", decimals=decimals, out=out)


@array_function("a", "out")
def around(a: ArrayLike, decimals: SupportsIndex = 0, out: ndarray | None = None) -> ArrayOrScalar:
    """Round to a number of decimals: another name of `round`.

    Examples
    --------
    >>> import rustsci as np
    >>> np.around([0.5, 1.5, 2.567], 1)
    array([0.5, 1.5, 2.6])
    """
    return call_method(a, "round", decimals=decimals, out=out)


@array_function("a", "a_min", "a_max", "out", "min", "max")
def clip(
    a: ArrayLike,
    a_min: ArrayLike | None = _NoValue,
    a_max: ArrayLike | None = _NoValue,
    out: ndarray | None = None,
    *,
    min: ArrayLike | None = _NoValue,
    max: ArrayLike | None = _NoValue,
    **kwargs: Any,
) -> ArrayOrScalar:
    """Limit numbers to an interval.

    Parameters
    ----------
    a : array_like
        The numbers.
    a_min, a_max : array_like or None
        The ends of the interval, which broadcast against `a`. None leaves it open.
    out : ndarray, optional
        The array to put the result in.
    min, max : array_like or None, optional
        The names of `a_min` and `a_max` in the array API standard, to be given instead.
    **kwargs
        The other keyword arguments of ufuncs.

    Returns
    -------
    ndarray or scalar
        `a` with the nearer end for what lies outside. If `a_min` is above `a_max`, it is `a_max`.

    See Also
    --------
    minimum, maximum

    Examples
    --------
    >>> import rustsci as np
    >>> np.clip([1, 5, 9], 2, 6)
    array([2, 5, 6])
    >>> np.clip([1, 5, 9], min=[3, 6, 0])
    array([3, 6, 9])
    """
    if a_min is _NoValue and a_max is _NoValue:
        a_min = None if min is _NoValue else min
        a_max = None if max is _NoValue else max
    elif a_min is _NoValue:
        raise TypeError("clip() missing 1 required positional argument: 'a_min'")
    elif a_max is _NoValue:
        raise TypeError("clip() missing 1 required positional argument: 'a_max'")
    elif min is not _NoValue or max is not _NoValue:
        raise ValueError(
            "Passing `min` or `max` keyword argument when `a_min` and `a_max` are provided is forbidden."
        )
    return call_method(a, "clip", a_min, a_max, out=out, **kwargs)
