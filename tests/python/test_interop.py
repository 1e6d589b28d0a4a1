"""Memory shared with NumPy and with other libraries."""

from __future__ import annotations

import array as stdlib_array
import mmap
import pickle
from pathlib import Path
from typing import Any

import numpy
import pytest

import rustsci as rs

DTYPES = (
    *("bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"),
    *("float16", "float32", "float64", "complex64", "complex128"),
)


def address(array: Any) -> int:
    return array.__array_interface__["data"][0]


def layouts(np: Any, dtype: str) -> list[Any]:
    a = np.arange(24).reshape(2, 3, 4).astype(dtype)
    return [a, a.T, a[::-1, :, ::2], a[1], a[:, :1], a[0, 0, 0:0], a[1, 2, 3, ...], np.asfortranarray(a)]


@pytest.mark.parametrize("dtype", DTYPES)
class TestNumPy:
    def test_from_numpy_shares_every_layout(self, dtype: str) -> None:
        for theirs in layouts(numpy, dtype):
            ours = rs.from_numpy(theirs)

            assert (ours.shape, ours.strides, ours.dtype.str) == (
                theirs.shape,
                theirs.strides,
                theirs.dtype.str,
            )
            assert ours.size == 0 or address(ours) == address(theirs)
            assert ours.tolist() == theirs.tolist()

    def test_to_numpy_shares_every_layout(self, dtype: str) -> None:
        for ours in layouts(rs, dtype):
            theirs = rs.to_numpy(ours)

            assert type(theirs) is numpy.ndarray
            assert (ours.shape, ours.strides, ours.dtype.str) == (
                theirs.shape,
                theirs.strides,
                theirs.dtype.str,
            )
            assert ours.size == 0 or address(ours) == address(theirs)
            assert ours.tolist() == theirs.tolist()

    def test_dtypes_are_exchanged(self, dtype: str) -> None:
        assert numpy.dtype(getattr(rs, dtype)) == numpy.dtype(dtype)
        assert numpy.dtype(rs.dtype(dtype)) == numpy.dtype(dtype)
        assert rs.dtype(numpy.dtype(dtype)) == rs.dtype(dtype)
        assert rs.dtype(getattr(numpy, dtype)) == rs.dtype(dtype)

    def test_dlpack_both_ways(self, dtype: str) -> None:
        ours, theirs = rs.ones((2, 3), dtype), numpy.ones((2, 3), dtype)

        assert address(numpy.from_dlpack(ours)) == address(ours)
        assert address(rs.from_dlpack(theirs)) == address(theirs)

    def test_scalars(self, dtype: str) -> None:
        ours, theirs = getattr(rs, dtype)(1), getattr(numpy, dtype)(1)

        assert rs.to_numpy(ours) == theirs
        assert rs.asarray(theirs).dtype == rs.dtype(dtype)
        assert ours == theirs


class TestLifeAndFlags:
    def test_read_only_stays_read_only(self) -> None:
        theirs = numpy.arange(3)
        theirs.flags.writeable = False
        ours = rs.from_numpy(theirs)

        with pytest.raises(ValueError, match="read-only"):
            ours[0] = 1
        assert not rs.to_numpy(ours).flags.writeable

    def test_memory_outlives_its_owner(self) -> None:
        ours = rs.from_numpy(numpy.arange(1000))
        theirs = rs.to_numpy(rs.arange(1000))
        rest = [numpy.zeros(1000) for _ in range(100)]

        assert ours[999] == 999
        assert theirs[999] == 999
        assert len(rest) == 100

    def test_only_numpy_arrays_are_taken_for_numpy_arrays(self) -> None:
        with pytest.raises(TypeError, match="list"):
            rs.from_numpy([1, 2])

    def test_unsupported_dtypes_are_named(self) -> None:
        with pytest.raises(NotImplementedError, match="M8"):
            rs.from_numpy(numpy.array(["2020-01-01"], "M8[D]"))

    def test_lists_become_arrays_first(self) -> None:
        assert rs.to_numpy([[1, 2], [3, 4]]).shape == (2, 2)


class TestMixedOperations:
    def test_operators_with_numpy_on_either_side(self) -> None:
        ours, theirs = rs.arange(3.0), numpy.arange(3.0)

        assert (ours + theirs).tolist() == [0.0, 2.0, 4.0]
        assert (theirs + ours).tolist() == [0.0, 2.0, 4.0]

    def test_numpy_functions_take_our_arrays(self) -> None:
        assert numpy.sort(rs.array([3, 1, 2])).tolist() == [1, 2, 3]
        assert numpy.concatenate([rs.ones(2), numpy.zeros(1)]).tolist() == [1.0, 1.0, 0.0]

    def test_in_place_operations_keep_the_array(self) -> None:
        ours, theirs = rs.arange(3.0), numpy.arange(3.0)
        ours += theirs
        theirs *= ours

        assert (type(ours), ours.tolist()) == (rs.ndarray, [0.0, 2.0, 4.0])
        assert (type(theirs), theirs.tolist()) == (numpy.ndarray, [0.0, 2.0, 8.0])

    def test_numpy_functions_that_we_lack_give_numpy_arrays(self) -> None:
        assert type(numpy.unwrap(rs.arange(3.0))) is rs.ndarray
        assert type(numpy.fft.fft(rs.arange(4.0))) is numpy.ndarray

    def test_our_functions_take_numpy_arrays(self) -> None:
        assert rs.sort(numpy.array([3, 1, 2])).tolist() == [1, 2, 3]
        assert rs.add(numpy.ones(2), [1, 2]).tolist() == [2.0, 3.0]

    def test_indices_may_be_numpys(self) -> None:
        a = rs.arange(5)

        assert a[numpy.array([1, 3])].tolist() == [1, 3]
        assert a[numpy.array([True, False, False, False, True])].tolist() == [0, 4]
        assert a[numpy.int64(2)] == 2


class TestBuffers:
    def test_standard_library_arrays(self) -> None:
        numbers = stdlib_array.array("d", [1, 2, 3])
        ours = rs.asarray(numbers)
        ours[0] = 9

        assert numbers[0] == 9.0

    def test_bytes_are_read_only(self) -> None:
        ours = rs.frombuffer(b"\x01\x02\x03", "uint8")

        assert ours.tolist() == [1, 2, 3]
        assert not ours.flags.writeable

    def test_memory_maps(self, tmp_path: Path) -> None:
        path = tmp_path / "numbers"
        path.write_bytes(bytes(64))
        with path.open("r+b") as file, mmap.mmap(file.fileno(), 0) as mapped:
            ours = rs.frombuffer(mapped, "float64")
            ours[:] = rs.arange(8)
            del ours
            mapped.flush()

        assert rs.frombuffer(path.read_bytes()).tolist() == list(range(8))

    def test_memoryview_of_a_strided_array(self) -> None:
        a = rs.arange(12).reshape(3, 4)[::-1, ::2]
        view = memoryview(a)

        assert (view.shape, view.strides, view.tolist()) == (a.shape, a.strides, a.tolist())

    def test_pickle_out_of_band_copies_nothing(self) -> None:
        a = rs.arange(10_000)
        buffers: list[pickle.PickleBuffer] = []
        data = pickle.dumps(a, protocol=5, buffer_callback=buffers.append)
        b = pickle.loads(data, buffers=buffers)

        assert len(data) < 500
        assert address(a) == address(b)


def test_matplotlib_plots_our_arrays(tmp_path: Path) -> None:
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("agg")
    from matplotlib import pyplot

    x = rs.linspace(0, 6, 50)
    figure, axes = pyplot.subplots()
    (line,) = axes.plot(x, rs.sin(x))
    axes.imshow(rs.arange(12.0).reshape(3, 4), extent=(0, 1, 0, 1))
    figure.savefig(tmp_path / "plot.png")
    pyplot.close(figure)

    assert numpy.allclose(line.get_ydata(), numpy.sin(numpy.linspace(0, 6, 50)))
