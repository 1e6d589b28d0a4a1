"""Random models beside statsmodels, and designs beside formulaic."""

from __future__ import annotations

import warnings
from typing import Any

import pytest

import rustsci.glm as rs
from tests.python.oracle import numpy as np
from tests.python.oracle import peer

statsmodels = peer("statsmodels.api")
formulaic = peer("formulaic")
pandas = peer("pandas")
families = statsmodels.families
links = families.links

ROWS = 400

CASES = [
    ("gaussian", None, families.Gaussian()),
    ("gaussian", "log", families.Gaussian(links.Log())),
    ("poisson", None, families.Poisson()),
    ("poisson", "sqrt", families.Poisson(links.Sqrt())),
    ("binomial", None, families.Binomial()),
    ("binomial", "probit", families.Binomial(links.Probit())),
    ("binomial", "cauchit", families.Binomial(links.Cauchy())),
    ("binomial", "cloglog", families.Binomial(links.CLogLog())),
    ("binomial", "loglog", families.Binomial(links.LogLog())),
    ("gamma", None, families.Gamma()),
    ("gamma", "log", families.Gamma(links.Log())),
    ("inverse_gaussian", None, families.InverseGaussian()),
    ("inverse_gaussian", "log", families.InverseGaussian(links.Log())),
    ("tweedie(1.5)", "log", families.Tweedie(links.Log(), var_power=1.5)),
    ("negative_binomial(2)", "log", families.NegativeBinomial(links.Log(), alpha=0.5)),
    ("gaussian", "inverse", families.Gaussian(links.InversePower())),
    ("poisson", "identity", families.Poisson(links.Identity())),
    ("poisson", "inverse", families.Poisson(links.InversePower(), check_link=False)),
    ("gamma", "identity", families.Gamma(links.Identity())),
    ("gamma", "sqrt", families.Gamma(links.Sqrt(), check_link=False)),
    ("inverse_gaussian", "inverse", families.InverseGaussian(links.InversePower())),
    ("inverse_gaussian", "identity", families.InverseGaussian(links.Identity(), check_link=False)),
    ("tweedie(1.2)", "log", families.Tweedie(links.Log(), var_power=1.2)),
    ("tweedie(1.7)", "power(0.5)", families.Tweedie(links.Power(0.5), var_power=1.7, check_link=False)),
    (
        "negative_binomial(2)",
        "identity",
        families.NegativeBinomial(links.Identity(), alpha=0.5, check_link=False),
    ),
    (
        "negative_binomial(1)",
        "nbinom",
        families.NegativeBinomial(links.NegativeBinomial(1.0), alpha=1.0, check_link=False),
    ),
]
# Statsmodels ends when its coefficients do not change any more.
SETTLED: dict[str, Any] = {"tol": 1e-11, "tol_criterion": "params", "maxiter": 300}
# Statsmodels' own start is out of range for these, or leads elsewhere: it starts near our coefficients.
NEAR = {
    ("inverse_gaussian", None),
    ("gaussian", "inverse"),
    ("gamma", None),
    ("gamma", "identity"),
    ("poisson", "identity"),
    ("negative_binomial(2)", "identity"),
    ("inverse_gaussian", "identity"),
    ("poisson", "inverse"),
    ("inverse_gaussian", "inverse"),
    ("negative_binomial(1)", "nbinom"),
}
# Scoring comes closer by the same share with every step here, and both end before all digits are there.
SLOW = {("inverse_gaussian", "identity")}


def sample(family: str, seed: int, link: str | None = None) -> dict[str, Any]:
    """Columns with a response that the family may have; far from where the link's means would be negative."""
    rng = np.random.default_rng(seed)
    x, z = rng.normal(size=ROWS), rng.uniform(0.5, 2.0, size=ROWS)
    g = rng.choice(list("abcd"), ROWS)
    mean = np.exp(0.3 + 0.2 * x - 0.2 * z + 0.15 * (g == "b"))
    if link == "identity":
        mean = mean + 3.0
    name = family.partition("(")[0]
    responses = {
        "gaussian": lambda: mean + 0.1 * rng.normal(size=ROWS),
        "poisson": lambda: rng.poisson(mean),
        "binomial": lambda: rng.binomial(1, mean / (1 + mean)),
        "gamma": lambda: rng.gamma(3.0, mean / 3.0),
        "inverse_gaussian": lambda: rng.wald(mean, 4.0),
        "tweedie": lambda: rng.gamma(2.0, mean / 2.0) * rng.binomial(1, 0.7, ROWS),
        "negative_binomial": lambda: rng.negative_binomial(2.0, 2.0 / (2.0 + mean)),
    }
    y = np.asarray(responses[name](), dtype=float)
    return {
        "y": y,
        "x": x,
        "z": z,
        "g": g,
        "w": rng.integers(1, 4, ROWS).astype(float),
        "v": rng.uniform(0.5, 2.0, ROWS),
        "o": 0.1 * rng.normal(size=ROWS),
    }


def start_of(ours: Any, family: str, link: str | None) -> Any:
    """Coefficients for statsmodels to start from, if its own are of no use."""
    return ours.params * 0.999 if (family, link) in NEAR else None


EXTRAS = {
    "plain": {},
    "var_weights": {"var_weights": "w"},
    "freq_weights": {"freq_weights": "w"},
    "offset": {"offset": "o"},
    "all": {"var_weights": "v", "freq_weights": "w", "offset": "o"},
}


@pytest.mark.parametrize("extras", EXTRAS)
@pytest.mark.parametrize(("family", "link", "theirs"), CASES, ids=lambda value: str(value)[:24])
def test_fits_agree_with_statsmodels(family: str, link: str | None, theirs: Any, extras: str) -> None:
    data = sample(family, seed=len(family) + len(extras), link=link)
    if extras == "all" and family == "binomial":
        pytest.skip("weights of proportions and of variances are told apart by other tests")
    ours_options = EXTRAS[extras]
    theirs_options = {name: data[column] for name, column in ours_options.items()}
    design = formulaic.model_matrix("x + z + g", pandas.DataFrame(data))

    ours = rs.glm("y ~ x + z + g", data, family=family, link=link, **ours_options).fit()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = statsmodels.GLM(data["y"], design.to_numpy(), family=theirs, **theirs_options)
        expected = model.fit(start_params=start_of(ours, family, link), **SETTLED)

    assert ours.feature_names == list(design.columns)
    slack = 20 if (family, link) in SLOW else 1
    # statsmodels stops when its deviance does not change, at which its coefficients have half as many digits.
    np.testing.assert_allclose(ours.params, expected.params, rtol=slack * 1e-6, atol=slack * 1e-7)
    np.testing.assert_allclose(ours.bse, expected.bse, rtol=1e-5)
    np.testing.assert_allclose(ours.pvalues, expected.pvalues, rtol=slack * 1e-4, atol=1e-12)
    np.testing.assert_allclose(ours.conf_int(), expected.conf_int(), rtol=1e-5, atol=slack * 1e-6)
    np.testing.assert_allclose(ours.fittedvalues, expected.fittedvalues, rtol=slack * 1e-6)
    for name in ("deviance", "pearson_chi2", "scale", "nobs", "df_resid", "df_model"):
        assert getattr(ours, name) == pytest.approx(getattr(expected, name), rel=slack * 1e-7), name
    if not (family == "binomial" and extras == "var_weights"):
        assert ours.null_deviance == pytest.approx(expected.null_deviance, rel=1e-6)
    if family != "gaussian" or link is None:
        # For such models statsmodels' likelihood has another dispersion than the most likely one.
        assert ours.llf == pytest.approx(expected.llf, rel=1e-7)
        assert ours.aic == pytest.approx(expected.aic, rel=1e-7)


@pytest.mark.parametrize("kind", ["response", "pearson", "deviance", "working", "anscombe"])
@pytest.mark.parametrize(("family", "link", "theirs"), CASES, ids=lambda value: str(value)[:24])
def test_residuals_agree_with_statsmodels(family: str, link: str | None, theirs: Any, kind: str) -> None:
    data = sample(family, seed=5, link=link)
    design = formulaic.model_matrix("x + z + g", pandas.DataFrame(data))

    ours = rs.glm("y ~ x + z + g", data, family=family, link=link).fit()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = statsmodels.GLM(data["y"], design.to_numpy(), family=theirs)
        expected = model.fit(start_params=start_of(ours, family, link), **SETTLED)
        residuals = getattr(expected, f"resid_{kind}_unscaled" if kind == "anscombe" else f"resid_{kind}")

    np.testing.assert_allclose(getattr(ours, f"resid_{kind}"), residuals, rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("family", ["poisson", "gamma", "binomial"])
def test_robust_errors_agree_with_statsmodels(family: str) -> None:
    data = sample(family, seed=9)
    design = formulaic.model_matrix("x + z + g", pandas.DataFrame(data)).to_numpy()
    # With their canonical links, for which the expected and the observed information are the same.
    theirs = {"poisson": families.Poisson(), "gamma": families.Gamma(), "binomial": families.Binomial()}

    model = rs.glm("y ~ x + z + g", data, family=family)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        expected = statsmodels.GLM(data["y"], design, family=theirs[family]).fit(tol=1e-13, cov_type="HC0")

    np.testing.assert_allclose(model.fit(cov_type="HC0").bse, expected.bse, rtol=1e-6)
    # statsmodels has no correction for degrees of freedom in HC1 of such models.
    factor = np.sqrt(ROWS / (ROWS - design.shape[1]))
    np.testing.assert_allclose(model.fit(cov_type="HC1").bse, factor * expected.bse, rtol=1e-6)


@pytest.mark.parametrize("kind", ["HC2", "HC3"])
def test_robust_errors_of_linear_models_agree_with_ols(kind: str) -> None:
    data = sample("gaussian", seed=9)
    design = formulaic.model_matrix("x + z + g", pandas.DataFrame(data)).to_numpy()

    ours = rs.glm("y ~ x + z + g", data).fit(cov_type=kind)
    expected = statsmodels.OLS(data["y"], design).fit(cov_type=kind)

    np.testing.assert_allclose(ours.bse, expected.bse, rtol=1e-9)


FORMULAS = [
    "x + z",
    "x * g",
    "0 + g + h",
    "g * h",
    "x:g",
    "g / x",
    "C(g, contr.sum) + x",
    "C(g, contr.helmert) * x",
    "C(g, contr.poly)",
    "C(g, contr.treatment(base='c')) + z",
    "log(z) + I(x**2) + np.exp(x)",
    "poly(x, 3) + g",
    "bs(x, df=5)",
    "bs(x, df=6, degree=2) * g",
    "center(x) + scale(z)",
    "(x + z + g)**2",
]


@pytest.mark.parametrize("formula", FORMULAS)
def test_designs_span_what_formulaic_has(formula: str) -> None:
    data = sample("gaussian", seed=3)
    data["h"] = np.random.default_rng(4).choice(list("uvw"), ROWS)
    matrix = formulaic.model_matrix(formula, pandas.DataFrame(data))

    ours = rs.glm(f"y ~ {formula}", data).fit()

    coefficients, *_ = np.linalg.lstsq(matrix.to_numpy(), data["y"], rcond=None)
    assert sorted(ours.feature_names) == sorted(matrix.columns)
    by_name = dict(zip(ours.feature_names, ours.params, strict=True))
    np.testing.assert_allclose([by_name[name] for name in matrix.columns], coefficients, rtol=1e-7, atol=1e-9)


def random_formula(rng: Any) -> str:
    """Some terms of some kinds, with some of their interactions."""
    # Crossed factors stand with what they cross: alone they are one column too many, as R codes them.
    terms = ["x", "z", "g", "h", "I(x**2)", "np.sin(z)", "C(k)", "x:z", "x:g", "g*h", "z:C(k)"]
    chosen = rng.choice(terms, size=rng.integers(1, 5), replace=False)
    return " + ".join(chosen)


@pytest.mark.parametrize("seed", range(40))
def test_random_designs_agree_with_statsmodels(seed: int) -> None:
    rng = np.random.default_rng(1000 + seed)
    cases = [case for case in CASES if case[1] in (None, "log", "probit", "cloglog") and case[:2] not in NEAR]
    family, link, theirs = cases[seed % len(cases)]
    data = sample(family, seed=seed)
    data["h"] = rng.choice(list("uvw"), ROWS)
    data["k"] = rng.integers(0, 4, ROWS)
    options = list(EXTRAS.values())[int(rng.integers(0, 4))]
    formula = random_formula(rng)
    design = formulaic.model_matrix(formula, pandas.DataFrame(data))
    columns = {name: data[column] for name, column in options.items()}

    ours = rs.glm(f"y ~ {formula}", data, family=family, link=link, **options).fit()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = statsmodels.GLM(data["y"], design.to_numpy(), family=theirs, **columns)
        # From near our coefficients, since some of its own starts are out of range.
        named = dict(zip(ours.feature_names, ours.params, strict=True))
        start = [named[name] * 0.999 for name in design.columns]
        expected = model.fit(start_params=start, **SETTLED)

    assert sorted(ours.feature_names) == sorted(design.columns), formula
    params = [named[name] for name in design.columns]
    np.testing.assert_allclose(params, expected.params, rtol=2e-6, atol=2e-7, err_msg=formula)
    errors = dict(zip(ours.feature_names, ours.bse, strict=True))
    np.testing.assert_allclose([errors[name] for name in design.columns], expected.bse, rtol=1e-5)
    assert ours.deviance == pytest.approx(expected.deviance, rel=1e-9)
    assert ours.llf == pytest.approx(expected.llf, rel=1e-7) or (family, link) == ("gaussian", "log")
