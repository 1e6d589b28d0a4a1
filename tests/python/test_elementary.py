"""Elementary functions at corners and at random: values, signs of zeros and conditions beside NumPy's."""

from __future__ import annotations

import random
from types import ModuleType
from typing import Any

import pytest

import rustsci
from tests.python.agreement import assert_agrees

FUNCTIONS = [
    *("sqrt", "cbrt", "exp", "exp2", "expm1", "log", "log2", "log10", "log1p", "sin", "cos", "tan"),
    *("arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "arcsinh", "arccosh", "arctanh"),
]
OF_TWO = ["arctan2", "power"]

# Where functions have poles, ends, zeros and branches, where numbers end, and where arguments are reduced
# in another way.
CORNERS = [
    *(0.0, 0.5, 0.9999, 1 - 2**-53, 1.0, 1 + 2**-52, 2.0, 3.0, 10.0, 88.0, 89.0, 300.0, 600.0, 709.0, 710.0),
    *(745.0, 746.0, 1021.0, 1024.0, 1074.0, 1080.0, 1e5, 1e6, 1e40, 3.4e38, 1e100, 1e200, 1e308),
    *(5e-324, 1e-310, 2.3e-308, 1e-300, 1e-160, 1e-61, 1e-59, 1e-40, 1e-31, 1e-29),
    *(float("inf"), float("nan")),
]
ALL = [*CORNERS, *(-x for x in CORNERS)]
# Units in the last place by which two libraries may differ that are both off by two at most.
UNITS = 4


def tolerance(dtype: str) -> float:
    return UNITS * float(rustsci.finfo(dtype).eps)


def of_all_sizes(count: int, most: float) -> list[float]:
    """Numbers of both signs whose logarithms are spread evenly."""
    generator = random.Random(count)
    return [generator.choice([-1, 1]) * 10 ** generator.uniform(-most, most) for _ in range(count)]


def array(np: ModuleType, values: list[float], dtype: str) -> Any:
    with np.errstate(all="ignore"):
        return np.array(values).astype(dtype)


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("name", FUNCTIONS)
def test_values_and_signs_are_numpys(name: str, dtype: str) -> None:
    for values in (ALL, of_all_sizes(500, 3), of_all_sizes(500, 37)):

        def call(np: ModuleType, values: list[float] = values) -> Any:
            x = array(np, values, dtype)
            with np.errstate(all="ignore"):
                result = getattr(np, name)(x)
            return result, np.signbit(result) & ~np.isnan(result)

        assert_agrees(call, rtol=tolerance(dtype))


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("name", FUNCTIONS)
def test_conditions_are_numpys(name: str, dtype: str) -> None:
    for value in ALL:

        def call(np: ModuleType, value: float = value) -> Any:
            x = array(np, [value, 1.25], dtype)
            if name in ("arcsin", "arccos", "arctanh"):
                x[1] = 0.25
            # Of results that are too small, processors and libraries tell as they like.
            with np.errstate(all="raise", under="ignore"):
                return getattr(np, name)(x)

        assert_agrees(call, rtol=tolerance(dtype))


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("name", OF_TWO)
def test_values_of_two_are_numpys(name: str, dtype: str) -> None:
    def call(np: ModuleType) -> Any:
        x, y = array(np, ALL, dtype), array(np, of_all_sizes(60, 2), dtype)
        results = []
        with np.errstate(all="ignore"):
            for first, second in [(x, x[:, None]), (x, y[:, None]), (y, x[:, None]), (y, y[:, None])]:
                result = getattr(np, name)(first, second)
                # NumPy's powers lose digits where numbers end.
                results.append(np.where(np.abs(result) < np.finfo(dtype).tiny, 0.0, result))
        return results, [np.signbit(result) & ~np.isnan(result) for result in results]

    assert_agrees(call, rtol=tolerance(dtype))


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("name", OF_TWO)
def test_conditions_of_two_are_numpys(name: str, dtype: str) -> None:
    def call(np: ModuleType) -> Any:
        x = array(np, ALL[::3], dtype)
        raised = []
        for first in x:
            for second in x:
                # Whether one of infinite exponent tells of a pole or an overflow, the standards leave open.
                if name == "power" and np.isinf(second):
                    continue
                try:
                    with np.errstate(all="raise", under="ignore"):
                        getattr(np, name)(np.array([first, 0.5], dtype), np.array([second, 0.5], dtype))
                except FloatingPointError:
                    raised.append((float(first), float(second)))
        return [repr(pair) for pair in raised]

    assert_agrees(call)


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_result_does_not_depend_on_its_neighbours(name: str, dtype: str) -> None:
    x = array(rustsci, of_all_sizes(300, 3) + ALL, dtype)
    function = getattr(rustsci, name)
    with rustsci.errstate(all="ignore"):
        whole = function(x)
        for part in (slice(None, None, 3), slice(5, 9), slice(None, None, -1), slice(17, None)):
            rustsci.testing.assert_array_equal(function(x[part]), whole[part])
        alone = [function(x[i : i + 1])[0] for i in range(x.size)]
    rustsci.testing.assert_array_equal(rustsci.array(alone), whole)


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("name", OF_TWO)
def test_one_operand_may_be_one_number(name: str, dtype: str) -> None:
    x = array(rustsci, of_all_sizes(100, 2) + ALL, dtype)
    function = getattr(rustsci, name)
    with rustsci.errstate(all="ignore"):
        for y in (2.0, 0.5, -1.5, 3.0):
            same = rustsci.full_like(x, y)
            rustsci.testing.assert_array_equal(function(x, y), function(x, same))
            rustsci.testing.assert_array_equal(function(y, x), function(same, x))


def test_powers_that_are_exact() -> None:
    x = rustsci.arange(1.0, 1000.0)

    assert (rustsci.power(x, 2.0) == x * x).all()
    assert (rustsci.power(x + 0.1, 2.0) == (x + 0.1) * (x + 0.1)).all()
    assert (rustsci.power(x * x, 0.5) == x).all()
    assert (rustsci.power(x, 1.0) == x).all()
    assert (rustsci.power(10.0, rustsci.arange(23.0)) == [10.0**k for k in range(23)]).all()
    assert (rustsci.log10([10.0**k for k in range(23)]) == rustsci.arange(23.0)).all()
    assert (rustsci.cbrt(x**3) == x).all()
