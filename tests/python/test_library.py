"""Results come back in the library that the arguments came from."""

from __future__ import annotations

import subprocess
import sys
from collections import namedtuple
from typing import Any

import numpy
import pytest

import rustsci
from rustsci._library import carrier_to_library_of, in_library_of

Pair = namedtuple("Pair", "first second")


def test_numpy_arrays_show_the_memory_of_the_result() -> None:
    result = rustsci.zeros((2, 3))

    theirs = in_library_of(result, numpy.ones(2))
    theirs[1, 2] = 5.0

    assert type(theirs) is numpy.ndarray
    assert result[1, 2] == 5.0


def test_numpy_scalars_answer_numpy_arguments() -> None:
    value = in_library_of(rustsci.float64(0.5), numpy.ones(2))

    assert type(value) is numpy.float64
    assert value == 0.5


@pytest.mark.parametrize("plain", [(), ([1.0, 2.0],), (1, 2.0), ("text", None)])
def test_plain_arguments_give_our_arrays(plain: tuple[Any, ...]) -> None:
    result = rustsci.arange(3)

    assert in_library_of(result, *plain) is result


def test_the_first_array_decides() -> None:
    ours, theirs = rustsci.arange(3), numpy.arange(3)

    assert type(in_library_of(ours, 1, ours, theirs)) is rustsci.ndarray
    assert type(in_library_of(ours, 1, theirs, ours)) is numpy.ndarray


def test_containers_are_looked_into() -> None:
    back = carrier_to_library_of(numpy.arange(3))
    result = {"pair": Pair(rustsci.ones(2), 3), "list": [rustsci.ones(2), None], "tuple": (rustsci.int32(7),)}

    found = back(result)

    assert isinstance(found["pair"], Pair)
    assert type(found["pair"].first) is numpy.ndarray
    assert found["pair"].second == 3
    assert type(found["list"][0]) is numpy.ndarray
    assert found["list"][1] is None
    assert type(found["tuple"][0]) is numpy.int32


def test_pandas_columns_keep_index_and_name() -> None:
    pandas = pytest.importorskip("pandas")
    column = pandas.Series([1.0, 2.0], index=["a", "b"], name="height")

    found = in_library_of(rustsci.array([3.0, 4.0]), numpy.ones(2), column)

    pandas.testing.assert_series_equal(found, pandas.Series([3.0, 4.0], index=["a", "b"], name="height"))
    assert type(in_library_of(rustsci.ones(5), column)) is numpy.ndarray
    assert type(in_library_of(rustsci.float64(1.0), column)) is numpy.float64


def test_polars_columns_keep_their_name() -> None:
    polars = pytest.importorskip("polars")

    found = in_library_of(rustsci.array([3.0, 4.0]), polars.Series("height", [1, 2]))

    assert found.to_list() == [3.0, 4.0]
    assert found.name == "height"
    assert in_library_of(rustsci.ones((2, 2)), found).shape == (2, 2)


def test_arrow_arrays_give_arrow_arrays() -> None:
    pyarrow = pytest.importorskip("pyarrow")

    found = in_library_of(rustsci.array([3.0, 4.0]), pyarrow.chunked_array([[1.0], [2.0]]))

    assert isinstance(found, pyarrow.Array)
    assert found.to_pylist() == [3.0, 4.0]


def test_no_library_is_imported() -> None:
    program = (
        "import sys, rustsci\n"
        "from rustsci._library import in_library_of\n"
        "in_library_of(rustsci.ones(2), [1.0], rustsci.ones(2), object())\n"
        "print(sorted({'numpy', 'pandas', 'polars', 'pyarrow'} & set(sys.modules)))"
    )

    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)

    assert done.stdout.strip() == "[]"
