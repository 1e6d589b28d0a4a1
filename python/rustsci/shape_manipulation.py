"""The same elements under another shape or order of axes: views wherever the memory allows."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING

from rustsci._native import asanyarray, asarray, normalize_axis_index, normalize_axis_tuple
from rustsci._wrapping import call_method
from rustsci.exceptions import AxisError
from rustsci.overrides import array_function

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, Literal

    from rustsci._native import ndarray
    from rustsci._types import ArrayLike, Axis, Order, Shape

__all__ = [
    "atleast_1d",
    "atleast_2d",
    "atleast_3d",
    "expand_dims",
    "matrix_transpose",
    "moveaxis",
    "permute_dims",
    "ravel",
    "reshape",
    "rollaxis",
    "squeeze",
    "swapaxes",
    "transpose",
]


@array_function("a")
def reshape(
    a: ArrayLike, /, shape: Shape, order: Literal["C", "F", "A"] = "C", *, copy: bool | None = None
) -> ndarray:
    """Give an array a new shape that holds the same number of elements.

    Parameters
    ----------
    a : array_like
        Array to be reshaped.
    shape : int or tuple of ints
        The new shape. One length may be -1: it is computed from the others.
    order : {'C', 'F', 'A'}, optional
        Whether elements are read and placed with the last axis running fastest ('C'), the first ('F'), or the
        first where `a` lies in memory that way ('A').
    copy : bool, optional
        True copies always, False never (a `ValueError` where a copy is needed), None where needed.

    Returns
    -------
    ndarray
        A view where the memory of `a` allows one, a copy otherwise.

    Examples
    --------
    >>> import rustsci as np
    >>> np.reshape([1, 2, 3, 4, 5, 6], (3, -1))
    array([[1, 2],
           [3, 4],
           [5, 6]])
    """
    if copy is None:
        return call_method(a, "reshape", shape, order=order)
    return call_method(a, "reshape", shape, order=order, copy=copy)


@array_function("a")
def ravel(a: ArrayLike, order: Order = "C") -> ndarray:
    """Flatten an array to one dimension, without a copy where possible.

    Parameters
    ----------
    a : array_like
        Array to be flattened.
    order : {'C', 'F', 'A', 'K'}, optional
        The order in which elements are read; 'K' is the order in which they lie in memory.

    Returns
    -------
    ndarray
        One-dimensional, in the class of `a`.

    Examples
    --------
    >>> import rustsci as np
    >>> np.ravel([[1, 2], [3, 4]], order="F")
    array([1, 3, 2, 4])
    """
    return asanyarray(a).ravel(order=order)


@array_function("a")
def transpose(a: ArrayLike, axes: Sequence[int] | None = None) -> ndarray:
    """Return a view whose axes are permuted.

    Parameters
    ----------
    a : array_like
        Array whose axes are permuted.
    axes : sequence of ints, optional
        A permutation of the axes: axis ``i`` of the result is axis ``axes[i]`` of `a`. Reversed by default.

    Returns
    -------
    ndarray
        A view of `a`.

    Examples
    --------
    >>> import rustsci as np
    >>> np.transpose([[1, 2, 3], [4, 5, 6]])
    array([[1, 4],
           [2, 5],
           [3, 6]])
    """
    return call_method(a, "transpose", axes)


permute_dims = transpose


@array_function("x")
def matrix_transpose(x: ArrayLike, /) -> ndarray:
    """Transpose a matrix, or every matrix of a stack: exchange the last two axes.

    Examples
    --------
    >>> import rustsci as np
    >>> np.matrix_transpose(np.zeros((5, 2, 3))).shape
    (5, 3, 2)
    """
    x = asanyarray(x)
    if x.ndim < 2:
        raise ValueError(f"Input array must be at least 2-dimensional, but it is {x.ndim}")
    return x.swapaxes(-1, -2)


@array_function("a")
def swapaxes(a: ArrayLike, axis1: int, axis2: int) -> ndarray:
    """Return a view with two axes exchanged.

    Examples
    --------
    >>> import rustsci as np
    >>> np.swapaxes(np.zeros((2, 3, 4)), 0, -1).shape
    (4, 3, 2)
    """
    return call_method(a, "swapaxes", axis1, axis2)


def _array_with_transpose(a: Any) -> Any:
    """Return `a` if it is an array, of whatever library, or else make an array of it."""
    return a if hasattr(a, "transpose") and hasattr(a, "ndim") else asarray(a)


@array_function("a")
def moveaxis(a: ArrayLike, source: int | Sequence[int], destination: int | Sequence[int]) -> ndarray:
    """Move axes to new places; the others keep their order.

    Parameters
    ----------
    a : array_like
        Array whose axes are moved.
    source, destination : int or sequence of ints
        Where the axes are, and where they go.

    Returns
    -------
    ndarray
        A view of `a`.

    Examples
    --------
    >>> import rustsci as np
    >>> np.moveaxis(np.zeros((3, 4, 5)), 0, -1).shape
    (4, 5, 3)
    """
    a = _array_with_transpose(a)
    taken = normalize_axis_tuple(source, a.ndim, "source")
    places = normalize_axis_tuple(destination, a.ndim, "destination")
    if len(taken) != len(places):
        raise ValueError("`source` and `destination` arguments must have the same number of elements")
    order = [axis for axis in range(a.ndim) if axis not in taken]
    for place, axis in sorted(zip(places, taken, strict=True)):
        order.insert(place, axis)
    return a.transpose(order)


@array_function("a")
def rollaxis(a: ArrayLike, axis: int, start: int = 0) -> ndarray:
    """Move one axis backwards until it stands before the axis `start`.

    `moveaxis` says the same more plainly.

    Examples
    --------
    >>> import rustsci as np
    >>> np.rollaxis(np.zeros((3, 4, 5, 6)), 3, 1).shape
    (3, 6, 4, 5)
    """
    a = _array_with_transpose(a)
    ndim = a.ndim
    axis = normalize_axis_index(axis, ndim)
    place = start + ndim if start < 0 else start
    if not 0 <= place <= ndim:
        raise AxisError(f"'start' arg requires {-ndim} <= start < {ndim + 1}, but {start} was passed in")
    order = [other for other in range(ndim) if other != axis]
    order.insert(place - 1 if axis < place else place, axis)
    return a.transpose(order)


@array_function("a")
def squeeze(a: ArrayLike, axis: Axis = None) -> ndarray:
    """Return a view without the axes of length one.

    Parameters
    ----------
    a : array_like
        Array to be squeezed.
    axis : int or tuple of ints, optional
        The axes to drop; a `ValueError` if one of them is not of length one. All such axes by default.

    Returns
    -------
    ndarray
        A view of `a`.

    Examples
    --------
    >>> import rustsci as np
    >>> np.squeeze([[[0], [1], [2]]]).shape, np.squeeze([[[0], [1], [2]]], axis=0).shape
    ((3,), (3, 1))
    """
    if axis is None:
        return call_method(a, "squeeze")
    return call_method(a, "squeeze", axis=axis)


@array_function("a")
def expand_dims(a: ArrayLike, axis: int | Sequence[int]) -> ndarray:
    """Return a view with additional axes of length one.

    Parameters
    ----------
    a : array_like
        Array to be expanded.
    axis : int or tuple of ints
        Where the new axes stand in the result.

    Returns
    -------
    ndarray
        A view of `a`.

    Examples
    --------
    >>> import rustsci as np
    >>> np.expand_dims([1, 2], axis=(0, -1)).shape
    (1, 2, 1)
    """
    a = asanyarray(a)
    places = axis if isinstance(axis, (tuple, list)) else (operator.index(axis),)  # type: ignore[arg-type]
    ndim = a.ndim + len(places)
    places = normalize_axis_tuple(places, ndim)
    lengths = iter(a.shape)
    return a.reshape([1 if place in places else next(lengths) for place in range(ndim)])


@array_function("*arys")
def atleast_1d(*arys: ArrayLike) -> Any:
    """Make arrays of the arguments, scalars being given one axis.

    Returns
    -------
    ndarray or tuple of ndarrays
        One array an argument, as they are where they have axes already.

    Examples
    --------
    >>> import rustsci as np
    >>> np.atleast_1d(1.0)
    array([1.])
    >>> np.atleast_1d(1, [3, 4])
    (array([1]), array([3, 4]))
    """
    results = []
    for ary in arys:
        ary = asanyarray(ary)
        results.append(ary if ary.ndim else ary.reshape(1))
    return results[0] if len(results) == 1 else tuple(results)


@array_function("*arys")
def atleast_2d(*arys: ArrayLike) -> Any:
    """Make arrays of the arguments with at least two axes; new axes come first.

    Returns
    -------
    ndarray or tuple of ndarrays
        One array an argument: views, where they have fewer axes.

    Examples
    --------
    >>> import rustsci as np
    >>> np.atleast_2d([1, 2, 3]).shape
    (1, 3)
    """
    results = []
    for ary in arys:
        ary = asanyarray(ary)
        if ary.ndim == 0:
            ary = ary.reshape(1, 1)
        elif ary.ndim == 1:
            ary = ary[None, :]
        results.append(ary)
    return results[0] if len(results) == 1 else tuple(results)


@array_function("*arys")
def atleast_3d(*arys: ArrayLike) -> Any:
    """Make arrays of the arguments with at least three axes.

    A vector of length ``n`` becomes ``(1, n, 1)``, a matrix ``(m, n)`` becomes ``(m, n, 1)``.

    Returns
    -------
    ndarray or tuple of ndarrays
        One array an argument: views, where they have fewer axes.

    Examples
    --------
    >>> import rustsci as np
    >>> np.atleast_3d([1, 2, 3]).shape, np.atleast_3d([[1, 2, 3]]).shape
    ((1, 3, 1), (1, 3, 1))
    """
    results = []
    for ary in arys:
        ary = asanyarray(ary)
        if ary.ndim == 0:
            ary = ary.reshape(1, 1, 1)
        elif ary.ndim == 1:
            ary = ary[None, :, None]
        elif ary.ndim == 2:
            ary = ary[:, :, None]
        results.append(ary)
    return results[0] if len(results) == 1 else tuple(results)
