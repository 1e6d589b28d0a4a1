"""Means, medians and variances of what is not NaN."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

from rustsci import averages
from rustsci._native import (
    add,
    arange,
    asanyarray,
    copyto,
    count_nonzero,
    divide,
    float32,
    intp,
    isnan,
    maximum,
    ndarray,
    sqrt,
    subtract,
)
from rustsci._native import dtype as as_dtype
from rustsci._native import where as choose
from rustsci._no_value import _NoValue
from rustsci.constants import nan
from rustsci.duck_typing import given
from rustsci.floating_point_errors import errstate
from rustsci.medians import MAY_HAVE_NAN, median, median_of_last_axis
from rustsci.nanfunctions import _replace_nan, warn_all_nan
from rustsci.overrides import array_function
from rustsci.reduced_axes import reduce_over

if TYPE_CHECKING:
    from typing import Any

    from rustsci._types import ArrayLike, ArrayOrScalar, Axis, DTypeLike

__all__ = ["nanmean", "nanmedian", "nanstd", "nanvar"]


def _check_inexact(dtype: DTypeLike | None, out: ndarray | None) -> None:
    """Refuse to put into integers what may be NaN."""
    if dtype is not None and as_dtype(dtype).kind not in "fc":
        raise TypeError("If a is inexact, then dtype must be inexact")
    if out is not None and out.dtype.kind not in "fc":
        raise TypeError("If a is inexact, then out must be inexact")


def _divide_in_place(total: Any, count: Any) -> Any:
    """Divide `total`, in its own dtype whatever that of `count`, without a word about 0/0."""
    with errstate(invalid="ignore", divide="ignore"):
        if isinstance(total, ndarray):
            return divide(total, count, out=total, casting="unsafe")
        return total.dtype.type(total / count)


@array_function("a", "where", "out")
def nanmean(
    a: ArrayLike,
    axis: Axis = None,
    dtype: DTypeLike | None = None,
    out: ndarray | None = None,
    keepdims: bool | Any = _NoValue,
    *,
    where: ArrayLike = _NoValue,
) -> ArrayOrScalar:
    """Return the arithmetic mean along axes of what is not NaN.

    Parameters
    ----------
    a, axis, dtype, out, keepdims, where
        As in `mean`, except that `dtype` and `out` must be inexact if `a` is.

    Returns
    -------
    ndarray or scalar
        The mean. It is NaN, with a `RuntimeWarning`, where all elements are.

    See Also
    --------
    mean, nanmedian, nanvar

    Examples
    --------
    >>> import rustsci as np
    >>> np.nanmean([[1, np.nan], [3, 4]], axis=0)
    array([2., 4.])
    """
    a, mask = _replace_nan(a, 0)
    if mask is None:
        return averages.mean(a, axis, dtype, out, keepdims, where=where)
    _check_inexact(dtype, out)
    options = given(keepdims=keepdims, where=where)
    count = (~mask).sum(axis=axis, dtype=intp, **options)
    result = _divide_in_place(a.sum(axis=axis, dtype=dtype, out=out, **options), count)
    if asanyarray(count == 0).any():
        warnings.warn("Mean of empty slice", RuntimeWarning, stacklevel=3)
    return result


def _nanvar(
    a: ArrayLike,
    axis: Axis,
    dtype: DTypeLike | None,
    out: ndarray | None,
    ddof: float,
    keepdims: bool | Any,
    where: ArrayLike,
    mean: ArrayLike,
) -> ArrayOrScalar:
    a, mask = _replace_nan(a, 0)
    if mask is None:
        return averages.var(a, axis, dtype, out, ddof, keepdims, where=where, mean=mean)
    _check_inexact(dtype, out)
    selected = given(where=where)
    if mean is _NoValue:
        count = (~mask).sum(axis=axis, dtype=intp, keepdims=True, **selected)
        mean = _divide_in_place(a.sum(axis=axis, dtype=dtype, keepdims=True, **selected), count)
    subtract(a, mean, out=a, casting="unsafe", **selected)
    copyto(a, 0, where=mask)
    squares = (a * a.conj()).real if a.dtype.kind == "c" else a * a

    options = given(keepdims=keepdims, where=where)
    freedom = (~mask).sum(axis=axis, dtype=intp, **options) - ddof
    result = _divide_in_place(squares.sum(axis=axis, dtype=dtype, out=out, **options), freedom)
    too_few = freedom <= 0
    if asanyarray(too_few).any():
        warnings.warn("Degrees of freedom <= 0 for slice.", RuntimeWarning, stacklevel=4)
        # A negative number of degrees of freedom gave a number.
        if isinstance(result, ndarray):
            copyto(result, nan, where=too_few)
        else:
            result = result.dtype.type(nan)
    return result


@array_function("a", "where", "out", "mean")
def nanvar(
    a: ArrayLike,
    axis: Axis = None,
    dtype: DTypeLike | None = None,
    out: ndarray | None = None,
    ddof: float = 0,
    keepdims: bool | Any = _NoValue,
    *,
    where: ArrayLike = _NoValue,
    mean: ArrayLike = _NoValue,
    correction: float | Any = _NoValue,
) -> ArrayOrScalar:
    """Return the variance along axes of what is not NaN.

    Parameters
    ----------
    a, axis, dtype, out, ddof, keepdims, where, mean, correction
        As in `var`, except that `dtype` and `out` must be inexact if `a` is.

    Returns
    -------
    ndarray or scalar
        The variance. It is NaN, with a `RuntimeWarning`, where there are not more elements than `ddof`.

    See Also
    --------
    var, nanstd, nanmean

    Examples
    --------
    >>> import rustsci as np
    >>> np.nanvar([[1, np.nan], [3, 4]])
    np.float64(1.5555555555555554)
    """
    ddof = averages.choose_ddof(ddof, correction)
    return _nanvar(a, axis, dtype, out, ddof, keepdims, where, mean)


@array_function("a", "where", "out", "mean")
def nanstd(
    a: ArrayLike,
    axis: Axis = None,
    dtype: DTypeLike | None = None,
    out: ndarray | None = None,
    ddof: float = 0,
    keepdims: bool | Any = _NoValue,
    *,
    where: ArrayLike = _NoValue,
    mean: ArrayLike = _NoValue,
    correction: float | Any = _NoValue,
) -> ArrayOrScalar:
    """Return the standard deviation along axes of what is not NaN.

    Parameters
    ----------
    a, axis, dtype, out, ddof, keepdims, where, mean, correction
        As in `std`, except that `dtype` and `out` must be inexact if `a` is.

    Returns
    -------
    ndarray or scalar
        The standard deviation. It is NaN, with a `RuntimeWarning`, where there are not more elements
        than `ddof`.

    See Also
    --------
    std, nanvar, nanmean

    Examples
    --------
    >>> import rustsci as np
    >>> np.nanstd([[1, np.nan], [3, 5]], axis=0)
    array([1., 0.])
    """
    ddof = averages.choose_ddof(ddof, correction)
    variance = _nanvar(a, axis, dtype, out, ddof, keepdims, where, mean)
    if isinstance(variance, ndarray):
        return sqrt(variance, out=variance)
    return variance.dtype.type(sqrt(variance))


def take_from_last_axis(a: ndarray, index: ndarray) -> ndarray:
    """Return the elements of `a` at places that differ from slice to slice.

    `index` has, after axes of its own, the shape of `a` without its last axis.
    """
    slices = a.reshape((-1, a.shape[-1]))
    places = index.reshape((-1, slices.shape[0]))
    return slices[arange(slices.shape[0]), places].reshape(index.shape)


def count_not_nan(ordered: ndarray) -> ndarray:
    """Return the numbers of elements along the last axis that are not NaN, warning of each zero."""
    count = asanyarray((~isnan(ordered)).sum(axis=-1))
    for _ in range(count.size - count_nonzero(count)):
        warn_all_nan(6)
    return count


def _nanmedian_of_last_axis(a: ndarray, out: ndarray | None) -> ArrayOrScalar:
    if a.ndim == 1:
        present = a[~isnan(a)]
        if present.size:
            return median_of_last_axis(present, out, overwrite_input=True)
    ordered = a.copy()
    ordered.sort()
    count = count_not_nan(ordered)
    low = take_from_last_axis(ordered, maximum((count - 1) // 2, 0))
    high = take_from_last_axis(ordered, count // 2)
    if a.dtype.itemsize == 2:
        low, high = low.astype(float32), high.astype(float32)  # as `mean` computes in
    even = count % 2 == 0
    total = add(low, high, out=low.copy(), where=even)
    result = choose(even, total / 2, low).astype(a.dtype)
    if out is None:
        return result[()]
    copyto(out, result, casting="same_kind")
    return out


@array_function("a", "out")
def nanmedian(
    a: ArrayLike,
    axis: Axis = None,
    out: ndarray | None = None,
    overwrite_input: bool = False,
    keepdims: bool = False,
) -> ArrayOrScalar:
    """Return the median along axes of what is not NaN.

    Parameters
    ----------
    a, axis, out, overwrite_input, keepdims
        As in `median`.

    Returns
    -------
    ndarray or scalar
        The median. It is NaN, with a `RuntimeWarning`, where all elements are.

    See Also
    --------
    median, nanquantile

    Examples
    --------
    >>> import rustsci as np
    >>> np.nanmedian([[10.0, np.nan, 4], [3, 2, 1]], axis=1)
    array([7., 2.])
    """
    a = asanyarray(a)
    if a.size == 0:
        return nanmean(a, axis, out=out, keepdims=keepdims)
    if a.dtype.kind not in MAY_HAVE_NAN:
        return median(a, axis, out, overwrite_input, keepdims)
    return reduce_over(_nanmedian_of_last_axis, a, axis, out, keepdims)
