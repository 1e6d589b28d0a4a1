"""Coefficients of a given sign, and monotone curves, beside SciPy's minima within bounds."""

from __future__ import annotations

import warnings
from typing import Any

import pytest

import rustsci.glm as rs
from tests.python.oracle import numpy as np
from tests.python.oracle import peer

optimize = peer("scipy.optimize")


def sample(rows: int = 300) -> dict[str, Any]:
    rng = np.random.default_rng(6)
    x, z, w = rng.uniform(0, 1, (3, rows))
    eta = 0.2 + np.sqrt(x) - 0.8 * z
    return {
        "y": rng.poisson(np.exp(eta)).astype(float),
        "u": eta + 0.2 * rng.normal(size=rows),
        "x": x,
        "z": z,
        "w": w,
        "g": rng.choice(list("ab"), rows),
    }


def fit(formula: str, data: dict[str, Any], **options: Any) -> Any:
    with warnings.catch_warnings():
        # A note says which coefficients are on their bounds.
        warnings.simplefilter("ignore")
        return rs.glm(formula, data, **options).fit()


def test_signed_coefficients_are_least_squares_within_bounds() -> None:
    data = sample()
    result = fit("u ~ pos(x) + pos(z) + neg(w)", data)
    design = np.asarray(result._native("design"))

    expected = optimize.lsq_linear(
        design, data["u"], bounds=([-np.inf, 0, 0, -np.inf], [np.inf, np.inf, np.inf, 0]), tol=1e-14
    )

    assert result.feature_names == ["Intercept", "pos(x)", "pos(z)", "neg(w)"]
    assert result.params[2] == 0.0
    np.testing.assert_allclose(result.params, expected.x, atol=1e-7)


@pytest.mark.parametrize(
    "formula", ["y ~ pos(x) + pos(z)", "y ~ ms(x, df=6) + neg(w)", "y ~ ms(z, df=5, increasing=False)"]
)
def test_signs_of_other_families_are_maxima_within_bounds(formula: str) -> None:
    data = sample()
    result = fit(formula, data, family="poisson")
    design = np.asarray(result._native("design"))
    signs = [
        0.0 if name == "Intercept" else -1.0 if "neg" in name or "False" in name else 1.0
        for name in result.feature_names
    ]

    def loss(beta: np.ndarray) -> tuple[float, np.ndarray]:
        mu = np.exp(design @ beta)
        return float((mu - data["y"] * (design @ beta)).sum()), design.T @ (mu - data["y"])

    bounds = [(0, None) if s > 0 else (None, 0) if s < 0 else (None, None) for s in signs]
    options = {"ftol": 1e-15, "gtol": 1e-10, "maxiter": 5000}
    expected = optimize.minimize(
        loss, np.zeros(len(signs)), jac=True, bounds=bounds, method="L-BFGS-B", options=options
    )

    params = np.asarray(result.params)
    assert (params * np.array(signs) >= 0).all()
    assert loss(params)[0] <= expected.fun + 1e-9
    np.testing.assert_allclose(params, expected.x, atol=2e-4)


@pytest.mark.parametrize("increasing", [True, False])
def test_monotone_curves_are_monotone(increasing: bool) -> None:
    data = sample()
    result = fit(f"u ~ ms(x, df=8, increasing={increasing}) + z", data)
    grid = {"x": np.linspace(-0.2, 1.2, 200), "z": np.full(200, 0.5)}

    curve = np.diff(np.asarray(result.predict(grid)))

    assert (curve >= -1e-12).all() if increasing else (curve <= 1e-12).all()
    if increasing:
        truth = np.sqrt(np.linspace(0.05, 0.95, 50))
        ours = np.asarray(result.predict({"x": np.linspace(0.05, 0.95, 50), "z": np.zeros(50)}))
        assert np.abs(ours - 0.2 - truth).max() < 0.15


def test_a_monotone_curve_for_each_level() -> None:
    data = sample()
    result = fit("u ~ 0 + g + g:ms(x, df=5)", data)
    for level in "ab":
        curve = np.asarray(result.predict({"x": np.linspace(0, 1, 100), "g": np.full(100, level)}))
        assert (np.diff(curve) >= -1e-12).all()


def test_signs_together_with_smooths() -> None:
    data = sample()
    result = fit("u ~ ms(x, df=6) + s(z, k=6) + pos(w)", data)

    assert result.converged
    assert all(
        b >= 0 for name, b in zip(result.feature_names, result.params, strict=True) if name.startswith("ms(")
    )


def test_bounds_that_contradict_a_sign() -> None:
    with pytest.raises(ValueError, match="no value"):
        rs.glm("u ~ pos(x)", sample()).fit(upper_bounds={"pos(x)": -1.0})


@pytest.mark.parametrize("bs", ["mpi", "mpd"])
@pytest.mark.parametrize("smoothing", ["gcv", "reml"])
def test_penalised_monotone_curves(bs: str, smoothing: str) -> None:
    data = sample()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        result = rs.glm(f"y ~ s(x, k=12, bs='{bs}') + z", data, family="poisson").fit(smoothing=smoothing)
    grid = {"x": np.linspace(0, 1, 200), "z": np.full(200, 0.5)}

    curve = np.diff(np.asarray(result.predict(grid, which="linear")))

    assert result.converged
    assert (curve >= -1e-9).all() if bs == "mpi" else (curve <= 1e-9).all()
    if bs == "mpi":
        assert 1.0 <= result.smooth_terms()["edf"][0] < 6
        assert curve.sum() > 0.5
