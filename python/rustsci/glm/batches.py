"""Data that are read in batches, again for each pass of a fit: files, lazy frames, data sets, lists."""

from __future__ import annotations

from rustsci._native import asarray, concatenate
from rustsci.glm.columns import Column, open_data

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any

    from rustsci.glm.columns import Source

__all__: list[str] = []

# A multiple of the rows that sums are taken of before they are added up, so that batches give the bits that
# all rows at once give; small enough for a hundred columns to take less than 110 MB.
ROWS = 65_536

# Bytes of a column that are read at a time.
BUFFER = 1 << 16

_MISSING = 2**32 - 1


class Batches:
    """Data in batches of rows, as often as they are asked for."""

    def __init__(self, names: list[str], batches: Callable[[list[str]], Iterable[Any]], what: str) -> None:
        self.names = names
        self._batches = batches
        self._what = what

    def __repr__(self) -> str:
        return f"<batches of {self._what}, {len(self.names)} columns>"

    def sources(self, variables: list[str]) -> Iterator[Source]:
        """Yield batches that have these columns at least."""
        for batch in self._batches(variables):
            source = open_data(batch)
            # One batch is let go before the next is read.
            del batch
            yield source
            del source

    def column(self, name: str) -> Column:
        """Return a column of all rows."""
        return _joined([source.column(name) for source in self.sources([name])])


def open_batches(data: Any) -> Batches | None:
    """Return data as batches, or None if they are in memory.

    Raises
    ------
    FileNotFoundError
        If a path or a pattern names no file.
    TypeError
        If the data can be read only once.
    """
    if isinstance(data, Batches):
        return data
    if isinstance(data, str) or hasattr(data, "__fspath__"):
        return _files([data])
    if isinstance(data, (list, tuple)) and data:
        if all(isinstance(item, str) or hasattr(item, "__fspath__") for item in data):
            return _files(list(data))
        if all(_is_frame(item) for item in data):
            return _of_frames(lambda: data, f"a list of {len(data)} frames")
        return None
    library = type(data).__module__.partition(".")[0]
    if library == "polars" and hasattr(data, "collect_schema") and hasattr(data, "collect"):
        return _lazy(data)
    if isinstance(data, dict) or _is_frame(data) or hasattr(data, "__arrow_c_stream__"):
        if library == "pyarrow" and hasattr(data, "read_next_batch"):
            raise TypeError(
                "a RecordBatchReader can be read only once, but a fit takes several passes: give its table"
            )
        return None
    if library == "pyarrow" and hasattr(data, "to_batches") and hasattr(data, "schema"):
        names = list(data.schema.names)
        return Batches(names, lambda columns: data.to_batches(columns=columns), "a data set")
    for method in ("to_batches", "iter_batches", "batches"):
        if hasattr(data, method):
            return _of_frames(_method(data, method), type(data).__name__)
    if callable(data):
        return _of_frames(data, "a function")
    if hasattr(data, "__next__"):
        raise TypeError(
            "an iterator can be read only once, but a fit takes several passes: give a function that makes it"
        )
    return None


def _method(data: Any, name: str) -> Callable[[], Iterable[Any]]:
    """A method, or an attribute as one."""

    def batches() -> Iterable[Any]:
        found = getattr(data, name)
        return found() if callable(found) else found

    return batches


def _is_frame(item: Any) -> bool:
    return isinstance(item, dict) or any(
        hasattr(item, name) for name in ("columns", "column_names", "__arrow_c_stream__", "__arrow_c_array__")
    )


def _of_frames(batches: Callable[[], Iterable[Any]], what: str) -> Batches:
    first = next(iter(batches()), None)
    if first is None:
        raise ValueError(f"{what} has no batches")
    return Batches(open_data(first).names, lambda columns: batches(), what)


def _lazy(frame: Any) -> Batches:
    """A lazy frame of polars, which is run for each batch."""
    import polars  # type: ignore[import-not-found, unused-ignore]

    def batches(columns: list[str]) -> Iterator[Any]:
        chosen = frame.select(columns)
        rows = int(frame.select(polars.len()).collect().item())
        for start in range(0, rows, ROWS):
            yield chosen.slice(start, ROWS).collect()

    return Batches(list(frame.collect_schema().names()), batches, "a lazy frame")


def _files(paths: list[Any]) -> Batches:
    """Parquet files: named ones, those of a folder, and those that a pattern fits; in order."""
    from glob import glob, has_magic
    from os import fspath
    from os.path import exists, isdir, join

    found: list[str] = []
    for path in paths:
        text = str(fspath(path))
        if isdir(text):
            matches = sorted(glob(join(text, "**", "*.parquet"), recursive=True))
        elif exists(text) or not has_magic(text):
            matches = [text] if exists(text) else []
        else:
            matches = sorted(match for match in glob(text, recursive=True) if not isdir(match))
        if not matches:
            raise FileNotFoundError(f"there is no Parquet file {text!r}")
        found += matches
    what = found[0] if len(found) == 1 else f"{len(found)} Parquet files"
    from importlib.util import find_spec

    if find_spec("pyarrow"):
        return _by_pyarrow(found, what)
    if find_spec("polars"):
        import polars

        return _lazy(polars.scan_parquet(found))
    raise ImportError(f"reading {what!r} needs pyarrow or polars, neither of which is installed")


def _by_pyarrow(paths: list[str], what: str) -> Batches:
    from pyarrow import Table, concat_tables, default_memory_pool  # type: ignore[import-not-found, import-untyped, unused-ignore]
    from pyarrow.parquet import ParquetFile, read_schema  # type: ignore[import-not-found, import-untyped, unused-ignore]

    def batches(columns: list[str]) -> Iterator[Any]:
        # Row groups end where they like: what is left of one goes with the next. Nothing that was handed
        # out is kept.
        pending: list[Any] = []
        count = 0
        for path in paths:
            with ParquetFile(path, buffer_size=BUFFER, pre_buffer=False) as file:
                for batch in file.iter_batches(batch_size=ROWS // 8, columns=columns, use_threads=False):
                    while count + batch.num_rows >= ROWS:
                        rest = ROWS - count
                        pending.append(Table.from_batches([batch.slice(0, rest)]))
                        batch, count = batch.slice(rest), 0
                        yield _taken(pending)
                        default_memory_pool().release_unused()
                    if batch.num_rows:
                        pending.append(Table.from_batches([batch]))
                        count += batch.num_rows
        if pending:
            yield _taken(pending)

    def _taken(pending: list[Any]) -> Any:
        table = concat_tables(pending, promote_options="permissive")
        pending.clear()
        return table

    return Batches(list(read_schema(paths[0]).names), batches, what)


def _joined(parts: list[Column]) -> Column:
    """One column of several, by the levels of all of them."""
    if len(parts) == 1:
        return parts[0]
    if not parts:
        raise ValueError("the data have no rows")
    kinds = {part.levels is None for part in parts}
    if len(kinds) > 1:
        raise ValueError("numbers in some batches, and text in others")
    first = parts[0].levels
    if first is None:
        return Column(concatenate([part.array for part in parts]), None, _origin(parts))
    if all(part.levels == first for part in parts):
        return Column(concatenate([part.array for part in parts]), first, _origin(parts))
    levels = sorted({level for part in parts for level in part.levels or []})
    place = {level: index for index, level in enumerate(levels)}
    codes = []
    for part in parts:
        places = asarray([place[level] for level in part.levels or []] + [_MISSING], dtype="uint32")
        last = len(part.levels or [])
        at = part.array.astype("int64")
        at[at == _MISSING] = last
        codes.append(places[at])
    return Column(concatenate(codes), levels, _origin(parts))


def _origin(parts: list[Column]) -> Any:
    return parts[0].origin
