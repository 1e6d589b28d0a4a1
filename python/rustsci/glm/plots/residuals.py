"""Residuals, their distribution, and the influence of rows."""

from __future__ import annotations

from rustsci._native import _glm_tail, arange, asarray, sort, sqrt
from rustsci.glm.plots.axes import GREY, label, line, new_axes, points, zero_line
from rustsci.glm.plots.smoothing import smooth_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rustsci.glm.results import GLMResults

__all__: list[str] = []

_KINDS = ("response", "pearson", "deviance", "working", "anscombe", "quantile", "studentized")


def residuals_of(results: GLMResults, kind: str, seed: int) -> Any:
    """Return residuals by the name of their kind."""
    if kind not in _KINDS:
        raise ValueError(f"kind must be one of {', '.join(_KINDS)}, not {kind!r}")
    if kind == "quantile":
        return asarray(results.resid_quantile(seed))
    return asarray(getattr(results, f"resid_{kind}"))


def plot_residuals(results: GLMResults, kind: str, against: str, seed: int, ax: Any) -> Any:
    """Draw residuals against fitted values, linear predictors or a column."""
    residual = residuals_of(results, kind, seed)
    if against == "fitted":
        x, name = results._native("mu"), "fitted mean"
    elif against == "linear":
        x, name = results._native("eta"), "linear predictor"
    else:
        column = results.model.data_column(against)
        if column.levels is not None:
            raise ValueError(f"column {against!r} is categorical; residuals are drawn against numbers")
        if column.array.size != residual.size:
            raise ValueError(
                f"rows were left out of the fit, so {against!r} has not the rows of the residuals"
            )
        x, name = column.array, against
    ax = new_axes(ax)
    points(ax, x, residual)
    line(ax, *smooth_line(x, residual))
    zero_line(ax)
    label(ax, name, f"{kind} residual")
    return ax


def plot_qq(results: GLMResults, kind: str, seed: int, ax: Any) -> Any:
    """Draw the quantiles of residuals against those of the normal distribution."""
    residual = sort(residuals_of(results, kind, seed))
    if kind not in ("quantile", "studentized"):
        residual = residual / sqrt(asarray(results.scale))
    expected = _glm_tail("norm.ppf", (arange(residual.size) + 0.5) / residual.size)
    ax = new_axes(ax, (4.8, 4.6))
    ends = [float(expected[0]), float(expected[-1])]
    line(ax, ends, ends, color=GREY, linewidth=1)
    points(ax, expected, residual)
    label(ax, "normal quantile", f"{kind} residual")
    return ax


def plot_influence(results: GLMResults, ax: Any) -> Any:
    """Draw studentized residuals against leverage, with curves of equal Cook's distance."""
    h, residual = results._native("leverage"), results._studentized()
    ax = new_axes(ax)
    most = max(float(h.max()) * 1.05, 1e-6)
    height = max(float(abs(residual).max()) * 1.1, 2.2)
    for distance in (0.5, 1.0):
        at = [most * (i + 1) / 100 for i in range(100) if most * (i + 1) / 100 < 1]
        bound = [(distance * results.edf * (1 - x) / x) ** 0.5 for x in at]
        for sign in (1.0, -1.0):
            line(ax, at, [sign * y for y in bound], color=GREY, linewidth=0.8, linestyle="--")
        if bound and bound[-1] < height:
            ax.annotate(f"{distance:g}", (at[-1], bound[-1]), color=GREY, fontsize=8)
    points(ax, h, residual)
    zero_line(ax)
    ax.set_xlim(0, most)
    ax.set_ylim(-height, height)
    for row in asarray(results.cooks_distance).argsort()[-3:].tolist():
        ax.annotate(
            str(row),
            (float(h[row]), float(residual[row])),
            fontsize=8,
            xytext=(3, 3),
            textcoords="offset points",
        )
    label(ax, "leverage", "studentized residual", "Cook's distance: dashed")
    return ax


def plot_cooks_distance(results: GLMResults, ax: Any) -> Any:
    """Draw Cook's distance of each row."""
    distance = asarray(results.cooks_distance)
    ax = new_axes(ax)
    ax.vlines(range(distance.size), 0, distance.tolist(), linewidth=1)
    for row in distance.argsort()[-3:].tolist():
        ax.annotate(
            str(row), (row, float(distance[row])), fontsize=8, xytext=(3, 2), textcoords="offset points"
        )
    ax.set_ylim(bottom=0)
    label(ax, "row", "Cook's distance")
    return ax
