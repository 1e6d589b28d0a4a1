"""What is asked of floats one by one: whether they are finite, their signs, the distance to the next one."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

from tests.python.agreement import assert_agrees

PROPERTIES = ["isfinite", "isinf", "isnan", "signbit", "logical_not"]
DTYPES = ["float16", "float32", "float64", "complex64", "complex128"]
# More than is gathered before it is written, and a rest.
LENGTHS = [0, 1, 31, 32, 33, 67, 200]


def numbers(np: ModuleType, dtype: str, length: int) -> Any:
    """Zeros, infinities, NaN and the ends of what there is in the type, of both signs, over and over."""
    info = np.finfo(dtype)
    ends = [info.max, info.tiny, info.smallest_subnormal, np.nextafter(info.max, info.dtype.type(0))]
    corners = np.array([0.0, 1.0, 1.5, 1e3, np.inf, np.nan, *map(float, ends)]).astype(info.dtype)
    both = np.concatenate([corners, -corners])
    real = np.resize(both, length)
    if np.dtype(dtype).kind != "c":
        return real
    pairs = np.empty(length, dtype)
    pairs.real, pairs.imag = real, np.resize(both[::-3], length)
    return pairs


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", PROPERTIES)
def test_properties_are_numpys(name: str, dtype: str) -> None:
    for length in LENGTHS:

        def call(np: ModuleType, length: int = length) -> Any:
            x = numbers(np, dtype, length)
            function = getattr(np, name)
            out = np.ones(length, bool)
            function(x, out=out, where=function(x[::-1]))
            return function(x), function(x[::3]), function(x[::-1]), out

        assert_agrees(call)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_spacing_is_numpys(dtype: str) -> None:
    def call(np: ModuleType) -> Any:
        x = numbers(np, dtype, 67)
        with np.errstate(over="ignore"):
            result = np.spacing(x)
        return result, np.signbit(result) & ~np.isnan(result)

    assert_agrees(call)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_the_largest_number_alone_has_no_next_one(dtype: str) -> None:
    def call(np: ModuleType) -> Any:
        raised = []
        with np.errstate(all="raise", under="ignore"):
            for x in numbers(np, dtype, 20):
                try:
                    np.spacing(np.full(40, x))
                except FloatingPointError as error:
                    raised.append((float(x), str(error)))
        return repr(raised)

    assert_agrees(call)
