"""Medians, and cut points between groups of equal size."""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right

from rustsci._native import _stats_cut_points, _stats_grouped, _stats_middle
from rustsci.stats.errors import StatisticsError
from rustsci.stats.numbers import python_numbers, readable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, Literal

__all__ = ["median", "median_grouped", "median_high", "median_low", "quantiles"]


def median(data: Iterable[Any]) -> Any:
    """Return the number in the middle, or the mean of the two there.

    Parameters
    ----------
    data : iterable of numbers, or array with one axis
        At least one number.

    Returns
    -------
    number
        The median.

    See Also
    --------
    median_low, median_high, median_grouped

    Examples
    --------
    >>> from rustsci import stats
    >>> stats.median([5, 1, 3])
    3
    >>> stats.median([1, 3, 5, 7])
    4.0
    """
    middle = _middle(data)
    return middle[0] if len(middle) == 1 else (middle[0] + middle[1]) / 2


def median_low(data: Iterable[Any]) -> Any:
    """Return the number in the middle, or the lower of the two there.

    Parameters
    ----------
    data : iterable, or array with one axis
        At least one value that can be compared with the others.

    Returns
    -------
    object
        One of the values.

    Examples
    --------
    >>> from rustsci import stats
    >>> stats.median_low([1, 3, 5, 7])
    3
    """
    return _middle(data)[0]


def median_high(data: Iterable[Any]) -> Any:
    """Return the number in the middle, or the higher of the two there.

    Parameters
    ----------
    data : iterable, or array with one axis
        At least one value that can be compared with the others.

    Returns
    -------
    object
        One of the values.

    Examples
    --------
    >>> from rustsci import stats
    >>> stats.median_high([1, 3, 5, 7])
    5
    """
    return _middle(data)[-1]


def median_grouped(data: Iterable[Any], interval: Any = 1.0) -> float:
    """Return the median of numbers that stand for intervals around them, within which values spread evenly.

    Parameters
    ----------
    data : iterable of numbers, or array with one axis
        The middles of intervals, at least one.
    interval : number, optional
        How wide the intervals are.

    Returns
    -------
    float
        The median, interpolated in the interval where it falls.

    Examples
    --------
    >>> from rustsci import stats
    >>> stats.median_grouped([25] * 172 + [35] * 484 + [45] * 387 + [55] * 28, interval=10)
    37.510330578512395
    """
    values = readable(data)
    grouped = _stats_grouped(values)
    if grouped is None:
        ranked = _ranked(python_numbers(values))
        middle = ranked[len(ranked) // 2]
        below = bisect_left(ranked, middle)
        equal = bisect_right(ranked, middle, lo=below) - below
    else:
        middle, below, equal = grouped
    try:
        width, value = float(interval), float(middle)
    except ValueError:
        raise TypeError("Value cannot be converted to a float") from None
    return value - width / 2.0 + width * (len(values) / 2 - below) / equal


def quantiles(
    data: Iterable[Any], *, n: int = 4, method: Literal["exclusive", "inclusive"] = "exclusive"
) -> list[Any]:
    """Return the cut points that divide numbers into groups of equal size.

    Parameters
    ----------
    data : iterable of numbers, or array with one axis
        At least two numbers (one, from Python 3.13 on).
    n : int, optional
        The number of groups: 4 for quartiles, 100 for percentiles.
    method : {'exclusive', 'inclusive'}, optional
        Whether the numbers are a sample of a population that may reach beyond them, or the whole of it:
        definitions 6 and 7 of Hyndman and Fan.

    Returns
    -------
    list of numbers
        `n` - 1 cut points.

    See Also
    --------
    quantile : other definitions, any probabilities, along axes of arrays.

    Examples
    --------
    >>> from rustsci import stats
    >>> stats.quantiles([1, 3, 5, 7, 9, 10, 13, 84, 528])
    [4.0, 9.0, 48.5]
    """
    if n < 1:
        raise StatisticsError("n must be at least 1")
    data = readable(data)
    if method in ("exclusive", "inclusive") and type(n) is int:
        result = _stats_cut_points(data, n, method == "inclusive") if n < 1 << 20 else None
        if result is not None:
            return result
    return _general_quantiles(sorted(python_numbers(data)), n, method)


def _general_quantiles(ranked: list[Any], n: int, method: str) -> list[Any]:
    count = len(ranked)
    if count < 2:
        if count == 1 and sys.version_info >= (3, 13):
            return ranked * (n - 1)
        least = "one data point" if sys.version_info >= (3, 13) else "two data points"
        raise StatisticsError(f"must have at least {least}")
    points = []
    for index in range(1, n):
        if method == "inclusive":
            rank, delta = divmod(index * (count - 1), n)
        elif method == "exclusive":
            rank = min(max(index * (count + 1) // n, 1), count - 1)
            delta = index * (count + 1) - rank * n
            rank -= 1
        else:
            raise ValueError(f"Unknown method: {method!r}")
        points.append((ranked[rank] * (n - delta) + ranked[rank + 1] * delta) / n)
    if not points and method not in ("exclusive", "inclusive"):
        raise ValueError(f"Unknown method: {method!r}")
    return points


def _middle(data: Iterable[Any]) -> list[Any]:
    """The value in the middle, or the two there."""
    data = readable(data)
    middle = _stats_middle(data)
    if middle is not None:
        return middle
    ranked = _ranked(python_numbers(data))
    half = len(ranked) // 2
    return ranked[half : half + 1] if len(ranked) % 2 else ranked[half - 1 : half + 1]


def _ranked(data: Iterable[Any]) -> list[Any]:
    ranked = sorted(data)
    if not ranked:
        raise StatisticsError("no median for empty data")
    return ranked
