"""Indices of the triangles of matrices, and of what a mask keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rustsci._native import ones
from rustsci.matrices import tri
from rustsci.overrides import array_function

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from rustsci._native import ndarray
    from rustsci._types import ArrayLike

__all__ = [
    "mask_indices",
    "tril_indices",
    "tril_indices_from",
    "triu_indices",
    "triu_indices_from",
]


def tril_indices(n: int, k: int = 0, m: int | None = None) -> tuple[ndarray, ...]:
    """Return the indices of the elements of a matrix on and below a diagonal.

    Parameters
    ----------
    n : int
        The number of rows.
    k : int, optional
        Which diagonal: 0 is the main one, positive ones lie above it.
    m : int, optional
        The number of columns; `n` by default.

    Returns
    -------
    tuple of ndarrays
        The rows and the columns.

    Examples
    --------
    >>> import rustsci as np
    >>> np.tril_indices(2)
    (array([0, 1, 1]), array([0, 0, 1]))
    """
    return _where(tri(n, m, k=k, dtype=bool))


def triu_indices(n: int, k: int = 0, m: int | None = None) -> tuple[ndarray, ...]:
    """Return the indices of the elements of a matrix on and above a diagonal.

    Parameters
    ----------
    n : int
        The number of rows.
    k : int, optional
        Which diagonal: 0 is the main one, positive ones lie above it.
    m : int, optional
        The number of columns; `n` by default.

    Returns
    -------
    tuple of ndarrays
        The rows and the columns.

    Examples
    --------
    >>> import rustsci as np
    >>> np.triu_indices(2)
    (array([0, 0, 1]), array([0, 1, 1]))
    """
    return _where(~tri(n, m, k=k - 1, dtype=bool))


def _where(mask: ndarray) -> tuple[ndarray, ...]:
    """Return the indices of true elements, each axis in memory of its own."""
    return tuple(indices.copy() for indices in mask.nonzero())


@array_function("arr")
def tril_indices_from(arr: ArrayLike, k: int = 0) -> tuple[ndarray, ...]:
    """Return the indices of the elements of `arr`, a matrix, on and below a diagonal.

    See `tril_indices`.

    Examples
    --------
    >>> import rustsci as np
    >>> a = np.array([[1, 2], [3, 4]])
    >>> a[np.tril_indices_from(a)]
    array([1, 3, 4])
    """
    if arr.ndim != 2:
        raise ValueError("input array must be 2-d")
    return tril_indices(arr.shape[0], k, arr.shape[1])


@array_function("arr")
def triu_indices_from(arr: ArrayLike, k: int = 0) -> tuple[ndarray, ...]:
    """Return the indices of the elements of `arr`, a matrix, on and above a diagonal.

    See `triu_indices`.

    Examples
    --------
    >>> import rustsci as np
    >>> a = np.array([[1, 2], [3, 4]])
    >>> a[np.triu_indices_from(a)]
    array([1, 2, 4])
    """
    if arr.ndim != 2:
        raise ValueError("input array must be 2-d")
    return triu_indices(arr.shape[0], k, arr.shape[1])


def mask_indices(n: int, mask_func: Callable[[ndarray, Any], ndarray], k: Any = 0) -> tuple[ndarray, ...]:
    """Return the indices of what a function such as `triu` keeps of a square matrix.

    Parameters
    ----------
    n : int
        The number of rows and of columns.
    mask_func : callable
        Called with a matrix of ones and `k`, it returns the matrix with zeros in some places.
    k : any, optional
        Passed on to `mask_func`.

    Returns
    -------
    tuple of ndarrays
        The rows and the columns of what is not zero.

    Examples
    --------
    >>> import rustsci as np
    >>> np.mask_indices(3, np.triu, 1)
    (array([0, 0, 1]), array([1, 2, 2]))
    """
    kept = mask_func(ones((n, n), int), k) != 0
    where: tuple[ndarray, ...] = kept.nonzero()
    return where
