"""The .npy format: what is written is what NumPy writes, and nothing in a file can do harm."""

from __future__ import annotations

import io
import pickle
import warnings
from pathlib import Path
from typing import Any

import pytest

import rustsci as np
from rustsci.lib import format
from tests.python.oracle import numpy

DTYPES = [
    *("bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"),
    *("float16", "float32", "float64", "complex64", "complex128"),
]
SHAPES: list[tuple[int, ...]] = [(), (0,), (3,), (2, 3), (0, 4), (2, 1, 3), (100_000,), (1, 10**6)]
SOUND = "{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }"


def saved(save: Any, array: Any) -> bytes:
    file = io.BytesIO()
    save(file, array)
    return file.getvalue()


def npy(header: str | bytes, data: bytes = bytes(16), version: tuple[int, int] = (1, 0)) -> io.BytesIO:
    text = header.encode("latin1") if isinstance(header, str) else header
    length = len(text).to_bytes(2 if version == (1, 0) else 4, "little")
    return io.BytesIO(b"\x93NUMPY" + bytes(version) + length + text + data)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("shape", [(), (0,), (2, 3)])
def test_files_are_those_of_numpy(dtype: str, shape: tuple[int, ...]) -> None:
    ours = np.ones(shape, dtype=dtype)
    theirs = numpy.ones(shape, dtype=dtype)

    assert saved(np.save, ours) == saved(numpy.save, theirs)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("order", ["C", "F"])
def test_headers_are_those_of_numpy(shape: tuple[int, ...], order: Any) -> None:
    ours = np.zeros(shape, dtype="int8", order=order)
    theirs = numpy.zeros(shape, dtype="int8", order=order)

    assert saved(np.save, ours) == saved(numpy.save, theirs)


@pytest.mark.parametrize("version", [(1, 0), (2, 0), (3, 0)])
def test_every_version_is_read_by_numpy(version: tuple[int, int]) -> None:
    file = io.BytesIO()
    format.write_array(file, np.arange(6.0).reshape(2, 3), version=version)
    file.seek(0)

    read = numpy.load(file)

    assert read.tolist() == [[0, 1, 2], [3, 4, 5]]


def test_an_array_without_contiguity_is_written_in_c_order() -> None:
    array = np.arange(24).reshape(4, 6)[::2, ::-2]

    file = io.BytesIO(saved(np.save, array))

    assert np.load(file).tolist() == array.tolist()


def test_fortran_order_is_kept(tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", np.arange(6).reshape(2, 3).T)

    read = np.load(tmp_path / "a.npy")

    assert read.flags.f_contiguous
    assert not read.flags.c_contiguous
    assert read.tolist() == [[0, 3], [1, 4], [2, 5]]


def test_the_suffix_is_added_once(tmp_path: Path) -> None:
    np.save(tmp_path / "a", [1])
    np.save(str(tmp_path / "b.npy"), [2])

    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.npy", "b.npy"]


def test_arrays_follow_each_other_in_a_file(tmp_path: Path) -> None:
    with open(tmp_path / "two.npy", "wb") as file:
        np.save(file, [1, 2])
        np.save(file, 3.5)

    with open(tmp_path / "two.npy", "rb") as file:
        assert np.load(file).tolist() == [1, 2]
        assert np.load(file) == 3.5
        with pytest.raises(EOFError):
            np.load(file)


def test_a_file_need_only_read_and_write() -> None:
    class Slow(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            return super().read(min(size or 1, 7))

    file = Slow(saved(np.save, np.arange(1000)))

    assert np.load(file).tolist() == list(range(1000))


def test_what_is_read_can_be_written_to() -> None:
    read = np.load(io.BytesIO(saved(np.save, np.zeros(3))))

    read[1] = 5

    assert read.tolist() == [0, 5, 0]


@pytest.mark.parametrize(
    ("header", "complaint"),
    [
        ("[1]", "not a dictionary"),
        ("{'shape': (2,)}", "correct keys"),
        (SOUND[:-1] + "'more': 1}", "correct keys"),
        (SOUND.replace("False", "0"), "fortran_order is not a valid bool"),
        (SOUND.replace("(2,)", "[2]"), "shape is not valid"),
        (SOUND.replace("(2,)", "(2.0,)"), "shape is not valid"),
        (SOUND.replace("(2,)", "(-2,)"), "shape is not valid"),
        (SOUND.replace("(2,)", "(True,)"), "shape is not valid"),
        (SOUND.replace("(2,)", f"({2**62}, {2**62})"), "too big"),
        (SOUND.replace("(2,)", f"({10**30},)"), "too big"),
        (SOUND.replace("(2,)", f"(0, {10**30})"), "too big"),
        (SOUND.replace("(2,)", str((1,) * 70)), "dimension"),
        (SOUND.replace("'<f8'", "'<f7'"), "not a valid dtype descriptor"),
        (SOUND.replace("'<f8'", "3"), "not a valid dtype descriptor"),
        ("{", "Cannot parse header"),
        ("(" * 9000, "Cannot parse header"),
        ("-" * 9000 + "1", "Cannot parse header"),
        ("__import__('os').abort()", "Cannot parse header"),
        ("", "Cannot parse header"),
        (" " * 10_001, "max_header_size"),
    ],
)
def test_a_malformed_header_is_a_value_error(header: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        np.load(npy(header))


@pytest.mark.parametrize("length", range(1, 80))
def test_a_file_cut_short_is_a_value_error(length: int) -> None:
    whole = saved(np.save, np.zeros(2))

    with pytest.raises(ValueError):
        np.load(io.BytesIO(whole[:length] if length < 8 else whole[: length + 63]))


def test_an_empty_file_is_the_end_of_the_file() -> None:
    with pytest.raises(EOFError):
        np.load(io.BytesIO(b""))


def test_a_header_cannot_promise_more_than_the_file_holds(tmp_path: Path) -> None:
    path = tmp_path / "boast.npy"
    path.write_bytes(npy(SOUND.replace("(2,)", f"({2**40},)")).getvalue())

    with pytest.raises(ValueError, match="could only read 2 elements"):
        np.load(path)
    with pytest.raises(ValueError):
        np.load(path, mmap_mode="r")


def test_a_version_of_the_future_is_refused() -> None:
    with pytest.raises(ValueError, match="we only support format version"):
        np.load(npy(SOUND, version=(4, 0)))


def test_text_that_is_not_utf8_is_a_value_error() -> None:
    with pytest.raises(ValueError):
        np.load(npy(b"\xff" + SOUND.encode(), version=(3, 0)))


def test_a_long_header_is_read_when_allowed() -> None:
    header = SOUND + " " * 20_000

    assert np.load(npy(header), max_header_size=30_000).tolist() == [0, 0]
    assert np.load(npy(header), allow_pickle=True).tolist() == [0, 0]


def test_long_integers_of_python_2_are_read_with_a_warning() -> None:
    with pytest.warns(UserWarning, match="Python 2"):
        read = np.load(npy(SOUND.replace("(2,)", "(2L,)")))

    assert read.tolist() == [0, 0]


def test_pickles_are_refused_unless_allowed() -> None:
    pickled = pickle.dumps({"a": 1})

    with pytest.raises(ValueError, match="allow_pickle"):
        np.load(io.BytesIO(pickled))
    assert np.load(io.BytesIO(pickled), allow_pickle=True) == {"a": 1}
    with pytest.raises(pickle.UnpicklingError):
        np.load(io.BytesIO(b"nonsense"), allow_pickle=True)


def test_encoding_is_one_that_leaves_arrays_alone() -> None:
    with pytest.raises(ValueError, match="encoding must be"):
        np.load(io.BytesIO(b"x"), encoding="utf-8")


@pytest.mark.parametrize("numbers", [(-1, 0), (256, 0), (0, -1), (0, 256)])
def test_magic_takes_bytes(numbers: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="version must be"):
        format.magic(*numbers)


def test_sound_files_do_not_warn() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert np.load(npy(SOUND)).tolist() == [0, 0]
