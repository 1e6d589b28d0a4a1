"""Numbers spaced evenly over an interval, on a linear or a logarithmic scale."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING

from rustsci import _native
from rustsci._native import arange, array, asanyarray, result_type
from rustsci._wrapping import wrap_like
from rustsci.attributes import ndim
from rustsci.dtype_info import issubdtype
from rustsci.overrides import array_function
from rustsci.shape_manipulation import expand_dims, moveaxis

if TYPE_CHECKING:
    from typing import Any, Literal

    from rustsci._native import ndarray
    from rustsci._types import ArrayLike, DTypeLike

__all__ = ["geomspace", "linspace", "logspace"]


@array_function("start", "stop")
def linspace(
    start: ArrayLike,
    stop: ArrayLike,
    num: int = 50,
    endpoint: bool = True,
    retstep: bool = False,
    dtype: DTypeLike = None,
    axis: int = 0,
    *,
    device: Literal["cpu"] | None = None,
) -> Any:
    """Return evenly spaced numbers over an interval.

    Parameters
    ----------
    start, stop : array_like
        The ends of the interval; arrays make as many intervals.
    num : int, optional
        How many numbers.
    endpoint : bool, optional
        Whether `stop` is the last of them; otherwise it would be the next.
    retstep : bool, optional
        Whether to return the distance between neighbours as well.
    dtype : dtype, optional
        The dtype of the result, floating-point by default. Integers are rounded down.
    axis : int, optional
        The axis of the result along which the numbers lie, where `start` or `stop` is an array.
    device : {'cpu'}, optional
        Where to create the array; for the array API standard.

    Returns
    -------
    samples : ndarray
        The numbers.
    step : float or ndarray
        The distance between them, if `retstep`.

    Examples
    --------
    >>> import rustsci as np
    >>> np.linspace(2, 3, num=5)
    array([2.  , 2.25, 2.5 , 2.75, 3.  ])
    """
    num = operator.index(num)
    if num < 0:
        raise ValueError(f"Number of samples, {num}, must be non-negative.")
    first = asanyarray(start) * 1.0
    last = asanyarray(stop) * 1.0
    kind = result_type(first, last, float(num))
    delta = _native.subtract(last, first, dtype=kind)
    ramp = arange(num, dtype=kind) if device is None else arange(num, dtype=kind, device=device)
    ramp = ramp.reshape((-1,) + (1,) * ndim(delta))
    intervals = num - 1 if endpoint else num
    if intervals > 0:
        step = delta / intervals
        # A step that underflows to zero must not take the interval with it.
        samples = ramp / intervals * delta if _native.any(step == 0) else ramp * step
    else:
        step = float("nan")
        samples = ramp * delta
    samples += first
    if endpoint and num > 1:
        samples[-1, ...] = last
    if axis != 0:
        samples = moveaxis(samples, 0, axis)
    if dtype is not None:
        if issubdtype(dtype, _native.integer):
            _native.floor(samples, out=samples)
        kind = dtype
    samples = wrap_like(samples.astype(kind, copy=False), start, stop)
    return (samples, step) if retstep else samples


@array_function("start", "stop", "base")
def logspace(
    start: ArrayLike,
    stop: ArrayLike,
    num: int = 50,
    endpoint: bool = True,
    base: ArrayLike = 10.0,
    dtype: DTypeLike = None,
    axis: int = 0,
) -> ndarray:
    """Return numbers evenly spaced on a logarithmic scale, given the exponents of the first and last.

    Parameters
    ----------
    start, stop : array_like
        The first number is ``base ** start``, the last ``base ** stop``.
    num : int, optional
        How many numbers.
    endpoint : bool, optional
        Whether ``base ** stop`` is the last of them; otherwise it would be the next.
    base : array_like, optional
        The base of the powers.
    dtype : dtype, optional
        The dtype of the result, floating-point by default.
    axis : int, optional
        The axis of the result along which the numbers lie, where there are several intervals.

    Returns
    -------
    ndarray
        The numbers.

    Examples
    --------
    >>> import rustsci as np
    >>> np.logspace(0, 3, num=4)
    array([   1.,   10.,  100., 1000.])
    """
    if ndim(base):
        axes = _native.broadcast(start, stop, base).ndim
        start, stop, base = (array(each, copy=None, subok=True, ndmin=axes) for each in (start, stop, base))
        base = expand_dims(base, axis)
    exponents = linspace(start, stop, num=num, endpoint=endpoint, axis=axis)
    powers = _native.power(base, exponents)
    return powers if dtype is None else powers.astype(dtype, copy=False)


@array_function("start", "stop")
def geomspace(
    start: ArrayLike,
    stop: ArrayLike,
    num: int = 50,
    endpoint: bool = True,
    dtype: DTypeLike = None,
    axis: int = 0,
) -> ndarray:
    """Return numbers evenly spaced on a logarithmic scale: each is the same multiple of the one before.

    Parameters
    ----------
    start, stop : array_like
        The first number and the last. Complex ones lie on a logarithmic spiral.
    num : int, optional
        How many numbers.
    endpoint : bool, optional
        Whether `stop` is the last of them; otherwise it would be the next.
    dtype : dtype, optional
        The dtype of the result, floating-point by default.
    axis : int, optional
        The axis of the result along which the numbers lie, where `start` or `stop` is an array.

    Returns
    -------
    ndarray
        The numbers.

    Examples
    --------
    >>> import rustsci as np
    >>> np.geomspace(1, 1000, num=4)
    array([   1.,   10.,  100., 1000.])
    """
    first = asanyarray(start)
    last = asanyarray(stop)
    if _native.any(first == 0) or _native.any(last == 0):
        raise ValueError("Geometric sequence cannot include zero")
    kind = result_type(first, last, float(num), *(() if dtype is None else (_native.dtype(dtype),)))
    first = first.astype(kind, copy=True)
    last = last.astype(kind, copy=True)
    # Turned by this sign, the sequence starts on the positive real axis, where its logarithm is real.
    sign = _native.sign(first)
    samples = logspace(
        _native.log10(first / sign), _native.log10(last / sign), num=num, endpoint=endpoint, dtype=kind
    )
    samples = samples * sign
    # The ends are exact, whatever the logarithms lost.
    if num > 0:
        samples[0] = first
        if num > 1 and endpoint:
            samples[-1] = last
    if axis != 0:
        samples = moveaxis(samples, 0, axis)
    return wrap_like(samples.astype(kind if dtype is None else dtype, copy=False), start, stop)
