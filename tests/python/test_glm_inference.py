"""Covariances, intervals and tests beside statsmodels, and beside what they are by definition."""

from __future__ import annotations

import warnings
from typing import Any

import pytest

import rustsci.glm as rs
from tests.python.oracle import numpy as np
from tests.python.oracle import peer

statsmodels = peer("statsmodels.api")
pandas = peer("pandas")
families = statsmodels.families

ROWS = 300


def sample(seed: int = 1) -> dict[str, Any]:
    rng = np.random.default_rng(seed)
    x, z = rng.normal(size=ROWS), rng.uniform(0.0, 2.0, size=ROWS)
    g = rng.choice(list("abc"), ROWS)
    mean = np.exp(0.4 + 0.3 * x - 0.2 * z + 0.4 * (g == "b"))
    return {
        "y": rng.poisson(mean).astype(float),
        "positive": rng.gamma(2.0, mean / 2.0),
        "binary": rng.binomial(1, mean / (1 + mean)).astype(float),
        "x": x,
        "z": z,
        "g": g,
        "firm": rng.integers(0, 20, ROWS),
        "year": rng.integers(0, 8, ROWS),
    }


def matrix(data: dict[str, Any]) -> Any:
    return np.column_stack([np.ones(ROWS), data["x"], data["z"], data["g"] == "b", data["g"] == "c"]).astype(
        float
    )


def theirs(data: dict[str, Any], response: str, family: Any, **fit: Any) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return statsmodels.GLM(data[response], matrix(data), family=family).fit(tol=1e-13, maxiter=200, **fit)


CASES = [
    ("y", "poisson", None, families.Poisson()),
    ("binary", "binomial", "probit", families.Binomial(families.links.Probit())),
    ("positive", "gamma", "log", families.Gamma(families.links.Log())),
]


@pytest.mark.parametrize(("response", "family", "link", "peer"), CASES, ids=lambda value: str(value)[:12])
@pytest.mark.parametrize("correct", [True, False])
def test_cluster_robust_errors(
    response: str, family: str, link: str | None, peer: Any, correct: bool
) -> None:
    data = sample()
    options = {"groups": data["firm"], "use_correction": correct}

    ours = rs.glm(f"{response} ~ x + z + g", data, family=family, link=link).fit(
        cov_type="cluster", cov_kwds={"groups": "firm", "use_correction": correct}
    )

    expected = theirs(data, response, peer, cov_type="cluster", cov_kwds=options)
    np.testing.assert_allclose(ours.bse, expected.bse, rtol=1e-6)
    assert ours.df_resid_inference == 19


def test_two_way_clusters() -> None:
    data = sample()
    groups = np.column_stack([data["firm"], data["year"]])
    model = rs.glm("y ~ x + z + g", data, family="poisson")

    by_names = model.fit(cov_type="cluster", cov_kwds={"groups": ["firm", "year"]})
    by_values = model.fit(cov_type="cluster", cov_kwds={"groups": groups})

    expected = theirs(data, "y", families.Poisson(), cov_type="cluster", cov_kwds={"groups": groups})
    np.testing.assert_allclose(by_names.bse, expected.bse, rtol=1e-6)
    np.testing.assert_array_equal(by_names.bse, by_values.bse)


def test_groups_are_left_out_with_their_rows() -> None:
    data = sample()
    data["x"][3] = np.nan
    kept = np.arange(ROWS) != 3
    less = {name: values[kept] for name, values in data.items()}

    options = {"cov_type": "cluster", "cov_kwds": {"groups": "firm"}}
    with_missing = rs.glm("y ~ x + g", data, family="poisson").fit(**options)
    without = rs.glm("y ~ x + g", less, family="poisson").fit(**options)

    np.testing.assert_array_equal(with_missing.bse, without.bse)


@pytest.mark.parametrize(("response", "family", "link", "peer"), CASES, ids=lambda value: str(value)[:12])
def test_white_errors_have_the_observed_information(
    response: str, family: str, link: str | None, peer: Any
) -> None:
    data = sample()

    ours = rs.glm(f"{response} ~ x + z + g", data, family=family, link=link).fit(cov_type="HC0")

    np.testing.assert_allclose(ours.bse, theirs(data, response, peer, cov_type="HC0").bse, rtol=1e-6)


@pytest.mark.parametrize(("response", "family", "link", "peer"), CASES, ids=lambda value: str(value)[:12])
def test_the_likelihood_and_its_derivatives(response: str, family: str, link: str | None, peer: Any) -> None:
    data = sample()
    params = np.array([0.1, 0.2, -0.1, 0.05, 0.3])
    ours = rs.glm(f"{response} ~ x + z + g", data, family=family, link=link)
    model = statsmodels.GLM(data[response], matrix(data), family=peer)

    # statsmodels' binomial likelihood knows no dispersion.
    for scale in (None, 1.0) if family == "binomial" else (None, 1.0, 0.7):
        assert ours.loglike(params, scale) == pytest.approx(model.loglike(params, scale=scale), rel=1e-9)
        np.testing.assert_allclose(ours.score(params, scale), model.score(params, scale=scale), rtol=1e-8)
        np.testing.assert_allclose(
            ours.score_obs(params, scale), model.score_obs(params, scale=scale), rtol=1e-8
        )
        for observed in (True, False):
            np.testing.assert_allclose(
                ours.hessian(params, scale, observed=observed),
                model.hessian(params, scale=scale, observed=observed),
                rtol=1e-7,
                atol=1e-9,
            )


@pytest.mark.parametrize(
    "hypothesis", ["x = 0", "x = z", "x + 2*z = 0.5", "x = 0, g[T.b] = g[T.c]", ["x = 0.1", "z = 0"]]
)
def test_linear_hypotheses(hypothesis: Any) -> None:
    data = sample()
    ours = rs.glm("y ~ x + z + g", data, family="poisson").fit()
    expected = theirs(data, "y", families.Poisson())
    text = hypothesis if isinstance(hypothesis, str) else ", ".join(hypothesis)
    for ours_name, their_name in (("g[T.b]", "x3"), ("g[T.c]", "x4"), ("z", "x2")):
        text = text.replace(ours_name, their_name)
    text = ", ".join(part if "x1" in part else _renamed(part) for part in text.split(","))

    each, wald = ours.t_test(hypothesis), ours.wald_test(hypothesis)

    their_each, their_wald = expected.t_test(text), expected.wald_test(text, scalar=True)
    np.testing.assert_allclose(each.effect, their_each.effect, rtol=1e-6)
    np.testing.assert_allclose(each.sd, np.ravel(their_each.sd), rtol=1e-6)
    np.testing.assert_allclose(each.pvalue, np.ravel(their_each.pvalue), rtol=1e-5)
    np.testing.assert_allclose(each.conf_int(), their_each.conf_int(), rtol=1e-5, atol=1e-9)
    assert float(wald.statistic) == pytest.approx(float(their_wald.statistic), rel=1e-6)
    assert float(wald.pvalue) == pytest.approx(float(their_wald.pvalue), rel=1e-5)


def _renamed(part: str) -> str:
    """The column x is statsmodels' x1, but in x2 and the like."""
    import re

    return re.sub(r"\bx\b", "x1", part)


@pytest.mark.parametrize(
    ("hypothesis", "message"),
    [
        ("xx = 0", "did you mean 'x'"),
        ("x * z = 0", "not linear"),
        ("x = ", "expected"),
        ("1 = 2", "no coefficient"),
    ],
)
def test_hypotheses_that_are_none(hypothesis: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        rs.glm("y ~ x + z", sample(), family="poisson").fit().wald_test(hypothesis)


def test_profile_intervals_are_where_the_likelihood_has_fallen() -> None:
    data = sample()
    result = rs.glm("binary ~ x + z", data, family="binomial").fit()
    cut = 3.841458820694124  # The 95 % point of χ² with one degree of freedom.

    low, high = np.asarray(result.conf_int(method="profile"))[1]

    for end in (low, high):
        offset = end * data["x"]
        without = rs.glm("binary ~ z", data, family="binomial", offset=offset).fit()
        assert without.deviance - result.deviance == pytest.approx(cut, rel=1e-8)
    assert low < result.params[1] < high


def test_profile_intervals_have_no_end_where_the_data_are_separated() -> None:
    data = {"y": [0.0, 0, 0, 1, 0, 0], "g": list("aaabbb")}

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        result = rs.glm("y ~ g", data, family="binomial").fit(maxiter=30)
        low, high = np.asarray(result.conf_int(method="profile"))[1]

    assert high == np.inf
    assert np.isfinite(low)


@pytest.mark.parametrize("use_f", [False, True])
def test_likelihood_ratio_of_a_hypothesis_is_that_of_the_smaller_model(use_f: bool) -> None:
    data = sample()
    result = rs.glm("positive ~ x + z + g", data, family="gamma", link="log").fit()
    smaller = rs.glm("positive ~ x + g", data, family="gamma", link="log").fit()

    test = result.lr_test("z = 0", use_f=use_f)

    assert float(test.statistic) == pytest.approx(
        (smaller.deviance - result.deviance) / result.scale, rel=1e-9
    )
    if not use_f:
        assert float(result.compare_lr_test(smaller).statistic) == pytest.approx(
            float(test.statistic), rel=1e-9
        )


@pytest.mark.parametrize("term", ["z", "g", "I(x**2)", "x:z"])
def test_score_tests_of_terms_left_out(term: str) -> None:
    data = sample()
    result = rs.glm("y ~ x", data, family="poisson").fit()
    design = np.column_stack([np.ones(ROWS), data["x"]])
    model = statsmodels.GLM(data["y"], design, family=families.Poisson())
    params = model.fit(tol=1e-14).params
    added = {
        "z": data["z"],
        "g": np.column_stack([data["g"] == "b", data["g"] == "c"]).astype(float),
        "I(x**2)": data["x"] ** 2,
        "x:z": data["x"] * data["z"],
    }[term]

    test = result.score_test(term)

    statistic, p, df = model.score_test(params, exog_extra=added)
    assert float(test.statistic) == pytest.approx(float(np.ravel(statistic)[0]), rel=1e-6)
    assert float(test.pvalue) == pytest.approx(float(np.ravel(p)[0]), rel=1e-5)
    assert test.df == df
    assert float(result.score_test(added).statistic) == pytest.approx(float(test.statistic), rel=1e-12)


def test_sequential_analysis_of_deviance_is_that_of_nested_models() -> None:
    data = sample()
    formulas = ["y ~ 1", "y ~ x", "y ~ x + g", "y ~ x + g + x:g"]
    fits = [rs.glm(formula, data, family="poisson").fit() for formula in formulas]

    by_terms, by_models = rs.anova(fits[-1]), rs.anova(*fits)

    assert [row.get("term") for row in by_terms] == ["(constant)", "x", "g", "x:g"]
    for one, other in zip(by_terms[1:], by_models[1:], strict=True):
        for key in ("df", "deviance_difference", "p"):
            assert one[key] == pytest.approx(other[key], rel=1e-8)


def test_marginal_analyses_of_deviance() -> None:
    data = sample()
    result = rs.glm("y ~ x * g + z", data, family="poisson").fit()

    second = {row["term"]: row for row in rs.anova(result, type=2)}
    third = {row["term"]: row for row in rs.anova(result, type=3)}

    def deviance(formula: str) -> float:
        return float(rs.glm(formula, data, family="poisson").fit().deviance)

    assert second["x"]["deviance_difference"] == pytest.approx(
        deviance("y ~ g + z") - deviance("y ~ x + g + z")
    )
    assert second["x:g"]["deviance_difference"] == pytest.approx(deviance("y ~ x + g + z") - result.deviance)
    assert third["z"]["deviance_difference"] == pytest.approx(deviance("y ~ x * g") - result.deviance)
    # Without its column, but with those of the product: the slope of the base level is zero.
    assert third["x"]["df"] == 1
    slopes = [data["x"] * (data["g"] == level) for level in "bc"]
    columns = np.column_stack([matrix(data)[:, [0, 2, 3, 4]], *slopes])
    peer = statsmodels.GLM(data["y"], columns, family=families.Poisson()).fit(tol=1e-13)
    assert third["x"]["deviance_difference"] == pytest.approx(peer.deviance - result.deviance, rel=1e-6)


def test_an_estimated_dispersion_asks_for_f() -> None:
    rows = rs.anova(rs.glm("positive ~ x + z", sample(), family="gamma", link="log").fit(), type=2)
    chi2 = rs.anova(
        rs.glm("positive ~ x + z", sample(), family="gamma", link="log").fit(), type=2, test="Chisq"
    )

    assert rows[0]["statistic"] == pytest.approx(chi2[0]["statistic"], rel=1e-12)
    assert rows[0]["p"] > chi2[0]["p"]


def test_influence_is_one_step_without_the_row() -> None:
    data = sample()
    result = rs.glm("y ~ x + z", data, family="poisson").fit()
    design = np.column_stack([np.ones(ROWS), data["x"], data["z"]])
    peer = statsmodels.GLM(data["y"], design, family=families.Poisson()).fit(tol=1e-13)
    influence = peer.get_influence()

    np.testing.assert_allclose(result.leverage, influence.hat_matrix_diag, rtol=1e-6)
    np.testing.assert_allclose(result.cooks_distance, influence.cooks_distance[0], rtol=1e-6)
    np.testing.assert_allclose(result.resid_studentized, influence.resid_studentized, rtol=1e-6)
    np.testing.assert_allclose(result.dfbetas, influence.dfbetas, rtol=1e-5, atol=1e-9)
    row = int(np.argmax(np.asarray(result.cooks_distance)))
    kept = np.arange(ROWS) != row
    without = rs.glm(
        "y ~ x + z", {name: values[kept] for name, values in data.items()}, family="poisson"
    ).fit()
    change = np.asarray(result.params) - np.asarray(without.params)
    # One step is not the whole way: the signs and most of the size agree.
    np.testing.assert_allclose(np.asarray(result.dfbeta)[row], change, rtol=0.2, atol=2e-3)


def test_variance_inflation_is_that_of_regressions_on_the_other_columns() -> None:
    variance_inflation_factor = peer("statsmodels.stats.outliers_influence").variance_inflation_factor

    data = sample()
    data["x"] = data["x"] + 0.8 * data["z"]
    design = np.column_stack([np.ones(ROWS), data["x"], data["z"]])

    factors = rs.glm("y ~ x + z + g", data).fit().vif()
    plain = rs.glm("y ~ x + z", data).fit().vif()

    assert plain["x"][0] == pytest.approx(variance_inflation_factor(design, 1), rel=1e-9)
    assert factors["g"][1] == 2
    assert factors["g"][2] == pytest.approx(factors["g"][0] ** 0.25)


@pytest.mark.parametrize("kind", ["cs", "mcf"])
def test_pseudo_r_squared(kind: str) -> None:
    data = sample()
    ours = rs.glm("y ~ x + z + g", data, family="poisson").fit()

    assert ours.pseudo_rsquared(kind) == pytest.approx(
        theirs(data, "y", families.Poisson()).pseudo_rsquared(kind)
    )
    assert ours.pseudo_rsquared("cs") < ours.pseudo_rsquared("nagelkerke") < 1
    with pytest.raises(ValueError, match="nagelkerke"):
        ours.pseudo_rsquared("r2")


def test_linear_models_share_efrons_and_cox_and_snells_measure() -> None:
    result = rs.glm("positive ~ x + z", sample()).fit()

    # For a normal response all of these are R².
    assert result.pseudo_rsquared("efron") == pytest.approx(result.pseudo_rsquared("cs"), rel=1e-9)
    assert result.pseudo_rsquared("deviance") == pytest.approx(result.pseudo_rsquared("efron"), rel=1e-9)


@pytest.mark.parametrize("library", ["pandas", "polars", "pyarrow"])
def test_tables_come_in_the_library_of_the_data(library: str) -> None:
    module = pytest.importorskip(library)
    data = {name: values.tolist() for name, values in sample().items()}
    frame = module.table(data) if library == "pyarrow" else module.DataFrame(data)

    result = rs.glm("y ~ x + g", frame, family="poisson").fit()

    kind = module.Table if library == "pyarrow" else module.DataFrame
    for table in (
        result.table(),
        result.relativities().table(),
        result.t_test("x = 0").table(),
        rs.anova(result).table(),
    ):
        assert isinstance(table, kind)
    assert [str(name) for name in result.table()["term"]][:2] == ["Intercept", "x"]


def test_intervals_of_new_observations() -> None:
    data = sample()
    linear = rs.glm("positive ~ x + z + g", data).fit(use_t=True)
    expected = statsmodels.OLS(data["positive"], matrix(data)).fit().get_prediction()

    interval = linear.get_prediction().pred_int(alpha=0.1)

    np.testing.assert_allclose(interval, expected.conf_int(obs=True, alpha=0.1), rtol=1e-8)
    counts = rs.glm("y ~ x + z + g", data, family="poisson").fit().get_prediction()
    stats = peer("scipy.stats")

    np.testing.assert_array_equal(
        np.asarray(counts.pred_int())[:, 0], stats.poisson.ppf(0.025, counts.predicted_mean)
    )


def test_predictions_as_a_table() -> None:
    frame = pandas.DataFrame(sample())
    ours = rs.glm("y ~ x + z + g", frame, family="poisson").fit().get_prediction().summary_frame(alpha=0.1)

    expected = theirs(sample(), "y", families.Poisson()).get_prediction().summary_frame(alpha=0.1)

    assert list(ours.columns) == list(expected.columns)
    np.testing.assert_allclose(ours.to_numpy(), expected.to_numpy(), rtol=1e-6)


def test_the_html_of_results_is_a_table() -> None:
    result = rs.glm("y ~ x + g", sample(), family="poisson").fit()

    for shown in (result, result.summary(), result.relativities(), result.t_test("x = 0"), rs.anova(result)):
        assert shown._repr_html_().count("<table>") >= 1
    assert "Signif. codes" in str(result.summary())


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"cov_type": "cluster"}, "groups"),
        ({"cov_type": "cluster", "cov_kwds": {"groups": np.zeros(ROWS)}}, "one group"),
        ({"cov_type": "cluster", "cov_kwds": {"groups": "firms"}}, "did you mean 'firm'"),
        ({"cov_type": "HC0", "cov_kwds": {"groups": "firm"}}, "cov_kwds has 'groups'"),
        ({"cov_type": "HC0", "cov_kwds": {"information": "some"}}, "'observed' or 'expected'"),
    ],
)
def test_covariances_that_cannot_be(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        rs.glm("y ~ x", sample(), family="poisson").fit(**options)


@pytest.mark.parametrize(("response", "family", "link", "peer"), CASES, ids=lambda value: str(value)[:12])
def test_fits_with_constraints(response: str, family: str, link: str | None, peer: Any) -> None:
    data = sample()
    model = rs.glm(f"{response} ~ x + z + g", data, family=family, link=link)

    ours = model.fit_constrained("x + z = 0.1, g[T.c] = 0.2")

    names = ["const", "x1", "x2", "x3", "x4"]
    frame = pandas.DataFrame(matrix(data), columns=names)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        expected = statsmodels.GLM(data[response], frame, family=peer).fit_constrained(
            "x1 + x2 = 0.1, x4 = 0.2"
        )
    np.testing.assert_allclose(ours.params, expected.params, rtol=1e-5, atol=1e-8)
    assert ours.deviance == pytest.approx(expected.deviance, rel=1e-8)
    assert ours.df_resid == ROWS - 3
    known = np.asarray(ours.bse) > 0
    np.testing.assert_allclose(np.asarray(ours.bse)[known], np.asarray(expected.bse)[known], rtol=1e-4)
    with pytest.raises(NotImplementedError, match="cov_type"):
        model.fit_constrained("x = 0", cov_type="HC0")
