"""Arrays of one shape made of arrays of several, without copying."""

from __future__ import annotations

import math
import sys
from typing import TYPE_CHECKING

from rustsci._native import array, as_strided, asarray
from rustsci._shapes import as_shape
from rustsci._wrapping import view_as_class_of
from rustsci.overrides import array_function

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from rustsci._native import ndarray
    from rustsci._types import ArrayLike, Shape

__all__ = [
    "broadcast_arrays",
    "broadcast_shapes",
    "broadcast_to",
]

_MAX_DIMS = 64


@array_function("array")
def broadcast_to(array: ArrayLike, shape: Shape, subok: bool = False) -> ndarray:
    """Return a read-only view in which an array repeats itself to fill a shape.

    Parameters
    ----------
    array : array_like
        The array to broadcast.
    shape : int or tuple of ints
        The shape of the result.
    subok : bool, optional
        Whether a subclass of `ndarray` is kept.

    Returns
    -------
    ndarray
        A view that cannot be written to: several of its elements may share one place in memory.

    Examples
    --------
    >>> import rustsci as np
    >>> np.broadcast_to([1, 2, 3], (2, 3))
    array([[1, 2, 3],
           [1, 2, 3]])
    """
    result = _broadcast(_as_array(array, subok), shape)
    result.flags.writeable = False
    return result


@array_function("*args")
def broadcast_arrays(*args: ArrayLike, subok: bool = False) -> tuple[ndarray, ...]:
    """Broadcast arrays against each other.

    Parameters
    ----------
    *args : array_like
        The arrays to broadcast.
    subok : bool, optional
        Whether subclasses of `ndarray` are kept.

    Returns
    -------
    tuple of ndarrays
        Views of one shape. Copy one before writing to it: several of its elements may share one place in
        memory.

    Examples
    --------
    >>> import rustsci as np
    >>> x, y = np.broadcast_arrays([[1, 2, 3]], [[4], [5]])
    >>> y
    array([[4, 4, 4],
           [5, 5, 5]])
    """
    arrays = [_as_array(arg, subok) for arg in args]
    shape = _common_shape([each.shape for each in arrays])
    return tuple(each if each.shape == shape else _broadcast(each, shape) for each in arrays)


def broadcast_shapes(*args: Shape) -> tuple[int, ...]:
    """Return the shape that arrays of these shapes broadcast to.

    Parameters
    ----------
    *args : int or tuple of ints
        The shapes.

    Returns
    -------
    tuple of ints
        The common shape; a `ValueError` where there is none.

    Examples
    --------
    >>> import rustsci as np
    >>> np.broadcast_shapes((6, 7), (5, 6, 1), 7)
    (5, 6, 7)
    """
    return _common_shape([_checked_shape(shape) for shape in args])


def _as_array(value: ArrayLike, subok: bool) -> ndarray:
    return array(value, copy=None, subok=True) if subok else asarray(value)


def _checked_shape(shape: Any) -> tuple[int, ...]:
    """Return `shape` as a tuple of lengths that an array can have."""
    try:
        lengths = as_shape(shape)
    except TypeError:
        raise TypeError(f"expected a sequence of integers or a single integer, got {str(shape)!r}") from None
    if len(lengths) > _MAX_DIMS:
        raise ValueError(
            f"maximum supported dimension for an ndarray is currently {_MAX_DIMS}, found {len(lengths)}"
        )
    if any(length < 0 for length in lengths):
        raise ValueError("negative dimensions are not allowed")
    return lengths


def _common_shape(shapes: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    """Return the shape that `shapes` broadcast to, each axis being stretched from one or equal."""
    if not shapes:
        return ()
    first = shapes[0]
    if all(shape == first for shape in shapes):
        return first
    ndim = max(map(len, shapes))
    result = [1] * ndim
    decided_by = [0] * ndim
    for index, shape in enumerate(shapes):
        for axis, length in enumerate(shape, ndim - len(shape)):
            if length == 1 or length == result[axis]:
                continue
            if result[axis] != 1:
                other = decided_by[axis]
                raise ValueError(
                    "shape mismatch: objects cannot be broadcast to a single shape.  Mismatch is between "
                    f"arg {other} with shape {shapes[other]} and arg {index} with shape {shape}."
                )
            result[axis] = length
            decided_by[axis] = index
    return tuple(result)


def _broadcast(source: ndarray, shape: Shape) -> ndarray:
    """Return a view of `source` with `shape`, writeable if `source` is."""
    target = as_shape(shape)
    if not target and source.shape:
        raise ValueError("cannot broadcast a non-scalar to a scalar array")
    if any(length < 0 for length in target):
        raise ValueError("all elements of broadcast shape must be non-negative")
    added = len(target) - source.ndim
    if added < 0:
        raise ValueError("input operand has more dimensions than allowed by the axis remapping")
    strides = [0] * added
    for have, want, stride in zip(source.shape, target[added:], source.strides, strict=True):
        if have != want and have != 1:
            raise ValueError(
                "operands could not be broadcast together with remapped shapes [original->remapped]: "
                f"{_plain(source.shape)}  and requested shape {_plain(target)}"
            )
        strides.append(0 if have == 1 else stride)
    size = math.prod(length for length in target if length)
    if size > sys.maxsize:
        raise ValueError("iterator is too large")
    if size * source.itemsize > sys.maxsize:
        raise ValueError(
            "array is too big; `arr.size * arr.dtype.itemsize` is larger than the maximum possible size."
        )
    return view_as_class_of(source, as_strided(asarray(source), target, strides))


def _plain(shape: tuple[int, ...]) -> str:
    """Write a shape the way errors about broadcasting do, without blanks."""
    return str(shape).replace(" ", "")
