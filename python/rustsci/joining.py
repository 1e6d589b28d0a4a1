"""Several arrays into one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rustsci._native import array, asanyarray, concatenate, normalize_axis_index
from rustsci.overrides import array_function
from rustsci.shape_manipulation import atleast_1d, atleast_2d, atleast_3d

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any, TypeAlias

    from rustsci._native import ndarray
    from rustsci._types import ArrayLike, Casting, DTypeLike

    Place: TypeAlias = "tuple[int | None, ...]"

__all__ = [
    "block",
    "column_stack",
    "concat",
    "dstack",
    "hstack",
    "row_stack",
    "stack",
    "vstack",
]


concat = concatenate


@array_function("*arrays", "out")
def stack(
    arrays: Sequence[ArrayLike],
    axis: int = 0,
    out: ndarray | None = None,
    *,
    dtype: DTypeLike = None,
    casting: Casting = "same_kind",
) -> ndarray:
    """Join arrays of one shape along a new axis.

    Parameters
    ----------
    arrays : sequence of array_like
        Arrays of one shape.
    axis : int, optional
        Where the new axis stands in the result.
    out, dtype, casting
        As for `concatenate`.

    Returns
    -------
    ndarray
        An array with one axis more than those given.

    Examples
    --------
    >>> import rustsci as np
    >>> np.stack(([1, 2, 3], [4, 5, 6]), axis=-1)
    array([[1, 4],
           [2, 5],
           [3, 6]])
    """
    members = [asanyarray(each) for each in _sequence(arrays)]
    if not members:
        raise ValueError("need at least one array to stack")
    shape = members[0].shape
    if any(each.shape != shape for each in members):
        raise ValueError("all input arrays must have the same shape")
    axis = normalize_axis_index(axis, len(shape) + 1)
    before = (slice(None),) * axis
    expanded = [each[(*before, None)] for each in members]
    return concatenate(expanded, axis, out, dtype=dtype, casting=casting)


@array_function("*tup")
def vstack(tup: Sequence[ArrayLike], *, dtype: DTypeLike = None, casting: Casting = "same_kind") -> ndarray:
    """Put arrays below one another: join along the first axis, vectors counting as rows.

    Parameters
    ----------
    tup : sequence of array_like
        Arrays that agree in all axes but the first.
    dtype, casting
        As for `concatenate`.

    Returns
    -------
    ndarray
        An array of at least two dimensions.

    Examples
    --------
    >>> import rustsci as np
    >>> np.vstack(([1, 2], [[3, 4], [5, 6]]))
    array([[1, 2],
           [3, 4],
           [5, 6]])
    """
    return concatenate(_each(atleast_2d, tup), 0, dtype=dtype, casting=casting)


def row_stack(
    tup: Sequence[ArrayLike], *, dtype: DTypeLike = None, casting: Casting = "same_kind"
) -> ndarray:
    """Do what `vstack` does, under the name it had before NumPy 2: deprecated.

    Examples
    --------
    >>> import rustsci as np
    >>> import warnings
    >>> with warnings.catch_warnings():
    ...     warnings.simplefilter("ignore")
    ...     np.row_stack(([1], [2]))
    array([[1],
           [2]])
    """
    import warnings

    warnings.warn(
        "`row_stack` alias is deprecated. Use `np.vstack` directly.", DeprecationWarning, stacklevel=2
    )
    return vstack(tup, dtype=dtype, casting=casting)


@array_function("*tup")
def hstack(tup: Sequence[ArrayLike], *, dtype: DTypeLike = None, casting: Casting = "same_kind") -> ndarray:
    """Put arrays side by side: join along the second axis, or the only one.

    Parameters
    ----------
    tup : sequence of array_like
        Arrays that agree in all axes but the second, or vectors of any length.
    dtype, casting
        As for `concatenate`.

    Returns
    -------
    ndarray
        An array of at least one dimension.

    Examples
    --------
    >>> import rustsci as np
    >>> np.hstack(([1, 2], [3]))
    array([1, 2, 3])
    """
    members = _each(atleast_1d, tup)
    axis = 0 if members and members[0].ndim == 1 else 1
    return concatenate(members, axis, dtype=dtype, casting=casting)


@array_function("*tup")
def dstack(tup: Sequence[ArrayLike]) -> ndarray:
    """Put arrays behind one another: join along the third axis.

    Parameters
    ----------
    tup : sequence of array_like
        Arrays that agree in all axes but the third. They are given three axes as `atleast_3d` does.

    Returns
    -------
    ndarray
        An array of at least three dimensions.

    Examples
    --------
    >>> import rustsci as np
    >>> np.dstack(([1, 2], [3, 4]))
    array([[[1, 3],
            [2, 4]]])
    """
    return concatenate(_each(atleast_3d, tup), 2)


@array_function("*tup")
def column_stack(tup: Sequence[ArrayLike]) -> ndarray:
    """Put vectors side by side, as the columns of a matrix.

    Parameters
    ----------
    tup : sequence of array_like
        Vectors, which become columns, and matrices, which are taken as they are.

    Returns
    -------
    ndarray
        A two-dimensional array.

    Examples
    --------
    >>> import rustsci as np
    >>> np.column_stack(([1, 2, 3], [4, 5, 6]))
    array([[1, 4],
           [2, 5],
           [3, 6]])
    """
    columns = []
    for each in _sequence(tup):
        column = asanyarray(each)
        columns.append(array(column, copy=None, subok=True, ndmin=2).T if column.ndim < 2 else column)
    return concatenate(columns, 1)


def _sequence(arrays: Any) -> Any:
    if not hasattr(arrays, "__getitem__"):
        raise TypeError('arrays to stack must be passed as a "sequence" type such as list or tuple.')
    return arrays


def _each(atleast: Any, arrays: Sequence[ArrayLike]) -> list[ndarray]:
    """Return the arrays with the number of axes that `atleast` gives them."""
    raised = atleast(*_sequence(arrays))
    return list(raised) if isinstance(raised, tuple) else [raised]


def _leaves(arrays: Any) -> Iterator[Any]:
    if type(arrays) is list:
        for each in arrays:
            yield from _leaves(each)
    else:
        yield arrays


@array_function(dispatcher=_leaves)
def block(arrays: Any) -> ndarray:
    """Put an array together from nested lists of blocks.

    Blocks in the innermost lists are joined along the last axis, those lists along the one before, and so on
    outwards. Blocks are first given as many axes as the lists are deep, or as the block with most has.

    Parameters
    ----------
    arrays : nested list of array_like
        The blocks. Lists arrange them; tuples are not taken for lists.

    Returns
    -------
    ndarray
        A new array.

    Examples
    --------
    >>> import rustsci as np
    >>> np.block([[np.eye(2), np.zeros((2, 1))], [np.ones((1, 3))]])
    array([[1., 0., 0.],
           [0., 1., 0.],
           [1., 1., 1.]])
    """
    leaves = list(_placed_leaves(arrays, ()))
    depth = len(leaves[0][0])
    for place, _ in leaves:
        if len(place) != depth:
            raise ValueError(
                f"List depths are mismatched. First element was at depth {depth}, but there is an element at "
                f"depth {len(place)} ({_place_name(place)})"
            )
    for place, _ in leaves:
        if place and place[-1] is None:
            raise ValueError(f"List at {_place_name(place)} cannot be empty")
    ndim = max([depth, *(asanyarray(leaf).ndim for _, leaf in leaves)])
    result = _join_blocks(arrays, ndim - depth, ndim)
    return result if depth else result.copy()


def _join_blocks(arrays: Any, axis: int, ndim: int) -> ndarray:
    if type(arrays) is not list:
        return array(arrays, ndmin=ndim, copy=None, subok=True)
    return concatenate([_join_blocks(each, axis + 1, ndim) for each in arrays], axis)


def _placed_leaves(arrays: Any, place: Place) -> Iterator[tuple[Place, Any]]:
    """Yield the blocks, each with its index in the lists; an empty list has a missing block at index None."""
    if type(arrays) is tuple:
        raise TypeError(
            f"{_place_name(place)} is a tuple. Only lists can be used to arrange blocks, "
            "and np.block does not allow implicit conversion from tuple to ndarray."
        )
    if type(arrays) is not list:
        yield place, arrays
    elif not arrays:
        yield (*place, None), None
    else:
        for index, each in enumerate(arrays):
            yield from _placed_leaves(each, (*place, index))


def _place_name(place: Place) -> str:
    return "arrays" + "".join(f"[{index}]" for index in place if index is not None)
