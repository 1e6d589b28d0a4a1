"""Shapes as functions take them: one integer or several."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rustsci._types import Shape

__all__: list[str] = []


def as_shape(shape: Shape) -> tuple[int, ...]:
    """Return `shape`, an integer or a sequence of integers, as a tuple of Python integers.

    Anything else is a `TypeError`, as it is wherever Python expects an integer.
    """
    if hasattr(shape, "__iter__") and getattr(shape, "ndim", None) != 0:
        return tuple(map(operator.index, shape))
    return (operator.index(shape),)  # type: ignore[arg-type]
