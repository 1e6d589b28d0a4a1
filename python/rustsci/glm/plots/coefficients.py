"""Coefficients with their intervals."""

from __future__ import annotations

from rustsci._native import exp
from rustsci.glm.plots.axes import BLUE, GREY, label, new_axes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rustsci.glm.results import GLMResults

__all__: list[str] = []


def plot_coefficients(results: GLMResults, alpha: float, relativities: bool, ax: Any) -> Any:
    """Draw coefficients, or the factors they stand for, with confidence intervals."""
    if relativities and results._fit["link"]["name"] != "log":
        raise ValueError(f"relativities need the log link, not {results._fit['link']['name']!r}")
    low, high = results._interval(results._params, results._bse, alpha)
    center = results._params
    if relativities:
        low, high, center = exp(low), exp(high), exp(center)
    rows = [
        (name, middle, a, b)
        for name, middle, a, b in zip(
            results.feature_names, center.tolist(), low.tolist(), high.tolist(), strict=True
        )
        if middle == middle and name not in ("Intercept", "const")
    ]
    if not rows:
        raise ValueError("the model has no coefficient but the constant")
    rows.reverse()
    ax = new_axes(ax, (6.4, 1.2 + 0.32 * len(rows)))
    for at, (_, middle, a, b) in enumerate(rows):
        ax.plot([a, b], [at, at], color=BLUE, linewidth=1.5)
        ax.plot([middle], [at], "o", color=BLUE, markersize=5)
    ax.axvline(1.0 if relativities else 0.0, color=GREY, linewidth=0.8)
    ax.set_yticks(range(len(rows)), [name for name, *_ in rows])
    if relativities:
        ax.set_xscale("log")
        ends = min(a for *_, a, _ in rows), max(b for *_, b in rows)
        ticks = _ticks(*ends)
        ax.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
        ax.set_xticks([], minor=True)
    name = "relativity" if relativities else "coefficient"
    label(ax, f"{name}, with {100 * (1 - alpha):g} % intervals", "")
    return ax


def _ticks(low: float, high: float) -> list[float]:
    """Round numbers between two, no more than a dozen."""
    from math import ceil, floor, log10

    decades = range(floor(log10(low)), ceil(log10(high)) + 1)
    for steps in (
        (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0),
        (1.0, 2.0, 3.0, 5.0, 7.0),
        (1.0, 3.0),
    ):
        found = [
            round(step * 10.0**decade, 12)
            for decade in decades
            for step in steps
            if 0.9 * low <= step * 10.0**decade <= 1.1 * high
        ]
        if len(found) <= 7:
            return found
    return [10.0**decade for decade in decades]
