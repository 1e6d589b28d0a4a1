"""Indices: built, counted through, and converted."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from rustsci._native import asarray, intp, ndarray
from rustsci.overrides import array_function

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from rustsci._types import ArrayLike, Shape

__all__ = [
    "index_exp",
    "ix_",
    "ndenumerate",
    "ndindex",
    "s_",
]


@array_function("*args")
def ix_(*args: ArrayLike) -> tuple[ndarray, ...]:
    """Make index arrays that select a sub-grid: every combination of the sequences.

    Parameters
    ----------
    *args : one-dimensional array_like
        For each axis the indices to take, or booleans that say which.

    Returns
    -------
    tuple of ndarrays
        One index array an argument, each running along an axis of its own.

    Examples
    --------
    >>> import rustsci as np
    >>> a = np.arange(10).reshape(2, 5)
    >>> a[np.ix_([0, 1], [2, 4])]
    array([[2, 4],
           [7, 9]])
    """
    results = []
    for axis, arg in enumerate(args):
        indices = arg
        if not isinstance(arg, ndarray):
            indices = asarray(arg)
            if indices.size == 0:
                # An empty list holds no floating-point numbers that could be wrong as indices.
                indices = indices.astype(intp)
        if indices.ndim != 1:
            raise ValueError("Cross index must be 1 dimensional")
        if indices.dtype.kind == "b":
            (indices,) = indices.nonzero()
        results.append(indices.reshape((1,) * axis + (indices.size,) + (1,) * (len(args) - axis - 1)))
    return tuple(results)


class _IndexExpression:
    """Returns what it is indexed with: a way to write down a slice and keep it.

    ``s_[2:5]`` is ``slice(2, 5, None)``; ``index_exp`` gives a tuple in any case.

    Examples
    --------
    >>> import rustsci as np
    >>> np.s_[2::2]
    slice(2, None, 2)
    >>> np.index_exp[2::2]
    (slice(2, None, 2),)
    """

    __slots__ = ("maketuple",)

    def __init__(self, maketuple: bool) -> None:
        self.maketuple = maketuple

    def __getitem__(self, item: Any) -> Any:
        return (item,) if self.maketuple and not isinstance(item, tuple) else item


s_ = _IndexExpression(maketuple=False)
index_exp = _IndexExpression(maketuple=True)


class ndindex:
    """Count through the indices of an array, the last axis fastest.

    Parameters
    ----------
    *shape : ints, or one tuple of ints
        The shape of the array.

    Examples
    --------
    >>> import rustsci as np
    >>> list(np.ndindex(2, 2))
    [(0, 0), (0, 1), (1, 0), (1, 1)]
    """

    __slots__ = ("_indices",)
    __module__ = "rustsci"

    def __init__(self, *shape: Shape) -> None:
        lengths: Any = shape[0] if len(shape) == 1 and isinstance(shape[0], tuple) else shape
        if any(length < 0 for length in lengths):
            raise ValueError("negative dimensions are not allowed")
        self._indices = product(*map(range, lengths))

    def __iter__(self) -> Iterator[tuple[int, ...]]:
        return self

    def __next__(self) -> tuple[int, ...]:
        return next(self._indices)


class ndenumerate:
    """Go through the elements of an array together with their indices.

    Parameters
    ----------
    arr : array_like
        The array.

    Examples
    --------
    >>> import rustsci as np
    >>> for index, value in np.ndenumerate([[1, 2], [3, 4]]):
    ...     print(index, value)
    (0, 0) 1
    (0, 1) 2
    (1, 0) 3
    (1, 1) 4
    """

    __slots__ = ("iter",)
    __module__ = "rustsci"

    def __init__(self, arr: ArrayLike) -> None:
        self.iter = asarray(arr).flat

    def __iter__(self) -> Iterator[tuple[tuple[int, ...], Any]]:
        return self

    def __next__(self) -> tuple[tuple[int, ...], Any]:
        return self.iter.coords, next(self.iter)
