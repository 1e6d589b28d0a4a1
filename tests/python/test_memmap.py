"""Arrays whose memory is a file."""

from __future__ import annotations

import mmap
from pathlib import Path

import pytest

import rustsci as np
from rustsci.lib import format


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "numbers.bin"
    path.write_bytes(bytes(range(16)))
    return path


def test_the_whole_file_is_the_default(path: Path) -> None:
    mapped = np.memmap(path)

    assert (mapped.dtype, mapped.shape, mapped.mode, mapped.offset) == (np.uint8, (16,), "r+", 0)
    assert mapped.filename == path.resolve()


def test_changes_are_in_the_file(path: Path) -> None:
    mapped = np.memmap(path, dtype="int16", mode="r+", offset=4, shape=(2, 2))
    mapped[1, 0] = 300
    mapped.flush()

    assert path.read_bytes()[8:10] == (300).to_bytes(2, "little")


def test_a_copy_on_write_leaves_the_file_alone(path: Path) -> None:
    mapped = np.memmap(path, mode="c")
    mapped[0] = 99

    assert mapped[0] == 99
    assert path.read_bytes()[0] == 0


def test_reading_mode_is_read_only(path: Path) -> None:
    mapped = np.memmap(path, mode="readonly")

    assert not mapped.flags.writeable
    with pytest.raises(ValueError, match="read-only"):
        mapped[0] = 1


def test_a_new_file_is_as_long_as_the_array(tmp_path: Path) -> None:
    mapped = np.memmap(tmp_path / "new.bin", dtype="float32", mode="w+", shape=(3, 4), offset=8, order="F")
    mapped[...] = 1

    assert (tmp_path / "new.bin").stat().st_size == 8 + 48
    assert mapped.flags.f_contiguous


def test_an_offset_may_exceed_the_systems_granularity(tmp_path: Path) -> None:
    offset = mmap.ALLOCATIONGRANULARITY + 3
    mapped = np.memmap(tmp_path / "far.bin", mode="w+", shape=5, offset=offset)
    mapped[:] = 7
    mapped.flush()

    assert (tmp_path / "far.bin").read_bytes() == bytes(offset) + b"\7" * 5


def test_views_share_the_mapping_and_results_do_not(path: Path) -> None:
    mapped = np.memmap(path, shape=(4, 4))

    assert isinstance(mapped[1:], np.memmap)
    assert mapped[1:]._mmap is mapped._mmap
    assert isinstance(mapped.T, np.memmap)
    assert type(mapped + 1) is np.ndarray
    assert type(mapped[[0, 1]]) is np.ndarray
    assert type(np.add.reduce(mapped)) is np.ndarray
    assert type(mapped.sum()) is np.uint64
    assert mapped.copy()._mmap is None


def test_a_view_outlives_the_map(path: Path) -> None:
    view = np.memmap(path)[4:]

    assert view.tolist() == list(range(4, 16))


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ({"mode": "x"}, "mode must be one of"),
        ({"mode": "w+"}, "shape must be given"),
        ({"dtype": "float64", "offset": 3}, "not a multiple of the data-type size"),
        ({"offset": -1}, "negative"),
        ({"offset": 17}, "after the end of the file"),
        ({"shape": (2, -1)}, "negative dimensions"),
        ({"mode": "r", "shape": 100}, "greater than file size"),
        ({"mode": "r", "shape": (2**40, 2**40)}, None),
    ],
)
def test_what_cannot_be_mapped_is_a_value_error(
    path: Path, arguments: dict[str, object], complaint: str | None
) -> None:
    with pytest.raises((ValueError, OverflowError), match=complaint):
        np.memmap(path, **arguments)


def test_an_empty_file_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()

    with pytest.raises(ValueError, match="empty file"):
        np.memmap(tmp_path / "empty", mode="r", shape=0)


def test_npy_files_are_mapped(tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", np.arange(6).reshape(2, 3).T)

    mapped = np.load(tmp_path / "a.npy", mmap_mode="r+")
    mapped[0, 1] = 50
    mapped.flush()

    assert isinstance(mapped, np.memmap)
    assert np.load(tmp_path / "a.npy").tolist() == [[0, 50], [1, 4], [2, 5]]


def test_open_memmap_makes_npy_files(tmp_path: Path) -> None:
    mapped = format.open_memmap(tmp_path / "a.npy", mode="w+", dtype="int8", shape=(2, 2))
    mapped[...] = [[1, 2], [3, 4]]
    mapped.flush()

    assert np.load(tmp_path / "a.npy").tolist() == [[1, 2], [3, 4]]
