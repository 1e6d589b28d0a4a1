"""Models of a response and a matrix."""

from __future__ import annotations

from typing import Any

import pytest

import rustsci
import rustsci.glm as rs
from tests.python.oracle import numpy as np
from tests.python.oracle import peer

ROWS = np.arange(60.0)
X = np.column_stack([np.ones(60), np.sin(ROWS), np.cos(3 * ROWS)])
Y = np.floor(np.exp(0.3 + 0.4 * X[:, 1]) + 2 * np.sin(7 * ROWS) ** 2)


def test_a_matrix_gives_what_a_formula_gives() -> None:
    by_formula = rs.glm("y ~ a + b", {"y": Y, "a": X[:, 1], "b": X[:, 2]}, family="poisson").fit()

    result = rs.GLM(Y, X, family="poisson").fit()

    assert result.feature_names == ["const", "x1", "x2"]
    np.testing.assert_allclose(result.params, by_formula.params, rtol=1e-12)
    assert result.aic == pytest.approx(by_formula.aic)
    np.testing.assert_allclose(
        result.predict({"const": [1.0], "x1": [0.5], "x2": [0.1]}),
        by_formula.predict({"a": [0.5], "b": [0.1]}),
    )


@pytest.mark.parametrize("library", ["numpy", "ours", "lists", "pandas", "polars"])
def test_matrices_of_every_library(library: str) -> None:
    names = None
    matrix: Any = X
    if library == "ours":
        matrix = rustsci.asarray(X)
    elif library == "lists":
        matrix = X.tolist()
    elif library == "pandas":
        matrix = peer("pandas").DataFrame(X, columns=["one", "a b", "c"])
        names = ["one", "a b", "c"]
    elif library == "polars":
        matrix = pytest.importorskip("polars").DataFrame(X, schema=["one", "a b", "c"])
        names = ["one", "a b", "c"]

    result = rs.GLM(Y, matrix, family="poisson").fit()

    assert result.feature_names == (names or ["const", "x1", "x2"])
    np.testing.assert_allclose(np.asarray(result.params), rs.GLM(Y, X, family="poisson").fit().params)


def test_successes_and_failures() -> None:
    counts = np.column_stack([Y, 10.0 + 0 * Y])

    result = rs.GLM(counts, X, family="binomial").fit()

    expected = rs.glm(
        "cbind(s, f) ~ a + b", {"s": Y, "f": 10.0 + 0 * Y, "a": X[:, 1], "b": X[:, 2]}, family="binomial"
    ).fit()
    assert result.deviance == pytest.approx(expected.deviance, rel=1e-12)


def test_offsets_and_weights_are_arrays() -> None:
    result = rs.GLM(Y, X, family="poisson", offset=0.1 * X[:, 1], var_weights=1.0 + Y).fit()

    new = {"const": [1.0], "x1": [1.0], "x2": [0.0]}
    mean = float(result.predict(new, offset=[0.1])[0])
    assert mean == pytest.approx(float(np.exp(np.asarray(result.params) @ [1.0, 1.0, 0.0] + 0.1)))
    with pytest.raises(TypeError, match="offset must be an array"):
        rs.GLM(Y, X, offset="x1")


@pytest.mark.parametrize(
    ("endog", "exog", "names", "message"),
    [
        (Y[:5], X, None, "endog has 5 rows, but exog has 60"),
        (np.ones((60, 3)), X, None, "endog has 3 columns"),
        (Y, X[:, :0], None, "exog has no columns"),
        (Y, X, ["a", "b"], "2 names, but exog has 3"),
        (Y, X, ["a", "a", "b"], "must differ"),
        (Y, X, ["a", "b`", "c"], "backtick"),
        (Y, X[None], None, "one dimension or two"),
        (Y, np.full((60, 2), np.nan), None, "missing values"),
    ],
)
def test_matrices_that_cannot_be(endog: Any, exog: Any, names: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        rs.GLM(endog, exog, names=names, family="poisson").fit()


def test_texts_are_no_numbers() -> None:
    with pytest.raises(TypeError, match="exog must be numbers"):
        rs.GLM(Y, [["a", "b"]] * 60)
