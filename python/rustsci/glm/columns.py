"""The columns of data in whatever a user keeps them in: dicts, data frames, tables, relations, files.

A column becomes an array of numbers, or an array of codes with the names of levels. Each library does its own
conversion of text to codes, which is what it does best; numbers are not copied if they are float64 already.
"""

from __future__ import annotations

from rustsci._native import asarray, from_dlpack, full, ndarray

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, Protocol

    class Source(Protocol):
        """Data of some library."""

        names: list[str]

        def column(self, name: str) -> Column:
            """Return the column of a name."""


__all__: list[str] = []

_MISSING = 2**32 - 1


class Column:
    """Numbers, or the codes of levels, and the object that they came from."""

    __slots__ = ("array", "levels", "origin")

    def __init__(self, array: ndarray, levels: list[str] | None = None, origin: Any = None) -> None:
        self.array = array
        self.levels = levels
        self.origin = origin


def open_data(data: Any) -> Source:
    """Return data by columns.

    Raises
    ------
    TypeError
        If the data are of no kind that is known.
    """
    if isinstance(data, dict):
        return _Mapping(data)
    library = type(data).__module__.partition(".")[0]
    if library == "pandas" and hasattr(data, "columns"):
        return _Pandas(data)
    if library == "polars" and hasattr(data, "with_columns"):
        return _Polars(data)
    if library == "pyarrow" and hasattr(data, "column_names"):
        return _Arrow(data)
    for method in ("to_arrow_table", "fetch_arrow_table"):
        if library in ("duckdb", "_duckdb") and hasattr(data, method):
            return _Arrow(getattr(data, method)())
    if isinstance(data, str) or hasattr(data, "__fspath__"):
        return _parquet(data)
    if hasattr(data, "__arrow_c_stream__"):
        from importlib.util import find_spec

        if not find_spec("pyarrow") and find_spec("polars"):
            import polars  # type: ignore[import-not-found, unused-ignore]

            return _Polars(polars.DataFrame(data))
        import pyarrow  # type: ignore[import-not-found, import-untyped, unused-ignore]

        return _Arrow(pyarrow.table(data))
    raise TypeError(
        "data must be a dict of columns, a data frame of pandas or polars, a pyarrow table, "
        f"a DuckDB relation or the path of a Parquet file, not {type(data).__name__!r}"
    )


def single_column(values: Any) -> Column:
    """Return a column that was given by itself: a sequence, an array or a series."""
    library = type(values).__module__.partition(".")[0]
    if library == "pandas":
        return _pandas_column(values)
    if library == "polars":
        return _polars_column(values)
    if library == "pyarrow":
        return _arrow_column(values)
    if isinstance(values, (str, bytes)):
        raise TypeError(f"{values!r} is no column")
    if library == "numpy" and getattr(values, "dtype", None) is not None and values.dtype.kind in "OUST":
        column = single_column(values.tolist())
        return Column(column.array, column.levels, values)
    array = asarray(values) if not isinstance(values, (list, tuple)) else _from_list(values)
    if isinstance(array, Column):
        return array
    if array.ndim != 1:
        raise ValueError(f"a column has one dimension, not {array.ndim}")
    if str(array.dtype) == "bool":
        return Column(array.astype("uint32"), ["False", "True"], values)
    return Column(_numbers(array), None, values)


def _numbers(array: ndarray) -> ndarray:
    if array.dtype.kind not in "iuf":
        raise TypeError(f"a column of dtype {array.dtype} is neither numbers nor text")
    return array.astype("float64", copy=False)


def _from_list(values: Iterable[Any]) -> ndarray | Column:
    """A column from Python's own objects; text becomes levels in alphabetical order."""
    values = [None if _is_missing(value) else value for value in values]
    if all(
        (isinstance(value, (int, float)) and not isinstance(value, bool)) or value is None for value in values
    ):
        nan = float("nan")
        return asarray([nan if value is None else float(value) for value in values], dtype="float64")
    if any(isinstance(value, complex) for value in values):
        raise TypeError("complex numbers are neither numbers of a model nor text")
    present = {value for value in values if value is not None}
    try:
        order = sorted(present)
    except TypeError:
        order = sorted(present, key=str)
    place = {value: index for index, value in enumerate(order)}
    codes = [_MISSING if value is None else place[value] for value in values]
    return Column(asarray(codes, dtype="uint32"), [str(value) for value in order])


def _is_missing(value: Any) -> bool:
    return value is None or value != value


class _Mapping:
    """A dict of columns; single values stand for every row."""

    def __init__(self, data: dict[str, Any]) -> None:
        self._data = data
        self.names = [str(name) for name in data]

    def column(self, name: str) -> Column:
        values = self._data[name]
        if isinstance(values, (str, int, float)):
            return self._constant(values)
        return single_column(values)

    def _constant(self, value: str | float) -> Column:
        rows = max(
            (len(v) for v in self._data.values() if hasattr(v, "__len__") and not isinstance(v, str)),
            default=1,
        )
        if isinstance(value, str):
            return Column(full(rows, 0, dtype="uint32"), [value])
        return Column(full(rows, float(value)))


class _Pandas:
    def __init__(self, data: Any) -> None:
        self._data = data
        self.names = [str(name) for name in data.columns]

    def column(self, name: str) -> Column:
        # Names need not be strings.
        return _pandas_column(self._data.iloc[:, self.names.index(name)])


def _pandas_column(series: Any) -> Column:
    dtype = series.dtype
    if hasattr(series, "cat"):
        categories = series.cat
    elif str(dtype) in ("bool", "boolean"):
        codes = series.to_numpy(dtype="uint32", na_value=_MISSING)
        return Column(asarray(codes), ["False", "True"], codes)
    elif getattr(dtype, "kind", "O") in "iuf":
        numbers = series.to_numpy(dtype="float64", na_value=float("nan"))
        return Column(asarray(numbers), None, numbers)
    else:
        categories = series.astype("category").cat
    codes = categories.codes.to_numpy()
    # A missing value has the code -1, which wraps around to the largest.
    return Column(asarray(codes.astype("uint32")), [str(level) for level in categories.categories], codes)


class _Polars:
    def __init__(self, data: Any) -> None:
        self._lazy = hasattr(data, "collect_schema") and hasattr(data, "collect")
        self._data = data
        self.names = list(data.collect_schema().names() if self._lazy else data.columns)

    def column(self, name: str) -> Column:
        if self._lazy:
            return _polars_column(self._data.select(name).collect()[name])
        return _polars_column(self._data[name])


def _polars_column(series: Any) -> Column:
    import polars  # type: ignore[import-not-found, unused-ignore]

    dtype = series.dtype
    if dtype.is_numeric():
        series = series.cast(polars.Float64)
        if series.null_count():
            series = series.fill_null(float("nan"))
        numbers = series.to_numpy()
        return Column(asarray(numbers), None, numbers)
    if dtype == polars.Boolean:
        levels = ["False", "True"]
        codes = series.cast(polars.UInt32)
    elif dtype == polars.Enum:
        levels = dtype.categories.to_list()
        codes = series.to_physical()
    elif dtype == polars.Categorical:
        present = series.unique().drop_nulls()
        names = dict(zip(present.cast(polars.String).to_list(), present.to_physical().to_list(), strict=True))
        levels = sorted(names)
        place = [0] * (max(names.values(), default=-1) + 1)
        for position, level in enumerate(levels):
            place[names[level]] = position
        codes = polars.Series(place, dtype=polars.UInt32).gather(series.to_physical())
    else:
        text = series.cast(polars.String)
        present = text.unique().drop_nulls().sort()
        levels = present.to_list()
        codes = text.cast(polars.Enum(present)).to_physical()
    codes = codes.cast(polars.UInt32)
    if codes.null_count():
        codes = codes.fill_null(_MISSING)
    codes = codes.to_numpy()
    return Column(asarray(codes), levels, codes)


class _Arrow:
    def __init__(self, data: Any) -> None:
        self._data = data
        self.names = list(data.column_names)

    def column(self, name: str) -> Column:
        return _arrow_column(self._data.column(name))


def _arrow_column(array: Any) -> Column:
    import pyarrow

    if isinstance(array, pyarrow.ChunkedArray):
        array = array.combine_chunks()
    if isinstance(array, pyarrow.ChunkedArray):  # No chunks at all, or too many for one.
        array = pyarrow.concat_arrays(array.chunks) if array.num_chunks else pyarrow.array([], array.type)
    kinds = pyarrow.types
    if kinds.is_boolean(array.type):
        codes, levels = array.cast("uint32"), ["False", "True"]
    elif kinds.is_integer(array.type) or kinds.is_floating(array.type):
        # A cast of doubles to doubles loads what else pyarrow computes, for nothing.
        numbers = array if kinds.is_float64(array.type) else array.cast("float64")
        return Column(_of_arrow(_filled(numbers, float("nan"))), None, array)
    else:
        given = kinds.is_dictionary(array.type)
        encoded = array if given else array.dictionary_encode()
        levels = [str(level) for level in encoded.dictionary.to_pylist()]
        codes = encoded.indices.cast("uint32")
        if not given:
            order = sorted(range(len(levels)), key=levels.__getitem__)
            # The last place is that of missing values.
            place = [_MISSING] * (len(levels) + 1)
            for new, old in enumerate(order):
                place[old] = new
            places = asarray(place, dtype="uint32")[_of_arrow(_filled(codes, len(levels)))]
            return Column(places, [levels[old] for old in order], array)
    return Column(_of_arrow(_filled(codes, _MISSING)), levels, array)


def _filled(array: Any, value: float) -> Any:
    """The array with a value for what is missing; where nothing is, pyarrow would load pandas for nothing."""
    return array.fill_null(value) if array.null_count else array


def _of_arrow(array: Any) -> ndarray:
    """An array of numbers without missing ones, in the same memory; pyarrow's own way there loads pandas."""
    if len(array):
        return from_dlpack(array)
    return asarray([], dtype="float64" if str(array.type) == "double" else "uint32")


def _parquet(path: Any) -> Source:
    """Open a Parquet file by a library that reads them; columns are read when they are asked for."""
    from importlib.util import find_spec

    if find_spec("polars"):
        import polars

        return _Polars(polars.scan_parquet(path))
    if find_spec("pyarrow"):
        from pyarrow import parquet  # type: ignore[import-not-found, import-untyped, unused-ignore]

        return _Arrow(parquet.read_table(path))
    raise ImportError(f"reading {str(path)!r} needs polars or pyarrow; neither is installed")
