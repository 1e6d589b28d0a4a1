"""Moments of numbers that count for more or less."""

from __future__ import annotations

import math

from rustsci.stats.averages import float_sum, fmean, sum_of_products
from rustsci.stats.errors import StatisticsError
from rustsci.stats.numbers import python_numbers, readable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, Literal

__all__ = ["weighted_mean", "weighted_stdev", "weighted_variance"]

# fmean takes weights under its own name; this one goes with the other two.
weighted_mean = fmean


def weighted_variance(
    data: Iterable[Any],
    weights: Iterable[Any],
    *,
    kind: Literal["frequency", "reliability", "population"] = "frequency",
) -> float:
    """Return the variance of numbers with weights.

    Parameters
    ----------
    data : iterable of numbers, or array with one axis
        The numbers.
    weights : iterable of numbers, or array with one axis
        What each counts; none negative.
    kind : {'frequency', 'reliability', 'population'}, optional
        What the sum of weighted squares is divided by: for weights that say how often a number occurred,
        their sum less one; for those that say how reliable it is, Σw - Σw²/Σw; for a population, Σw.

    Returns
    -------
    float
        The variance.

    Examples
    --------
    >>> from rustsci import stats
    >>> stats.weighted_variance([1.0, 2.0, 4.0], [2, 1, 1])
    2.0
    >>> stats.variance([1.0, 1.0, 2.0, 4.0])
    2.0
    """
    values, factors = python_numbers(readable(data)), python_numbers(readable(weights))
    if len(values) != len(factors):
        raise StatisticsError("data and weights must be the same length")
    if any(factor < 0 for factor in factors):
        raise StatisticsError("weights must not be negative")
    total = float_sum(factors)
    if not total:
        raise StatisticsError("sum of weights must be non-zero")
    mean = sum_of_products(values, factors) / total
    squares = sum_of_products([(value - mean) ** 2 for value in values], factors)
    divisor = _divisor(kind, factors, total)
    if divisor <= 0.0:
        raise StatisticsError(f"weights of {total} in all are too few for a variance of the kind {kind!r}")
    return squares / divisor


def weighted_stdev(
    data: Iterable[Any],
    weights: Iterable[Any],
    *,
    kind: Literal["frequency", "reliability", "population"] = "frequency",
) -> float:
    """Return the standard deviation of numbers with weights: the root of `weighted_variance`.

    Parameters
    ----------
    data, weights, kind
        As for `weighted_variance`.

    Returns
    -------
    float
        The standard deviation.

    Examples
    --------
    >>> from rustsci import stats
    >>> stats.weighted_stdev([0.0, 2.0], [1, 1], kind="population")
    1.0
    """
    return math.sqrt(weighted_variance(data, weights, kind=kind))


def _divisor(kind: str, weights: Any, total: float) -> float:
    if kind == "frequency":
        return total - 1.0
    if kind == "reliability":
        return total - sum_of_products(weights, weights) / total
    if kind == "population":
        return total
    raise ValueError(f"kind must be 'frequency', 'reliability' or 'population', not {kind!r}")
