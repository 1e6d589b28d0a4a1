"""Means: arithmetic, geometric and harmonic."""

from __future__ import annotations

import math
import sys

from rustsci._native import (
    _stats_geometric_mean,
    _stats_harmonic_mean,
    _stats_mean,
    _stats_sum,
    _stats_sum_of_products,
)
from rustsci.stats.errors import StatisticsError
from rustsci.stats.exact_ratios import Sums, convert
from rustsci.stats.numbers import python_numbers, readable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

__all__ = ["fmean", "geometric_mean", "harmonic_mean", "mean"]


def mean(data: Iterable[Any]) -> Any:
    """Return the arithmetic mean, rounded once from the exact sum.

    Parameters
    ----------
    data : iterable of numbers, or array with one axis
        At least one number.

    Returns
    -------
    number
        Of the type that the numbers have together; of whole numbers a whole one if the mean is, else a float.

    See Also
    --------
    fmean

    Examples
    --------
    >>> from rustsci import stats
    >>> stats.mean([1e100, 3.0, -1e100])
    1.0
    >>> stats.mean([1, 2, 3])
    2
    """
    data = readable(data)
    result = _stats_mean(data)
    if result is not None:
        return result
    sums = Sums(python_numbers(data))
    if sums.count < 1:
        raise StatisticsError("mean requires at least one data point")
    return convert(sums.total / sums.count, sums.kind)


def fmean(data: Iterable[Any], weights: Iterable[Any] | None = None) -> float:
    """Return the arithmetic mean of numbers as floats: the sum is rounded, and then the quotient.

    Parameters
    ----------
    data : iterable of numbers, or array with one axis
        At least one number.
    weights : iterable of numbers, optional
        What each number counts.

    Returns
    -------
    float
        The mean.

    Examples
    --------
    >>> from rustsci import stats
    >>> stats.fmean([3.5, 4.0, 5.25])
    4.25
    >>> stats.fmean([1, 4], weights=[2, 1])
    2.0
    """
    values = readable(data)
    if weights is not None:
        return _weighted_fmean(values, readable(weights))
    total = float_sum(values)
    if not len(values):
        raise StatisticsError("fmean requires at least one data point")
    return total / len(values)


def _weighted_fmean(data: Any, weights: Any) -> float:
    if len(data) != len(weights):
        raise StatisticsError("data and weights must be the same length")
    numerator = sum_of_products(data, weights)
    denominator = float_sum(weights)
    if not denominator:
        raise StatisticsError("sum of weights must be non-zero")
    return numerator / denominator


def float_sum(data: Any) -> float:
    """The sum as `math.fsum` gives it."""
    total = _stats_sum(data)
    return math.fsum(python_numbers(data)) if total is None else total


def sum_of_products(x: Any, y: Any) -> float:
    """The sum of products of pairs as this version of Python's `statistics` gives it."""
    if sys.version_info >= (3, 12):
        # Products are no longer rounded there before they are added.
        return math.sumprod(python_numbers(x), python_numbers(y))
    total = _stats_sum_of_products(x, y)
    if total is None:
        return math.fsum(map(_product, python_numbers(x), python_numbers(y)))
    return total


def _product(x: Any, y: Any) -> Any:
    return x * y


def geometric_mean(data: Iterable[Any]) -> float:
    """Return the exponential of the mean of logarithms.

    Parameters
    ----------
    data : iterable of numbers, or array with one axis
        Positive numbers, at least one. As in Python's `statistics`, zeros make the result zero from Python
        3.13 on, and are an error before.

    Returns
    -------
    float
        The mean growth where numbers are factors of growth.

    Examples
    --------
    >>> from rustsci import stats
    >>> round(stats.geometric_mean([54, 24, 36]), 9)
    36.0
    """
    data = readable(data)
    result = _stats_geometric_mean(data)
    if result is not None:
        return result
    if sys.version_info >= (3, 13):
        return _geometric_mean_with_zeros(python_numbers(data))
    try:
        return math.exp(fmean(map(math.log, python_numbers(data))))
    except ValueError:
        raise StatisticsError(
            "geometric mean requires a non-empty dataset containing positive numbers"
        ) from None


def _geometric_mean_with_zeros(data: Any) -> float:
    if not data:
        raise StatisticsError("Must have a non-empty dataset")
    for x in data:
        if x < 0.0:
            raise StatisticsError("No negative inputs allowed", x)
    total = math.fsum(math.log(x) for x in data if x != 0.0)
    if math.isnan(total):
        return math.nan
    if any(x == 0.0 for x in data):
        return math.nan if total == math.inf else 0.0
    return math.exp(total / len(data))


def harmonic_mean(data: Iterable[Any], weights: Iterable[Any] | None = None) -> Any:
    """Return the reciprocal of the mean of reciprocals, as for speeds over equal distances.

    Parameters
    ----------
    data : iterable of numbers, or array with one axis
        At least one number, none negative.
    weights : iterable of numbers, optional
        What each number counts; none negative.

    Returns
    -------
    number
        The mean; zero if one of the numbers is.

    Examples
    --------
    >>> from rustsci import stats
    >>> stats.harmonic_mean([40, 60])
    48.0
    >>> stats.harmonic_mean([40, 60], weights=[5, 30])
    56.0
    """
    data = readable(data)
    if weights is None:
        result = _stats_harmonic_mean(data)
        if result is not None:
            return result
    return _general_harmonic_mean(python_numbers(data), weights)


def _general_harmonic_mean(data: Any, weights: Iterable[Any] | None) -> Any:
    message = "harmonic mean does not support negative values"
    if not data:
        raise StatisticsError("harmonic_mean requires at least one data point")
    if weights is None and len(data) == 1:
        return _only_number(data[0], message)
    weight_sum: Any = len(data)
    pairs: Any = ((1, x) for x in not_negative(data, message))
    if weights is not None:
        factors = python_numbers(readable(weights))
        if len(factors) != len(data):
            raise StatisticsError("Number of weights does not match data size")
        weight_sum = Sums(not_negative(factors, message)).total
        pairs = zip(factors, not_negative(data, message), strict=True)
    try:
        reciprocals = Sums(weight / x if weight else 0 for weight, x in pairs)
    except ZeroDivisionError:
        return 0
    total = reciprocals.total
    if total <= 0:
        raise StatisticsError("Weighted sum must be positive")
    return convert(weight_sum / total, reciprocals.kind)


def _only_number(x: Any, message: str) -> Any:
    from decimal import Decimal
    from numbers import Real

    if not isinstance(x, (Real, Decimal)):
        raise TypeError("unsupported type")
    if x < 0:
        raise StatisticsError(message)
    return x


def not_negative(values: Iterable[Any], message: str) -> Iterator[Any]:
    """Pass values on, up to one that is below zero."""
    for x in values:
        if x < 0:
            raise StatisticsError(message)
        yield x
