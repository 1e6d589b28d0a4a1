"""Histograms of one variable."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

from rustsci._native import (
    _count_in_uniform_bins,
    add,
    asarray,
    bincount,
    can_cast,
    intp,
    minimum,
    ndarray,
    uint8,
    zeros,
)
from rustsci.bin_edges import bin_edges, place_in_bins
from rustsci.bin_width_estimators import distance
from rustsci.overrides import array_function

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from rustsci._types import ArrayLike

__all__ = ["histogram", "histogram_bin_edges"]

# How many elements are sorted into bins at a time, so that the intermediate arrays stay in the cache.
_BLOCK = 65536


@array_function("a", "bins", "weights")
def histogram_bin_edges(
    a: ArrayLike,
    bins: ArrayLike | str = 10,
    range: tuple[Any, Any] | None = None,
    weights: ArrayLike | None = None,
) -> ndarray:
    """Return the edges of the bins that `histogram` would use.

    Parameters
    ----------
    a : array_like
        The data, which are flattened.
    bins : int, sequence or str, optional
        The number of bins of equal width; the edges themselves; or the name of a rule to choose the
        number by: ``'auto'``, ``'doane'``, ``'fd'`` (Freedman and Diaconis), ``'rice'``, ``'scott'``,
        ``'sqrt'``, ``'stone'`` or ``'sturges'``. ``'auto'`` takes the narrower of the bins of
        ``'sturges'`` and of ``'fd'``, the latter not narrower than half of those of ``'sqrt'``.
    range : (float, float), optional
        The outer edges of bins of equal width. By default they are the smallest and the largest
        element. A rule looks at the elements in between only.
    weights : array_like, optional
        What each element counts; not to be combined with a rule.

    Returns
    -------
    ndarray
        The edges, one more than there are bins.

    See Also
    --------
    histogram : counts too.

    Examples
    --------
    >>> import rustsci as np
    >>> np.histogram_bin_edges([0, 1, 3, 4], bins=4)
    array([0., 1., 2., 3., 4.])
    >>> np.histogram_bin_edges([0, 1, 3, 4], bins='sqrt')
    array([0., 2., 4.])
    """
    flat, _ = _ravel_with_weights(a, weights)
    edges, _ = bin_edges(flat, bins, range, weights)
    return edges


@array_function("a", "bins", "weights")
def histogram(
    a: ArrayLike,
    bins: ArrayLike | str = 10,
    range: tuple[Any, Any] | None = None,
    density: bool | None = None,
    weights: ArrayLike | None = None,
) -> tuple[ndarray, ndarray]:
    """Count how many elements fall into each of a row of bins.

    Parameters
    ----------
    a : array_like
        The data, which are flattened.
    bins, range
        What bins there are, as in `histogram_bin_edges`.
    density : bool, optional
        Whether to return, instead of counts, the probability density: counts divided by the width of
        the bin and by the total.
    weights : array_like, optional
        What each element counts, in the shape of `a`; one by default.

    Returns
    -------
    hist : ndarray
        The counts, or densities.
    bin_edges : ndarray
        The edges, one more than there are bins. A bin contains its left edge but not its right one,
        except for the last, which contains both.

    See Also
    --------
    histogram2d, histogramdd : the same of several variables.
    bincount : how often each small integer occurs.
    digitize : in which bin each element is.

    Examples
    --------
    >>> import rustsci as np
    >>> np.histogram([1, 2, 1, 4, 5], bins=[0, 2, 4, 6])
    (array([2, 1, 2]), array([0, 2, 4, 6]))
    >>> np.histogram([1, 2, 1, 4, 5], bins=2, density=True)
    (array([0.3, 0.2]), array([1., 3., 5.]))
    """
    flat, flat_weights = _ravel_with_weights(a, weights)
    edges, uniform = bin_edges(flat, bins, range, weights)
    counts = zeros(max(edges.size - 1, 0), intp if flat_weights is None else flat_weights.dtype)
    if counts.size and uniform and _is_plain(flat, flat_weights, edges):
        counts[...] = _count_in_uniform_bins(flat, edges, flat_weights)
    elif counts.size:
        _fill(counts, flat, flat_weights, edges, _place_in_uniform_bins if uniform else place_in_bins)
    if density:
        widths = asarray(edges[1:] - edges[:-1], dtype=float)
        return counts / widths / counts.sum(), edges
    return counts, edges


def _is_plain(a: ndarray, weights: ndarray | None, edges: ndarray) -> bool:
    """Tell whether everything can be computed in double precision."""
    return (
        edges.dtype == float and a.dtype.kind != "c" and (weights is None or can_cast(weights.dtype, float))
    )


def _fill(
    counts: ndarray,
    a: ndarray,
    weights: ndarray | None,
    edges: ndarray,
    place: Callable[[ndarray, ndarray], ndarray],
) -> None:
    """Count the elements of `a` that the bins contain, a block at a time."""
    for start in range(0, a.size, _BLOCK):
        block = a[start : start + _BLOCK]
        block_weights = None if weights is None else weights[start : start + _BLOCK]
        inside = (block >= edges[0]) & (block <= edges[-1])
        if not inside.all():
            block = block[inside]
            block_weights = None if block_weights is None else block_weights[inside]
        _count(place(block, edges), block_weights, counts)


def _place_in_uniform_bins(a: ndarray, edges: ndarray) -> ndarray:
    """Return the bin of each element, of bins of equal width that contain them all."""
    count = edges.size - 1
    # Comparing in the dtype of the edges makes an element equal to the edge that was made from it.
    a = a.astype(edges.dtype, copy=False)
    index = ((a - edges[0]) / distance(edges[-1], edges[0]) * count).astype(intp)
    index = minimum(index, count - 1)
    # The edges, not their distance, have the last word where rounding moved an element next door.
    index -= a < edges[index]
    index += (a >= edges[index + 1]) & (index != count - 1)
    return index


def _count(index: ndarray, weights: ndarray | None, counts: ndarray) -> None:
    """Add the weights, one by default, of elements with the given indices to `counts`."""
    if weights is None or can_cast(weights.dtype, float):
        counts += bincount(index, weights, counts.size).astype(counts.dtype, copy=False)
    elif weights.dtype.kind == "c":
        _count(index, weights.real, counts.real)
        _count(index, weights.imag, counts.imag)
    else:
        add.at(counts, index, weights)


def _ravel_with_weights(a: ArrayLike, weights: ArrayLike | None) -> tuple[ndarray, ndarray | None]:
    a = asarray(a)
    if a.dtype.kind == "b":
        warnings.warn(
            f"Converting input from {a.dtype} to {uint8} for compatibility.", RuntimeWarning, stacklevel=4
        )
        a = a.astype(uint8)
    if weights is not None:
        weights = asarray(weights)
        if weights.shape != a.shape:
            raise ValueError("weights should have the same shape as a.")
        weights = weights.ravel()
    return a.ravel(), weights
