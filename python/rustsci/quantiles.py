"""Quantiles and percentiles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rustsci._native import (
    add,
    argsort,
    asanyarray,
    asarray,
    clip,
    divide,
    empty,
    floor,
    intp,
    isfinite,
    isnan,
    minimum,
    ndarray,
    normalize_axis_tuple,
    searchsorted,
    subtract,
    take,
    where,
)
from rustsci.averages import shape_weights
from rustsci.broadcasting import broadcast_to
from rustsci.medians import MAY_HAVE_NAN, spread_nan
from rustsci.overrides import array_function
from rustsci.quantile_methods import DISCRETE, PLACES, upper_weight
from rustsci.reduced_axes import merge_axes, reduce_over

if TYPE_CHECKING:
    from typing import Any, Literal, TypeAlias

    from rustsci._types import ArrayLike, ArrayOrScalar, Axis

    Method: TypeAlias = Literal[
        "inverted_cdf",
        "averaged_inverted_cdf",
        "closest_observation",
        "interpolated_inverted_cdf",
        "hazen",
        "weibull",
        "linear",
        "median_unbiased",
        "normal_unbiased",
        "lower",
        "higher",
        "midpoint",
        "nearest",
    ]

__all__ = ["percentile", "quantile"]


@array_function("a", "q", "out", "weights")
def quantile(
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
    """Return quantiles along axes: values that given fractions of the elements do not exceed.

    Parameters
    ----------
    a : array_like of real numbers
        The elements.
    q : array_like of float
        The fractions, between 0 and 1.
    axis : None, int or tuple of ints, optional
        The axes to look along; all of them by default.
    out : ndarray, optional
        The array to put the result in.
    overwrite_input : bool, optional
        Whether `a` may be reordered, which saves a copy. It is then left partly sorted.
    method : str, optional
        How to estimate a quantile that lies between two elements. ``'linear'`` interpolates between
        them. ``'lower'``, ``'higher'``, ``'nearest'`` and ``'midpoint'`` take either of them or
        their mean. The other methods are those that Hyndman and Fan [1]_ number from 1 to 9:
        ``'inverted_cdf'``, ``'averaged_inverted_cdf'``, ``'closest_observation'``,
        ``'interpolated_inverted_cdf'``, ``'hazen'``, ``'weibull'``, ``'linear'``,
        ``'median_unbiased'`` and ``'normal_unbiased'``. The first three, and those that take an
        element, are not continuous in `q`.
    keepdims : bool, optional
        Whether the axes looked along stay, with length one.
    weights : array_like, optional
        How much each element counts, either in the shape of `a` or with one axis for each of `axis`;
        only for the method ``'inverted_cdf'``.

    Returns
    -------
    ndarray or scalar
        The quantiles, with the axes of `q` first and what is left of those of `a` after them. They are
        NaN where an element is.

    Raises
    ------
    ValueError
        If `q` is out of range or has more than two dimensions, or `method` is not known, or the
        weights are negative, not finite or all zero.
    TypeError
        If `a` is complex.

    See Also
    --------
    percentile : the same with fractions of 100.
    nanquantile : the quantiles of what is not NaN.
    median : the quantile of one half.

    References
    ----------
    .. [1] R. J. Hyndman and Y. Fan, "Sample quantiles in statistical packages", The American
       Statistician 50 (1996) 361-365.

    Examples
    --------
    >>> import rustsci as np
    >>> np.quantile([10, 7, 4, 3, 2, 1], 0.25)
    np.float64(2.25)
    >>> np.quantile([[10, 7, 4], [3, 2, 1]], [0.5, 1.0], axis=1)
    array([[ 7.,  2.],
           [10.,  3.]])
    >>> np.quantile([1, 2, 3], 0.5, method='inverted_cdf', weights=[5, 1, 1])
    np.int64(1)
    """
    a = real_array(a)
    probabilities = asanyarray(q)
    check_probabilities(probabilities, "Quantiles must be in the range [0, 1]")
    return quantiles_along_axes(
        a, probabilities, axis, out, overwrite_input, method, keepdims, weights, is_weak(q)
    )


@array_function("a", "q", "out", "weights")
def percentile(
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
    """Return percentiles along axes: values that given percentages of the elements do not exceed.

    Parameters
    ----------
    a : array_like of real numbers
        The elements.
    q : array_like of float
        The percentages, between 0 and 100.
    axis, out, overwrite_input, method, keepdims, weights
        As in `quantile`.

    Returns
    -------
    ndarray or scalar
        The percentiles, with the axes of `q` first and what is left of those of `a` after them.

    See Also
    --------
    quantile : the same with fractions of one, and what the arguments mean.
    nanpercentile : the percentiles of what is not NaN.

    Examples
    --------
    >>> import rustsci as np
    >>> np.percentile([10, 7, 4, 3, 2, 1], 50)
    np.float64(3.5)
    >>> np.percentile([[10, 7, 4], [3, 2, 1]], 50, axis=0, keepdims=True)
    array([[6.5, 4.5, 2.5]])
    """
    a = real_array(a)
    probabilities = asanyarray(divide(q, 100))
    check_probabilities(probabilities, "Percentiles must be in the range [0, 100]")
    return quantiles_along_axes(
        a, probabilities, axis, out, overwrite_input, method, keepdims, weights, is_weak(q)
    )


def real_array(a: ArrayLike) -> ndarray:
    a = asanyarray(a)
    if a.dtype.kind == "c":
        raise TypeError("a must be an array of real numbers")
    return a


def is_weak(q: ArrayLike) -> bool:
    """Tell whether `q` is a Python number, which leaves the dtype of the elements as it is."""
    return type(q) in (int, float)


def check_probabilities(q: ndarray, message: str) -> None:
    if not ((q >= 0) & (q <= 1)).all():
        raise ValueError(message)


def check_method(method: str, q: ndarray) -> None:
    if q.ndim > 2:
        # More axes would work, but what they should mean has never been settled.
        raise ValueError(f"q must be a scalar or 1d, but has {q.ndim} dimensions")
    if method not in PLACES:
        raise ValueError(f"{method!r} is not a valid method. Use one of: {', '.join(PLACES)}")


def check_length(length: int) -> None:
    if length == 0:
        raise IndexError("quantiles need at least one element, but the axis has length 0")


def quantiles_along_axes(
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
    """Return the quantiles of the probabilities `q`, which are in range, along any axes."""
    check_method(method, q)
    if weights is None:
        return reduce_over(
            quantiles_of_last_axis,
            a,
            axis,
            out,
            keepdims,
            q=q,
            method=method,
            weak=weak,
            overwrite_input=overwrite_input,
        )
    axes, weights = align_weights(weights, a, axis, method)
    return reduce_over(
        weighted_quantiles_of_last_axis, a, axis, out, keepdims, q=q, weights=merge_axes(weights, axes)
    )


def align_weights(weights: ArrayLike, a: ndarray, axis: Axis, method: str) -> tuple[tuple[int, ...], ndarray]:
    """Return the axes to reduce, and `weights` in the shape of `a`, after checking both."""
    if method != "inverted_cdf":
        raise ValueError(f"Only method 'inverted_cdf' supports weights. Got: {method}.")
    axes = None if axis is None else normalize_axis_tuple(axis, a.ndim, argname="axis")
    weights = shape_weights(weights, a, axes)
    if (weights < 0).any():
        raise ValueError("Weights must be non-negative.")
    return tuple(range(a.ndim)) if axes is None else axes, broadcast_to(weights, a.shape)


def quantiles_of_last_axis(
    a: ndarray,
    q: ndarray,
    method: str,
    weak: bool = False,
    out: ndarray | None = None,
    overwrite_input: bool = False,
) -> ArrayOrScalar:
    """Return the quantiles of the probabilities `q` along the last axis, with the axes of `q` first."""
    length = a.shape[-1]
    if q.size or a.dtype.kind in "fc":
        check_length(length)
    if q.dtype.kind in "ub":
        q = q.astype(intp)  # a place may be negative
    place = asarray(PLACES[method](length, q))
    takes_element = method in DISCRETE or (method == "linear" and place.dtype.kind == "i")

    lower = clip(floor(place), -1, length).astype(intp)
    neighbours = [clip(lower, 0, length - 1)]
    if not takes_element:
        neighbours.append(clip(lower + 1, 0, length - 1))
    last = [length - 1] if a.dtype.kind in MAY_HAVE_NAN else []
    places = sorted({*last, *(k for indices in neighbours for k in asarray(indices).ravel().tolist())})
    if not overwrite_input:
        a = a.copy()
    if places:
        a.partition(places)

    # With the axis in front, `take` puts the axes of `q` in its place.
    by_rank = a.transpose((a.ndim - 1, *range(a.ndim - 1)))
    if takes_element:
        result = take(by_rank, neighbours[0], axis=0, out=out)
    else:
        low, high = (take(by_rank, indices, axis=0) for indices in neighbours)
        weight = upper_weight(method, place)
        result = interpolate(low, high, weight.reshape(q.shape + (1,) * (a.ndim - 1)), weak, out)
    return spread_nan(a, result)


def interpolate(low: Any, high: Any, t: ndarray, weak: bool, out: ndarray | None) -> ArrayOrScalar:
    """Return what lies at the fraction `t` of the way from `low` to `high`.

    Each half of the way is measured from its own end, which makes the result exact at both ends and
    never decrease in between. `weak` says that `t` has no say in the dtype of the result.
    """
    elements = asarray(low).dtype
    step = subtract(high, low)
    if weak:
        t = t.astype(float)
    if elements.kind == "i" and t.dtype.kind == "f":
        # Signed integers may be further apart than the largest of them, but never less than zero.
        step = asarray(step).view(f"u{elements.itemsize}")
    from_high = t >= 0.5
    way = asarray(where(from_high, t - 1, t))
    if weak and elements.kind == "f":
        way = way.astype(elements)
    return add(where(from_high, high, low), step * way, out=out)


def weighted_quantiles_of_last_axis(
    a: ndarray, q: ndarray, weights: ndarray, skip_nan: bool = False, out: ndarray | None = None
) -> ArrayOrScalar:
    """Return the quantiles by the inverse of the weighted empirical distribution function.

    That of q is the first element, in order, whose weight and that of all before it make up the
    fraction q of the whole. With `skip_nan`, elements that are NaN are left out, and so their weights.
    """
    *kept, length = a.shape
    check_length(length)
    slices, slice_weights = a.reshape((-1, length)), weights.reshape((-1, length))
    fractions = asarray(q).ravel()
    result = empty((fractions.size, slices.shape[0]), dtype=a.dtype)
    for i, (elements, element_weights) in enumerate(zip(slices, slice_weights, strict=True)):
        if skip_nan:
            present = ~isnan(elements)
            if not present.any():
                result[:, i] = elements[0]
                continue
            elements, element_weights = elements[present], element_weights[present]
        order = argsort(elements)
        cumulative = element_weights[order].cumsum(dtype=float)
        total = cumulative[-1]
        if not isfinite(total) or total == 0:
            raise ValueError("Weights included NaN, inf or were all zero.")
        cumulative /= total
        # An element of no weight is nobody's quantile, not even that of zero.
        first = searchsorted(cumulative, 0, side="right")
        ranks = where(fractions == 0, first, searchsorted(cumulative, fractions, side="left"))
        ordered = elements[order]
        result[:, i] = spread_nan(ordered, ordered[minimum(ranks, ordered.size - 1)])
    result = result.reshape((*q.shape, *kept))
    if out is None:
        return result[()]
    out[...] = result
    return out
