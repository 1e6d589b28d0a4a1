"""Whether other data look like those of the fit."""

from __future__ import annotations

from math import log

from rustsci._native import bincount
from rustsci.glm.columns import Column
from rustsci.glm.diagnostics.calibration import grouped, quantile_edges

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__: list[str] = []

# What a group has at least, so that one that is empty in one of the data counts, but not without bound.
_LEAST = 1e-4


def stability_index(before: Column, after: Column, bins: int = 10) -> dict[str, Any]:
    """Return the population stability index, Σ (q − p) log(q / p), and the shares it is made of."""
    if (before.levels is None) != (after.levels is None):
        raise ValueError("a column is numeric in one of the data and categorical in the other")
    if before.levels is None:
        edges = quantile_edges(before.array, bins)
        codes, labels = grouped(before, bins, edges)
        other, _ = grouped(after, bins, edges)
    else:
        labels = [*before.levels, *(level for level in after.levels or [] if level not in before.levels)]
        labels.append("missing")
        codes = _renumbered(before, labels)
        other = _renumbered(after, labels)
    count = len(labels)
    p = _shares(codes, count)
    q = _shares(other, count)
    parts = [(b - a) * log(b / a) for a, b in zip(p, q, strict=True)]
    kept = [i for i in range(count) if p[i] > _LEAST or q[i] > _LEAST]
    shares = [{"group": labels[i], "train": p[i], "test": q[i]} for i in kept]
    return {"psi": sum(parts), "shares": shares}


def _renumbered(column: Column, labels: list[str]) -> Any:
    from rustsci._native import asarray

    levels = column.levels or []
    place = asarray([labels.index(level) for level in levels] + [len(labels) - 1], dtype="int64")
    return place[column.array.astype("int64").clip(0, len(levels))]


def _shares(codes: Any, count: int) -> list[float]:
    rows = bincount(codes, minlength=count).tolist()[:count]
    total = sum(rows) or 1
    return [max(row / total, _LEAST) for row in rows]


def judged(psi: float) -> str:
    """Return the usual words for an index (Siddiqi 2006)."""
    if psi < 0.1:
        return "stable"
    return "some drift" if psi < 0.25 else "drifted"
