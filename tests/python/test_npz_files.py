"""Archives of arrays."""

from __future__ import annotations

import gc
import io
import weakref
import zipfile
from pathlib import Path

import pytest

import rustsci as np
from rustsci.lib.npyio import NpzFile
from tests.python.oracle import numpy


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "arrays.npz"
    np.savez(path, np.arange(3), mass=np.float32(2.5))
    return path


def test_an_archive_is_a_mapping(archive: Path) -> None:
    with np.load(archive) as arrays:
        assert sorted(arrays) == ["arr_0", "mass"]
        assert len(arrays) == 2
        assert "mass" in arrays
        assert "mass.npy" in arrays
        assert arrays["arr_0"].tolist() == [0, 1, 2]
        assert arrays.get("volume") is None
        assert {name: array.shape for name, array in arrays.items()} == {"arr_0": (3,), "mass": ()}
        with pytest.raises(KeyError, match="volume is not a file in the archive"):
            arrays["volume"]


def test_members_are_attributes_of_f(archive: Path) -> None:
    with np.load(archive) as arrays:
        assert arrays.f.mass == 2.5
        assert sorted(dir(arrays.f)) == ["arr_0", "mass"]
        with pytest.raises(AttributeError):
            _ = arrays.f.volume


@pytest.mark.parametrize("save", ["savez", "savez_compressed"])
def test_numpy_reads_our_archives_and_we_read_numpys(save: str) -> None:
    ours, theirs = io.BytesIO(), io.BytesIO()
    getattr(np, save)(ours, [1.5], x=np.eye(2))
    getattr(numpy, save)(theirs, [1.5], x=numpy.eye(2))

    assert ours.getvalue() == theirs.getvalue()


def test_compression_compresses() -> None:
    plain, compressed = io.BytesIO(), io.BytesIO()
    np.savez(plain, np.zeros(10_000))
    np.savez_compressed(compressed, np.zeros(10_000))

    assert len(compressed.getvalue()) < len(plain.getvalue()) / 50


def test_the_suffix_is_added(tmp_path: Path) -> None:
    np.savez(tmp_path / "a", 1)

    assert (tmp_path / "a.npz").exists()


def test_what_is_no_array_is_given_as_bytes(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "mixed.npz", "w") as file:
        file.writestr("notes", "hello")

    with np.load(tmp_path / "mixed.npz") as arrays:
        assert arrays["notes"] == b"hello"


def test_repr_names_some_members(tmp_path: Path) -> None:
    np.savez(tmp_path / "many.npz", *range(6))

    with np.load(tmp_path / "many.npz") as arrays:
        assert repr(arrays).endswith("many.npz' with keys: arr_0, arr_1, arr_2, arr_3, arr_4...")


def test_names_must_not_collide() -> None:
    with pytest.raises(ValueError, match="arr_0"):
        np.savez(io.BytesIO(), 1, arr_0=2)


def test_closing_closes_the_file_that_load_opened(archive: Path) -> None:
    arrays = np.load(archive)
    file = arrays.fid

    arrays.close()

    assert file.closed
    assert arrays.zip is None
    with pytest.raises(ValueError, match="closed"):
        arrays["mass"]


def test_a_file_of_the_caller_stays_open(archive: Path) -> None:
    with open(archive, "rb") as file:
        np.load(file).close()

        assert not file.closed


def test_an_archive_is_freed_without_the_garbage_collector(archive: Path) -> None:
    gc.disable()
    try:
        arrays = np.load(archive)
        alive = weakref.ref(arrays)
        del arrays

        assert alive() is None
    finally:
        gc.enable()


def test_a_damaged_archive_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "bad.npz").write_bytes(b"PK\x03\x04 and no more")

    with pytest.raises(zipfile.BadZipFile):
        np.load(tmp_path / "bad.npz")


def test_an_empty_archive_is_an_archive(tmp_path: Path) -> None:
    np.savez(tmp_path / "none.npz")

    with np.load(tmp_path / "none.npz") as arrays:
        assert isinstance(arrays, NpzFile)
        assert arrays.files == []
