"""Sums, products and truth along axes."""

from __future__ import annotations

import builtins
import warnings
from types import GeneratorType
from typing import TYPE_CHECKING

from rustsci._native import add, logical_and, logical_or, multiply, ndarray
from rustsci._no_value import _NoValue
from rustsci.duck_typing import call_reduction
from rustsci.overrides import array_function

if TYPE_CHECKING:
    from typing import Any

    from rustsci._types import ArrayLike, ArrayOrScalar, Axis, DTypeLike

__all__ = ["all", "any", "prod", "sum"]


@array_function("a", "out")
def sum(
    a: ArrayLike,
    axis: Axis = None,
    dtype: DTypeLike | None = None,
    out: ndarray | None = None,
    keepdims: bool | Any = _NoValue,
    initial: Any = _NoValue,
    where: ArrayLike = _NoValue,
) -> ArrayOrScalar:
    """Add up the elements along axes.

    Parameters
    ----------
    a : array_like
        The elements.
    axis : None, int or tuple of ints, optional
        The axes to add along; all of them by default.
    dtype : dtype, optional
        The dtype to add in, and of the result. By default it is that of `a`, except that integers
        narrower than the platform's are widened to that.
    out : ndarray, optional
        The array to put the result in.
    keepdims : bool, optional
        Whether the axes added along stay, with length one, so that the result broadcasts against `a`.
    initial : scalar, optional
        The number that the sum starts from.
    where : array_like of bool, optional
        Which elements to include.

    Returns
    -------
    ndarray or scalar
        The sum, an array unless no axis is left; `out` if it was given.

    See Also
    --------
    cumulative_sum : the partial sums.
    mean, average : the sum divided by the number, or the weights.
    nansum : the sum of what is not NaN.

    Notes
    -----
    Integers wrap around on overflow. Floating-point numbers are added pairwise, so that the error
    grows with the logarithm of their number.

    Examples
    --------
    >>> import rustsci as np
    >>> np.sum([[1, 2], [3, 4]])
    np.int64(10)
    >>> np.sum([[1, 2], [3, 4]], axis=0)
    array([4, 6])
    >>> np.sum([1.5, np.nan, 2.0], where=[True, False, True], initial=10)
    np.float64(13.5)
    """
    if isinstance(a, GeneratorType):
        warnings.warn(
            "Calling np.sum(generator) is deprecated, and in the future will give a different result. "
            "Use np.sum(np.fromiter(generator)) or the python sum builtin instead.",
            DeprecationWarning,
            stacklevel=3,
        )
        total = builtins.sum(a)
        if out is None:
            return total
        out[...] = total
        return out
    return call_reduction(add, "sum", a, axis, dtype, out, keepdims=keepdims, initial=initial, where=where)


@array_function("a", "out")
def prod(
    a: ArrayLike,
    axis: Axis = None,
    dtype: DTypeLike | None = None,
    out: ndarray | None = None,
    keepdims: bool | Any = _NoValue,
    initial: Any = _NoValue,
    where: ArrayLike = _NoValue,
) -> ArrayOrScalar:
    """Multiply the elements along axes.

    Parameters
    ----------
    a : array_like
        The elements.
    axis : None, int or tuple of ints, optional
        The axes to multiply along; all of them by default.
    dtype : dtype, optional
        The dtype to multiply in, and of the result. By default it is that of `a`, except that
        integers narrower than the platform's are widened to that.
    out : ndarray, optional
        The array to put the result in.
    keepdims : bool, optional
        Whether the axes multiplied along stay, with length one.
    initial : scalar, optional
        The number that the product starts from.
    where : array_like of bool, optional
        Which elements to include.

    Returns
    -------
    ndarray or scalar
        The product, an array unless no axis is left; `out` if it was given. That of no elements
        is one.

    See Also
    --------
    cumulative_prod : the partial products.
    nanprod : the product of what is not NaN.

    Examples
    --------
    >>> import rustsci as np
    >>> np.prod([[1, 2], [3, 4]], axis=1)
    array([ 2, 12])
    >>> np.prod([])
    np.float64(1.0)
    """
    return call_reduction(
        multiply, "prod", a, axis, dtype, out, keepdims=keepdims, initial=initial, where=where
    )


@array_function("a", "where", "out")
def all(
    a: ArrayLike,
    axis: Axis = None,
    out: ndarray | None = None,
    keepdims: bool | Any = _NoValue,
    *,
    where: ArrayLike = _NoValue,
) -> ArrayOrScalar:
    """Tell whether all elements along axes are true.

    Parameters
    ----------
    a : array_like
        The elements; zero is false, anything else, NaN included, is true.
    axis : None, int or tuple of ints, optional
        The axes to look along; all of them by default.
    out : ndarray, optional
        The array to put the result in, of any dtype.
    keepdims : bool, optional
        Whether the axes looked along stay, with length one.
    where : array_like of bool, optional
        Which elements to look at.

    Returns
    -------
    ndarray or bool
        The answer, an array unless no axis is left; `out` if it was given. It is true of no elements.

    See Also
    --------
    any : whether one element at least is true.

    Examples
    --------
    >>> import rustsci as np
    >>> np.all([[True, False], [True, True]], axis=0)
    array([ True, False])
    """
    return call_reduction(
        logical_and, "all", a, axis, None, out, loop_dtype=bool, keepdims=keepdims, where=where
    )


@array_function("a", "where", "out")
def any(
    a: ArrayLike,
    axis: Axis = None,
    out: ndarray | None = None,
    keepdims: bool | Any = _NoValue,
    *,
    where: ArrayLike = _NoValue,
) -> ArrayOrScalar:
    """Tell whether any element along axes is true.

    Parameters
    ----------
    a : array_like
        The elements; zero is false, anything else, NaN included, is true.
    axis : None, int or tuple of ints, optional
        The axes to look along; all of them by default.
    out : ndarray, optional
        The array to put the result in, of any dtype.
    keepdims : bool, optional
        Whether the axes looked along stay, with length one.
    where : array_like of bool, optional
        Which elements to look at.

    Returns
    -------
    ndarray or bool
        The answer, an array unless no axis is left; `out` if it was given. It is false of no elements.

    See Also
    --------
    all : whether every element is true.

    Examples
    --------
    >>> import rustsci as np
    >>> np.any([[True, False], [False, False]], axis=1)
    array([ True, False])
    """
    return call_reduction(
        logical_or, "any", a, axis, None, out, loop_dtype=bool, keepdims=keepdims, where=where
    )
