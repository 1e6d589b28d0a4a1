"""An array in the ``.npy`` format: header and data, written to a file and read from one."""

from __future__ import annotations

import io
import math
import os
import stat

from rustsci._native import asanyarray, dtype, empty, frombuffer, fromfile, ndarray
from rustsci.files.npy_header import (
    MAX_HEADER_SIZE,
    check_version,
    header_data_from_array_1_0,
    read_array_header,
    read_exactly,
    read_magic,
    write_array_header,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

BUFFER_SIZE = 2**18
"""How many bytes are moved at a time through a file that is not one of the operating system's."""

UNLIMITED_HEADER = 2**64


def isfileobj(f: object) -> bool:
    """
    Tell whether `f` is a binary file of the operating system, as `open` gives.

    Examples
    --------
    >>> import io
    >>> from rustsci.lib import format
    >>> format.isfileobj(io.BytesIO())
    False
    """
    if not isinstance(f, (io.FileIO, io.BufferedReader, io.BufferedWriter)):
        return False
    try:
        f.fileno()
    except OSError:
        return False
    return True


def write_array(
    fp: Any,
    array: Any,
    version: tuple[int, int] | None = None,
    allow_pickle: bool = True,
    pickle_kwargs: dict[str, Any] | None = None,
) -> None:
    """
    Write an array, header included, to a file.

    Parameters
    ----------
    fp : file-like
        A binary file open for writing. Only ``write`` is asked of it.
    array : ndarray
        The array.
    version : tuple of int, optional
        The format version. Without one, the lowest that can hold the header is taken.
    allow_pickle : bool, optional
        Whether an array of Python objects may be written, which takes pickling them.
    pickle_kwargs : dict, optional
        Further arguments of `pickle.dump`.

    Raises
    ------
    ValueError
        If the array holds objects and `allow_pickle` is False, or if the header does not fit `version`.

    Examples
    --------
    >>> import io
    >>> import rustsci as np
    >>> from rustsci.lib import format
    >>> file = io.BytesIO()
    >>> format.write_array(file, np.arange(3))
    >>> _ = file.seek(0)
    >>> format.read_array(file)
    array([0, 1, 2])
    """
    check_version(version)
    header = header_data_from_array_1_0(array)
    write_array_header(fp, header, version)
    if array.dtype.hasobject:
        if not allow_pickle:
            raise ValueError("Object arrays cannot be saved when allow_pickle=False")
        import pickle

        pickle.dump(array, fp, **{"protocol": 4, **(pickle_kwargs or {})})
        return
    # One-dimensional and contiguous, in the order of the file: a view wherever the array's memory allows.
    items = array.ravel(order="F" if header["fortran_order"] else "C")
    if isfileobj(fp):
        items.tofile(fp)
        return
    step = max(1, BUFFER_SIZE // max(1, array.itemsize))
    for start in range(0, items.size, step):
        fp.write(items[start : start + step].tobytes())


def read_array(
    fp: Any,
    allow_pickle: bool = False,
    pickle_kwargs: dict[str, Any] | None = None,
    *,
    max_header_size: int = MAX_HEADER_SIZE,
) -> ndarray:
    """
    Read an array, header included, from a file.

    Parameters
    ----------
    fp : file-like
        A binary file at the first byte of the array. Only ``read`` is asked of it.
    allow_pickle : bool, optional
        Whether an array of Python objects may be read, which can run any code that the file contains.
    pickle_kwargs : dict, optional
        Further arguments of `pickle.load`.
    max_header_size : int, optional
        The longest header to accept; `allow_pickle`, which trusts the file, lifts the limit.

    Returns
    -------
    ndarray

    Raises
    ------
    ValueError
        If the file does not hold an array, or not the whole of it, or holds objects and `allow_pickle`
        is False.

    Examples
    --------
    >>> import io
    >>> from rustsci.lib import format
    >>> format.read_array(io.BytesIO(b"not an array"))
    Traceback (most recent call last):
    ValueError: the magic string is not correct; expected b'\\x93NUMPY', got b'not an'
    """
    version = read_magic(fp)
    limit = UNLIMITED_HEADER if allow_pickle else max_header_size
    shape, fortran_order, dtype = read_array_header(fp, version, limit)
    if dtype.hasobject:
        if not allow_pickle:
            raise ValueError("Object arrays cannot be loaded when allow_pickle=False")
        import pickle

        return asanyarray(pickle.load(fp, **(pickle_kwargs or {}))).reshape(shape)
    items = _read_items(fp, dtype, shape)
    if fortran_order:
        return items.reshape(shape[::-1]).transpose()
    return items.reshape(shape)


def _read_items(fp: Any, dtype: dtype, shape: tuple[int, ...]) -> ndarray:
    """Read the data of an array as one dimension."""
    count = math.prod(shape)
    size = count * dtype.itemsize
    if max(size, *shape, 0) > 2**63 - 1:
        raise ValueError(f"array is too big: no memory can hold shape {shape} and dtype {dtype}")
    if not isfileobj(fp):
        items = empty(count, dtype=dtype)
        _read_into(fp, items)
        return items
    # A header may promise more than there is: look at the file before asking for memory.
    status = os.fstat(fp.fileno())
    if stat.S_ISREG(status.st_mode):
        available = max(0, status.st_size - fp.tell()) // max(1, dtype.itemsize)
        if available < count:
            raise ValueError(_cut_short(shape, count, available))
    items = fromfile(fp, dtype=dtype, count=count)
    if items.size < count:
        raise ValueError(_cut_short(shape, count, items.size))
    return items


def _read_into(fp: Any, items: ndarray) -> None:
    step = max(1, BUFFER_SIZE // max(1, items.itemsize))
    for start in range(0, items.size, step):
        part = items[start : start + step]
        part[...] = frombuffer(read_exactly(fp, part.nbytes, "array data"), dtype=items.dtype)


def _cut_short(shape: tuple[int, ...], count: int, found: int) -> str:
    return (
        f"Failed to read all data for array. Expected {shape} = {count} elements, could only read {found} "
        f"elements. (file seems not fully written?)"
    )
