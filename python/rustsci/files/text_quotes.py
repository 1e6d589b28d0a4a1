"""Rows of text in which fields may be quoted, and then hold delimiters, comment signs and newlines."""

from __future__ import annotations

from rustsci.files.text_rows import stray_newline

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Self

    from rustsci.files.text_rows import Controls


class QuotedRows:
    """
    Iterates over rows of fields; a line without data gives an empty row.

    A quotation opens at the first character of a field only. In it a doubled quote stands for itself, and
    lines go on until it is closed or the text ends. What follows it before the next delimiter belongs to the
    field.
    """

    def __init__(self, lines: Iterator[str], controls: Controls) -> None:
        self._lines = lines
        self._quote = controls.quotechar or ""
        self._delimiter = controls.delimiter
        self._comment = controls.comments[0] if controls.comments else None
        self._line = ""
        self._newline = ""
        self._position = 0

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> list[str]:
        self._start_line(next(self._lines))
        row: list[str] = []
        while True:
            if self._delimiter is None:
                self._skip_space()
            if self._is_over():
                # What follows the last delimiter is a field, though an empty one.
                if row and self._delimiter is not None:
                    row.append("")
                return row
            quotation = self._read_quotation() if self._line[self._position] == self._quote else ""
            row.append(quotation + self._read_plain())
            if self._is_over():
                return row
            self._position += 1

    def _start_line(self, line: str) -> None:
        self._line = line
        self._newline = ""
        for newline in ("\r\n", "\n", "\r"):
            if line.endswith(newline):
                self._line, self._newline = line.removesuffix(newline), newline
                break
        self._position = 0

    def _is_over(self) -> bool:
        return self._position == len(self._line) or self._line[self._position] == self._comment

    def _skip_space(self) -> None:
        while self._position < len(self._line) and self._line[self._position].isspace():
            self._position += 1

    def _read_quotation(self) -> str:
        text = ""
        self._position += 1
        while True:
            end = self._line.find(self._quote, self._position)
            if end < 0:
                text += self._line[self._position :] + self._newline
                line = next(self._lines, None)
                self._start_line(line or "")
                if line is None:
                    return text
            elif self._line.startswith(self._quote, end + 1):
                text += self._line[self._position : end + 1]
                self._position = end + 2
            else:
                text += self._line[self._position : end]
                self._position = end + 1
                return text

    def _read_plain(self) -> str:
        start = self._position
        while not self._is_over():
            character = self._line[self._position]
            if character.isspace() if self._delimiter is None else character == self._delimiter:
                break
            if character in "\r\n":
                raise stray_newline()
            self._position += 1
        return self._line[start : self._position]
