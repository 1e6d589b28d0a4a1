"""Coordinates of the points of regular grids."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from rustsci._native import arange, asanyarray, complexfloating, empty, result_type
from rustsci.broadcasting import broadcast_arrays
from rustsci.overrides import array_function, array_function_like

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any, Literal

    from rustsci._native import dtype, ndarray
    from rustsci._types import ArrayLike, DTypeLike

__all__ = ["fromfunction", "indices", "meshgrid", "mgrid", "ogrid"]


def indices(dimensions: Sequence[int], dtype: DTypeLike = int, sparse: bool = False) -> Any:
    """Return the indices of every element of an array, axis by axis.

    Parameters
    ----------
    dimensions : sequence of ints
        The shape of the array.
    dtype : dtype, optional
        The dtype of the result.
    sparse : bool, optional
        Whether to return for each axis an array that is long in that axis only, to be broadcast.

    Returns
    -------
    ndarray or tuple of ndarrays
        An array with the axes' indices stacked along a new first axis; a tuple if `sparse`.

    Examples
    --------
    >>> import rustsci as np
    >>> rows, columns = np.indices((2, 3))
    >>> rows
    array([[0, 0, 0],
           [1, 1, 1]])
    """
    shape = tuple(dimensions)
    axes = [
        arange(length, dtype=dtype).reshape((1,) * axis + (length,) + (1,) * (len(shape) - axis - 1))
        for axis, length in enumerate(shape)
    ]
    return tuple(axes) if sparse else _stacked(axes, shape, dtype)


def _stacked(axes: Sequence[ndarray], shape: tuple[int, ...], dtype: DTypeLike) -> ndarray:
    """Return one array with all of `axes`, each broadcast to `shape`."""
    result = empty((len(shape), *shape), dtype=dtype)
    for place, along in enumerate(axes):
        result[place] = along
    return result


@array_function_like
def fromfunction(
    function: Callable[..., Any],
    shape: Sequence[int],
    *,
    dtype: DTypeLike = float,
    like: Any = None,
    **kwargs: Any,
) -> Any:
    """Call a function with the indices of an array.

    Parameters
    ----------
    function : callable
        Called once, with one array an axis: the index of every element along it.
    shape : sequence of ints
        The shape of these arrays.
    dtype : dtype, optional
        Their dtype.
    like : object, optional
        Leaves the work to ``like.__array_function__``.
    **kwargs
        Passed on to `function`.

    Returns
    -------
    any
        Whatever `function` returns.

    Examples
    --------
    >>> import rustsci as np
    >>> np.fromfunction(lambda i, j: i + j, (2, 3), dtype=int)
    array([[0, 1, 2],
           [1, 2, 3]])
    """
    return function(*indices(shape, dtype=dtype), **kwargs)


@array_function("*xi")
def meshgrid(
    *xi: ArrayLike, copy: bool = True, sparse: bool = False, indexing: Literal["xy", "ij"] = "xy"
) -> Sequence[ndarray]:
    """Return the coordinates of the points of a grid, given those along each axis.

    Parameters
    ----------
    *xi : one-dimensional array_like
        The coordinates along each axis.
    copy : bool, optional
        False returns views, of which several elements may share one place in memory.
    sparse : bool, optional
        Whether to return arrays that are long in one axis only, to be broadcast.
    indexing : {'xy', 'ij'}, optional
        'xy' lets the first coordinate run along the second axis, as in a picture; 'ij' along the first.

    Returns
    -------
    tuple of ndarrays
        One array of coordinates for each of `xi`; a list if they are sparse views.

    Examples
    --------
    >>> import rustsci as np
    >>> x, y = np.meshgrid([0, 1, 2], [0, 1])
    >>> x
    array([[0, 1, 2],
           [0, 1, 2]])
    >>> y
    array([[0, 0, 0],
           [1, 1, 1]])
    """
    if indexing not in ("xy", "ij"):
        raise ValueError("Valid values for `indexing` are 'xy' and 'ij'.")
    axes = list(range(len(xi)))
    if indexing == "xy" and len(xi) > 1:
        axes[:2] = 1, 0
    grids: Sequence[ndarray] = [
        asanyarray(x).reshape((1,) * axis + (-1,) + (1,) * (len(xi) - axis - 1))
        for axis, x in zip(axes, xi, strict=True)
    ]
    if not sparse:
        grids = broadcast_arrays(*grids, subok=True)
    return tuple(grid.copy() for grid in grids) if copy else grids


class _Grid:
    """Builds grids from slices: ``mgrid`` whole ones, ``ogrid`` open ones, to be broadcast.

    Each slice gives the coordinates along one axis, as `arange` does. A complex step is the number of points
    instead, the last of which is at ``stop``.

    Examples
    --------
    >>> import rustsci as np
    >>> np.mgrid[0:2, 0:3]
    array([[[0, 0, 0],
            [1, 1, 1]],
           [[0, 1, 2],
            [0, 1, 2]]])
    >>> np.ogrid[0:1:3j]
    array([0. , 0.5, 1. ])
    """

    __slots__ = ("sparse",)

    def __init__(self, sparse: bool) -> None:
        self.sparse = sparse

    def __getitem__(self, key: Any) -> Any:
        if not isinstance(key, tuple):
            start, step, count, kinds = _axis_of(key)
            if count is None:
                return arange(start, key.stop, step)
            return _points(start, step, count, result_type(*kinds))
        axes = [_axis_of(each) for each in key]
        common = result_type(0, *(kind for *_, kinds in axes for kind in kinds))
        shape = []
        for (start, step, count, _), each in zip(axes, key, strict=True):
            shape.append(math.ceil((each.stop - start) / step) if count is None else count)
        grids = [
            _points(start, step, length, common).reshape((-1,) + (1,) * (len(axes) - place - 1))
            for place, ((start, step, *_), length) in enumerate(zip(axes, shape, strict=True))
        ]
        if not self.sparse:
            return _stacked(grids, tuple(shape), common)
        return tuple(grid.reshape((1,) * place + grid.shape) for place, grid in enumerate(grids))


def _axis_of(key: slice) -> tuple[Any, Any, int | None, tuple[Any, ...]]:
    """Return start, step, number of points if it is given, and what decides about the dtype."""
    start = 0 if key.start is None else key.start
    step = 1 if key.step is None else key.step
    if not isinstance(step, (complex, complexfloating)):
        return start, step, None, (start, key.stop, step)
    magnitude = abs(step)
    count = int(magnitude)
    width = (key.stop - start) / (count - 1.0) if count > 1 else magnitude
    return start, width, count, (start, key.stop, magnitude)


def _points(start: Any, step: Any, count: int, kind: dtype) -> ndarray:
    return arange(count, dtype=kind) * step + start


mgrid = _Grid(sparse=False)
ogrid = _Grid(sparse=True)
