"""Indices and functions applied to each one-dimensional slice of an array."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from rustsci._native import (
    arange,
    array,
    asanyarray,
    asarray,
    integer,
    normalize_axis_index,
    zeros_like,
)
from rustsci._wrapping import wrap_like
from rustsci.overrides import array_function
from rustsci.shape_manipulation import expand_dims

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from rustsci._native import ndarray
    from rustsci._types import ArrayLike

__all__ = [
    "apply_along_axis",
    "apply_over_axes",
    "put_along_axis",
    "take_along_axis",
]


def _index_along(shape: tuple[int, ...], indices: ndarray, axis: int) -> tuple[ndarray, ...]:
    """Return the index that applies `indices` along `axis`, in step with all other axes of `shape`."""
    if not issubclass(indices.dtype.type, integer):
        raise IndexError("`indices` must be an integer array")
    if indices.ndim != len(shape):
        raise ValueError("`indices` and `arr` must have the same number of dimensions")
    return tuple(
        indices if along == axis else arange(length).reshape((-1,) + (1,) * (len(shape) - along - 1))
        for along, length in enumerate(shape)
    )


def _require_one_axis(indices: ndarray) -> None:
    if indices.ndim != 1:
        raise ValueError("when axis=None, `indices` must have a single dimension.")


@array_function("arr", "indices")
def take_along_axis(arr: ArrayLike, indices: ndarray, axis: int | None = -1) -> ndarray:
    """Take elements along an axis by an index of their own for each slice, as `argsort` returns them.

    Parameters
    ----------
    arr : array_like
        The array to take from.
    indices : ndarray of ints
        Indices along `axis`; the other axes are broadcast against those of `arr`.
    axis : int, optional
        The axis; None takes from the flattened array.

    Returns
    -------
    ndarray
        What was taken.

    Examples
    --------
    >>> import rustsci as np
    >>> a = np.array([[10, 30, 20], [60, 40, 50]])
    >>> np.take_along_axis(a, np.argsort(a, axis=1), axis=1)
    array([[10, 20, 30],
           [40, 50, 60]])
    """
    if axis is None:
        _require_one_axis(indices)
        arr = array(arr.flat)
        axis = 0
    else:
        axis = normalize_axis_index(axis, arr.ndim)
    return arr[_index_along(arr.shape, indices, axis)]


@array_function("arr", "indices", "values")
def put_along_axis(arr: ndarray, indices: ndarray, values: ArrayLike, axis: int | None) -> None:
    """Write elements along an axis by an index of their own for each slice, in place.

    Parameters
    ----------
    arr : ndarray
        The array to write to.
    indices : ndarray of ints
        Indices along `axis`; the other axes are broadcast against those of `arr`.
    values : array_like
        What to write, broadcast against `indices`.
    axis : int
        The axis; None writes to the flattened array.

    Examples
    --------
    >>> import rustsci as np
    >>> a = np.array([[10, 30, 20], [60, 40, 50]])
    >>> np.put_along_axis(a, np.array([[1], [0]]), 99, axis=1)
    >>> a
    array([[10, 99, 20],
           [99, 40, 50]])
    """
    if axis is None:
        _require_one_axis(indices)
        if not issubclass(indices.dtype.type, integer):
            raise IndexError("`indices` must be an integer array")
        arr.flat[indices] = values
        return
    axis = normalize_axis_index(axis, arr.ndim)
    arr[_index_along(arr.shape, indices, axis)] = values


@array_function("arr")
def apply_along_axis(
    func1d: Callable[..., Any], axis: int, arr: ArrayLike, *args: Any, **kwargs: Any
) -> ndarray:
    """Apply a function to every one-dimensional slice along an axis.

    Parameters
    ----------
    func1d : callable
        Takes a vector and returns a scalar or an array.
    axis : int
        The axis the slices run along.
    arr : array_like
        The array.
    *args, **kwargs
        Passed on to `func1d`.

    Returns
    -------
    ndarray
        `arr` with `axis` replaced by the axes of what `func1d` returns.

    Examples
    --------
    >>> import rustsci as np
    >>> np.apply_along_axis(sorted, 1, [[8, 1, 7], [4, 3, 9]])
    array([[1, 7, 8],
           [3, 4, 9]])
    """
    source = arr
    arr = asanyarray(arr)
    axis = normalize_axis_index(axis, arr.ndim)
    others = [along for along in range(arr.ndim) if along != axis]
    slices = arr.transpose([*others, axis])
    places = product(*map(range, slices.shape[:-1]))
    result: Any = None
    for place in places:
        part = asanyarray(func1d(slices[(*place, ...)], *args, **kwargs))
        if result is None:
            result = zeros_like(part, shape=slices.shape[:-1] + part.shape)
            inner = part.ndim
        result[place] = part
    if result is None:
        raise ValueError("Cannot apply_along_axis when any iteration dimensions are 0")
    outer = len(others)
    order = [*range(axis), *range(outer, outer + inner), *range(axis, outer)]
    return wrap_like(result.transpose(order), source)


@array_function("a")
def apply_over_axes(func: Callable[..., Any], a: ArrayLike, axes: int | Sequence[int]) -> ndarray:
    """Apply a function to an array along one axis after the other.

    Parameters
    ----------
    func : callable
        Called as ``func(a, axis)``. It may drop the axis or leave it with length one.
    a : array_like
        The array.
    axes : int or sequence of ints
        The axes, in this order.

    Returns
    -------
    ndarray
        An array of as many axes as `a`.

    Examples
    --------
    >>> import rustsci as np
    >>> np.apply_over_axes(np.sum, np.arange(6).reshape(1, 2, 3), [0, 2])
    array([[[ 3],
            [12]]])
    """
    result = asarray(a)
    ndim = result.ndim
    for along in asarray(axes).ravel().tolist():
        axis = along + ndim if along < 0 else along
        reduced = asanyarray(func(result, axis))
        if reduced.ndim != ndim:
            reduced = expand_dims(reduced, axis)
            if reduced.ndim != ndim:
                raise ValueError("function is not returning an array of the correct shape")
        result = reduced
    return result
