"""`save` and `load`: one array in an ``.npy`` file, or whatever such a file may hold."""

from __future__ import annotations

import contextlib
import os

from rustsci._native import asanyarray
from rustsci.files.npy_array import UNLIMITED_HEADER, read_array, write_array
from rustsci.files.npy_header import MAGIC_PREFIX, MAX_HEADER_SIZE
from rustsci.files.npy_memmap import open_memmap
from rustsci.files.npz import ZIP_PREFIXES, NpzFile
from rustsci.overrides import array_function

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rustsci._types import ArrayLike

__all__ = ["load", "save"]


@array_function("arr")
def save(file: Any, arr: ArrayLike, allow_pickle: bool = True) -> None:
    """
    Save an array in an ``.npy`` file.

    Parameters
    ----------
    file : str, path or file-like
        Where to save. ``.npy`` is added to a name that does not end in it. A file that is open is written at
        its present position, so that several arrays can follow each other.
    arr : array_like
        The array.
    allow_pickle : bool, optional
        Whether an array of Python objects may be saved, which takes pickling them.

    See Also
    --------
    savez, savez_compressed : several arrays in one file.
    savetxt : as text.
    load : read the file.

    Examples
    --------
    >>> import io
    >>> import rustsci as np
    >>> file = io.BytesIO()
    >>> np.save(file, [[1, 2], [3, 4]])
    >>> _ = file.seek(0)
    >>> np.load(file)
    array([[1, 2],
           [3, 4]])
    """
    array = asanyarray(arr)
    if hasattr(file, "write"):
        write_array(file, array, allow_pickle=allow_pickle)
        return
    path = os.fspath(file)
    suffix = ".npy" if isinstance(path, str) else b".npy"
    with open(path if path.endswith(suffix) else path + suffix, "wb") as opened:
        write_array(opened, array, allow_pickle=allow_pickle)


def load(
    file: Any,
    mmap_mode: str | None = None,
    allow_pickle: bool = False,
    fix_imports: bool = True,
    encoding: str = "ASCII",
    *,
    max_header_size: int = MAX_HEADER_SIZE,
) -> Any:
    """
    Load an array from an ``.npy`` file, arrays from an ``.npz`` file, or an object from a pickle.

    Parameters
    ----------
    file : str, path or file-like
        The file. One that is open must be binary and seekable; it is read from its present position.
    mmap_mode : {None, 'r+', 'r', 'w+', 'c'}, optional
        Map an ``.npy`` file into memory in this mode of `memmap` instead of reading it.
    allow_pickle : bool, optional
        Whether pickled objects may be read. Only for files you trust: reading them can run any code.
    fix_imports : bool, optional
        Whether names in pickles from Python 2 are translated.
    encoding : {'ASCII', 'latin1', 'bytes'}, optional
        How strings in pickles from Python 2 are read.
    max_header_size : int, optional
        The longest array header to accept. `allow_pickle`, which trusts the file, lifts the limit.

    Returns
    -------
    ndarray, memmap, NpzFile or object
        What the file holds.

    Raises
    ------
    OSError
        If the file cannot be read.
    EOFError
        If the file is empty, or a file read before is at its end.
    ValueError
        If the file is damaged or not of these formats, or is a pickle and `allow_pickle` is False.
    pickle.UnpicklingError
        If `allow_pickle` is True and the file is no pickle either.

    See Also
    --------
    save, savez, savez_compressed, loadtxt, memmap

    Examples
    --------
    >>> import os, tempfile
    >>> import rustsci as np
    >>> path = os.path.join(tempfile.mkdtemp(), "primes.npy")
    >>> np.save(path, [2, 3, 5, 7])
    >>> np.load(path)
    array([2, 3, 5, 7])
    >>> np.load(path, mmap_mode="r")
    memmap([2, 3, 5, 7])
    """
    if encoding not in ("ASCII", "latin1", "bytes"):
        # Any other would silently misread the bytes of arrays.
        raise ValueError("encoding must be 'ASCII', 'latin1', or 'bytes'")
    pickle_kwargs = {"encoding": encoding, "fix_imports": fix_imports}
    limit = UNLIMITED_HEADER if allow_pickle else max_header_size
    with contextlib.ExitStack() as closing:
        own = not hasattr(file, "read")
        source = closing.enter_context(open(os.fspath(file), "rb")) if own else file
        start = source.read(len(MAGIC_PREFIX))
        if not start:
            raise EOFError("No data left in file")
        source.seek(-len(start), os.SEEK_CUR)

        if start.startswith(ZIP_PREFIXES):
            archive = NpzFile(source, own, allow_pickle, pickle_kwargs, max_header_size=max_header_size)
            # The archive closes the file from here on.
            closing.pop_all()
            return archive
        if start != MAGIC_PREFIX:
            return _load_pickle(source, file, allow_pickle, pickle_kwargs)
        if mmap_mode is not None:
            return open_memmap(file, mode=mmap_mode, max_header_size=limit)
        return read_array(source, allow_pickle, pickle_kwargs, max_header_size=limit)


def _load_pickle(source: Any, file: Any, allow_pickle: bool, pickle_kwargs: dict[str, Any]) -> Any:
    if not allow_pickle:
        raise ValueError(
            "This file is neither .npy nor .npz. If it contains pickled (object) data and you trust it, load "
            "it unsafely with `allow_pickle=True`."
        )
    import pickle

    try:
        return pickle.load(source, **pickle_kwargs)
    except Exception as error:
        raise pickle.UnpicklingError(f"Failed to interpret file {file!r} as a pickle") from error
