"""Text into rows of fields: the tokenizer of `loadtxt`."""

from __future__ import annotations

import itertools

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from rustsci.files.text_quotes import QuotedRows


class Controls:
    """The characters that structure text: what separates fields, begins comments, and quotes."""

    __slots__ = ("comments", "delimiter", "quotechar")

    def __init__(
        self,
        delimiter: str | bytes | None,
        comments: str | bytes | Sequence[str | bytes] | None,
        quotechar: str | None,
    ) -> None:
        self.delimiter: str | None = _as_text(delimiter)
        self.comments: tuple[str, ...] = _as_comments(comments)
        self.quotechar = quotechar

        single = len(self.comments) == 1 and len(self.comments[0]) == 1
        comment = self.comments[0] if single else None
        named = {"comment": comment, "delimiter": self.delimiter, "quotechar": quotechar}
        for name, character in named.items():
            if character is None:
                continue
            if not isinstance(character, str) or len(character) != 1:
                raise TypeError(
                    "Text reading control character must be a single unicode character or None; but got: "
                    f"{character!r}"
                )
            if character in "\r\n":
                raise TypeError(rf"control character '{name}' cannot be a newline (`\r` or `\n`).")
        if quotechar is not None and self.comments and not single:
            raise ValueError(
                "when multiple comments or a multi-character comment is given, quotes are not supported.  In "
                "this case quotechar must be None."
            )
        if not single and self.delimiter in self.comments:
            raise TypeError(
                f"Comment characters {self.comments!r} cannot include the delimiter {self.delimiter!r}"
            )
        for one, other in (("comment", "delimiter"), ("delimiter", "quotechar"), ("comment", "quotechar")):
            if _collide(named[one], named[other]) or (
                # Without a delimiter every kind of whitespace is one.
                self.delimiter is None
                and "delimiter" in (one, other)
                and _is_space(named[one] or named[other])
            ):
                raise TypeError(f"The values for control characters {one!r} and {other!r} are incompatible")


def _as_text(value: Any) -> Any:
    return value.decode("latin1") if isinstance(value, bytes) else value


def _as_comments(comments: Any) -> tuple[str, ...]:
    if comments is None:
        return ()
    several = (comments,) if isinstance(comments, (str, bytes)) else tuple(comments)
    texts = tuple(map(_as_text, several))
    if "" in texts:
        raise ValueError("comments cannot be an empty string. Use comments=None to disable comments.")
    for text in texts:
        if not isinstance(text, str):
            raise TypeError(f"comments must be strings, got {type(text).__name__}")
    return texts


def _collide(one: str | None, other: str | None) -> bool:
    return one is not None and one == other


def _is_space(character: str | None) -> bool:
    return character is not None and character.isspace()


def stray_newline() -> ValueError:
    """Return the error for a newline where a line should end and does not."""
    return ValueError(
        "Found an unquoted embedded newline within a single line of input.  This is currently not supported."
    )


class RowReader:
    """Takes rows of fields from lines of text, a row a line; a line without data gives an empty row."""

    def __init__(self, lines: Iterator[str], controls: Controls) -> None:
        self._lines = lines
        self._controls = controls
        self._quoted_rows: QuotedRows | None = None
        if controls.quotechar is not None:
            from rustsci.files.text_quotes import QuotedRows

            self._quoted_rows = QuotedRows(lines, controls)

    def skip(self, count: int) -> None:
        """Pass over `count` lines, whatever they hold."""
        for _ in itertools.islice(self._lines, count):
            pass

    @property
    def delimiter(self) -> str | None:
        """What separates fields; None is any amount of whitespace."""
        return self._controls.delimiter

    @property
    def quotes(self) -> bool:
        """Whether fields may be quoted, so that a row may have several lines."""
        return self._quoted_rows is not None

    def take(self, count: int) -> list[list[str]]:
        """Return the next `count` rows, fewer at the end; no line beyond them is read."""
        if self._quoted_rows is not None:
            return list(itertools.islice(self._quoted_rows, count))
        return self.split(self.take_lines(count))

    def take_lines(self, count: int) -> list[str]:
        """Return the next `count` lines without comments, where nothing is quoted."""
        lines = [line.rstrip("\r\n") for line in itertools.islice(self._lines, count)]
        text = "\n".join(lines)
        # A whole block is looked at at once: comments and stray newlines are rare.
        if any(comment in text for comment in self._controls.comments):
            lines = [self._without_comment(line) for line in lines]
            text = "\n".join(lines)
        if "\r" in text or text.count("\n") >= max(1, len(lines)):
            raise stray_newline()
        return lines

    def split(self, lines: list[str]) -> list[list[str]]:
        """Return the fields of lines."""
        delimiter = self._controls.delimiter
        if delimiter is None:
            return [line.split() for line in lines]
        return [line.split(delimiter) if line else [] for line in lines]

    def _without_comment(self, line: str) -> str:
        for comment in self._controls.comments:
            line = line.partition(comment)[0]
        return line
