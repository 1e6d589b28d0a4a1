"""Limits and kinds of dtypes, and what the namespace says about itself."""

from __future__ import annotations

import pickle
import tomllib
from pathlib import Path
from typing import Any

import pytest

import rustsci as np
from rustsci.version import version
from tests.python.agreement import assert_expression_agrees, expressions

CALLS = expressions("""
    repr(np.finfo(np.float16))
    repr(np.finfo('f4'))
    str(np.finfo('c16'))
    np.finfo(np.float32).eps
    np.finfo(np.float64).smallest_subnormal
    np.finfo(1.0).epsneg
    np.finfo('f4').resolution
    np.finfo(1)
    np.finfo('hi')
    repr(np.finfo(None))
    repr(np.iinfo(np.int8))
    str(np.iinfo('u8'))
    np.iinfo(np.int16(3)).max
    np.iinfo(1.0)
    np.iinfo(bool)
    np.issubdtype('f4', np.floating)
    np.issubdtype(float, np.float32)
    np.issubdtype(np.int64, int)
    np.issubdtype('nonsense', int)
    np.isdtype(np.float32, 'real floating')
    np.isdtype(np.dtype('i8'), ('complex floating', np.dtype('i8')))
    np.isdtype(np.float32, 'f4')
    np.isdtype('f4', 'real floating')
    np.isdtype(np.float32, 3)
    np.isdtype(np.float32, ('numeric', float))
    np.__array_namespace_info__().default_device()
    sorted(np.__array_namespace_info__().dtypes(kind=('bool', 'integral')))
    np.__array_namespace_info__().dtypes(kind='odd')
    np.__array_namespace_info__().default_dtypes(device='gpu')
    np.show_config(mode='picture')
""")


@pytest.mark.parametrize("call", CALLS)
def test_agrees(call: str) -> None:
    assert_expression_agrees(call)


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_limits_hold(dtype: str) -> None:
    limits = np.finfo(dtype)
    one = limits.dtype.type(1)

    assert limits.max * limits.dtype.type(0.5) < np.inf
    assert one + limits.eps == np.nextafter(one, limits.dtype.type(2))
    assert one - limits.epsneg == np.nextafter(one, limits.dtype.type(0))
    assert np.nextafter(limits.dtype.type(0), one) == limits.smallest_subnormal


def test_one_finfo_for_each_precision() -> None:
    assert np.finfo("f8") is np.finfo(float) is np.finfo(np.complex128)


@pytest.mark.parametrize("group", ["AllInteger", "AllFloat", "All"])
def test_typecodes_name_dtypes(group: str) -> None:
    assert all(np.dtype(code) for code in np.typecodes[group])


def test_scalar_types_are_named() -> None:
    assert np.sctypeDict["float64"] is np.float64
    assert np.float32 in np.ScalarType


def test_there_is_one_version() -> None:
    manifest = tomllib.loads((Path(__file__).parents[2] / "Cargo.toml").read_text())

    assert version == manifest["workspace"]["package"]["version"]


@pytest.mark.parametrize("arguments", [(2, 1), (2, 1, "source"), ("no such axis",)])
def test_axis_errors_survive_pickling(arguments: Any) -> None:
    error = np.exceptions.AxisError(*arguments)
    copy = pickle.loads(pickle.dumps(error))

    assert (str(copy), copy.axis, copy.ndim) == (str(error), error.axis, error.ndim)
