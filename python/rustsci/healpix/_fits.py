"""FITS files with sky maps and coverage maps: what is common to both."""

from __future__ import annotations

from rustsci import _native

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

__all__: list[str] = []


def read_table(path: Any, is_wanted: Callable[[dict[str, Any]], bool]) -> tuple[dict[str, Any], list[Any]]:
    """Return header and columns (name, values a row, values) of the first binary table that is wanted."""
    from os import fspath

    name = fspath(path)
    with open(name, "rb") as file:
        tables = _native._healpix_fits_tables(file.read())
    headers = [dict(cards) for cards, _ in tables]
    for header, (_, columns) in zip(headers, tables, strict=True):
        if is_wanted(header):
            return header, columns
    found = [header.get("ORDERING", header.get("EXTNAME", "unnamed")) for header in headers]
    raise ValueError(f"{name!r} has no table of the kind that was expected, but {len(found)} others: {found}")


def write_table(path: Any, cards: list[tuple[str, Any]], columns: dict[str, Any], *, repeat: int = 1) -> None:
    """Write a file with one binary table."""
    from os import fspath

    data = _native._healpix_fits_file(cards, list(columns), list(columns.values()), repeat)
    with open(fspath(path), "wb") as file:
        file.write(data)
