"""Bases of splines beside patsy, formulaic and scipy."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

import pytest

import rustsci
import rustsci.glm as rs
from tests.python.oracle import is_exactly, peer
from tests.python.oracle import numpy as np

patsy = peer("patsy")

X = np.random.default_rng(2).gamma(2.0, 3.0, 150)


@pytest.mark.parametrize(
    "options",
    [
        {"df": 5},
        {"df": 7, "degree": 2},
        {"knots": [3.0, 6.0]},
        {"df": 6, "include_intercept": True},
        {"df": 4, "degree": 1},
    ],
)
def test_b_splines_are_patsys(options: dict[str, Any]) -> None:
    expected = np.asarray(patsy.bs(X, **options))

    np.testing.assert_allclose(rs.bs(X, **options), expected, atol=1e-13)


def test_b_splines_with_bounds_of_their_own() -> None:
    expected = np.asarray(patsy.bs(X, df=5, lower_bound=0.0, upper_bound=40.0))

    np.testing.assert_allclose(rs.bs(X, df=5, boundary_knots=(0, 40)), expected, atol=1e-13)


@pytest.mark.parametrize("rule", ["clip", "extend", "zero", "na"])
def test_b_splines_beyond_their_bounds_are_formulaics(rule: str) -> None:
    splines = peer("formulaic.transforms.basis_spline")
    # Of a class of its own, so that another process is given the object and not a copy.
    state: OrderedDict[str, Any] = OrderedDict()
    splines.basis_spline(X, df=5, extrapolation=rule, _state=state)
    new = np.array([X.min() - 1.5, X.min(), 4.0, X.max(), X.max() + 2.0])
    expected = splines.basis_spline(new, df=5, extrapolation=rule, _state=state)
    expected = np.column_stack([expected[key] for key in sorted(expected)])
    if rule == "na":
        # Missing columns are missing rows of a model; there they are refused.
        with pytest.raises(ValueError, match="finite"):
            rs.bs(X, df=5, extrapolation=rule, at=new)
        return

    ours = rs.bs(X, df=5, extrapolation=rule, at=new)

    np.testing.assert_allclose(ours, expected, atol=1e-9)


@pytest.mark.parametrize(("ours", "theirs"), [("cr", "cr"), ("cc", "cc")])
@pytest.mark.parametrize("df", [4, 7])
def test_cubic_splines_are_patsys(ours: str, theirs: str, df: int) -> None:
    expected = np.asarray(getattr(patsy, theirs)(X, df=df))

    np.testing.assert_allclose(getattr(rs, ours)(X, df=df), expected, atol=1e-12)


def test_centred_cubic_splines_span_patsys() -> None:
    expected = np.asarray(patsy.cr(X, df=5, constraints="center"))

    ours = rs.cr(X, df=5, constraints="center")

    assert ours.shape == expected.shape
    np.testing.assert_allclose(ours.sum(axis=0), 0.0, atol=1e-9)
    assert np.linalg.matrix_rank(np.hstack([ours, expected]), tol=1e-8) == 5


def test_natural_splines_are_lines_beyond_their_bounds_and_smooth_inside() -> None:
    interpolate = peer("scipy.interpolate")
    low, high = X.min(), X.max()
    knots = np.array([low, *np.quantile(X, [0.25, 0.5, 0.75]), high])

    columns = rs.ns(X, df=4)

    assert columns.shape == (150, 4)
    # They span all natural splines of these knots but the constant.
    for values in np.eye(5):
        natural = interpolate.CubicSpline(knots, values, bc_type="natural")(X)
        design = np.column_stack([np.ones(150), columns])
        _, residual, *_ = np.linalg.lstsq(design, natural, rcond=None)
        assert residual[0] < 1e-20
    far = np.asarray(rs.ns(X, df=4, at=np.array([high + 1, high + 2, high + 3])))
    np.testing.assert_allclose(far[0] - 2 * far[1] + far[2], 0.0, atol=1e-9)


def test_monotone_splines_rise_from_zero_to_one() -> None:
    grid = np.linspace(X.min(), X.max(), 200)

    columns = np.asarray(rs.ms(X, df=6, at=grid))

    assert columns.shape == (200, 6)
    assert (np.diff(columns, axis=0) >= -1e-15).all()
    np.testing.assert_allclose(columns[0], 0.0, atol=1e-15)
    np.testing.assert_allclose(columns[-1], 1.0, atol=1e-14)
    # Ramsay's I-splines are sums of B-splines from the right.
    basis = np.asarray(patsy.bs(grid, knots=np.quantile(X, [0.25, 0.5, 0.75]), include_intercept=True))
    np.testing.assert_allclose(columns, np.cumsum(basis[:, ::-1], axis=1)[:, ::-1][:, 1:], atol=1e-12)


def test_polynomials_are_orthonormal_or_powers() -> None:
    columns = np.asarray(rs.poly(X, 4))

    np.testing.assert_allclose(columns.T @ columns, np.eye(4), atol=1e-12)
    np.testing.assert_allclose(columns.sum(axis=0), 0.0, atol=1e-10)
    np.testing.assert_allclose(rs.poly(X, 3, raw=True), np.column_stack([X, X**2, X**3]), rtol=1e-13)


def test_names_and_libraries() -> None:
    assert rs.bs_names("x", 3, degree=2) == [f"bs(x, df=3, degree=2)[{i}]" for i in (1, 2, 3)]
    data = {"y": np.arange(150.0), "x": X}
    assert rs.glm("y ~ bs(x, df=4)", data).fit().feature_names[1:] == rs.bs_names("x", 4)
    assert is_exactly(rs.bs(X, df=4), np.ndarray)
    assert type(rs.bs(X.tolist(), df=4)) is rustsci.ndarray


def test_what_a_spline_cannot_be() -> None:
    with pytest.raises(ValueError, match="outside"):
        rs.bs(X, df=5, at=np.array([1e3]))
    with pytest.raises(ValueError, match="extrapolation"):
        rs.bs(X, df=5, extrapolation="guess")
    with pytest.raises(TypeError, match="categories"):
        rs.bs(["a", "b"], df=3)
    with pytest.raises(ValueError, match="finite"):
        rs.ns(np.array([1.0, np.nan, 2.0]), df=1)
