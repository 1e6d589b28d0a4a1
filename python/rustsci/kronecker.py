"""The Kronecker product."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rustsci._native import array, asanyarray, multiply
from rustsci.overrides import array_function

if TYPE_CHECKING:
    from rustsci._native import ndarray
    from rustsci._types import ArrayLike, ArrayOrScalar

__all__ = ["kron"]


@array_function("a", "b")
def kron(a: ArrayLike, b: ArrayLike) -> ArrayOrScalar:
    """Return the Kronecker product: one array with each element replaced by its multiple of another.

    Parameters
    ----------
    a : array_like
        The array whose elements are replaced.
    b : array_like
        The array that they multiply.

    Returns
    -------
    ndarray or scalar
        Along each axis as long as the product of both lengths; axes that one lacks are put in front of it.

    Examples
    --------
    >>> import rustsci as np
    >>> np.kron([[1, 2]], [[1, 1], [0, 1]])
    array([[1, 1, 2, 2],
           [0, 1, 0, 2]])
    """
    b = asanyarray(b)
    a = array(a, copy=None, subok=True, ndmin=b.ndim)
    if a.ndim == 0 or b.ndim == 0:
        return multiply(a, b)
    inner = (1,) * (a.ndim - b.ndim) + b.shape
    # Axes in pairs: those of `a` before those of `b`, each of length one in the other.
    a_lengths = [length for outer in a.shape for length in (outer, 1)]
    b_lengths = [length for own in inner for length in (1, own)]
    product: ndarray = multiply(a.reshape(a_lengths), b.reshape(b_lengths))
    return product.reshape([outer * own for outer, own in zip(a.shape, inner, strict=True)])
