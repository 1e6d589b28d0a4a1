"""Words in rows and brackets."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ELLIPSIS = "..."


class Layout:
    """How the words of an array become lines.

    Parameters
    ----------
    separator : str
        What stands between two words. Between rows it stands without the spaces at its end.
    linewidth : int
        The characters a line may have.
    indent : str
        What the lines after the first begin with, brackets aside.
    legacy : bool
        Whether to break and join lines as release 1.13 did.
    """

    def __init__(self, separator: str, linewidth: int, indent: str, legacy: bool) -> None:
        self._separator = separator
        self._between_rows = separator.rstrip()
        self._linewidth = linewidth
        self._indent = indent
        self._legacy = legacy

    def arrange(self, words: Iterator[str], sizes: Sequence[int], leading: Sequence[int | None]) -> str:
        """Return `words`, which come in C order, as nested rows.

        Parameters
        ----------
        words : iterator of str
            The elements.
        sizes : sequence of int
            How many items each dimension shows.
        leading : sequence of int or None
            After how many of them an ellipsis stands; None for no ellipsis.
        """
        return self._block(words, sizes, leading, 0)

    def _block(
        self, words: Iterator[str], sizes: Sequence[int], leading: Sequence[int | None], axis: int
    ) -> str:
        indent = self._indent + " " * axis
        inner = len(sizes) - axis - 1
        if inner:
            items = [self._block(words, sizes, leading, axis + 1) for _ in range(sizes[axis])]
            text = self._rows(items, leading[axis], indent, self._between_rows + "\n" * inner)
        else:
            text = self._row(list(islice(words, sizes[axis])), leading[axis], indent, axis)
        return f"[{text}]"

    def _rows(self, items: list[str], leading: int | None, indent: str, gap: str) -> str:
        """Join blocks of a dimension that is not the last."""
        if leading is None:
            return (gap + indent).join(items)
        around = gap + indent
        # Release 1.13 put a single line break after the ellipsis, and a comma whatever the separator.
        after = ", \n" + indent if self._legacy else around
        before = "".join(item + around for item in items[:leading])
        return before + ELLIPSIS + after + around.join(items[leading:])

    def _row(self, words: list[str], leading: int | None, indent: str, axis: int) -> str:
        """Join the words of the last dimension, in as many lines as it takes."""
        separators = [self._separator] * (len(words) - 1) + [""]
        if leading is not None:
            words.insert(leading, ELLIPSIS)
            separators.insert(leading, ", " if self._legacy else self._separator)
        if self._legacy:
            limit = self._linewidth - len(self._between_rows)
        else:
            # Closing brackets need room too, one for each dimension.
            limit = self._linewidth - axis - max(len(self._between_rows), 1)

        lines: list[str] = []
        line = indent
        last = len(words) - 1
        for position, word in enumerate(words):
            if self._legacy and position == last:
                limit = self._linewidth
            if len(line) + len(word) > limit or not word.isprintable():
                line = self._break(lines, line, word, limit, indent)
            else:
                line += word
            line += separators[position]
        lines.append(line)
        return "\n".join(lines)[len(indent) :]

    def _break(self, lines: list[str], line: str, word: str, limit: int, indent: str) -> str:
        """Add a word that has lines of its own, or that does not fit; return the line that stays open."""
        parts = [word] if self._legacy else word.splitlines() or [word]
        width = max(map(len, parts))
        # A new line is no use to a word that would start one anyway.
        if len(line) + width > limit and (self._legacy or len(line) > len(indent)):
            lines.append(line.rstrip())
            line = indent
        hanging = " " * len(line)
        for part in parts[:-1]:
            lines.append((line + part).rstrip())
            line = hanging
        return line + (parts[-1].ljust(width) if len(parts) > 1 else parts[-1])
