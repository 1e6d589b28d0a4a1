"""The values of maps."""

from __future__ import annotations

from rustsci._library import in_library_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__: list[str] = []

# What a FITS table has columns of.
_DTYPES = ("uint8", "int16", "int32", "int64", "float32", "float64")


def checked_values(values: Any) -> Any:
    """Return values as an array of the caller's library with one axis, of a type that FITS has."""
    from rustsci import asarray

    try:
        ours = asarray(values)
        name = str(ours.dtype)
    except (TypeError, ValueError):
        name = type(next(iter(values), None)).__name__
    if name not in _DTYPES:
        raise ValueError(f"The accepted types are {', '.join(_DTYPES)}, not {name}")
    if ours.ndim != 1:
        raise ValueError(f"Skymap values should be one-dimensional, got {ours.ndim} axes")
    return in_library_of(ours, *_numpy_if_loaded(values))


def _numpy_if_loaded(values: Any) -> tuple[Any, ...]:
    """What says which library an array is to be of: NumPy for lists, where a program uses NumPy."""
    from sys import modules

    numpy = modules.get("numpy")
    if numpy is not None and isinstance(values, (list, tuple)):
        return (numpy.empty(0),)
    return (values,)


def loaded(values: Any) -> Any:
    """Give arrays that were read from a file to programs that use NumPy as NumPy's."""
    return in_library_of(values, *_numpy_if_loaded([]))
