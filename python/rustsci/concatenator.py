"""``r_`` and ``c_``: arrays written down as an index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rustsci._native import (
    arange,
    array,
    asanyarray,
    complexfloating,
    concatenate,
    generic,
    ndarray,
    result_type,
)
from rustsci.evenly_spaced import linspace

if TYPE_CHECKING:
    from typing import Any

__all__ = ["c_", "r_"]


class _Concatenator:
    """Joins what it is indexed with: arrays, scalars, and slices as ranges.

    A slice stands for ``arange(start, stop, step)``; with a complex step, for as many equally spaced
    numbers from ``start`` to ``stop``. A first item such as ``'0,2,0'`` gives the axis to join along, the
    least number of axes of each part, and the axis at which those of a part with fewer begin; -1 puts them
    last.

    ``r_`` joins along the first axis. ``c_`` makes columns of vectors and joins along the last.

    Examples
    --------
    >>> import rustsci as np
    >>> np.r_[1:4, 0, [7, 8]]
    array([1, 2, 3, 0, 7, 8])
    >>> np.c_[[1, 2], [3, 4]]
    array([[1, 3],
           [2, 4]])
    """

    __slots__ = ("axis", "first_axis", "ndmin")

    def __init__(self, axis: int = 0, ndmin: int = 1, first_axis: int = -1) -> None:
        self.axis = axis
        self.ndmin = ndmin
        self.first_axis = first_axis

    def __len__(self) -> int:
        return 0

    def __getitem__(self, key: Any) -> ndarray:
        if isinstance(key, str):
            raise NotImplementedError(f"{key!r} alone is a matrix written as text: use an array")
        items = list(key) if isinstance(key, tuple) else [key]
        form = self
        if items and isinstance(items[0], str):
            form = self._directed(items.pop(0))
        # Python's numbers adapt to the dtypes beside them: they are converted when all are known.
        parts = [item if isinstance(item, _SCALARS) else _part(item) for item in items]
        common = result_type(*(getattr(part, "dtype", part) for part in parts)) if parts else None
        return concatenate(
            [form._placed(array(part, common, copy=None, subok=True)) for part in parts], form.axis
        )

    def _directed(self, directive: str) -> _Concatenator:
        """Return what joins as a directive says."""
        if directive in ("r", "c"):
            raise NotImplementedError(
                f"the directive {directive!r} makes a matrix: use a two-dimensional array"
            )
        try:
            numbers = [int(number) for number in directive.split(",")]
        except ValueError:
            raise ValueError(f"unknown special directive {directive!r}") from None
        unsaid = (self.axis, self.ndmin, self.first_axis)[len(numbers) :]
        return _Concatenator(*numbers[:3], *unsaid)

    def _placed(self, part: ndarray) -> ndarray:
        """Return `part` with new axes before and after its own, as many as are missing."""
        missing = self.ndmin - part.ndim
        if missing <= 0:
            return part
        before = self.first_axis + missing + 1 if self.first_axis < 0 else self.first_axis
        if not 0 <= before <= missing:
            raise ValueError(
                f"an array of {part.ndim} axes cannot begin at axis {self.first_axis} of {self.ndmin}"
            )
        return part[(None,) * before + (...,) + (None,) * (missing - before)]


_SCALARS = (int, float, complex, generic)


def _part(item: Any) -> ndarray:
    """Return the array that an item stands for."""
    if isinstance(item, str):
        raise ValueError("special directives must be the first entry.")
    if not isinstance(item, slice):
        return asanyarray(item)
    start = 0 if item.start is None else item.start
    step = 1 if item.step is None else item.step
    if isinstance(step, (complex, complexfloating)):
        return linspace(start, item.stop, num=int(abs(step)))
    return arange(start, item.stop, step)


r_ = _Concatenator()
c_ = _Concatenator(axis=-1, ndmin=2, first_axis=0)
