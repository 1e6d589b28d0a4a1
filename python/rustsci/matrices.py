"""Matrices of a given form: diagonal, triangular, Vandermonde."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING

from rustsci._native import (
    arange,
    asanyarray,
    asarray,
    empty,
    multiply,
    promote_types,
    where,
    zeros,
)
from rustsci.diagonals import set_diagonal
from rustsci.overrides import array_function, array_function_like

if TYPE_CHECKING:
    from typing import Any, Literal

    from rustsci._native import ndarray
    from rustsci._types import ArrayLike, DTypeLike

__all__ = [
    "eye",
    "identity",
    "tri",
    "tril",
    "triu",
    "vander",
]


@array_function_like
def eye(
    N: int,
    M: int | None = None,
    k: int = 0,
    dtype: DTypeLike = float,
    order: Literal["C", "F"] = "C",
    *,
    device: Literal["cpu"] | None = None,
    like: Any = None,
) -> ndarray:
    """Return a matrix with ones on a diagonal and zeros elsewhere.

    Parameters
    ----------
    N : int
        The number of rows.
    M : int, optional
        The number of columns; `N` by default.
    k : int, optional
        Which diagonal: 0 is the main one, positive ones lie above it.
    dtype : dtype, optional
        The dtype of the result.
    order : {'C', 'F'}, optional
        Whether rows or columns are contiguous in memory.
    device : {'cpu'}, optional
        Where to create the array; for the array API standard.
    like : object, optional
        Leaves the work to ``like.__array_function__``.

    Returns
    -------
    ndarray
        The matrix.

    Examples
    --------
    >>> import rustsci as np
    >>> np.eye(2, 3, k=1)
    array([[0., 1., 0.],
           [0., 0., 1.]])
    """
    if device is None:
        matrix = zeros((N, N if M is None else M), dtype, order)
    else:
        matrix = zeros((N, N if M is None else M), dtype, order, device=device)
    set_diagonal(matrix, operator.index(k), 1)
    return matrix


@array_function_like
def identity(n: int, dtype: DTypeLike = None, *, like: Any = None) -> ndarray:
    """Return the square matrix with ones on the main diagonal.

    Parameters
    ----------
    n : int
        The number of rows and of columns.
    dtype : dtype, optional
        The dtype of the result; ``float`` by default.
    like : object, optional
        Leaves the work to ``like.__array_function__``.

    Returns
    -------
    ndarray
        The matrix.

    Examples
    --------
    >>> import rustsci as np
    >>> np.identity(2)
    array([[1., 0.],
           [0., 1.]])
    """
    return eye(n, dtype=dtype)


@array_function_like
def tri(N: int, M: int | None = None, k: int = 0, dtype: DTypeLike = float, *, like: Any = None) -> ndarray:
    """Return a matrix with ones on and below a diagonal and zeros above it.

    Parameters
    ----------
    N : int
        The number of rows.
    M : int, optional
        The number of columns; `N` by default.
    k : int, optional
        Which diagonal: 0 is the main one, positive ones lie above it.
    dtype : dtype, optional
        The dtype of the result.
    like : object, optional
        Leaves the work to ``like.__array_function__``.

    Returns
    -------
    ndarray
        The matrix.

    Examples
    --------
    >>> import rustsci as np
    >>> np.tri(2, 3, dtype=int)
    array([[1, 0, 0],
           [1, 1, 0]])
    """
    below = arange(N)[:, None] >= arange(-k, (N if M is None else M) - k)
    return below.astype(dtype, copy=False)


def _on_or_below(m: ndarray, k: int) -> ndarray:
    """Tell which elements of a matrix lie on or below a diagonal; of a vector, those of the square matrix."""
    if m.ndim == 0:
        raise TypeError("expected an array of one or more dimensions, got a scalar")
    rows, columns = m.shape[-2:] if m.ndim > 1 else m.shape * 2
    return tri(rows, columns, k, bool)


@array_function("m")
def tril(m: ArrayLike, k: int = 0) -> ndarray:
    """Return a copy of a matrix, or a stack of them, with zeros above a diagonal.

    Parameters
    ----------
    m : array_like
        The matrix: the last two axes.
    k : int, optional
        The last diagonal that is kept: 0 is the main one, positive ones lie above it.

    Returns
    -------
    ndarray
        A new array.

    Examples
    --------
    >>> import rustsci as np
    >>> np.tril([[1, 2], [3, 4]])
    array([[1, 0],
           [3, 4]])
    """
    m = asanyarray(m)
    return where(_on_or_below(m, k), m, zeros(1, m.dtype))


@array_function("m")
def triu(m: ArrayLike, k: int = 0) -> ndarray:
    """Return a copy of a matrix, or a stack of them, with zeros below a diagonal.

    Parameters
    ----------
    m : array_like
        The matrix: the last two axes.
    k : int, optional
        The first diagonal that is kept: 0 is the main one, positive ones lie above it.

    Returns
    -------
    ndarray
        A new array.

    Examples
    --------
    >>> import rustsci as np
    >>> np.triu([[1, 2], [3, 4]])
    array([[1, 2],
           [0, 4]])
    """
    m = asanyarray(m)
    return where(_on_or_below(m, k - 1), zeros(1, m.dtype), m)


@array_function("x")
def vander(x: ArrayLike, N: int | None = None, increasing: bool = False) -> ndarray:
    """Return a Vandermonde matrix: its columns are powers of a vector.

    Parameters
    ----------
    x : one-dimensional array_like
        The vector.
    N : int, optional
        The number of columns; the length of `x` by default.
    increasing : bool, optional
        Whether powers rise from left to right; they fall by default.

    Returns
    -------
    ndarray
        The matrix, of at least integer precision.

    Examples
    --------
    >>> import rustsci as np
    >>> np.vander([1, 2, 3])
    array([[1, 1, 1],
           [4, 2, 1],
           [9, 3, 1]])
    """
    x = asarray(x)
    if x.ndim != 1:
        raise ValueError("x must be a one-dimensional array or sequence.")
    count = len(x) if N is None else N
    result = empty((len(x), count), dtype=promote_types(x.dtype, int))
    powers = result if increasing else result[:, ::-1]
    if count > 0:
        powers[:, 0] = 1
    if count > 1:
        powers[:, 1:] = x[:, None]
        multiply.accumulate(powers[:, 1:], axis=1, out=powers[:, 1:])
    return result
