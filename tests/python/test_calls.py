"""Arguments of native functions: how they are bound, and what is said when they do not fit."""

from __future__ import annotations

import copy
import inspect
import pickle
from typing import Any

import pytest

import rustsci as np


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: np.zeros(), r"zeros\(\) missing required argument 'shape' \(pos 0\)"),
        (lambda: np.zeros(3, length=3), r"zeros\(\) got an unexpected keyword argument 'length'"),
        (lambda: np.zeros(3, shape=3), r"zeros\(\) got multiple values for argument 'shape'"),
        (lambda: np.zeros(3, float, "C", 1), r"zeros\(\) takes from 1 to 3 positional arguments but 4"),
        (lambda: np.zeros("3"), "'str' object cannot be interpreted as an integer"),
        (lambda: np.zeros(2.5), "'float' object cannot be interpreted as an integer"),
        (lambda: np.arange(3).sort(kind=3), r"sort\(\) argument 'kind' must be str, not int"),
        (lambda: np.add(1), r"add\(\) takes from 2 to 3 positional arguments but 1 was given"),
    ],
)
def test_wrong_arguments(call: Any, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        call()


@pytest.mark.parametrize("make", [np.zeros, np.empty, np.ones])
@pytest.mark.parametrize("shape", [3, (2, 3), [2, 3], (), np.int64(3), np.array([2, 3])])
def test_shapes(make: Any, shape: Any) -> None:
    expected = (int(shape),) if isinstance(shape, (int, np.integer)) else tuple(map(int, shape))

    assert make(shape).shape == make(shape=shape).shape == expected


@pytest.mark.parametrize("name", ["zeros", "concatenate", "where", "ndarray.sum", "ndarray.reshape"])
def test_native_functions_describe_themselves(name: str) -> None:
    cls, _, method = name.rpartition(".")
    function = getattr(np.ndarray, method) if cls else getattr(np, name)

    assert function.__name__ == name.rpartition(".")[2]
    assert function.__qualname__ == name
    assert function.__module__ == "rustsci"
    assert function.__doc__
    assert inspect.signature(function).parameters
    assert pickle.loads(pickle.dumps(function)) is function
    assert copy.copy(function) is function


def test_methods_are_bound() -> None:
    array = np.arange(4)
    total = array.sum

    assert total() == 6
    assert total.__self__ is array
    assert np.ndarray.sum(array) == 6
