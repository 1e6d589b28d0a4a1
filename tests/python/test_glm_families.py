"""Families and links at ordinary and at extreme values, beside exact arithmetic and SciPy."""

from __future__ import annotations

import math
import warnings
from typing import Any

import pytest

import rustsci.glm as rs
from tests.python.oracle import numpy as np
from tests.python.oracle import peer

mpmath = peer("mpmath")
stats = peer("scipy.stats")
mpmath.mp.dps = 60

EXTREME = [-700.0, -300.0, -40.0, -8.0, -1.0, 0.0, 0.5, 3.0, 30.0, 300.0, 700.0]


def _probit(eta: Any) -> Any:
    return mpmath.erfc(-eta / mpmath.sqrt(2)) / 2


INVERSES = {
    "logit": lambda eta: 1 / (1 + mpmath.exp(-eta)),
    "probit": _probit,
    "cauchit": lambda eta: mpmath.mpf(1) / 2 + mpmath.atan(eta) / mpmath.pi,
    "cloglog": lambda eta: -mpmath.expm1(-mpmath.exp(eta)),
    "loglog": lambda eta: mpmath.exp(-mpmath.exp(-eta)),
    "log": mpmath.exp,
}


def close(value: float, exact: Any, digits: float) -> bool:
    """Whether a value has so many digits of an exact one, or is as near as doubles come."""
    exact = mpmath.mpf(exact)
    if abs(exact) < mpmath.mpf(2) ** -1022:
        return abs(value) < 1e-300
    if exact > 1.7e308:
        return value == math.inf
    return bool(abs(mpmath.mpf(value) - exact) <= abs(exact) * digits)


@pytest.mark.parametrize("eta", EXTREME)
@pytest.mark.parametrize("name", list(INVERSES))
def test_inverses_of_links_and_their_derivatives_are_exact(name: str, eta: float) -> None:
    link, exact = rs.Link(name), INVERSES[name]
    first = _slope(name, mpmath.mpf(eta))

    assert close(float(link.inverse(eta)), exact(mpmath.mpf(eta)), 1e-12)
    assert close(float(link.inverse_derivative(eta)), first, 1e-11)
    assert np.isfinite(float(link.inverse_derivative2(eta))) or name == "log"


def _slope(name: str, eta: Any) -> Any:
    """Derivatives in closed form."""
    e = mpmath.exp
    return {
        "logit": lambda: e(-abs(eta)) / (1 + e(-abs(eta))) ** 2,
        "probit": lambda: mpmath.npdf(eta),
        "cauchit": lambda: 1 / (mpmath.pi * (1 + eta**2)),
        "cloglog": lambda: e(eta - e(eta)),
        "loglog": lambda: e(-eta - e(-eta)),
        "log": lambda: e(eta),
    }[name]()


LINKS = {
    "logit": lambda mu: mpmath.log(mu / (1 - mu)),
    "cauchit": lambda mu: -mpmath.cot(mpmath.pi * mu),
    "cloglog": lambda mu: mpmath.log(-mpmath.log(1 - mu)),
    "loglog": lambda mu: -mpmath.log(-mpmath.log(mu)),
    "probit": lambda mu: mpmath.sqrt(2) * mpmath.erfinv(2 * mu - 1),
}


@pytest.mark.parametrize("mu", [1e-300, 1e-30, 1e-9, 0.3, 0.9, 1 - 2.0**-30, 1 - 2.0**-53])
@pytest.mark.parametrize("name", list(LINKS))
def test_links_are_exact_near_zero_and_one(name: str, mu: float) -> None:
    if name == "probit" and mu < 1e-20:
        expected: Any = stats.norm.ppf(mu)
    else:
        expected = LINKS[name](mpmath.mpf(mu))

    assert close(float(rs.Link(name)(mu)), expected, 1e-12)


@pytest.mark.parametrize(
    "name", ["identity", "log", "inverse", "inverse_squared", "sqrt", "power(1.5)", "nbinom(2)"]
)
def test_derivatives_of_links_are_one_over_those_of_inverses(name: str) -> None:
    link = rs.Link(name)
    mu = np.array([0.3, 1.0, 7.0])
    eta = link(mu)

    np.testing.assert_allclose(link.inverse(eta), mu, rtol=1e-13)
    np.testing.assert_allclose(link.derivative(mu) * link.inverse_derivative(eta), 1.0, rtol=1e-13)
    step = 1e-5 * mu
    slope = (link.derivative(mu + step) - link.derivative(mu - step)) / (2 * step)
    np.testing.assert_allclose(link.derivative2(mu), slope, rtol=1e-7, atol=1e-9)


DENSITIES = [
    ("gaussian", [-3.0, 0.5, 9.0], 2.0, lambda y, mu, phi: stats.norm.logpdf(y, mu, math.sqrt(phi))),
    ("poisson", [0.0, 3.0, 500.0], 2.5, lambda y, mu, phi: stats.poisson.logpmf(y, mu)),
    ("gamma", [1e-9, 0.5, 90.0], 2.0, lambda y, mu, phi: stats.gamma.logpdf(y, 1 / phi, scale=mu * phi)),
    (
        "inverse_gaussian",
        [1e-3, 0.5, 90.0],
        2.0,
        lambda y, mu, phi: stats.invgauss.logpdf(y, mu * phi, scale=1 / phi),
    ),
    (
        "negative_binomial(1.7)",
        [0.0, 3.0, 500.0],
        2.5,
        lambda y, mu, phi: stats.nbinom.logpmf(y, 1.7, 1.7 / (1.7 + mu)),
    ),
    ("binomial", [0.0, 1.0], 0.2, lambda y, mu, phi: stats.binom.logpmf(y, 1, mu)),
]


@pytest.mark.parametrize(
    ("name", "responses", "mu", "expected"), DENSITIES, ids=lambda value: str(value)[:12]
)
def test_likelihoods_have_all_constants(name: str, responses: list[float], mu: float, expected: Any) -> None:
    phi = 0.6 if name in ("gaussian", "gamma", "inverse_gaussian") else 1.0
    y = np.array(responses)

    found = rs.Family(name).loglike_obs(y, mu, scale=phi)

    np.testing.assert_allclose(found, expected(y, mu, phi), rtol=1e-10)


def test_the_likelihood_of_proportions_knows_the_trials() -> None:
    found = rs.Family("binomial").loglike_obs(np.array([0.3, 1.0]), 0.4, trials=np.array([10.0, 20.0]))

    np.testing.assert_allclose(found, stats.binom.logpmf([3, 20], [10, 20], 0.4), rtol=1e-12)


def _tweedie(y: float, mu: float, p: float, phi: float) -> float:
    """The density as a sum over the number of gamma variables (Jørgensen 1997)."""
    rate = mpmath.mpf(mu) ** (2 - p) / (phi * (2 - p))
    if y == 0:
        return float(-rate)
    shape, scale = (2 - p) / (p - 1), phi * (p - 1) * mpmath.mpf(mu) ** (p - 1)

    def term(j: Any) -> Any:
        a = j * shape
        gamma = mpmath.exp((a - 1) * mpmath.log(y) - y / scale - a * mpmath.log(scale) - mpmath.loggamma(a))
        return mpmath.exp(-rate + j * mpmath.log(rate) - mpmath.loggamma(j + 1)) * gamma

    return float(mpmath.log(sum(term(mpmath.mpf(j)) for j in range(1, 400))))


@pytest.mark.parametrize("power", [1.1, 1.5, 1.9])
@pytest.mark.parametrize("y", [0.0, 1e-3, 0.8, 25.0])
def test_tweedie_densities_are_those_of_the_series(power: float, y: float) -> None:
    found = float(rs.Family(f"tweedie({power})").loglike_obs(y, 1.3, scale=0.7))

    assert found == pytest.approx(_tweedie(y, 1.3, power, 0.7), rel=1e-10)


@pytest.mark.parametrize(
    ("name", "y", "mu"),
    [
        ("poisson", 0.0, 1e-300),
        ("poisson", 3.0, 1e300),
        ("binomial", 1.0, 1e-300),
        ("binomial", 0.0, 1 - 2.0**-53),
        ("gamma", 1e-300, 2.0),
        ("inverse_gaussian", 1e-5, 1e5),
        ("tweedie(1.5)", 0.0, 1e-10),
        ("negative_binomial(2)", 0.0, 1e12),
    ],
)
def test_deviances_are_finite_where_means_are_extreme(name: str, y: float, mu: float) -> None:
    deviance = float(rs.Family(name).unit_deviance(y, mu))

    assert np.isfinite(deviance)
    assert deviance >= 0


@pytest.mark.parametrize("name", ["quasipoisson", "quasibinomial", "quasi(mu^2)"])
def test_quasi_families_have_no_likelihood(name: str) -> None:
    assert np.isnan(float(rs.Family(name).loglike_obs(0.5, 0.4)))


def test_ranges() -> None:
    assert list(rs.Family("gamma").is_valid_response(np.array([-1.0, 0.0, 2.0]))) == [False, False, True]
    assert list(rs.Family("poisson").is_valid_mean(np.array([-1.0, 0.0, 2.0]))) == [False, False, True]
    np.testing.assert_array_less(0, rs.Family("poisson").starting_mu(np.array([0.0, 5.0])))


@pytest.mark.parametrize(
    ("family", "draw"),
    [
        ("poisson", lambda rng, mu: rng.poisson(mu)),
        ("negative_binomial(2)", lambda rng, mu: rng.negative_binomial(2.0, 2.0 / (2.0 + mu))),
        ("gamma", lambda rng, mu: rng.gamma(2.0, mu / 2.0)),
        ("inverse_gaussian", lambda rng, mu: rng.wald(mu, 2.0)),
        ("gaussian", lambda rng, mu: rng.normal(mu, 1.3)),
        (
            "tweedie(1.5)",
            lambda rng, mu: [
                rng.gamma(1.0, m**0.5 / 2, n).sum() for m, n in zip(mu, rng.poisson(4 * mu**0.5), strict=True)
            ],
        ),
    ],
    ids=lambda value: str(value)[:18],
)
def test_quantile_residuals_are_normal_where_the_model_holds(family: str, draw: Any) -> None:
    rng = np.random.default_rng(11)
    x = rng.normal(size=3000)
    data = {"y": np.asarray(draw(rng, np.exp(0.5 + 0.4 * x)), dtype=float), "x": x}
    result = rs.glm("y ~ x", data, family=family, link="log").fit()

    residual = np.asarray(result.resid_quantile(5))

    assert stats.kstest(residual, "norm").pvalue > 0.01
    np.testing.assert_array_equal(residual, result.resid_quantile(5))


def test_quantile_residuals_of_extreme_responses() -> None:
    data = {"y": np.array([1.0, 2.0, 1.0, 400.0]), "x": np.arange(4.0)}
    result = rs.glm("y ~ 1", data, family="poisson").fit()

    residual = np.asarray(result.resid_quantile())

    # Far in the tail one less the probability is nothing; the residual is that of what is above.
    mean = 101.0
    p = stats.poisson.sf(399, mean)
    assert residual[3] > stats.norm.isf(p) - 0.1
    assert np.isfinite(residual).all()
    with pytest.raises(ValueError, match="no quantile residuals"):
        rs.glm("y ~ 1", data, family="quasipoisson").fit().resid_quantile()


def _claims(power: float, rows: int = 1500) -> dict[str, Any]:
    rng = np.random.default_rng(1)
    x = rng.normal(size=rows)
    mu = np.exp(1.0 + 0.3 * x)
    phi = 0.8
    rate = mu ** (2 - power) / (phi * (2 - power))
    shape, scale = (2 - power) / (power - 1), phi * (power - 1) * mu ** (power - 1)
    counts = rng.poisson(rate)
    return {"y": np.where(counts > 0, rng.gamma(np.maximum(shape * counts, 1e-9), scale), 0.0), "x": x}


def test_the_tweedie_power_is_found() -> None:
    data = _claims(1.6)

    result = rs.glm("y ~ x", data, family="tweedie", var_power=None).fit()

    assert result.var_power == pytest.approx(1.6, abs=0.06)
    likelihoods = dict(result.power_profile)
    best = max(likelihoods.values())
    for power in (result.var_power - 0.01, result.var_power + 0.01):
        fit = rs.glm("y ~ x", data, family="tweedie", var_power=power).fit()
        family = rs.Family("tweedie", var_power=power)
        most = max(
            family.loglike_obs(data["y"], fit.fittedvalues, scale=phi).sum()
            for phi in np.linspace(0.6, 1.0, 41)
        )
        assert most < best + 1e-3
    by_moments = rs.estimate_tweedie_power(data["y"], result.fittedvalues, df_resid=result.df_resid)
    assert by_moments == pytest.approx(1.6, abs=0.3)


def test_theta_and_its_error_are_those_of_statsmodels() -> None:
    statsmodels = peer("statsmodels.api")
    rng = np.random.default_rng(8)
    x = rng.normal(size=800)
    mu = np.exp(0.5 + 0.5 * x)
    data = {"y": rng.negative_binomial(1.5, 1.5 / (1.5 + mu)).astype(float), "x": x}

    ours = rs.glm("y ~ x", data, family="negative_binomial").fit()
    with warnings.catch_warnings():
        # It is where it should be, but not sure of it.
        warnings.simplefilter("ignore")
        theirs = statsmodels.NegativeBinomial(data["y"], statsmodels.add_constant(x)).fit(disp=0, gtol=1e-10)

    assert 1 / ours.theta == pytest.approx(theirs.params[-1], rel=1e-5)
    np.testing.assert_allclose(ours.params, theirs.params[:-1], rtol=1e-5)
    # The delta method: θ = 1/α.
    assert ours.theta_se == pytest.approx(theirs.bse[-1] * ours.theta**2, rel=0.02)


@pytest.mark.parametrize(
    ("family", "variance"), [("quasi", "mu^2"), ("quasi(mu)", "constant"), ("quasi(mu(1-mu))", "constant")]
)
def test_quasi_families_by_their_variances(family: str, variance: str) -> None:
    rng = np.random.default_rng(2)
    x = rng.normal(size=300)
    y = 0.2 + 0.5 * rng.uniform(size=300) + 0.05 * x
    same = {"quasi": "gamma", "quasi(mu)": "poisson", "quasi(mu(1-mu))": "binomial"}[family]
    data = {"y": np.clip(y, 0.01, 0.99), "x": x}

    quasi = rs.glm("y ~ x", data, family=family, variance=variance, link="log").fit()
    named = rs.glm("y ~ x", data, family=same, link="log").fit(scale="X2")

    np.testing.assert_allclose(quasi.params, named.params, rtol=1e-7)
    np.testing.assert_allclose(quasi.bse, named.bse, rtol=1e-7)


def test_the_most_likely_dispersion() -> None:
    special = peer("scipy.special")
    rng = np.random.default_rng(3)
    x = rng.normal(size=400)
    mu = np.exp(0.3 * x)
    data = {"y": rng.gamma(2.5, mu / 2.5), "x": x, "w": rng.integers(1, 4, 400).astype(float)}

    gamma = rs.glm("y ~ x", data, family="gamma", link="log").fit(scale="ML")
    normal = rs.glm("y ~ x", data).fit(scale="ML")
    inverse = rs.glm("y ~ x", data, family="inverse_gaussian", link="log", freq_weights="w").fit(scale="ML")

    # The likelihood's equation for the shape: log(a) - digamma(a) = D / 2n.
    shape = 1 / gamma.scale
    assert np.log(shape) - special.digamma(shape) == pytest.approx(gamma.deviance / 800, rel=1e-6)
    assert normal.scale == pytest.approx(normal.deviance / 400, rel=1e-6)
    assert inverse.scale == pytest.approx(inverse.deviance / data["w"].sum(), rel=1e-6)
    with pytest.raises(ValueError, match="dispersion of the Poisson family is 1"):
        rs.glm("y ~ x", {**data, "y": np.round(data["y"])}, family="poisson").fit(scale="ML")
    with pytest.raises(ValueError, match="no likelihood"):
        rs.glm("y ~ x", data, family="quasi", variance="mu^2", link="log").fit(scale="ML")
