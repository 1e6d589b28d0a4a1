"""Variance and standard deviation, of samples and of populations."""

from __future__ import annotations

import sys

from rustsci._native import _stats_deviation, _stats_variance
from rustsci.stats.errors import StatisticsError
from rustsci.stats.exact_ratios import Sums, convert, square_root
from rustsci.stats.numbers import python_numbers, readable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

__all__ = ["pstdev", "pvariance", "stdev", "variance"]


def variance(data: Iterable[Any], xbar: Any = None) -> Any:
    """Return the variance of a sample: exact, and rounded once.

    Parameters
    ----------
    data : iterable of numbers, or array with one axis
        At least two numbers.
    xbar : number, optional
        Their mean, if it is known already.

    Returns
    -------
    number
        The sum of squared distances from the mean over one less than the count, of the type that the numbers
        have together.

    See Also
    --------
    pvariance, stdev

    Examples
    --------
    >>> from rustsci import stats
    >>> stats.variance([2.75, 1.75, 1.25, 0.25, 0.5, 1.25, 3.5])
    1.3720238095238095
    """
    return _variance(data, xbar, 1, "variance requires at least two data points")


def pvariance(data: Iterable[Any], mu: Any = None) -> Any:
    """Return the variance of a population: exact, and rounded once.

    Parameters
    ----------
    data : iterable of numbers, or array with one axis
        At least one number.
    mu : number, optional
        Their mean, if it is known already.

    Returns
    -------
    number
        The mean squared distance from the mean, of the type that the numbers have together.

    See Also
    --------
    variance, pstdev

    Examples
    --------
    >>> from rustsci import stats
    >>> stats.pvariance([0.0, 0.25, 0.25, 1.25, 1.5, 1.75, 2.75, 3.25])
    1.25
    """
    return _variance(data, mu, 0, "pvariance requires at least one data point")


def stdev(data: Iterable[Any], xbar: Any = None) -> Any:
    """Return the standard deviation of a sample: the root of the exact variance, rounded once.

    Parameters
    ----------
    data : iterable of numbers, or array with one axis
        At least two numbers.
    xbar : number, optional
        Their mean, if it is known already.

    Returns
    -------
    float or Decimal
        The square root of the variance.

    See Also
    --------
    pstdev, variance

    Examples
    --------
    >>> from rustsci import stats
    >>> stats.stdev([1.5, 2.5, 2.5, 2.75, 3.25, 4.75])
    1.0810874155219827
    """
    return _deviation(data, xbar, 1, "stdev requires at least two data points")


def pstdev(data: Iterable[Any], mu: Any = None) -> Any:
    """Return the standard deviation of a population: the root of the exact variance, rounded once.

    Parameters
    ----------
    data : iterable of numbers, or array with one axis
        At least one number.
    mu : number, optional
        Their mean, if it is known already.

    Returns
    -------
    float or Decimal
        The square root of the variance.

    See Also
    --------
    stdev, pvariance

    Examples
    --------
    >>> from rustsci import stats
    >>> stats.pstdev([1.5, 2.5, 2.5, 2.75, 3.25, 4.75])
    0.986893273527251
    """
    return _deviation(data, mu, 0, "pstdev requires at least one data point")


def _variance(data: Iterable[Any], centre: Any, correction: int, message: str) -> Any:
    data = readable(data)
    if centre is None:
        result = _stats_variance(data, correction)
        if result is not None:
            return result
    kind, squares, count = _squared_distances(data, centre)
    if count <= correction:
        raise StatisticsError(message)
    return convert(squares / (count - correction), kind)


def _deviation(data: Iterable[Any], centre: Any, correction: int, message: str) -> Any:
    data = readable(data)
    if centre is None:
        result = _stats_deviation(data, correction)
        if result is not None:
            return result
    kind, squares, count = _squared_distances(data, centre)
    if count <= correction:
        raise StatisticsError(message)
    mean = squares / (count - correction)
    if sys.version_info >= (3, 14) and not hasattr(mean, "numerator"):
        raise ValueError("inf or nan encountered in data")
    return square_root(mean, kind)


def _squared_distances(data: Any, centre: Any) -> tuple[type, Any, int]:
    """The type of the numbers, the sum of their squared distances from a centre, and their count."""
    data = python_numbers(data)
    if centre is None:
        sums = Sums(data)
        return sums.kind, sums.squared_distances, sums.count
    sums = Sums((x - centre) * (x - centre) for x in data)
    return sums.kind, sums.total, sums.count
