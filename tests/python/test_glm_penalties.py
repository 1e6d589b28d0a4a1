"""Penalised fits beside glum."""

from __future__ import annotations

import random
import sys
import warnings
from typing import Any

import pytest

import rustsci.glm as rs
from tests.python.oracle import numpy as np
from tests.python.oracle import peer

glum = peer("glum")
pandas = peer("pandas")

ROWS = 600
FAMILIES = ["gaussian", "poisson", "gamma", "binomial"]


def sample(family: str) -> dict[str, Any]:
    rng = np.random.default_rng(20)
    x, z = rng.normal(size=(2, ROWS))
    g = rng.choice(list("abcde"), ROWS)
    mean = np.exp(0.2 + 0.3 * x + 0.2 * (g == "b") - 0.3 * (g == "d"))
    y = {
        "gaussian": lambda: mean + rng.normal(size=ROWS),
        "poisson": lambda: rng.poisson(mean).astype(float),
        "gamma": lambda: rng.gamma(2.0, mean / 2.0),
        "binomial": lambda: rng.binomial(1, mean / (1 + mean)).astype(float),
    }[family]()
    return {"y": y, "x": x, "z": z, "g": g, "w": rng.uniform(0.5, 2.0, ROWS)}


def peer(data: dict[str, Any], family: str, **options: Any) -> Any:
    frame = pandas.DataFrame({"x": data["x"], "z": data["z"], "g": pandas.Categorical(data["g"])})
    link = {"gamma": "log"}.get(family, "auto")
    model = glum.GeneralizedLinearRegressor(
        family=family, link=link, drop_first=True, gradient_tol=1e-8, max_iter=2000, **options
    )
    with warnings.catch_warnings():
        # Near the end its line search complains of rounding.
        warnings.simplefilter("ignore")
        return model.fit(frame, data["y"], sample_weight=data["w"])


@pytest.mark.parametrize("l1_ratio", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("alpha", [0.02])
@pytest.mark.parametrize("family", FAMILIES)
def test_elastic_nets_agree_with_glum(family: str, alpha: float, l1_ratio: float) -> None:
    data = sample(family)
    link = "log" if family == "gamma" else None

    ours = rs.glm("y ~ x + z + g", data, family=family, link=link, weights="w").fit(
        alpha=alpha, l1_ratio=l1_ratio
    )
    expected = peer(data, family, alpha=alpha, l1_ratio=l1_ratio)

    assert ours.converged
    np.testing.assert_allclose(ours.params[0], expected.intercept_, atol=1e-6)
    np.testing.assert_allclose(ours.params[1:], expected.coef_, atol=1e-6)


def test_a_penalty_of_the_sum_is_that_of_the_mean_times_the_weights() -> None:
    data = sample("poisson")
    model = rs.glm("y ~ x + z + g", data, family="poisson", weights="w")

    of_mean = model.fit(alpha=0.02, l1_ratio=0.5)
    of_sum = model.fit(lambda_sum=0.02 * data["w"].sum(), l1_ratio=0.5)

    np.testing.assert_allclose(of_sum.params, of_mean.params, rtol=1e-9)


def test_paths_pass_through_the_fits_of_each_penalty() -> None:
    data = sample("poisson")
    model = rs.glm("y ~ x + z + g", data, family="poisson", weights="w")

    path = model.fit_path(n_alphas=8, l1_ratio=0.7)

    assert all(path.converged)
    assert np.count_nonzero(path.coefs[0]) == 1
    for alpha, coefs in zip(path.alphas, path.coefs, strict=True):
        alone = model.fit(alpha=float(alpha), l1_ratio=0.7)
        np.testing.assert_allclose(coefs, alone.params, atol=1e-7)


def test_factors_of_zero_are_not_penalised() -> None:
    data = sample("gaussian")
    model = rs.glm("y ~ x + z", data)

    result = model.fit(alpha=100.0, l1_ratio=1.0, penalty_factors=[0.0, 0.0, 1.0])
    without = rs.glm("y ~ x", data).fit()

    assert result.params[2] == 0.0
    np.testing.assert_allclose(result.params[:2], without.params, rtol=1e-7)


@pytest.mark.parametrize(
    "options",
    [{"alpha": -1.0}, {"alpha": 1.0, "l1_ratio": 2.0}, {"alpha": 1.0, "penalty_factors": [1.0] * 3}],
)
def test_penalties_out_of_range_are_refused(options: dict[str, Any]) -> None:
    model = rs.glm("y ~ x", {"y": [1.0, 2.0, 3.0], "x": [1.0, 2.0, 4.0]})

    with pytest.raises(ValueError, match=r"alpha|l1_ratio|factors"):
        model.fit(**options)


def test_cross_validation_is_that_of_fits_without_each_part() -> None:
    data = sample("poisson")
    model = rs.glm("y ~ x + z + g", data, family="poisson", weights="w")
    alphas = [0.1, 0.01]

    found = rs.cross_validate(model, folds=3, seed=1, alphas=alphas, l1_ratio=0.5)

    order = list(range(ROWS))
    random.Random(1).shuffle(order)
    for fold in range(3):
        held_out = np.zeros(ROWS, dtype=bool)
        held_out[order[fold::3]] = True
        train = {name: column[~held_out] for name, column in data.items()}
        test = {name: column[held_out] for name, column in data.items()}
        for position, alpha in enumerate(alphas):
            fit = rs.glm("y ~ x + z + g", train, family="poisson", weights="w").fit(alpha=alpha, l1_ratio=0.5)
            mu, y = fit.predict(test), test["y"]
            deviance = 2 * (np.where(y > 0, y * np.log(np.where(y > 0, y, 1) / mu), 0) - (y - mu))
            expected = np.average(deviance, weights=test["w"])
            assert found.fold_deviances[fold, position] == pytest.approx(expected, rel=1e-6)
    assert found.alpha_min in alphas
    assert found.alpha_1se >= found.alpha_min
    assert found.fit("1se").converged


def test_progress_is_reported_after_each_fold() -> None:
    model = rs.glm("y ~ x + z", sample("gaussian"))
    seen: list[tuple[int, int]] = []

    rs.cross_validate(model, folds=3, n_alphas=2, progress=lambda done, folds: seen.append((done, folds)))

    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_a_bar_needs_tqdm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    model = rs.glm("y ~ x + z", sample("gaussian"))

    with pytest.raises(ImportError, match="tqdm"):
        rs.cross_validate(model, folds=3, n_alphas=2, progress=True)


def test_the_rule_of_one_error_is_no_smaller() -> None:
    data = sample("poisson")
    found = rs.cross_validate(
        rs.glm("y ~ x + z + g", data, family="poisson"), n_alphas=10, groups="terms", l1_ratio=0.8
    )

    deviances, errors = np.asarray(found.mean_deviance), np.asarray(found.se_deviance)
    within = deviances <= deviances.min() + errors[deviances.argmin()]
    assert found.alpha_min == np.asarray(found.alphas)[deviances.argmin()]
    assert found.alpha_1se == np.asarray(found.alphas)[within].max()
