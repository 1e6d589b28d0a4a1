"""Numbers at equal distances, and at equal ratios."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING

from rustsci._native import (
    arange,
    asanyarray,
    asarray,
    floor,
    log10,
    ndarray,
    power,
    result_type,
    sign,
    subtract,
)
from rustsci._native import dtype as as_dtype
from rustsci._wrapping import wrap_like
from rustsci.broadcasting import broadcast_shapes
from rustsci.constants import nan
from rustsci.overrides import array_function
from rustsci.shape_manipulation import moveaxis

if TYPE_CHECKING:
    from typing import Any, Literal, SupportsIndex

    from rustsci._types import ArrayLike, DTypeLike

__all__ = ["geomspace", "linspace", "logspace"]


@array_function("start", "stop")
def linspace(
    start: ArrayLike,
    stop: ArrayLike,
    num: SupportsIndex = 50,
    endpoint: bool = True,
    retstep: bool = False,
    dtype: DTypeLike | None = None,
    axis: int = 0,
    *,
    device: Literal["cpu"] | None = None,
) -> Any:
    """Return numbers at equal distances over an interval.

    Parameters
    ----------
    start, stop : array_like
        The ends of the interval. If they are arrays, there is an interval for each of their elements.
    num : int, optional
        How many numbers.
    endpoint : bool, optional
        Whether `stop` is the last of them, or the first that is left out.
    retstep : bool, optional
        Whether to return the distance too.
    dtype : dtype, optional
        The dtype of the result. It is a floating-point one by default; numbers are rounded down if it
        is one of integers.
    axis : int, optional
        Which axis of the result the numbers follow each other along, if the ends are arrays.
    device : {'cpu'}, optional
        Where to make the array, for the array API standard.

    Returns
    -------
    ndarray
        The numbers; with `retstep`, a pair of them and their distance, which is NaN if it does not
        follow from fewer than two numbers.

    See Also
    --------
    arange : the same from a distance instead of a number of elements.
    geomspace, logspace : numbers at equal ratios.

    Examples
    --------
    >>> import rustsci as np
    >>> np.linspace(2.0, 3.0, num=5)
    array([2.  , 2.25, 2.5 , 2.75, 3.  ])
    >>> np.linspace(0, 1, num=4, endpoint=False, retstep=True)
    (array([0.  , 0.25, 0.5 , 0.75]), np.float64(0.25))
    """
    num = operator.index(num)
    if num < 0:
        raise ValueError(f"Number of samples, {num}, must be non-negative.")
    if device not in (None, "cpu"):
        raise ValueError(f'Device not understood. Only "cpu" is allowed, but received: {device}')
    intervals = num - 1 if endpoint else num
    first, last = asarray(start), asarray(stop)
    # Python numbers do not decide the precision; arrays and scalars do.
    inexact = result_type(_number_or_array(start, first), _number_or_array(stop, last), float(num))
    dtype = inexact if dtype is None else as_dtype(dtype)

    length = subtract(last, first, dtype=inexact)
    numbers = arange(num, dtype=inexact).reshape((num,) + (1,) * asarray(length).ndim)
    step = nan
    if intervals > 0:
        step = length / intervals
        if asarray(step == 0).any():
            # The distance is too small to be represented, but its multiples need not be.
            numbers = numbers / intervals * length
        else:
            numbers = numbers * step
    else:
        numbers = numbers * length
    numbers += first
    if endpoint and num > 1:
        numbers[-1, ...] = last
    if axis != 0:
        numbers = moveaxis(numbers, 0, axis)
    if dtype.kind in "iu":
        floor(numbers, out=numbers)
    numbers = wrap_like(numbers.astype(dtype, copy=False), start, stop)
    return (numbers, step) if retstep else numbers


def _number_or_array(value: ArrayLike, array: ndarray) -> Any:
    return value if type(value) in (bool, int, float, complex) else array


@array_function("start", "stop", "base")
def logspace(
    start: ArrayLike,
    stop: ArrayLike,
    num: SupportsIndex = 50,
    endpoint: bool = True,
    base: ArrayLike = 10.0,
    dtype: DTypeLike | None = None,
    axis: int = 0,
) -> ndarray:
    """Return powers whose exponents are at equal distances.

    Parameters
    ----------
    start, stop : array_like
        The first and the last exponent.
    num : int, optional
        How many numbers.
    endpoint : bool, optional
        Whether ``base**stop`` is the last of them, or the first that is left out.
    base : array_like, optional
        What to raise to the exponents.
    dtype : dtype, optional
        The dtype of the result, a floating-point one by default.
    axis : int, optional
        Which axis of the result the numbers follow each other along, if other arguments are arrays.

    Returns
    -------
    ndarray
        The numbers.

    See Also
    --------
    geomspace : the same, given the first and the last number themselves.
    linspace : numbers at equal distances.

    Examples
    --------
    >>> import rustsci as np
    >>> np.logspace(0, 3, num=4)
    array([   1.,   10.,  100., 1000.])
    >>> np.logspace(0, 3, num=4, base=2.0, dtype=int)
    array([1, 2, 4, 8])
    """
    ndim = len(broadcast_shapes(*(asarray(each).shape for each in (start, stop, base))))
    start, stop, base = (_prepend_axes(each, ndim) for each in (start, stop, base))
    exponents = linspace(start, stop, num, endpoint=endpoint, axis=axis)
    if isinstance(base, ndarray):
        along = range(exponents.ndim)[axis]
        base = base.reshape((*base.shape[:along], 1, *base.shape[along:]))
    powers = power(base, exponents)
    return powers if dtype is None else powers.astype(dtype, copy=False)


def _prepend_axes(value: ArrayLike, ndim: int) -> ArrayLike:
    """Return `value` as an array of `ndim` dimensions, or itself if it needs none."""
    if ndim == 0:
        return value
    array = asanyarray(value)
    return array.reshape((1,) * (ndim - array.ndim) + array.shape)


@array_function("start", "stop")
def geomspace(
    start: ArrayLike,
    stop: ArrayLike,
    num: SupportsIndex = 50,
    endpoint: bool = True,
    dtype: DTypeLike | None = None,
    axis: int = 0,
) -> ndarray:
    """Return numbers at equal ratios: a geometric progression.

    Parameters
    ----------
    start, stop : array_like
        The first and the last number; none may be zero. Both real ones have the same sign; complex
        ones are joined by a logarithmic spiral.
    num : int, optional
        How many numbers.
    endpoint : bool, optional
        Whether `stop` is the last of them, or the first that is left out.
    dtype : dtype, optional
        The dtype of the result, a floating-point one by default.
    axis : int, optional
        Which axis of the result the numbers follow each other along, if the ends are arrays.

    Returns
    -------
    ndarray
        The numbers.

    See Also
    --------
    logspace : the same, given the exponents of the first and the last number.
    linspace : numbers at equal distances.

    Examples
    --------
    >>> import rustsci as np
    >>> np.geomspace(1, 1000, num=4)
    array([   1.,   10.,  100., 1000.])
    >>> np.geomspace(8, 1, num=3, endpoint=False)
    array([8., 4., 2.])
    """
    start, stop = asanyarray(start), asanyarray(stop)
    if (start == 0).any() or (stop == 0).any():
        raise ValueError("Geometric sequence cannot include zero")
    inexact = result_type(start, stop, float(num), as_dtype(dtype))
    start, stop = start.astype(inexact), stop.astype(inexact)
    # Dividing by the sign of the first number leaves logarithms of positive ones, if both are real.
    direction = sign(start)
    start, stop = start / direction, stop / direction
    numbers = logspace(log10(start), log10(stop), num, endpoint=endpoint, dtype=inexact)
    if len(numbers) > 0:
        numbers[0] = start
        if len(numbers) > 1 and endpoint:
            numbers[-1] = stop
    numbers *= direction
    if axis != 0:
        numbers = moveaxis(numbers, 0, axis)
    return numbers.astype(inexact if dtype is None else dtype, copy=False)
