"""The median."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rustsci._native import asanyarray, copyto, generic, isnan, ndarray
from rustsci.overrides import array_function
from rustsci.reduced_axes import reduce_over

if TYPE_CHECKING:
    from rustsci._types import ArrayLike, ArrayOrScalar, Axis

__all__ = ["median"]

# The kinds of dtype that have a value which is not ordered: NaN, and NaT of times.
MAY_HAVE_NAN = "fcmM"


def spread_nan(ordered: ndarray, result: ArrayOrScalar) -> ArrayOrScalar:
    """Put the NaN that ends each slice of `ordered`, if it does, into `result`, and return that."""
    if ordered.dtype.kind not in MAY_HAVE_NAN:
        return result
    last = ordered[..., -1]
    unordered = isnan(last)
    if not unordered.any():
        return result
    if isinstance(result, generic):
        return last[()]
    copyto(result, last, where=unordered)
    return result


def median_of_last_axis(a: ndarray, out: ndarray | None, overwrite_input: bool = False) -> ArrayOrScalar:
    """Return the median along the last axis: the mean of the middle element, or the middle two."""
    length = a.shape[-1]
    if length == 0:
        return a.mean(axis=-1, out=out)
    middle = (length - 1) // 2, length // 2
    # NaN sorts behind everything, so that the last element tells whether there is any.
    places = sorted({*middle, length - 1} if a.dtype.kind in MAY_HAVE_NAN else {*middle})
    if not overwrite_input:
        a = a.copy()
    a.partition(places)
    result = a[..., middle[0] : middle[1] + 1].mean(axis=-1, out=out)
    return spread_nan(a, result)


@array_function("a", "out")
def median(
    a: ArrayLike,
    axis: Axis = None,
    out: ndarray | None = None,
    overwrite_input: bool = False,
    keepdims: bool = False,
) -> ArrayOrScalar:
    """Return the median along axes.

    Half of the elements are not above it, half are not below: it is the middle one of them in order,
    or the mean of the middle two.

    Parameters
    ----------
    a : array_like
        The elements.
    axis : None, int or tuple of ints, optional
        The axes to look along; all of them by default.
    out : ndarray, optional
        The array to put the result in.
    overwrite_input : bool, optional
        Whether `a` may be reordered, which saves a copy. It is then left partly sorted.
    keepdims : bool, optional
        Whether the axes looked along stay, with length one.

    Returns
    -------
    ndarray or scalar
        The median, a floating-point number also of integers; an array unless no axis is left; `out`
        if it was given. It is NaN where an element is, and where there is none.

    See Also
    --------
    mean, quantile
    nanmedian : the median of what is not NaN.

    Examples
    --------
    >>> import rustsci as np
    >>> np.median([10, 7, 4, 3])
    np.float64(5.5)
    >>> np.median([[10, 7, 4], [3, 2, 1]], axis=1)
    array([7., 2.])
    """
    return reduce_over(
        median_of_last_axis, asanyarray(a), axis, out, keepdims, overwrite_input=overwrite_input
    )
