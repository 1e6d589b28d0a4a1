"""Shapes: empty, scalar, thin, ordinary, and now and then long enough for blocked and vectorised loops."""

from __future__ import annotations

from tests.python.differential.drawing.choices import Choices

Shape = tuple[int, ...]

_LENGTHS = (3, 1, 2, 4, 5, 7, 2, 9, 3, 1, 5, 6, 0)
_NDIMS = (1, 2, 0, 3, 1, 2, 2, 4, 3)
_LONG = ((1000,), (4099,), (65, 66), (3, 1031), (1031, 3), (17, 18, 19), (2, 1, 3000))


def any_shape(choices: Choices, *, least_ndim: int = 0, most_ndim: int = 4, long: bool = True) -> Shape:
    """A shape within the bounds."""
    if long and choices.chance(20):
        shape = choices.choose(_LONG)
        if least_ndim <= len(shape) <= most_ndim:
            return shape
    ndim = min(max(choices.choose(_NDIMS), least_ndim), most_ndim)
    return tuple(choices.choose(_LENGTHS) for _ in range(ndim))


def shape_beside(choices: Choices, result: Shape) -> Shape:
    """A shape that broadcasts to ``result``, except that one time in thirty it does not."""
    shape = list(result[choices.integer(0, len(result)) if choices.chance(4) else 0 :])
    for axis in range(len(shape)):
        if choices.chance(6):
            shape[axis] = 1
    if shape and choices.chance(30):
        shape[-1] += 1
    return tuple(shape)
