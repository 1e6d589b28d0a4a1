"""`loadtxt`: read an array from text."""

from __future__ import annotations

import contextlib
import operator
import warnings

from rustsci._native import concatenate, empty
from rustsci._native import dtype as make_dtype
from rustsci.files.text_conversion import Conversion
from rustsci.files.text_rows import Controls, RowReader
from rustsci.files.text_source import text_lines
from rustsci.overrides import array_function_like

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from rustsci._native import ndarray
    from rustsci._types import ArrayLike, DTypeLike
    from rustsci.files.text_conversion import Converter

__all__ = ["loadtxt"]

_BLOCK = 500
"""Rows that are split and converted at a time: few enough that their strings stay in the cache."""


@array_function_like
def loadtxt(
    fname: Any,
    dtype: DTypeLike = float,
    comments: str | bytes | Sequence[str | bytes] | None = "#",
    delimiter: str | bytes | None = None,
    converters: Mapping[int, Converter] | Converter | None = None,
    skiprows: int = 0,
    usecols: int | Sequence[int] | None = None,
    unpack: bool = False,
    ndmin: int = 0,
    encoding: str | None = None,
    max_rows: int | None = None,
    *,
    quotechar: str | None = None,
    like: ArrayLike | None = None,
) -> ndarray:
    """
    Read an array from text, a row a line, each of the same number of fields.

    Parameters
    ----------
    fname : str, path, file-like or iterable
        A file, a compressed one if its name ends in ``.gz``, ``.bz2``, ``.xz`` or ``.lzma``; or anything that
        gives lines.
    dtype : dtype, optional
        The dtype of the array: a number or boolean.
    comments : str or sequence of str, optional
        What begins a comment; None if nothing does.
    delimiter : str, optional
        The character between fields. Without one it is any amount of whitespace.
    converters : dict or callable, optional
        A function from a field to its value, for every column, or a dictionary from columns to functions.
    skiprows : int, optional
        How many lines to skip first, comments and empty ones included.
    usecols : int or sequence of int, optional
        The columns to read, negative ones counted from the end of each row.
    unpack : bool, optional
        Transpose the result, so that columns can be assigned to variables.
    ndmin : {0, 1, 2}, optional
        The fewest dimensions that the result shall have; axes of length one are dropped otherwise.
    encoding : str, optional
        How to decode the file; ``'bytes'`` hands latin-1 bytes to converters.
    max_rows : int, optional
        How many rows to read at most. Lines without data are not counted.
    quotechar : str, optional
        A character around fields that contain the delimiter or newlines; doubled, it stands for itself.
    like : array_like, optional
        An object whose ``__array_function__`` is to make the result.

    Returns
    -------
    ndarray

    Raises
    ------
    ValueError
        If a field cannot be converted, or rows differ in length.

    See Also
    --------
    genfromtxt : with missing values.
    savetxt, load

    Examples
    --------
    >>> import rustsci as np
    >>> np.loadtxt(["# t  height", "0  3.5", "1  2.25"])
    array([[0.  , 3.5 ],
           [1.  , 2.25]])
    >>> day, rain = np.loadtxt(["1;20", "2;0"], dtype=int, delimiter=";", unpack=True)
    >>> rain
    array([20,  0])
    """
    if ndmin not in (0, 1, 2):
        raise ValueError(f"Illegal value of ndmin keyword: {ndmin}")
    skiprows = _row_count(skiprows)
    max_rows = None if max_rows is None else _row_count(max_rows)
    kind = make_dtype(dtype)
    columns = None if usecols is None else _column_list(usecols)
    controls = Controls(delimiter, comments, quotechar)
    if encoding is not None and not isinstance(encoding, str):
        raise TypeError(f"encoding must be a unicode string or None, got {type(encoding).__name__}")
    conversion = Conversion(kind, columns, converters, as_bytes=encoding == "bytes")

    with contextlib.ExitStack() as closing:
        try:
            lines = text_lines(fname, None if encoding == "bytes" else encoding, closing)
        except TypeError as error:
            raise ValueError(
                "fname must be a string, filehandle, list of strings,\n"
                f"or generator. Got {type(fname)} instead."
            ) from error
        blocks = _read_blocks(RowReader(lines, controls), conversion, skiprows, max_rows)

    if not blocks:
        warnings.warn(f'loadtxt: input contained no data: "{fname}"', UserWarning, stacklevel=3)
        array = empty((0, 1 if columns is None else len(columns)), dtype=kind)
    else:
        array = blocks[0] if len(blocks) == 1 else concatenate(blocks)
    if ndmin < 2:
        array = array.squeeze()
        if ndmin == 1 and array.ndim == 0:
            array = array.reshape(1)
    return array.transpose() if unpack else array


def _row_count(value: Any) -> int:
    try:
        count = operator.index(value)
    except TypeError:
        raise TypeError(f"argument must be an integer, got {value!r}") from None
    if count < 0:
        raise ValueError(f"argument must be nonnegative, got {value!r}")
    return count


def _column_list(usecols: Any) -> list[int]:
    columns = list(usecols) if hasattr(usecols, "__iter__") and not isinstance(usecols, str) else [usecols]
    for index, column in enumerate(columns):
        try:
            columns[index] = operator.index(column)
        except TypeError:
            raise TypeError(
                "usecols must be an int or a sequence of ints but it contains at least one element of type "
                f"'{type(column).__name__}'"
            ) from None
        if not -(2**63) <= columns[index] < 2**63:
            raise OverflowError(f"usecols contains {column}, which cannot be the index of a column")
    return columns


def _read_blocks(
    reader: RowReader, conversion: Conversion, skiprows: int, max_rows: int | None
) -> list[ndarray]:
    reader.skip(skiprows)
    blocks: list[ndarray] = []
    lines_read, rows_read = skiprows, 0
    warned = max_rows is None
    while max_rows is None or rows_read < max_rows:
        # Never more lines than rows are wanted, so that a program can go on reading where this stops.
        wanted = _BLOCK if max_rows is None else min(_BLOCK, max_rows - rows_read)
        if reader.quotes:
            rows = reader.take(wanted)
        else:
            lines = reader.take_lines(wanted)
            block = conversion.convert_lines(lines, reader.delimiter)
            if block is not None:
                blocks.append(block)
                lines_read += len(lines)
                rows_read += len(lines)
                continue
            rows = reader.split(lines)
        if not rows:
            break
        if not all(rows):
            if not warned:
                warned = True
                _warn_of_empty_line(lines_read + rows.index([]) + 1, max_rows)
            lines_read += len(rows)
            rows = [row for row in rows if row]
            if not rows:
                continue
        else:
            lines_read += len(rows)
        blocks.append(conversion.convert(rows, rows_read))
        rows_read += len(rows)
    return blocks


def _warn_of_empty_line(number: int, max_rows: int | None) -> None:
    warnings.warn(
        f"Input line {number} contained no data and will not be counted towards `max_rows={max_rows}`: rows "
        f"are counted, not lines. To read a number of lines, cut them off with `itertools.islice`. Only the "
        f"first such line is reported.",
        UserWarning,
        stacklevel=5,
    )
