"""Bounds, inequalities, groups and penalty matrices: beside glum, and by the conditions of a minimum."""

from __future__ import annotations

import warnings
from typing import Any

import pytest

import rustsci.glm as rs
from tests.python.oracle import numpy as np
from tests.python.oracle import peer

glum = peer("glum")

ROWS = 500
FAMILIES = {
    "gaussian": "identity",
    "poisson": "log",
    "gamma": "log",
    "binomial": "logit",
    "inverse_gaussian": "log",
    "tweedie(1.5)": "log",
}
NAMES = ["a", "b", "c", "d", "e"]


def sample(family: str, seed: int) -> dict[str, Any]:
    """Five columns that depend on each other, a response, weights and an offset."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(ROWS, 5)) @ (np.eye(5) + 0.4 * rng.normal(size=(5, 5)))
    eta = x @ np.array([0.3, -0.2, 0.0, 0.15, -0.05]) * 0.5 + 0.1
    mean = np.exp(eta)
    y = {
        "gaussian": lambda: eta + rng.normal(size=ROWS),
        "poisson": lambda: rng.poisson(mean).astype(float),
        "gamma": lambda: rng.gamma(2.0, mean / 2.0),
        "binomial": lambda: rng.binomial(1, mean / (1 + mean)).astype(float),
        "inverse_gaussian": lambda: rng.wald(mean, 3.0),
        "tweedie(1.5)": lambda: rng.gamma(2.0, mean / 2.0) * rng.binomial(1, 0.8, ROWS),
    }[family]()
    columns = dict(zip(NAMES, x.T.copy(), strict=True))
    return {"y": y, **columns, "w": rng.uniform(0.5, 2.0, ROWS), "o": 0.2 * rng.normal(size=ROWS)}


def peer(data: dict[str, Any], family: str, offset: bool, **options: Any) -> Any:
    of_glum = {
        "inverse_gaussian": "inverse.gaussian",
        "tweedie(1.5)": glum.TweedieDistribution(1.5),
    }.get(family, family)
    link = {"log": "log", "identity": "identity", "logit": "logit"}[FAMILIES[family]]
    model = glum.GeneralizedLinearRegressor(
        family=of_glum, link=link, gradient_tol=1e-9, max_iter=5000, **options
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return model.fit(
            np.column_stack([data[name] for name in NAMES]),
            data["y"],
            sample_weight=data["w"],
            offset=data["o"] if offset else None,
        )


def model_of(data: dict[str, Any], family: str, offset: bool) -> Any:
    return rs.glm(
        "y ~ a + b + c + d + e",
        data,
        family=family,
        link=FAMILIES[family],
        weights="w",
        offset="o" if offset else None,
    )


PENALTIES: list[dict[str, Any]] = [
    {"alpha": 0.05},
    {"alpha": 0.05, "l1_ratio": 0.4},
    {"alpha": 0.03, "l1_ratio": 1.0},
    {"alpha": 0.1, "l1_ratio": 0.5, "P1": [1.0, 0.0, 2.0, 1.0, 0.5], "P2": [0.5, 2.0, 1.0, 0.0, 1.0]},
    {"alpha": 0.2, "P2": "matrix"},
    {"alpha": 0.2, "l1_ratio": 0.3, "P2": "matrix"},
    {"alpha": 0.0, "lower_bounds": [0.0] * 5},
    {"alpha": 0.02, "l1_ratio": 0.5, "lower_bounds": [-0.05] * 5, "upper_bounds": [0.05] * 5},
    {"alpha": 0.05, "lower_bounds": [-0.02] * 5, "upper_bounds": [0.1] * 5},
]


def second_differences() -> Any:
    difference = np.diff(np.eye(5), 2, axis=0)
    return difference.T @ difference


@pytest.mark.filterwarnings("ignore:.*on a bound:RuntimeWarning")
@pytest.mark.parametrize("offset", [False, True])
@pytest.mark.parametrize("penalty", PENALTIES, ids=lambda penalty: "-".join(penalty) + str(penalty["alpha"]))
@pytest.mark.parametrize("family", FAMILIES)
def test_penalised_and_bounded_fits_agree_with_glum(
    family: str, penalty: dict[str, Any], offset: bool
) -> None:
    data = sample(family, seed=len(family) + 3 * len(penalty) + offset)
    options = dict(penalty)
    if options.get("P2") == "matrix":
        options["P2"] = second_differences()

    ours = model_of(data, family, offset).fit(**options)
    arrays = {name: np.array(value) if isinstance(value, list) else value for name, value in options.items()}
    expected = peer(data, family, offset, **arrays)

    assert ours.converged
    # glum ends at a gradient of 1e-9, which leaves coefficients some more than that.
    np.testing.assert_allclose(ours.params, [expected.intercept_, *expected.coef_], atol=3e-6)


def objective(result: Any, data: dict[str, Any], params: Any) -> float:
    """Half the mean deviance of a Poisson model with other coefficients."""
    x = np.column_stack([np.ones(ROWS), *(data[name] for name in NAMES)])
    mu = np.exp(x @ params)
    y, w = data["y"], data["w"]
    deviance = np.where(y > 0, y * np.log(np.where(y > 0, y, 1) / mu), 0.0) - (y - mu)
    return float((w * deviance).sum() / w.sum())


def test_inequalities_hold_at_the_minimum() -> None:
    data = sample("poisson", seed=4)
    matrix = [[1.0, -1.0, 0.0, 0.0, 0.0], [0.0, 1.0, -1.0, 0.0, 0.0], [0.0, 0.0, 0.0, 1.0, 1.0]]
    right = [0.0, 0.0, 0.05]

    result = model_of(data, "poisson", False).fit(A_ineq=matrix, b_ineq=right)

    found = np.asarray(result.params)
    assert result.converged
    assert (np.array(matrix) @ found[1:] <= np.array(right) + 1e-9).all()
    # No allowed direction leads further down.
    least = objective(result, data, found)
    rng = np.random.default_rng(5)
    for _ in range(300):
        other = found + rng.normal(size=6) * 10.0 ** rng.uniform(-4, -1)
        if (np.array(matrix) @ other[1:] <= np.array(right)).all():
            assert objective(result, data, other) >= least - 1e-12
    # A combination that is held has no variance.
    covariance = np.asarray(result.cov_params())
    held = np.array([0.0, *matrix[0]])
    assert abs(held @ covariance @ held) < 1e-12


def test_inequalities_agree_with_glum() -> None:
    data = sample("gaussian", seed=4)
    matrix, right = np.array([[1.0, -1.0, 0.0, 0.0, 0.0], [0.0, 0.0, 1.0, 0.0, -1.0]]), np.array([0.0, -0.1])

    ours = model_of(data, "gaussian", False).fit(A_ineq=matrix, b_ineq=right)
    expected = peer(data, "gaussian", False, alpha=0.0, A_ineq=matrix, b_ineq=right, solver="trust-constr")

    np.testing.assert_allclose(ours.params, [expected.intercept_, *expected.coef_], atol=1e-4)


def test_bounds_by_name_and_what_is_on_them() -> None:
    data = sample("poisson", seed=6)

    with pytest.warns(RuntimeWarning, match="on a bound.*: b"):
        result = model_of(data, "poisson", False).fit(lower_bounds={"b": 0.0}, upper_bounds={"a": 10.0})

    assert result.params[2] == 0.0
    without = rs.glm("y ~ a + c + d + e", data, family="poisson", weights="w").fit()
    np.testing.assert_allclose(np.delete(result.params, 2), without.params, rtol=1e-8)
    np.testing.assert_allclose(np.delete(result.bse, 2), without.bse, rtol=1e-8)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"lower_bounds": [0.0]}, "lower_bounds has 1 elements"),
        ({"lower_bounds": {"q": 0.0}}, "names 'q'"),
        ({"lower_bounds": 1.0, "upper_bounds": 0.0}, "must not be above"),
        ({"lower_bounds": float("nan")}, "NaN"),
        ({"A_ineq": [[1.0] * 5]}, "belong together"),
        ({"A_ineq": [[1.0] * 5, [-1.0] * 5], "b_ineq": [-1.0, 0.0]}, "contradict"),
        ({"A_ineq": [[0.0] * 5], "b_ineq": [1.0]}, "not zero"),
        ({"alpha": 1.0, "P2": [[1.0, 2.0], [3.0, 4.0]]}, "P2"),
        ({"alpha": 1.0, "P2": np.arange(25.0).reshape(5, 5)}, "symmetric"),
        ({"alpha": 1.0, "P1": "all", "l1_ratio": 1.0}, "P1"),
        ({"alpha": 1.0, "groups": "pairs"}, "groups must be"),
        ({"alpha": 1.0, "groups": [["a", "b"], ["b"]]}, "two groups"),
        ({"alpha": 1.0, "lambda_sum": 1.0}, "one of them"),
        ({"start_params": [0.0]}, "start_params has 1"),
    ],
)
def test_wrong_penalties_and_limits_are_refused(options: dict[str, Any], message: str) -> None:
    model = model_of(sample("poisson", seed=1), "poisson", False)

    with pytest.raises(ValueError, match=message):
        model.fit(**options)


def test_what_is_not_supported_says_so() -> None:
    model = model_of(sample("poisson", seed=1), "poisson", False)
    for options in (
        {"solver": "trust-constr"},
        {"solver": "lbfgs", "alpha": 1.0, "l1_ratio": 1.0},
        {"alpha": 1.0, "l1_ratio": 1.0, "A_ineq": [[1.0] * 5], "b_ineq": [1.0]},
    ):
        with pytest.raises(NotImplementedError):
            model.fit(**options)


def group_conditions(result: Any, data: dict[str, Any], groups: list[list[int]], alpha: float) -> None:
    """The conditions of Yuan & Lin (2006), equation 2.4."""
    x = np.column_stack([np.ones(ROWS), *(data[name] for name in NAMES)])
    beta = np.asarray(result.params)
    residual = data["w"] * (data["y"] - np.exp(x @ beta)) / data["w"].sum()
    score = x.T @ residual
    assert abs(score[0]) < 1e-8
    for group in groups:
        weight = alpha * np.sqrt(len(group))
        length = np.linalg.norm(beta[group])
        if length == 0.0:
            assert np.linalg.norm(score[group]) <= weight + 1e-8
        else:
            np.testing.assert_allclose(score[group], weight * beta[group] / length, atol=1e-8)


@pytest.mark.parametrize("alpha", [0.01, 0.03, 0.1, 0.3])
def test_group_lasso_meets_the_conditions_of_its_minimum(alpha: float) -> None:
    data = sample("poisson", seed=9)
    groups = [["a", "b", "c"], ["d", "e"]]

    result = model_of(data, "poisson", False).fit(alpha=alpha, groups=groups)

    assert result.converged
    group_conditions(result, data, [[1, 2, 3], [4, 5]], alpha)


def test_group_lasso_paths_begin_at_the_least_penalty_that_leaves_nothing() -> None:
    data = sample("poisson", seed=9)

    path = model_of(data, "poisson", False).fit_path(n_alphas=5, groups=[["a", "b", "c"], ["d", "e"]])

    kept = [np.count_nonzero(row) for row in path.coefs]
    assert (kept[0], kept[-1]) == (1, 6)
    assert set(kept) <= {1, 3, 4, 6}


def test_gradients_alone_find_the_same() -> None:
    data = sample("poisson", seed=2)
    model = model_of(data, "poisson", True)
    expected = model.fit()

    found = model.fit(solver="lbfgs")

    assert found.converged
    np.testing.assert_allclose(found.params, expected.params, rtol=1e-5, atol=1e-7)
    # What it has not worked out is worked out when it is asked for.
    np.testing.assert_allclose(found.bse, expected.bse, rtol=1e-5)


def test_a_covariance_that_was_left_out_is_worked_out_later() -> None:
    data = sample("gamma", seed=2)
    model = model_of(data, "gamma", True)

    later = model.fit(compute_covariance=False)

    assert later._given_covariance is None
    np.testing.assert_allclose(later.bse, model.fit().bse, rtol=1e-9)


def test_warm_starts_save_steps() -> None:
    model = model_of(sample("poisson", seed=3), "poisson", False)
    cold = model.fit()

    warm = model.fit(start_params=cold.params)

    assert warm.n_iter < cold.n_iter
    np.testing.assert_allclose(warm.params, cold.params, rtol=1e-10)


def test_convergence_is_reported() -> None:
    model = model_of(sample("poisson", seed=3), "poisson", False)

    result = model.fit()
    with pytest.warns(RuntimeWarning, match=r"not converged after 1 iterations; what changes most is"):
        short = model.fit(maxiter=1)

    assert (result.converged, short.converged) == (True, False)
    assert len(result.history) == result.n_iter
    assert result.history[-1] == pytest.approx(result.deviance)
    assert result.gradient_norm < 1e-9 < short.gradient_norm
    loose = model.fit(gradient_tol=1e-3)
    assert loose.gradient_norm <= 1e-3
    assert loose.n_iter <= result.n_iter


def test_separation_names_the_columns() -> None:
    rng = np.random.default_rng(0)
    x, z = rng.normal(size=(2, 80))
    data = {"y": (x > 0).astype(float), "x": x, "z": z}

    with pytest.warns(RuntimeWarning, match=r"separation.*x"):
        rs.glm("y ~ x + z", data, family="binomial").fit()
