"""`savetxt`: write an array as text."""

from __future__ import annotations

import contextlib

from rustsci._native import asarray
from rustsci.files.text_source import is_path, open_text
from rustsci.overrides import array_function

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from rustsci._native import ndarray
    from rustsci._types import ArrayLike

__all__ = ["savetxt"]

_BLOCK = 1000
"""Rows that are formatted at a time."""


@array_function("X")
def savetxt(
    fname: Any,
    X: ArrayLike,
    fmt: str | Sequence[str] = "%.18e",
    delimiter: str = " ",
    newline: str = "\n",
    header: str = "",
    footer: str = "",
    comments: str = "# ",
    encoding: str | None = None,
) -> None:
    """
    Write an array as text, a row a line.

    Parameters
    ----------
    fname : str, path or file-like
        Where to write. What is written to a name that ends in ``.gz``, ``.bz2``, ``.xz`` or ``.lzma`` is
        compressed.
    X : array_like
        An array of one dimension, written as a column, or of two.
    fmt : str or sequence of str, optional
        A format for every field; one for each column; or one for the whole line, which leaves `delimiter`
        out of account. For complex numbers a single format serves for both parts; in the other forms there
        is a format for each part, or in a sequence one a column with two in it.
    delimiter : str, optional
        What stands between fields.
    newline : str, optional
        What ends a line.
    header, footer : str, optional
        Text for the beginning and the end of the file.
    comments : str, optional
        What is put before each line of `header` and `footer`.
    encoding : str, optional
        How to encode the text. Without one it is latin-1 for a binary file, and for a name the system's
        choice.

    See Also
    --------
    loadtxt : read the file.
    save, savez

    Examples
    --------
    >>> import sys
    >>> import rustsci as np
    >>> np.savetxt(sys.stdout, [[1, 2.5], [3, 4.5]], fmt=["%d", "%.2f"], delimiter=",", header="n,mass")
    # n,mass
    1,2.50
    3,4.50
    """
    array = asarray(X)
    if array.ndim not in (1, 2):
        raise ValueError(f"Expected 1D or 2D array, got {array.ndim}D array instead")
    table = array.reshape(-1, 1) if array.ndim == 1 else array
    is_complex = table.dtype.kind == "c"
    line = _line_format(fmt, table.shape[1], delimiter, is_complex)

    with contextlib.ExitStack() as closing:
        if is_path(fname):
            file: Any = closing.enter_context(open_text(fname, "w", encoding))
        elif hasattr(fname, "write"):
            file = fname
        else:
            raise ValueError(f"fname must be a string or file handle, got {type(fname).__name__}")
        writer = _Writer(file, encoding or "latin1")
        if header:
            writer.write(_commented(header, comments) + newline)
        for text in _format_rows(table, line, newline):
            # A sign that the format gives and one that the number has are written as one.
            writer.write(text.replace("+-", "-") if is_complex else text)
        if footer:
            writer.write(_commented(footer, comments) + newline)


def _line_format(fmt: Any, columns: int, delimiter: str, is_complex: bool) -> str:
    if isinstance(fmt, (list, tuple)):
        if len(fmt) != columns:
            raise AttributeError(f"fmt has wrong shape.  {fmt} for {columns} columns")
        return delimiter.join(map(str, fmt))
    if not isinstance(fmt, str):
        raise ValueError(f"invalid fmt: {fmt!r}")
    formats = fmt.count("%")
    if formats == 1:
        return delimiter.join([f" ({fmt}+{fmt}j)" if is_complex else fmt] * columns)
    if formats != (2 * columns if is_complex else columns):
        raise ValueError(f"fmt has wrong number of % formats:  {fmt} for {columns} columns")
    return fmt


def _format_rows(table: ndarray, line: str, newline: str) -> Iterator[str]:
    # %s, %r and %a show an array's own scalars, which are not written as Python's numbers are; nor do its
    # booleans count as integers.
    as_scalars = table.dtype.kind == "b" or any(letter in line for letter in "sra")
    for start in range(0, len(table), _BLOCK):
        block = table[start : start + _BLOCK]
        numbers = block.ravel() if as_scalars else block.ravel().tolist()
        if block.dtype.kind == "c":
            numbers = [part for number in numbers for part in (number.real, number.imag)]
        try:
            yield ((line + newline.replace("%", "%%")) * len(block)) % tuple(numbers)
        except TypeError as error:
            raise TypeError(
                f"Mismatch between array dtype ('{table.dtype}') and format specifier ('{line}')"
            ) from error


def _commented(text: str, comments: str) -> str:
    return comments + text.replace("\n", "\n" + comments)


class _Writer:
    """Writes text to a file that takes text, or takes bytes: which of them the first line tells."""

    def __init__(self, file: Any, encoding: str) -> None:
        self._file = file
        self._encoding = encoding
        self._binary: bool | None = None

    def write(self, text: str) -> None:
        if self._binary:
            self._file.write(text.encode(self._encoding))
            return
        try:
            self._file.write(text)
            self._binary = False
        except TypeError:
            if self._binary is False:
                raise
            self._binary = True
            self._file.write(text.encode(self._encoding))
