"""One sample, every function, both modules."""

from __future__ import annotations

import statistics
import struct
from collections.abc import Callable, Iterator
from decimal import Decimal
from random import Random
from typing import Any

from rustsci import stats

from .containers import contained

Module = Any


def outcome(compute: Callable[[], Any]) -> Any:
    """What a call gives, in a form whose equality is that of types and bits; or the exception it raises."""
    try:
        return bits(compute())
    except Exception as error:
        return type(error).__name__


def bits(value: Any) -> Any:
    if isinstance(value, float):
        return "nan" if value != value else (type(value).__name__, struct.pack("<d", value))
    if isinstance(value, (list, tuple)):
        return [bits(item) for item in value]
    if isinstance(value, Decimal):
        # Its digits, trailing zeros included; NaN is not equal to itself.
        return "Decimal", str(value)
    return type(value).__name__, value


# A call of a function of either module on data in some container.
Call = Callable[[Module, Any], Any]


def calls(numbers: list[Any], random: Random) -> Iterator[tuple[str, Call]]:
    """Calls on a sample: a name, and what to do with either module."""
    for name in (
        "mean", "fmean", "geometric_mean", "harmonic_mean", "median", "median_low", "median_high",
        "median_grouped", "mode", "multimode", "quantiles", "pstdev", "pvariance", "stdev", "variance",
    ):  # fmt: skip
        yield name, lambda module, data, name=name: getattr(module, name)(data)
    n = random.choice((1, 2, 3, 5, 10, 100))
    method = random.choice(("exclusive", "inclusive"))
    yield f"quantiles, {n=}, {method}", lambda module, data: module.quantiles(data, n=n, method=method)
    weights = [random.choice((random.random(), 1, 2.5)) for _ in numbers]
    yield "fmean, weights", lambda module, data: module.fmean(data, weights)
    yield "harmonic_mean, weights", lambda module, data: module.harmonic_mean(data, weights)
    other = [random.gauss(0.0, 1.0) + (x == numbers[0]) for x in numbers]
    yield "covariance", lambda module, data: module.covariance(data, other)
    yield "correlation", lambda module, data: module.correlation(data, other)
    yield "linear_regression", lambda module, data: module.linear_regression(data, other)
    yield (
        "linear_regression, proportional",
        lambda module, data: module.linear_regression(data, other, proportional=True),
    )
    centre = random.choice((*numbers[:1], 0.5))
    yield "variance, xbar", lambda module, data: module.variance(data, centre)
    yield "pstdev, mu", lambda module, data: module.pstdev(data, centre)
    yield "NormalDist", lambda module, data: normal(module.NormalDist.from_samples(data), module, numbers)


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


def disagreements(sample: list[Any], random: Random) -> list[str]:
    """The calls that do not give the same, bit for bit."""
    numbers, container, make = contained(sample, random)
    head = numbers if len(numbers) < 10 else f"{numbers[:10]}…"
    found = []
    for name, call in calls(numbers, random):
        # Nothing is said of how long an iterator is: not to Python's functions, either.
        theirs = iter(numbers) if container == "iterator" else numbers
        expected = outcome(lambda call=call, theirs=theirs: call(statistics, theirs))
        given = outcome(lambda call=call: call(stats, make()))
        if expected != given:
            found.append(f"{name}: {given}, not {expected}, of {container} {head}")
    expected = outcome(lambda: _compute_stats(numbers))
    given = outcome(lambda: list(stats.compute_stats(make())))
    if expected != given:
        found.append(f"compute_stats: {given}, not {expected}, of {container} {head}")
    return found


def _compute_stats(numbers: list[Any]) -> list[Any]:
    """The definition of `compute_stats`; the range is the float of a whole number, if there is one."""
    if len(numbers) < 2:
        raise stats.StatisticsError("too few")
    extent = max(numbers) - min(numbers)
    if isinstance(extent, (int, float)) and float(extent) == extent:
        extent = float(extent)
    return [
        extent,
        statistics.quantiles(numbers),
        statistics.mean(numbers),
        statistics.stdev(numbers),
    ]
