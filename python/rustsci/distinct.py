"""The distinct elements of an array, where they are, and how often."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rustsci import _native
from rustsci._native import (
    asanyarray,
    concatenate,
    empty,
    intp,
    isnan,
    lexsort,
    ndarray,
    normalize_axis_index,
)
from rustsci.overrides import array_function
from rustsci.shape_manipulation import moveaxis

if TYPE_CHECKING:
    from typing import Any

    from rustsci._types import ArrayLike

__all__ = [
    "unique",
    "unique_all",
    "unique_counts",
    "unique_inverse",
    "unique_values",
]


class UniqueAllResult(NamedTuple):
    """What `unique_all` returns."""

    values: ndarray
    indices: ndarray
    inverse_indices: ndarray
    counts: ndarray


class UniqueCountsResult(NamedTuple):
    """What `unique_counts` returns."""

    values: ndarray
    counts: ndarray


class UniqueInverseResult(NamedTuple):
    """What `unique_inverse` returns."""

    values: ndarray
    inverse_indices: ndarray


@array_function("ar")
def unique(
    ar: ArrayLike,
    return_index: bool = False,
    return_inverse: bool = False,
    return_counts: bool = False,
    axis: int | None = None,
    *,
    equal_nan: bool = True,
    sorted: bool = True,
) -> Any:
    """Return the distinct elements of an array in rising order.

    Parameters
    ----------
    ar : array_like
        The array; flattened unless `axis` is given.
    return_index : bool, optional
        Whether to return where each is found first.
    return_inverse : bool, optional
        Whether to return, for every element of `ar`, its place among the distinct ones.
    return_counts : bool, optional
        Whether to return how often each occurs.
    axis : int, optional
        Compare whole slices: those that each index along this axis selects.
    equal_nan : bool, optional
        Whether all nan count as one element.
    sorted : bool, optional
        False allows any order. The result is in rising order all the same.

    Returns
    -------
    unique : ndarray
        The distinct elements.
    unique_indices, unique_inverse, unique_counts : ndarray
        What was asked for, in this order.

    Examples
    --------
    >>> import rustsci as np
    >>> values, inverse = np.unique([3, 1, 3], return_inverse=True)
    >>> values, inverse
    (array([1, 3]), array([1, 0, 1]))
    >>> np.unique([[1, 0], [1, 0], [2, 3]], axis=0)
    array([[1, 0],
           [2, 3]])
    """
    ar = asanyarray(ar)
    if axis is not None:
        axis = normalize_axis_index(axis, ar.ndim)
    if axis is None or ar.ndim == 1:
        values, order, first = _sort_elements(ar.ravel(), return_index, return_inverse, equal_nan)
        inverse_shape = ar.shape
    else:
        values, order, first = _sort_slices(moveaxis(_native.asarray(ar), axis, 0))
        inverse_shape = first.shape
    distinct = values[first]
    if axis is not None and ar.ndim > 1:
        others = ar.shape[:axis] + ar.shape[axis + 1 :]
        distinct = moveaxis(distinct.reshape(len(distinct), *others), 0, axis)
    results = [distinct]
    if return_index:
        results.append(order[first])
    if return_inverse:
        inverse = empty(first.shape, intp)
        inverse[order] = first.cumsum() - 1
        results.append(inverse.reshape(inverse_shape))
    if return_counts:
        starts = concatenate([*first.nonzero(), [first.size]])
        results.append(starts[1:] - starts[:-1])
    return results[0] if len(results) == 1 else tuple(results)


def _sort_elements(
    flat: ndarray, return_index: bool, return_inverse: bool, equal_nan: bool
) -> tuple[ndarray, Any, ndarray]:
    """Return the sorted elements, the order that sorts them if needed, and which are the first of equals."""
    order = None
    if return_index or return_inverse:
        # Only a stable order keeps the first of equal elements in front.
        order = flat.argsort(kind="stable" if return_index else None)
        values = flat[order]
    else:
        values = flat.copy()
        values.sort()
    first = empty(values.shape, bool)
    first[:1] = True
    first[1:] = values[1:] != values[:-1]
    if equal_nan and values.size and values.dtype.kind in "fcmM" and isnan(values[-1]):
        # Sorting puts nan last; of complex numbers those with a nan in either part.
        nan_from = isnan(values).searchsorted(True)
        first[nan_from + 1 :] = False
    return values, order, first


def _sort_slices(slices: ndarray) -> tuple[ndarray, ndarray, ndarray]:
    """Return the flattened slices along the first axis in order, that order, and the first of equals."""
    rows = slices.reshape(len(slices), -1 if slices.size else 0)
    order = lexsort(rows.T[::-1]) if rows.size else _native.arange(len(rows))
    rows = rows[order]
    first = empty(len(rows), bool)
    first[:1] = True
    first[1:] = (rows[1:] != rows[:-1]).any(axis=1)
    return rows, order, first


@array_function("x")
def unique_all(x: ArrayLike) -> UniqueAllResult:
    """Return the distinct elements, where they are first, the inverse, and how often they occur.

    Every nan is an element of its own, as the array API standard has it. See `unique`.

    Examples
    --------
    >>> import rustsci as np
    >>> np.unique_all([2, 1, 2]).counts
    array([1, 2])
    """
    return UniqueAllResult(
        *unique(x, return_index=True, return_inverse=True, return_counts=True, equal_nan=False)
    )


@array_function("x")
def unique_counts(x: ArrayLike) -> UniqueCountsResult:
    """Return the distinct elements and how often they occur.

    Every nan is an element of its own, as the array API standard has it. See `unique`.

    Examples
    --------
    >>> import rustsci as np
    >>> values, counts = np.unique_counts([2, 1, 2])
    >>> counts
    array([1, 2])
    """
    return UniqueCountsResult(*unique(x, return_counts=True, equal_nan=False))


@array_function("x")
def unique_inverse(x: ArrayLike) -> UniqueInverseResult:
    """Return the distinct elements and, for every element of `x`, its place among them.

    Every nan is an element of its own, as the array API standard has it. See `unique`.

    Examples
    --------
    >>> import rustsci as np
    >>> values, inverse = np.unique_inverse([2, 1, 2])
    >>> values[inverse]
    array([2, 1, 2])
    """
    return UniqueInverseResult(*unique(x, return_inverse=True, equal_nan=False))


@array_function("x")
def unique_values(x: ArrayLike) -> ndarray:
    """Return the distinct elements.

    Every nan is an element of its own, as the array API standard has it. See `unique`.

    Examples
    --------
    >>> import rustsci as np
    >>> np.unique_values([2, 1, 2])
    array([1, 2])
    """
    return unique(x, equal_nan=False)
