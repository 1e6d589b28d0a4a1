"""Where the bins of a histogram begin and end."""

from __future__ import annotations

import math
import operator
from typing import TYPE_CHECKING

from rustsci._native import asarray, minimum, ndarray, result_type, searchsorted
from rustsci.bin_width_estimators import ESTIMATORS, distance
from rustsci.evenly_spaced import linspace

if TYPE_CHECKING:
    from typing import Any

    from rustsci._types import ArrayLike

__all__: list[str] = []


def outer_edges(a: ndarray, limits: tuple[Any, Any] | None) -> tuple[Any, Any]:
    """Return the ends of the range to divide into bins, which are never the same."""
    if limits is not None:
        first, last = limits
        if first > last:
            raise ValueError("max must be larger than min in range parameter.")
        origin = "supplied"
    elif a.size == 0:
        return 0, 1
    else:
        first, last = a.min(), a.max()
        origin = "autodetected"
    if not (math.isfinite(first) and math.isfinite(last)):
        raise ValueError(f"{origin} range of [{first}, {last}] is not finite")
    if first == last:
        first, last = first - 0.5, last + 0.5
    return first, last


def bin_edges(
    a: ndarray, bins: ArrayLike | str, limits: tuple[Any, Any] | None, weights: ArrayLike | None
) -> tuple[ndarray, bool]:
    """Return the edges of the bins, and whether they were made to have equal width."""
    if isinstance(bins, str):
        if bins not in ESTIMATORS:
            raise ValueError(
                f"{bins!r} is not a valid estimator for `bins`; expected one of {', '.join(ESTIMATORS)}"
            )
        if weights is not None:
            raise TypeError("Automated estimation of the number of bins is not supported for weighted data")
        first, last = outer_edges(a, limits)
        number = _estimated_number(a, bins, first, last, limits)
    elif asarray(bins).ndim == 0:
        try:
            number = operator.index(bins)
        except TypeError:
            raise TypeError("`bins` must be an integer, a string, or an array")
        if number < 1:
            raise ValueError("`bins` must be positive, when an integer")
        first, last = outer_edges(a, limits)
    else:
        edges = asarray(bins)
        if edges.ndim != 1:
            raise ValueError("`bins` must be 1d, when an array")
        if (edges[:-1] > edges[1:]).any():
            raise ValueError("`bins` must increase monotonically, when an array")
        return edges, False

    dtype = result_type(first, last, a)
    if dtype.kind in "iu":
        dtype = result_type(dtype, float)
    edges = linspace(first, last, number + 1, dtype=dtype)
    if (edges[:-1] >= edges[1:]).any():
        raise ValueError(f"Too many bins for data range. Cannot create {number} finite-sized bins.")
    return edges, True


def _estimated_number(
    a: ndarray, estimator: str, first: Any, last: Any, limits: tuple[Any, Any] | None
) -> int:
    if limits is not None:
        a = a[(a >= first) & (a <= last)]
    if a.size == 0:
        return 1
    width: float = ESTIMATORS[estimator](a, (first, last))
    if not width:
        return 1
    if a.dtype.kind in "iu":
        width = max(width, 1)  # a bin that contains no integer would always be empty
    number: int = math.ceil(distance(last, first) / width)
    return number


def place_in_bins(a: ndarray, edges: ndarray) -> ndarray:
    """Return the bin of each element, of bins that contain them all."""
    index = searchsorted(edges, a, side="right") - 1
    return minimum(index, edges.size - 2)
