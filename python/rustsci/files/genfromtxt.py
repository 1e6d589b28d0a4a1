"""`genfromtxt`: read an array from text in which values may be missing."""

from __future__ import annotations

import contextlib
import itertools
import operator
import warnings

from rustsci._native import dtype as make_dtype
from rustsci._native import empty
from rustsci.files.text_columns import Column, LineSplitter, missing_by_column, per_column
from rustsci.files.text_source import text_lines
from rustsci.overrides import array_function_like

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import Any

    from rustsci._native import dtype as dtype_type
    from rustsci._native import ndarray
    from rustsci._types import ArrayLike, DTypeLike

__all__ = ["genfromtxt"]


@array_function_like
def genfromtxt(
    fname: Any,
    dtype: DTypeLike = float,
    comments: str | None = "#",
    delimiter: str | bytes | int | Sequence[int] | None = None,
    skip_header: int = 0,
    skip_footer: int = 0,
    converters: Mapping[int, Callable[[Any], Any]] | None = None,
    missing_values: Any = None,
    filling_values: Any = None,
    usecols: int | Sequence[int] | None = None,
    names: Any = None,
    excludelist: Sequence[str] | None = None,
    deletechars: str = " !#$%&'()*+,-./:;<=>?@[\\]^{|}~",
    replace_space: str = "_",
    autostrip: bool = False,
    case_sensitive: bool | str = True,
    defaultfmt: str = "f%i",
    unpack: bool | None = None,
    usemask: bool = False,
    loose: bool = True,
    invalid_raise: bool = True,
    max_rows: int | None = None,
    encoding: str | None = None,
    *,
    ndmin: int = 0,
    like: ArrayLike | None = None,
) -> ndarray:
    """
    Read an array from text, a row a line, in which values may be missing.

    Parameters
    ----------
    fname : str, path, file-like or iterable
        A file, a compressed one if its name ends in ``.gz``, ``.bz2``, ``.xz`` or ``.lzma``; or anything that
        gives lines.
    dtype : dtype, optional
        The dtype of the array: a number or boolean. None finds the first of bool, int, float and complex that
        holds what the columns say.
    comments : str, optional
        What begins a comment; None if nothing does.
    delimiter : str, int or sequence of int, optional
        What is between fields, or the width of each. Without one it is any amount of whitespace.
    skip_header, skip_footer : int, optional
        How many lines to skip at the beginning, and how many rows at the end.
    converters : dict, optional
        Functions from a field to its value, by column. The type of what they return takes the place of
        `dtype`.
    missing_values : str, sequence or dict, optional
        What stands for a missing value, besides an empty field: a string, several with commas between
        them, or as many for each column.
    filling_values : scalar, sequence or dict, optional
        What to put in place of missing values, for all columns or for each. By default ``nan``, -1 or False.
    usecols : int or sequence of int, optional
        The columns to read, negative ones counted from the end of each row.
    names, usemask : optional
        Not supported: they make structured and masked arrays.
    excludelist, deletechars, replace_space, case_sensitive, defaultfmt : optional
        How names of fields are made; without names there is nothing for them to do.
    autostrip : bool, optional
        Whether to strip the space around fields before converters see them.
    unpack : bool, optional
        Transpose the result, so that columns can be assigned to variables.
    loose : bool, optional
        Whether a field that cannot be converted counts as missing.
    invalid_raise : bool, optional
        Whether rows with too many or too few columns are an error; otherwise they are left out with a
        warning.
    max_rows : int, optional
        How many rows to read at most.
    encoding : str, optional
        How to decode the file; ``'bytes'`` hands latin-1 bytes to converters.
    ndmin : {0, 1, 2}, optional
        The fewest dimensions that the result shall have; axes of length one are dropped otherwise.
    like : array_like, optional
        An object whose ``__array_function__`` is to make the result.

    Returns
    -------
    ndarray

    Raises
    ------
    ValueError
        If rows differ in length, or a field cannot be converted and `loose` is False.

    See Also
    --------
    loadtxt : where nothing is missing.

    Examples
    --------
    >>> import rustsci as np
    >>> np.genfromtxt(["1, 2.5", "3,    ", "-, 6"], delimiter=",", missing_values="-")
    array([[1. , 2.5],
           [3. , nan],
           [nan, 6. ]])
    >>> np.genfromtxt(["1 2", "3 ?"], dtype=int, filling_values=0)
    array([[1, 2],
           [3, 0]])
    """
    if names is not None:
        raise NotImplementedError("names: columns with names need structured arrays, which are not supported")
    if usemask:
        raise NotImplementedError("usemask: masked arrays are not supported")
    if ndmin not in (0, 1, 2):
        raise ValueError(f"Illegal value of ndmin keyword: {ndmin}")
    if max_rows is not None and skip_footer:
        raise ValueError("The keywords 'skip_footer' and 'max_rows' can not be specified at the same time.")
    if max_rows is not None and max_rows < 1:
        raise ValueError("'max_rows' must be at least 1.")
    if converters is not None and not isinstance(converters, dict):
        raise TypeError(f"converters must be a dictionary from columns to functions, got {type(converters)}")
    kind = None if dtype is None else make_dtype(dtype)
    columns = None if usecols is None else _column_list(usecols)

    splitter = LineSplitter(delimiter, comments, autostrip)
    with contextlib.ExitStack() as closing:
        try:
            lines = text_lines(fname, None if encoding == "bytes" else encoding, closing)
        except TypeError as error:
            raise TypeError(
                "fname must be a string, a filehandle, a sequence of strings,\n"
                f"or an iterator of strings. Got {type(fname)} instead."
            ) from error
        for _ in itertools.islice(lines, max(0, skip_header)):
            pass
        rows, width = _read_rows(lines, splitter, columns, max_rows, invalid_raise, skip_header, skip_footer)

    if width == 0:
        warnings.warn(f'genfromtxt: Empty input file: "{fname}"', UserWarning, stacklevel=3)
    if not rows:
        return empty(0, dtype=float if kind is None else kind)
    places = list(range(width)) if columns is None else columns
    makers = _place_converters(converters or {}, places, columns is not None)
    missing = missing_by_column(missing_values, places)
    fillings = per_column(filling_values, places)
    read = [
        Column(kind, missing[place], fillings[place], makers.get(place), loose, encoding == "bytes")
        for place in range(len(places))
    ]
    array = _assemble(read, rows)
    if ndmin < 2:
        array = array.squeeze()
        if ndmin == 1 and array.ndim == 0:
            array = array.reshape(1)
    return array.transpose() if unpack else array


def _column_list(usecols: Any) -> list[int]:
    if isinstance(usecols, str):
        raise NotImplementedError("usecols: columns have no names without structured arrays")
    columns = list(usecols) if hasattr(usecols, "__iter__") else [usecols]
    return list(map(operator.index, columns))


def _read_rows(
    lines: Iterator[str],
    splitter: LineSplitter,
    columns: list[int] | None,
    max_rows: int | None,
    invalid_raise: bool,
    skip_header: int,
    skip_footer: int,
) -> tuple[list[list[str]], int]:
    """Return the rows of the right length, and how many columns the text has."""
    rows: list[list[str] | None] = []
    complaints: list[str] = []
    width = valid = 0
    for number, line in enumerate(lines, max(0, skip_header) + 1):
        fields = splitter.split(line)
        if not fields:
            continue
        if width == 0:
            width = len(fields)
            columns = _from_the_front(columns, width)
        row = _pick(fields, columns, width)
        rows.append(row)
        if row is None:
            expected = width if columns is None else len(columns)
            complaints.append(f"    Line #{number} (got {len(fields)} columns instead of {expected})")
        else:
            valid += 1
            # Nothing more is read, so that a program can go on where this stops.
            if valid == max_rows:
                break
    if skip_footer > 0:
        complaints = complaints[: len(complaints) - rows[-skip_footer:].count(None)]
        rows = rows[:-skip_footer]
    if complaints:
        message = "\n".join(["Some errors were detected !", *complaints])
        if invalid_raise:
            raise ValueError(message)
        warnings.warn(message, UserWarning, stacklevel=4)
    return [row for row in rows if row is not None], width


def _from_the_front(columns: list[int] | None, width: int) -> list[int] | None:
    if columns is None:
        return None
    return [column + width if -width <= column < 0 else column for column in columns]


def _pick(fields: list[str], columns: list[int] | None, width: int) -> list[str] | None:
    if columns is None:
        return fields if len(fields) == width else None
    try:
        return [fields[column] for column in columns]
    except IndexError:
        return None


def _place_converters(
    converters: Mapping[int, Callable[[Any], Any]], places: list[int], selected: bool
) -> dict[int, Callable[[Any], Any]]:
    """Return the converters by their place in the rows that were picked."""
    placed: dict[int, Callable[[Any], Any]] = {}
    for key, converter in converters.items():
        column = operator.index(key)
        if selected and column not in places:
            continue
        if not -len(places) <= column < len(places) and not selected:
            raise IndexError(f"converters has column {column}, but there are {len(places)} columns")
        placed[places.index(column) if selected else column % len(places)] = converter
    return placed


def _assemble(read: list[Column], rows: list[list[str]]) -> ndarray:
    kinds: list[dtype_type] = []
    values: list[list[Any]] = []
    for column, fields in zip(read, zip(*rows, strict=True), strict=True):
        kind, converted = column.convert(fields)
        kinds.append(kind)
        values.append(converted)
    if any(kind != kinds[0] for kind in kinds):
        listed = ", ".join(map(str, kinds))
        raise NotImplementedError(
            f"dtype: the columns are of different dtypes ({listed}), which needs a structured array; give "
            f"one dtype for all of them"
        )
    array = empty((len(rows), len(read)), dtype=kinds[0])
    for place, converted in enumerate(values):
        array[:, place] = converted
    return array
