"""Functions that leave NaN out do to the rest what the others do, and warn where nothing is left."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rustsci as np
from tests.python.agreement import assert_agrees, assert_expression_agrees, expressions

REDUCTIONS = [
    "nanmin",
    "nanmax",
    "nansum",
    "nanprod",
    "nanmean",
    "nanmedian",
    "nanvar",
    "nanstd",
]
elements = st.sampled_from([np.nan, np.nan, -2.0, 0.0, 0.5, 3.0])
rows = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(elements, min_size=width, max_size=width), min_size=1, max_size=4)
)


@settings(deadline=None)
@given(
    rows,
    st.sampled_from(REDUCTIONS),
    st.sampled_from([None, 0, 1, -1, (0, 1)]),
    st.booleans(),
    st.sampled_from(["float32", "float64", "complex128"]),
)
def test_reductions(values: list[list[float]], name: str, axis: Any, keepdims: bool, dtype: str) -> None:
    assert_agrees(
        lambda np: getattr(np, name)(np.array(values, dtype), axis=axis, keepdims=keepdims), rtol=1e-6
    )


@settings(deadline=None)
@given(rows, st.sampled_from([0.0, 0.3, 0.5, [0.25, 1.0]]), st.sampled_from([None, 0, 1]))
def test_nanquantile(values: list[list[float]], q: Any, axis: Any) -> None:
    assert_agrees(lambda np: np.nanquantile(np.array(values), q, axis=axis), rtol=1e-15)


CALLS = expressions("""
    np.nanmin([])
    np.nanmax(np.array([[1, np.nan], [np.nan, np.nan]]), axis=1, initial=0)
    np.nanmin([1, 2, np.nan], where=[False, True, True], initial=5)
    np.nanargmin([[np.nan, 4], [2, 3]], axis=0)
    np.nanargmax([np.nan, np.nan])
    np.nanargmax([np.nan, -np.inf])
    np.nanargmin([])
    np.nansum([1, 2], dtype='f4')
    np.nansum([np.nan, 1j])
    np.nanprod([[np.nan, 2], [3, 4]], axis=1, keepdims=True)
    np.nancumsum([1, np.nan, 2])
    np.nancumprod([[1, np.nan], [3, 4]], axis=0)
    np.nancumsum(np.nan)
    np.nanmean([1, np.nan], dtype=int)
    np.nanmean([1.0, np.nan], out=np.zeros((), int))
    np.nanmean([1, 2], dtype='f4')
    np.nanmean([])
    np.nanmean([[1, np.nan], [3, 4]], axis=0, where=[[True, True], [False, True]])
    np.nanvar([1, np.nan, 4], ddof=1)
    np.nanvar([1, np.nan, 4], correction=1)
    np.nanvar([1, 2], ddof=1, correction=1)
    np.nanvar([1, np.nan], ddof=3)
    np.nanvar([1, np.nan, 4], mean=2.0)
    np.nanstd([[1, np.nan], [3, 5]], axis=0, out=np.zeros(2))
    np.nanmedian([[1, np.nan, 2], [np.nan, np.nan, np.nan]], axis=1)
    np.nanmedian(np.zeros((0, 3)), axis=1)
    np.nanmedian([3, 1, 2])
    np.nanmedian([[1, np.nan]], axis=(0, 0))
    np.nanpercentile([1, np.nan, 2], 150)
    np.nanpercentile([1, np.nan, 2], [25, 75], method='lower')
    np.nanquantile([1j], 0.5)
    np.nanquantile([[1, np.nan], [3, 4]], 0.5, axis=1, out=np.zeros(2))
    np.nanquantile([[1, np.nan, 5], [3, 4, 5]], 0.5, weights=[[1, 1, 2], [1, 1, 1]], method='inverted_cdf')
""")


@pytest.mark.parametrize("call", CALLS)
def test_agrees(call: str) -> None:
    assert_expression_agrees(call, rtol=1e-15)


def test_each_slice_without_numbers_is_warned_of() -> None:
    with pytest.warns(RuntimeWarning, match="All-NaN slice encountered") as caught:
        np.nanmedian(np.full((2, 3), np.nan), axis=0)

    assert len(caught) == 3


def test_weights_of_nan_are_left_out() -> None:
    values, weights = [[1.0, np.nan, 3.0]], [[1, 1, 5]]

    assert np.nanquantile(values, 0.5, axis=1, weights=weights, method="inverted_cdf") == [3.0]
