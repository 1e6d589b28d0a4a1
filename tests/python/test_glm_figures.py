"""Fits of published tables, compared with the figures that R 4.2.2 gives."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

import rustsci.glm as rs

DATA = Path(__file__).parents[1] / "data" / "glm"
# R prints ten digits of a deviance.
DIGITS = 5e-10


def table(name: str) -> dict[str, list[Any]]:
    """A published table as a dict of columns."""
    with (DATA / f"{name}.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))

    def column(values: list[str]) -> list[Any]:
        try:
            return [float(value) for value in values]
        except ValueError:
            return list(values)

    return {key: column([row[key] for row in rows]) for key in rows[0]}


def test_warp_breaks() -> None:
    result = rs.glm("breaks ~ wool*tension", table("warpbreaks"), family="poisson").fit()

    assert result.deviance == pytest.approx(182.3051313, rel=DIGITS)


def test_insurance_claims_with_an_offset_in_the_formula() -> None:
    formula = "Claims ~ C(District) + Group + Age + offset(log(Holders))"

    result = rs.glm(formula, table("insurance"), family="poisson").fit()

    assert result.deviance == pytest.approx(51.42003275, rel=DIGITS)


def test_exposure_is_an_offset_of_logarithms() -> None:
    data = table("insurance")

    result = rs.glm("Claims ~ C(District) + Group + Age", data, family="poisson", exposure="Holders").fit()

    assert result.deviance == pytest.approx(51.42003275, rel=DIGITS)


@pytest.mark.parametrize(
    ("response", "weights"), [("cbind(Menarche, Total - Menarche)", None), ("I(Menarche / Total)", "Total")]
)
def test_menarche_by_counts_and_by_proportions(response: str, weights: str | None) -> None:
    result = rs.glm(f"{response} ~ Age", table("menarche"), family="binomial", weights=weights).fit()

    assert result.deviance == pytest.approx(26.70345164, rel=DIGITS)


def test_absences_with_theta_estimated() -> None:
    result = rs.glm("Days ~ Eth + Sex + Age + Lrn", table("quine"), family="negative_binomial").fit()

    assert result.theta == pytest.approx(1.274892646, rel=2e-9)


def test_absences_with_aliased_interactions() -> None:
    model = rs.glm("Days ~ (Eth + Sex + Age + Lrn)^4", table("quine"), family="negative_binomial")

    with pytest.warns(RuntimeWarning, match="linear dependence"):
        result = model.fit()

    assert result.theta == pytest.approx(1.928360145, rel=DIGITS)
    assert 2 * result.llf == pytest.approx(-1039.324021, rel=DIGITS)
    # R's standard error is that of the iteration before the last, so it agrees to six digits.
    assert result.theta_se == pytest.approx(0.26889676, rel=3e-6)
    assert [name for name, b in zip(result.feature_names, result.params, strict=True) if b != b] == [
        "Age[T.F3]:Lrn[T.SL]",
        "Eth[T.N]:Age[T.F3]:Lrn[T.SL]",
        "Sex[T.M]:Age[T.F3]:Lrn[T.SL]",
        "Eth[T.N]:Sex[T.M]:Age[T.F3]:Lrn[T.SL]",
    ]


def test_longley_has_the_likelihood_of_the_residual_sum_over_n() -> None:
    longley = pytest.importorskip("statsmodels.datasets.longley")
    data = longley.load_pandas().data

    result = rs.glm("TOTEMP ~ GNPDEFL + GNP + UNEMP + ARMED + POP + YEAR", data).fit()

    assert result.llf == pytest.approx(-109.617, abs=5e-4)


def test_nested_models_are_compared_by_their_deviances() -> None:
    data = table("warpbreaks")
    formulas = ["breaks ~ 1", "breaks ~ wool", "breaks ~ wool + tension", "breaks ~ wool * tension"]

    rows = rs.anova(*(rs.glm(formula, data, family="poisson").fit() for formula in formulas))

    # The deviances of R's anova(test = "Chisq") add up to what the saturated model of both factors explains.
    assert [row["df_resid"] for row in rows] == [53, 52, 50, 48]
    assert rows[0]["deviance"] == pytest.approx(297.3722, abs=5e-5)
    assert rows[3]["deviance"] == pytest.approx(182.3051313, rel=DIGITS)
    total = sum(row["deviance_difference"] for row in rows[1:])
    assert total == pytest.approx(rows[0]["deviance"] - rows[3]["deviance"], rel=1e-12)


def test_terms_are_tested_by_f_where_the_dispersion_is_estimated() -> None:
    statsmodels = pytest.importorskip("statsmodels.api")
    formulaic = pytest.importorskip("formulaic")
    pandas = pytest.importorskip("pandas")
    data = table("warpbreaks")
    small, large = (rs.glm(f"breaks ~ {right}", data).fit() for right in ("wool", "wool + tension"))

    row = rs.anova(small, large)[1]

    frame = pandas.DataFrame(data)
    fits = [
        statsmodels.OLS(frame["breaks"], formulaic.model_matrix(right, frame)).fit()
        for right in ("wool", "wool + tension")
    ]
    statistic, p, df = fits[1].compare_f_test(fits[0])
    assert (row["statistic"], row["p"], row["df"]) == pytest.approx((statistic, p, df), rel=1e-9)


def test_longley_to_the_certified_digits() -> None:
    longley = pytest.importorskip("statsmodels.datasets.longley")
    data = longley.load_pandas().data

    result = rs.glm("TOTEMP ~ GNPDEFL + GNP + UNEMP + ARMED + POP + YEAR", data).fit()

    # NIST's Statistical Reference Datasets. Nearly dependent columns cost the errors half their digits.
    certified = [
        (-3482258.63459582, 890420.383607373),
        (15.0618722713733, 84.9149257747669),
        (-0.358191792925910e-01, 0.334910077722432e-01),
        (-2.02022980381683, 0.488399681651699),
        (-1.03322686717359, 0.214274163161675),
        (-0.511041056535807e-01, 0.226073200069370),
        (1829.15146461355, 455.478499142212),
    ]
    assert list(result.params) == pytest.approx([value for value, _ in certified], rel=1e-10)
    assert list(result.bse) == pytest.approx([error for _, error in certified], rel=5e-8)
