"""Arrays with elements added or left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rustsci import _native
from rustsci._native import (
    arange,
    array,
    asanyarray,
    asarray,
    empty,
    intp,
    ndarray,
    normalize_axis_index,
    normalize_axis_tuple,
    ones,
)
from rustsci._wrapping import wrap_like
from rustsci.overrides import array_function
from rustsci.shape_manipulation import moveaxis

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, TypeAlias

    from rustsci._types import ArrayLike

    Places: TypeAlias = "int | slice | Sequence[int] | Sequence[bool] | ndarray"

__all__ = ["append", "delete", "insert", "trim_zeros"]


@array_function("arr", "values")
def append(arr: ArrayLike, values: ArrayLike, axis: int | None = None) -> ndarray:
    """Return an array with other values behind its own.

    Parameters
    ----------
    arr : array_like
        The array to extend.
    values : array_like
        What comes behind; with `axis`, of the shape of `arr` in all other axes.
    axis : int, optional
        The axis to extend. Both arrays are flattened by default.

    Returns
    -------
    ndarray
        A new array.

    Examples
    --------
    >>> import rustsci as np
    >>> np.append([1, 2, 3], [[4, 5]])
    array([1, 2, 3, 4, 5])
    """
    arr = asanyarray(arr)
    if axis is None:
        if arr.ndim != 1:
            arr = arr.ravel()
        values = asanyarray(values).ravel()
        axis = arr.ndim - 1
    return _native.concatenate((arr, values), axis)


def _along_axis(arr: Any, axis: int | None) -> tuple[ndarray, int]:
    """Return `arr` as a plain array and the axis to work along: the only one if none is given."""
    arr = asarray(arr)
    if axis is None:
        arr = arr.ravel()
        return arr, arr.ndim - 1
    return arr, normalize_axis_index(axis, arr.ndim)


def _order_of(arr: ndarray) -> str:
    return "F" if arr.flags.fnc else "C"


@array_function("arr", "obj")
def delete(arr: ArrayLike, obj: Places, axis: int | None = None) -> ndarray:
    """Return an array without some of its slices along an axis.

    Parameters
    ----------
    arr : array_like
        The array.
    obj : int, slice, sequence of ints or of bools
        Which slices to leave out. An integer may be named twice.
    axis : int, optional
        The axis along which they lie. By default `obj` refers to the flattened array.

    Returns
    -------
    ndarray
        A new array.

    Examples
    --------
    >>> import rustsci as np
    >>> np.delete([[1, 2], [3, 4], [5, 6]], [0, 2], axis=0)
    array([[3, 4]])
    """
    source = arr
    arr, axis = _along_axis(arr, axis)
    length = arr.shape[axis]
    before = (slice(None),) * axis
    if isinstance(obj, slice):
        return wrap_like(_delete_slice(arr, axis, obj), source)
    places = asarray(obj)
    if places.size == 0 and not isinstance(obj, ndarray):
        places = places.astype(intp)
    if places.dtype.kind in "iu" and places.size == 1:
        index = places.item()
        if not -length <= index < length:
            raise IndexError(f"index {index} is out of bounds for axis {axis} with size {length}")
        index %= length
        return wrap_like(_delete_slice(arr, axis, slice(index, index + 1)), source)
    if places.dtype.kind == "b":
        if places.shape != (length,):
            raise ValueError(
                "boolean array argument obj to delete must be one dimensional and match the axis length of "
                f"{length}"
            )
        keep = ~places
    else:
        keep = ones(length, dtype=bool)
        keep[places,] = False
    return wrap_like(arr[(*before, keep)], source)


def _delete_slice(arr: ndarray, axis: int, cut: slice) -> ndarray:
    """Return a copy of `arr` without the slices that `cut` selects along `axis`."""
    length = arr.shape[axis]
    selected = range(length)[cut]
    if not selected:
        return arr.copy(order=_order_of(arr))
    if selected.step < 0:
        selected = selected[::-1]
    shape = list(arr.shape)
    shape[axis] -= len(selected)
    result = empty(shape, arr.dtype, _order_of(arr))
    if selected.step != 1:
        keep = ones(length, dtype=bool)
        keep[cut] = False
        return _native.compress(keep, arr, axis, result)
    start, stop = selected.start, selected.stop
    before = (slice(None),) * axis
    result[(*before, slice(None, start))] = arr[(*before, slice(None, start))]
    result[(*before, slice(start, None))] = arr[(*before, slice(stop, None))]
    return result


@array_function("arr", "obj", "values")
def insert(arr: ArrayLike, obj: Places, values: ArrayLike, axis: int | None = None) -> ndarray:
    """Return an array with slices put in along an axis.

    Parameters
    ----------
    arr : array_like
        The array.
    obj : int, slice, sequence of ints or of bools
        Before which places of `arr` to insert; a place named twice receives two slices.
    values : array_like
        What to insert, converted to the dtype of `arr`. It is broadcast to the slices at `obj`.
    axis : int, optional
        The axis to insert along. By default `arr` is flattened first.

    Returns
    -------
    ndarray
        A new array.

    Examples
    --------
    >>> import rustsci as np
    >>> np.insert([1, 2, 3], [1, 1], [8, 9])
    array([1, 8, 9, 2, 3])
    >>> np.insert([[1, 2], [3, 4]], 1, 5, axis=1)
    array([[1, 5, 2],
           [3, 5, 4]])
    """
    source = arr
    arr, axis = _along_axis(arr, axis)
    length = arr.shape[axis]
    places = _insertion_places(obj, length)
    if places.size == 1:
        index = places.item()
        if not -length <= index <= length:
            raise IndexError(f"index {obj} is out of bounds for axis {axis} with size {length}")
        values = array(values, copy=None, ndmin=arr.ndim, dtype=arr.dtype)
        if places.ndim == 0:
            # One index stands for one slice, as in ``arr[..., index, ...] = values``.
            values = moveaxis(values, 0, axis)
        return wrap_like(_insert_run(arr, axis, index % length if index < 0 else index, values), source)
    if places.size == 0 and not isinstance(obj, ndarray):
        places = places.astype(intp)
    places[places < 0] += length
    # Where each inserted slice ends up: those before it, in order of place, push it back by one each.
    order = places.argsort(kind="stable")
    places[order] += arange(len(places))
    shape = list(arr.shape)
    shape[axis] += len(places)
    old = ones(shape[axis], dtype=bool)
    old[places] = False
    result = empty(shape, arr.dtype, _order_of(arr))
    before = (slice(None),) * axis
    result[(*before, places)] = values
    result[(*before, old)] = arr
    return wrap_like(result, source)


def _insertion_places(obj: Places, length: int) -> ndarray:
    """Return the indices that `obj` selects along an axis of `length`, as a new array."""
    if isinstance(obj, slice):
        return arange(*obj.indices(length), dtype=intp)
    places = array(obj)
    if places.dtype.kind == "b":
        if places.ndim != 1:
            raise ValueError("boolean array argument obj to insert must be one dimensional")
        return places.nonzero()[0]
    if places.ndim > 1:
        raise ValueError("index array argument obj to insert must be one dimensional or scalar")
    return places


def _insert_run(arr: ndarray, axis: int, index: int, values: ndarray) -> ndarray:
    """Return a copy of `arr` with all of `values` before `index` along `axis`."""
    count = values.shape[axis]
    shape = list(arr.shape)
    shape[axis] += count
    result = empty(shape, arr.dtype, _order_of(arr))
    before = (slice(None),) * axis
    result[(*before, slice(None, index))] = arr[(*before, slice(None, index))]
    result[(*before, slice(index, index + count))] = values
    result[(*before, slice(index + count, None))] = arr[(*before, slice(index, None))]
    return result


@array_function("filt")
def trim_zeros(filt: ArrayLike, trim: str = "fb", axis: int | Sequence[int] | None = None) -> Any:
    """Cut off the zeros at the ends of an array.

    Parameters
    ----------
    filt : array_like
        The array. A list or tuple gives a list or tuple.
    trim : {'fb', 'f', 'b'}, optional
        Whether to cut at the front, the back, or both.
    axis : int or sequence of ints, optional
        The axes to shorten: slices that hold nothing but zeros are cut off. All axes by default.

    Returns
    -------
    ndarray or sequence
        A part of `filt`.

    Examples
    --------
    >>> import rustsci as np
    >>> np.trim_zeros([0, 0, 1, 0, 2, 0])
    [1, 0, 2]
    """
    values = asarray(filt)
    ends = trim.lower()
    if ends not in ("fb", "bf", "f", "b"):
        raise ValueError(f"unexpected character(s) in `trim`: {trim!r}")
    axes = range(values.ndim) if axis is None else normalize_axis_tuple(axis, values.ndim, argname="axis")
    if not axes:
        return filt
    places = values.nonzero()
    index = [slice(None)] * values.ndim
    for along in axes:
        # Without anything to keep, the front reaches to the end and the back to the start.
        start, stop = values.shape[along], 0
        if places[along].size:
            start, stop = int(places[along].min()), int(places[along].max()) + 1
        index[along] = slice(start if "f" in ends else None, stop if "b" in ends else None)
    return filt[index[0]] if values.ndim == 1 else filt[tuple(index)]
