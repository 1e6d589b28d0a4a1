"""Reductions and accumulations of what is not NaN: extremes, sums and products."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

from rustsci import accumulations, extremes, reductions
from rustsci._native import array, asanyarray, copyto, fmax, fmin, isnan, ndarray, ufunc
from rustsci._no_value import _NoValue
from rustsci.constants import inf
from rustsci.duck_typing import given
from rustsci.overrides import array_function

if TYPE_CHECKING:
    from typing import Any, SupportsIndex

    from rustsci._types import ArrayLike, ArrayOrScalar, Axis, DTypeLike

__all__ = [
    "nanargmax",
    "nanargmin",
    "nancumprod",
    "nancumsum",
    "nanmax",
    "nanmin",
    "nanprod",
    "nansum",
]


def _replace_nan(a: ArrayLike, val: Any) -> tuple[ndarray, ndarray | None]:
    """Return a copy of `a` with `val` for NaN, and where that is.

    The array itself and None are returned if its dtype has no NaN.
    """
    a = asanyarray(a)
    if a.dtype.kind not in "fc":
        return a, None
    mask = isnan(a)
    a = array(a, subok=True, copy=True)
    copyto(a, val, where=mask)
    return a, mask


def warn_all_nan(stacklevel: int, what: str = "slice") -> None:
    warnings.warn(f"All-NaN {what} encountered", RuntimeWarning, stacklevel=stacklevel + 1)


def _nan_extreme(ufunc: ufunc, a: ArrayLike, axis: Axis, out: ndarray | None, **options: Any) -> Any:
    # NumPy's words for arrays, and for anything that is made one.
    what = "slice" if type(a) is ndarray else "axis"
    a = asanyarray(a)
    result = ufunc.reduce(a, axis, None, out, **given(**options))
    if a.dtype.kind in "fc" and isnan(result).any():
        warn_all_nan(4, what)
    return result


@array_function("a", "out")
def nanmin(
    a: ArrayLike,
    axis: Axis = None,
    out: ndarray | None = None,
    keepdims: bool | Any = _NoValue,
    initial: Any = _NoValue,
    where: ArrayLike = _NoValue,
) -> ArrayOrScalar:
    """Return the smallest element along axes that is not NaN.

    Parameters
    ----------
    a, axis, out, keepdims, initial, where
        As in `min`.

    Returns
    -------
    ndarray or scalar
        The smallest element. It is NaN, with a `RuntimeWarning`, where all elements are.

    See Also
    --------
    nanmax, nanargmin
    fmin : the smaller of two arrays, element by element, that is not NaN.

    Examples
    --------
    >>> import rustsci as np
    >>> np.nanmin([[1, 2], [3, np.nan]], axis=1)
    array([1., 3.])
    """
    return _nan_extreme(fmin, a, axis, out, keepdims=keepdims, initial=initial, where=where)


@array_function("a", "out")
def nanmax(
    a: ArrayLike,
    axis: Axis = None,
    out: ndarray | None = None,
    keepdims: bool | Any = _NoValue,
    initial: Any = _NoValue,
    where: ArrayLike = _NoValue,
) -> ArrayOrScalar:
    """Return the largest element along axes that is not NaN.

    Parameters
    ----------
    a, axis, out, keepdims, initial, where
        As in `max`.

    Returns
    -------
    ndarray or scalar
        The largest element. It is NaN, with a `RuntimeWarning`, where all elements are.

    See Also
    --------
    nanmin, nanargmax
    fmax : the larger of two arrays, element by element, that is not NaN.

    Examples
    --------
    >>> import rustsci as np
    >>> np.nanmax([[1, 2], [3, np.nan]], axis=0)
    array([3., 2.])
    """
    return _nan_extreme(fmax, a, axis, out, keepdims=keepdims, initial=initial, where=where)


def _check_not_all_nan(mask: ndarray | None, axis: SupportsIndex | None) -> None:
    # No elements at all are for argmin and argmax to refuse.
    if mask is not None and mask.size and mask.all(axis=axis).any():
        raise ValueError("All-NaN slice encountered")


@array_function("a", "out")
def nanargmin(
    a: ArrayLike,
    axis: SupportsIndex | None = None,
    out: ndarray | None = None,
    *,
    keepdims: bool | Any = _NoValue,
) -> ArrayOrScalar:
    """Return where the smallest element along an axis is that is not NaN.

    Parameters
    ----------
    a, axis, out, keepdims
        As in `argmin`.

    Returns
    -------
    ndarray or int
        The index of the smallest element. NaN counts as positive infinity, so that the index may be
        its if there is nothing smaller.

    Raises
    ------
    ValueError
        If all elements of a slice are NaN.

    See Also
    --------
    nanmin, nanargmax

    Examples
    --------
    >>> import rustsci as np
    >>> np.nanargmin([[np.nan, 4], [2, 3]], axis=0)
    array([1, 1])
    """
    a, mask = _replace_nan(a, inf)
    _check_not_all_nan(mask, axis)
    return extremes.argmin(a, axis, out, keepdims=keepdims)


@array_function("a", "out")
def nanargmax(
    a: ArrayLike,
    axis: SupportsIndex | None = None,
    out: ndarray | None = None,
    *,
    keepdims: bool | Any = _NoValue,
) -> ArrayOrScalar:
    """Return where the largest element along an axis is that is not NaN.

    Parameters
    ----------
    a, axis, out, keepdims
        As in `argmax`.

    Returns
    -------
    ndarray or int
        The index of the largest element. NaN counts as negative infinity, so that the index may be
        its if there is nothing larger.

    Raises
    ------
    ValueError
        If all elements of a slice are NaN.

    See Also
    --------
    nanmax, nanargmin

    Examples
    --------
    >>> import rustsci as np
    >>> np.nanargmax([[np.nan, 4], [2, 3]], axis=1)
    array([1, 1])
    """
    a, mask = _replace_nan(a, -inf)
    _check_not_all_nan(mask, axis)
    return extremes.argmax(a, axis, out, keepdims=keepdims)


@array_function("a", "out")
def nansum(
    a: ArrayLike,
    axis: Axis = None,
    dtype: DTypeLike | None = None,
    out: ndarray | None = None,
    keepdims: bool | Any = _NoValue,
    initial: Any = _NoValue,
    where: ArrayLike = _NoValue,
) -> ArrayOrScalar:
    """Add up the elements along axes that are not NaN.

    Parameters
    ----------
    a, axis, dtype, out, keepdims, initial, where
        As in `sum`.

    Returns
    -------
    ndarray or scalar
        The sum, which is zero where all elements are NaN.

    See Also
    --------
    sum, nanmean, nancumsum

    Examples
    --------
    >>> import rustsci as np
    >>> np.nansum([[1, np.nan], [3, 4]], axis=0)
    array([4., 4.])
    """
    a, _ = _replace_nan(a, 0)
    return reductions.sum(a, axis, dtype, out, keepdims, initial, where)


@array_function("a", "out")
def nanprod(
    a: ArrayLike,
    axis: Axis = None,
    dtype: DTypeLike | None = None,
    out: ndarray | None = None,
    keepdims: bool | Any = _NoValue,
    initial: Any = _NoValue,
    where: ArrayLike = _NoValue,
) -> ArrayOrScalar:
    """Multiply the elements along axes that are not NaN.

    Parameters
    ----------
    a, axis, dtype, out, keepdims, initial, where
        As in `prod`.

    Returns
    -------
    ndarray or scalar
        The product, which is one where all elements are NaN.

    See Also
    --------
    prod, nancumprod

    Examples
    --------
    >>> import rustsci as np
    >>> np.nanprod([[1, np.nan], [3, 4]], axis=1)
    array([ 1., 12.])
    """
    a, _ = _replace_nan(a, 1)
    return reductions.prod(a, axis, dtype, out, keepdims, initial, where)


@array_function("a", "out")
def nancumsum(
    a: ArrayLike,
    axis: SupportsIndex | None = None,
    dtype: DTypeLike | None = None,
    out: ndarray | None = None,
) -> ndarray:
    """Return the partial sums along an axis of what is not NaN.

    Parameters
    ----------
    a, axis, dtype, out
        As in `cumsum`.

    Returns
    -------
    ndarray
        The sums, which stay what they were at a NaN.

    See Also
    --------
    cumsum, nansum

    Examples
    --------
    >>> import rustsci as np
    >>> np.nancumsum([1, np.nan, 3])
    array([1., 1., 4.])
    """
    a, _ = _replace_nan(a, 0)
    return accumulations.cumsum(a, axis, dtype, out)


@array_function("a", "out")
def nancumprod(
    a: ArrayLike,
    axis: SupportsIndex | None = None,
    dtype: DTypeLike | None = None,
    out: ndarray | None = None,
) -> ndarray:
    """Return the partial products along an axis of what is not NaN.

    Parameters
    ----------
    a, axis, dtype, out
        As in `cumprod`.

    Returns
    -------
    ndarray
        The products, which stay what they were at a NaN.

    See Also
    --------
    cumprod, nanprod

    Examples
    --------
    >>> import rustsci as np
    >>> np.nancumprod([2, np.nan, 3])
    array([2., 2., 6.])
    """
    a, _ = _replace_nan(a, 1)
    return accumulations.cumprod(a, axis, dtype, out)
