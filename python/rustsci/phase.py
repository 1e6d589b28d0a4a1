"""Continuous phases from those known up to whole turns."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from rustsci._native import array, asarray, copyto, ndarray, remainder, result_type
from rustsci.calculus import diff
from rustsci.overrides import array_function

if TYPE_CHECKING:
    from rustsci._types import ArrayLike

__all__ = ["unwrap"]


@array_function("p")
def unwrap(
    p: ArrayLike, discont: float | None = None, axis: int = -1, *, period: float = 2 * math.pi
) -> ndarray:
    """Add multiples of a period so that neighbours are never more than half of it apart.

    Parameters
    ----------
    p : array_like
        The phases.
    discont : float, optional
        Neighbours are left as they are unless they are at least this far apart; half the period by
        default, and never less.
    axis : int, optional
        The axis to look along.
    period : float, optional
        What the phases are known up to a multiple of; a turn in radians by default.

    Returns
    -------
    ndarray
        The phases, of which the first is unchanged.

    Examples
    --------
    >>> import rustsci as np
    >>> np.unwrap([0, 90, 180, 270, 0, 90], period=360)
    array([  0,  90, 180, 270, 360, 450])
    >>> np.unwrap([0.0, 3.0, 6.0, 0.5]).round(2)
    array([0.  , 3.  , 6.  , 6.78])
    """
    p = asarray(p)
    steps = diff(p, axis=axis)
    half = period / 2
    if discont is None:
        discont = half
    dtype = result_type(steps, period)
    half_is_reached = True
    if dtype.kind in "iu":
        half, rest = divmod(period, 2)
        half_is_reached = rest == 0
    short_steps = remainder(steps + half, period) - half
    if half_is_reached:
        # Half a period up is as near as half a period down: it keeps the direction it had.
        copyto(short_steps, half, where=(short_steps == -half) & (steps > 0))
    corrections = short_steps - steps
    copyto(corrections, 0, where=abs(steps) < discont)
    unwrapped = array(p, copy=True, dtype=dtype)
    if unwrapped.shape[axis] > 1:
        after_first = [slice(None)] * p.ndim
        after_first[axis] = slice(1, None)
        unwrapped[tuple(after_first)] += corrections.cumsum(axis=axis)
    return unwrapped
