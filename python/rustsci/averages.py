"""Means, variances and standard deviations, and weighted averages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rustsci._native import (
    asanyarray,
    full_like,
    multiply,
    ndarray,
    normalize_axis_tuple,
    result_type,
)
from rustsci._no_value import _NoValue
from rustsci.duck_typing import given
from rustsci.overrides import array_function

if TYPE_CHECKING:
    from typing import Any

    from rustsci._types import ArrayLike, ArrayOrScalar, Axis, DTypeLike

__all__ = ["average", "mean", "std", "var"]


def _own_method(a: ArrayLike, name: str) -> Any:
    """Return the bound method of `a`, or that of the array made from it if it has none."""
    own = getattr(a, name, None)
    return getattr(asanyarray(a), name) if own is None else own


@array_function("a", "where", "out")
def mean(
    a: ArrayLike,
    axis: Axis = None,
    dtype: DTypeLike | None = None,
    out: ndarray | None = None,
    keepdims: bool | Any = _NoValue,
    *,
    where: ArrayLike = _NoValue,
) -> ArrayOrScalar:
    """Return the arithmetic mean along axes.

    Parameters
    ----------
    a : array_like
        The elements.
    axis : None, int or tuple of ints, optional
        The axes to average along; all of them by default.
    dtype : dtype, optional
        The dtype to compute in. By default it is float64 for integers, float32 for float16 (the
        result is float16 again), and otherwise that of `a`.
    out : ndarray, optional
        The array to put the result in.
    keepdims : bool, optional
        Whether the axes averaged along stay, with length one.
    where : array_like of bool, optional
        Which elements to include.

    Returns
    -------
    ndarray or scalar
        The mean, an array unless no axis is left; `out` if it was given. That of no elements is NaN,
        with a warning.

    See Also
    --------
    average : the mean with weights.
    std, var : how far the elements are from it.
    nanmean : the mean of what is not NaN.

    Examples
    --------
    >>> import rustsci as np
    >>> np.mean([[1, 2], [3, 4]])
    np.float64(2.5)
    >>> np.mean([[1, 2], [3, 4]], axis=0)
    array([2., 3.])
    """
    return _own_method(a, "mean")(axis=axis, dtype=dtype, out=out, **given(keepdims=keepdims, where=where))


def choose_ddof(ddof: float, correction: Any) -> float:
    """Return the one of two names of the same argument that was given."""
    if correction is _NoValue:
        return ddof
    if ddof != 0:
        raise ValueError("ddof and correction can't be provided simultaneously.")
    return correction


@array_function("a", "where", "out", "mean")
def var(
    a: ArrayLike,
    axis: Axis = None,
    dtype: DTypeLike | None = None,
    out: ndarray | None = None,
    ddof: float = 0,
    keepdims: bool | Any = _NoValue,
    *,
    where: ArrayLike = _NoValue,
    mean: ArrayLike = _NoValue,
    correction: float | Any = _NoValue,
) -> ArrayOrScalar:
    """Return the variance along axes: the mean squared distance from the mean.

    Parameters
    ----------
    a : array_like
        The elements.
    axis : None, int or tuple of ints, optional
        The axes to look along; all of them by default.
    dtype : dtype, optional
        The dtype to compute in. By default it is float64 for integers, float32 for float16 (the
        result is float16 again), and otherwise that of `a`.
    out : ndarray, optional
        The array to put the result in.
    ddof : float, optional
        The sum of squares is divided by the number of elements less this. Zero gives the variance
        of a whole population, one the unbiased estimate from a sample.
    keepdims : bool, optional
        Whether the axes looked along stay, with length one.
    where : array_like of bool, optional
        Which elements to include.
    mean : array_like, optional
        The mean, if it is known already, with axes of length one where it was taken along.
    correction : float, optional
        The name of `ddof` in the array API standard; only one of them can be given.

    Returns
    -------
    ndarray or scalar
        The variance, real also of complex numbers, an array unless no axis is left; `out` if it was
        given. It is NaN, with a warning, where there are not more elements than `ddof`.

    See Also
    --------
    std : its square root.
    cov : variances and covariances of several variables.
    nanvar : the variance of what is not NaN.

    Examples
    --------
    >>> import rustsci as np
    >>> np.var([1.0, 2.0, 3.0, 4.0])
    np.float64(1.25)
    >>> np.var([1.0, 2.0, 3.0, 4.0, 5.0], ddof=1)
    np.float64(2.5)
    """
    options = given(keepdims=keepdims, where=where, mean=mean)
    ddof = choose_ddof(ddof, correction)
    return _own_method(a, "var")(axis=axis, dtype=dtype, out=out, ddof=ddof, **options)


@array_function("a", "where", "out", "mean")
def std(
    a: ArrayLike,
    axis: Axis = None,
    dtype: DTypeLike | None = None,
    out: ndarray | None = None,
    ddof: float = 0,
    keepdims: bool | Any = _NoValue,
    *,
    where: ArrayLike = _NoValue,
    mean: ArrayLike = _NoValue,
    correction: float | Any = _NoValue,
) -> ArrayOrScalar:
    """Return the standard deviation along axes: the root of the mean squared distance from the mean.

    Parameters
    ----------
    a : array_like
        The elements.
    axis : None, int or tuple of ints, optional
        The axes to look along; all of them by default.
    dtype : dtype, optional
        The dtype to compute in, chosen as in `var` by default.
    out : ndarray, optional
        The array to put the result in.
    ddof : float, optional
        The sum of squares is divided by the number of elements less this.
    keepdims : bool, optional
        Whether the axes looked along stay, with length one.
    where : array_like of bool, optional
        Which elements to include.
    mean : array_like, optional
        The mean, if it is known already, with axes of length one where it was taken along.
    correction : float, optional
        The name of `ddof` in the array API standard; only one of them can be given.

    Returns
    -------
    ndarray or scalar
        The standard deviation, real also of complex numbers, an array unless no axis is left; `out`
        if it was given.

    See Also
    --------
    var : its square.
    nanstd : the standard deviation of what is not NaN.

    Examples
    --------
    >>> import rustsci as np
    >>> a = np.array([[1.0, 3.0], [2.0, 6.0]])
    >>> np.std(a, axis=1)
    array([1., 2.])
    >>> np.std(a, axis=1, mean=np.mean(a, axis=1, keepdims=True))
    array([1., 2.])
    """
    options = given(keepdims=keepdims, where=where, mean=mean)
    ddof = choose_ddof(ddof, correction)
    return _own_method(a, "std")(axis=axis, dtype=dtype, out=out, ddof=ddof, **options)


def shape_weights(weights: ArrayLike, a: ndarray, axes: tuple[int, ...] | None) -> ndarray:
    """Return `weights` with a shape that broadcasts against `a`.

    They either have the shape of `a` already, or one axis for each of `axes` in that order.
    """
    weights = asanyarray(weights)
    if weights.shape == a.shape:
        return weights
    if axes is None:
        raise TypeError("Axis must be specified when shapes of a and weights differ.")
    if weights.shape != tuple(a.shape[axis] for axis in axes):
        raise ValueError("Shape of weights must be consistent with shape of a along specified axis.")
    in_order = weights.transpose(sorted(range(len(axes)), key=axes.__getitem__))
    return in_order.reshape(tuple(n if axis in axes else 1 for axis, n in enumerate(a.shape)))


@array_function("a", "weights")
def average(
    a: ArrayLike,
    axis: Axis = None,
    weights: ArrayLike | None = None,
    returned: bool = False,
    *,
    keepdims: bool | Any = _NoValue,
) -> ArrayOrScalar:
    """Return the weighted average along axes.

    Parameters
    ----------
    a : array_like
        The elements.
    axis : None, int or tuple of ints, optional
        The axes to average along; all of them by default.
    weights : array_like, optional
        How much each element counts, either in the shape of `a` or with one axis for each of `axis`.
        By default all count the same.
    returned : bool, optional
        Whether to return the sum of the weights too.
    keepdims : bool, optional
        Whether the axes averaged along stay, with length one.

    Returns
    -------
    ndarray or scalar
        The sum of the weighted elements divided by that of the weights; with `returned` a pair of this
        and the sum of the weights, in the same shape.

    Raises
    ------
    ZeroDivisionError
        If weights sum to zero.
    TypeError
        If `weights` and `a` differ in shape and `axis` is not given.
    ValueError
        If the shape of `weights` is not that of `a` along `axis`.

    See Also
    --------
    mean : the average without weights.

    Examples
    --------
    >>> import rustsci as np
    >>> np.average([10, 20, 60], weights=[2, 1, 1])
    np.float64(25.0)
    >>> np.average([[1, 2], [3, 5]], axis=1, weights=[3, 1])
    array([1.25, 3.5 ])
    """
    a = asanyarray(a)
    axes = None if axis is None else normalize_axis_tuple(axis, a.ndim, argname="axis")
    options = given(keepdims=keepdims)

    if weights is None:
        averages = a.mean(axes, **options)
        count = asanyarray(averages)
        total = count.dtype.type(a.size / count.size)
    else:
        weights = shape_weights(weights, a, axes)
        dtypes = (a.dtype, weights.dtype, "f8") if a.dtype.kind in "iub" else (a.dtype, weights.dtype)
        dtype = result_type(*dtypes)
        total = weights.sum(axis=axes, dtype=dtype, **options)
        if asanyarray(total == 0.0).any():
            raise ZeroDivisionError("Weights sum to zero, can't be normalized")
        averages = multiply(a, weights, dtype=dtype).sum(axes, **options) / total

    if not returned:
        return averages
    if asanyarray(total).shape != asanyarray(averages).shape:
        total = full_like(averages, total)
    return averages, total
