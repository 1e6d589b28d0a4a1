"""The largest and smallest elements along axes, where they are, and the distance between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rustsci._native import maximum, minimum, ndarray, subtract
from rustsci._no_value import _NoValue
from rustsci._wrapping import call_method
from rustsci.duck_typing import call_reduction, given
from rustsci.overrides import array_function

if TYPE_CHECKING:
    from typing import Any, SupportsIndex

    from rustsci._types import ArrayLike, ArrayOrScalar, Axis

__all__ = ["amax", "amin", "argmax", "argmin", "max", "min", "ptp"]


@array_function("a", "out")
def max(
    a: ArrayLike,
    axis: Axis = None,
    out: ndarray | None = None,
    keepdims: bool | Any = _NoValue,
    initial: Any = _NoValue,
    where: ArrayLike = _NoValue,
) -> ArrayOrScalar:
    """Return the largest element along axes.

    Parameters
    ----------
    a : array_like
        The elements.
    axis : None, int or tuple of ints, optional
        The axes to look along; all of them by default.
    out : ndarray, optional
        The array to put the result in.
    keepdims : bool, optional
        Whether the axes looked along stay, with length one.
    initial : scalar, optional
        A number that takes part as if it were an element: needed where there may be no elements.
    where : array_like of bool, optional
        Which elements to look at; `initial` is needed too.

    Returns
    -------
    ndarray or scalar
        The largest element, an array unless no axis is left; `out` if it was given. It is NaN where
        an element is.

    Raises
    ------
    ValueError
        If there are no elements and no `initial`.

    See Also
    --------
    nanmax : the same without regard to NaN.
    maximum : the larger of two arrays, element by element.
    argmax : where the largest element is.

    Examples
    --------
    >>> import rustsci as np
    >>> np.max([[1, 4], [3, 2]], axis=0)
    array([3, 4])
    >>> np.max([], initial=-np.inf)
    np.float64(-inf)
    """
    return call_reduction(maximum, "max", a, axis, None, out, keepdims=keepdims, initial=initial, where=where)


@array_function("a", "out")
def amax(
    a: ArrayLike,
    axis: Axis = None,
    out: ndarray | None = None,
    keepdims: bool | Any = _NoValue,
    initial: Any = _NoValue,
    where: ArrayLike = _NoValue,
) -> ArrayOrScalar:
    """Return the largest element along axes: another name of `max`.

    Examples
    --------
    >>> import rustsci as np
    >>> np.amax([1, 4, 3])
    np.int64(4)
    """
    return call_reduction(maximum, "max", a, axis, None, out, keepdims=keepdims, initial=initial, where=where)


@array_function("a", "out")
def min(
    a: ArrayLike,
    axis: Axis = None,
    out: ndarray | None = None,
    keepdims: bool | Any = _NoValue,
    initial: Any = _NoValue,
    where: ArrayLike = _NoValue,
) -> ArrayOrScalar:
    """Return the smallest element along axes.

    Parameters
    ----------
    a : array_like
        The elements.
    axis : None, int or tuple of ints, optional
        The axes to look along; all of them by default.
    out : ndarray, optional
        The array to put the result in.
    keepdims : bool, optional
        Whether the axes looked along stay, with length one.
    initial : scalar, optional
        A number that takes part as if it were an element: needed where there may be no elements.
    where : array_like of bool, optional
        Which elements to look at; `initial` is needed too.

    Returns
    -------
    ndarray or scalar
        The smallest element, an array unless no axis is left; `out` if it was given. It is NaN where
        an element is.

    Raises
    ------
    ValueError
        If there are no elements and no `initial`.

    See Also
    --------
    nanmin : the same without regard to NaN.
    minimum : the smaller of two arrays, element by element.
    argmin : where the smallest element is.

    Examples
    --------
    >>> import rustsci as np
    >>> np.min([[1, 4], [3, 2]], axis=1, keepdims=True)
    array([[1],
           [2]])
    """
    return call_reduction(minimum, "min", a, axis, None, out, keepdims=keepdims, initial=initial, where=where)


@array_function("a", "out")
def amin(
    a: ArrayLike,
    axis: Axis = None,
    out: ndarray | None = None,
    keepdims: bool | Any = _NoValue,
    initial: Any = _NoValue,
    where: ArrayLike = _NoValue,
) -> ArrayOrScalar:
    """Return the smallest element along axes: another name of `min`.

    Examples
    --------
    >>> import rustsci as np
    >>> np.amin([1, 4, 3])
    np.int64(1)
    """
    return call_reduction(minimum, "min", a, axis, None, out, keepdims=keepdims, initial=initial, where=where)


@array_function("a", "out")
def argmax(
    a: ArrayLike,
    axis: SupportsIndex | None = None,
    out: ndarray | None = None,
    *,
    keepdims: bool | Any = _NoValue,
) -> ArrayOrScalar:
    """Return where the largest element along an axis is.

    Parameters
    ----------
    a : array_like
        The elements.
    axis : int, optional
        The axis to look along. By default the array is looked at as if it were flat.
    out : ndarray of intp, optional
        The array to put the result in.
    keepdims : bool, optional
        Whether the axis looked along stays, with length one.

    Returns
    -------
    ndarray or int
        The index of the first largest element, or of the first NaN if there is one.

    See Also
    --------
    max : the largest element itself.
    nanargmax : the same without regard to NaN.
    unravel_index : from an index of the flat array to one of the array.

    Examples
    --------
    >>> import rustsci as np
    >>> a = np.array([[10, 14], [13, 12]])
    >>> np.argmax(a), np.argmax(a, axis=0)
    (np.int64(1), array([1, 0]))
    """
    return call_method(a, "argmax", axis=axis, out=out, **given(keepdims=keepdims))


@array_function("a", "out")
def argmin(
    a: ArrayLike,
    axis: SupportsIndex | None = None,
    out: ndarray | None = None,
    *,
    keepdims: bool | Any = _NoValue,
) -> ArrayOrScalar:
    """Return where the smallest element along an axis is.

    Parameters
    ----------
    a : array_like
        The elements.
    axis : int, optional
        The axis to look along. By default the array is looked at as if it were flat.
    out : ndarray of intp, optional
        The array to put the result in.
    keepdims : bool, optional
        Whether the axis looked along stays, with length one.

    Returns
    -------
    ndarray or int
        The index of the first smallest element, or of the first NaN if there is one.

    See Also
    --------
    min : the smallest element itself.
    nanargmin : the same without regard to NaN.
    unravel_index : from an index of the flat array to one of the array.

    Examples
    --------
    >>> import rustsci as np
    >>> np.argmin([[10, 14], [13, 12]], axis=1)
    array([0, 1])
    """
    return call_method(a, "argmin", axis=axis, out=out, **given(keepdims=keepdims))


@array_function("a", "out")
def ptp(
    a: ArrayLike,
    axis: Axis = None,
    out: ndarray | None = None,
    keepdims: bool | Any = _NoValue,
) -> ArrayOrScalar:
    """Return the range of the elements along axes: the largest less the smallest.

    The name is short for "peak to peak".

    Parameters
    ----------
    a : array_like
        The elements.
    axis : None, int or tuple of ints, optional
        The axes to look along; all of them by default.
    out : ndarray, optional
        The array to put the result in.
    keepdims : bool, optional
        Whether the axes looked along stay, with length one.

    Returns
    -------
    ndarray or scalar
        The range, in the dtype of `a`: that of narrow integers may wrap around.

    Examples
    --------
    >>> import rustsci as np
    >>> np.ptp([[4, 9, 2], [6, 9, 7]], axis=1)
    array([7, 3])
    """
    options = given(keepdims=keepdims)
    if type(a) is not ndarray:
        own = getattr(a, "ptp", None)
        if own is not None:
            return own(axis=axis, out=out, **options)
    largest = maximum.reduce(a, axis, None, out, **options)
    return subtract(largest, minimum.reduce(a, axis, None, None, **options), out)
