"""Fits of published tables, compared with the figures that R 4.2.2 gives."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

import rustsci.glm as rs
from tests.python.oracle import peer

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
    longley = peer("statsmodels.datasets.longley")
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
    statsmodels = peer("statsmodels.api")
    formulaic = peer("formulaic")
    pandas = peer("pandas")
    data = table("warpbreaks")
    small, large = (rs.glm(f"breaks ~ {right}", data).fit() for right in ("wool", "wool + tension"))

    row = rs.anova(small, large)[1]

    frame = pandas.DataFrame(data)
    fits = [
        statsmodels.OLS(frame["breaks"], formulaic.model_matrix(right, frame)).fit()
        for right in ("wool", "wool + tension")
    ]
    statistic, p, df = map(float, fits[1].compare_f_test(fits[0]))
    assert (row["statistic"], row["p"], row["df"]) == pytest.approx((statistic, p, df), rel=1e-9)


def test_longley_to_the_certified_digits() -> None:
    longley = peer("statsmodels.datasets.longley")
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


FREMTPL = Path(__file__).parents[3] / "shared" / "data" / "freMTPL2freq.parquet"
MOTOR_TERMS = (
    "factor(pmin(VehPower, 9)) + VehAge + DrivAge + I(DrivAge^2) + log(DrivAge) + BonusMalus + VehBrand"
    " + VehGas + log(Density) + Region + Area"
)


def motor_insurance(polars: Any) -> Any:
    """The claims with their extremes cut off, as a lazy frame."""
    return polars.scan_parquet(FREMTPL).with_columns(
        polars.min_horizontal("Exposure", 1.0).alias("Exposure"),
        polars.min_horizontal("VehAge", 20).alias("VehAge"),
        polars.min_horizontal("DrivAge", 90).alias("DrivAge"),
        polars.min_horizontal("BonusMalus", 150).alias("BonusMalus"),
        polars.col("VehGas", "VehBrand", "Region", "Area").cast(polars.String),
    )


@pytest.mark.skipif(not FREMTPL.exists(), reason="needs the motor insurance data beside the project")
@pytest.mark.parametrize("streamed", [False, True])
def test_motor_insurance_claims(streamed: bool) -> None:
    frame = motor_insurance(pytest.importorskip("polars"))
    formula = f"pmin(ClaimNb, 4) ~ {MOTOR_TERMS} + offset(log(Exposure))"

    result = rs.glm(formula, frame if streamed else frame.collect(), family="poisson").fit()

    named = dict(zip(result.feature_names, zip(result.params, result.bse, strict=True), strict=True))
    assert len(named) == 49
    assert result.model.streams is streamed
    assert result.deviance == pytest.approx(216332.424577, rel=1e-11)
    assert result.null_deviance == pytest.approx(223932.323224, rel=1e-11)
    assert result.aic == pytest.approx(285746.858788, rel=1e-11)
    for name, coefficient, error in (
        ("Intercept", 2.233198528829559, 0.769415824609),
        ("VehAge", -0.040207471747721, 0.00120042121524),
        ("BonusMalus", 0.023255761652700, None),
    ):
        # Eight digits: R, too, ends where the deviance hardly changes.
        assert named[name][0] == pytest.approx(coefficient, rel=1e-8)
        # R's standard errors are those of the weights before its last step: see the next test.
        assert error is None or named[name][1] == pytest.approx(error, rel=2e-5)


@pytest.mark.skipif(not FREMTPL.exists(), reason="needs the motor insurance data beside the project")
def test_motor_insurance_errors_are_those_of_r_where_r_stops() -> None:
    # R starts at the means y + 0.1, and its errors are those of the weights before its last step, the fifth.
    polars = pytest.importorskip("polars")
    column = polars.col
    frame = (
        motor_insurance(polars)
        .collect()
        .with_columns(polars.min_horizontal("ClaimNb", 4).cast(polars.Float64).alias("y"))
        .with_columns((column("y") + 0.1).alias("mu"))
        .with_columns(
            (column("mu").log() - column("Exposure").log() + (column("y") / column("mu") - 1)).alias("z")
        )
    )
    first = rs.glm(f"z ~ {MOTOR_TERMS}", frame, weights="mu").fit()

    model = rs.glm(f"y ~ {MOTOR_TERMS} + offset(log(Exposure))", frame, family="poisson")
    with pytest.warns(RuntimeWarning, match="has not converged"):
        result = model.fit(start_params=first.params, maxiter=4)

    named = dict(zip(result.feature_names, result.bse, strict=True))
    assert named["Intercept"] == pytest.approx(0.769415824609, rel=1e-10)
    assert named["VehAge"] == pytest.approx(0.00120042121524, rel=1e-10)


def test_clotting_and_doses_and_counts() -> None:
    # McCullagh & Nelder (1989), page 300; Collett (1991), page 75; Dobson (1990), page 93.
    u = [5.0, 10.0, 15.0, 20.0, 30.0, 40.0, 60.0, 80.0, 100.0]
    clotting = {"u": u, "lot1": [118, 58, 42, 35, 27, 25, 21, 19, 18]}
    dead = [1, 4, 9, 13, 18, 20, 0, 2, 6, 10, 12, 16]
    budworm = {
        "dead": dead,
        "alive": [20 - count for count in dead],
        "ldose": [0, 1, 2, 3, 4, 5] * 2,
        "sex": ["M"] * 6 + ["F"] * 6,
    }
    dobson = {
        "counts": [18, 17, 15, 20, 10, 20, 25, 13, 12],
        "outcome": ["1", "2", "3"] * 3,
        "treatment": ["1"] * 3 + ["2"] * 3 + ["3"] * 3,
    }

    gamma = rs.glm("lot1 ~ log(u)", clotting, family="gamma").fit()
    logit = rs.glm("cbind(dead, alive) ~ sex * ldose", budworm, family="binomial").fit()
    probit = rs.glm("cbind(dead, alive) ~ sex + ldose", budworm, family="binomial", link="probit").fit()
    poisson = rs.glm("counts ~ outcome + treatment", dobson, family="poisson").fit()

    assert gamma.deviance == pytest.approx(0.01672971518, rel=DIGITS)
    assert list(gamma.params) == pytest.approx([-0.01655438, 0.01534311], abs=5e-9)
    assert logit.deviance == pytest.approx(4.993727308, rel=DIGITS)
    assert probit.deviance == pytest.approx(5.565963287, rel=DIGITS)
    assert poisson.deviance == pytest.approx(5.129141077, rel=DIGITS)
    assert poisson.aic == pytest.approx(56.7613184, rel=DIGITS)


def test_cancer_by_groups_of_consumption() -> None:
    formula = "cbind(ncases, ncontrols) ~ agegp + unclass(tobgp) + unclass(alcgp)"

    result = rs.glm(formula, table("esoph"), family="binomial").fit()

    assert result.deviance == pytest.approx(91.12050965, rel=DIGITS)
