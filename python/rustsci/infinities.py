"""Telling positive from negative infinity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rustsci._native import asanyarray, isinf, logical_and, logical_not, ndarray, signbit
from rustsci.overrides import array_function

if TYPE_CHECKING:
    from rustsci._types import ArrayLike, ArrayOrScalar

__all__ = ["isneginf", "isposinf"]


@array_function("x", "out")
def isposinf(x: ArrayLike, out: ndarray | None = None) -> ArrayOrScalar:
    """Tell which numbers are positive infinity.

    Parameters
    ----------
    x : array_like of real numbers
        The numbers.
    out : ndarray, optional
        The array to put the result in.

    Returns
    -------
    ndarray or bool
        Whether each is.

    Raises
    ------
    TypeError
        If `x` is complex: then it is not clear what the sign of infinity is.

    See Also
    --------
    isinf, isneginf, isfinite, isnan

    Examples
    --------
    >>> import rustsci as np
    >>> np.isposinf([-np.inf, 0.0, np.inf])
    array([False, False,  True])
    """
    return logical_and(isinf(x), logical_not(_sign_bit(x)), out)


@array_function("x", "out")
def isneginf(x: ArrayLike, out: ndarray | None = None) -> ArrayOrScalar:
    """Tell which numbers are negative infinity.

    Parameters
    ----------
    x : array_like of real numbers
        The numbers.
    out : ndarray, optional
        The array to put the result in.

    Returns
    -------
    ndarray or bool
        Whether each is.

    Raises
    ------
    TypeError
        If `x` is complex: then it is not clear what the sign of infinity is.

    See Also
    --------
    isinf, isposinf, isfinite, isnan

    Examples
    --------
    >>> import rustsci as np
    >>> np.isneginf([-np.inf, 0.0, np.inf])
    array([ True, False, False])
    """
    return logical_and(isinf(x), _sign_bit(x), out)


def _sign_bit(x: ArrayLike) -> ArrayOrScalar:
    try:
        return signbit(x)
    except TypeError:
        dtype = asanyarray(x).dtype
        raise TypeError(f"This operation is not supported for {dtype} values because it would be ambiguous.")
