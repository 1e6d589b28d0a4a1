"""Temporary files and folders that are removed at the end of a ``with`` block."""

from __future__ import annotations

import os
from contextlib import contextmanager

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

__all__ = ["tempdir", "temppath"]


@contextmanager
def tempdir(*args: Any, **kwargs: Any) -> Iterator[str]:
    """Make a folder and remove it, with all that is in it, at the end.

    Parameters
    ----------
    *args, **kwargs
        Those of `tempfile.mkdtemp`.

    Yields
    ------
    str
        The path of the folder.

    Examples
    --------
    >>> import os
    >>> from rustsci.testing import tempdir
    >>> with tempdir() as folder:
    ...     os.path.isdir(folder)
    True
    >>> os.path.exists(folder)
    False
    """
    from shutil import rmtree
    from tempfile import mkdtemp

    folder = mkdtemp(*args, **kwargs)
    try:
        yield folder
    finally:
        rmtree(folder)


@contextmanager
def temppath(*args: Any, **kwargs: Any) -> Iterator[str]:
    """Make an empty, closed file and remove it at the end.

    Parameters
    ----------
    *args, **kwargs
        Those of `tempfile.mkstemp`.

    Yields
    ------
    str
        The path of the file.

    Examples
    --------
    >>> import os
    >>> from rustsci.testing import temppath
    >>> with temppath(suffix=".txt") as path:
    ...     os.path.getsize(path)
    0
    >>> os.path.exists(path)
    False
    """
    from tempfile import mkstemp

    handle, path = mkstemp(*args, **kwargs)
    os.close(handle)
    try:
        yield path
    finally:
        os.remove(path)
