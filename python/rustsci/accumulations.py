"""Partial sums and products along an axis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rustsci._native import add, asanyarray, concatenate, full_like, multiply, ndarray, ufunc
from rustsci._wrapping import call_method
from rustsci.overrides import array_function

if TYPE_CHECKING:
    from typing import SupportsIndex

    from rustsci._types import ArrayLike, DTypeLike

__all__ = ["cumprod", "cumsum", "cumulative_prod", "cumulative_sum"]


@array_function("a", "out")
def cumsum(
    a: ArrayLike,
    axis: SupportsIndex | None = None,
    dtype: DTypeLike | None = None,
    out: ndarray | None = None,
) -> ndarray:
    """Return the partial sums along an axis.

    Parameters
    ----------
    a : array_like
        The elements.
    axis : int, optional
        The axis to add along. By default the array is treated as if it were flat.
    dtype : dtype, optional
        The dtype to add in, and of the result. By default it is that of `a`, except that integers
        narrower than the platform's are widened to that.
    out : ndarray, optional
        The array to put the result in.

    Returns
    -------
    ndarray
        An array of the shape of `a`, or of one dimension if `axis` is None.

    See Also
    --------
    cumulative_sum : the same under the array API standard, with an optional leading zero.
    diff : the differences of neighbours, the inverse.

    Examples
    --------
    >>> import rustsci as np
    >>> np.cumsum([[1, 2], [3, 4]])
    array([ 1,  3,  6, 10])
    >>> np.cumsum([[1, 2], [3, 4]], axis=0)
    array([[1, 2],
           [4, 6]])
    """
    return call_method(a, "cumsum", axis=axis, dtype=dtype, out=out)


@array_function("a", "out")
def cumprod(
    a: ArrayLike,
    axis: SupportsIndex | None = None,
    dtype: DTypeLike | None = None,
    out: ndarray | None = None,
) -> ndarray:
    """Return the partial products along an axis.

    Parameters
    ----------
    a : array_like
        The elements.
    axis : int, optional
        The axis to multiply along. By default the array is treated as if it were flat.
    dtype : dtype, optional
        The dtype to multiply in, and of the result. By default it is that of `a`, except that
        integers narrower than the platform's are widened to that.
    out : ndarray, optional
        The array to put the result in.

    Returns
    -------
    ndarray
        An array of the shape of `a`, or of one dimension if `axis` is None.

    See Also
    --------
    cumulative_prod : the same under the array API standard, with an optional leading one.

    Examples
    --------
    >>> import rustsci as np
    >>> np.cumprod([[1, 2], [3, 4]], axis=1)
    array([[ 1,  2],
           [ 3, 12]])
    """
    return call_method(a, "cumprod", axis=axis, dtype=dtype, out=out)


def _accumulate(
    ufunc: ufunc,
    x: ArrayLike,
    axis: SupportsIndex | None,
    dtype: DTypeLike | None,
    out: ndarray | None,
    include_initial: bool,
) -> ndarray:
    x = asanyarray(x)
    if x.ndim == 0:
        x = x.reshape(1)
    if axis is None:
        if x.ndim > 1:
            raise ValueError(
                "For arrays which have more than one dimension ``axis`` argument is required; "
                f"the array has {x.ndim} dimensions."
            )
        axis = 0
    if not include_initial:
        return ufunc.accumulate(x, axis, dtype, out)
    if out is None:
        partial = ufunc.accumulate(x, axis, dtype)
        shape = list(x.shape)
        shape[axis] = 1
        initial = full_like(partial, ufunc.identity, shape=tuple(shape))
        return concatenate((initial, partial), axis)
    along = out.swapaxes(0, axis)
    along[0] = ufunc.identity
    ufunc.accumulate(x.swapaxes(0, axis), 0, dtype, along[1:])
    return out


@array_function("x", "out")
def cumulative_sum(
    x: ArrayLike,
    /,
    *,
    axis: SupportsIndex | None = None,
    dtype: DTypeLike | None = None,
    out: ndarray | None = None,
    include_initial: bool = False,
) -> ndarray:
    """Return the partial sums along an axis, as the array API standard defines them.

    Parameters
    ----------
    x : array_like
        The elements.
    axis : int, optional
        The axis to add along, needed unless `x` has one dimension.
    dtype : dtype, optional
        The dtype to add in, and of the result. By default it is that of `x`, except that integers
        narrower than the platform's are widened to that.
    out : ndarray, optional
        The array to put the result in.
    include_initial : bool, optional
        Whether the result starts with zero, the sum of nothing, and so is longer by one.

    Returns
    -------
    ndarray
        The sums.

    Raises
    ------
    ValueError
        If `axis` is not given and `x` has several dimensions.

    See Also
    --------
    cumsum : the same, which flattens the array by default.

    Examples
    --------
    >>> import rustsci as np
    >>> np.cumulative_sum([1, 2, 3])
    array([1, 3, 6])
    >>> np.cumulative_sum([1, 2, 3], include_initial=True)
    array([0, 1, 3, 6])
    """
    return _accumulate(add, x, axis, dtype, out, include_initial)


@array_function("x", "out")
def cumulative_prod(
    x: ArrayLike,
    /,
    *,
    axis: SupportsIndex | None = None,
    dtype: DTypeLike | None = None,
    out: ndarray | None = None,
    include_initial: bool = False,
) -> ndarray:
    """Return the partial products along an axis, as the array API standard defines them.

    Parameters
    ----------
    x : array_like
        The elements.
    axis : int, optional
        The axis to multiply along, needed unless `x` has one dimension.
    dtype : dtype, optional
        The dtype to multiply in, and of the result. By default it is that of `x`, except that
        integers narrower than the platform's are widened to that.
    out : ndarray, optional
        The array to put the result in.
    include_initial : bool, optional
        Whether the result starts with one, the product of nothing, and so is longer by one.

    Returns
    -------
    ndarray
        The products.

    Raises
    ------
    ValueError
        If `axis` is not given and `x` has several dimensions.

    See Also
    --------
    cumprod : the same, which flattens the array by default.

    Examples
    --------
    >>> import rustsci as np
    >>> np.cumulative_prod([2, 3, 4], include_initial=True)
    array([ 1,  2,  6, 24])
    """
    return _accumulate(multiply, x, axis, dtype, out, include_initial)
