"""Random formulas beside formulaic, and what only R's grammar has."""

from __future__ import annotations

import random
import warnings
from typing import Any

import pytest

import rustsci.glm as rs
from tests.python.oracle import numpy as np
from tests.python.oracle import peer

formulaic = peer("formulaic")
pandas = peer("pandas")

ROWS = 200


def sample() -> dict[str, Any]:
    rng = np.random.default_rng(11)
    # Every pair of levels occurs, so that interactions have all their columns.
    return {
        "y": rng.normal(size=ROWS),
        "x": rng.normal(size=ROWS),
        "z": rng.uniform(0.5, 2.0, size=ROWS),
        "g": rng.choice(list("abc"), ROWS),
        "h": rng.choice(list("uv"), ROWS),
        "k": rng.integers(1, 5, ROWS),
    }


DATA = sample()
FRAME = pandas.DataFrame(DATA)
ATOMS = [
    "x",
    "z",
    "g",
    "h",
    "log(z)",
    "I(x**2)",
    "np.exp(x)",
    "C(k)",
    "C(g, contr.sum)",
    "C(h, contr.helmert)",
    "C(k, contr.poly)",
    "C(g, contr.treatment(base='b'))",
    "poly(x, 2)",
    "bs(z, df=4)",
    "center(x)",
    "scale(z)",
]


def random_formula(rng: random.Random) -> str:
    """Two or three atoms, and operators between them."""
    atoms = rng.sample(ATOMS, rng.choice([2, 2, 3]))
    text = atoms[0]
    for atom in atoms[1:]:
        text += rng.choice([" + ", " * ", ":", "/", " + ", " * "]) + atom
    if rng.random() < 0.2:
        text = f"({text})**2"
    return rng.choice(["", "", "", "0 + ", "-1 + ", "1 + "]) + text


def design(formula: str, data: dict[str, Any]) -> tuple[list[str], np.ndarray]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        result = rs.glm(f"y ~ {formula}", data).fit()
    return result.feature_names, np.asarray(result._native("design"))


def rank(matrix: np.ndarray) -> int:
    """The rank of columns of unit length."""
    lengths = np.linalg.norm(matrix, axis=0)
    return int(np.linalg.matrix_rank(matrix / np.where(lengths == 0, 1, lengths), tol=1e-8))


@pytest.mark.parametrize("seed", range(300))
def test_random_formulas_span_what_formulaics_do(seed: int) -> None:
    formula = random_formula(random.Random(seed))
    expected = formulaic.model_matrix(formula, FRAME)
    theirs = expected.to_numpy(dtype=float)

    names, ours = design(formula, DATA)

    assert rank(ours) == rank(theirs) == rank(np.hstack([ours, theirs])), formula
    # R has contrasts where the margin is in the model, formulaic wherever columns would depend on each other:
    # where R's rule gives independent columns both have the same ones.
    if rank(ours) == ours.shape[1] and set(names) == set(expected.columns):
        np.testing.assert_allclose(ours, expected[names].to_numpy(dtype=float), rtol=1e-9, atol=1e-9)
    if "/" not in formula and ":" not in formula and not formula.startswith(("0", "-1")):
        assert sorted(names) == sorted(expected.columns), formula


@pytest.mark.parametrize(
    ("formula", "names"),
    [
        # R's rules: a factor has contrasts if the term without it is in the model.
        ("g:h", ["Intercept", *(f"g[{a}]:h[{b}]" for b in "uv" for a in "abc")]),
        ("g + g:h", ["Intercept", "g[T.b]", "g[T.c]", "g[a]:h[T.v]", "g[b]:h[T.v]", "g[c]:h[T.v]"]),
        ("0 + x + g", ["x", "g[a]", "g[b]", "g[c]"]),
        ("0 + g + h", ["g[a]", "g[b]", "g[c]", "h[T.v]"]),
        ("x:g", ["Intercept", "x:g[a]", "x:g[b]", "x:g[c]"]),
        ("x + x:g", ["Intercept", "x", "x:g[T.b]", "x:g[T.c]"]),
        ("h %in% g", ["Intercept", *(f"h[{b}]:g[{a}]" for a in "abc" for b in "uv")]),
        ("(x + z)^2 - x", ["Intercept", "z", "x:z"]),
        ("x + x + x:x", ["Intercept", "x"]),
        ("x*z - 1", ["x", "z", "x:z"]),
    ],
)
def test_marginality_is_rs(formula: str, names: list[str]) -> None:
    found, _ = design(formula, DATA)

    assert found == names


@pytest.mark.parametrize(
    ("term", "values"),
    [
        ("np.where(x > 0, x, z)", np.where(DATA["x"] > 0, DATA["x"], DATA["z"])),
        ("np.log1p(z)", np.log1p(DATA["z"])),
        ("np.clip(x, -1, 1)", np.clip(DATA["x"], -1, 1)),
        ("np.clip(x, a_min=-1, a_max=1)", np.clip(DATA["x"], -1, 1)),
        ("I((x > 0) & (z < 1) | !(x > -1))", ((DATA["x"] > 0) & (DATA["z"] < 1)) | ~(DATA["x"] > -1)),
        ("I(g == 'b')", DATA["g"] == "b"),
        ("I('b' != g)", DATA["g"] != "b"),
        ("isin(g, ['a', 'c'])", np.isin(DATA["g"], ["a", "c"])),
        ("np.isin(k, [1, 4])", np.isin(DATA["k"], [1, 4])),
        ("np.hypot(x, z)", np.hypot(DATA["x"], DATA["z"])),
        ("np.arctan2(x, z)", np.arctan2(DATA["x"], DATA["z"])),
        ("I(k % 3)", DATA["k"] % 3),
        ("I(k %% 3)", DATA["k"] % 3),
        ("I(x // 0.5)", DATA["x"] // 0.5),
        ("I(-x**2)", -(DATA["x"] ** 2)),
        ("np.sin(2 * np.pi * z)", np.sin(2 * np.pi * DATA["z"])),
        ("log(z, 2)", np.log2(DATA["z"])),
        ("pmin(x, z, 0.5)", np.minimum(np.minimum(DATA["x"], DATA["z"]), 0.5)),
        ("np.logaddexp(x, z)", np.logaddexp(DATA["x"], DATA["z"])),
        ("I(x / np.std(x) + np.mean(z))", DATA["x"] / DATA["x"].std() + DATA["z"].mean()),
        ("np.exp(center(x))", np.exp(DATA["x"] - DATA["x"].mean())),
        ("I(scale(x)**2)", ((DATA["x"] - DATA["x"].mean()) / DATA["x"].std(ddof=1)) ** 2),
        # The variance in standardize is that of a population, in scale that of a sample.
        ("standardize(x)", (DATA["x"] - DATA["x"].mean()) / DATA["x"].std()),
        ("standardize(x, ddof=1)", (DATA["x"] - DATA["x"].mean()) / DATA["x"].std(ddof=1)),
        ("standardize(z, center=False)", DATA["z"] / np.sqrt((DATA["z"] ** 2).mean())),
        ("scale(x, ddof=0)", (DATA["x"] - DATA["x"].mean()) / DATA["x"].std()),
        ("Q('x')", DATA["x"]),
        ("`x`", DATA["x"]),
    ],
)
def test_functions_of_columns(term: str, values: Any) -> None:
    _, matrix = design(term, DATA)

    np.testing.assert_allclose(matrix[:, 1], np.asarray(values, dtype=float), rtol=1e-13, atol=1e-15)


def test_what_is_learned_is_kept_for_new_data() -> None:
    result = rs.glm("y ~ I(x / np.std(x)) + np.exp(center(z)) + scale(k)", DATA).fit()

    half = {name: values[:50] for name, values in DATA.items()}

    np.testing.assert_allclose(result.predict(half), np.asarray(result.fittedvalues)[:50], rtol=1e-12)


def test_names_of_columns_may_be_anything_between_backticks() -> None:
    data = {"y": DATA["y"], "vehicle age (years)": DATA["x"]}

    result = rs.glm("y ~ `vehicle age (years)` + I(`vehicle age (years)`**2)", data).fit()

    assert result.feature_names[1] == "vehicle age (years)"


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        ("y ~ x + (z", r"no closing '\)'.*\n.*\n    +\^"),
        ("y ~ x + + * z", r"\^"),
        ("y ~ lgo(x)", "did you mean 'log'"),
        ("y ~ I(bs(x, df=4) + 1)", "term of its own"),
        ("y ~ bs(x, df=2)", "df=2 is less than 3"),
        ("y ~ bs(x, knots=[99])", "knot 99"),
        ("y ~ s(x, bs='xx')", "'tp', 'cr', 'cc', 'ps', 'mpi' or 'mpd'"),
        ("y ~ s(x, k=500)", "distinct values"),
        ("y ~ ms(x, df=1)", "df=1 is less than 3"),
        ("y ~ TE(g, prior_weight=-1)", "prior_weight"),
        ("y ~ cr(x)", "df or knots"),
        ("y ~ x | z", "not a term"),
    ],
)
def test_what_is_wrong_is_said(formula: str, message: str) -> None:
    with pytest.raises((ValueError, NotImplementedError), match=message):
        rs.glm(formula, DATA).fit()


PAIRS = [
    "g",
    "x",
    "bs(x, df=4)",
    "s(z, k=5)",
    "poly(z, 2)",
    "TE(g)",
    "FE(h)",
    "C(h, Sum)",
    "cr(z, df=4)",
    "ns(x, df=3)",
]


@pytest.mark.parametrize("first", PAIRS)
@pytest.mark.parametrize("second", PAIRS)
def test_terms_of_all_kinds_multiply(first: str, second: str) -> None:
    if first == second:
        return
    names, matrix = design(f"0 + {first}:{second}", DATA)

    def alone(term: str) -> np.ndarray:
        return design(f"0 + {term}", DATA)[1]

    # The rows of a product are the products of rows, in whatever order of columns.
    a, b = alone(first), alone(second)
    products = np.einsum("ij,ik->ijk", a, b).reshape(ROWS, -1)
    assert matrix.shape == products.shape
    np.testing.assert_allclose(np.sort(matrix, axis=1), np.sort(products, axis=1), rtol=1e-9, atol=1e-12)
    assert len(set(names)) == len(names)
