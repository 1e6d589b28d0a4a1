"""What this namespace tells generic code about itself, as the array API standard asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rustsci._native import dtype

if TYPE_CHECKING:
    from typing import Any

__all__ = ["__array_namespace_info__"]

_DTYPES_OF_KIND = {
    "bool": ("bool",),
    "signed integer": ("int8", "int16", "int32", "int64"),
    "unsigned integer": ("uint8", "uint16", "uint32", "uint64"),
    "real floating": ("float32", "float64"),
    "complex floating": ("complex64", "complex128"),
}
_KINDS_OF_GROUP = {
    "integral": ("signed integer", "unsigned integer"),
    "numeric": ("integral", "real floating", "complex floating"),
}
_MAX_DIMENSIONS = 64


def _check_device(device: str | None) -> None:
    if device not in ("cpu", None):
        raise ValueError(f'Device not understood. Only "cpu" is allowed, but received: {device}')


def _dtype_names(kind: Any) -> list[str]:
    """Return the names of the dtypes of a kind, a group of kinds, or a tuple of either."""
    if isinstance(kind, tuple):
        return [name for one in kind for name in _dtype_names(one)]
    if isinstance(kind, str):
        if kind in _DTYPES_OF_KIND:
            return list(_DTYPES_OF_KIND[kind])
        if kind in _KINDS_OF_GROUP:
            return _dtype_names(_KINDS_OF_GROUP[kind])
    raise ValueError(f"unsupported kind: {kind!r}")


class __array_namespace_info__:
    """Answers the questions that the array API standard puts to a namespace.

    See Also
    --------
    finfo, iinfo : the limits of one dtype.

    Notes
    -----
    The standard is at https://data-apis.org/array-api/latest/API_specification/inspection.html.

    Examples
    --------
    >>> import rustsci as np
    >>> info = np.__array_namespace_info__()
    >>> info.default_dtypes()['real floating']
    dtype('float64')
    """

    def capabilities(self) -> dict[str, Any]:
        """Return which optional parts of the standard there are.

        Examples
        --------
        >>> import rustsci as np
        >>> np.__array_namespace_info__().capabilities()['boolean indexing']
        True
        """
        return {
            "boolean indexing": True,
            "data-dependent shapes": True,
            "max dimensions": _MAX_DIMENSIONS,
        }

    def default_device(self) -> str:
        """Return the device that arrays are made on: there is only ``'cpu'``.

        Examples
        --------
        >>> import rustsci as np
        >>> np.__array_namespace_info__().default_device()
        'cpu'
        """
        return "cpu"

    def default_dtypes(self, *, device: str | None = None) -> dict[str, dtype]:
        """Return the dtypes that arrays get when none is asked for.

        Parameters
        ----------
        device : str, optional
            ``'cpu'`` is the only one.

        Returns
        -------
        dict
            A dtype each for ``'real floating'``, ``'complex floating'``, ``'integral'`` and
            ``'indexing'``.

        Examples
        --------
        >>> import rustsci as np
        >>> np.__array_namespace_info__().default_dtypes()['complex floating']
        dtype('complex128')
        """
        _check_device(device)
        return {
            "real floating": dtype("float64"),
            "complex floating": dtype("complex128"),
            "integral": dtype("intp"),
            "indexing": dtype("intp"),
        }

    def dtypes(self, *, device: str | None = None, kind: Any = None) -> dict[str, dtype]:
        """Return the dtypes there are, of those that the standard knows.

        Parameters
        ----------
        device : str, optional
            ``'cpu'`` is the only one.
        kind : str or tuple, optional
            Only dtypes of this kind: ``'bool'``, ``'signed integer'``, ``'unsigned integer'``,
            ``'integral'``, ``'real floating'``, ``'complex floating'``, ``'numeric'``, or a tuple
            of these for any of them.

        Returns
        -------
        dict
            The dtypes by name.

        Examples
        --------
        >>> import rustsci as np
        >>> np.__array_namespace_info__().dtypes(kind='real floating')
        {'float32': dtype('float32'), 'float64': dtype('float64')}
        """
        _check_device(device)
        names = _dtype_names(("bool", "numeric") if kind is None else kind)
        return {name: dtype(name) for name in names}

    def devices(self) -> list[str]:
        """Return the devices there are.

        Examples
        --------
        >>> import rustsci as np
        >>> np.__array_namespace_info__().devices()
        ['cpu']
        """
        return ["cpu"]
