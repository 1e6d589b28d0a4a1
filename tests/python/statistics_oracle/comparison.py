"""One sample, every function, both modules."""

from __future__ import annotations

import statistics
import struct
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from rustsci import stats

Module = Any


def outcome(compute: Callable[[], Any]) -> Any:
    """What a call gives, in a form whose equality is that of types and bits; or the exception it raises."""
    try:
        return bits(compute())
    except Exception as error:
        kind = (
            "StatisticsError"
            if isinstance(error, (statistics.StatisticsError, stats.StatisticsError))
            else None
        )
        return kind or type(error).__name__


def bits(value: Any) -> Any:
    if isinstance(value, float):
        return "nan" if value != value else (type(value).__name__, struct.pack("<d", value))
    if isinstance(value, (list, tuple)):
        return [bits(item) for item in value]
    return type(value).__name__, value


def calls(data: list[Any], random: Random) -> Iterator[tuple[str, Callable[[Module], Any]]]:
    """Calls on a sample: a name, and what to do with either module."""
    for name in (
        "mean", "fmean", "geometric_mean", "harmonic_mean", "median", "median_low", "median_high",
        "median_grouped", "mode", "multimode", "quantiles", "pstdev", "pvariance", "stdev", "variance",
    ):  # fmt: skip
        yield name, lambda module, name=name: getattr(module, name)(data)
    n = random.choice((1, 2, 3, 5, 10, 100))
    method = random.choice(("exclusive", "inclusive"))
    yield f"quantiles, {n=}, {method}", lambda module: module.quantiles(data, n=n, method=method)
    weights = [random.choice((random.random(), 1, 2.5)) for _ in data]
    yield "fmean, weights", lambda module: module.fmean(data, weights)
    yield "harmonic_mean, weights", lambda module: module.harmonic_mean(data, weights)
    other = [random.gauss(0.0, 1.0) + float(x > 0) for x in data]
    yield "covariance", lambda module: module.covariance(data, other)
    yield "correlation", lambda module: module.correlation(data, other)
    yield "linear_regression", lambda module: module.linear_regression(data, other)
    yield (
        "linear_regression, proportional",
        lambda module: module.linear_regression(data, other, proportional=True),
    )
    centre = random.choice((data[0], 0.5))
    yield "variance, xbar", lambda module: module.variance(data, centre)
    yield "pstdev, mu", lambda module: module.pstdev(data, centre)
    yield "NormalDist", lambda module: normal(module.NormalDist.from_samples(data), module, data)


def normal(dist: Any, module: Module, data: list[Any]) -> list[Any]:
    """What a normal distribution answers."""
    other = module.NormalDist(float(data[0]), 1.5)
    points = [float(x) for x in data[:3]]
    answers = [
        dist.mean,
        dist.stdev,
        dist.variance,
        dist.quantiles(5),
        other.inv_cdf(1e-9),
        other.zscore(1.0),
    ]
    answers += [other.cdf(x) for x in points] + [other.pdf(x) for x in points]
    total = dist + other * 2.0 - 1.0
    return [*answers, total.mean, total.stdev, dist.overlap(other)]


def disagreements(data: list[Any], random: Random) -> list[str]:
    """The calls that do not give the same, bit for bit."""
    found = []
    for name, call in calls(data, random):
        expected, given = outcome(lambda call=call: call(statistics)), outcome(lambda call=call: call(stats))
        if expected != given:
            found.append(f"{name}: {given}, not {expected}, of {data if len(data) < 10 else data[:10]}…")
    return found + _response_disagreements(data)


def _response_disagreements(data: list[Any]) -> list[str]:
    """`compute_stats` against its definition; the range is the float of the same value, if there is one."""

    def by_definition() -> list[Any]:
        extent = max(data) - min(data)
        as_float = float(extent)
        return [
            as_float if as_float == extent else extent,
            statistics.quantiles(data),
            statistics.mean(data),
            statistics.stdev(data),
        ]

    expected, given = outcome(by_definition), outcome(lambda: list(stats.compute_stats(data)))
    return [] if expected == given else [f"compute_stats: {given}, not {expected}, of {data[:10]}…"]
