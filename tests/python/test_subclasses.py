"""Subclasses of ndarray: what new instances are told, and what results are made of."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest

import rustsci as np


class Tagged(np.ndarray):
    """An array that hands a tag on to everything that is made from it."""

    tag: str | None

    def __array_finalize__(self, parent: object) -> None:
        self.tag = getattr(parent, "tag", None)


def tagged() -> Tagged:
    array = np.array([[3.0, 1.0], [2.0, 4.0]]).view(Tagged)
    array.tag = "mine"
    return array


VIEWS = {
    "slice": lambda a: a[1:],
    "row": lambda a: a[0],
    "mask": lambda a: a[a > 1],
    "positions": lambda a: a[[0, 1]],
    "transpose": lambda a: a.T,
    "reshape": lambda a: a.reshape(4),
    "ravel": lambda a: a.ravel(),
    "copy": lambda a: a.copy(),
    "astype": lambda a: a.astype(np.float32),
    "view": lambda a: a.view(np.int64),
    "argsort": lambda a: a.argsort(),
    "take": lambda a: a.take([0]),
    "repeat": lambda a: a.repeat(2),
    "empty_like": np.empty_like,
    "copy.copy": copy.copy,
}


@pytest.mark.parametrize("make", VIEWS.values(), ids=VIEWS)
def test_what_is_made_of_an_instance_is_one(make: Any) -> None:
    result = make(tagged())

    assert type(result) is Tagged
    assert result.tag == "mine"


RESULTS = {
    "operator": lambda a: a + 1,
    "reflected": lambda a: 1 - a,
    "ufunc": np.sqrt,
    "mixed": lambda a: np.ones((2, 2)) * a,
    "sum": lambda a: a.sum(axis=0),
    "total": lambda a: a.sum(),
    "mean": lambda a: a.mean(axis=1),
    "cumsum": lambda a: a.cumsum(),
    "reduce": lambda a: np.add.reduce(a),
    "outer": lambda a: np.multiply.outer(a, [1, 2]),
    "comparison": lambda a: a > 1,
}


@pytest.mark.parametrize("make", RESULTS.values(), ids=RESULTS)
def test_results_are_instances(make: Any) -> None:
    assert type(make(tagged())) is Tagged


@pytest.mark.parametrize("make", [lambda a: a[0, 0], lambda a: a.argmax(), lambda a: a.item(0)])
def test_single_elements_are_not(make: Any) -> None:
    assert not isinstance(make(tagged()), np.ndarray)


def test_plain_arrays_are_had_by_asking() -> None:
    array = tagged()

    assert type(np.asarray(array)) is np.ndarray
    assert np.asanyarray(array) is array
    assert np.shares_memory(np.asarray(array), array)


def test_pickles_keep_the_class() -> None:
    again = pickle.loads(pickle.dumps(np.arange(3).view(Tagged)))

    assert type(again) is Tagged
    assert again.tolist() == [0, 1, 2]


def test_new_instances_are_told_of_no_parent() -> None:
    seen = []

    class Watching(np.ndarray):
        def __array_finalize__(self, parent: object) -> None:
            seen.append(parent)

    Watching((2,))

    assert seen == [None]


def test_results_may_be_of_another_make() -> None:
    class Logged(np.ndarray):
        def __array_wrap__(self, array: Any, context: Any = None, return_scalar: bool = False) -> Any:
            return ("wrapped", None if context is None else context[0].__name__, return_scalar)

    array = np.arange(3.0).view(Logged)

    assert np.negative(array) == ("wrapped", "negative", False)


def test_overrides_take_over() -> None:
    class Symbol:
        def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **kwargs: Any) -> Any:
            return ufunc.__name__, method, len(inputs), sorted(kwargs)

    array, symbol = np.arange(3.0), Symbol()

    assert array + symbol == ("add", "__call__", 2, [])
    assert np.add(symbol, 1, out=array) == ("add", "__call__", 2, ["out"])
    assert np.multiply.reduce(symbol) == ("multiply", "reduce", 1, [])


def test_who_wants_no_ufuncs_is_left_alone() -> None:
    class Opaque:
        __array_ufunc__ = None

        def __radd__(self, other: object) -> str:
            return "added"

    assert np.arange(3) + Opaque() == "added"
    with pytest.raises(TypeError, match="does not support ufuncs"):
        np.add(np.arange(3), Opaque())
