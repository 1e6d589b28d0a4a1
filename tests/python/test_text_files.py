"""Arrays as text: `loadtxt`, `genfromtxt` and `savetxt` do as NumPy's do."""

from __future__ import annotations

import bz2
import gzip
import io
import itertools
import lzma
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import rustsci as np
from tests.python.oracle import numpy


def outcome(function: Any, *arguments: Any, **keywords: Any) -> tuple[Any, ...]:
    """What a call gives: dtype, shape and values or the type of an exception, and the warnings."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            result = function(*arguments, **keywords)
            outcome: tuple[Any, ...] = (str(result.dtype), result.shape, repr(result.tolist()))
        except Exception as error:
            outcome = (type(error),)
    return *outcome, [warning.category for warning in caught]


def written(module: Any, array: Any, **keywords: Any) -> Any:
    file = io.BytesIO()
    try:
        module.savetxt(file, module.asarray(array), **keywords)
    except Exception as error:
        return type(error)
    return file.getvalue()


LOADED: list[tuple[str, dict[str, Any]]] = [
    # shapes
    ("1 2\n3 4", {}),
    ("1 2 3", {}),
    ("1\n2\n3", {}),
    ("1", {}),
    *(("1\n2", {"ndmin": n}) for n in range(4)),
    *(("1 2", {"ndmin": n, "unpack": True}) for n in range(3)),
    ("1 2\n3 4\n5 6", {"unpack": True}),
    # nothing
    *(("", {"ndmin": n}) for n in range(3)),
    *(("# a\n\n", {"usecols": columns}) for columns in (1, [1, 2], [])),
    # dtypes
    ("0 1 2 -3", {"dtype": bool}),
    ("+1 -2 003", {"dtype": "int8"}),
    ("127 128", {"dtype": "int8"}),
    ("-1", {"dtype": "uint8"}),
    ("18446744073709551615", {"dtype": "uint64"}),
    ("18446744073709551616", {"dtype": "uint64"}),
    ("1.0", {"dtype": int}),
    ("1e3 -inf NaN .5 5. 1E-400", {}),
    ("0.1 1e39 1e-46", {"dtype": "float32"}),
    ("0.1 1e-8", {"dtype": "float16"}),
    ("1+2j (3-4j) -5j +6 (7) 1+-2j nan+infj", {"dtype": complex}),
    *((field, {"dtype": complex}) for field in ("j", "1+j", "1j+2", "1+2J", "(1", "1)", "1 +2j", "((1))")),
    *((field, {}) for field in ("1_000", "\u0661", "0x10", "1d5", "nan(1)", "x", "1\0", "--1")),
    *((field, {"dtype": int}) for field in ("1_000", "\u0661", "0x10", "")),
    ("None", {"dtype": None}),
    # delimiters and space
    (" 1 , 2 \n\n3,4", {"delimiter": ","}),
    ("1,2,\n", {"delimiter": ","}),
    ("1,2\n \n3,4", {"delimiter": ","}),
    ("1  2", {"delimiter": " "}),
    ("1\t2", {"delimiter": b"\t"}),
    ("1\u20032\u00a03\v4\f5\x1c6", {}),
    ("1 2\r\n3 4\r\n", {}),
    # rows of different length
    ("1 2\n3 4 5", {}),
    ("1 2\n3 4 5", {"usecols": [0, -1]}),
    ("1 2\n3", {"usecols": [1]}),
    ("1 2 3\n4 5 6", {"usecols": [-1, 0, 0]}),
    ("1 2", {"usecols": 2**70}),
    ("1 2", {"usecols": 1.5}),
    ("1 2", {"usecols": "1"}),
    # comments
    ("# a\n1 2 # b\n#c", {}),
    ("1 2 // a\n3 4 % b", {"comments": ["//", "%"]}),
    ("1 2 #", {"comments": None}),
    ("1 2", {"comments": ""}),
    ("1 2", {"comments": ["#", ""]}),
    ("1 2", {"comments": [3]}),
    # parts of a file
    ("a\nb\n1 2\n3 4", {"skiprows": 2}),
    ("1 2\n3 4", {"skiprows": 5}),
    ("1 2\n3 4\n5 6", {"max_rows": 2}),
    ("1 2\n\n3 4\n5 6", {"max_rows": 2}),
    ("1 2", {"max_rows": 0}),
    *(("1 2", {name: value}) for name in ("skiprows", "max_rows") for value in (-1, 1.0, "1")),
    # quotes
    ('"1","2"3,4\n"5",6,7', {"delimiter": ",", "quotechar": '"'}),
    ('"1" "2"\n3 "4\n"', {"quotechar": '"'}),
    ('1,"2"#x\n3,4', {"delimiter": ",", "quotechar": '"'}),
    ('1,2"3"', {"delimiter": ",", "quotechar": '"'}),
    ('1,""', {"delimiter": ",", "quotechar": '"'}),
    ("1,2,", {"delimiter": ",", "quotechar": '"'}),
    # control characters
    *(("1", {name: bad}) for name in ("delimiter", "quotechar") for bad in ("", "ab", 3, "\n", "\r")),
    ("1", {"comments": "\n"}),
    ("1", {"comments": ",", "delimiter": ","}),
    ("1", {"comments": ["#", ","], "delimiter": ","}),
    ("1", {"quotechar": ",", "delimiter": ","}),
    ("1", {"quotechar": "#"}),
    ("1", {"quotechar": " "}),
    ("1", {"comments": "\u3000"}),
    ("1", {"comments": "//", "quotechar": '"'}),
    # converters
    ("a b\nc d", {"converters": ord}),
    ("1 b\n2 c", {"converters": {1: ord}}),
    ("1 b\n2 c", {"converters": {-1: ord}, "usecols": [0, -1]}),
    ("1 b\n2 3", {"converters": {0: float}, "usecols": [0]}),
    ("1 2", {"converters": lambda field: 2.7, "dtype": int}),
    ("1 2", {"converters": lambda field: None}),
    ("1 2", {"converters": lambda field: 1000, "dtype": "int8"}),
    ("1 x", {"converters": {1: int}}),
    *(("1 2", {"converters": bad}) for bad in ([float], {"a": int}, {1: 3}, {5: int}, {1.0: int})),
    ("\u00e9", {"converters": len, "encoding": "bytes"}),
    ("1 2", {"encoding": 3}),
    ("1 2", {"like": 3}),
]


@pytest.mark.parametrize(("text", "keywords"), LOADED)
def test_loadtxt_does_as_numpy(text: str, keywords: dict[str, Any]) -> None:
    ours = outcome(np.loadtxt, io.StringIO(text, newline=None), **keywords)
    theirs = outcome(numpy.loadtxt, io.StringIO(text, newline=None), **keywords)

    assert ours == theirs


@pytest.mark.parametrize(
    ("text", "keywords", "complaint"),
    [
        ("1 2\n3 x", {}, "could not convert string 'x' to float64 at row 1, column 2"),
        ("# a\n1 2 3\n\n4 5 x", {"usecols": -1}, "'x' to float64 at row 1, column 0"),
        ("1 300", {"dtype": "uint8"}, "'300' to uint8 at row 0, column 2"),
        ("1 2\n\n3 4 5", {}, "columns changed from 2 to 3 at row 2"),
        ("1 2\n3", {"usecols": -2}, "invalid column index -2 at row 2 with 1 columns"),
        ("1 x", {"converters": {1: int}}, "'x' to float64 at row 0, column 2"),
    ],
)
def test_loadtxt_says_where_the_fault_is(text: str, keywords: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        np.loadtxt(io.StringIO(text), **keywords)


@pytest.mark.parametrize("rows", [499, 500, 501, 1234])
def test_loadtxt_reads_block_by_block(rows: int) -> None:
    text = "\n".join(f"{row},{row / 7}" for row in range(rows))

    read = np.loadtxt(io.StringIO(text), delimiter=",")

    assert read.tolist() == [[row, row / 7] for row in range(rows)]


def test_loadtxt_counts_rows_over_blocks() -> None:
    text = "1 2\n" * 777 + "1 x\n"

    with pytest.raises(ValueError, match="at row 777, column 2"):
        np.loadtxt(io.StringIO(text))


def test_loadtxt_reads_no_line_too_many() -> None:
    file = io.StringIO("1 2\n3 4\n5 6\n")

    np.loadtxt(file, max_rows=2)

    assert file.readline() == "5 6\n"


def test_loadtxt_finds_newlines_where_none_belong() -> None:
    for lines in (["1 2\n3 4\n"], ["1\r2"]):
        with pytest.raises(ValueError, match="embedded newline"):
            np.loadtxt(lines)


def test_loadtxt_takes_any_iterable_of_lines() -> None:
    def lines() -> Iterator[str | bytes]:
        yield "1 2\n"
        yield b"3 4"

    assert np.loadtxt(lines()).tolist() == [[1, 2], [3, 4]]
    with pytest.raises(TypeError, match="non-string returned while reading data"):
        np.loadtxt(["1", 2])
    with pytest.raises(ValueError, match="fname must be a string, filehandle"):
        np.loadtxt(3)


@pytest.mark.parametrize(
    ("suffix", "opened"), [("txt", open), ("gz", gzip.open), ("bz2", bz2.open), ("xz", lzma.open)]
)
def test_files_are_decompressed_by_their_names(tmp_path: Path, suffix: str, opened: Any) -> None:
    path = tmp_path / f"data.{suffix}"

    np.savetxt(path, [[1, 2], [3, 4]], fmt="%d", encoding="utf-16-le")

    with opened(path, "rt", encoding="utf-16-le") as file:
        assert file.read() == "1 2\n3 4\n"
    for load in (np.loadtxt, np.genfromtxt):
        assert load(path, encoding="utf-16-le").tolist() == [[1, 2], [3, 4]]


def test_a_file_that_is_not_there_is_an_os_error() -> None:
    with pytest.raises(FileNotFoundError):
        np.loadtxt("no/such/file.txt")


MISSING: list[tuple[str, dict[str, Any]]] = [
    ("1 2\n3 4", {}),
    ("1,,3\n4,5,", {"delimiter": ","}),
    *(("1,,0", {"delimiter": ",", "dtype": dtype}) for dtype in (int, "int8", "float32", complex)),
    ("True,,false", {"delimiter": ",", "dtype": bool}),
    ("1 a\n3 4", {}),
    ("1 a\n3 4", {"dtype": int}),
    ("1 a\n3 4", {"loose": False}),
    ("1 2.7", {"dtype": int, "loose": False}),
    ("1 x\ny 4", {"missing_values": "x,y", "loose": False}),
    ("1 x\ny 4", {"missing_values": ["x", "y"], "loose": False}),
    ("1 x\ny 4", {"missing_values": {0: "y", 1: "x"}, "loose": False}),
    ("1 x\n3 y", {"missing_values": {-1: ["x", "y"]}, "loose": False}),
    ("1,x\n,4", {"delimiter": ",", "filling_values": -5}),
    ("1,x\n,4", {"delimiter": ",", "filling_values": [-5, -6]}),
    ("1,x\n,4", {"delimiter": ",", "filling_values": {0: 9}}),
    ("1,x\n,4", {"delimiter": ",", "filling_values": "7"}),
    ("1,x", {"delimiter": ",", "filling_values": float("nan"), "dtype": int}),
    ("1 2\n3 4", {"dtype": None}),
    ("1. 2\n3 4.5", {"dtype": None}),
    ("1 2j\n3j 4", {"dtype": None}),
    ("True False", {"dtype": None}),
    ("1,\n,4", {"dtype": None, "delimiter": ","}),
    ("1 2\n3\n4 5", {}),
    ("1 2\n3\n4 5", {"usecols": 0}),
    ("1 2\n3\n4 5", {"usecols": -1}),
    ("1 2\n3 4", {"usecols": 5}),
    ("123456\n  3  4", {"delimiter": 3}),
    ("123456\n 34567", {"delimiter": [2, 4]}),
    ("x\n1 2\n3 4\ny\n\n# z", {"skip_header": 1, "skip_footer": 1}),
    ("1 2\n3 4", {"skip_footer": 5}),
    ("1 2\n3 4\n5 6", {"max_rows": 2}),
    ("1 2", {"max_rows": 0}),
    ("1 2", {"max_rows": 1, "skip_footer": 1}),
    ("1 2 # a\n# b\n3 4", {}),
    ("", {}),
    ("# a", {"dtype": int}),
    *(("1", {"ndmin": n}) for n in range(4)),
    ("1 2\n3 4", {"unpack": True}),
    ("a 2", {"converters": {0: lambda field: float(ord(field))}}),
    ("1 2", {"converters": {1: int}, "usecols": 1}),
    (" a ,2", {"delimiter": ",", "autostrip": True, "converters": {0: lambda field: float(len(field))}}),
    ("1 2", {"converters": {7: float}}),
    ("1 2", {"converters": float}),
]


@pytest.mark.parametrize(("text", "keywords"), MISSING)
def test_genfromtxt_does_as_numpy(text: str, keywords: dict[str, Any]) -> None:
    ours = outcome(np.genfromtxt, io.StringIO(text), **keywords)
    theirs = outcome(numpy.genfromtxt, io.StringIO(text), **keywords)

    assert ours == theirs


def test_genfromtxt_leaves_out_rows_of_the_wrong_length_when_asked() -> None:
    with pytest.warns(UserWarning, match=r"Line #2 \(got 1 columns instead of 2\)"):
        read = np.genfromtxt(["1 2", "3", "4 5"], invalid_raise=False)

    assert read.tolist() == [[1, 2], [4, 5]]


@pytest.mark.parametrize("keywords", [{"names": True}, {"usemask": True}, {"usecols": "a"}])
def test_genfromtxt_names_what_it_does_not_support(keywords: dict[str, Any]) -> None:
    with pytest.raises(NotImplementedError, match=next(iter(keywords))):
        np.genfromtxt(["a b", "1 2"], **keywords)


TABLES = [
    [[1.5, 2], [3, 4]],
    [[1, 2], [3, 4]],
    [[True, False], [False, True]],
    [[1.5 - 2j, 3j], [4, -5 + 0j]],
    [1.5, float("nan"), -float("inf")],
    [[]],
    3.0,
    [[[1]]],
]
FORMATS: list[dict[str, Any]] = [
    {},
    *({"fmt": fmt} for fmt in ("%d", "%.3f", "%s", "%r", "%x", "%%", "x", "%d|%d", "%d %d %d %d", 3)),
    {"fmt": ["%d", "%.1f"]},
    {"fmt": ("%.1f%+.1fj", "%s")},
    {"fmt": ["%d"]},
    {"delimiter": ", ", "newline": "\r\n", "fmt": "%.2g"},
    {"newline": "%;", "fmt": "%.2g"},
    {"header": "a\nb", "footer": "c\nd", "comments": "//"},
    {"header": "\u2013"},
    {"header": "\u2013", "encoding": "utf-8"},
]


@pytest.mark.parametrize(("table", "keywords"), [*itertools.product(TABLES, FORMATS)])
def test_savetxt_writes_what_numpy_writes(table: Any, keywords: dict[str, Any]) -> None:
    assert written(np, table, **keywords) == written(numpy, table, **keywords)


def test_savetxt_writes_narrow_floats_as_numpy_does() -> None:
    for fmt in ("%s", "%r", "%.18e"):
        ours = written(np, np.asarray([1 / 3, 0.1], dtype="float32"), fmt=fmt)
        theirs = written(numpy, numpy.asarray([1 / 3, 0.1], dtype="float32"), fmt=fmt)
        assert ours == theirs


def test_savetxt_takes_files_of_text_and_of_bytes() -> None:
    text, binary = io.StringIO(), io.BytesIO()

    np.savetxt(text, [1, 2], fmt="%d", header="x")
    np.savetxt(binary, [1, 2], fmt="%d", header="x")

    assert text.getvalue() == binary.getvalue().decode() == "# x\n1\n2\n"
    with pytest.raises(ValueError, match="fname must be a string or file handle"):
        np.savetxt(None, [1, 2])


def test_text_keeps_every_bit_of_a_double() -> None:
    numbers = np.asarray([1 / 3, 5e-324, 1.7976931348623157e308, -0.0, 2**0.5])
    file = io.StringIO()

    np.savetxt(file, numbers)
    file.seek(0)

    assert np.loadtxt(file).tobytes() == numbers.tobytes()
