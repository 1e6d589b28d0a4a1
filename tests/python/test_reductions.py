"""Reductions, extremes, partial sums and averages agree with NumPy's."""

from __future__ import annotations

import pytest

import rustsci as np
from tests.python.agreement import assert_expression_agrees, expressions

CALLS = expressions("""
    np.sum([[1, 2], [3, 4]], axis=(0, 1), keepdims=True)
    np.sum([1, 2, 3], where=[True, False, True], initial=10)
    np.sum([1.5, 2.5], dtype='f4')
    np.sum(np.array([200, 100], 'u1'))
    np.sum([[1, 2]], axis=(0, 0))
    np.sum([[1, 2]], axis=2)
    np.sum(3)
    np.prod([], axis=0)
    np.prod([[1, 2], [3, 4]], axis=1, out=np.zeros(2))
    np.all([[1, 0], [2, 3]], axis=0)
    np.any([np.nan, 0.0])
    np.any([0, 2], out=np.zeros((), int))
    np.max([])
    np.max([], initial=3)
    np.amax([[1, np.nan], [3, 4]], axis=1)
    np.min([[3, 1], [2, 5]], axis=0, where=[[True, False], [True, True]], initial=9)
    np.amin(5)
    np.max(np.arange(9000.0), initial=-1, where=np.array(False))
    np.max(np.arange(9000) % 4096, initial=-1, where=np.arange(9000) % 4096 < 7)
    np.min(-np.arange(9000.0).reshape(2, 4500), axis=1, initial=1, where=np.arange(4500) % 4500 > 1)
    np.fmax.reduce(np.arange(9000, dtype='f4')[::-1], initial=2, where=np.arange(9000) > 8000)
    np.argmax([[1, 3], [3, 1]], axis=1, keepdims=True)
    np.argmax([])
    np.argmin([2, 1, 1])
    np.ptp([[4, 9], [6, 1]], axis=0)
    np.ptp([True, False])
    np.ptp([])
    np.cumsum([[1, 2], [3, 4]])
    np.cumsum(3)
    np.cumprod([[1, 2], [3, 4]], axis=0, dtype='f4')
    np.cumulative_sum([1, 2, 3], include_initial=True)
    np.cumulative_sum([[1, 2], [3, 4]], axis=1, include_initial=True, dtype='f4')
    np.cumulative_sum([[1, 2], [3, 4]])
    np.cumulative_sum([1, 2, 3], out=np.zeros(4), include_initial=True)
    np.cumulative_sum([1, 2, 3], out=np.zeros(3), include_initial=True)
    np.cumulative_prod([True, False], include_initial=True)
    np.cumulative_prod(2)
    np.mean([[1, 2], [3, 5]], axis=0)
    np.mean(np.array([1, 2], 'f2'))
    np.mean([1, 2, 3], where=[True, False, True])
    np.mean([])
    np.var([1, 2, 4, 8], ddof=1)
    np.var([1, 2, 4, 8], correction=1)
    np.var([1, 2], ddof=1, correction=1)
    np.var([1], ddof=1)
    np.std([1j, 2, 3])
    np.std([1.0, 3.0], mean=np.array([2.0]))
    np.average([1, 2, 3], weights=[3, 1, 0])
    np.average([[1, 2], [3, 4]], axis=0, returned=True)
    np.average([[1, 2, 3], [4, 5, 6]], axis=(1, 0), weights=[[1, 2], [3, 4], [5, 6]], returned=True)
    np.average([[1, 2], [3, 4]], axis=1, weights=[1, 3], keepdims=True)
    np.average([1, 2], weights=[0, 0])
    np.average([1, 2], weights=[1, 2, 3])
    np.average([[1, 2]], weights=[1, 2, 3], axis=1)
    np.average([1, 2], axis=1)
    np.median([1, 3, 2, 4])
    np.median([[1, np.nan], [2, 3]], axis=0)
    np.median([[1, 2], [3, 4]], axis=(0, 1), keepdims=True)
    np.median([[1, 2], [3, 4]], axis=0, out=np.zeros((1, 2)), keepdims=True)
    np.median(np.array([1, 2], 'f2'))
    np.median([])
    np.median(7)
""")


@pytest.mark.parametrize("call", CALLS)
def test_agrees(call: str) -> None:
    assert_expression_agrees(call, rtol=1e-15)


def test_methods_of_other_objects_are_called() -> None:
    class Frame:
        def sum(self, axis: object = None, out: object = None) -> tuple[str, object]:
            return "sum of a frame", axis

    assert np.sum(Frame(), axis=1) == ("sum of a frame", 1)


def test_median_may_reorder_its_input() -> None:
    a = np.array([5.0, 1.0, 4.0, 2.0, 3.0])

    assert np.median(a, overwrite_input=True) == 3.0
    assert sorted(a.tolist()) == [1.0, 2.0, 3.0, 4.0, 5.0]
