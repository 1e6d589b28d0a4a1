"""What `rustsci.stats` has beyond `statistics`: distributions, summaries, descriptions, quantiles."""

from __future__ import annotations

import math
import pickle
import statistics
from random import Random
from typing import Any

import pytest

import rustsci
from rustsci import stats
from tests.python.oracle import is_exactly, numpy, peer

FAMILIES = {
    "norm": (stats.norm, (0.5, 2.0)),
    "t": (stats.t, (4.5,)),
    "chi2": (stats.chi2, (3.0,)),
    "f": (stats.f, (3.0, 8.0)),
    "gamma": (stats.gamma, (2.5, 1.5)),
    "beta": (stats.beta, (0.5, 3.0)),
    "binom": (stats.binom, (20, 0.3)),
    "poisson": (stats.poisson, (4.2,)),
    "nbinom": (stats.nbinom, (3.5, 0.4)),
}
METHODS = (
    "inverted_cdf", "averaged_inverted_cdf", "closest_observation", "interpolated_inverted_cdf", "hazen",
    "weibull", "linear", "median_unbiased", "normal_unbiased",
)  # fmt: skip
DISCRETE = ("binom", "poisson", "nbinom")


class TestDistributions:
    @pytest.mark.parametrize("name", FAMILIES)
    def test_tails_add_up_and_quantiles_invert(self, name: str) -> None:
        family, parameters = FAMILIES[name]
        p = rustsci.array([0.001, 0.2, 0.5, 0.77, 0.9999])

        x = family.ppf(p, *parameters)

        total = family.cdf(x, *parameters) + family.sf(x, *parameters)
        assert abs(total - 1.0).max() < 1e-15
        if name in DISCRETE:
            assert (family.cdf(x, *parameters) >= p).all()
            assert (family.cdf(x - 1, *parameters) < p).all()
        else:
            assert abs(family.cdf(x, *parameters) / p - 1.0).max() < 1e-14

    @pytest.mark.parametrize("name", DISCRETE)
    def test_probabilities_add_up_to_the_cumulative_ones(self, name: str) -> None:
        family, parameters = FAMILIES[name]

        total = family.pmf(rustsci.arange(8), *parameters).sum()

        assert float(total) == pytest.approx(float(family.cdf(7, *parameters)), rel=1e-14)
        assert float(family.logpmf(3, *parameters)) == pytest.approx(math.log(family.pmf(3, *parameters)))

    @pytest.mark.parametrize("name", [name for name in FAMILIES if name not in DISCRETE])
    def test_densities_are_the_slope_of_the_cumulative_function(self, name: str) -> None:
        family, parameters = FAMILIES[name]
        x, step = 0.6, 1e-5

        slope = (family.cdf(x + step, *parameters) - family.cdf(x - step, *parameters)) / (2 * step)

        assert float(family.pdf(x, *parameters)) == pytest.approx(float(slope), rel=1e-8)
        assert float(family.logpdf(x, *parameters)) == pytest.approx(math.log(family.pdf(x, *parameters)))

    def test_scipy_agrees(self) -> None:
        scipy_stats = peer("scipy.stats")
        for name, (family, parameters) in FAMILIES.items():
            theirs = getattr(scipy_stats, name)
            arguments = (2.5, 0.0, 1.5) if name == "gamma" else parameters
            for method in ("cdf", "sf", "pmf" if name in DISCRETE else "pdf"):
                expected = getattr(theirs, method)(numpy.arange(1.0, 9.0) / 2, *arguments)
                given = getattr(family, method)(numpy.arange(1.0, 9.0) / 2, *parameters)
                numpy.testing.assert_allclose(given, expected, rtol=1e-11, err_msg=f"{name}.{method}")

    def test_values_and_parameters_are_broadcast(self) -> None:
        x, df = numpy.array([[0.5], [1.5]]), numpy.array([1.0, 2.0, 2.0, 30.0])

        found = stats.t.cdf(x, df)

        assert is_exactly(found, numpy.ndarray)
        expected = [[float(stats.t.cdf(value, degrees)) for degrees in df] for value in (0.5, 1.5)]
        assert found.tolist() == expected
        with pytest.raises(ValueError, match=r"could not be broadcast together with shapes \(2,\) \(3,\)"):
            stats.t.cdf([1.0, 2.0], df=[1.0, 2.0, 3.0])

    def test_large_arrays_are_split_without_a_trace(self) -> None:
        x = rustsci.linspace(-9.0, 9.0, 5001)
        df = rustsci.where(rustsci.arange(5001) < 3000, 2.0, 7.0)

        found = stats.t.cdf(x, df)

        assert float(found[2999]) == float(stats.t.cdf(x[2999], 2.0))
        assert float(found[3000]) == float(stats.t.cdf(x[3000], 7.0))
        assert (stats.norm.cdf(x)[::1000] == stats.norm.cdf(x[::1000])).all()

    def test_parameters_outside_their_range_give_nan(self) -> None:
        assert numpy.isnan(stats.gamma.cdf(1.0, -1.0))
        assert stats.poisson.pmf(0, numpy.array([-1.0, 1.0])).tolist()[1] == math.exp(-1.0)
        assert numpy.isnan(stats.norm.ppf(1.5))

    def test_results_come_back_in_the_callers_library(self) -> None:
        pandas = peer("pandas")
        column = pandas.Series([0.1, 0.9], index=["a", "b"], name="p")

        found = stats.norm.ppf(column)

        assert list(found.index) == ["a", "b"]
        assert type(stats.norm.ppf([0.1])) is rustsci.ndarray
        assert type(stats.norm.ppf(0.5)) is rustsci.float64
        assert type(stats.norm.ppf(numpy.float64(0.5))) is numpy.float64

    def test_frozen_distributions_keep_their_parameters(self) -> None:
        assert repr(stats.t(df=3)) == "t(df=3)"
        assert stats.t(df=3).sf(2.0) == stats.t.sf(2.0, 3)

    @pytest.mark.parametrize(
        ("call", "error", "message"),
        [
            (lambda: stats.t.cdf(1.0), TypeError, "t needs the parameter 'df'"),
            (lambda: stats.t.cdf(1.0, 2.0, 3.0), TypeError, "t takes the parameters df, but 2 were given"),
            (lambda: stats.gamma.cdf(1.0, 2.0, loc=1.0), TypeError, "gamma has no parameter 'loc'"),
            (lambda: stats.norm.cdf(1.0, 2.0, loc=1.0), TypeError, "two values of the parameter 'loc'"),
            (lambda: stats.norm.pmf(1.0), AttributeError, "norm is continuous and has no pmf; use pdf"),
            (lambda: stats.poisson.logpdf(1.0, 2.0), AttributeError, "poisson is discrete .* use logpmf"),
            (lambda: stats.norm.cdf(1j), TypeError, "norm.cdf takes real numbers, not complex128"),
        ],
    )
    def test_wrong_calls_are_told_what_is_wrong(self, call: Any, error: type, message: str) -> None:
        with pytest.raises(error, match=message):
            call()


class TestSummary:
    def test_pieces_and_order_make_no_difference(self) -> None:
        random = Random(5)
        numbers = [random.gauss(0.0, 1.0) * 10.0 ** random.randint(-20, 20) for _ in range(500)]
        whole = stats.Summary(numbers)
        pieces = stats.Summary()
        for start in range(0, 500, 70):
            pieces.update(numbers[start : start + 70])
        merged = stats.Summary(numbers[300:])
        merged.merge(stats.Summary(numbers[:300]))

        for name in ("count", "sum", "mean", "variance", "pstdev", "min", "max", "skewness", "kurtosis"):
            assert getattr(whole, name) == getattr(pieces, name) == getattr(merged, name), name
        assert whole.mean == statistics.mean(numbers)
        assert whole.stdev == statistics.stdev(numbers)
        assert whole.pvariance == statistics.pvariance(numbers)

    def test_nothing_is_known_of_no_numbers(self) -> None:
        empty = stats.Summary()

        assert (empty.count, empty.missing, empty.sum) == (0, 0, 0.0)
        assert all(map(math.isnan, (empty.mean, empty.variance, empty.min, empty.max, empty.skewness)))

    def test_pickles_carry_the_state(self) -> None:
        summary = stats.Summary([1.0, math.nan, 4.0])

        copy = pickle.loads(pickle.dumps(summary))

        assert (copy.count, copy.missing, copy.mean) == (2, 1, 2.5)
        with pytest.raises(ValueError, match="not the state of a summary"):
            stats.Summary._of_state(b"something else")

    def test_only_summaries_merge(self) -> None:
        with pytest.raises(TypeError, match=r"not with 'list'; update\(\) adds numbers"):
            stats.Summary().merge([1.0])


class TestDescribe:
    def test_columns_are_described_as_pandas_does(self) -> None:
        pandas = peer("pandas")
        column = pandas.Series([0.5, 3.0, math.nan, -2.0, 8.0, 8.5])

        found, theirs = stats.describe(column), column.describe()

        assert found.missing == 1
        expected = theirs[["count", "mean", "std", "min", "25%", "50%", "75%", "max"]].tolist()
        assert [found.count, found.mean, found.std, found.min, *found.quartiles, found.max] == expected

    def test_shape_is_that_of_scipy(self) -> None:
        scipy_stats = peer("scipy.stats")
        numbers = numpy.random.default_rng(1).gamma(2.0, size=1000)

        found = stats.describe(numbers)

        assert found.skewness == pytest.approx(scipy_stats.skew(numbers), rel=1e-12)
        assert found.kurtosis == pytest.approx(scipy_stats.kurtosis(numbers), rel=1e-12)

    def test_few_numbers_leave_gaps(self) -> None:
        one, none = stats.describe([2.0]), stats.describe([math.nan])

        assert (one.count, one.mean, one.quartiles) == (1, 2.0, (2.0, 2.0, 2.0))
        assert math.isnan(one.std)
        assert (none.count, none.missing) == (0, 1)
        assert all(map(math.isnan, (*none.quartiles, none.mean, none.max)))

    def test_the_rule_of_quartiles_can_be_chosen(self) -> None:
        numbers = [1.0, 3.0, 5.0, 7.0, 9.0, 10.0, 13.0, 84.0, 528.0]

        assert stats.describe(numbers, method="exclusive").quartiles == (4.0, 9.0, 48.5)
        with pytest.raises(ValueError, match="'inclusive' or 'exclusive', not 'linear'"):
            stats.describe(numbers, method="linear")  # type: ignore[arg-type]


class TestQuantile:
    @pytest.mark.parametrize("number", range(1, 10))
    def test_numbers_are_names(self, number: int) -> None:
        data = numpy.random.default_rng(number).normal(size=(7, 5))
        name = METHODS[number - 1]

        found = stats.quantile(data, [0.1, 0.5, 0.83], method=number, axis=0)

        assert is_exactly(found, numpy.ndarray)
        numpy.testing.assert_allclose(
            found, numpy.quantile(data, [0.1, 0.5, 0.83], method=name, axis=0), rtol=1e-14
        )

    def test_unknown_methods_are_refused(self) -> None:
        for method in (0, 10, True, 2.5, "seventh"):
            with pytest.raises(ValueError, match=r"method|seventh"):
                stats.quantile([1.0, 2.0], 0.5, method=method)  # type: ignore[arg-type]


class TestWeights:
    def test_frequencies_are_repetitions(self) -> None:
        numbers, times = [1.5, 2.0, -4.0, 0.25], [3, 1, 2, 4]
        repeated = [x for x, count in zip(numbers, times, strict=True) for _ in range(count)]

        assert stats.weighted_mean(numbers, times) == statistics.mean(repeated)
        assert stats.weighted_variance(numbers, times) == pytest.approx(
            statistics.variance(repeated), rel=1e-14
        )
        found = stats.weighted_stdev(numbers, times, kind="population")
        assert found == pytest.approx(statistics.pstdev(repeated), rel=1e-14)

    def test_reliabilities_do_not_depend_on_their_scale(self) -> None:
        numbers, weights = [1.0, 2.0, 5.0], numpy.array([0.2, 0.3, 0.5])

        small = stats.weighted_variance(numbers, weights, kind="reliability")

        assert small == pytest.approx(
            stats.weighted_variance(numbers, weights * 10, kind="reliability"), rel=1e-14
        )

    def test_arguments_are_checked(self) -> None:
        for data, weights, kind in (
            ([1.0], [1.0, 2.0], "frequency"),
            ([1.0, 2.0], [0.0, 0.0], "frequency"),
            ([1.0, 2.0], [2.0, -1.0], "frequency"),
            ([1.0, 2.0], [0.5, 0.5], "frequency"),
            ([1.0, 2.0], [1.0, 1.0], "weekly"),
        ):
            with pytest.raises(ValueError, match=r"weights|length|kind"):
                stats.weighted_variance(data, weights, kind=kind)  # type: ignore[arg-type]
