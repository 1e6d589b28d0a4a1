"""Whether what was observed is what was predicted, in all parts of the data."""

from __future__ import annotations

from itertools import pairwise

from rustsci._native import _glm_tail, asarray, bincount, ndarray, searchsorted
from rustsci.accumulations import cumsum
from rustsci.glm.diagnostics.sample import Sample, ratio, total

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__: list[str] = []


def groups_of_equal_exposure(sample: Sample, count: int) -> ndarray:
    """Return the group of each row: from the least predicted rates to the largest, with equal exposures."""
    order = sample.order
    running = cumsum(sample.exposure[order])
    middle = running - 0.5 * sample.exposure[order]
    place = (middle / float(running[-1]) * count).astype("int64")
    codes = asarray([0]).repeat(order.size)
    codes[order] = place.clip(0, count - 1)
    return codes


def sums_by(codes: ndarray, values: ndarray, count: int) -> list[float]:
    """Return the sum of values for each code."""
    return bincount(codes, weights=values, minlength=count).tolist()[:count]


def by_group(sample: Sample, codes: ndarray, labels: list[str]) -> list[dict[str, Any]]:
    """Return for each group how much was observed and expected.

    Their ratio has an interval that it lies in with 95 % probability around the observed one, by the variance
    that the model has.
    """
    count = len(labels)
    rows = bincount(codes, minlength=count).tolist()
    actual, expected, exposure = (
        sums_by(codes, values, count) for values in (sample.actual, sample.expected, sample.exposure)
    )
    variances = sums_by(codes, sample.variance, count)
    table = []
    for index, label in enumerate(labels):
        if not rows[index]:
            continue
        error = ratio(variances[index] ** 0.5, expected[index])
        quotient = ratio(actual[index], expected[index])
        table.append(
            {
                "group": label,
                "rows": int(rows[index]),
                "exposure": exposure[index],
                "actual": actual[index],
                "expected": expected[index],
                "actual/expected": quotient,
                "low": quotient - 1.96 * error,
                "high": quotient + 1.96 * error,
            }
        )
    return table


def by_decile(sample: Sample, count: int = 10) -> list[dict[str, Any]]:
    """Return actual and expected by groups of predicted rates."""
    codes = groups_of_equal_exposure(sample, count)
    return by_group(sample, codes, [str(index + 1) for index in range(count)])


def by_variable(samples: dict[str, Sample], name: str, bins: int = 10) -> dict[str, list[dict[str, Any]]]:
    """Return actual and expected by the levels of a column, or by groups of its numbers, for all samples."""
    first = next(iter(samples.values())).column(name)
    edges = quantile_edges(first.array, bins) if first.levels is None else None
    return {
        key: by_group(sample, *grouped(sample.column(name), bins, edges)) for key, sample in samples.items()
    }


def grouped(column: Any, bins: int, edges: list[float] | None = None) -> tuple[ndarray, list[str]]:
    """Return a code for each row and the names of codes: levels, or intervals between quantiles."""
    if column.levels is not None:
        missing = len(column.levels)
        codes = column.array.astype("int64").clip(0, missing)
        return codes, [*column.levels, "missing"]
    cuts = quantile_edges(column.array, bins) if edges is None else edges
    codes = searchsorted(asarray(cuts), column.array, side="left").astype("int64")
    # What is missing comes after all intervals.
    codes[column.array != column.array] = len(cuts) + 1
    ends = [f"{cut:.4g}" for cut in cuts]
    labels = (
        [
            f"up to {ends[0]}",
            *(f"{a} to {b}" for a, b in pairwise(ends)),
            f"over {ends[-1]}",
        ]
        if ends
        else ["all"]
    )
    return codes, [*labels, "missing"]


def quantile_edges(values: ndarray, bins: int) -> list[float]:
    """Return the inner ends of groups with nearly equal numbers of values, without repetition."""
    known = values[values == values]
    if known.size == 0:
        return []
    ordered = known.copy()
    ordered.sort()
    cuts = [float(ordered[min(known.size - 1, round(i * (known.size - 1) / bins))]) for i in range(1, bins)]
    largest = float(ordered[-1])
    return sorted({cut for cut in cuts if cut < largest})


def hosmer_lemeshow(sample: Sample, groups: int = 10, *, fitted: bool = True) -> dict[str, Any]:
    """Return the test of Hosmer and Lemeshow (1980) for responses of zeros and ones.

    For data that the model was fitted to χ² has two degrees of freedom fewer than there are groups.
    """
    table = by_decile(sample, groups)
    statistic = 0.0
    for row in table:
        n = row["exposure"]
        spread = row["expected"] * (1 - row["expected"] / n)
        statistic += ratio((row["actual"] - row["expected"]) ** 2, spread)
    df = len(table) - (2 if fitted else 0)
    p = float(_glm_tail("chi2.sf", asarray(statistic), float(df))) if df > 0 else float("nan")
    return {"statistic": statistic, "df": df, "p": p, "groups": len(table)}


def overall(sample: Sample) -> dict[str, float]:
    """Return what was observed and expected of all rows together."""
    actual, expected = total(sample.actual), total(sample.expected)
    return {"actual": actual, "expected": expected, "actual/expected": ratio(actual, expected)}
