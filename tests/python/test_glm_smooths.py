"""Penalised smooths beside mgcv's figures, and beside the same criteria computed with NumPy and SciPy."""

from __future__ import annotations

import csv
import warnings
from pathlib import Path
from typing import Any

import pytest

import rustsci.glm as rs
from tests.python.draws import Draws, holds
from tests.python.oracle import numpy as np
from tests.python.oracle import peer

DATA = Path(__file__).parents[1] / "data" / "glm"


def motorcycle() -> dict[str, list[float]]:
    with (DATA / "mcycle.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {name: [float(row[name]) for row in rows] for name in rows[0]}


def counts(rows: int = 500) -> dict[str, Any]:
    rng = Draws(4)
    x, z = rng.uniform(0, 1, (2, rows))
    g = rng.choice(list("ab"), rows)
    eta = 0.5 + np.sin(6 * x) + 0.8 * z + 0.3 * holds(g, "b")
    return {
        "y": rng.poisson(np.exp(eta)).astype(float),
        "t": rng.gamma(4.0, np.exp(eta) / 4.0),
        "b": rng.binomial(1, 1 / (1 + np.exp(-eta + 1))).astype(float),
        "u": eta + 0.3 * rng.normal(size=rows),
        "x": x,
        "z": z,
        "g": g,
    }


def test_motorcycle_accidents_by_cross_validation() -> None:
    result = rs.glm("accel ~ s(times, k=20)", motorcycle()).fit()

    # mgcv's gam(accel ~ s(times, k=20), method="GCV.Cp").
    assert result.criterion == pytest.approx(564.3272525, abs=5e-8)
    assert result.edf == pytest.approx(11.898, abs=5e-4)
    table = result.smooth_terms()
    assert table["edf"][0] == pytest.approx(10.898, abs=5e-4)
    assert table["p"][0] < 1e-16


def penalised(design: np.ndarray, response: np.ndarray, penalty: np.ndarray) -> tuple[float, float]:
    """The residual sum of squares and the degrees of freedom of a penalised linear model."""
    inverse = np.linalg.inv(design.T @ design + penalty)
    beta = inverse @ design.T @ response
    return float(((response - design @ beta) ** 2).sum()), float(np.trace(inverse @ design.T @ design))


@pytest.mark.parametrize("bs", ["tp", "cr", "ps", "cc"])
def test_the_criterion_is_at_its_least(bs: str) -> None:
    data = counts()
    result = rs.glm(f"u ~ s(x, k=9, bs='{bs}') + s(z, k=7, bs='{bs}') + g", data).fit()
    design = np.asarray(result._native("design"))
    blocks = [(s["start"], s["width"]) for s in result._fit["smooths"]]
    free = 0 if bs == "cc" else 1

    def gcv(lambdas: list[float]) -> float:
        penalty = np.zeros((design.shape[1],) * 2)
        for (start, width), value in zip(blocks, lambdas, strict=True):
            for i in range(start, start + width - free):
                penalty[i, i] = value
        rss, edf = penalised(design, data["u"], penalty)
        return len(data["u"]) * rss / (len(data["u"]) - edf) ** 2

    chosen = [sp[0] for sp in result.smooth_terms()["sp"]]
    assert gcv(chosen) == pytest.approx(result.criterion, rel=1e-9)
    for place in range(2):
        for factor in (0.8, 1.25):
            other = list(chosen)
            other[place] *= factor
            assert gcv(other) >= result.criterion * (1 - 1e-9)


def test_restricted_likelihood_is_that_of_a_mixed_model() -> None:
    optimize = peer("scipy.optimize")
    data = counts(200)
    result = rs.glm("u ~ s(x, k=8, bs='cr')", data).fit(smoothing="reml")
    design = np.asarray(result._native("design"))
    # Penalised coefficients are random effects of variance φ / λ: the last column is the fixed line.
    fixed, random = design[:, [0, 7]], design[:, 1:7]
    n = len(data["u"])

    def minus_log_restricted(theta: np.ndarray) -> float:
        scale, lam = np.exp(theta)
        covariance = scale * (np.eye(n) + random @ random.T / lam)
        inverse = np.linalg.inv(covariance)
        inner = fixed.T @ inverse @ fixed
        beta = np.linalg.solve(inner, fixed.T @ inverse @ data["u"])
        rest = data["u"] - fixed @ beta
        dets = np.linalg.slogdet(covariance)[1] + np.linalg.slogdet(inner)[1]
        return 0.5 * float(rest @ inverse @ rest + dets + (n - 2) * np.log(2 * np.pi))

    start = np.log([result.scale, result.smooth_terms()["sp"][0][0]])
    best = optimize.minimize(
        minus_log_restricted, start, method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-12}
    )
    assert result.criterion == pytest.approx(best.fun, rel=1e-9)
    assert np.log(result.smooth_terms()["sp"][0][0]) == pytest.approx(best.x[1], abs=1e-3)


@pytest.mark.parametrize("method", ["gcv", "reml"])
@pytest.mark.parametrize(
    ("response", "family", "link"),
    [("y", "poisson", None), ("b", "binomial", None), ("t", "gamma", "log"), ("y", "quasipoisson", None)],
)
def test_smooths_of_other_families_find_the_curves(
    response: str, family: str, link: str | None, method: str
) -> None:
    data = counts()
    model = rs.glm(f"{response} ~ s(x) + s(z) + g", data, family=family, link=link)

    result = model.fit(smoothing=method)

    assert result.converged
    table = result.smooth_terms()
    assert 2.5 < table["edf"][0] < 9
    assert 0.9 < table["edf"][1] < 4
    assert table["p"][0] < 1e-4
    # With the λ chosen given, the criterion is a little larger for any others.
    for factor in (0.9, 1.1):
        sp = [[value * factor for value in own] for own in table["sp"]]
        near = rs.glm(
            f"{response} ~ s(x, sp={sp[0][0]!r}) + s(z, sp={sp[1][0]!r}) + g", data, family=family, link=link
        ).fit(smoothing=method)
        assert near.criterion >= result.criterion - 1e-9 * abs(result.criterion)


def test_curves_are_those_that_made_the_data() -> None:
    data = counts(4000)
    result = rs.glm("y ~ s(x) + z", data, family="poisson").fit()
    grid = {"x": np.linspace(0.02, 0.98, 60), "z": np.full(60, 0.5)}

    eta = np.asarray(result.predict(grid, which="linear"))

    truth = np.sin(6 * grid["x"])
    assert np.abs((eta - eta.mean()) - (truth - truth.mean())).max() < 0.12


def test_bayesian_intervals_cover_the_curve() -> None:
    data = counts(1000)
    result = rs.glm("u ~ s(x) + z + g", data).fit(smoothing="reml")
    grid = {"x": np.linspace(0.01, 0.99, 99), "z": np.full(99, 0.5), "g": ["a"] * 99}

    interval = np.asarray(result.get_prediction(grid).conf_int())

    truth = 0.5 + np.sin(6 * grid["x"]) + 0.4
    assert ((interval[:, 0] <= truth) & (truth <= interval[:, 1])).mean() > 0.8


def test_a_line_is_left_a_line_by_an_enormous_penalty() -> None:
    data = counts()
    smooth = rs.glm("u ~ s(z, sp=1e12)", data).fit()
    line = rs.glm("u ~ z", data).fit()

    np.testing.assert_allclose(smooth.fittedvalues, line.fittedvalues, rtol=1e-7)
    assert smooth.edf == pytest.approx(2.0, abs=1e-6)


def test_without_a_penalty_a_smooth_is_a_spline() -> None:
    data = counts()
    smooth = rs.glm("u ~ s(x, k=6, bs='cr', fx=True)", data).fit()
    knots = np.quantile(np.unique(data["x"]), np.linspace(0, 1, 6))
    spline = rs.glm(f"u ~ ns(x, knots=[{', '.join(map(repr, knots[1:-1].tolist()))}])", data).fit()

    np.testing.assert_allclose(smooth.fittedvalues, spline.fittedvalues, rtol=1e-8)


def test_smooths_of_two_columns() -> None:
    data = counts(800)
    data["v"] = np.sin(4 * data["x"]) * np.cos(3 * data["z"]) + 0.1 * Draws(0).normal(size=800)

    result = rs.glm("v ~ s(x, z)", data).fit()

    assert 10 < result.edf < 31
    residual = np.asarray(result.resid_response)
    assert residual.var() < 1.3 * 0.01


def test_a_curve_for_each_level() -> None:
    data = counts(800)
    data["v"] = np.where(holds(data["g"], "a"), np.sin(6 * data["x"]), data["x"])
    data["v"] += 0.1 * Draws(0).normal(size=800)

    apart = rs.glm("v ~ g + g:s(x)", data).fit()

    assert np.asarray(apart.resid_response).var() < 1.3 * 0.01


def test_summaries_show_smooth_terms_in_a_table_of_their_own() -> None:
    result = rs.glm("accel ~ s(times, k=20)", motorcycle()).fit()

    text = str(result.summary())

    assert "Smooth terms" in text
    assert "s(times, k=20)[1]" not in text
    assert "10.898" in text
    assert "Smooth terms" in result.summary().as_html()


def test_smooths_are_kept_by_models_in_files() -> None:
    result = rs.glm("accel ~ s(times, k=20)", motorcycle()).fit()
    again = rs.GLMResults.from_json(result.to_json())

    new = {"times": [3.0, 20.0, 70.0]}
    assert list(again.predict(new)) == list(result.predict(new))
    assert again.criterion == result.criterion


def test_beyond_the_data_smooths_go_on_as_lines() -> None:
    result = rs.glm("accel ~ s(times, k=10, bs='cr')", motorcycle()).fit()

    a, b, c = (float(v) for v in result.predict({"times": [60.0, 70.0, 80.0]}))

    assert a - 2 * b + c == pytest.approx(0.0, abs=1e-9)


def test_options_out_of_range() -> None:
    model = rs.glm("accel ~ s(times)", motorcycle())

    with pytest.raises(ValueError, match="gcv"):
        model.fit(smoothing="guess")
    with pytest.raises(ValueError, match="gamma"):
        model.fit(gamma=0.5)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert model.fit(gamma=1.4).edf < model.fit().edf
