"""Range, quartiles, mean and standard deviation in one call: what a statistics endpoint answers."""

from __future__ import annotations

from typing import Any, NamedTuple

from rustsci._native import _stats_compute_stats
from rustsci.stats.averages import mean
from rustsci.stats.errors import StatisticsError
from rustsci.stats.numbers import python_numbers, readable
from rustsci.stats.order import quantiles
from rustsci.stats.spread import stdev

__all__ = ["StatisticsResponse", "compute_stats"]


class StatisticsResponse(NamedTuple):
    """What `compute_stats` finds of some numbers."""

    range: Any
    """The largest less the smallest: a float, or a whole number that no float equals."""
    quartiles: list[float]
    """Three numbers that divide the others into four groups of equal size."""
    mean: Any
    """The arithmetic mean; of whole numbers a whole one, if it is that."""
    stddev: float
    """The standard deviation of a sample."""


def compute_stats(numbers: Any) -> StatisticsResponse:
    """Return range, quartiles, mean and standard deviation of numbers.

    The values are exactly those of ``max(numbers) - min(numbers)``, ``statistics.quantiles(numbers)``,
    ``statistics.mean(numbers)`` and ``statistics.stdev(numbers)``, to the last digit.

    Parameters
    ----------
    numbers : iterable of numbers, or array with one axis
        At least two numbers.

    Returns
    -------
    StatisticsResponse
        A named tuple of range, quartiles, mean and stddev.

    Raises
    ------
    StatisticsError
        If there are fewer than two numbers.

    Examples
    --------
    >>> from rustsci import stats
    >>> stats.compute_stats([1, 3, 5, 7, 9, 10, 13, 84, 528])
    StatisticsResponse(range=527.0, quartiles=[4.0, 9.0, 48.5],
                       mean=73.33333333333333, stddev=172.43622009311153)
    """
    numbers = readable(numbers)
    result = _stats_compute_stats(numbers)
    if result is not None:
        return StatisticsResponse(*result)
    numbers = python_numbers(numbers)
    if len(numbers) < 2:
        raise StatisticsError("must have at least two data points")
    quartiles = quantiles(numbers)
    return StatisticsResponse(_range(numbers), quartiles, mean(numbers), stdev(numbers))


def _range(numbers: Any) -> Any:
    difference = max(numbers) - min(numbers)
    if not isinstance(difference, int):
        return difference
    try:
        as_float = float(difference)
    except OverflowError:
        return difference
    return as_float if as_float == difference else difference
