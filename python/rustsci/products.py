"""Products of arrays: cross, outer and tensor products."""

from __future__ import annotations

import math
import warnings
from typing import TYPE_CHECKING

from rustsci._native import (
    asarray,
    dot,
    multiply,
    ndarray,
    normalize_axis_index,
    promote_types,
)
from rustsci.joining import stack
from rustsci.overrides import array_function
from rustsci.shape_manipulation import moveaxis

if TYPE_CHECKING:
    from typing import Any

    from rustsci._types import ArrayLike

__all__ = ["cross", "outer", "tensordot"]


@array_function("a", "b", "out")
def outer(a: ArrayLike, b: ArrayLike, out: ndarray | None = None) -> ndarray:
    """Return the products of each element of one array with each of another.

    Parameters
    ----------
    a, b : array_like
        The arrays, which are flattened.
    out : (M, N) ndarray, optional
        The array to put the result in.

    Returns
    -------
    (M, N) ndarray
        ``a[i] * b[j]``.

    See Also
    --------
    tensordot : with ``axes=0``, the same without flattening.
    einsum : ``einsum('i,j->ij', a, b)`` is the same.
    ufunc.outer : the same with any ufunc.

    Examples
    --------
    >>> import rustsci as np
    >>> np.outer([1, 2], [3, 4, 5])
    array([[ 3,  4,  5],
           [ 6,  8, 10]])
    """
    a, b = asarray(a), asarray(b)
    return multiply(a.ravel()[:, None], b.ravel()[None, :], out)


@array_function("a", "b")
def tensordot(a: ArrayLike, b: ArrayLike, axes: Any = 2) -> ndarray:
    """Return the sums of products over axes of two arrays.

    Parameters
    ----------
    a, b : array_like
        The arrays.
    axes : int, or pair of ints or sequences of ints
        How many of the last axes of `a` to sum over together with as many of the first of `b`; or the
        axes of `a` and those of `b`.

    Returns
    -------
    ndarray
        An array with the other axes of `a`, then those of `b`.

    Raises
    ------
    ValueError
        If the axes differ in number or length, or one is named twice.

    See Also
    --------
    dot, einsum

    Examples
    --------
    >>> import rustsci as np
    >>> a = np.arange(6).reshape(2, 3)
    >>> np.tensordot(a, [1, 1, 2], axes=1)
    array([ 5, 17])
    >>> np.tensordot(a, a, axes=([0, 1], [0, 1]))
    array(55)
    """
    a, b = asarray(a), asarray(b)
    if hasattr(axes, "__iter__"):
        a_axes, b_axes = (list(each) if hasattr(each, "__iter__") else [each] for each in axes)
    else:
        a_axes, b_axes = list(range(-axes, 0)), list(range(axes))
    a_lengths, b_lengths = [a.shape[axis] for axis in a_axes], [b.shape[axis] for axis in b_axes]
    if a_lengths != b_lengths:
        raise ValueError(
            f"shape-mismatch for sum: axes of lengths {a_lengths} against axes of lengths {b_lengths}"
        )
    a_axes = [axis % a.ndim for axis in a_axes]
    b_axes = [axis % b.ndim for axis in b_axes]
    if len(set(a_axes)) != len(a_axes) or len(set(b_axes)) != len(b_axes):
        raise ValueError("duplicate axes are not allowed in tensordot")

    a_kept = [axis for axis in range(a.ndim) if axis not in a_axes]
    b_kept = [axis for axis in range(b.ndim) if axis not in b_axes]
    rows, columns = [a.shape[axis] for axis in a_kept], [b.shape[axis] for axis in b_kept]
    count = math.prod(a_lengths)
    product = dot(
        a.transpose(a_kept + a_axes).reshape((math.prod(rows), count)),
        b.transpose(b_axes + b_kept).reshape((count, math.prod(columns))),
    )
    return product.reshape(rows + columns)


@array_function("a", "b")
def cross(
    a: ArrayLike,
    b: ArrayLike,
    axisa: int = -1,
    axisb: int = -1,
    axisc: int = -1,
    axis: int | None = None,
) -> ndarray:
    """Return the cross product of vectors in space.

    Parameters
    ----------
    a, b : array_like
        The vectors, of three components. Two are taken as three of which the last is zero, which is
        deprecated.
    axisa, axisb : int, optional
        The axes of `a` and `b` along which the components are.
    axisc : int, optional
        The axis of the result along which its components are.
    axis : int, optional
        All three of these axes.

    Returns
    -------
    ndarray
        The vectors perpendicular to both; only their third components, if `a` and `b` have two each.

    Raises
    ------
    ValueError
        If vectors have neither two nor three components.

    See Also
    --------
    inner, outer

    Examples
    --------
    >>> import rustsci as np
    >>> np.cross([1, 2, 3], [4, 5, 6])
    array([-3,  6, -3])
    """
    if axis is not None:
        axisa = axisb = axisc = axis
    a, b = asarray(a), asarray(b)
    if a.ndim < 1 or b.ndim < 1:
        raise ValueError("At least one array has zero dimension")
    axisa = normalize_axis_index(axisa, a.ndim, msg_prefix="axisa")
    axisb = normalize_axis_index(axisb, b.ndim, msg_prefix="axisb")
    a, b = moveaxis(a, axisa, -1), moveaxis(b, axisb, -1)
    a_count, b_count = a.shape[-1], b.shape[-1]
    if a_count not in (2, 3) or b_count not in (2, 3):
        raise ValueError("incompatible dimensions for cross product\n(dimension must be 2 or 3)")
    if 2 in (a_count, b_count):
        warnings.warn(
            "Arrays of 2-dimensional vectors are deprecated. Use arrays of 3-dimensional vectors "
            "instead. (deprecated in NumPy 2.0)",
            DeprecationWarning,
            stacklevel=3,
        )
    dtype = promote_types(a.dtype, b.dtype)
    a, b = a.astype(dtype, copy=False), b.astype(dtype, copy=False)
    a0, a1, b0, b1 = a[..., 0], a[..., 1], b[..., 0], b[..., 1]
    third = a0 * b1 - a1 * b0
    if a_count == b_count == 2:
        return asarray(third)
    if a_count == 2:
        b2 = b[..., 2]
        first, second = a1 * b2, -(a0 * b2)
    elif b_count == 2:
        a2 = a[..., 2]
        first, second = -(a2 * b1), a2 * b0
    else:
        a2, b2 = a[..., 2], b[..., 2]
        first, second = a1 * b2 - a2 * b1, a2 * b0 - a0 * b2
    result = stack((first, second, third), axis=-1)
    axisc = normalize_axis_index(axisc, result.ndim, msg_prefix="axisc")
    return moveaxis(result, -1, axisc)
