"""Fields and columns of text in which values may be missing: the parts of `genfromtxt`."""

from __future__ import annotations

import itertools
import operator

from rustsci._native import dtype as make_dtype
from rustsci._native import result_type

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from rustsci._native import dtype as dtype_type


class LineSplitter:
    """Splits lines at a delimiter, at whitespace, or at fixed widths."""

    def __init__(self, delimiter: Any, comments: str | None, autostrip: bool) -> None:
        if comments is not None and not isinstance(comments, str):
            raise TypeError(f"comments must be a string or None, got {type(comments).__name__}")
        self._comments = comments
        self._autostrip = autostrip
        self._delimiter: str | None = None
        self._width: int | None = None
        self._slices: list[slice] | None = None
        if isinstance(delimiter, bytes):
            self._delimiter = delimiter.decode("latin1")
        elif delimiter is None or isinstance(delimiter, str):
            self._delimiter = delimiter or None
        elif hasattr(delimiter, "__iter__"):
            ends = [0]
            for width in delimiter:
                ends.append(ends[-1] + operator.index(width))
            self._slices = [slice(*pair) for pair in itertools.pairwise(ends)]
        else:
            self._width = operator.index(delimiter)

    def split(self, line: str) -> list[str]:
        """Return the fields of a line; none if it has no data."""
        if self._comments is not None:
            line = line.partition(self._comments)[0]
        if self._slices is not None:
            line = line.rstrip("\r\n")
            fields = [line[part] for part in self._slices] if line else []
        elif self._width is not None:
            line = line.rstrip("\r\n")
            fields = [line[start : start + self._width] for start in range(0, len(line), self._width)]
        elif self._delimiter is None:
            fields = line.split()
        else:
            line = line.strip(" \r\n")
            fields = line.split(self._delimiter) if line else []
        return [field.strip() for field in fields] if self._autostrip else fields


def missing_by_column(missing_values: Any, columns: list[int]) -> list[frozenset[str]]:
    """Return what stands for a missing value in each column: the empty field, among others."""
    if isinstance(missing_values, bytes):
        missing_values = missing_values.decode("latin1")
    if isinstance(missing_values, str):
        # One string is for all columns.
        everywhere = frozenset({"", *(text.strip() for text in missing_values.split(","))})
        return [everywhere] * len(columns)
    if missing_values is not None and not isinstance(missing_values, (dict, list, tuple)):
        return [frozenset({"", str(missing_values)})] * len(columns)
    return [
        frozenset({"", *(str(text).strip() for text in _several(value))})
        for value in per_column(missing_values, columns)
    ]


def _several(value: Any) -> Sequence[Any]:
    if value is None:
        return ()
    return value if isinstance(value, (list, tuple)) else (value,)


def per_column(values: Any, columns: list[int]) -> list[Any]:
    """Spread a value for all columns, or a sequence or dictionary of them, over the columns."""
    if isinstance(values, dict):
        if any(isinstance(key, str) for key in values):
            raise NotImplementedError("columns have no names without structured arrays")
        return [values.get(column, values.get(column - len(columns))) for column in columns]
    if isinstance(values, (list, tuple)):
        return [*values[: len(columns)], *[None] * (len(columns) - len(values))]
    return [values] * len(columns)


class Column:
    """The conversion of one column."""

    def __init__(
        self,
        dtype: dtype_type | None,
        missing: frozenset[str],
        filling: Any,
        converter: Callable[[Any], Any] | None,
        loose: bool,
        as_bytes: bool,
    ) -> None:
        self._dtype = dtype
        self._missing = missing
        self._filling = filling
        self._converter = converter
        self._loose = loose
        self._as_bytes = as_bytes

    def convert(self, fields: Sequence[str]) -> tuple[dtype_type, list[Any]]:
        """Return the dtype of the column and its values."""
        if self._converter is not None:
            return self._convert_by(self._converter, fields)
        if self._dtype is not None:
            return self._dtype, self._parse(fields, self._dtype.kind, self._loose)
        for kind, name in _KINDS.items():
            try:
                values = self._parse(fields, kind, False)
                dtype = make_dtype(name)
                # An integer that does not fit is a float.
                for value in values if kind == "i" else ():
                    dtype.type(value)
            except (ValueError, OverflowError):
                continue
            return dtype, values
        raise NotImplementedError("dtype=None: a column holds text, and arrays of text are not supported")

    def _parse(self, fields: Sequence[str], kind: str, loose: bool) -> list[Any]:
        try:
            parse = _PARSERS[kind]
        except KeyError:
            raise TypeError(f"text cannot be read as dtype {self._dtype}") from None
        filling = _DEFAULTS[kind] if self._filling is None else self._filling
        if isinstance(filling, str):
            filling = parse(filling)
        values = []
        for field in fields:
            # A number stays one, whatever `missing_values` says: it could only be masked.
            try:
                values.append(parse(field))
            except ValueError:
                if not loose and field.strip() not in self._missing:
                    raise ValueError(f"Cannot convert string {field!r}") from None
                values.append(filling)
        return values

    def _convert_by(
        self, converter: Callable[[Any], Any], fields: Sequence[str]
    ) -> tuple[dtype_type, list[Any]]:
        values = [converter(field.encode("latin1") if self._as_bytes else field) for field in fields]
        dtype = make_dtype(type(values[0]))
        for value in values[1:]:
            dtype = result_type(dtype, type(value))
        return dtype, values


def _parse_bool(field: str) -> bool:
    try:
        return {"TRUE": True, "FALSE": False}[field.strip().upper()]
    except KeyError:
        raise ValueError(field) from None


# The kinds that dtype=None tries, in this order.
_KINDS = {"b": "bool", "i": "int64", "f": "float64", "c": "complex128"}
_PARSERS: dict[str, Callable[[str], Any]] = {
    "b": _parse_bool,
    "i": int,
    "u": int,
    "f": float,
    "c": complex,
}
_DEFAULTS = {"b": False, "i": -1, "u": -1, "f": float("nan"), "c": complex("nan")}
