"""Arrays defined by cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rustsci._native import (
    any,
    asanyarray,
    asarray,
    concatenate,
    copyto,
    full,
    ndarray,
    result_type,
    zeros_like,
)
from rustsci.attributes import isscalar
from rustsci.broadcasting import broadcast_arrays
from rustsci.overrides import array_function

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from rustsci._types import ArrayLike

__all__ = ["piecewise", "select"]


@array_function("*condlist", "*choicelist")
def select(condlist: Sequence[ndarray], choicelist: Sequence[ArrayLike], default: ArrayLike = 0) -> ndarray:
    """Choose each element from the first of several arrays whose condition holds.

    Parameters
    ----------
    condlist : sequence of bool ndarrays
        The conditions.
    choicelist : sequence of array_like
        For each condition what to choose from.
    default : array_like, optional
        What to take where no condition holds.

    Returns
    -------
    ndarray
        The elements, in the shape that everything is broadcast to.

    Examples
    --------
    >>> import rustsci as np
    >>> x = np.arange(6)
    >>> np.select([x < 3, x > 3], [-x, x**2], 42)
    array([ 0, -1, -2, 42, 16, 25])
    """
    if len(condlist) != len(choicelist):
        raise ValueError("list of cases must be same length as list of conditions")
    if len(condlist) == 0:
        raise ValueError("select with an empty condition list is not possible")
    # Python's numbers adapt to the dtypes beside them.
    choices = [each if type(each) in (int, float, complex) else asarray(each) for each in choicelist]
    last = default if type(default) in (int, float, complex) else asarray(default)
    try:
        dtype = result_type(*choices, last)
    except TypeError as error:
        raise TypeError(f"Choicelist and default value do not have a common dtype: {error}") from None
    conditions = broadcast_arrays(*condlist)
    for index, condition in enumerate(conditions):
        if condition.dtype.kind != "b":
            raise TypeError(f"invalid entry {index} in condlist: should be boolean ndarray")
    *arrays, last = broadcast_arrays(*choices, last)
    shape = broadcast_arrays(conditions[0], last)[0].shape
    result = full(shape, last, dtype)
    for condition, choice in zip(conditions[::-1], arrays[::-1], strict=True):
        copyto(result, choice, where=condition)
    return result


@array_function("x", "*condlist")
def piecewise(
    x: ArrayLike,
    condlist: Sequence[ArrayLike] | ArrayLike,
    funclist: Sequence[Callable[..., Any] | Any],
    *args: Any,
    **kw: Any,
) -> ndarray:
    """Evaluate a function that is defined piece by piece.

    Parameters
    ----------
    x : array_like
        Where to evaluate it.
    condlist : sequence of bool arrays, or one
        For each piece where it applies. Of several that hold the last counts.
    funclist : sequence of callables or scalars
        For each piece the function, which is called with the elements of `x` it applies to, or its value. One
        more is for where no condition holds; that is 0 by default.
    *args, **kw
        Passed on to the functions.

    Returns
    -------
    ndarray
        An array of the shape and dtype of `x`.

    Examples
    --------
    >>> import rustsci as np
    >>> x = np.array([-2.0, -1.0, 0.0, 1.0])
    >>> np.piecewise(x, [x < 0, x >= 0], [lambda x: -x, lambda x: 10 * x])
    array([ 2.,  1.,  0., 10.])
    """
    x = asanyarray(x)
    # A condition that is not in a list is the only one.
    if isscalar(condlist) or (not isinstance(condlist[0], (list, ndarray)) and x.ndim != 0):
        condlist = [condlist]
    conditions = asarray(condlist, dtype=bool)
    count = len(conditions)
    if len(funclist) == count + 1:
        otherwise = ~any(conditions, axis=0, keepdims=True)
        conditions = concatenate([conditions, otherwise], axis=0)
    elif len(funclist) != count:
        raise ValueError(f"with {count} condition(s), either {count} or {count + 1} functions are expected")
    result = zeros_like(x)
    for condition, function in zip(conditions, funclist, strict=True):
        if not callable(function):
            result[condition] = function
            continue
        part = x[condition]
        if part.size > 0:
            result[condition] = function(part, *args, **kw)
    return result
