"""Reading a large array a block at a time."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from rustsci._native import ndarray
    from rustsci._types import DTypeLike

__all__ = ["Arrayterator"]


class Arrayterator:
    """Iterates over an array in contiguous blocks of a bounded number of elements.

    Parameters
    ----------
    var : array
        The array, or what can be indexed like one: a variable in a file, for example.
    buf_size : int, optional
        The most elements of a block. By default the whole array is one block.

    Attributes
    ----------
    var, buf_size
        The arguments.
    start, stop, step : list of ints
        Which part of the array is iterated over, axis by axis. Indexing the iterator makes one over a part.

    Examples
    --------
    >>> import rustsci as np
    >>> blocks = np.lib.Arrayterator(np.arange(12).reshape(3, 4), 8)
    >>> [block.tolist() for block in blocks]
    [[[0, 1, 2, 3], [4, 5, 6, 7]], [[8, 9, 10, 11]]]
    """

    __module__ = "rustsci.lib"

    def __init__(self, var: Any, buf_size: int | None = None) -> None:
        self.var = var
        self.buf_size = buf_size
        self.start = [0] * len(var.shape)
        self.stop = list(var.shape)
        self.step = [1] * len(var.shape)

    def __getattr__(self, attr: str) -> Any:
        return getattr(self.var, attr)

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the part that is iterated over."""
        return tuple(len(each) for each in self._ranges())

    @property
    def flat(self) -> Iterator[Any]:
        """The elements, one after the other."""
        for block in self:
            yield from block.flat

    def _ranges(self) -> list[range]:
        return [range(*bounds) for bounds in zip(self.start, self.stop, self.step, strict=True)]

    def __getitem__(self, index: Any) -> Arrayterator:
        items = list(index) if isinstance(index, tuple) else [index]
        axes = len(self.start)
        if Ellipsis in items:
            place = items.index(Ellipsis)
            items[place : place + 1] = [slice(None)] * (axes - len(items) + 1)
        items += [slice(None)] * (axes - len(items))
        part = type(self)(self.var, self.buf_size)
        for axis, (item, whole) in enumerate(zip(items, self._ranges(), strict=True)):
            # An integer selects a part of length one: the number of axes stays.
            chosen = whole[item if isinstance(item, slice) else slice(item, item + 1 or None)]
            part.start[axis], part.stop[axis], part.step[axis] = chosen.start, chosen.stop, chosen.step
        return part

    def __array__(self, dtype: DTypeLike = None, copy: bool | None = None) -> ndarray:
        from rustsci._native import array

        return array(self.var[self._slices(self._ranges())], dtype=dtype, copy=copy)

    @staticmethod
    def _slices(ranges: list[range]) -> tuple[slice, ...]:
        return tuple(slice(each.start, each.stop, each.step) for each in ranges)

    def __iter__(self) -> Iterator[ndarray]:
        ranges = self._ranges()
        room = self.buf_size or None
        parts: list[list[range]] = []
        # From the last axis on, whole axes while they fit into a block, then as much as there is room for.
        for each in reversed(ranges):
            length = len(each) if room is None else min(len(each), max(room, 1))
            if room is not None:
                room //= len(each) or 1
            parts.insert(0, [each[start : start + length] for start in range(0, len(each), length or 1)])
        for block in product(*parts):
            yield self.var[self._slices(list(block))]
