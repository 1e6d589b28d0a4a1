"""rustsci.stats beside Python's `statistics` and NumPy: ``python benches/stats.py [--only TEXT] [--gate]``.

Three tables, each measured in one process with the two sides in turn. Against `statistics` the results are
the same to the last bit; against NumPy they are exact where NumPy's are not. Distributions are compared with
SciPy, if it is installed.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import numpy
from side_by_side import Row, compare, print_table

from rustsci import stats

# What has to be shown (--gate): times as fast as pure Python, on a list of a thousand and on an array of a
# million.
LEAST_ON_LIST = 40.0
LEAST_ON_ARRAY = 300.0
LEAST_BESIDE_NUMPY = 1.0

ONE_SAMPLE = (
    "mean", "fmean", "geometric_mean", "harmonic_mean", "median", "median_grouped", "mode", "quantiles",
    "stdev", "pvariance",
)  # fmt: skip
TWO_SAMPLES = ("covariance", "correlation", "linear_regression")
DISTRIBUTIONS = (
    "norm.sf(x)",
    "t.cdf(x, 7.5)",
    "gamma.cdf(x, 3.2)",
    "chi2.ppf(p, 4)",
    "beta.ppf(p, 2.0, 5.0)",
)


def pure_python(numbers: Any) -> tuple[Any, ...]:
    """What `compute_stats` computes, with `statistics`."""
    return (
        max(numbers) - min(numbers),
        statistics.quantiles(numbers),
        statistics.mean(numbers),
        statistics.stdev(numbers),
    )


def with_numpy(numbers: Any) -> tuple[Any, ...]:
    """The same with NumPy, whose sums are rounded."""
    return (
        numbers.max() - numbers.min(),
        numpy.quantile(numbers, [0.25, 0.5, 0.75], method="weibull"),
        numbers.mean(),
        numbers.std(ddof=1),
    )


def names(module: Any, **data: Any) -> dict[str, Any]:
    """The global names of a statement."""
    return {"stats": module, **data}


def beside_python(only: str) -> Iterator[Row]:
    """The rows of the first table."""
    random = numpy.random.default_rng(1)
    peer = SimpleNamespace(**vars(statistics), compute_stats=pure_python)
    for size, label in ((1_000, "list of 1e3"), (100_000, "list of 1e5")):
        data = {"x": random.lognormal(size=size).tolist(), "y": random.normal(size=size).tolist()}
        for function in ("compute_stats", *ONE_SAMPLE, *TWO_SAMPLES):
            name = f"{function}, {label}"
            if only in name:
                arguments = "x, y" if function in TWO_SAMPLES else "x"
                statement = f"stats.{function}({arguments})"
                yield compare(name, statement, names(stats, **data), names(peer, **data))
    name = "compute_stats, array of 1e6"
    if only in name:
        x = random.normal(size=1_000_000)
        yield compare(name, "stats.compute_stats(x)", names(stats, x=x), names(peer, x=x))


def beside_numpy(only: str) -> Iterator[Row]:
    """The rows of the second table."""
    random = numpy.random.default_rng(2)
    peer = SimpleNamespace(compute_stats=with_numpy)
    for size, label in ((1_000, "1e3"), (1_000_000, "1e6")):
        name = f"compute_stats, array of {label}"
        if only in name:
            x = random.normal(size=size)
            yield compare(name, "stats.compute_stats(x)", names(stats, x=x), names(peer, x=x))


def beside_scipy(only: str) -> Iterator[Row]:
    """The rows of the third table."""
    import scipy.stats

    random = numpy.random.default_rng(3)
    data = {"x": random.exponential(size=100_000), "p": random.uniform(size=20_000)}
    for call in DISTRIBUTIONS:
        if only in call:
            yield compare(call, f"stats.{call}", names(stats, **data), names(scipy.stats, **data))


def missed(rows: list[Row], text: str, least: float) -> list[str]:
    """Rows that are not as fast as they have to be."""
    return [
        f"{row.name}: {row.ratio:.1f}, not {least}" for row in rows if text in row.name and row.ratio < least
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="only rows whose name contains this")
    parser.add_argument("--gate", action="store_true", help="fail where a mark is missed")
    options = parser.parse_args()

    version = sys.version.split()[0]
    rows = print_table(
        f"Python {version}, statistics", beside_python(options.only), ours="rustsci", peer="Python"
    )
    complaints = missed(rows, "compute_stats, list of 1e3", LEAST_ON_LIST)
    complaints += missed(rows, "compute_stats, array", LEAST_ON_ARRAY)
    rows = print_table(f"NumPy {numpy.__version__}", beside_numpy(options.only), ours="rustsci", peer="NumPy")
    complaints += missed(rows, "compute_stats, array of 1e6", LEAST_BESIDE_NUMPY)
    try:
        import scipy
    except ImportError:
        print("\nSciPy is not installed: no table of distributions")
    else:
        print_table(f"SciPy {scipy.__version__}", beside_scipy(options.only), ours="rustsci", peer="SciPy")
    for complaint in complaints:
        print(complaint)
    return 1 if options.gate and complaints else 0


if __name__ == "__main__":
    raise SystemExit(main())
