"""Quantiles and percentiles of what is not NaN."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rustsci._native import asanyarray, asarray, divide, floor, intp, isnan, maximum, minimum, ndarray
from rustsci.nan_averages import count_not_nan, nanmean, take_from_last_axis
from rustsci.nanfunctions import warn_all_nan
from rustsci.overrides import array_function
from rustsci.quantile_methods import DISCRETE, PLACES, upper_weight
from rustsci.quantiles import (
    align_weights,
    check_method,
    check_probabilities,
    interpolate,
    is_weak,
    quantiles_along_axes,
    quantiles_of_last_axis,
    real_array,
    weighted_quantiles_of_last_axis,
)
from rustsci.reduced_axes import merge_axes, reduce_over

if TYPE_CHECKING:
    from rustsci._types import ArrayLike, ArrayOrScalar, Axis
    from rustsci.quantiles import Method

__all__ = ["nanpercentile", "nanquantile"]


@array_function("a", "q", "out", "weights")
def nanquantile(
    a: ArrayLike,
    q: ArrayLike,
    axis: Axis = None,
    out: ndarray | None = None,
    overwrite_input: bool = False,
    method: Method = "linear",
    keepdims: bool = False,
    *,
    weights: ArrayLike | None = None,
) -> ArrayOrScalar:
    """Return quantiles along axes of what is not NaN.

    Parameters
    ----------
    a, q, axis, out, overwrite_input, method, keepdims, weights
        As in `quantile`.

    Returns
    -------
    ndarray or scalar
        The quantiles. They are NaN, with a `RuntimeWarning`, where all elements are.

    See Also
    --------
    quantile, nanpercentile, nanmedian

    Examples
    --------
    >>> import rustsci as np
    >>> np.nanquantile([[10.0, np.nan, 4], [3, 2, 1]], 0.5, axis=0)
    array([6.5, 2. , 2.5])
    """
    a = real_array(a)
    probabilities = asanyarray(q)
    check_probabilities(probabilities, "Quantiles must be in the range [0, 1]")
    return _nan_quantiles_along_axes(
        a, probabilities, axis, out, overwrite_input, method, keepdims, weights, is_weak(q)
    )


@array_function("a", "q", "out", "weights")
def nanpercentile(
    a: ArrayLike,
    q: ArrayLike,
    axis: Axis = None,
    out: ndarray | None = None,
    overwrite_input: bool = False,
    method: Method = "linear",
    keepdims: bool = False,
    *,
    weights: ArrayLike | None = None,
) -> ArrayOrScalar:
    """Return percentiles along axes of what is not NaN.

    Parameters
    ----------
    a, q, axis, out, overwrite_input, method, keepdims, weights
        As in `percentile`.

    Returns
    -------
    ndarray or scalar
        The percentiles. They are NaN, with a `RuntimeWarning`, where all elements are.

    See Also
    --------
    percentile, nanquantile, nanmedian

    Examples
    --------
    >>> import rustsci as np
    >>> np.nanpercentile([[10.0, np.nan, 4], [3, 2, 1]], [25, 75], axis=1)
    array([[5.5, 1.5],
           [8.5, 2.5]])
    """
    a = real_array(a)
    probabilities = asanyarray(divide(q, 100))
    check_probabilities(probabilities, "Percentiles must be in the range [0, 100]")
    return _nan_quantiles_along_axes(
        a, probabilities, axis, out, overwrite_input, method, keepdims, weights, is_weak(q)
    )


def _nan_quantiles_along_axes(
    a: ndarray,
    q: ndarray,
    axis: Axis,
    out: ndarray | None,
    overwrite_input: bool,
    method: str,
    keepdims: bool,
    weights: ArrayLike | None,
    weak: bool,
) -> ArrayOrScalar:
    if a.size == 0:
        return nanmean(a, axis, out=out, keepdims=keepdims)
    if a.dtype.kind != "f":
        return quantiles_along_axes(a, q, axis, out, overwrite_input, method, keepdims, weights, weak)
    check_method(method, q)
    if weights is None:
        return reduce_over(_nan_quantiles_of_last_axis, a, axis, out, keepdims, q=q, method=method, weak=weak)
    axes, weights = align_weights(weights, a, axis, method)
    if isnan(a).all(axis=axes).any():
        warn_all_nan(4)
    weights = merge_axes(weights, axes)
    return reduce_over(
        weighted_quantiles_of_last_axis, a, axis, out, keepdims, q=q, weights=weights, skip_nan=True
    )


def _nan_quantiles_of_last_axis(
    a: ndarray, q: ndarray, method: str, weak: bool, out: ndarray | None = None
) -> ArrayOrScalar:
    """Return the quantiles of `q`, whose axes come first, of elements whose number differs by slice."""
    if a.ndim == 1:
        present = a[~isnan(a)]
        if present.size:
            return quantiles_of_last_axis(present, q, method, weak, out, overwrite_input=True)
    ordered = a.copy()
    ordered.sort()  # NaN is last, out of the way
    count = count_not_nan(ordered)
    last = maximum(count - 1, 0)
    if q.dtype.kind in "ub":
        q = q.astype(intp)  # a place may be negative
    # The number of elements has no more say in the precision of a place than a Python integer would.
    number = count.astype(q.dtype) if q.dtype.kind == "f" else count
    place = asarray(PLACES[method](number, q.reshape(q.shape + (1,) * count.ndim)))
    lower = maximum(minimum(floor(place), ordered.shape[-1]), -1).astype(intp)

    def element_at(index: ndarray) -> ndarray:
        return take_from_last_axis(ordered, asarray(minimum(maximum(index, 0), last)))

    low = element_at(lower)
    if method in DISCRETE or (method == "linear" and place.dtype.kind == "i"):
        if out is None:
            return low[()]
        out[...] = low
        return out
    return interpolate(low, element_at(lower + 1), upper_weight(method, place), weak, out)
