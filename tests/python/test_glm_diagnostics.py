"""Diagnostics of models, for data whose answers are known."""

from __future__ import annotations

import json
import math
import random
from typing import Any

import pytest

import rustsci.glm as rs
from tests.python.oracle import numpy as np
from tests.python.oracle import peer

ROWS = 4000


class Draws:
    """Random columns by Python's own generator, which every interpreter has."""

    def __init__(self, seed: int, rows: int = ROWS) -> None:
        self._random = random.Random(seed)
        self._rows = rows

    def normal(self) -> Any:
        return np.array([self._random.gauss(0.0, 1.0) for _ in range(self._rows)])

    def uniform(self, low: float, high: float) -> Any:
        return np.array([self._random.uniform(low, high) for _ in range(self._rows)])

    def choice(self, levels: list[str]) -> list[str]:
        return [self._random.choice(levels) for _ in range(self._rows)]

    def binomial(self, p: Any) -> Any:
        return np.array([float(self._random.random() < q) for q in p.tolist()])

    def poisson(self, mean: Any) -> Any:
        return np.array([float(self._count(m)) for m in mean.tolist()])

    def negative_binomial(self, theta: float, mean: Any) -> Any:
        return np.array(
            [float(self._count(self._random.gammavariate(theta, m / theta))) for m in mean.tolist()]
        )

    def _count(self, mean: float) -> int:
        count, product, limit = 0, self._random.random(), math.exp(-mean)
        while product > limit:
            count += 1
            product *= self._random.random()
        return count


def claims(seed: int, *, shift: float = 0.0) -> dict[str, Any]:
    draw = Draws(seed)
    age = draw.uniform(18.0, 80.0) + shift
    area = draw.choice(["city", "land", "town"])
    years, noise, size = draw.uniform(0.2, 1.0), draw.normal(), draw.normal()
    in_city = np.array([float(level == "city") for level in area])
    rate = np.exp(-1.0 - 0.02 * (age - 50) + 0.5 * in_city + 0.3 * size)
    return {
        "claims": draw.poisson(rate * years),
        "age": age,
        "area": area,
        "years": years,
        "noise": noise,
        "size": size,
    }


@pytest.fixture(scope="module")
def report() -> rs.ModelDiagnostics:
    train, test = claims(1), claims(2, shift=15.0)
    result = rs.glm("claims ~ age + area", train, family="poisson", exposure="years").fit()
    return result.diagnostics(train, test)


def test_a_canonical_model_is_calibrated_overall_and_by_factor(report: rs.ModelDiagnostics) -> None:
    assert report.overall["train"]["actual/expected"] == pytest.approx(1.0, rel=1e-9)
    for row in report.calibration_by_variable["area"]["train"]:
        assert row["actual/expected"] == pytest.approx(1.0, rel=1e-8)


def test_groups_of_predictions_have_equal_exposures_in_order(report: rs.ModelDiagnostics) -> None:
    table = report.calibration["train"]

    exposures = [row["exposure"] for row in table]
    rates = [row["expected"] / row["exposure"] for row in table]
    assert len(table) == 10
    assert max(exposures) / min(exposures) < 1.02
    assert rates == sorted(rates)
    assert sum(row["rows"] for row in table) == ROWS


def test_intervals_of_groups_have_the_variance_of_the_model(report: rs.ModelDiagnostics) -> None:
    row = report.calibration["train"][3]

    # Of Poisson counts it is the mean.
    assert row["high"] - row["actual/expected"] == pytest.approx(1.96 / math.sqrt(row["expected"]), rel=1e-9)


def test_numbers_are_grouped_alike_in_train_and_test(report: rs.ModelDiagnostics) -> None:
    tables = report.actual_expected("age")

    groups = {name: {row["group"] for row in table} for name, table in tables.items()}
    assert groups["test"] <= groups["train"]
    assert len(groups["train"]) == 10


def test_lorenz_and_gini_are_those_of_their_definition(report: rs.ModelDiagnostics) -> None:
    sample = report.samples["train"]
    rate = np.asarray(sample.mean) / np.asarray(sample.exposure)
    order = np.argsort(rate, kind="stable")
    x = np.concatenate([[0], np.cumsum(np.asarray(sample.exposure)[order])])
    y = np.concatenate([[0], np.cumsum(np.asarray(sample.response)[order])])
    expected = 1 - 2 * np.trapezoid(y / y[-1], x / x[-1])

    assert report.discrimination["train"]["gini"] == pytest.approx(expected, rel=1e-10)
    assert 0 < report.discrimination["train"]["normalized"] < 1
    curve = report.lorenz["train"]
    assert curve["exposure"][0] == curve["actual"][0] == 0.0
    assert curve["actual"][-1] == pytest.approx(1.0)


def test_columns_left_out_are_found_and_noise_is_not(report: rs.ModelDiagnostics) -> None:
    tests = {row["term"]: row for row in report.left_out}

    assert set(tests) == {"noise", "size"}
    assert tests["size"]["p"] < 1e-6 < 1e-3 < tests["noise"]["p"]
    assert report.left_out[0]["term"] == "size"
    assert any("size" in warning and "lacks" in warning for warning in report.warnings)


def test_drift_is_found_in_the_column_that_moved(report: rs.ModelDiagnostics) -> None:
    assert report.drift["age"]["psi"] > 0.25
    assert report.drift["age"]["judgement"] == "drifted"
    assert report.drift["area"]["psi"] < 0.02
    assert any("age" in warning and "train and test" in warning for warning in report.warnings)


def test_the_stability_index_is_that_of_its_definition() -> None:
    train = {"y": [1.0, 2.0, 3.0, 2.0] * 25, "g": ["a", "a", "b", "b"] * 25}
    test = {"y": [1.0, 2.0, 3.0, 2.0] * 25, "g": ["a", "b", "b", "b"] * 25}

    drift = rs.glm("y ~ g", train).fit().diagnostics(test=test).drift["g"]

    p, q = np.array([0.5, 0.5]), np.array([0.25, 0.75])
    assert drift["psi"] == pytest.approx(float(((q - p) * np.log(q / p)).sum()), rel=1e-12)


def test_interactions_and_curvature_are_found() -> None:
    draw = Draws(3)
    a, b, c, error = (draw.normal() for _ in range(4))
    data = {
        "y": a + b + 0.5 * a * b + 0.3 * a**2 + error,
        "a": a,
        "b": b,
        "c": c,
    }

    report = rs.glm("y ~ a + b + c", data).fit().diagnostics()

    assert report.interactions[0]["term"] == "a:b"
    assert report.interactions[0]["p"] < 1e-20 < 1e-3 < report.interactions[1]["p"]
    assert report.curvature[0]["term"] == "a**2"


def test_overdispersion_is_found() -> None:
    draw = Draws(5)
    x = draw.normal()
    data = {"y": draw.negative_binomial(0.8, np.exp(0.3 * x)), "x": x}

    dispersed = rs.glm("y ~ x", data, family="poisson").fit().diagnostics()
    right = rs.glm("y ~ x", data, family="negative_binomial").fit().diagnostics()

    assert dispersed.overdispersion["pearson"] > 1.5
    assert dispersed.overdispersion["dean"]["p"] < 1e-6
    assert dispersed.overdispersion["zeros"]["actual/expected"] > 1.1
    assert right.overdispersion["zeros"]["actual/expected"] == pytest.approx(1.0, abs=0.05)
    assert any("dispersion is" in warning for warning in dispersed.warnings)


def test_hosmer_and_lemeshow_and_the_area_under_the_curve() -> None:
    metrics = peer("scipy.stats")
    draw = Draws(6)
    x = draw.normal()
    data = {"y": draw.binomial(1 / (1 + np.exp(-(0.5 + x + 0.8 * x**2)))), "x": x}
    wrong = rs.glm("y ~ x", data, family="binomial").fit()
    right = rs.glm("y ~ x + I(x**2)", data, family="binomial").fit()

    assert wrong.diagnostics().hosmer_lemeshow["train"]["p"] < 1e-6
    assert right.diagnostics().hosmer_lemeshow["train"]["p"] > 1e-3
    mean = np.asarray(right.fittedvalues)
    y = data["y"] == 1
    u = metrics.mannwhitneyu(mean[y], mean[~y]).statistic
    assert right.diagnostics().discrimination["train"]["auc"] == pytest.approx(
        u / (y.sum() * (~y).sum()), rel=1e-12
    )


def test_partial_dependence_is_the_mean_prediction(report: rs.ModelDiagnostics) -> None:
    table = {row["value"]: row["mean"] for row in report.partial_dependence["area"]}
    relativity = report.results.relativities()["area[T.land]"]

    # With the log link and no products the shape is that of the relativities.
    assert table["land"] / table["city"] == pytest.approx(relativity, rel=1e-9)
    ages = report.partial_dependence["age"]
    assert [row["mean"] for row in ages] == sorted((row["mean"] for row in ages), reverse=True)


def test_everything_goes_into_json_and_text(report: rs.ModelDiagnostics) -> None:
    kept = json.loads(report.to_json())

    assert kept["rows"] == {"train": ROWS, "test": ROWS}
    assert kept["drift"]["age"]["psi"] == pytest.approx(report.drift["age"]["psi"])
    assert "Groups of predictions, test" in str(report)
    assert report._repr_html_().count("<table>") > 5


def test_a_model_without_data_is_given_them() -> None:
    train = claims(1)
    result = rs.glm("claims ~ age + area", train, family="poisson", exposure="years").fit()
    kept = rs.GLMResults.from_json(result.to_json())

    with pytest.raises(ValueError, match="give train="):
        rs.ModelDiagnostics(kept)
    again = rs.ModelDiagnostics(kept, train)
    assert again.discrimination == result.diagnostics().discrimination


def test_offsets_given_as_values_are_asked_for() -> None:
    train = claims(1)
    result = rs.glm("claims ~ age", train, family="poisson", exposure=train["years"]).fit()

    with pytest.raises(ValueError, match="exposure= as well"):
        result.diagnostics(test=claims(2))
    test = claims(2)
    found = result.diagnostics(test=test, test_exposure=test["years"])
    assert found.overall["test"]["actual/expected"] == pytest.approx(1.0, abs=0.2)


def test_missing_values_are_left_out_of_tables() -> None:
    train = claims(1)
    train["age"][:50] = np.nan
    result = rs.glm("claims ~ age + area", train, family="poisson", exposure="years").fit()

    report = result.diagnostics()

    assert sum(row["rows"] for row in report.calibration["train"]) == ROWS - 50
    assert sum(row["rows"] for row in report.actual_expected("size")["train"]) == ROWS - 50


def test_explore_data() -> None:
    data = claims(1)
    data["area"][0] = None
    data["same"] = [1.0] * ROWS
    data["twin"] = 2 * data["age"] + 0.001 * data["noise"]

    found = rs.explore_data(data, "claims", exposure="years")

    assert found.columns["area"]["missing"] == 1
    assert found.columns["age"]["mean"] == pytest.approx(data["age"].mean())
    assert found.response["mean rate"] == pytest.approx(data["claims"].sum() / data["years"].sum())
    assert found.response["families"][0] == "poisson"
    rates = {row["group"]: row["rate"] for row in found.by_column["area"]}
    assert rates["city"] > rates["land"]
    strength = [row["column"] for row in found.associations]
    assert strength.index("age") < strength.index("noise")
    assert found.correlations[0]["correlation"] > 0.999
    said = " ".join(found.warnings)
    assert "same value in every row" in said
    assert "1 of 4000 values are missing" in said
    assert "correlated" in said
    assert json.loads(found.to_json())["rows"] == ROWS
    with pytest.raises(ValueError, match="did you mean 'claims'"):
        rs.explore_data(data, "claim")


PLOTS = [
    ("plot_residuals", ()),
    ("plot_residuals", ("quantile", "age")),
    ("plot_qq", ()),
    ("plot_influence", ()),
    ("plot_cooks_distance", ()),
    ("plot_coefficients", ()),
    ("plot_relativities", ()),
    ("plot_partial_residuals", ("age",)),
    ("plot_added_variable", ("age",)),
    ("plot_ceres_residuals", ("age",)),
    ("plot_calibration", ()),
    ("plot_actual_expected", ("area",)),
    ("plot_lorenz", ()),
    ("plot_lift", ()),
    ("plot_partial_dependence", ("age",)),
]


@pytest.mark.parametrize(
    ("name", "arguments"), PLOTS, ids=lambda value: "-".join(value) if isinstance(value, tuple) else value
)
def test_every_plot_draws(name: str, arguments: tuple[str, ...], tmp_path: Any) -> None:
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("Agg")
    from matplotlib import pyplot

    data = {key: values[:400] for key, values in claims(1).items()}
    result = rs.glm("claims ~ age + area", data, family="poisson", exposure="years").fit()

    axes = getattr(result, name)(*arguments)

    assert axes.has_data()
    assert axes.get_xlabel() or axes.get_ylabel()
    axes.figure.savefig(tmp_path / "plot.png")
    pyplot.close("all")


@pytest.mark.parametrize("name", ["plot_calibration", "plot_lorenz", "plot_lift", "plot_drift"])
def test_plots_of_train_and_test(name: str, report: rs.ModelDiagnostics) -> None:
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("Agg")
    from matplotlib import pyplot

    assert getattr(report, name)().has_data()
    pyplot.close("all")
