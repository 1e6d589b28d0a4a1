"""What the functions of this package take for numbers."""

from __future__ import annotations

from rustsci._native import asarray, ndarray

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__: list[str] = []


def readable(data: Any) -> Any:
    """Return `data` as the native functions read it: a list, a tuple, or an array of ours.

    Arrays and columns of other libraries lend their memory; any other iterable becomes a list.
    """
    kind = type(data)
    if kind is list or kind is tuple or isinstance(data, ndarray):
        return data
    if hasattr(data, "__array__") or _is_typed_array(data):
        try:
            return asarray(data)
        except (TypeError, ValueError):
            # Elements that are no numbers of ours, fractions for instance.
            return _elements(data)
    return list(data)


def python_numbers(data: Any) -> Any:
    """Return what `readable` gave as a list or tuple of Python's own numbers."""
    return data.tolist() if isinstance(data, ndarray) else data


def _elements(data: Any) -> list[Any]:
    """The elements of an array or column as Python's own objects, where its library can make such."""
    for name in ("tolist", "to_list", "to_pylist"):
        if hasattr(data, name):
            elements = getattr(data, name)()
            # An array without axes is one element.
            return elements if isinstance(elements, list) else list(data)
    return list(data)


def _is_typed_array(data: object) -> bool:
    """Whether this is an ``array.array``, without importing that module to find out."""
    from sys import modules

    array = modules.get("array")
    return array is not None and isinstance(data, array.array)
