"""One array into several: views of its parts."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from rustsci._native import asarray
from rustsci.overrides import array_function
from rustsci.shape_manipulation import moveaxis, swapaxes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, TypeAlias

    from rustsci._native import ndarray
    from rustsci._types import ArrayLike

    Sections: TypeAlias = "int | Sequence[int] | ndarray"

__all__ = [
    "array_split",
    "dsplit",
    "hsplit",
    "split",
    "unstack",
    "vsplit",
]


@array_function("x")
def unstack(x: ArrayLike, /, *, axis: int = 0) -> tuple[ndarray, ...]:
    """Return the slices of an array along an axis, which they lose: the inverse of `stack`.

    Examples
    --------
    >>> import rustsci as np
    >>> np.unstack(np.array([[1, 2], [3, 4]]), axis=1)
    (array([1, 3]), array([2, 4]))
    """
    if x.ndim == 0:
        raise ValueError("Input array must be at least 1-d.")
    return tuple(moveaxis(x, axis, 0))


def _is_number(indices_or_sections: Any) -> bool:
    """Tell a number of sections from indices to cut at."""
    return not hasattr(indices_or_sections, "__len__") or getattr(indices_or_sections, "ndim", None) == 0


def _cuts(indices_or_sections: Any, length: int) -> list[int]:
    """Return where the parts begin, and where the last one ends."""
    if not _is_number(indices_or_sections):
        return [0, *indices_or_sections, length]
    sections = int(indices_or_sections)
    if sections <= 0:
        raise ValueError("number sections must be larger than 0.")
    each, longer = divmod(length, sections)
    return [part * each + min(part, longer) for part in range(sections + 1)]


@array_function("ary", "indices_or_sections")
def array_split(ary: ArrayLike, indices_or_sections: Sections, axis: int = 0) -> list[ndarray]:
    """Split an array into parts that need not be of equal length.

    Parameters
    ----------
    ary : array_like
        Array to be split.
    indices_or_sections : int or sequence of ints
        The number of parts, of which the first are longer by one where the length is not a multiple; or the
        indices at which to cut.
    axis : int, optional
        The axis to split along.

    Returns
    -------
    list of ndarrays
        Views of `ary`.

    Examples
    --------
    >>> import rustsci as np
    >>> np.array_split(np.arange(5), 2)
    [array([0, 1, 2]), array([3, 4])]
    """
    cuts = _cuts(indices_or_sections, ary.shape[axis] if hasattr(ary, "shape") else len(ary))
    if axis == 0:
        rows = ary if hasattr(ary, "shape") else asarray(ary)
        return [rows[start:stop] for start, stop in pairwise(cuts)]
    rows = swapaxes(ary, axis, 0)
    return [swapaxes(rows[start:stop], axis, 0) for start, stop in pairwise(cuts)]


@array_function("ary", "indices_or_sections")
def split(ary: ArrayLike, indices_or_sections: Sections, axis: int = 0) -> list[ndarray]:
    """Split an array into parts of equal length, or at given indices.

    Parameters
    ----------
    ary : array_like
        Array to be split.
    indices_or_sections : int or sequence of ints
        The number of parts, a `ValueError` unless it divides the length; or the indices at which to cut.
    axis : int, optional
        The axis to split along.

    Returns
    -------
    list of ndarrays
        Views of `ary`.

    Examples
    --------
    >>> import rustsci as np
    >>> np.split(np.arange(6), [2, 5])
    [array([0, 1]), array([2, 3, 4]), array([5])]
    """
    if _is_number(indices_or_sections):
        ary = ary if hasattr(ary, "shape") else asarray(ary)
        if ary.shape[axis] % indices_or_sections:
            raise ValueError("array split does not result in an equal division")
    return array_split(ary, indices_or_sections, axis)


def _require_ndim(ary: Any, least: int, function: str) -> Any:
    if not hasattr(ary, "ndim"):
        ary = asarray(ary)
    if ary.ndim < least:
        raise ValueError(f"{function} only works on arrays of {least} or more dimensions")
    return ary


@array_function("ary", "indices_or_sections")
def vsplit(ary: ArrayLike, indices_or_sections: Sections) -> list[ndarray]:
    """Split an array of two or more dimensions along its first axis.

    See `split`.

    Examples
    --------
    >>> import rustsci as np
    >>> np.vsplit(np.eye(2), 2)
    [array([[1., 0.]]), array([[0., 1.]])]
    """
    return split(_require_ndim(ary, 2, "vsplit"), indices_or_sections, 0)


@array_function("ary", "indices_or_sections")
def hsplit(ary: ArrayLike, indices_or_sections: Sections) -> list[ndarray]:
    """Split an array along its second axis, or the only one.

    See `split`.

    Examples
    --------
    >>> import rustsci as np
    >>> np.hsplit(np.array([1, 2, 3, 4]), 2)
    [array([1, 2]), array([3, 4])]
    """
    ary = _require_ndim(ary, 1, "hsplit")
    return split(ary, indices_or_sections, 1 if ary.ndim > 1 else 0)


@array_function("ary", "indices_or_sections")
def dsplit(ary: ArrayLike, indices_or_sections: Sections) -> list[ndarray]:
    """Split an array of three or more dimensions along its third axis.

    See `split`.

    Examples
    --------
    >>> import rustsci as np
    >>> [part.shape for part in np.dsplit(np.zeros((2, 2, 4)), 2)]
    [(2, 2, 2), (2, 2, 2)]
    """
    return split(_require_ndim(ary, 3, "dsplit"), indices_or_sections, 2)
