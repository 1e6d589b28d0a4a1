"""Diagonals: of arrays, made into matrices, and written to."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING

from rustsci._native import arange, as_strided, asanyarray, asarray, zeros
from rustsci._wrapping import wrap_like
from rustsci.overrides import array_function

if TYPE_CHECKING:
    from typing import Any

    from rustsci._native import ndarray
    from rustsci._types import ArrayLike, ArrayOrScalar, DTypeLike

__all__ = [
    "diag",
    "diag_indices",
    "diag_indices_from",
    "diagflat",
    "diagonal",
    "fill_diagonal",
    "trace",
]


@array_function("a")
def diagonal(a: ArrayLike, offset: int = 0, axis1: int = 0, axis2: int = 1) -> ndarray:
    """Return a diagonal of an array, or of every matrix of a stack.

    Parameters
    ----------
    a : array_like
        Array of two or more dimensions.
    offset : int, optional
        Which diagonal: 0 is the main one, positive ones lie above it.
    axis1, axis2 : int, optional
        The axes of the matrices.

    Returns
    -------
    ndarray
        A read-only view, the diagonal being its last axis.

    Examples
    --------
    >>> import rustsci as np
    >>> np.diagonal([[0, 1], [2, 3]])
    array([0, 3])
    """
    return asanyarray(a).diagonal(offset, axis1, axis2)


@array_function("a", "out")
def trace(
    a: ArrayLike,
    offset: int = 0,
    axis1: int = 0,
    axis2: int = 1,
    dtype: DTypeLike = None,
    out: ndarray | None = None,
) -> ArrayOrScalar:
    """Return the sum along a diagonal of an array, or of every matrix of a stack.

    Parameters
    ----------
    a : array_like
        Array of two or more dimensions.
    offset : int, optional
        Which diagonal: 0 is the main one, positive ones lie above it.
    axis1, axis2 : int, optional
        The axes of the matrices.
    dtype : dtype, optional
        The dtype to add in. Integers narrower than the platform's are widened by default.
    out : ndarray, optional
        Where to write the result.

    Returns
    -------
    ndarray or scalar
        The sum, or `out`.

    Examples
    --------
    >>> import rustsci as np
    >>> np.trace([[0, 1], [2, 3]])
    np.int64(3)
    """
    return asanyarray(a).trace(offset, axis1, axis2, dtype, out)


def set_diagonal(matrix: ndarray, k: int, values: Any) -> None:
    """Write `values` to the `k`-th diagonal of a new matrix."""
    rows, columns = matrix.shape
    part = matrix[:, k:] if k >= 0 else matrix[-k:]
    length = min(columns - k, rows) if k >= 0 else min(rows + k, columns)
    if length > 0:
        as_strided(part, (length,), (sum(matrix.strides),))[...] = values


@array_function("v")
def diag(v: ArrayLike, k: int = 0) -> ndarray:
    """Extract a diagonal, or make a matrix of one.

    Parameters
    ----------
    v : array_like
        A matrix, whose diagonal is returned, or a vector, which becomes a diagonal.
    k : int, optional
        Which diagonal: 0 is the main one, positive ones lie above it.

    Returns
    -------
    ndarray
        A read-only view of the diagonal, or a new matrix.

    Examples
    --------
    >>> import rustsci as np
    >>> np.diag([1, 2])
    array([[1, 0],
           [0, 2]])
    >>> np.diag([[1, 2], [3, 4]], k=1)
    array([2])
    """
    v = asanyarray(v)
    if v.ndim == 2:
        return v.diagonal(k)
    if v.ndim != 1:
        raise ValueError("Input must be 1- or 2-d.")
    size = len(v) + abs(k)
    matrix = zeros((size, size), v.dtype)
    set_diagonal(matrix, operator.index(k), v)
    return matrix


@array_function("v")
def diagflat(v: ArrayLike, k: int = 0) -> ndarray:
    """Make a matrix with all elements of an array on a diagonal.

    Parameters
    ----------
    v : array_like
        The elements; an array of more axes is flattened.
    k : int, optional
        Which diagonal: 0 is the main one, positive ones lie above it.

    Returns
    -------
    ndarray
        A new matrix.

    Examples
    --------
    >>> import rustsci as np
    >>> np.diagflat([[1, 2]], 1)
    array([[0, 1, 0],
           [0, 0, 2],
           [0, 0, 0]])
    """
    return wrap_like(diag(asarray(v).ravel(), k), v)


def diag_indices(n: int, ndim: int = 2) -> tuple[ndarray, ...]:
    """Return the indices of the main diagonal of an array whose axes are all of length `n`.

    Parameters
    ----------
    n : int
        The length of the axes.
    ndim : int, optional
        The number of axes.

    Returns
    -------
    tuple of ndarrays
        `ndim` times the indices from 0 to ``n - 1``.

    Examples
    --------
    >>> import rustsci as np
    >>> a = np.zeros((2, 2), dtype=int)
    >>> a[np.diag_indices(2)] = 7
    >>> a
    array([[7, 0],
           [0, 7]])
    """
    return (arange(n),) * ndim


@array_function("arr")
def diag_indices_from(arr: ArrayLike) -> tuple[ndarray, ...]:
    """Return the indices of the main diagonal of an array, whose axes must be of one length.

    Examples
    --------
    >>> import rustsci as np
    >>> np.diag_indices_from(np.zeros((2, 2)))
    (array([0, 1]), array([0, 1]))
    """
    if not arr.ndim >= 2:
        raise ValueError("input array must be at least 2-d")
    _require_equal_axes(arr)
    return diag_indices(arr.shape[0], arr.ndim)


@array_function("a")
def fill_diagonal(a: ndarray, val: ArrayLike, wrap: bool = False) -> None:
    """Write to the main diagonal of an array, in place.

    Parameters
    ----------
    a : ndarray
        Array of at least two dimensions; all of one length if they are more.
    val : array_like
        What to write: flattened, and repeated as often as needed.
    wrap : bool, optional
        Whether the diagonal of a tall matrix starts again below the last column, one row being left out.

    Examples
    --------
    >>> import rustsci as np
    >>> a = np.zeros((3, 3), int)
    >>> np.fill_diagonal(a, [1, 2])
    >>> a
    array([[1, 0, 0],
           [0, 2, 0],
           [0, 0, 1]])
    """
    if a.ndim < 2:
        raise ValueError("array must be at least 2-d")
    end = None
    if a.ndim == 2:
        step = a.shape[1] + 1
        if not wrap:
            end = a.shape[1] * a.shape[1]
    else:
        _require_equal_axes(a)
        step = sum(a.shape[0] ** axis for axis in range(a.ndim))
    a.flat[:end:step] = val


def _require_equal_axes(arr: ndarray) -> None:
    if any(length != arr.shape[0] for length in arr.shape):
        raise ValueError("All dimensions of input must be of equal length")
