"""Axes to draw on, and what drawings have in common."""

from __future__ import annotations

from rustsci._native import ndarray

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__: list[str] = []

# Colours that colour-blind readers tell apart (Okabe & Ito 2008).
BLUE, ORANGE, GREEN, GREY = "#0072B2", "#D55E00", "#009E73", "#666666"
# More points than this say no more, and make files large.
_MOST_POINTS = 20_000


def new_axes(ax: Any, size: tuple[float, float] = (6.4, 4.4)) -> Any:
    """Return the axes given, or those of a new figure."""
    if ax is not None:
        return ax
    try:
        from matplotlib import pyplot
    except ImportError:
        raise ImportError("plots are drawn with matplotlib, which is not installed") from None
    return pyplot.subplots(figsize=size, layout="constrained")[1]


def points(ax: Any, x: ndarray, y: ndarray, **options: Any) -> None:
    """Draw points; of very many, evenly spaced ones."""
    step = max(1, -(-x.size // _MOST_POINTS))
    style = {"marker": "o", "linestyle": "", "markersize": 3.5, "alpha": 0.5, "color": BLUE, **options}
    ax.plot(x[::step].tolist(), y[::step].tolist(), **style)


def line(ax: Any, x: Any, y: Any, **options: Any) -> None:
    """Draw a line."""
    style = {"color": ORANGE, "linewidth": 1.6, **options}
    ax.plot(_list(x), _list(y), **style)


def zero_line(ax: Any) -> None:
    """Draw a thin horizontal line at zero."""
    ax.axhline(0.0, color=GREY, linewidth=0.8)


def label(ax: Any, x: str, y: str, title: str = "") -> None:
    """Write what axes show."""
    ax.set_xlabel(x)
    ax.set_ylabel(y)
    if title:
        ax.set_title(title)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)


def _list(values: Any) -> list[float]:
    return values.tolist() if isinstance(values, ndarray) else list(values)
