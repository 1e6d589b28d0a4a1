"""What the predicted mean does as one column changes and the rest stay as they are."""

from __future__ import annotations

from rustsci._native import _glm_predict, arange, asarray, full
from rustsci.averages import average
from rustsci.glm.columns import Column
from rustsci.glm.diagnostics.calibration import quantile_edges
from rustsci.glm.diagnostics.sample import Sample

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__: list[str] = []

# The mean over so many rows, evenly spaced, is as good as that over all.
_ROWS = 2000


def partial_dependence(sample: Sample, name: str, points: int = 20) -> list[dict[str, Any]]:
    """Return the mean prediction for each value of a column (Friedman 2001, section 8.2)."""
    from rustsci.glm.requests import describe

    results = sample.results
    column = results.model.columns.get(name)
    if column is None:
        raise ValueError(f"the model has no column {name!r}; it has {sorted(results.model.columns)}")
    rows = sample.response.size
    chosen = arange(0, rows, max(1, -(-rows // _ROWS)))
    columns = {}
    for key in results.model.columns:
        own = sample.column(key)
        columns[key] = Column(own.array[chosen], own.levels)
    weight = sample.weight[chosen]
    values: list[Any]
    if column.levels is None:
        values = [*_ends(sample.column(name).array, points)]
    else:
        values = list(range(len(column.levels)))
    found = []
    for value in values:
        dtype = "float64" if column.levels is None else "uint32"
        columns[name] = Column(full(chosen.size, value, dtype=dtype), column.levels)
        headers, arrays = describe(columns)
        mean = _glm_predict(results._text, results._params, results._unscaled, headers, arrays, True, False)[
            1
        ]
        label = value if column.levels is None else column.levels[value]
        found.append({"value": label, "mean": float(average(asarray(mean), weights=weight))})
    return found


def _ends(values: Any, points: int) -> list[float]:
    low, high = float(values.min()), float(values.max())
    return sorted({low, *quantile_edges(values, points - 1), high})
