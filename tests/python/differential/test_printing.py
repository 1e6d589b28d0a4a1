"""Text of arrays and numbers, under every print option, compared with NumPy's character by character."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import hypothesis
import numpy
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

import rustsci

DTYPES = (
    *("bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"),
    *("float16", "float32", "float64", "complex64", "complex128"),
)
FLOATS = ("float16", "float32", "float64")

settings = hypothesis.settings(
    max_examples=500,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(hypothesis.HealthCheck),
)

# Numbers where notation, digits or widths change, beside those that nothing is special about.
REALS = st.one_of(
    st.sampled_from([0.0, -0.0, 1.0, 0.1, 1e-4, 9.9e-5, 999.0, 1e3, 999999.0, 1e6, 99999999.0, 1e8, 1e16]),
    st.sampled_from([float("nan"), float("inf"), -float("inf"), 5e-324, 1.8e308, 6e-8, 65504.0]),
    st.integers(-1000, 1000).map(float),
    st.integers(-(10**6), 10**6).map(lambda number: number / 1000),
    st.floats(-10, 10),
    st.floats(),
)


def cast(values: list[Any], dtype: str) -> numpy.ndarray:
    with numpy.errstate(all="ignore"):
        return numpy.array(values).astype(dtype)


@st.composite
def numpy_arrays(draw: st.DrawFn) -> numpy.ndarray:
    dtype = numpy.dtype(draw(st.sampled_from(DTYPES)))
    shape = draw(arrays.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=8))
    size = int(numpy.prod(shape))
    if dtype.kind not in "fc":
        return draw(arrays.arrays(dtype, shape))
    # Few distinct values make arrays that are all small, all whole, or all not finite.
    pool = draw(st.lists(REALS, min_size=1, max_size=6))
    values = draw(st.lists(st.sampled_from(pool), min_size=2 * size, max_size=2 * size))
    if dtype.kind == "c":
        values = [complex(re, im) for re, im in zip(values[::2], values[1::2], strict=True)]
    return cast(values[:size], dtype.name).reshape(shape)


def optional(**strategies: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Some of the keyword arguments."""
    return st.fixed_dictionaries({}, optional=strategies)


LEGACY = st.sampled_from(["1.13", "1.21", "1.25", "2.1", "2.2", False])
FORMATTERS = st.sampled_from(
    [
        {"all": lambda x: f"<{bool(x)}>"},
        {"int": lambda x: hex(int(x))},
        {"float_kind": lambda x: f"{float(x):.2f}", "float": None},
        {"complex_kind": lambda x: "two\nlines", "int_kind": lambda x: "three\nlonger\nlines"},
    ]
)
COMMON: dict[str, st.SearchStrategy[Any]] = {
    "precision": st.integers(0, 20),
    "threshold": st.sampled_from([0, 1, 5, 20, 1000]),
    "edgeitems": st.integers(0, 4),
    "sign": st.sampled_from(["-", "+", " "]),
    "floatmode": st.sampled_from(["fixed", "unique", "maxprec", "maxprec_equal"]),
    "formatter": FORMATTERS,
    "legacy": LEGACY,
}
PRINT_OPTIONS = optional(
    **COMMON,
    linewidth=st.integers(0, 100),
    suppress=st.booleans(),
    nanstr=st.sampled_from(["NA", "not a number"]),
    infstr=st.sampled_from(["∞", "infinity"]),
)
ARRAY_OPTIONS = optional(
    **COMMON,
    max_line_width=st.integers(0, 100),
    suppress_small=st.booleans(),
    separator=st.sampled_from(["", ", ", ",", " ; ", "\t"]),
    prefix=st.sampled_from(["array(", "x"]),
    suffix=st.sampled_from([")", "tail"]),
)
COUNTS = st.one_of(st.integers(0, 25), st.integers(0, 1100))
NUMBER_OPTIONS: dict[str, st.SearchStrategy[Any]] = {
    "precision": COUNTS,
    "unique": st.booleans(),
    "trim": st.sampled_from(["k", ".", "0", "-"]),
    "sign": st.booleans(),
    "pad_left": st.integers(0, 12),
    "min_digits": COUNTS,
}


def ours(a: numpy.ndarray) -> Any:
    return rustsci.array(a.ravel().tolist(), dtype=a.dtype.name).reshape(a.shape)


def outcome(function: Callable[..., str], *args: Any, **kwargs: Any) -> str | type[Exception]:
    try:
        return function(*args, **kwargs)
    except Exception as error:
        return type(error)


@settings
@hypothesis.given(numpy_arrays(), PRINT_OPTIONS)
def test_repr_and_str(a: numpy.ndarray, options: dict[str, Any]) -> None:
    with numpy.printoptions(**options):
        expected = repr(a), str(a)

    with rustsci.printoptions(**options):
        assert (repr(ours(a)), str(ours(a))) == expected


@settings
@hypothesis.given(numpy_arrays(), ARRAY_OPTIONS)
def test_array2string(a: numpy.ndarray, options: dict[str, Any]) -> None:
    expected = outcome(numpy.array2string, a, **options)

    assert outcome(rustsci.array2string, ours(a), **options) == expected


@settings
@hypothesis.given(
    st.sampled_from(["float16", "float32", "float64", "complex64", "complex128"]), REALS, REALS, LEGACY
)
def test_scalars(dtype: str, real: float, imaginary: float, legacy: str | bool) -> None:
    value = cast([complex(real, imaginary) if dtype.startswith("complex") else real], dtype)
    with numpy.printoptions(legacy=legacy):
        expected = str(value[0]), repr(value[0])

    with rustsci.printoptions(legacy=legacy):
        assert (str(ours(value)[0]), repr(ours(value)[0])) == expected


@settings
@hypothesis.given(
    st.sampled_from(FLOATS),
    REALS,
    optional(**NUMBER_OPTIONS, fractional=st.booleans(), pad_right=st.integers(0, 12)),
)
def test_positional(dtype: str, number: float, options: dict[str, Any]) -> None:
    value = cast([number], dtype)
    expected = outcome(numpy.format_float_positional, value[0], **options)

    assert outcome(rustsci.format_float_positional, ours(value)[0], **options) == expected


@settings
@hypothesis.given(st.sampled_from(FLOATS), REALS, optional(**NUMBER_OPTIONS, exp_digits=st.integers(0, 6)))
def test_scientific(dtype: str, number: float, options: dict[str, Any]) -> None:
    value = cast([number], dtype)
    expected = outcome(numpy.format_float_scientific, value[0], **options)

    assert outcome(rustsci.format_float_scientific, ours(value)[0], **options) == expected
