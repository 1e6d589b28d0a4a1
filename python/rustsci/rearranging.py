"""The same elements in other places: shifted, reversed, rotated, repeated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rustsci._native import (
    array,
    asanyarray,
    asarray,
    broadcast,
    concatenate,
    empty_like,
    normalize_axis_tuple,
    zeros_like,
)
from rustsci._shapes import as_shape
from rustsci._wrapping import call_method
from rustsci.broadcasting import broadcast_to
from rustsci.overrides import array_function

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from rustsci._native import ndarray
    from rustsci._types import ArrayLike, Axis, Shape

__all__ = [
    "flip",
    "fliplr",
    "flipud",
    "repeat",
    "resize",
    "roll",
    "rot90",
    "tile",
]


@array_function("a")
def roll(a: ArrayLike, shift: int | Sequence[int], axis: Axis = None) -> ndarray:
    """Shift elements along axes; those that leave at one end come in at the other.

    Parameters
    ----------
    a : array_like
        Array to be shifted.
    shift : int or tuple of ints
        By how many places, for each of `axis`. One number goes for all of them.
    axis : int or tuple of ints, optional
        The axes to shift along; an axis may be named more than once. By default the flattened array is
        shifted and the shape restored.

    Returns
    -------
    ndarray
        An array of the shape of `a`.

    Examples
    --------
    >>> import rustsci as np
    >>> np.roll([0, 1, 2, 3, 4], 2)
    array([3, 4, 0, 1, 2])
    >>> np.roll([[0, 1, 2], [3, 4, 5]], (1, -1), axis=(0, 1))
    array([[4, 5, 3],
           [1, 2, 0]])
    """
    a = asanyarray(a)
    if axis is None:
        return roll(a.ravel(), shift, 0).reshape(a.shape)
    axes = normalize_axis_tuple(axis, a.ndim, allow_duplicate=True)
    totals = dict.fromkeys(axes, 0)
    for places, along in _shifts(shift, axes):
        totals[int(along)] += int(places)

    # For each axis, the two runs of the result and the runs of `a` that fill them.
    moves: list[tuple[tuple[slice, ...], tuple[slice, ...]]] = [((), ())]
    for along in range(a.ndim):
        places = totals.get(along, 0) % (a.shape[along] or 1)
        runs = [(slice(None), slice(None))]
        if places:
            runs = [(slice(places, None), slice(None, -places)), (slice(None, places), slice(-places, None))]
        moves = [((*to, run_to), (*of, run_of)) for to, of in moves for run_to, run_of in runs]
    result = empty_like(a)
    for to, of in moves:
        result[to] = a[of]
    return result


def _shifts(shift: Any, axes: tuple[int, ...]) -> Any:
    """Return by how much to shift along which axis."""
    if isinstance(shift, int):
        # An integer of Python may be greater than what an array holds.
        return ((shift, along) for along in axes)
    pairs = broadcast(shift, axes)
    if pairs.ndim > 1:
        raise ValueError("'shift' and 'axis' should be scalars or 1D sequences")
    return pairs


@array_function("m")
def flip(m: ArrayLike, axis: Axis = None) -> ndarray:
    """Return a view in which the elements along axes come in reversed order.

    Parameters
    ----------
    m : array_like
        Array to be reversed.
    axis : int or tuple of ints, optional
        The axes to reverse; all of them by default.

    Returns
    -------
    ndarray
        A view of `m`.

    Examples
    --------
    >>> import rustsci as np
    >>> np.flip([[0, 1], [2, 3]], axis=1)
    array([[1, 0],
           [3, 2]])
    """
    if not hasattr(m, "ndim"):
        m = asarray(m)
    index = [slice(None, None, -1 if axis is None else None)] * m.ndim
    if axis is not None:
        for along in normalize_axis_tuple(axis, m.ndim):
            index[along] = slice(None, None, -1)
    return m[tuple(index)]


@array_function("m")
def fliplr(m: ArrayLike) -> ndarray:
    """Reverse the columns of a matrix: a view with axis 1 reversed.

    Examples
    --------
    >>> import rustsci as np
    >>> np.fliplr([[1, 2], [3, 4]])
    array([[2, 1],
           [4, 3]])
    """
    m = asanyarray(m)
    if m.ndim < 2:
        raise ValueError("Input must be >= 2-d.")
    return m[:, ::-1]


@array_function("m")
def flipud(m: ArrayLike) -> ndarray:
    """Reverse the rows of an array: a view with axis 0 reversed.

    Examples
    --------
    >>> import rustsci as np
    >>> np.flipud([[1, 2], [3, 4]])
    array([[3, 4],
           [1, 2]])
    """
    m = asanyarray(m)
    if m.ndim < 1:
        raise ValueError("Input must be >= 1-d.")
    return m[::-1, ...]


@array_function("m")
def rot90(m: ArrayLike, k: int = 1, axes: Sequence[int] = (0, 1)) -> ndarray:
    """Rotate an array by quarter turns in the plane of two axes.

    Parameters
    ----------
    m : array_like
        Array of two or more dimensions.
    k : int, optional
        The number of quarter turns, from the first of `axes` towards the second.
    axes : sequence of two ints, optional
        The plane of the rotation.

    Returns
    -------
    ndarray
        A view of `m`.

    Examples
    --------
    >>> import rustsci as np
    >>> np.rot90([[1, 2], [3, 4]])
    array([[2, 4],
           [1, 3]])
    """
    axes = tuple(axes)
    if len(axes) != 2:
        raise ValueError("len(axes) must be 2.")
    m = asanyarray(m)
    first, second = axes
    if first == second or abs(first - second) == m.ndim:
        raise ValueError("Axes must be different.")
    if not all(-m.ndim <= along < m.ndim for along in axes):
        raise ValueError(f"Axes={axes} out of range for array of ndim={m.ndim}.")
    turns = k % 4
    if turns == 0:
        return m[:]
    if turns == 2:
        return flip(m, axes)
    return flip(m, second).swapaxes(first, second) if turns == 1 else flip(m.swapaxes(first, second), second)


@array_function("a")
def repeat(a: ArrayLike, repeats: int | Sequence[int], axis: int | None = None) -> ndarray:
    """Repeat each element of an array.

    Parameters
    ----------
    a : array_like
        Array whose elements are repeated.
    repeats : int or array of ints
        How often: one number for all, or one for each place along `axis`.
    axis : int, optional
        The axis to repeat along. The flattened array by default.

    Returns
    -------
    ndarray
        As `a` but for the length along `axis`; one-dimensional without an axis.

    Examples
    --------
    >>> import rustsci as np
    >>> np.repeat([[1, 2], [3, 4]], [1, 2], axis=0)
    array([[1, 2],
           [3, 4],
           [3, 4]])
    """
    return call_method(a, "repeat", repeats, axis=axis)


@array_function("A", "reps")
def tile(A: ArrayLike, reps: Shape) -> ndarray:
    """Lay copies of an array side by side.

    Parameters
    ----------
    A : array_like
        The tile.
    reps : int or sequence of ints
        How many tiles along each axis. The shorter of `reps` and the shape of `A` is filled up with ones in
        front.

    Returns
    -------
    ndarray
        A new array.

    Examples
    --------
    >>> import rustsci as np
    >>> np.tile([0, 1], (2, 2))
    array([[0, 1, 0, 1],
           [0, 1, 0, 1]])
    """
    counts = as_shape(reps)
    A = array(A, copy=None, subok=True, ndmin=len(counts))
    counts = (1,) * (A.ndim - len(counts)) + counts
    if all(count == 1 for count in counts):
        return A.copy(order="K")
    # One more axis in front of each that is repeated, broadcast to its count; one copy then merges the two.
    split: list[int] = []
    spread: list[int] = []
    for count, length in zip(counts, A.shape, strict=True):
        if count != 1:
            split.append(1)
            spread.append(count)
        split.append(length)
        spread.append(length)
    shape = tuple(count * length for count, length in zip(counts, A.shape, strict=True))
    if A.size == 0:
        return A.reshape(shape)
    return broadcast_to(A.reshape(split), tuple(spread), subok=True).copy().reshape(shape)


@array_function("a")
def resize(a: ArrayLike, new_shape: Shape) -> ndarray:
    """Return an array of a new shape, filled by repeating the elements as often as needed.

    The method ``ndarray.resize`` differs: it works in place and fills up with zeros.

    Parameters
    ----------
    a : array_like
        Where elements are taken from, in C order.
    new_shape : int or tuple of ints
        The shape of the result.

    Returns
    -------
    ndarray
        A new array.

    Examples
    --------
    >>> import rustsci as np
    >>> np.resize([[0, 1], [2, 3]], (2, 3))
    array([[0, 1, 2],
           [3, 0, 1]])
    """
    shape = as_shape(new_shape)
    a = asanyarray(a).ravel()
    size = 1
    for length in shape:
        size *= length
        if length < 0:
            raise ValueError("all elements of `new_shape` must be non-negative")
    if a.size == 0 or size == 0:
        return zeros_like(a, shape=shape)
    return concatenate((a,) * -(-size // a.size))[:size].reshape(shape)
