"""Quantiles of the kernels that densities are estimated with."""

from __future__ import annotations

import math

from rustsci.stats.normal_quantile import normal_quantile

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

__all__: list[str] = []


def _triangular(p: float) -> float:
    return math.sqrt(2 * p) - 1 if p < 1 / 2 else 1 - math.sqrt(2 - 2 * p)


def _quartic(p: float) -> float:
    # By s = 1 + t, the cumulative function is s³ (20 - 15 s + 3 s²) / 16, and 5/4 s³ near zero.
    def excess_over_density(s: float, p: float) -> float:
        return (s**3 * (20 - 15 * s + 3 * s * s) / 16 - p) / (15 / 16 * (s * (2 - s)) ** 2)

    return _solved(p, lambda p: (4 / 5 * p) ** (1 / 3), excess_over_density)


def _triweight(p: float) -> float:
    # s⁴ (70 - 84 s + 35 s² - 5 s³) / 32, and 35/16 s⁴ near zero.
    def excess_over_density(s: float, p: float) -> float:
        polynomial = 70 - s * (84 - s * (35 - 5 * s))
        return (s**4 * polynomial / 32 - p) / (35 / 32 * (s * (2 - s)) ** 3)

    return _solved(p, lambda p: (16 / 35 * p) ** (1 / 4), excess_over_density)


def _solved(
    p: float, start: Callable[[float], float], excess_over_density: Callable[[float, float], float]
) -> float:
    """The quantile of a kernel that is symmetric about zero, by Newton's method in the lower half."""
    lower = min(p, 1.0 - p)
    s = start(lower)
    for _ in range(60):
        step = excess_over_density(s, lower) if s else 0.0
        s -= step
        if abs(step) <= 1e-16 * s:
            break
    return s - 1.0 if p <= 1 / 2 else 1.0 - s


# Floating-point results depend on the order of operations: these are the orders that make the digits of
# `statistics`.
QUANTILES: dict[str, Callable[[float], float]] = {
    "normal": lambda p: normal_quantile(p, 0.0, 1.0),
    "logistic": lambda p: math.log(p / (1 - p)),
    "sigmoid": lambda p: math.log(math.tan(p * math.pi / 2)),
    "rectangular": lambda p: 2 * p - 1,
    "triangular": _triangular,
    "parabolic": lambda p: 2 * math.cos((math.acos(2 * p - 1) + math.pi) / 3),
    "quartic": _quartic,
    "triweight": _triweight,
    "cosine": lambda p: 2 * math.asin(2 * p - 1) / math.pi,
}
