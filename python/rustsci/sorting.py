"""Sorting, and searching in what is sorted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rustsci._native import array, asanyarray, asarray, complex64, complex128, complexfloating
from rustsci._wrapping import call_method
from rustsci.overrides import array_function

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal

    from rustsci._native import ndarray
    from rustsci._types import ArrayLike, ArrayOrScalar

    Kind = Literal["quicksort", "mergesort", "heapsort", "stable"] | None

__all__ = [
    "argpartition",
    "argsort",
    "digitize",
    "partition",
    "searchsorted",
    "sort",
    "sort_complex",
]


@array_function("a")
def sort(
    a: ArrayLike,
    axis: int | None = -1,
    kind: Kind = None,
    order: str | Sequence[str] | None = None,
    *,
    stable: bool | None = None,
) -> ndarray:
    """Return a sorted copy of an array.

    Parameters
    ----------
    a : array_like
        The array. Nan comes last.
    axis : int, optional
        The axis to sort along; None flattens the array first.
    kind : {'quicksort', 'mergesort', 'heapsort', 'stable'}, optional
        The algorithm; 'stable' and 'mergesort' keep the order of equal elements.
    order : str or sequence of str, optional
        The fields to compare; only an array with fields has any.
    stable : bool, optional
        Whether to keep the order of equal elements. Not together with `kind`.

    Returns
    -------
    ndarray
        The copy.

    Examples
    --------
    >>> import rustsci as np
    >>> np.sort([[1, 4], [3, 1]])
    array([[1, 4],
           [1, 3]])
    """
    a, axis = _copy_to_sort(a, axis)
    a.sort(axis=axis, kind=kind, order=order, stable=stable)
    return a


def _copy_to_sort(a: ArrayLike, axis: int | None) -> tuple[ndarray, int]:
    a = asanyarray(a)
    return (a.flatten(), -1) if axis is None else (a.copy(order="K"), axis)


@array_function("a")
def argsort(
    a: ArrayLike,
    axis: int | None = -1,
    kind: Kind = None,
    order: str | Sequence[str] | None = None,
    *,
    stable: bool | None = None,
) -> ndarray:
    """Return the indices that sort an array.

    Parameters
    ----------
    a : array_like
        The array. Nan comes last.
    axis : int, optional
        The axis to sort along; None flattens the array first.
    kind : {'quicksort', 'mergesort', 'heapsort', 'stable'}, optional
        The algorithm; 'stable' and 'mergesort' keep the order of equal elements.
    order : str or sequence of str, optional
        The fields to compare; only an array with fields has any.
    stable : bool, optional
        Whether to keep the order of equal elements. Not together with `kind`.

    Returns
    -------
    ndarray
        Indices along `axis`.

    Examples
    --------
    >>> import rustsci as np
    >>> np.argsort([3, 1, 2])
    array([1, 2, 0])
    """
    return call_method(a, "argsort", axis=axis, kind=kind, order=order, stable=stable)


@array_function("a")
def partition(
    a: ArrayLike,
    kth: int | Sequence[int],
    axis: int | None = -1,
    kind: Literal["introselect"] = "introselect",
    order: str | Sequence[str] | None = None,
) -> ndarray:
    """Return a copy with some elements where sorting would put them, smaller ones before and larger behind.

    Parameters
    ----------
    a : array_like
        The array.
    kth : int or sequence of ints
        Which places of the sorted array to find the elements of.
    axis : int, optional
        The axis to sort along; None flattens the array first.
    kind : {'introselect'}, optional
        The algorithm.
    order : str or sequence of str, optional
        The fields to compare; only an array with fields has any.

    Returns
    -------
    ndarray
        The copy.

    Examples
    --------
    >>> import rustsci as np
    >>> np.partition([7, 1, 5, 3], 1)[1]
    np.int64(3)
    """
    a, axis = _copy_to_sort(a, axis)
    a.partition(kth, axis=axis, kind=kind, order=order)
    return a


@array_function("a")
def argpartition(
    a: ArrayLike,
    kth: int | Sequence[int],
    axis: int | None = -1,
    kind: Literal["introselect"] = "introselect",
    order: str | Sequence[str] | None = None,
) -> ndarray:
    """Return the indices that partition an array as `partition` does.

    Parameters
    ----------
    a : array_like
        The array.
    kth : int or sequence of ints
        Which places of the sorted array to find the elements of.
    axis : int, optional
        The axis to sort along; None flattens the array first.
    kind : {'introselect'}, optional
        The algorithm.
    order : str or sequence of str, optional
        The fields to compare; only an array with fields has any.

    Returns
    -------
    ndarray
        Indices along `axis`.

    Examples
    --------
    >>> import rustsci as np
    >>> np.argpartition([7, 1, 5, 3], 0)[0]
    np.int64(1)
    """
    return call_method(a, "argpartition", kth, axis=axis, kind=kind, order=order)


@array_function("a")
def sort_complex(a: ArrayLike) -> ndarray:
    """Return a sorted copy as complex numbers: by real part, then by imaginary part.

    Examples
    --------
    >>> import rustsci as np
    >>> np.sort_complex([5, 3, 6])
    array([3.+0.j, 5.+0.j, 6.+0.j])
    """
    result = array(a, copy=True)
    result.sort()
    if issubclass(result.dtype.type, complexfloating):
        return result
    return result.astype(complex64 if result.dtype.char in "bhBH" else complex128)


@array_function("a", "v", "sorter")
def searchsorted(
    a: ArrayLike,
    v: ArrayLike,
    side: Literal["left", "right"] = "left",
    sorter: ArrayLike | None = None,
) -> ArrayOrScalar:
    """Find where values would have to be inserted into a sorted array to keep it sorted.

    Parameters
    ----------
    a : one-dimensional array_like
        The array, in rising order unless `sorter` brings it there.
    v : array_like
        The values.
    side : {'left', 'right'}, optional
        Whether to insert before elements equal to the value, or behind them.
    sorter : array_like of ints, optional
        The indices that sort `a`.

    Returns
    -------
    ndarray or int
        Indices, in the shape of `v`.

    Examples
    --------
    >>> import rustsci as np
    >>> np.searchsorted([11, 12, 13, 14, 15], [-10, 13, 20])
    array([0, 2, 5])
    """
    return call_method(a, "searchsorted", v, side=side, sorter=sorter)


@array_function("x", "bins")
def digitize(x: ArrayLike, bins: ArrayLike, right: bool = False) -> ArrayOrScalar:
    """Find the bins that values fall into.

    Parameters
    ----------
    x : array_like
        The values.
    bins : one-dimensional array_like
        The edges of the bins, rising or falling.
    right : bool, optional
        Whether a bin includes the greater of its edges instead of the lesser.

    Returns
    -------
    ndarray or int
        For each value the index of the edge that ends its bin: 0 before the first, ``len(bins)`` behind the
        last.

    Examples
    --------
    >>> import rustsci as np
    >>> np.digitize([0.2, 6.4, 3.0, 1.6], [0.0, 1.0, 2.5, 4.0, 10.0])
    array([1, 4, 3, 2])
    """
    x = asarray(x)
    bins = asarray(bins)
    if issubclass(x.dtype.type, complexfloating):
        raise TypeError("x may not be complex")
    if bins.ndim != 1:
        found = "deep" if bins.ndim > 1 else "shallow"
        raise ValueError(f"object too {found} for desired array: bins must have one axis, not {bins.ndim}")
    if issubclass(bins.dtype.type, complexfloating):
        raise TypeError(
            f"Cannot cast array data from dtype('{bins.dtype}') to dtype('float64') "
            "according to the rule 'safe'"
        )
    side = "left" if right else "right"
    if not (bins[1:] < bins[:-1]).any():
        return bins.searchsorted(x, side)
    if (bins[1:] > bins[:-1]).any():
        raise ValueError("bins must be monotonically increasing or decreasing")
    # The same bins from the other end: what was the greater edge is now the lesser.
    return bins.size - bins[::-1].searchsorted(x, side)
