"""How two variables go together: covariance, correlation, a straight line."""

from __future__ import annotations

import math
import sys
from typing import Any, NamedTuple

from rustsci._native import _stats_centred_products
from rustsci.stats.averages import float_sum, sum_of_products
from rustsci.stats.errors import StatisticsError
from rustsci.stats.numbers import python_numbers, readable

__all__ = ["LinearRegression", "correlation", "covariance", "linear_regression"]


class LinearRegression(NamedTuple):
    """A straight line: y = slope * x + intercept."""

    slope: float
    intercept: float


class _Products(NamedTuple):
    """Means of two variables, and sums of products of the distances from them."""

    x_mean: float
    y_mean: float
    xy: float
    xx: float
    yy: float


def covariance(x: Any, y: Any, /) -> float:
    """Return the sample covariance of two variables.

    Parameters
    ----------
    x, y : sequence of numbers, or array with one axis
        Equally many values of either, at least two.

    Returns
    -------
    float
        The sum of products of distances from the means, over one less than the count.

    Examples
    --------
    >>> from rustsci import stats
    >>> stats.covariance([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 3, 1, 2, 3, 1, 2, 3])
    0.75
    """
    x, y = _pairs("covariance", x, y)
    return _products(x, y, "xy").xy / (len(x) - 1)


def correlation(x: Any, y: Any, /, *, method: str = "linear") -> float:
    """Return the correlation of two variables.

    Parameters
    ----------
    x, y : sequence of numbers, or array with one axis
        Equally many values of either, at least two.
    method : {'linear', 'ranked'}, optional
        Pearson's coefficient, for how close the points are to a straight line, or Spearman's, which is that
        of the ranks, for how close they are to a curve that only rises or only falls.

    Returns
    -------
    float
        Between -1 and 1.

    Examples
    --------
    >>> from rustsci import stats
    >>> stats.correlation([1, 2, 3, 4], [2, 4, 6, 8])
    1.0
    >>> stats.correlation([1, 2, 3, 4], [1, 8, 27, 64], method="ranked")
    1.0
    """
    x, y = _pairs("correlation", x, y)
    if method not in ("linear", "ranked"):
        raise ValueError(f"Unknown method: {method!r}")
    if method == "ranked":
        centre = (len(x) + 1) / 2
        x, y = ([rank - centre for rank in _ranks(python_numbers(data))] for data in (x, y))
        products = _Products(0.0, 0.0, sum_of_products(x, y), sum_of_products(x, x), sum_of_products(y, y))
    else:
        products = _products(x, y, "xy xx yy")
    try:
        if sys.version_info >= (3, 13):
            return products.xy / _root_of_product(products.xx, products.yy)
        return products.xy / math.sqrt(products.xx * products.yy)
    except ZeroDivisionError:
        raise StatisticsError("at least one of the inputs is constant") from None


def linear_regression(x: Any, y: Any, /, *, proportional: bool = False) -> LinearRegression:
    """Return the straight line that is closest to points, by least squares of vertical distances.

    Parameters
    ----------
    x, y : sequence of numbers, or array with one axis
        Equally many coordinates of either kind, at least two.
    proportional : bool, optional
        Whether the line has to go through the origin.

    Returns
    -------
    LinearRegression
        Slope and intercept.

    Examples
    --------
    >>> from rustsci import stats
    >>> stats.linear_regression([1, 2, 3], [3, 5, 7])
    LinearRegression(slope=2.0, intercept=1.0)
    """
    x, y = _pairs("linear regression", x, y)
    if proportional:
        products = _Products(0.0, 0.0, sum_of_products(x, y), sum_of_products(x, x), 0.0)
    else:
        products = _products(x, y, "xy xx")
    try:
        # As floats: where products are not rounded on the way, sums of whole numbers are whole.
        slope = (products.xy + 0.0) / products.xx
    except ZeroDivisionError:
        raise StatisticsError("x is constant") from None
    intercept = 0.0 if proportional else products.y_mean - slope * products.x_mean
    return LinearRegression(slope=slope, intercept=intercept)


def _pairs(what: str, x: Any, y: Any) -> tuple[Any, Any]:
    # Neither may be an iterator, whose length is not known.
    if len(x) != len(y):
        raise StatisticsError(f"{what} requires that both inputs have same number of data points")
    if len(x) < 2:
        raise StatisticsError(f"{what} requires at least two data points")
    return readable(x), readable(y)


def _products(x: Any, y: Any, needed: str) -> _Products:
    """Means and sums of products, of which those that are not needed may be missing: they might overflow."""
    if sys.version_info < (3, 12):
        products = _stats_centred_products(x, y)
        if products is not None:
            return _Products(*products)
    x_mean, y_mean = float_sum(x) / len(x), float_sum(y) / len(y)
    x = [value - x_mean for value in python_numbers(x)]
    y = [value - y_mean for value in python_numbers(y)]
    pairs = {"xy": (x, y), "xx": (x, x), "yy": (y, y)}
    sums = (sum_of_products(*pair) if name in needed.split() else math.nan for name, pair in pairs.items())
    return _Products(x_mean, y_mean, *sums)


def _ranks(data: Any) -> list[float]:
    """The rank of each value from one on; equal values share the mean of theirs."""
    order = sorted(range(len(data)), key=data.__getitem__)
    ranks = [0.0] * len(data)
    start = 0
    while start < len(order):
        stop = start + 1
        while stop < len(order) and data[order[stop]] == data[order[start]]:
            stop += 1
        for index in order[start:stop]:
            ranks[index] = (start + 1 + stop) / 2
        start = stop
    return ranks


def _root_of_product(x: float, y: float) -> float:
    """sqrt(x * y), corrected for the rounding of the product, without overflow and underflow."""
    root = math.sqrt(x * y)
    if math.isinf(root) and math.isfinite(x) and math.isfinite(y):
        scale = 2.0**-512
        return _root_of_product(scale * x, scale * y) / scale
    if not root and x and y:
        scale = 2.0**537
        return _root_of_product(scale * x, scale * y) / scale
    if not root or not math.isfinite(root):
        return root
    if sys.version_info >= (3, 12):
        return root + math.sumprod((x, root), (y, -root)) / (2.0 * root)
    return root
