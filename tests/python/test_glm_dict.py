"""Models whose terms are given as a dict."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import rustsci.glm as rs
from rustsci.glm.dict_terms import formula_of_terms
from tests.python.draws import Draws


def sample() -> dict[str, Any]:
    rng = Draws(3)
    return {
        "ClaimNb": rng.poisson(0.8, 300).astype(float),
        "Exposure": rng.uniform(0.3, 1.0, 300),
        "VehAge": rng.integers(0, 20, 300).astype(float),
        "Region": rng.choice(["north", "south"], 300),
        "Brand": rng.choice(list("ABC"), 300),
        "Power": rng.integers(4, 8, 300).astype(float),
        "driver age": rng.uniform(18, 80, 300),
    }


@pytest.mark.parametrize(
    ("term", "written"),
    [
        ({"type": "linear"}, "VehAge"),
        ({"type": "linear", "monotonicity": "increasing"}, "pos(VehAge)"),
        ({"type": "linear", "monotonicity": "decreasing"}, "neg(VehAge)"),
        ({"type": "categorical"}, "C(VehAge)"),
        ({"type": "categorical", "levels": [1, 2]}, "C(VehAge, levels=['1', '2'])"),
        ({"type": "bs"}, "s(VehAge, k=10, bs='ps')"),
        ({"type": "bs", "k": 15}, "s(VehAge, k=15, bs='ps')"),
        ({"type": "bs", "df": 5}, "bs(VehAge, df=5)"),
        ({"type": "bs", "knots": [2, 8.5], "degree": 2}, "bs(VehAge, knots=[2, 8.5], degree=2)"),
        ({"type": "bs", "df": 4, "boundary_knots": (0, 30)}, "bs(VehAge, df=4, boundary_knots=[0, 30])"),
        ({"type": "bs", "monotonicity": "increasing"}, "s(VehAge, k=10, bs='mpi')"),
        ({"type": "bs", "df": 4, "monotonicity": "decreasing"}, "ms(VehAge, df=4, increasing=False)"),
        ({"type": "ns"}, "s(VehAge, k=10, bs='cr')"),
        ({"type": "ns", "df": 4}, "ns(VehAge, df=4)"),
        ({"type": "s", "k": 7, "bs": "tp"}, "s(VehAge, k=7, bs='tp')"),
        ({"type": "ms", "df": 6}, "ms(VehAge, df=6)"),
        ({"type": "poly", "degree": 2, "raw": True}, "poly(VehAge, degree=2, raw=True)"),
        ({"type": "target_encoding"}, "TE(VehAge)"),
        ({"type": "target_encoding", "prior_weight": 2.5}, "TE(VehAge, prior_weight=2.5)"),
        ({"type": "frequency_encoding"}, "FE(VehAge)"),
        ({"type": "expression", "expr": "VehAge**2"}, "I(VehAge**2)"),
        ({"type": "expression", "expr": "VehAge**2", "monotonicity": "increasing"}, "pos(VehAge**2)"),
        ({"type": "linear", "variable": "driver age"}, "`driver age`"),
    ],
)
def test_terms_are_written_as_formulas(term: dict[str, Any], written: str) -> None:
    data = sample()

    model = rs.glm_dict(response="ClaimNb", terms={"VehAge": term}, data=data)

    assert model.formula == f"ClaimNb ~ {written}"


def test_a_model_of_claims() -> None:
    data = sample()
    terms = {
        "VehAge": {"type": "bs", "df": 4},
        "Region": {"type": "categorical"},
        "Brand": {"type": "target_encoding"},
        "driver age": {"type": "linear"},
    }

    model = rs.glm_dict(
        response="ClaimNb", terms=terms, data=data, family="poisson", exposure="Exposure", seed=4
    )

    formula = "ClaimNb ~ bs(VehAge, df=4) + Region + TE(Brand) + `driver age`"
    expected = rs.glm(formula, data, family="poisson", exposure="Exposure", seed=4).fit()
    assert model.formula == formula
    np.testing.assert_array_equal(model.fit().params, expected.params)


@pytest.mark.parametrize(
    ("interaction", "added"),
    [
        ({"VehAge": {"type": "linear"}, "Region": {"type": "categorical"}}, "VehAge:Region"),
        (
            {"VehAge": {"type": "linear"}, "Region": {"type": "categorical"}, "include_main": True},
            "VehAge + Region + VehAge:Region",
        ),
        (
            {
                "Brand": {"type": "categorical"},
                "Region": {"type": "categorical"},
                "target_encoding": True,
                "prior_weight": 2.0,
            },
            "TE(Brand:Region, prior_weight=2)",
        ),
        (
            {"Brand": {"type": "categorical"}, "Region": {"type": "categorical"}, "frequency_encoding": True},
            "FE(Brand:Region)",
        ),
        (
            {"VehAge": {"type": "bs", "df": 4}, "Brand": {"type": "target_encoding"}},
            "bs(VehAge, df=4):TE(Brand)",
        ),
    ],
)
def test_interactions(interaction: dict[str, Any], added: str) -> None:
    data = sample()

    model = rs.glm_dict(
        response="ClaimNb",
        terms={"Power": {"type": "linear"}},
        interactions=[interaction],
        data=data,
        family="poisson",
    )

    assert model.formula == f"ClaimNb ~ Power + {added}"
    assert model.fit().converged


def test_without_a_constant_and_without_terms() -> None:
    terms = {"VehAge": {"type": "linear"}}

    assert formula_of_terms("y", terms, intercept=False) == "y ~ 0 + VehAge"
    assert formula_of_terms("y", {}) == "y ~ 1"


@pytest.mark.parametrize(
    ("term", "message"),
    [
        ({"type": "line"}, "types are linear"),
        ({}, "types are linear"),
        ({"type": "linear", "df": 3}, "unknown option 'df'"),
        ({"type": "bs", "df": 3, "k": 4}, "df and k"),
        ({"type": "linear", "monotonicity": "up"}, "increasing"),
        ({"type": "expression"}, "'expr'"),
    ],
)
def test_what_is_no_term(term: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        rs.glm_dict(response="ClaimNb", terms={"VehAge": term}, data=sample())


def test_what_is_no_dict() -> None:
    with pytest.raises(TypeError, match="must be a dict"):
        rs.glm_dict(response="ClaimNb", terms={"VehAge": "linear"}, data=sample())  # type: ignore[dict-item]
    with pytest.raises(ValueError, match="two terms"):
        rs.glm_dict(
            response="ClaimNb", terms={}, interactions=[{"VehAge": {"type": "linear"}}], data=sample()
        )
