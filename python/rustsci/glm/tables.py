"""Tables of results as data frames of the library that the data came in."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__: list[str] = []

_FRAMES = ("pandas", "polars", "pyarrow")


def library_of(data: Any) -> str:
    """Return the name of the library whose frame or table this is, or nothing."""
    library = type(data).__module__.partition(".")[0]
    return library if library in _FRAMES else ""


def table_in(library: str, columns: dict[str, list[Any]]) -> Any:
    """Return columns as a frame of a library, or as they are."""
    if library == "pandas":
        import pandas  # type: ignore[import-not-found, import-untyped, unused-ignore]

        return pandas.DataFrame(columns)
    if library == "polars":
        import polars  # type: ignore[import-not-found, unused-ignore]

        return polars.DataFrame(columns, strict=False)
    if library == "pyarrow":
        import pyarrow  # type: ignore[import-not-found, import-untyped, unused-ignore]

        return pyarrow.table(columns)
    return columns


def aligned(header: list[str], rows: list[list[str]]) -> list[str]:
    """Return the lines of a table as text: the first column to the left, numbers to the right."""
    widths = [max(len(line[i]) for line in (header, *rows)) for i in range(len(header))]

    def line(cells: list[str]) -> str:
        rest = (cell.rjust(width) for cell, width in zip(cells[1:], widths[1:], strict=True))
        return "  ".join((cells[0].ljust(widths[0]), *rest)).rstrip()

    rule = "-" * max(map(len, map(line, (header, *rows))))
    return [line(header), rule, *map(line, rows)]


def html_table(header: list[str], rows: list[list[str]]) -> str:
    """Return a table as HTML."""
    from html import escape

    def cells(tag: str, values: list[str]) -> str:
        return "<tr>" + "".join(f"<{tag}>{escape(value)}</{tag}>" for value in values) + "</tr>"

    body = "".join(cells("td", row) for row in rows)
    return f"<table>{cells('th', header)}{body}</table>"


def shown(value: Any) -> str:
    """Return a value as tables show it."""
    if value is None or value != value:
        return ""
    if isinstance(value, float):
        return f"{value:.6g}"
    return str(value)
