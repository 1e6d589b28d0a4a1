"""Quantiles and percentiles, with all their methods, agree with NumPy's."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rustsci as np
from rustsci.quantile_methods import PLACES
from tests.python.agreement import assert_agrees, assert_expression_agrees, expressions

METHODS = sorted(PLACES)
DTYPES = ["int8", "uint8", "int64", "float16", "float32", "float64"]


@st.composite
def samples(draw: st.DrawFn) -> tuple[list[float], str]:
    dtype = draw(st.sampled_from(DTYPES))
    elements: Any = st.integers(0, 60) if "int" in dtype else st.sampled_from([-3.5, 0.0, 0.25, 1.0, 7.0])
    return draw(st.lists(elements, min_size=1, max_size=20)), dtype


probabilities = st.one_of(
    st.sampled_from([0, 1, 0.0, 0.5, 1.0]),
    st.floats(0, 1),
    st.lists(st.floats(0, 1), max_size=3),
    st.lists(st.sampled_from([0, 1]), min_size=1, max_size=2),
)


@settings(deadline=None)
@given(samples(), probabilities, st.sampled_from(METHODS))
def test_quantile(sample: tuple[list[float], str], q: Any, method: Any) -> None:
    values, dtype = sample

    assert_agrees(lambda np: np.quantile(np.array(values, dtype), q, method=method))


@settings(deadline=None)
@given(samples(), st.floats(0, 100, width=32), st.sampled_from(METHODS))
def test_percentile_of_float32_places(sample: tuple[list[float], str], q: float, method: Any) -> None:
    values, dtype = sample

    assert_agrees(lambda np: np.percentile(np.array(values, dtype), np.float32(q), method=method))


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(-9, 9), st.integers(0, 3)), min_size=1, max_size=12),
    st.lists(st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0]), min_size=1, max_size=3),
)
def test_weighted_quantile_repeats_elements(pairs: list[tuple[int, int]], q: list[float]) -> None:
    def quantiles(np: ModuleType) -> Any:
        values, weights = [value for value, _ in pairs], [weight for _, weight in pairs]
        return np.quantile(values, q, weights=weights, method="inverted_cdf")

    if all(weight == 0 for _, weight in pairs):
        with pytest.raises(ValueError, match="all zero"):
            quantiles(np)
        return
    repeated = [value for value, weight in pairs for _ in range(weight)]

    assert quantiles(np).tolist() == np.quantile(repeated, q, method="inverted_cdf").tolist()


CALLS = expressions("""
    np.quantile([[1, 2, 3], [4, 5, 6]], [0.25, 0.5], axis=1, keepdims=True)
    np.quantile(np.arange(24).reshape(2, 3, 4), [[0.1, 0.2]], axis=(0, 2))
    np.quantile([1, 2, 3], 0.5, out=np.zeros(()))
    np.quantile([1, 2, 3], [0.5], out=np.zeros(1, int))
    np.quantile([1, np.nan, 3], [0.2, 0.8])
    np.quantile([[1, np.nan], [3, 4]], 0.5, axis=1)
    np.quantile([True, False], 0.5)
    np.quantile([True, False], 0.5, method='lower')
    np.quantile([1j], 0.5)
    np.quantile([], 0.5)
    np.quantile([1, 2], 1.5)
    np.quantile([1, 2], [0.5, np.nan])
    np.quantile([1, 2], [[[0.5]]])
    np.quantile([1, 2], 0.5, method='best')
    np.quantile([1, 2], 0.5, axis=1)
    np.quantile([[1, 2]], 0.5, axis=(0, 0))
    np.quantile([1, 2], 0.5, weights=[1, 1])
    np.quantile([1, 2], 0.5, weights=[1, -1], method='inverted_cdf')
    np.quantile([1, 2], 0.5, weights=[1, np.inf], method='inverted_cdf')
    np.quantile([[1, 2], [3, 4]], [0.5], weights=[1, 3], axis=0, method='inverted_cdf')
    np.percentile([1, 2, 3], [])
    np.percentile([1, 2, 3], 101)
    np.percentile([-np.inf, np.inf], 50)
""")


@pytest.mark.parametrize("call", CALLS)
def test_agrees(call: str) -> None:
    assert_expression_agrees(call)


def test_distance_of_signed_integers_does_not_overflow() -> None:
    assert np.quantile(np.array([-100, 100], "int8"), 0.75) == 50.0
