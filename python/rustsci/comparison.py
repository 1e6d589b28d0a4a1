"""Whether arrays are equal, exactly or nearly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rustsci._native import (
    asanyarray,
    asarray,
    broadcast,
    isfinite,
    isnan,
    less_equal,
    result_type,
)
from rustsci.floating_point_errors import errstate
from rustsci.overrides import array_function

if TYPE_CHECKING:
    from rustsci._native import ndarray
    from rustsci._types import ArrayLike, ArrayOrScalar

__all__ = ["allclose", "array_equal", "array_equiv", "isclose"]


@array_function("a", "b", "rtol", "atol")
def isclose(
    a: ArrayLike,
    b: ArrayLike,
    rtol: ArrayLike = 1.0e-5,
    atol: ArrayLike = 1.0e-8,
    equal_nan: bool = False,
) -> ArrayOrScalar:
    """Tell for each pair of elements whether they are equal within a tolerance.

    Numbers are close where ``abs(a - b) <= atol + rtol * abs(b)``: `b` is the reference.

    Parameters
    ----------
    a, b : array_like
        The arrays.
    rtol : array_like, optional
        The tolerance in multiples of ``abs(b)``.
    atol : array_like, optional
        The tolerance added to that. Near zero it decides alone.
    equal_nan : bool, optional
        Whether nan is close to nan.

    Returns
    -------
    ndarray or bool
        Booleans.

    Examples
    --------
    >>> import rustsci as np
    >>> np.isclose([1e10, 1e-7], [1.00001e10, 1e-8])
    array([ True, False])
    """
    x, y, rtol, atol = (_number_or_array(each) for each in (a, b, rtol, atol))
    if not (isfinite(rtol) & isfinite(atol)).all():
        import warnings

        warnings.warn(
            f"One of rtol or atol is not valid, atol: {atol}, rtol: {rtol}", RuntimeWarning, stacklevel=3
        )
    kind = getattr(y, "dtype", None)
    if kind is not None and kind.kind != "m":
        # In floating point, the difference of integers cannot overflow.
        y = asanyarray(y, dtype=result_type(y, 1.0))
    elif isinstance(y, int):
        y = float(y)
    with errstate(invalid="ignore"):
        close = less_equal(abs(x - y), atol + rtol * abs(y)) & isfinite(y) | (x == y)
        if equal_nan:
            close |= isnan(x) & isnan(y)
    return close[()]


def _number_or_array(value: ArrayLike) -> ArrayLike:
    """Leave Python's numbers as they are: they adapt to the dtypes beside them."""
    return value if isinstance(value, (int, float, complex)) else asanyarray(value)


@array_function("a", "b", "rtol", "atol")
def allclose(
    a: ArrayLike,
    b: ArrayLike,
    rtol: ArrayLike = 1.0e-5,
    atol: ArrayLike = 1.0e-8,
    equal_nan: bool = False,
) -> bool:
    """Tell whether all elements of two arrays are equal within a tolerance.

    Parameters
    ----------
    a, b : array_like
        The arrays, which are broadcast.
    rtol, atol, equal_nan
        As for `isclose`.

    Returns
    -------
    bool
        Whether they are.

    Examples
    --------
    >>> import rustsci as np
    >>> np.allclose([1e10, 1e-8], [1.00001e10, 1e-9])
    True
    """
    return bool(asanyarray(isclose(a, b, rtol=rtol, atol=atol, equal_nan=equal_nan)).all())


@array_function("a1", "a2")
def array_equal(a1: ArrayLike, a2: ArrayLike, equal_nan: bool = False) -> bool:
    """Tell whether two arrays have the same shape and the same elements.

    Parameters
    ----------
    a1, a2 : array_like
        The arrays.
    equal_nan : bool, optional
        Whether nan equals nan. A complex number is nan if one of its parts is.

    Returns
    -------
    bool
        Whether they are equal.

    Examples
    --------
    >>> import rustsci as np
    >>> np.array_equal([1, 2], [1, 2]), np.array_equal([1, 2], [[1, 2]])
    (True, False)
    """
    try:
        a1, a2 = asarray(a1), asarray(a2)
    except Exception:
        # What no array can be made of equals nothing.
        return False
    if a1.shape != a2.shape:
        return False
    if equal_nan and not (_cannot_hold_nan(a1) and _cannot_hold_nan(a2)):
        if a1 is a2:
            return True
        nan1, nan2 = isnan(a1), isnan(a2)
        if not (nan1 == nan2).all():
            return False
        a1, a2 = a1[~nan1], a2[~nan1]
    return bool(asanyarray(a1 == a2).all())


def _cannot_hold_nan(a: ndarray) -> bool:
    return a.dtype.kind in "biuSUV"


@array_function("a1", "a2")
def array_equiv(a1: ArrayLike, a2: ArrayLike) -> bool:
    """Tell whether two arrays have the same elements once they are broadcast to one shape.

    Examples
    --------
    >>> import rustsci as np
    >>> np.array_equiv([1, 2], [[1, 2], [1, 2]])
    True
    """
    try:
        a1, a2 = asarray(a1), asarray(a2)
        broadcast(a1, a2)
    except Exception:
        return False
    return bool(asanyarray(a1 == a2).all())
