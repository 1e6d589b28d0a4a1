"""Convolution and correlation of sequences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rustsci import _native
from rustsci._native import array, ndarray
from rustsci.overrides import array_function

if TYPE_CHECKING:
    from typing import Literal, TypeAlias

    from rustsci._types import ArrayLike

    Mode: TypeAlias = Literal["full", "same", "valid"]

__all__ = ["convolve", "correlate"]


@array_function("a", "v")
def convolve(a: ArrayLike, v: ArrayLike, mode: Mode = "full") -> ndarray:
    """Return the convolution of two sequences.

    Its elements are the sums of ``a[i] * v[k - i]``: the coefficients of the product of two
    polynomials, or the distribution of the sum of two random variables.

    Parameters
    ----------
    a, v : array_like of one dimension
        The sequences.
    mode : {'full', 'same', 'valid'}, optional
        Which elements to return: all; as many as the longer sequence has, from the middle; or those
        that all elements of the shorter one take part in.

    Returns
    -------
    ndarray
        The convolution, of length N + M - 1, max(N, M) or max(N, M) - min(N, M) + 1.

    See Also
    --------
    correlate : the same without turning one sequence around.
    polymul : the product of polynomials.

    Examples
    --------
    >>> import rustsci as np
    >>> np.convolve([1, 2, 3], [0, 1, 0.5])
    array([0. , 1. , 2.5, 4. , 1.5])
    >>> np.convolve([1, 2, 3], [0, 1, 0.5], 'valid')
    array([2.5])
    """
    a, v = array(a, copy=None, ndmin=1), array(v, copy=None, ndmin=1)
    if len(a) == 0:
        raise ValueError("a cannot be empty")
    if len(v) == 0:
        raise ValueError("v cannot be empty")
    if len(v) > len(a):
        a, v = v, a
    # A correlation takes the conjugate of the sequence that a convolution turns around.
    return _native.correlate(a, v[::-1].conj(), mode)


@array_function("a", "v")
def correlate(a: ArrayLike, v: ArrayLike, mode: Mode = "valid") -> ndarray:
    """Return the cross-correlation of two sequences.

    Its elements are the sums of ``a[k + i] * conj(v[i])``: how much `a`, at each place, looks like `v`.

    Parameters
    ----------
    a, v : array_like of one dimension
        The sequences.
    mode : {'valid', 'same', 'full'}, optional
        Which elements to return, as in `convolve`.

    Returns
    -------
    ndarray
        The correlation.

    See Also
    --------
    convolve : the same with one sequence turned around.

    Examples
    --------
    >>> import rustsci as np
    >>> np.correlate([1, 2, 3], [0, 1, 0.5])
    array([3.5])
    >>> np.correlate([1, 2, 3], [0, 1, 0.5], 'full')
    array([0.5, 2. , 3.5, 3. , 0. ])
    """
    return _native.correlate(a, v, mode)
