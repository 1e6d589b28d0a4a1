"""Linear interpolation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rustsci import _native
from rustsci._native import argsort, asarray, concatenate, empty
from rustsci.overrides import array_function

if TYPE_CHECKING:
    from rustsci._types import ArrayLike, ArrayOrScalar

__all__ = ["interp"]


@array_function("x", "xp", "fp")
def interp(
    x: ArrayLike,
    xp: ArrayLike,
    fp: ArrayLike,
    left: complex | None = None,
    right: complex | None = None,
    period: float | None = None,
) -> ArrayOrScalar:
    """Return the values of the piecewise linear function through given points.

    Parameters
    ----------
    x : array_like of float
        Where to evaluate it.
    xp : array_like of float
        The coordinates of the points, which increase unless there is a `period`.
    fp : array_like of float or complex
        The values at the points.
    left, right : float or complex, optional
        The values before the first and after the last point; those at these points by default.
    period : float, optional
        The period of the function. The coordinates are then reduced by it and put in order, and there
        is nothing before or after the points.

    Returns
    -------
    ndarray or scalar
        The values, in the shape of `x`.

    Raises
    ------
    ValueError
        If `xp` and `fp` have different lengths or are not one-dimensional, or the period is zero.

    Notes
    -----
    Whether `xp` increases is not checked; if it does not, the result means nothing.

    Examples
    --------
    >>> import rustsci as np
    >>> np.interp([0, 1, 1.5, 2.72, 3.14], [1, 2, 3], [3, 2, 0])
    array([3.  , 3.  , 2.5 , 0.56, 0.  ])
    >>> np.interp([-180, 190], [190, -190, 350, -350], [5, 10, 3, 4], period=360)
    array([7.5, 5. ])
    """
    fp = asarray(fp)
    if period is not None:
        if period == 0:
            raise ValueError("period must be a non-zero value")
        period = abs(period)
        left = right = None
        x, xp = asarray(x, dtype=float), asarray(xp, dtype=float)
        if xp.ndim != 1 or fp.ndim != 1:
            raise ValueError("Data points must be 1-D sequences")
        if xp.shape[0] != fp.shape[0]:
            raise ValueError("fp and xp are not of the same length")
        x, xp = x % period, xp % period
        order = argsort(xp)
        xp, fp = xp[order], fp[order]
        # A point of the period before and one of that after close the gaps at both ends.
        xp = concatenate((xp[-1:] - period, xp, xp[:1] + period))
        fp = concatenate((fp[-1:], fp, fp[:1]))

    if fp.dtype.kind != "c":
        return _native.interp(x, xp, fp, left, right)
    real = asarray(_native.interp(x, xp, fp.real, *(_part(end, "real") for end in (left, right))))
    result = empty(real.shape, complex)
    result.real = real
    result.imag = _native.interp(x, xp, fp.imag, *(_part(end, "imag") for end in (left, right)))
    return result[()]


def _part(number: complex | None, name: str) -> float | None:
    return None if number is None else getattr(complex(number), name)
