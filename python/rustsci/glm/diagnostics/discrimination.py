"""How well predictions put rows in order."""

from __future__ import annotations

from rustsci._native import argsort, asarray, concatenate, interp, ndarray, zeros
from rustsci.accumulations import cumsum
from rustsci.calculus import trapezoid
from rustsci.evenly_spaced import linspace
from rustsci.glm.diagnostics.sample import Sample, ratio, total

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__: list[str] = []


def _curve(order: ndarray, exposure: ndarray, actual: ndarray) -> tuple[ndarray, ndarray]:
    """Shares of exposure and of what was observed, rows taken in an order."""
    start = zeros(1)
    x = concatenate([start, cumsum(exposure[order])])
    y = concatenate([start, cumsum(actual[order])])
    return x / x[-1], y / y[-1]


def _gini(order: ndarray, exposure: ndarray, actual: ndarray) -> float:
    x, y = _curve(order, exposure, actual)
    return float(1 - 2 * trapezoid(y, x))


def lorenz(sample: Sample, points: int = 101) -> dict[str, list[float]]:
    """Return the curve of Lorenz: what share of the observed the rows with the least predictions have."""
    x, y = _curve(sample.order, sample.exposure, sample.actual)
    at = linspace(0.0, 1.0, points)
    return {"exposure": at.tolist(), "actual": interp(at, x, y).tolist()}


def gini(sample: Sample) -> dict[str, float]:
    """Return the Gini coefficient of the predictions, and its share of what a perfect order would have."""
    own = _gini(sample.order, sample.exposure, sample.actual)
    perfect = _gini(argsort(sample.actual / sample.exposure, kind="stable"), sample.exposure, sample.actual)
    return {"gini": own, "perfect": perfect, "normalized": ratio(own, perfect)}


def auc(sample: Sample) -> float:
    """Return the probability that a one has a larger prediction than a zero (Hanley & McNeil 1982)."""
    order = sample.order
    mean = sample.rate[order]
    ones = sample.actual[order]
    zeros_ = sample.weight[order] - ones
    below = cumsum(zeros_) - zeros_
    # Rows with the same prediction are neither above nor below each other: each counts half.
    first = asarray(mean).searchsorted(mean, side="left")
    last = asarray(mean).searchsorted(mean, side="right")
    running = concatenate([zeros(1), cumsum(zeros_)])
    ties = running[last] - running[first]
    below = running[first]
    won = total(ones * (below + 0.5 * ties))
    return ratio(won, total(ones) * total(zeros_))


def lift(table: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return by how much groups of predictions are above the mean of all, observed and expected."""
    exposure = sum(row["exposure"] for row in table)
    actual = ratio(sum(row["actual"] for row in table), exposure)
    expected = ratio(sum(row["expected"] for row in table), exposure)
    return [
        {
            "group": row["group"],
            "actual": ratio(ratio(row["actual"], row["exposure"]), actual),
            "expected": ratio(ratio(row["expected"], row["exposure"]), expected),
        }
        for row in table
    ]
