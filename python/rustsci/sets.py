"""Arrays as sets of their elements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rustsci import _native
from rustsci._native import (
    asanyarray,
    asarray,
    can_cast,
    concatenate,
    empty_like,
    int64,
    intp,
    ones,
    uint64,
    zeros,
)
from rustsci._wrapping import wrap_like
from rustsci.distinct import unique
from rustsci.limits import iinfo
from rustsci.overrides import array_function

if TYPE_CHECKING:
    from typing import Any, Literal

    from rustsci._native import ndarray
    from rustsci._types import ArrayLike

__all__ = [
    "ediff1d",
    "intersect1d",
    "isin",
    "setdiff1d",
    "setxor1d",
    "union1d",
]


@array_function("ar1", "ar2")
def union1d(ar1: ArrayLike, ar2: ArrayLike) -> ndarray:
    """Return the distinct elements of two arrays together, in rising order.

    Examples
    --------
    >>> import rustsci as np
    >>> np.union1d([3, 1], [2, 1])
    array([1, 2, 3])
    """
    return unique(concatenate((ar1, ar2), axis=None))


@array_function("ar1", "ar2")
def intersect1d(
    ar1: ArrayLike, ar2: ArrayLike, assume_unique: bool = False, return_indices: bool = False
) -> Any:
    """Return the elements that are in both of two arrays, in rising order.

    Parameters
    ----------
    ar1, ar2 : array_like
        The arrays; flattened.
    assume_unique : bool, optional
        Says that no element is twice in one array, which saves time; if untrue, the result is wrong.
    return_indices : bool, optional
        Whether to return where the elements are first, in `ar1` and in `ar2`.

    Returns
    -------
    ndarray, or three of them
        The common elements, and their indices if `return_indices`.

    Examples
    --------
    >>> import rustsci as np
    >>> np.intersect1d([1, 3, 4, 3], [3, 1, 2, 1])
    array([1, 3])
    """
    ar1, ar2 = asanyarray(ar1), asanyarray(ar2)
    places1: Any = None
    places2: Any = None
    if assume_unique:
        ar1, ar2 = ar1.ravel(), ar2.ravel()
    elif return_indices:
        ar1, places1 = unique(ar1, return_index=True)
        ar2, places2 = unique(ar2, return_index=True)
    else:
        ar1, ar2 = unique(ar1), unique(ar2)
    both = concatenate((ar1, ar2))
    if not return_indices:
        both.sort()
        return both[:-1][both[1:] == both[:-1]]
    # Stable: of two equal elements the one of ar1 comes first.
    order = both.argsort(kind="stable")
    both = both[order]
    twice = both[1:] == both[:-1]
    indices1 = order[:-1][twice]
    indices2 = order[1:][twice] - ar1.size
    if places1 is not None:
        indices1, indices2 = places1[indices1], places2[indices2]
    return both[:-1][twice], indices1, indices2


@array_function("ar1", "ar2")
def setdiff1d(ar1: ArrayLike, ar2: ArrayLike, assume_unique: bool = False) -> ndarray:
    """Return the elements of one array that are not in another.

    Parameters
    ----------
    ar1 : array_like
        The array to take elements from; flattened.
    ar2 : array_like
        The elements to leave out.
    assume_unique : bool, optional
        Takes the elements of `ar1` as they come, in their order, instead of the distinct ones.

    Returns
    -------
    ndarray
        In rising order, unless `assume_unique`.

    Examples
    --------
    >>> import rustsci as np
    >>> np.setdiff1d([3, 2, 3, 4, 1], [2, 4])
    array([1, 3])
    """
    if assume_unique:
        ar1 = asarray(ar1).ravel()
    else:
        ar1, ar2 = unique(ar1), unique(ar2)
    return ar1[isin(ar1, ar2, assume_unique=True, invert=True)]


@array_function("ar1", "ar2")
def setxor1d(ar1: ArrayLike, ar2: ArrayLike, assume_unique: bool = False) -> ndarray:
    """Return the elements that are in only one of two arrays, in rising order.

    Parameters
    ----------
    ar1, ar2 : array_like
        The arrays; flattened.
    assume_unique : bool, optional
        Says that no element is twice in one array, which saves time; if untrue, the result is wrong.

    Returns
    -------
    ndarray
        The elements.

    Examples
    --------
    >>> import rustsci as np
    >>> np.setxor1d([1, 2, 3, 2, 4], [2, 3, 5, 7, 5])
    array([1, 4, 5, 7])
    """
    if not assume_unique:
        ar1, ar2 = unique(ar1), unique(ar2)
    both = concatenate((ar1, ar2), axis=None)
    both.sort()
    differs = ones(both.size + 1, bool)
    differs[1:-1] = both[1:] != both[:-1]
    return both[differs[1:] & differs[:-1]]


@array_function("element", "test_elements")
def isin(
    element: ArrayLike,
    test_elements: ArrayLike,
    assume_unique: bool = False,
    invert: bool = False,
    *,
    kind: Literal["sort", "table"] | None = None,
) -> ndarray:
    """Tell for each element of an array whether it is among others.

    Parameters
    ----------
    element : array_like
        The elements to look up.
    test_elements : array_like
        The elements to look among; flattened.
    assume_unique : bool, optional
        Says that no element is twice in one array. The result is the same without.
    invert : bool, optional
        Whether to tell which are not among them.
    kind : {None, 'sort', 'table'}, optional
        Whether to sort `test_elements` and search, or to mark them in a table, which is faster but needs
        integers or booleans and memory for every number from the least to the greatest. None chooses.

    Returns
    -------
    ndarray
        Booleans in the shape of `element`.

    Examples
    --------
    >>> import rustsci as np
    >>> np.isin([[0, 2], [4, 6]], [1, 2, 4, 8])
    array([[False,  True],
           [ True, False]])
    """
    if kind not in (None, "sort", "table"):
        raise ValueError(f"Invalid kind: {kind!r}. Please use None, 'sort' or 'table'.")
    element = asarray(element)
    tests = asarray(test_elements).ravel()
    found = None
    if element.dtype.kind in "biu" and tests.dtype.kind in "biu":
        if kind != "sort":
            found = _in_table(element, tests, required=kind == "table")
    elif kind == "table":
        raise ValueError(
            "The 'table' method is only supported for boolean or integer arrays. "
            "Please select 'sort' or None for kind."
        )
    if found is None:
        found = _in_sorted(element, tests)
    return ~found if invert else found


def _in_table(element: ndarray, tests: ndarray, required: bool) -> ndarray | None:
    """Look elements up in a table of booleans; None if that takes more memory than it is worth."""
    found = zeros(element.shape, bool)
    if tests.size == 0:
        return found
    least, greatest = int(tests.min()), int(tests.max())
    length = greatest - least + 1
    limit = 255 if tests.dtype.kind == "b" else iinfo(tests.dtype).max
    if required and greatest - least > limit:
        raise RuntimeError(
            "You have specified kind='table', but the range of values in `ar2` or `ar1` exceed the maximum "
            "integer of the datatype. Please set `kind` to None or 'sort'."
        )
    if not required and length > 6 * (element.size + tests.size) + 1:
        return None
    wide = uint64 if tests.dtype == uint64 else int64
    table = zeros(length, bool)
    table[(tests.astype(wide) - wide(least)).astype(intp)] = True
    within = (element >= least) & (element <= greatest)
    # Only what lies within the table is known to fit the wide type.
    found[within] = table[(element[within].astype(wide) - wide(least)).astype(intp)]
    return found


def _in_sorted(element: ndarray, tests: ndarray) -> ndarray:
    """Look elements up by binary search."""
    if tests.size == 0:
        return zeros(element.shape, bool)
    common = _native.result_type(element, tests)
    tests = _native.sort(tests.astype(common, copy=False))
    flat = element.ravel().astype(common, copy=False)
    places = tests.searchsorted(flat)
    places[places == tests.size] = 0
    return (tests[places] == flat).reshape(element.shape)


@array_function("ary", "to_end", "to_begin")
def ediff1d(ary: ArrayLike, to_end: ArrayLike = None, to_begin: ArrayLike = None) -> ndarray:
    """Return the differences between neighbours in a flattened array.

    Parameters
    ----------
    ary : array_like
        The array.
    to_end, to_begin : array_like, optional
        What to put behind the differences, and before them.

    Returns
    -------
    ndarray
        One-dimensional, of the dtype of `ary`.

    Examples
    --------
    >>> import rustsci as np
    >>> np.ediff1d([1, 2, 4, 7, 0], to_begin=-99)
    array([-99,   1,   2,   3,  -7])
    """
    values = asarray(ary).ravel()
    if to_begin is None and to_end is None:
        return wrap_like(values[1:] - values[:-1], ary)
    before = _boundary(to_begin, "to_begin", values)
    behind = _boundary(to_end, "to_end", values)
    count = max(values.size - 1, 0)
    result = empty_like(values, shape=before.size + count + behind.size)
    result[: before.size] = before
    result[before.size + count :] = behind
    _native.subtract(values[1:], values[:-1], result[before.size : before.size + count])
    return wrap_like(result, ary)


def _boundary(given: ArrayLike, name: str, values: ndarray) -> ndarray:
    if given is None:
        return values[:0]
    boundary = asanyarray(given)
    if not can_cast(boundary, values.dtype, casting="same_kind"):
        raise TypeError(f"dtype of `{name}` must be compatible with input `ary` under the `same_kind` rule.")
    return boundary.ravel()
