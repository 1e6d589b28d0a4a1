"""Histograms of several variables."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING

from rustsci._native import asarray, bincount, ndarray, ravel_multi_index, zeros
from rustsci.bin_edges import outer_edges, place_in_bins
from rustsci.evenly_spaced import linspace
from rustsci.overrides import array_function

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any, TypeAlias

    from rustsci._types import ArrayLike

    Limits: TypeAlias = tuple[Any, Any] | None

__all__ = ["histogram2d", "histogramdd"]


def _members(argument: Any) -> Iterable[Any]:
    """Return an array by itself, and what is in a sequence of arrays."""
    if hasattr(argument, "shape") or not hasattr(argument, "__iter__"):
        return (argument,)
    return argument


def _histogramdd_dispatcher(
    sample: Any, bins: Any = None, range: Any = None, density: Any = None, weights: Any = None
) -> Iterable[Any]:
    yield from _members(sample)
    yield from _members(bins)
    yield weights


@array_function(dispatcher=_histogramdd_dispatcher)
def histogramdd(
    sample: ArrayLike,
    bins: ArrayLike | Sequence[ArrayLike] = 10,
    range: Sequence[Limits] | None = None,
    density: bool | None = None,
    weights: ArrayLike | None = None,
) -> tuple[ndarray, list[ndarray]]:
    """Count how many points fall into each cell of a grid.

    Parameters
    ----------
    sample : (N, D) array, or sequence of D arrays of length N
        The points: an array with a row for each point, or a sequence with the coordinates along each
        dimension.
    bins : int or sequence, optional
        The number of bins along all dimensions; or, for each dimension, their number or their edges.
    range : sequence of (float, float) or None, optional
        For each dimension, the outer edges of bins of equal width, or None for the smallest and the
        largest coordinate.
    density : bool, optional
        Whether to return, instead of counts, the probability density: counts divided by the volume of
        the cell and by the total.
    weights : array_like, optional
        What each point counts; one by default.

    Returns
    -------
    hist : ndarray of float
        The counts, or densities, with an axis for each dimension.
    edges : list of ndarray
        The edges of the bins along each dimension. A bin contains its lower edge but not its upper one,
        except for the last, which contains both.

    See Also
    --------
    histogram, histogram2d

    Examples
    --------
    >>> import rustsci as np
    >>> points = np.array([[0, 0], [1, 0], [1, 3], [1, 3]])
    >>> hist, edges = np.histogramdd(points, bins=2)
    >>> hist
    array([[1., 0.],
           [1., 2.]])
    >>> edges[1]
    array([0. , 1.5, 3. ])
    """
    if getattr(sample, "ndim", None) == 2:
        points = asarray(sample)
    else:
        points = asarray(sample)
        points = points.reshape(1, -1).T if points.ndim < 2 else points.T
    _, dimensions = points.shape
    coordinates = list(points.T)
    bins = _one_for_each(bins, dimensions)
    if range is None:
        range = (None,) * dimensions
    elif len(range) != dimensions:
        raise ValueError("range argument must have one entry per dimension")

    edges = [_edges_along(i, *each) for i, each in enumerate(zip(coordinates, bins, range, strict=True))]
    hist = _count_in_cells(coordinates, edges, None if weights is None else asarray(weights))
    if density:
        total = hist.sum()
        for axis, along in enumerate(edges):
            widths = along[1:] - along[:-1]
            hist = hist / widths.reshape((-1,) + (1,) * (dimensions - 1 - axis))
        hist /= total
    return hist, edges


def _one_for_each(bins: Any, dimensions: int) -> Sequence[Any]:
    try:
        count = len(bins)
    except TypeError:
        return (bins,) * dimensions
    if count != dimensions:
        raise ValueError("The dimension of bins must be equal to the dimension of the sample x.")
    return bins


def _edges_along(dimension: int, coordinates: ndarray, bins: Any, limits: Limits) -> ndarray:
    ndim = asarray(bins).ndim
    if ndim == 0:
        if bins < 1:
            raise ValueError(f"`bins[{dimension}]` must be positive, when an integer")
        first, last = outer_edges(coordinates, limits)
        try:
            number = operator.index(bins)
        except TypeError:
            raise TypeError(f"`bins[{dimension}]` must be an integer, when a scalar")
        return linspace(first, last, number + 1)
    if ndim > 1:
        raise ValueError(f"`bins[{dimension}]` must be a scalar or 1d array")
    edges = asarray(bins)
    if (edges[:-1] > edges[1:]).any():
        raise ValueError(f"`bins[{dimension}]` must be monotonically increasing, when an array")
    return edges


def _count_in_cells(coordinates: list[ndarray], edges: list[ndarray], weights: ndarray | None) -> ndarray:
    number = coordinates[0].size
    if weights is not None and weights.shape != (number,):
        raise ValueError(
            "The weights and list don't have the same length: "
            f"there are {number} points, but weights of shape {weights.shape}."
        )
    shape = tuple(along.size - 1 for along in edges)
    hist = zeros(shape)
    if hist.size == 0:
        return hist
    inside = zeros(number, bool) | True
    for along, x in zip(edges, coordinates, strict=True):
        inside &= (x >= along[0]) & (x <= along[-1])
    places = tuple(place_in_bins(x[inside], along) for along, x in zip(edges, coordinates, strict=True))
    cells = ravel_multi_index(places, shape)
    counts = bincount(cells, None if weights is None else weights[inside], hist.size)
    return counts.reshape(shape).astype(float, casting="safe", copy=False)


def _histogram2d_dispatcher(
    x: Any, y: Any, bins: Any = None, range: Any = None, density: Any = None, weights: Any = None
) -> Iterable[Any]:
    yield x
    yield y
    yield from _members(bins)
    yield weights


@array_function(dispatcher=_histogram2d_dispatcher)
def histogram2d(
    x: ArrayLike,
    y: ArrayLike,
    bins: ArrayLike | Sequence[ArrayLike] = 10,
    range: Sequence[Limits] | None = None,
    density: bool | None = None,
    weights: ArrayLike | None = None,
) -> tuple[ndarray, ndarray, ndarray]:
    """Count how many points of a plane fall into each cell of a grid.

    Parameters
    ----------
    x, y : array_like
        The coordinates of the points.
    bins : int, sequence, or pair of these, optional
        The number of bins, or their edges, along both dimensions or along each.
    range : pair of (float, float) or None, optional
        The outer edges of bins of equal width along each dimension.
    density : bool, optional
        Whether to return, instead of counts, the probability density.
    weights : array_like, optional
        What each point counts; one by default.

    Returns
    -------
    H : ndarray of float
        The counts, or densities: `x` runs along the first axis.
    xedges, yedges : ndarray
        The edges of the bins along each dimension.

    See Also
    --------
    histogram, histogramdd

    Examples
    --------
    >>> import rustsci as np
    >>> H, xedges, yedges = np.histogram2d([0, 1, 1, 1], [0, 0, 3, 3], bins=[2, [0, 2, 4]])
    >>> H
    array([[1., 0.],
           [1., 2.]])
    """
    if len(x) != len(y):
        raise ValueError("x and y must have the same length.")
    try:
        number = len(bins)
    except TypeError:
        number = 1
    if number not in (1, 2):
        bins = [asarray(bins)] * 2
    hist, edges = histogramdd([x, y], bins, range, density, weights)
    return hist, edges[0], edges[1]
