"""Elements picked by index or by condition, and written the same way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rustsci import _native
from rustsci._native import asanyarray, asarray, ndarray
from rustsci._wrapping import call_method
from rustsci.overrides import array_function
from rustsci.shape_manipulation import atleast_1d, transpose

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal

    from rustsci._types import ArrayLike, ArrayOrScalar

    Mode = Literal["raise", "wrap", "clip"]

__all__ = [
    "argwhere",
    "choose",
    "compress",
    "extract",
    "flatnonzero",
    "nonzero",
    "place",
    "put",
    "take",
]


@array_function("a", "out")
def take(
    a: ArrayLike,
    indices: ArrayLike,
    axis: int | None = None,
    out: ndarray | None = None,
    mode: Mode = "raise",
) -> ArrayOrScalar:
    """Take elements, or slices along an axis, by index.

    Parameters
    ----------
    a : array_like
        The array to take from.
    indices : array_like of ints
        Which to take.
    axis : int, optional
        The axis along which they lie; the flattened array by default.
    out : ndarray, optional
        Where to write the result.
    mode : {'raise', 'wrap', 'clip'}, optional
        What to do with indices out of bounds: an error, count on from the other end, or take the nearest.

    Returns
    -------
    ndarray or scalar
        `a` with `axis` replaced by the axes of `indices`.

    Examples
    --------
    >>> import rustsci as np
    >>> np.take([4, 3, 5, 7, 6, 8], [[0, 1], [2, 3]])
    array([[4, 3],
           [5, 7]])
    """
    return call_method(a, "take", indices, axis=axis, out=out, mode=mode)


@array_function("a", "ind", "v")
def put(a: ndarray, ind: ArrayLike, v: ArrayLike, mode: Mode = "raise") -> None:
    """Write values to elements of the flattened array, in place.

    Parameters
    ----------
    a : ndarray
        The array to write to.
    ind : array_like of ints
        Where to write.
    v : array_like
        What to write, repeated as often as needed.
    mode : {'raise', 'wrap', 'clip'}, optional
        What to do with indices out of bounds: an error, count on from the other end, or take the nearest.

    Examples
    --------
    >>> import rustsci as np
    >>> a = np.arange(5)
    >>> np.put(a, [0, 2], [-44, -55])
    >>> a
    array([-44,   1, -55,   3,   4])
    """
    if not hasattr(a, "put"):
        raise TypeError(f"argument 1 must be numpy.ndarray, not {type(a)}")
    a.put(ind, v, mode=mode)


@array_function("condition", "a", "out")
def compress(
    condition: ArrayLike, a: ArrayLike, axis: int | None = None, out: ndarray | None = None
) -> ndarray:
    """Take the slices along an axis for which a condition holds.

    Parameters
    ----------
    condition : one-dimensional array_like of bools
        Which to take. It may be shorter than the axis.
    a : array_like
        The array to take from.
    axis : int, optional
        The axis along which they lie; the flattened array by default.
    out : ndarray, optional
        Where to write the result.

    Returns
    -------
    ndarray
        The slices that were taken.

    Examples
    --------
    >>> import rustsci as np
    >>> np.compress([False, True], [[1, 2], [3, 4]], axis=1)
    array([[2],
           [4]])
    """
    return call_method(a, "compress", condition, axis=axis, out=out)


@array_function("a", "*choices", "out")
def choose(
    a: ArrayLike, choices: Sequence[ArrayLike], out: ndarray | None = None, mode: Mode = "raise"
) -> ArrayOrScalar:
    """Put an array together from several, an index saying for each element from which.

    Parameters
    ----------
    a : array_like of ints
        For each element the number of the choice.
    choices : sequence of array_like
        The arrays to choose from, broadcast with `a`.
    out : ndarray, optional
        Where to write the result.
    mode : {'raise', 'wrap', 'clip'}, optional
        What to do with numbers of no choice: an error, count on from the other end, or take the nearest.

    Returns
    -------
    ndarray or scalar
        The elements that were chosen.

    Examples
    --------
    >>> import rustsci as np
    >>> np.choose([0, 1, 0], [[1, 2, 3], [10, 20, 30]])
    array([ 1, 20,  3])
    """
    return call_method(a, "choose", choices, out=out, mode=mode)


@array_function("condition", "arr")
def extract(condition: ArrayLike, arr: ArrayLike) -> ndarray:
    """Return the elements of the flattened array where a condition holds.

    Parameters
    ----------
    condition : array_like
        Nonzero or true where to take an element.
    arr : array_like
        The array to take from, of the same size.

    Returns
    -------
    ndarray
        One-dimensional.

    Examples
    --------
    >>> import rustsci as np
    >>> a = np.arange(6).reshape(2, 3)
    >>> np.extract(a % 3 == 0, a)
    array([0, 3])
    """
    return take(asanyarray(arr).ravel(), flatnonzero(condition))


@array_function("arr", "mask", "vals")
def place(arr: ndarray, mask: ArrayLike, vals: ArrayLike) -> None:
    """Write values, one after the other, to the elements where a mask is true, in place.

    `putmask` differs: there the value at the same place as the element is written.

    Parameters
    ----------
    arr : ndarray
        The array to write to.
    mask : array_like of bools
        Where to write; of the size of `arr`.
    vals : array_like
        What to write, repeated as often as needed.

    Examples
    --------
    >>> import rustsci as np
    >>> a = np.arange(6).reshape(2, 3)
    >>> np.place(a, a > 2, [44, 55])
    >>> a
    array([[ 0,  1,  2],
           [44, 55, 44]])
    """
    if not isinstance(arr, ndarray):
        raise TypeError(f"place() argument 1 must be numpy.ndarray, not {type(arr).__name__}")
    values = vals if isinstance(vals, ndarray) else asarray(vals, dtype=arr.dtype)
    _native._place(arr, asarray(mask, dtype=bool), values)


@array_function("a")
def nonzero(a: ArrayLike) -> tuple[ndarray, ...]:
    """Return the indices of the elements that are not zero.

    Parameters
    ----------
    a : array_like
        Array of at least one dimension.

    Returns
    -------
    tuple of ndarrays
        For each axis the indices along it.

    Examples
    --------
    >>> import rustsci as np
    >>> np.nonzero([[3, 0], [0, 4]])
    (array([0, 1]), array([0, 1]))
    """
    places: tuple[ndarray, ...] = call_method(a, "nonzero")
    return places


@array_function("a")
def argwhere(a: ArrayLike) -> ndarray:
    """Return the indices of the elements that are not zero, one row an element.

    Examples
    --------
    >>> import rustsci as np
    >>> np.argwhere([[0, 5], [6, 0]])
    array([[0, 1],
           [1, 0]])
    """
    a = asanyarray(a)
    if a.ndim == 0:
        # No axis to give an index along, but a row all the same where it is not zero.
        return argwhere(atleast_1d(a))[:, :0]
    return transpose(nonzero(a))


@array_function("a")
def flatnonzero(a: ArrayLike) -> ndarray:
    """Return the indices of the elements of the flattened array that are not zero.

    Examples
    --------
    >>> import rustsci as np
    >>> np.flatnonzero([[0, 5], [6, 0]])
    array([1, 2])
    """
    return nonzero(asanyarray(a).ravel())[0]
