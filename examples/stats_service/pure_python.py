"""The function as it was before it moved to Rust: with Python's own `statistics`."""

from __future__ import annotations

import statistics
from typing import Any, NamedTuple


class StatisticsResponse(NamedTuple):
    range: Any
    quartiles: list[float]
    mean: Any
    stddev: float


def compute_stats(numbers: list[Any]) -> StatisticsResponse:
    """Range, quartiles, mean and standard deviation."""
    extent = max(numbers) - min(numbers)
    # Written as 527.0, whether or not the numbers are whole; a whole number that no float equals stays as it
    # is.
    if isinstance(extent, int) and float(extent) == extent:
        extent = float(extent)
    return StatisticsResponse(
        range=extent,
        quartiles=statistics.quantiles(numbers),
        mean=statistics.mean(numbers),
        stddev=statistics.stdev(numbers),
    )
