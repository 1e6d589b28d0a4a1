"""Kernel density estimation."""

from __future__ import annotations

import math
import sys
from bisect import bisect_left, bisect_right
from typing import Any, NamedTuple

from rustsci.stats.errors import StatisticsError
from rustsci.stats.kernel_quantiles import QUANTILES
from rustsci.stats.numbers import python_numbers, readable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

__all__ = ["kde", "kde_random"]


class _Kernel(NamedTuple):
    """A density around zero."""

    density: Callable[[float], float]
    cumulative: Callable[[float], float]
    bounded: bool
    """Whether it vanishes outside of -1 to 1."""


_ROOT_2 = math.sqrt(2)
_ROOT_TAU = math.sqrt(2 * math.pi)

# Floating-point results depend on the order of operations: these are the orders that make the digits of
# `statistics`.
_KERNELS = {
    "normal": _Kernel(
        lambda t: math.exp(-1 / 2 * t * t) / _ROOT_TAU, lambda t: 1 / 2 * (1.0 + math.erf(t / _ROOT_2)), False
    ),
    "logistic": _Kernel(
        lambda t: 1 / 2 / (1.0 + math.cosh(t)), lambda t: 1.0 - 1.0 / (math.exp(t) + 1.0), False
    ),
    "sigmoid": _Kernel(
        lambda t: 1 / math.pi / math.cosh(t), lambda t: 2 / math.pi * math.atan(math.exp(t)), False
    ),
    "rectangular": _Kernel(lambda t: 1 / 2, lambda t: 1 / 2 * t + 1 / 2, True),
    "triangular": _Kernel(
        lambda t: 1.0 - abs(t), lambda t: t * t * (1 / 2 if t < 0.0 else -1 / 2) + t + 1 / 2, True
    ),
    "parabolic": _Kernel(lambda t: 3 / 4 * (1.0 - t * t), lambda t: -1 / 4 * t**3 + 3 / 4 * t + 1 / 2, True),
    "quartic": _Kernel(
        lambda t: 15 / 16 * (1.0 - t * t) ** 2,
        lambda t: 3 / 16 * t**5 - 5 / 8 * t**3 + 15 / 16 * t + 1 / 2,
        True,
    ),
    "triweight": _Kernel(
        lambda t: 35 / 32 * (1.0 - t * t) ** 3,
        lambda t: 35 / 32 * (-1 / 7 * t**7 + 3 / 5 * t**5 - t**3 + t) + 1 / 2,
        True,
    ),
    "cosine": _Kernel(
        lambda t: math.pi / 4 * math.cos(math.pi / 2 * t),
        lambda t: 1 / 2 * math.sin(math.pi / 2 * t) + 1 / 2,
        True,
    ),
}

if sys.version_info >= (3, 14):

    def _odd(*coefficients: float) -> Callable[[float], float]:
        """One half and a polynomial of odd powers, the highest first, rounded once."""
        powers = range(2 * len(coefficients) - 1, 0, -2)
        return lambda t: math.sumprod((*coefficients, 1 / 2), (*(t**power for power in powers), 1.0))

    _KERNELS |= {
        name: _KERNELS[name]._replace(cumulative=cumulative)
        for name, cumulative in (
            ("normal", lambda t: 1 / 2 * math.erfc(t / -_ROOT_2)),
            ("parabolic", _odd(-1 / 4, 3 / 4)),
            ("quartic", _odd(3 / 16, -5 / 8, 15 / 16)),
            ("triweight", _odd(-5 / 32, 21 / 32, -35 / 32, 35 / 32)),
        )
    }
_ALIASES = {"gauss": "normal", "uniform": "rectangular", "epanechnikov": "parabolic", "biweight": "quartic"}


def kde(
    data: Sequence[Any], h: float, kernel: str = "normal", *, cumulative: bool = False
) -> Callable[[float], float]:
    """Return a function that estimates the density of the population that a sample is from.

    Parameters
    ----------
    data : sequence of floats or ints, or array with one axis
        The sample. What is added to it later counts as well.
    h : float
        The bandwidth: how far the kernel reaches.
    kernel : str, optional
        normal (gauss), logistic, sigmoid; or, of bounded support, rectangular (uniform), triangular,
        parabolic (epanechnikov), quartic (biweight), triweight, cosine.
    cumulative : bool, optional
        Whether to estimate the cumulative distribution instead.

    Returns
    -------
    callable
        A function of one number, with the digits that Python's own `kde` (3.13) gives.

    Examples
    --------
    >>> from rustsci import stats
    >>> density = stats.kde([-2.1, -1.3, -0.4, 1.9, 5.1, 6.2], h=1.5)
    >>> round(density(0.0), 3)
    0.11
    """
    found = _KERNELS[_checked(data, h, kernel)]
    estimate = (
        _bounded(data, h, found, cumulative) if found.bounded else _unbounded(data, h, found, cumulative)
    )
    what = "CDF" if cumulative else "PDF"
    estimate.__doc__ = f"{what} estimate with {h=!r} and {kernel=!r}"
    return estimate


def kde_random(
    data: Sequence[Any], h: float, kernel: str = "normal", *, seed: Any = None
) -> Callable[[], float]:
    """Return a function that draws random numbers from the density that `kde` estimates.

    Parameters
    ----------
    data, h, kernel
        As for `kde`; but what is added to the sample later does not count.
    seed : int, float, str, bytes or bytearray, optional
        Where random numbers begin, as for Python's `random.Random`.

    Returns
    -------
    callable
        A function without arguments. Of a seed, its numbers are those of Python's own `kde_random` (3.13), to
        the last bit; with the kernels quartic and triweight to ten digits, which Python solves less exactly.

    Examples
    --------
    >>> from rustsci import stats
    >>> draw = stats.kde_random([-2.1, -1.3, -0.4, 1.9, 5.1, 6.2], h=1.5, seed=8675309)
    >>> [round(draw(), 1) for _ in range(5)]
    [0.7, 6.2, 1.2, 6.9, 7.0]
    """
    from random import Random

    quantile = QUANTILES[_checked(data, h, kernel)]
    sample = list(python_numbers(readable(data)))
    source = Random(seed)
    random, choice = source.random, source.choice

    def draw() -> float:
        return choice(sample) + h * quantile(random())

    draw.__doc__ = f"Random KDE selection with {h=!r} and {kernel=!r}"
    return draw


def _checked(data: Any, h: float, kernel: str) -> str:
    """The kernel's own name, if an estimate can be made."""
    if not len(data):
        raise StatisticsError("Empty data sequence")
    if not isinstance(data[0], (int, float)) and not hasattr(data, "__array__"):
        raise TypeError("Data sequence must contain ints or floats")
    if h <= 0.0:
        raise StatisticsError(f"Bandwidth h must be positive, not {h=!r}")
    name = _ALIASES.get(kernel, kernel)
    if name not in _KERNELS:
        raise StatisticsError(f"Unknown kernel name: {kernel!r}")
    return name


def _unbounded(data: Any, h: float, kernel: _Kernel, cumulative: bool) -> Callable[[float], float]:
    def pdf(x: float) -> float:
        return _sum(kernel.density((x - point) / h) for point in _points(data)) / (len(data) * h)

    def cdf(x: float) -> float:
        return _sum(kernel.cumulative((x - point) / h) for point in _points(data)) / len(data)

    return cdf if cumulative else pdf


def _bounded(data: Any, h: float, kernel: _Kernel, cumulative: bool) -> Callable[[float], float]:
    sample: list[Any] = []

    def near(x: float) -> tuple[int, list[Any]]:
        """How many points are below the kernel's reach, and those within it."""
        nonlocal sample
        if len(sample) != len(data):
            sample = sorted(_points(data))
        below = bisect_left(sample, x - h)
        return below, sample[below : bisect_right(sample, x + h)]

    def pdf(x: float) -> float:
        return _sum(kernel.density((x - point) / h) for point in near(x)[1]) / (len(data) * h)

    def cdf(x: float) -> float:
        below, points = near(x)
        return _sum((kernel.cumulative((x - point) / h) for point in points), below) / len(data)

    return cdf if cumulative else pdf


def _points(data: Any) -> Any:
    return data.tolist() if hasattr(data, "tolist") else data


def _sum(values: Iterable[float], start: float = 0) -> float:
    """The sum as the builtin gives it from Python 3.12 on, with what rounding loses added at the end.

    Neumaier, Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen, ZAMM 54 (1974),
    algorithm IV.
    """
    if sys.version_info >= (3, 12):
        return sum(values, start)
    values = iter(values)
    # The builtin leaves whole numbers with the first float, and looks after what is lost from then on.
    total, lost = start + next(values, 0), 0.0
    for value in values:
        added = total + value
        lost += (total - added) + value if abs(total) >= abs(value) else (value - added) + total
        total = added
    return total + lost if lost and math.isfinite(lost) else total
