"""Coverage maps as text (IVOA MOC 2.0, sections 4.3.2 and 4.3.3)."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__: list[str] = []


def _by_depth(ipix: Any, depths: Any, deepest: int) -> dict[int, list[int]]:
    """Sorted cells by depth; the deepest is there even without any."""
    cells: dict[int, list[int]] = {}
    for cell, depth in sorted(zip(ipix.tolist(), depths.tolist(), strict=True)):
        cells.setdefault(depth, []).append(cell)
    cells.setdefault(deepest, [])
    return dict(sorted(cells.items()))


def to_ascii(ipix: Any, depths: Any, deepest: int) -> str:
    """Write cells as depths, and their cells and ranges of cells."""
    return " ".join(
        f"{depth}/{' '.join(_runs(cells))}" for depth, cells in _by_depth(ipix, depths, deepest).items()
    )


def _runs(cells: list[int]) -> list[str]:
    """Cells that follow each other as ranges."""
    runs: list[list[int]] = []
    for cell in cells:
        if runs and runs[-1][1] == cell - 1:
            runs[-1][1] = cell
        else:
            runs.append([cell, cell])
    return [str(first) if first == last else f"{first}-{last}" for first, last in runs]


def from_ascii(text: str) -> tuple[Any, Any, int]:
    """Read cells, their depths, and the deepest depth that is named."""
    cells: list[int] = []
    depths: list[int] = []
    depth: int | None = None
    deepest = 0
    for word in text.replace(",", " ").split():
        before, slash, word_after = word.rpartition("/")
        if slash:
            depth = _number(before, "depth")
            deepest = max(deepest, depth)
        if not word_after:
            continue
        if depth is None:
            raise ValueError(f"a depth such as '3/' must come before the cell {word!r}")
        first, dash, last = word_after.partition("-")
        start, end = _number(first, "cell"), _number(last if dash else first, "cell")
        if end < start or end >= 12 << 2 * depth:
            raise ValueError(f"{word_after!r} is no range of cells of depth {depth}")
        found = _aligned(start, end + 1, depth)
        cells += [cell for cell, _ in found]
        depths += [at for _, at in found]
    return _arrays(cells, depths, deepest)


def _aligned(start: int, end: int, depth: int) -> list[tuple[int, int]]:
    """The largest cells that a range is made of: few, however long it is."""
    found = []
    while start < end:
        steps = min((start & -start).bit_length() - 1 if start else 58, (end - start).bit_length() - 1) // 2
        steps = min(steps, depth)
        found.append((start >> 2 * steps, depth - steps))
        start += 1 << 2 * steps
    return found


def _number(text: str, what: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise ValueError(f"{text!r} is no {what}")
    number = int(text)
    if what == "depth" and number > 29:
        raise ValueError(f"Depth must be in the [0, 29] closed range, not {number}")
    return number


def to_json(ipix: Any, depths: Any, deepest: int) -> str:
    """Write cells as lists by depth."""
    from json import dumps

    return dumps({str(depth): cells for depth, cells in _by_depth(ipix, depths, deepest).items()})


def from_json(text: str) -> tuple[Any, Any, int]:
    """Read cells, their depths, and the deepest depth that is named."""
    from json import loads

    described = loads(text)
    if not isinstance(described, dict):
        raise ValueError(f"a coverage map in JSON is an object of lists, not {type(described).__name__}")
    cells: list[int] = []
    depths: list[int] = []
    deepest = 0
    for key, listed in described.items():
        depth = _number(key, "depth")
        deepest = max(deepest, depth)
        if not isinstance(listed, list) or not all(type(cell) is int and cell >= 0 for cell in listed):
            raise ValueError(f"the cells of depth {depth} must be a list of whole numbers")
        cells += listed
        depths += [depth] * len(listed)
    return _arrays(cells, depths, deepest)


def _arrays(cells: list[int], depths: list[int], deepest: int) -> tuple[Any, Any, int]:
    from rustsci import array

    return array(cells, dtype="uint64"), array(depths, dtype="uint64"), deepest
