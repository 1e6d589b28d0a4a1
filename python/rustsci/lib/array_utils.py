"""Axes in their normal form, and where an array lies in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rustsci._native import normalize_axis_index, normalize_axis_tuple

if TYPE_CHECKING:
    from rustsci._native import ndarray

__all__ = ["byte_bounds", "normalize_axis_index", "normalize_axis_tuple"]


def byte_bounds(a: ndarray) -> tuple[int, int]:
    """Return the first address of an array's memory, and the one just past its last.

    Not every byte between the two need be the array's.

    Examples
    --------
    >>> import rustsci as np
    >>> low, high = np.lib.array_utils.byte_bounds(np.zeros((2, 3)))
    >>> high - low
    48
    """
    interface = a.__array_interface__
    low = high = interface["data"][0]
    itemsize = int(a.dtype.itemsize)
    if interface["strides"] is None:
        return low, low + a.size * itemsize
    for length, stride in zip(interface["shape"], interface["strides"], strict=True):
        if stride < 0:
            low += (length - 1) * stride
        else:
            high += (length - 1) * stride
    return low, high + itemsize
