"""Exchange with NumPy: one memory seen by both libraries, and NumPy's functions called with our arrays."""

from __future__ import annotations

from rustsci._native import asarray, generic, ndarray, ufunc

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    import numpy
    from numpy.typing import NDArray

    from rustsci._types import ArrayLike

__all__ = ["from_numpy", "to_numpy"]


def from_numpy(array: NDArray[numpy.generic]) -> ndarray:
    """Return an array that shares the memory of a NumPy array.

    Nothing is copied: what is written to one shows in the other, and a read-only array stays read-only. The
    memory lives as long as either needs it.

    Parameters
    ----------
    array : numpy.ndarray
        The NumPy array; its dtype is one that rustsci has.

    Returns
    -------
    ndarray
        An array of the same shape, strides and dtype.

    Raises
    ------
    TypeError
        If `array` is not a NumPy array; `asarray` takes everything else.

    See Also
    --------
    to_numpy, asarray, from_dlpack

    Examples
    --------
    >>> import numpy
    >>> import rustsci as rs
    >>> theirs = numpy.arange(4)
    >>> ours = rs.from_numpy(theirs)
    >>> theirs[0] = 9
    >>> ours
    array([9, 1, 2, 3])
    """
    if not _is_numpy_array(array):
        raise TypeError(
            f"from_numpy takes a numpy.ndarray, not {type(array).__name__!r}; asarray takes other objects"
        )
    return asarray(array, copy=False)


def to_numpy(array: ArrayLike) -> NDArray[numpy.generic]:
    """Return a NumPy array that shares the memory of an array.

    Nothing is copied, except from objects that are no arrays yet. NumPy is imported, and must be installed.

    Parameters
    ----------
    array : array_like
        An array or a scalar of rustsci, or what `asarray` makes into one.

    Returns
    -------
    numpy.ndarray
        An array of the same shape, strides and dtype.

    See Also
    --------
    from_numpy

    Examples
    --------
    >>> import rustsci as rs
    >>> ours = rs.zeros((2, 3))
    >>> theirs = rs.to_numpy(ours.T)
    >>> theirs[0] = 7
    >>> ours
    array([[7., 0., 0.],
           [7., 0., 0.]])
    """
    from numpy import asarray as numpy_asarray

    if not isinstance(array, (ndarray, generic)):
        array = asarray(array)
    return numpy_asarray(array)


def _is_numpy_array(array: object) -> bool:
    """Whether an object is a NumPy array, without importing NumPy to find out."""
    from sys import modules

    numpy = modules.get("numpy")
    return numpy is not None and isinstance(array, numpy.ndarray)


def _foreign_ufunc(foreign: Any, method: str, inputs: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
    """Carry out a NumPy ufunc that met one of our arrays.

    Ours of the same name does it, unless there is none or NumPy's arrays are to hold the result.
    """
    import rustsci

    ours = getattr(rustsci, foreign.__name__, None)
    outputs = keywords.get("out", ())
    if isinstance(ours, ufunc) and not any(map(_is_numpy_array, outputs)):
        return getattr(ours, method)(*inputs, **keywords)
    return getattr(foreign, method)(*_as_numpy(inputs), **_as_numpy(keywords))


def _foreign_function(foreign: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """Carry out a NumPy function that met one of our arrays: by ours of the same name, else on NumPy's."""
    from importlib import import_module

    try:
        ours = getattr(import_module(foreign.__module__.replace("numpy", "rustsci", 1)), foreign.__name__)
    except (ImportError, AttributeError):
        return foreign(*_as_numpy(args), **_as_numpy(kwargs))
    return ours(*args, **kwargs)


def _as_numpy(value: Any) -> Any:
    """Exchange our arrays for NumPy's, inside of containers too."""
    if isinstance(value, ndarray):
        return to_numpy(value)
    if isinstance(value, (tuple, list)):
        return type(value)(map(_as_numpy, value))
    if isinstance(value, dict):
        return {key: _as_numpy(item) for key, item in value.items()}
    return value
