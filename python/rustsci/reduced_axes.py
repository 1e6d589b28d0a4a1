"""Making one axis of several, for functions that reduce one axis."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from rustsci._native import asanyarray, ndarray, normalize_axis_tuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from rustsci._types import ArrayOrScalar, Axis

__all__: list[str] = []


def merge_axes(a: ndarray, axes: tuple[int, ...]) -> ndarray:
    """Return `a` with `axes` made into one, which comes last; a view if the memory allows."""
    kept = tuple(axis for axis in range(a.ndim) if axis not in axes)
    length = math.prod(a.shape[axis] for axis in axes)
    return a.transpose(kept + axes).reshape([*(a.shape[axis] for axis in kept), length])


def reduce_over(
    func: Callable[..., ArrayOrScalar],
    a: ndarray,
    axis: Axis,
    out: ndarray | None,
    keepdims: bool,
    **options: Any,
) -> ArrayOrScalar:
    """Reduce `a` along any number of axes by a function that reduces the last one.

    `func` is called as ``func(a, out=out, **options)``. Its result may have axes of its own before
    those that are left of `a`.
    """
    axes = tuple(range(a.ndim)) if axis is None else normalize_axis_tuple(axis, a.ndim)
    if keepdims and out is not None:
        func(merge_axes(a, axes), out=out[_per_axis(a.ndim, axes, 0)], **options)
        return out
    result = func(merge_axes(a, axes), out=out, **options)
    return asanyarray(result)[_per_axis(a.ndim, axes, None)] if keepdims else result


def _per_axis(ndim: int, axes: tuple[int, ...], reduced: int | None) -> tuple[Any, ...]:
    """Return an index that has `reduced` for each of `axes` and leaves the other axes alone."""
    return (..., *(reduced if axis in axes else slice(None) for axis in range(ndim)))
