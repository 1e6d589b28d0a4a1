"""Rows of fields into blocks of an array: the column selection and conversion of `loadtxt`."""

from __future__ import annotations

import itertools
import operator

from rustsci._native import _parse_rows, empty
from rustsci.files.text_values import parse_fields

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, TypeAlias

    from rustsci._native import dtype, ndarray

    Converter: TypeAlias = Callable[[Any], Any]


class Conversion:
    """Rows of fields into a block of the array."""

    def __init__(
        self,
        dtype: dtype,
        columns: list[int] | None,
        converters: Mapping[int, Converter] | Converter | None,
        *,
        as_bytes: bool,
    ) -> None:
        self._dtype = dtype
        self._columns = columns
        self._as_bytes = as_bytes
        self._for_all: Converter | None = None
        self._by_key: dict[int, Converter] = {}
        self._by_place: dict[int, Converter] | None = None
        self._width: int | None = None
        if callable(converters):
            self._for_all = converters
        elif converters is not None:
            self._by_key = _converter_dict(converters)

    def convert_lines(self, lines: list[str], delimiter: str | None) -> ndarray | None:
        """Return the values of lines all of which are regular, or None: the usual case, in one go."""
        if self._for_all is not None or self._by_key or (self._columns and min(self._columns) < 0):
            return None
        block: ndarray | None = _parse_rows("\n".join(lines), self._dtype, delimiter, self._columns)
        if block is None or len(block) != len(lines):
            return None
        if self._columns is None:
            width = block.shape[1]
            if self._width is None:
                self._width = width
            elif self._width != width:
                return None
        return block

    def convert(self, rows: list[list[str]], first: int) -> ndarray:
        """Return the values of `rows`, of which `first` have gone before."""
        if self._columns is None:
            self._check_widths(rows, first)
        else:
            rows = self._select(rows, first)
        width = len(rows[0])
        if self._by_place is None:
            self._by_place = self._place_converters(width)
        if self._by_place:
            return self._convert_by_column(rows, first)
        try:
            return parse_fields(list(itertools.chain.from_iterable(rows)), self._dtype).reshape(-1, width)
        except (ValueError, OverflowError):
            for index, row in enumerate(rows):
                for place, field in enumerate(row):
                    self._value(field, place, first + index)
            raise

    def _check_widths(self, rows: list[list[str]], first: int) -> None:
        if self._width is None:
            self._width = len(rows[0])
        if {*map(len, rows)} == {self._width}:
            return
        for number, row in enumerate(rows, first + 1):
            if len(row) != self._width:
                raise ValueError(
                    f"the number of columns changed from {self._width} to {len(row)} at row {number}; use "
                    f"`usecols` to select a subset and avoid this error"
                )

    def _select(self, rows: list[list[str]], first: int) -> list[list[str]]:
        columns = self._columns or []
        try:
            return [[row[column] for column in columns] for row in rows]
        except IndexError:
            for number, row in enumerate(rows, first + 1):
                for column in columns:
                    if not -len(row) <= column < len(row):
                        raise ValueError(
                            f"invalid column index {column} at row {number} with {len(row)} columns"
                        ) from None
            raise

    def _place_converters(self, width: int) -> dict[int, Converter]:
        """Return the converter of each place in the selected rows."""
        if self._for_all is not None:
            return dict.fromkeys(range(width), self._for_all)
        if self._columns is not None:
            # Keys are columns of the file, spelled as in `usecols`.
            return {
                self._columns.index(key): converter
                for key, converter in self._by_key.items()
                if key in self._columns
            }
        for key in self._by_key:
            if not -width <= key < width:
                raise ValueError(
                    f"converter specified for column {key}, which is invalid for the number of fields "
                    f"{width}."
                )
        return {key % width: converter for key, converter in self._by_key.items()}

    def _convert_by_column(self, rows: list[list[str]], first: int) -> ndarray:
        width = len(rows[0])
        block = empty((len(rows), width), dtype=self._dtype)
        converted = sorted(self._by_place or ())
        for index, row in enumerate(rows):
            for place in converted:
                block[index, place] = self._value(row[place], place, first + index)
        for place in set(range(width)).difference(converted):
            fields = [row[place] for row in rows]
            try:
                block[:, place] = parse_fields(fields, self._dtype)
            except (ValueError, OverflowError):
                for index, field in enumerate(fields):
                    self._value(field, place, first + index)
                raise
        return block

    def _value(self, field: str, place: int, row: int) -> Any:
        """Convert one field, or say which one cannot be."""
        converter = (self._by_place or {}).get(place)
        try:
            if converter is None:
                return parse_fields([field], self._dtype)[0]
            value = empty((), dtype=self._dtype)
            value[()] = converter(field.encode("latin1") if self._as_bytes else field)
            return value[()]
        except Exception as error:
            column = place if self._columns is None else self._columns[place]
            raise ValueError(
                f"could not convert string {field!r} to {self._dtype} at row {row}, column {column + 1}."
            ) from error


def _converter_dict(converters: Any) -> dict[int, Converter]:
    if not isinstance(converters, dict):
        raise TypeError(
            "converters must be a dictionary mapping columns to converter functions or a single callable."
        )
    by_key: dict[int, Converter] = {}
    for key, converter in converters.items():
        try:
            column = operator.index(key)
        except TypeError:
            raise TypeError(f"keys of the converters dictionary must be integers; got {key!r}") from None
        if not callable(converter):
            raise TypeError(
                "values of the converters dictionary must be callable, but the value associated with key "
                f"{key!r} is not"
            )
        by_key[column] = converter
    return by_key
