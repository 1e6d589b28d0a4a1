"""`memmap`: an array whose memory is a file."""

from __future__ import annotations

import contextlib
import math
import operator
import os

from rustsci._native import dtype as make_dtype
from rustsci._native import may_share_memory, ndarray, uint8
from rustsci._shapes import as_shape

TYPE_CHECKING = False
if TYPE_CHECKING:
    import mmap
    from typing import Any, Literal, Self

    from rustsci._types import DTypeLike, Shape

__all__ = ["memmap"]

_LONG_NAMES = {"readonly": "r", "copyonwrite": "c", "readwrite": "r+", "write": "w+"}
_MODES = ("r", "c", "r+", "w+")


class memmap(ndarray):
    """
    An array whose memory is a part of a file.

    Only what is used of the file is read, and changes are written back by the operating system, so that
    arrays larger than the machine's memory can be worked on.

    Parameters
    ----------
    filename : str, path or file-like
        The file; one that is open is used through its descriptor and stays open.
    dtype : dtype, optional
        How the bytes are read.
    mode : {'r+', 'r', 'w+', 'c'}, optional
        ``'r'`` to read an existing file; ``'r+'`` to change it as well; ``'w+'`` to create or overwrite one;
        ``'c'`` to change the array and leave the file as it is.
    offset : int, optional
        Where in the file the array begins, in bytes.
    shape : int or tuple of int, optional
        The shape. Without one the array has one dimension and goes to the end of the file.
    order : {'C', 'F'}, optional
        The memory order.

    Attributes
    ----------
    filename : str, Path or None
        The file.
    offset : int
        Where in the file the array begins.
    mode : str
        The mode, in its short form.

    Examples
    --------
    >>> import os, tempfile
    >>> import rustsci as np
    >>> path = os.path.join(tempfile.mkdtemp(), "squares.bin")
    >>> squares = np.memmap(path, dtype="int64", mode="w+", shape=4)
    >>> squares[:] = np.arange(4) ** 2
    >>> squares.flush()
    >>> np.memmap(path, dtype="int64", mode="r")
    memmap([0, 1, 4, 9])
    """

    # Results of ufuncs are ordinary arrays unless the other operand asks for more.
    __array_priority__ = -100.0

    _mmap: mmap.mmap | None
    filename: Any
    offset: int | None
    mode: str | None

    def __new__(
        cls,
        filename: Any,
        dtype: DTypeLike = uint8,
        mode: str = "r+",
        offset: int = 0,
        shape: Shape | None = None,
        order: Literal["C", "F"] = "C",
    ) -> Self:
        import mmap

        mode = _LONG_NAMES.get(mode, mode)
        if mode not in _MODES:
            raise ValueError(f"mode must be one of {[*_MODES, *_LONG_NAMES]!r} (got {mode!r})")
        if mode == "w+" and shape is None:
            raise ValueError("shape must be given if mode == 'w+'")
        offset = operator.index(offset)
        if offset < 0:
            raise ValueError(f"offset must not be negative (got {offset})")
        kind = make_dtype(dtype)

        with contextlib.ExitStack() as closing:
            if hasattr(filename, "read"):
                file = filename
            else:
                file = closing.enter_context(open(os.fspath(filename), ("r" if mode == "c" else mode) + "b"))
            file_size = file.seek(0, os.SEEK_END)
            lengths = _whole_file(file_size - offset, kind.itemsize) if shape is None else _checked(shape)
            end = offset + math.prod(lengths) * kind.itemsize
            if file_size < end and mode in ("w+", "r+"):
                file.seek(end - 1)
                file.write(b"\0")
                file.flush()
            elif end == 0:
                end = _one_byte(file, file_size, mode)

            # A mapping begins at a multiple of the system's granularity.
            start = offset - offset % mmap.ALLOCATIONGRANULARITY
            if start == end:
                start -= mmap.ALLOCATIONGRANULARITY
            access = {"r": mmap.ACCESS_READ, "c": mmap.ACCESS_COPY}.get(mode, mmap.ACCESS_WRITE)
            mapping = mmap.mmap(file.fileno(), end - start, access=access, offset=start)

        self: Self = ndarray.__new__(
            cls, lengths, dtype=kind, buffer=mapping, offset=offset - start, order=order
        )
        self._mmap = mapping
        self.filename = _absolute(filename)
        self.offset = offset
        self.mode = mode
        return self

    def __array_finalize__(self, obj: Any) -> None:
        shares = isinstance(obj, memmap) and obj._mmap is not None and may_share_memory(self, obj)
        self._mmap = obj._mmap if shares else None
        self.filename = obj.filename if shares else None
        self.offset = obj.offset if shares else None
        self.mode = obj.mode if shares else None

    def flush(self) -> None:
        """
        Write changes to the file now.

        Without it they are written when the last array over the mapping is gone.
        """
        if self.base is not None and hasattr(self.base, "flush"):
            self.base.flush()

    def __array_wrap__(self, arr: Any, context: Any = None, return_scalar: bool = False) -> Any:
        # A result that is not in the file is no memmap; subclasses decide for themselves.
        arr = super().__array_wrap__(arr, context)
        if arr is self or type(self) is not memmap:
            return arr
        if return_scalar:
            return arr[()]
        return arr.view(ndarray)

    def __getitem__(self, index: Any) -> Any:
        part = super().__getitem__(index)
        if type(part) is memmap and part._mmap is None:
            return part.view(ndarray)
        return part


def _whole_file(available: int, itemsize: int) -> tuple[int, ...]:
    if available < 0:
        raise ValueError(f"offset lies {-available} bytes after the end of the file")
    if itemsize and available % itemsize:
        raise ValueError("Size of available data is not a multiple of the data-type size.")
    return (available // max(1, itemsize),)


def _checked(shape: Shape) -> tuple[int, ...]:
    lengths = as_shape(shape)
    if any(length < 0 for length in lengths):
        raise ValueError(f"negative dimensions are not allowed (got shape {lengths})")
    return lengths


def _one_byte(file: Any, file_size: int, mode: str) -> int:
    """Have something to map for an array without elements: there are no empty mappings."""
    if file_size == 0:
        if mode not in ("w+", "r+"):
            raise ValueError("cannot mmap an empty file")
        file.write(b"\0")
        file.flush()
    return 1


def _absolute(filename: Any) -> Any:
    if isinstance(filename, os.PathLike):
        from pathlib import Path

        return Path(filename).resolve()
    if hasattr(filename, "read"):
        name = getattr(filename, "name", None)
        return os.path.abspath(name) if isinstance(name, (str, bytes)) else None
    return os.path.abspath(filename)
