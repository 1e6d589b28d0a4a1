"""Differences, derivatives and integrals of sampled functions."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING

from rustsci._native import (
    asanyarray,
    asarray,
    concatenate,
    empty_like,
    float64,
    ndarray,
    normalize_axis_index,
    normalize_axis_tuple,
    not_equal,
    subtract,
)
from rustsci._no_value import _NoValue
from rustsci.broadcasting import broadcast_to
from rustsci.overrides import array_function

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, SupportsIndex

    from rustsci._types import ArrayLike, ArrayOrScalar, Axis

__all__ = ["diff", "gradient", "trapezoid"]


def _along(axis: int, ndim: int, where: slice | int) -> tuple[slice | int, ...]:
    """Return the index that selects `where` of one axis and all of the others."""
    return tuple(where if i == axis else slice(None) for i in range(ndim))


@array_function("a", "prepend", "append")
def diff(
    a: ArrayLike,
    n: SupportsIndex = 1,
    axis: int = -1,
    prepend: ArrayLike = _NoValue,
    append: ArrayLike = _NoValue,
) -> ndarray:
    """Return the differences of neighbours along an axis.

    Parameters
    ----------
    a : array_like
        The elements.
    n : int, optional
        How many times to take differences.
    axis : int, optional
        The axis to look along.
    prepend, append : array_like, optional
        Elements to put before and after `a` along the axis first: a scalar, or an array of the same
        shape otherwise.

    Returns
    -------
    ndarray
        Each element less the one before it, so that the axis is shorter by `n`. The differences of
        unsigned integers wrap around; those of truth values tell where they change.

    See Also
    --------
    gradient : derivatives, of the shape of the array itself.
    cumsum : the inverse.

    Examples
    --------
    >>> import rustsci as np
    >>> np.diff([1, 2, 4, 7, 0])
    array([ 1,  2,  3, -7])
    >>> np.diff([1, 2, 4, 7, 0], n=2)
    array([  1,   1, -10])
    >>> np.diff([[1, 3], [0, 5]], axis=0, prepend=0)
    array([[ 1,  3],
           [-1,  2]])
    """
    n = operator.index(n)
    if n == 0:
        return a
    if n < 0:
        raise ValueError(f"order must be non-negative but got {n}")
    a = asanyarray(a)
    if a.ndim == 0:
        raise ValueError("diff requires input that is at least one dimensional")
    axis = normalize_axis_index(axis, a.ndim)
    if prepend is not _NoValue or append is not _NoValue:
        ends = _one_thick(prepend, a, axis), _one_thick(append, a, axis)
        a = concatenate((*ends[0], a, *ends[1]), axis)

    difference = not_equal if a.dtype.kind == "b" else subtract
    after, before = _along(axis, a.ndim, slice(1, None)), _along(axis, a.ndim, slice(None, -1))
    for _ in range(n):
        a = difference(a[after], a[before])
    return a


def _one_thick(value: ArrayLike, a: ndarray, axis: int) -> tuple[ndarray, ...]:
    """Return what to concatenate with `a`: nothing, an array, or a scalar as a slice of `a`."""
    if value is _NoValue:
        return ()
    value = asanyarray(value)
    if value.ndim == 0:
        value = broadcast_to(value, tuple(1 if i == axis else length for i, length in enumerate(a.shape)))
    return (value,)


def _gradient_dispatcher(f: Any, *varargs: Any, axis: Any = None, edge_order: Any = None) -> Iterable[Any]:
    return (f, *varargs)


@array_function(dispatcher=_gradient_dispatcher)
def gradient(
    f: ArrayLike, *varargs: ArrayLike, axis: Axis = None, edge_order: int = 1
) -> ndarray | tuple[ndarray, ...]:
    """Return the derivatives of a function from its values on a grid.

    Inside, they are found from the neighbours on both sides with an error of second order in the
    distance; at the ends, from those on one side.

    Parameters
    ----------
    f : array_like
        The values.
    *varargs : scalar or array_like, optional
        The grid: nothing for a distance of one, one distance for all axes, or for each axis its
        distance or its coordinates.
    axis : None, int or tuple of ints, optional
        The axes to differentiate along; all of them by default.
    edge_order : {1, 2}, optional
        The order of the error at the ends.

    Returns
    -------
    ndarray or tuple of ndarray
        The derivative along each axis, in the shape of `f`; a tuple unless there is one axis.

    See Also
    --------
    diff : differences as they are.

    Notes
    -----
    The coefficients are those of the parabola through three points [1]_.

    References
    ----------
    .. [1] B. Fornberg, "Generation of finite difference formulas on arbitrarily spaced grids",
       Mathematics of Computation 51 (1988) 699-706.

    Examples
    --------
    >>> import rustsci as np
    >>> np.gradient([1.0, 2, 4, 7, 11])
    array([1. , 1.5, 2.5, 3.5, 4. ])
    >>> np.gradient([1.0, 2, 4, 7], [0, 1, 3, 6])
    array([1., 1., 1., 1.])
    """
    f = asanyarray(f)
    axes = tuple(range(f.ndim)) if axis is None else normalize_axis_tuple(axis, f.ndim)
    spacings = _spacings(varargs, f, axes)
    if edge_order > 2:
        raise ValueError("'edge_order' greater than 2 not supported")
    if f.dtype.kind in "iu":
        f = f.astype(float64)
    derivatives = tuple(
        _derivative(f, axis, spacing, edge_order) for axis, spacing in zip(axes, spacings, strict=True)
    )
    return derivatives[0] if len(derivatives) == 1 else derivatives


def _spacings(grid: tuple[ArrayLike, ...], f: ndarray, axes: tuple[int, ...]) -> list[Any]:
    """Return for each axis a distance, or an array of those between neighbours."""
    if not grid:
        return [1.0] * len(axes)
    if len(grid) == 1 and asanyarray(grid[0]).ndim == 0:
        return [grid[0]] * len(axes)
    if len(grid) != len(axes):
        raise TypeError("invalid number of arguments")

    spacings: list[Any] = []
    for axis, given in zip(axes, grid, strict=True):
        coordinates = asanyarray(given)
        if coordinates.ndim == 0:
            spacings.append(given)
            continue
        if coordinates.ndim != 1:
            raise ValueError("distances must be either scalars or 1d")
        if len(coordinates) != f.shape[axis]:
            raise ValueError("when 1d, distances must match the length of the corresponding dimension")
        if coordinates.dtype.kind in "iu":
            coordinates = coordinates.astype(float64)  # those that are unsigned may decrease
        distances = diff(coordinates)
        spacings.append(distances[0] if (distances == distances[0]).all() else distances)
    return spacings


def _derivative(f: ndarray, axis: int, spacing: Any, edge_order: int) -> ndarray:
    """Return the derivative along one axis, given a distance or an array of distances."""
    if f.shape[axis] < edge_order + 1:
        raise ValueError(
            "Shape of array too small to calculate a numerical gradient, "
            "at least (edge_order + 1) elements are required."
        )
    uniform = asarray(spacing).ndim == 0
    out = empty_like(f)

    def at(where: slice | int) -> tuple[slice | int, ...]:
        return _along(axis, f.ndim, where)

    if uniform:
        out[at(slice(1, -1))] = (f[at(slice(2, None))] - f[at(slice(None, -2))]) / (2.0 * spacing)
    else:
        left, right = spacing[:-1], spacing[1:]
        shape = tuple(-1 if i == axis else 1 for i in range(f.ndim))
        a = (-right / (left * (left + right))).reshape(shape)
        b = ((right - left) / (left * right)).reshape(shape)
        c = (left / (right * (left + right))).reshape(shape)
        out[at(slice(1, -1))] = (
            a * f[at(slice(None, -2))] + b * f[at(slice(1, -1))] + c * f[at(slice(2, None))]
        )

    first, last = (spacing, spacing) if uniform else (spacing[0], spacing[-1])
    if edge_order == 1:
        out[at(0)] = (f[at(1)] - f[at(0)]) / first
        out[at(-1)] = (f[at(-1)] - f[at(-2)]) / last
        return out
    second, last_but_one = (spacing, spacing) if uniform else (spacing[1], spacing[-2])
    a, b, c = _one_sided_coefficients(first, second)
    out[at(0)] = a * f[at(0)] + b * f[at(1)] + c * f[at(2)]
    # Seen from the other end, distances and so all coefficients change sign.
    a, b, c = _one_sided_coefficients(-last, -last_but_one)
    out[at(-1)] = c * f[at(-3)] + b * f[at(-2)] + a * f[at(-1)]
    return out


def _one_sided_coefficients(first: Any, second: Any) -> tuple[Any, Any, Any]:
    """Return the weights of a value and the next two in its derivative, given the distances."""
    return (
        -(2.0 * first + second) / (first * (first + second)),
        (first + second) / (first * second),
        -first / (second * (first + second)),
    )


@array_function("y", "x")
def trapezoid(y: ArrayLike, x: ArrayLike | None = None, dx: ArrayLike = 1.0, axis: int = -1) -> ArrayOrScalar:
    """Return the integral of a function from its values, by the trapezoidal rule.

    Parameters
    ----------
    y : array_like
        The values.
    x : array_like, optional
        Where they were taken: along `axis` only, or in the shape of `y`.
    dx : scalar, optional
        The distance between them, if `x` is not given.
    axis : int, optional
        The axis to integrate along.

    Returns
    -------
    ndarray or scalar
        The integral.

    See Also
    --------
    sum, cumsum

    Examples
    --------
    >>> import rustsci as np
    >>> np.trapezoid([1, 2, 3])
    np.float64(4.0)
    >>> np.trapezoid([1, 2, 3], x=[4, 6, 8])
    np.float64(8.0)
    >>> np.trapezoid([[0, 1], [2, 3]], dx=0.5, axis=0)
    array([0.5, 1. ])
    """
    y = asanyarray(y)
    distances: Any = dx
    if x is not None:
        x = asanyarray(x)
        if x.ndim == 1:
            distances = diff(x)
            shape = [1] * y.ndim
            shape[axis] = distances.shape[0]
            distances = distances.reshape(shape)
        else:
            distances = diff(x, axis=axis)
    if not -y.ndim <= axis < y.ndim:
        raise IndexError(f"axis {axis} is out of bounds for array of dimension {y.ndim}")
    along = axis % y.ndim
    left, right = _along(along, y.ndim, slice(None, -1)), _along(along, y.ndim, slice(1, None))
    return (distances * (y[right] + y[left]) / 2.0).sum(axis)
