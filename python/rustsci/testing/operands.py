"""Operands for ufunc tests, in all the positions in memory that a vectorised loop treats differently."""

from __future__ import annotations

import rustsci as rs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from rustsci._types import DTypeLike

__all__ = ["alignment_data"]

_MAX_OFFSET = 3


def alignment_data(
    dtype: DTypeLike = "float32", type: str = "binary", max_size: int = 24
) -> Iterator[tuple[Any, ...]]:
    """Yield outputs and inputs of many sizes, at every offset, apart, in place and overlapping.

    Parameters
    ----------
    dtype : dtype, optional
        That of all arrays.
    type : {"unary", "binary"}, optional
        One input or two.
    max_size : int, optional
        Sizes stay below it.

    Yields
    ------
    tuple
        The output array, the input arrays, and a text that says how they lie in memory.

    Examples
    --------
    >>> from rustsci.testing.operands import alignment_data
    >>> out, x, text = next(alignment_data("float64", "unary"))
    >>> text
    "unary offset=(0, 0), size=2, dtype='float64', out of place"
    """
    counts = {"unary": 2, "binary": 3}
    if type not in counts:
        raise ValueError(f"type must be 'unary' or 'binary', not {type!r}")
    operands = counts[type]

    def fresh(size: int) -> Any:
        return rs.arange(size, dtype=dtype)

    for offset in range(_MAX_OFFSET):
        for size in range(offset + 2, max(offset + 3, max_size)):
            # One operand, or none, starts one element after the others.
            starts = [
                tuple(offset + (late == which) for which in range(operands)) for late in range(-1, operands)
            ]
            for start in starts:
                length = size - max(start)

                def text(how: str, start: tuple[int, ...] = start, length: int = length) -> str:
                    return f"{type} offset={start}, size={length}, dtype={dtype!r}, {how}"

                arrays = [fresh(size)[first:][:length] for first in start]
                arrays[0] = rs.empty((size,), dtype=dtype)[start[0] :][:length]
                yield (*arrays, text("out of place"))

                for which in range(1, operands):
                    inputs = [fresh(size)[first:][:length] for first in start]
                    if start[0] == start[which]:
                        inputs[0] = inputs[which]
                        yield (*inputs, text(f"in place of input {which}"))
                    else:
                        base = fresh(size)
                        inputs[0] = base[start[0] :][:length]
                        inputs[which] = base[start[which] :][:length]
                        yield (*inputs, text(f"over input {which}, shifted"))
