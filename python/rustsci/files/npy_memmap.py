"""`open_memmap`: an ``.npy`` file as a memory map."""

from __future__ import annotations

import os

from rustsci._native import dtype as make_dtype
from rustsci._shapes import as_shape
from rustsci.files.memmap import memmap
from rustsci.files.npy_header import (
    MAX_HEADER_SIZE,
    check_version,
    dtype_to_descr,
    read_array_header,
    read_magic,
    write_array_header,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    from rustsci._types import DTypeLike, Shape


def open_memmap(
    filename: str | os.PathLike[str],
    mode: str = "r+",
    dtype: DTypeLike = None,
    shape: Shape | None = None,
    fortran_order: bool = False,
    version: tuple[int, int] | None = None,
    *,
    max_header_size: int = MAX_HEADER_SIZE,
) -> memmap:
    """
    Open an ``.npy`` file as a memory map.

    Parameters
    ----------
    filename : str or path
        The file. One that is open cannot be given.
    mode : {'r+', 'r', 'w+', 'c'}, optional
        As for `memmap`; ``'w+'`` creates the file.
    dtype, shape, fortran_order, version : optional
        What to create in mode ``'w+'``; `shape` is required then. In other modes the file itself says.
    max_header_size : int, optional
        The longest header to accept.

    Returns
    -------
    memmap

    Raises
    ------
    ValueError
        If the file is not in the format, or holds Python objects, which cannot be mapped.

    Examples
    --------
    >>> import os, tempfile
    >>> from rustsci.lib import format
    >>> path = os.path.join(tempfile.mkdtemp(), "grid.npy")
    >>> grid = format.open_memmap(path, mode="w+", dtype="int8", shape=(2, 2))
    >>> grid[...] = 7
    >>> format.open_memmap(path, mode="r").shape
    (2, 2)
    """
    if hasattr(filename, "read"):
        raise ValueError("filename must be a string or a path: an open file cannot be mapped")
    if mode in ("w+", "write"):
        if shape is None:
            raise ValueError("shape must be given if mode == 'w+'")
        check_version(version)
        lengths = as_shape(shape)
        kind = _mappable(make_dtype(dtype))
        header = {"descr": dtype_to_descr(kind), "fortran_order": bool(fortran_order), "shape": lengths}
        with open(os.fspath(filename), "wb") as file:
            write_array_header(file, header, version)
            offset = file.tell()
        mode = "r+"
    else:
        with open(os.fspath(filename), "rb") as file:
            lengths, fortran_order, kind = read_array_header(file, read_magic(file), max_header_size)
            _mappable(kind)
            offset = file.tell()
    order: Literal["C", "F"] = "F" if fortran_order else "C"
    return memmap(filename, dtype=kind, shape=lengths, order=order, mode=mode, offset=offset)


def _mappable(kind: make_dtype) -> make_dtype:
    if kind.hasobject:
        raise ValueError("Array can't be memory-mapped: Python objects in dtype.")
    return kind
