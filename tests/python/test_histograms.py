"""Histograms agree with NumPy's."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rustsci as np
from rustsci.bin_width_estimators import ESTIMATORS
from tests.python.agreement import assert_agrees, assert_expression_agrees, expressions

numbers = st.lists(st.integers(-40, 40).map(lambda n: n / 4), min_size=0, max_size=60)
bins = st.one_of(
    st.integers(1, 30),
    st.sampled_from(sorted(ESTIMATORS)),
    st.lists(st.integers(-9, 9), min_size=2, max_size=6).map(sorted),
)
ranges = st.one_of(st.none(), st.tuples(st.integers(-9, 0), st.integers(0, 9)))


@settings(deadline=None)
@given(numbers, bins, ranges, st.booleans(), st.sampled_from(["float64", "float32", "int16"]))
def test_histogram(values: list[float], bins: Any, range: Any, density: bool, dtype: str) -> None:
    assert_agrees(
        lambda np: np.histogram(np.array(values).astype(dtype), bins, range, density=density), rtol=1e-6
    )


@settings(deadline=None)
@given(numbers, bins, st.sampled_from(["int64", "float64", "complex128"]))
def test_weighted_histogram(values: list[float], bins: Any, dtype: str) -> None:
    def weighted(np: Any) -> Any:
        weights = (np.arange(len(values)) % 7).astype(dtype)
        return np.histogram(values, bins, weights=weights)

    assert_agrees(weighted, rtol=1e-13)


@settings(deadline=None)
@given(numbers, st.tuples(st.integers(1, 5), st.integers(1, 5)), st.booleans())
def test_histogram2d(values: list[float], bins: tuple[int, int], density: bool) -> None:
    assert_agrees(
        lambda np: np.histogram2d(values, values[::-1], bins=bins, density=density),
        rtol=1e-13,
    )


CALLS = expressions("""
    np.histogram([1, 2, 2, 9.0], bins=0)
    np.histogram([1, 2], bins=2.5)
    np.histogram([1, 2], bins='most')
    np.histogram([1, 2], bins='auto', weights=[1, 2])
    np.histogram([1, 2], bins=[1, 3, 2])
    np.histogram([1, 2], bins=[[1, 2]])
    np.histogram([1, 2], bins=[2])
    np.histogram([1, 2], bins=[2, 2])
    np.histogram([1, 2], range=(5, 0))
    np.histogram([1, 2], range=(0, np.inf))
    np.histogram([1, np.nan])
    np.histogram([1, np.nan], bins=[0, 1, 2])
    np.histogram([1, 2], weights=[1, 2, 3])
    np.histogram([5.0, 5.0])
    np.histogram([True, False, True])
    np.histogram([], density=True)
    np.histogram(np.array([-100, 100], 'i1'), 5)
    np.histogram(np.array([0, 2**64 - 1], 'u8'), 5)
    np.histogram([1, np.nextafter(1, 2)], bins=10)
    np.histogram(np.array([-0.9e-308]), bins=2, range=(-1e-308, -2e-313))
    np.histogram_bin_edges([1, 2, 3], bins=np.array([1, 2], 'f4'))
    np.histogram_bin_edges([], 'auto', range=(0, 5))
    np.histogramdd([[0, 0], [1, 0], [1, 3]], bins=2, range=[(0, 1), None])
    np.histogramdd(np.array([[0, 0], [1, 0], [1, 3]]), bins=([0, 1], 3), density=True)
    np.histogramdd(np.array([[0, 0], [1, 0], [1, 3]]), bins=(1, 2, 3))
    np.histogramdd(np.array([[0, 0], [1, 0], [1, 3]]), bins=(0, 2))
    np.histogramdd(np.array([[0, 0], [1, 0], [1, 3]]), bins=(1.5, 2))
    np.histogramdd(np.array([[0, 0], [1, 0], [1, 3]]), bins=([1, 0], 2))
    np.histogramdd(np.array([[0, 0], [1, 0], [1, 3]]), bins=([[1, 0]], 2))
    np.histogramdd(np.array([[0, 0], [1, 0], [1, 3]]), bins=2, range=[(0, 1)])
    np.histogramdd(np.array([[0, 0], [1, 0], [1, 3]]), bins=2, weights=[1, 2])
    np.histogramdd(np.zeros((0, 2)), bins=2)
    np.histogram2d([1, 2, 3], [1, 2], 2)
    np.histogram2d([1, 2, 3], [3, 1, 2], [0, 1, 2, 3])
    np.histogram2d([1, 2, 3], [3, 1, 2], 2, weights=[1, 2, 3])
""")


@pytest.mark.parametrize("call", CALLS)
def test_agrees(call: str) -> None:
    assert_expression_agrees(call, rtol=1e-13)


def test_blocks_are_counted_together() -> None:
    a = np.arange(200_000)

    assert np.histogram(a, bins=4)[0].tolist() == [50_000] * 4
    assert np.histogram(a, bins=[0, 50_000, 200_000])[0].tolist() == [50_000, 150_000]
