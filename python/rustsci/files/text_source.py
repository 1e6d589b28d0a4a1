"""Where text comes from and goes to: paths, compressed or not, addresses, open files, sequences of lines."""

from __future__ import annotations

import io
import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from contextlib import ExitStack
    from typing import Any, Literal, TextIO


def is_path(source: object) -> bool:
    """Tell whether `source` names a file, as against being one."""
    return isinstance(source, (str, os.PathLike))


def open_text(path: str | os.PathLike[str], mode: Literal["r", "w"], encoding: str | None) -> TextIO:
    """Open a text file, a compressed one by its suffix, or fetch it if `path` is an address."""
    name = os.fspath(path)
    if mode == "r" and "://" in name:
        from urllib.request import urlopen

        with urlopen(name) as response:
            content = io.BytesIO(response.read())
        return io.TextIOWrapper(_decompressed(content, name, "r"), encoding=encoding)
    if os.path.splitext(name)[1] in _COMPRESSIONS:
        return io.TextIOWrapper(_decompressed(name, name, mode), encoding=encoding)
    return open(name, mode, encoding=encoding)


_COMPRESSIONS = {".gz": "gzip", ".bz2": "bz2", ".xz": "lzma", ".lzma": "lzma"}


def _decompressed(file: Any, name: str, mode: Literal["r", "w"]) -> Any:
    module = _COMPRESSIONS.get(os.path.splitext(name)[1])
    if module is None:
        return file
    import importlib

    # The formats .xz and .lzma are told apart in reading; what is written is .xz in both, as NumPy does.
    return importlib.import_module(module).open(file, mode + "b")


def text_lines(source: Any, encoding: str | None, closing: ExitStack) -> Iterator[str]:
    """
    Return the lines of `source`: a path, an open file, or whatever gives ``str`` or ``bytes`` lines.

    A file opened here is closed by `closing`. Lines that come as bytes are decoded by `encoding`, or else by
    that of the source, or else as latin-1, which takes any byte.
    """
    if is_path(source):
        return iter(closing.enter_context(open_text(source, "r", encoding)))
    lines: Iterator[Any] = iter(source)
    if isinstance(source, io.TextIOBase):
        return lines
    return _decoded(lines, encoding or getattr(source, "encoding", None) or "latin1")


def _decoded(lines: Iterable[Any], encoding: str) -> Iterator[str]:
    for line in lines:
        if isinstance(line, str):
            yield line
        elif isinstance(line, bytes):
            yield line.decode(encoding)
        else:
            raise TypeError(f"non-string returned while reading data: {type(line).__name__}")
