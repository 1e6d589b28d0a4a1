"""Several arrays in one file: ``.npz``, a ZIP archive of ``.npy`` files."""

from __future__ import annotations

import os
from collections.abc import Mapping

from rustsci._native import asanyarray
from rustsci.files.npy_array import read_array, write_array
from rustsci.files.npy_header import MAGIC_PREFIX, MAX_HEADER_SIZE
from rustsci.overrides import array_function

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType
    from typing import Any, Self
    from zipfile import ZipFile

    from rustsci._types import ArrayLike

__all__ = ["savez", "savez_compressed"]

ZIP_PREFIXES = (b"PK\x03\x04", b"PK\x05\x06")  # the second begins an archive without members


class _Attributes:
    """``archive.f``: the members of an archive as attributes."""

    __slots__ = ("_archive",)

    def __init__(self, archive: Mapping[str, Any]) -> None:
        # A weak reference: a cycle would keep the file open until the garbage collector runs.
        import weakref

        self._archive = weakref.proxy(archive)

    def __getattr__(self, name: str) -> Any:
        try:
            return self._archive[name]
        except KeyError:
            raise AttributeError(f"the archive has no member {name!r}") from None

    def __dir__(self) -> list[str]:
        return list(self._archive)


class NpzFile(Mapping[str, "Any"]):
    """
    An open ``.npz`` archive: a mapping from names to arrays, each read when it is asked for.

    `load` makes these. Close one after use, or use it in a ``with`` statement.

    Parameters
    ----------
    fid : path or file-like
        The archive.
    own_fid : bool, optional
        Whether closing the archive closes the file too.
    allow_pickle : bool, optional
        Whether arrays of Python objects may be read, which can run any code that the file contains.
    pickle_kwargs : dict, optional
        Further arguments of `pickle.load`.
    max_header_size : int, optional
        The longest array header to accept.

    Attributes
    ----------
    files : list of str
        The names of the members, without ``.npy``.
    f : object
        The members as attributes.
    zip : zipfile.ZipFile or None
        The archive; None once closed.
    fid : file-like or None
        The file, if closing the archive closes it.

    Examples
    --------
    >>> import io
    >>> import rustsci as np
    >>> file = io.BytesIO()
    >>> np.savez(file, x=np.arange(3), y=np.ones(2))
    >>> _ = file.seek(0)
    >>> with np.load(file) as archive:
    ...     print(archive.files, archive["x"], archive.f.y)
    ['x', 'y'] [0 1 2] [1. 1.]
    """

    _MAX_REPR_ARRAY_COUNT = 5

    zip: ZipFile | None = None
    fid: Any = None

    def __init__(
        self,
        fid: Any,
        own_fid: bool = False,
        allow_pickle: bool = False,
        pickle_kwargs: dict[str, Any] | None = None,
        *,
        max_header_size: int = MAX_HEADER_SIZE,
    ) -> None:
        import zipfile

        self.zip = zipfile.ZipFile(fid)
        self._members = {name.removesuffix(".npy"): name for name in self.zip.namelist()}
        self.files = list(self._members)
        self.f: Any = _Attributes(self)
        self.allow_pickle = allow_pickle
        self.pickle_kwargs = pickle_kwargs
        self.max_header_size = max_header_size
        if own_fid:
            self.fid = fid
        self._name = fid if isinstance(fid, (str, os.PathLike)) else getattr(fid, "name", "object")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def __del__(self) -> None:
        self.close()

    def close(self) -> None:
        """Close the archive, and the file if the archive opened it. The arrays that were read remain."""
        if self.zip is not None:
            self.zip.close()
            self.zip = None
        if self.fid is not None:
            self.fid.close()
            self.fid = None

    def __len__(self) -> int:
        return len(self.files)

    def __iter__(self) -> Iterator[str]:
        return iter(self.files)

    def __contains__(self, key: object) -> bool:
        return key in self._members or key in self._members.values()

    def __getitem__(self, key: str) -> Any:
        if key in self._members:
            member = self._members[key]
        elif key in self._members.values():
            member = key
        else:
            raise KeyError(f"{key} is not a file in the archive")
        if self.zip is None:
            raise ValueError(f"cannot read {key!r}: the archive is closed")
        with self.zip.open(member) as file:
            is_array = file.read(len(MAGIC_PREFIX)) == MAGIC_PREFIX
        with self.zip.open(member) as file:
            if not is_array:
                return file.read()
            return read_array(
                file,
                allow_pickle=self.allow_pickle,
                pickle_kwargs=self.pickle_kwargs,
                max_header_size=self.max_header_size,
            )

    def __repr__(self) -> str:
        shown = ", ".join(self.files[: self._MAX_REPR_ARRAY_COUNT])
        more = "..." if len(self.files) > self._MAX_REPR_ARRAY_COUNT else ""
        return f"NpzFile {self._name!r} with keys: {shown}{more}"


@array_function(dispatcher=lambda file, *args, allow_pickle=True, **kwds: [*args, *kwds.values()])
def savez(file: Any, *args: ArrayLike, allow_pickle: bool = True, **kwds: ArrayLike) -> None:
    """
    Save several arrays in one uncompressed ``.npz`` file.

    Parameters
    ----------
    file : str, path or file-like
        Where to save. ``.npz`` is added to a name that does not end in it.
    *args : array_like
        Arrays, which get the names ``arr_0``, ``arr_1``, ...
    allow_pickle : bool, optional
        Whether arrays of Python objects may be saved, which takes pickling them.
    **kwds : array_like
        Arrays under names of your own.

    See Also
    --------
    savez_compressed : smaller and slower.
    load : read the file.

    Examples
    --------
    >>> import io
    >>> import rustsci as np
    >>> file = io.BytesIO()
    >>> np.savez(file, [1, 2], mass=3.5)
    >>> _ = file.seek(0)
    >>> sorted(np.load(file))
    ['arr_0', 'mass']
    """
    _save_archive(file, args, kwds, compress=False, allow_pickle=allow_pickle)


@array_function(dispatcher=lambda file, *args, allow_pickle=True, **kwds: [*args, *kwds.values()])
def savez_compressed(file: Any, *args: ArrayLike, allow_pickle: bool = True, **kwds: ArrayLike) -> None:
    """
    Save several arrays in one compressed ``.npz`` file.

    Parameters
    ----------
    file : str, path or file-like
        Where to save. ``.npz`` is added to a name that does not end in it.
    *args : array_like
        Arrays, which get the names ``arr_0``, ``arr_1``, ...
    allow_pickle : bool, optional
        Whether arrays of Python objects may be saved, which takes pickling them.
    **kwds : array_like
        Arrays under names of your own.

    See Also
    --------
    savez : larger and faster.
    load : read the file.

    Examples
    --------
    >>> import io
    >>> import rustsci as np
    >>> file = io.BytesIO()
    >>> np.savez_compressed(file, zeros=np.zeros(100_000))
    >>> file.tell() < 2000
    True
    """
    _save_archive(file, args, kwds, compress=True, allow_pickle=allow_pickle)


def _save_archive(
    file: Any, args: tuple[Any, ...], kwds: dict[str, Any], *, compress: bool, allow_pickle: bool
) -> None:
    import zipfile

    if not hasattr(file, "write"):
        file = os.fspath(file)
        if not file.endswith(".npz"):
            file += ".npz"
    arrays = dict(kwds)
    for number, array in enumerate(args):
        name = f"arr_{number}"
        if name in kwds:
            raise ValueError(f"Cannot use un-named variables and keyword {name}")
        arrays[name] = array
    method = zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED
    with zipfile.ZipFile(file, "w", compression=method, allowZip64=True) as archive:
        for name, array in arrays.items():
            # The size is not known beforehand to the archive, and may pass 4 GiB.
            with archive.open(f"{name}.npy", "w", force_zip64=True) as member:
                write_array(member, asanyarray(array), allow_pickle=allow_pickle)
