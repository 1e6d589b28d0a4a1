"""Designs drawn at random, beside statsmodels without a penalty and beside glum with one."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any

import pytest

import rustsci.glm as rs
from tests.python.oracle import numpy as np
from tests.python.oracle import peer

statsmodels = peer("statsmodels.api")
glum = peer("glum")
pandas = peer("pandas")
formulaic = peer("formulaic")
families = statsmodels.families
links = families.links

# Families with links for which a linear predictor anywhere near zero has a mean.
MODELS = {
    ("gaussian", "identity"): (families.Gaussian(), "gaussian"),
    ("gaussian", "log"): (families.Gaussian(links.Log()), "gaussian"),
    ("poisson", "log"): (families.Poisson(), "poisson"),
    ("poisson", "sqrt"): (families.Poisson(links.Sqrt()), None),
    ("binomial", "logit"): (families.Binomial(), "binomial"),
    ("binomial", "probit"): (families.Binomial(links.Probit()), None),
    ("binomial", "cloglog"): (families.Binomial(links.CLogLog()), None),
    ("gamma", "log"): (families.Gamma(links.Log()), "gamma"),
    ("inverse_gaussian", "log"): (families.InverseGaussian(links.Log()), "inverse.gaussian"),
    ("tweedie(1.5)", "log"): (families.Tweedie(links.Log(), var_power=1.5), "tweedie (1.5)"),
    ("negative_binomial(2)", "log"): (families.NegativeBinomial(links.Log(), alpha=0.5), None),
}
PENALISED = [key for key, (_, name) in MODELS.items() if name is not None]
UNPENALISED = 110
WITH_PENALTY = 70


@dataclass
class Drawn:
    """A data set with a model for it."""

    data: dict[str, Any]
    formula: str
    options: dict[str, str]


def draw(number: int, family: str, link: str) -> Drawn:
    """Some numeric columns, some factors of unequal levels, perhaps an interaction, weights and an offset."""
    rng = np.random.default_rng([20, number])
    rows = int(rng.integers(120, 900))
    numeric = [f"x{i}" for i in range(rng.integers(1, 5))]
    data: dict[str, Any] = {name: rng.normal(0.0, rng.uniform(0.3, 3.0), rows) for name in numeric}
    predictor = np.full(rows, 0.6)
    for name in numeric:
        predictor += rng.uniform(-0.25, 0.25) * data[name] / data[name].std()
    factors = [f"g{i}" for i in range(rng.integers(0, 3))]
    for name in factors:
        levels = int(rng.integers(2, 9))
        # Each level has rows enough for its coefficient not to run away.
        shares = rng.dirichlet(np.full(levels, 6.0))
        codes = rng.choice(levels, rows, p=shares)
        codes[: 12 * levels] = np.arange(12 * levels) % levels
        data[name] = np.array([f"level {code}" for code in codes])
        predictor += rng.uniform(-0.3, 0.3, levels)[codes]
    terms = [*numeric, *factors]
    if factors and rng.random() < 0.3:
        terms.append(f"{numeric[0]}:{factors[0]}")
    options = {}
    if rng.random() < 0.4:
        data["o"] = rng.uniform(-0.3, 0.3, rows)
        predictor += data["o"]
        options["offset"] = "o"
    if rng.random() < 0.5:
        data["w"] = rng.uniform(0.4, 2.5, rows)
        options["var_weights"] = "w"
    data["y"] = response(rng, family, link, predictor)
    return Drawn(data, "y ~ " + " + ".join(terms), options)


def response(rng: np.random.Generator, family: str, link: str, predictor: Any) -> Any:
    inverse = {
        "identity": lambda eta: eta,
        "log": np.exp,
        # Far from zero, across which means would be the same again.
        "sqrt": lambda eta: np.square(eta + 2.5),
        "logit": lambda eta: 1 / (1 + np.exp(-eta)),
        "probit": lambda eta: 1 / (1 + np.exp(-1.7 * eta)),
        "cloglog": lambda eta: 1 - np.exp(-np.exp(eta - 0.8)),
    }
    mean = inverse[link](predictor)
    size = len(mean)
    return {
        "gaussian": lambda: mean + rng.normal(0.0, 0.4, size),
        "poisson": lambda: rng.poisson(mean).astype(float),
        "binomial": lambda: rng.binomial(1, mean).astype(float),
        "gamma": lambda: rng.gamma(3.0, mean / 3.0),
        "inverse_gaussian": lambda: rng.wald(mean, 4.0),
        "tweedie": lambda: rng.gamma(2.0, mean / 2.0) * rng.binomial(1, 0.7, size),
        "negative_binomial": lambda: rng.negative_binomial(2.0, 2.0 / (2.0 + mean)).astype(float),
    }[family.partition("(")[0]]()


@pytest.mark.parametrize("number", range(UNPENALISED))
def test_random_designs_agree_with_statsmodels(number: int) -> None:
    family, link = list(MODELS)[number % len(MODELS)]
    drawn = draw(number, family, link)
    if family == "binomial":
        drawn.options.pop("var_weights", None)
    design = formulaic.model_matrix(drawn.formula.partition("~")[2], pandas.DataFrame(drawn.data))

    ours = rs.glm(drawn.formula, drawn.data, family=family, link=link, **drawn.options).fit()
    extras = {name: drawn.data[column] for name, column in drawn.options.items()}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        peer = MODELS[family, link][0]
        theirs = statsmodels.GLM(drawn.data["y"], design.to_numpy(), family=peer, **extras)
        # Where its own start leads nowhere, it starts near our coefficients, and has to stay there.
        expected = theirs.fit(start_params=ours.params * 0.99, tol=1e-11, tol_criterion="params", maxiter=300)

    assert ours.converged
    assert ours.feature_names == list(design.columns)
    np.testing.assert_allclose(ours.params, expected.params, rtol=1e-6, atol=1e-7)
    np.testing.assert_allclose(ours.bse, expected.bse, rtol=1e-5)
    for name in ("deviance", "pearson_chi2", "scale", "df_resid", "df_model"):
        assert getattr(ours, name) == pytest.approx(getattr(expected, name), rel=1e-7), name


@pytest.mark.parametrize("number", range(WITH_PENALTY))
def test_random_penalties_agree_with_glum(number: int) -> None:
    family, link = PENALISED[number % len(PENALISED)]
    drawn = draw(1000 + number, family, link)
    rng = np.random.default_rng([21, number])
    alpha = float(10 ** rng.uniform(-4, -1))
    l1_ratio = float(rng.choice([0.0, 0.3, 0.5, 1.0]))
    design = formulaic.model_matrix(drawn.formula.partition("~")[2], pandas.DataFrame(drawn.data))
    matrix = design.to_numpy()[:, 1:]
    # The constant is not penalised, other coefficients as much as is drawn.
    factors = rng.choice([0.5, 1.0, 2.0], matrix.shape[1])
    sizes: dict[str, Any] = {"alpha": alpha, "l1_ratio": l1_ratio}

    ours = rs.glm(drawn.formula, drawn.data, family=family, link=link, **drawn.options).fit(
        **sizes, penalty_factors=factors
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = glum.GeneralizedLinearRegressor(
            family=MODELS[family, link][1],
            link=link,
            **sizes,
            P1=factors,
            P2=factors,
            gradient_tol=1e-9,
            max_iter=5000,
        ).fit(matrix, drawn.data["y"], sample_weight=drawn.data.get("w"), offset=drawn.data.get("o"))
    expected = np.append(theirs.intercept_, theirs.coef_)

    assert ours.converged
    # glum ends at a gradient of 1e-9, which leaves coefficients with fewer digits.
    np.testing.assert_allclose(ours.params, expected, rtol=2e-5, atol=2e-6)
