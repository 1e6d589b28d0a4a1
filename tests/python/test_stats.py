"""`rustsci.stats` beside Python's own `statistics`: the same values, types and exceptions."""

from __future__ import annotations

import array
import json
import math
import statistics
import sys
from collections import deque
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

import pytest

import rustsci
from rustsci import stats
from rustsci.stats.kernel_density import _ALIASES
from rustsci.stats.kernel_quantiles import QUANTILES
from tests.python.oracle import numpy, peer
from tests.python.statistics_oracle.comparison import bits, disagreements
from tests.python.statistics_oracle.samples import KINDS, draw
from tests.suites.statistics import ledger
from tests.suites.statistics.run import NotShipped, run

NUMBERS = [2.5, -1.0, 7.25, 0.1, 0.2, 0.3, 1e10]
FUNCTIONS = (
    "mean", "fmean", "median", "median_low", "median_high", "median_grouped", "mode", "multimode",
    "quantiles", "pstdev", "pvariance", "stdev", "variance",
)  # fmt: skip


@pytest.mark.parametrize("index", range(150))
def test_random_samples_give_the_same_bits(index: int) -> None:
    random = Random(index)

    assert disagreements(draw(random, most=200), random) == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_kind_of_sample_gives_the_same_bits(kind: Any) -> None:
    random = Random(kind.__name__)

    assert disagreements(kind(random, 1000), random) == []


def test_more_numbers_than_one_thread_takes() -> None:
    random = Random(3)
    data = [random.gauss(0.0, 1.0) * 10.0 ** random.randint(-5, 5) for _ in range(300_000)]

    assert stats.mean(data) == statistics.mean(data)
    assert stats.stdev(data) == statistics.stdev(data)
    assert stats.quantiles(data, n=10) == statistics.quantiles(data, n=10)
    assert stats.compute_stats(rustsci.array(data)) == stats.compute_stats(data)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_arrays_of_any_library_are_lists_of_their_numbers(name: str) -> None:
    expected = bits(getattr(statistics, name)(NUMBERS))
    containers: list[Any] = [
        tuple(NUMBERS),
        deque(NUMBERS),
        iter(NUMBERS),
        array.array("d", NUMBERS),
        numpy.array(NUMBERS),
        numpy.array(NUMBERS * 2).reshape(2, -1).T[:, 0],
        rustsci.array(NUMBERS),
        numpy.array(NUMBERS, dtype=object),
        numpy.array(NUMBERS, dtype=">f8"),
    ]

    for container in containers:
        assert bits(getattr(stats, name)(container)) == expected, type(container)


@pytest.mark.parametrize("dtype", ["int8", "uint64", "int64", "bool", "float32", "float16"])
@pytest.mark.parametrize("name", FUNCTIONS)
def test_arrays_of_other_dtypes_are_lists_of_their_numbers(name: str, dtype: str) -> None:
    data = numpy.array([0, 1, 3, 3, 100]).astype(dtype)

    assert bits(getattr(stats, name)(data)) == bits(getattr(statistics, name)(data.tolist()))


def test_columns_of_frames_are_lists_of_their_numbers() -> None:
    pandas, polars = peer("pandas"), pytest.importorskip("polars")

    pyarrow = pytest.importorskip("pyarrow")

    for column in (pandas.Series(NUMBERS), polars.Series(NUMBERS), pyarrow.array(NUMBERS)):
        assert stats.stdev(column) == statistics.stdev(NUMBERS)
        assert stats.quantiles(column) == statistics.quantiles(NUMBERS)


def test_arrays_with_more_axes_are_refused() -> None:
    with pytest.raises(
        TypeError, match=r"mean\(\) takes numbers along one axis, not an array of shape \(2, 2\)"
    ):
        stats.mean(rustsci.ones((2, 2)))


def test_fractions_and_decimals_stay_what_they_are() -> None:
    for numbers in (
        [Fraction(1, 6), Fraction(1, 2), Fraction(5, 3)],
        [Decimal("27.5"), Decimal("30.25"), Decimal("34.5"), Decimal("41.75")],
        [Fraction(1, 3), 2, True],
        [Fraction(1, 3), 0.5],
        *(
            [kind(0.1), kind(0.7), kind(1.9)]
            for kind in (numpy.float64, rustsci.float64)
            if isinstance(kind(0.0), float)
        ),
    ):
        for name in (
            "mean",
            "median",
            "variance",
            "pvariance",
            "stdev",
            "pstdev",
            "quantiles",
            "harmonic_mean",
        ):
            expected, given = getattr(statistics, name)(numbers), getattr(stats, name)(numbers)
            assert (type(given), given) == (type(expected), expected), (name, numbers)


def test_types_that_do_not_go_together_are_refused() -> None:
    with pytest.raises(TypeError, match="coerce"):
        stats.mean([Decimal(1), 0.5])
    with pytest.raises(TypeError):
        stats.mean(["a", "b"])


@pytest.mark.parametrize(
    ("name", "data"),
    [(name, []) for name in FUNCTIONS if name != "multimode"]
    + [("stdev", [1.0]), ("variance", [1]), ("geometric_mean", [-1.0])]
    + [("quantiles", [1.0])] * (sys.version_info < (3, 13))
    + [("harmonic_mean", [1.0, -1.0]), ("compute_stats", [1.0])],
)
def test_too_few_numbers_are_an_error(name: str, data: list[float]) -> None:
    with pytest.raises(statistics.StatisticsError):
        getattr(stats, name)(data)


def test_infinities_and_nan_are_treated_alike() -> None:
    for numbers in ([1.0, math.inf], [math.inf, -math.inf], [math.nan, 2.0, 1.0], [-math.inf, 1]):
        for name in ("mean", "variance", "median", "fmean", "quantiles", "harmonic_mean"):
            outcomes = []
            for module in (statistics, stats):
                try:
                    outcomes.append(bits(getattr(module, name)(numbers)))
                except (ValueError, AttributeError, OverflowError) as error:
                    outcomes.append(str(error))
            assert outcomes[0] == outcomes[1], (name, numbers)


def test_results_beyond_the_range_of_floats_are_errors() -> None:
    with pytest.raises(OverflowError):
        statistics.variance([1e200, -1e200])
    with pytest.raises(OverflowError):
        stats.variance([1e200, -1e200])


def test_products_that_are_not_needed_may_overflow() -> None:
    x, y = [1.3e154, -1.3e154, 1.3e154, -1.3e154], [0.5, 0.25, 1.0, 0.125]

    assert stats.covariance(x, y) == statistics.covariance(x, y)
    try:
        expected = statistics.correlation(x, y)
    except OverflowError:
        with pytest.raises(OverflowError):
            stats.correlation(x, y)
    else:
        assert stats.correlation(x, y) == expected


class TestComputeStats:
    def test_the_known_example(self) -> None:
        response = stats.compute_stats([1, 3, 5, 7, 9, 10, 13, 84, 528])

        assert json.dumps(response._asdict()) == (
            '{"range": 527.0, "quartiles": [4.0, 9.0, 48.5], "mean": 73.33333333333333, '
            '"stddev": 172.43622009311153}'
        )

    def test_whole_numbers_that_no_float_equals_stay_whole(self) -> None:
        response = stats.compute_stats([0, 2**60 + 1, 2**60 + 1])

        assert bits(response.range) == ("int", 2**60 + 1)
        assert bits(response.mean) == bits(statistics.mean([0, 2**60 + 1, 2**60 + 1]))


class TestNormalDist:
    @pytest.mark.parametrize("p", [1e-300, 1e-9, 0.01, 0.074, 0.076, 0.5, 0.93, 1 - 1e-15])
    def test_quantiles_have_the_same_bits(self, p: float) -> None:
        assert stats.NormalDist(3.0, 0.7).inv_cdf(p) == statistics.NormalDist(3.0, 0.7).inv_cdf(p)

    def test_samples_of_a_seed_are_the_same(self) -> None:
        assert stats.NormalDist(1.0, 2.0).samples(5, seed=1) == statistics.NormalDist(1.0, 2.0).samples(
            5, seed=1
        )

    def test_errors(self) -> None:
        with pytest.raises(stats.StatisticsError):
            stats.NormalDist(0.0, -1.0)
        with pytest.raises(stats.StatisticsError):
            stats.NormalDist().inv_cdf(1.0)
        with pytest.raises(TypeError):
            stats.NormalDist().overlap(3)  # type: ignore[arg-type]


class TestKde:
    SAMPLE = (-2.1, -1.3, -0.4, 1.9, 5.1, 6.2)
    KERNELS = (
        "normal", "gauss", "logistic", "sigmoid", "rectangular", "uniform", "triangular", "parabolic",
        "epanechnikov", "quartic", "biweight", "triweight", "cosine",
    )  # fmt: skip

    @pytest.mark.parametrize("kernel", KERNELS)
    def test_densities_add_up_to_their_cumulative_function(self, kernel: str) -> None:
        density = stats.kde(self.SAMPLE, 1.5, kernel)
        cumulative = stats.kde(self.SAMPLE, 1.5, kernel, cumulative=True)

        area = sum(density(-1.0 + (index + 0.5) / 1000) for index in range(3000)) / 1000

        assert cumulative(2.0) - cumulative(-1.0) == pytest.approx(area, abs=1e-6)

    @pytest.mark.skipif(not hasattr(statistics, "kde"), reason="kde is in Python's statistics from 3.13 on")
    @pytest.mark.parametrize("kernel", KERNELS)
    def test_bits_are_those_of_python(self, kernel: str) -> None:
        for cumulative in (False, True):
            ours = stats.kde(self.SAMPLE, 0.7, kernel, cumulative=cumulative)
            theirs = statistics.kde(self.SAMPLE, 0.7, kernel, cumulative=cumulative)  # type: ignore[attr-defined]
            assert [ours(x / 7) for x in range(-50, 60)] == [theirs(x / 7) for x in range(-50, 60)]

    @pytest.mark.parametrize("kernel", KERNELS)
    def test_quantiles_invert_the_cumulative_function(self, kernel: str) -> None:
        cumulative = stats.kde([0.0], 1.0, kernel, cumulative=True)
        quantile = QUANTILES[_ALIASES.get(kernel, kernel)]

        for p in (1e-6, 0.01, 0.3, 0.5, 0.75, 0.999):
            assert cumulative(quantile(p)) == pytest.approx(p, rel=1e-9)

    def test_draws_of_a_seed_are_known(self) -> None:
        # What Python 3.13 draws.
        draw = stats.kde_random(self.SAMPLE, 1.5, seed=8675309)

        assert [draw() for _ in range(3)] == [0.7116954970858063, 6.215287058118953, 1.2305278286004082]

    @pytest.mark.skipif(not hasattr(statistics, "kde_random"), reason="kde_random is in Python from 3.13 on")
    @pytest.mark.parametrize("kernel", KERNELS)
    def test_draws_are_those_of_python(self, kernel: str) -> None:
        ours = stats.kde_random(self.SAMPLE, 0.7, kernel, seed=3)
        theirs = statistics.kde_random(self.SAMPLE, 0.7, kernel, seed=3)  # type: ignore[attr-defined]

        # Python solves for quantiles of some kernels, to some twelve digits.
        expected = [theirs() for _ in range(100)]
        assert [ours() for _ in range(100)] == pytest.approx(expected, abs=1e-10)

    def test_arguments_are_checked(self) -> None:
        for estimate in (stats.kde, stats.kde_random):
            for data, h, kernel in (([], 1.0, "normal"), ([1.0], 0.0, "normal"), ([1.0], 1.0, "flat")):
                with pytest.raises(stats.StatisticsError):
                    estimate(data, h, kernel)
            with pytest.raises(TypeError):
                estimate(["a"], 1.0)


def test_pythons_own_tests_pass() -> None:
    try:
        outcome = run(stats)
    except NotShipped as missing:
        pytest.skip(str(missing))

    assert {test: why for test, why in outcome.failed.items() if ledger.reason(test) is None} == {}
    assert len(outcome.passed) > 200
