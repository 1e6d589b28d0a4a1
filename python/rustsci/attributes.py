"""What an argument is: its shape, its size, its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rustsci._native import asarray, generic, normalize_axis_tuple
from rustsci.overrides import array_function

if TYPE_CHECKING:
    from typing import Any

    from rustsci._native import ndarray
    from rustsci._types import ArrayLike, Axis

__all__ = [
    "isfortran",
    "isscalar",
    "iterable",
    "ndim",
    "shape",
    "size",
]


@array_function("a")
def shape(a: ArrayLike) -> tuple[int, ...]:
    """Return the length of an array along each axis.

    Examples
    --------
    >>> import rustsci as np
    >>> np.shape([[1, 2, 3]]), np.shape(0)
    ((1, 3), ())
    """
    lengths: tuple[int, ...] = a.shape if hasattr(a, "shape") else asarray(a).shape
    return lengths


@array_function("a")
def ndim(a: ArrayLike) -> int:
    """Return the number of axes of an array.

    Examples
    --------
    >>> import rustsci as np
    >>> np.ndim([[1, 2, 3]]), np.ndim(0)
    (2, 0)
    """
    axes: int = a.ndim if hasattr(a, "ndim") else asarray(a).ndim
    return axes


@array_function("a")
def size(a: ArrayLike, axis: Axis = None) -> int:
    """Return the number of elements of an array.

    Parameters
    ----------
    a : array_like
        The array.
    axis : int or tuple of ints, optional
        Count along these axes only.

    Returns
    -------
    int
        The number of elements.

    Examples
    --------
    >>> import rustsci as np
    >>> np.size([[1, 2, 3], [4, 5, 6]]), np.size([[1, 2, 3], [4, 5, 6]], axis=0)
    (6, 2)
    """
    if axis is None:
        count: int = a.size if hasattr(a, "size") else asarray(a).size
        return count
    lengths = shape(a)
    count = 1
    for along in normalize_axis_tuple(axis, len(lengths)):
        count *= lengths[along]
    return count


def isfortran(a: ndarray) -> bool:
    """Tell whether an array lies in memory in Fortran order and not at the same time in C order.

    Examples
    --------
    >>> import rustsci as np
    >>> np.isfortran(np.zeros((2, 3), order="F")), np.isfortran(np.zeros(3))
    (True, False)
    """
    return bool(a.flags.fnc)


def isscalar(element: Any) -> bool:
    """Tell whether an object is a scalar: a number, a string or bytes, of Python or of an array.

    An array without axes is not.

    Examples
    --------
    >>> import rustsci as np
    >>> np.isscalar(3.1), np.isscalar("text"), np.isscalar(np.array(3.1))
    (True, True, False)
    """
    if isinstance(element, generic) or type(element) in (int, float, complex, bool, bytes, str, memoryview):
        return True
    from numbers import Number

    return isinstance(element, Number)


def iterable(y: Any) -> bool:
    """Tell whether an object can be iterated over.

    Examples
    --------
    >>> import rustsci as np
    >>> np.iterable([1, 2, 3]), np.iterable(2), np.iterable(np.array(2))
    (True, False, False)
    """
    try:
        iter(y)
    except TypeError:
        return False
    return True
