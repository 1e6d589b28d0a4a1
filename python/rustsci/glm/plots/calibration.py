"""What was observed beside what was expected."""

from __future__ import annotations

from rustsci.glm.plots.axes import BLUE, GREEN, GREY, ORANGE, label, line, new_axes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__: list[str] = []

_COLORS = {"train": BLUE, "test": ORANGE}


def _color(name: str) -> str:
    return _COLORS.get(name, GREEN)


def plot_calibration(tables: dict[str, list[dict[str, Any]]], ax: Any) -> Any:
    """Draw observed against expected means of groups of predictions."""
    ax = new_axes(ax, (5.0, 4.8))
    ends = []
    for name, table in tables.items():
        expected = [row["expected"] / row["exposure"] for row in table]
        actual = [row["actual"] / row["exposure"] for row in table]
        error = [(row["high"] - row["actual/expected"]) * e for row, e in zip(table, expected, strict=True)]
        ax.errorbar(
            expected, actual, yerr=error, marker="o", linestyle="", capsize=2, color=_color(name), label=name
        )
        ends += [*expected, *actual]
    line(ax, [min(ends), max(ends)], [min(ends), max(ends)], color=GREY, linewidth=1)
    label(ax, "expected, per unit of exposure", "observed", "Groups of predictions, with 95 % intervals")
    ax.legend(frameon=False)
    return ax


def plot_actual_expected(tables: dict[str, list[dict[str, Any]]], variable: str, ax: Any) -> Any:
    """Draw observed and expected means of the groups of a column over bars of exposure."""
    ax = new_axes(ax, (7.2, 4.2))
    groups = list(dict.fromkeys(row["group"] for table in tables.values() for row in table))
    bars = ax.twinx()
    width = 0.8 / len(tables)
    for index, (name, table) in enumerate(tables.items()):
        at = [groups.index(row["group"]) for row in table]
        total = sum(row["exposure"] for row in table)
        shift = (index - (len(tables) - 1) / 2) * width
        bars.bar(
            [x + shift for x in at],
            [row["exposure"] / total for row in table],
            width,
            color=_color(name),
            alpha=0.15,
        )
        expected = [row["expected"] / row["exposure"] for row in table]
        actual = [row["actual"] / row["exposure"] for row in table]
        ax.plot(at, actual, "o-", color=_color(name), markersize=4, label=f"observed, {name}")
        # Hollow and larger, to be seen where both are the same.
        ax.plot(
            at,
            expected,
            "s--",
            color=_color(name),
            markersize=9,
            markerfacecolor="none",
            label=f"expected, {name}",
        )
    bars.set_ylabel("share of exposure")
    most = bars.get_ylim()[1]
    bars.set_ylim(0, 2.5 * most)
    bars.set_yticks([tick for tick in bars.get_yticks() if 0 <= tick <= most])
    ax.set_zorder(bars.get_zorder() + 1)
    ax.patch.set_visible(False)
    turned = max(map(len, groups)) * len(groups) > 60
    ax.set_xticks(
        range(len(groups)), groups, rotation=30 if turned else 0, ha="right" if turned else "center"
    )
    label(ax, variable, "per unit of exposure")
    ax.legend(frameon=False, fontsize=8)
    return ax


def plot_lorenz(
    curves: dict[str, dict[str, list[float]]], ginis: dict[str, dict[str, float]], ax: Any
) -> Any:
    """Draw Lorenz curves."""
    ax = new_axes(ax, (4.8, 4.8))
    line(ax, [0, 1], [0, 1], color=GREY, linewidth=1)
    for name, curve in curves.items():
        words = f"{name}: Gini {ginis[name]['gini']:.3f}"
        line(ax, curve["exposure"], curve["actual"], color=_color(name), label=words)
    label(ax, "share of exposure, least predictions first", "share of what was observed")
    ax.legend(frameon=False)
    return ax


def plot_lift(tables: dict[str, list[dict[str, Any]]], ax: Any) -> Any:
    """Draw the lift of groups of predictions."""
    ax = new_axes(ax)
    for name, table in tables.items():
        groups = [row["group"] for row in table]
        ax.plot(groups, [row["actual"] for row in table], "o-", color=_color(name), label=f"observed, {name}")
        ax.plot(
            groups,
            [row["expected"] for row in table],
            "s--",
            color=_color(name),
            alpha=0.6,
            label=f"expected, {name}",
        )
    ax.axhline(1.0, color=GREY, linewidth=0.8)
    label(ax, "group of predictions", "relative to the mean of all")
    ax.legend(frameon=False)
    return ax


def plot_partial_dependence(table: list[dict[str, Any]], variable: str, ax: Any) -> Any:
    """Draw mean predictions for values of a column."""
    ax = new_axes(ax)
    values = [row["value"] for row in table]
    means = [row["mean"] for row in table]
    if any(isinstance(value, str) for value in values):
        ax.plot([str(value) for value in values], means, "o", color=BLUE)
    else:
        line(ax, values, means, color=BLUE)
    label(ax, variable, "mean prediction")
    return ax


def plot_drift(found: dict[str, dict[str, Any]], ax: Any) -> Any:
    """Draw stability indices, with the usual limits."""
    names = sorted(found, key=lambda name: found[name]["psi"])
    ax = new_axes(ax, (6.4, 1.2 + 0.35 * len(names)))
    ax.barh(names, [found[name]["psi"] for name in names], color=BLUE)
    for limit in (0.1, 0.25):
        ax.axvline(limit, color=ORANGE, linewidth=1, linestyle="--")
    label(ax, "population stability index", "")
    return ax
