"""Arrays of a given shape in every layout memory can have.

A layout is built backwards: to get shape ``(3, 4)`` reversed and strided, start from an array of shape ``(6,
4)`` and append ``[::-2]``. Layers can be stacked, which gives views of views.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.python.differential.drawing.choices import Choices
from tests.python.differential.drawing.shapes import Shape

# A layer takes the shape to reach, and gives the shape to start from and the source text that leads from one
# to the other, with the starting array written as {}.
Layer = Callable[[Choices, Shape], tuple[Shape, str]]


def _axis(choices: Choices, shape: Shape) -> int:
    return choices.integer(0, len(shape) - 1)


def _index(ndim: int, axis: int, text: str) -> str:
    return "{}[" + ", ".join([":"] * axis + [text] + [":"] * (ndim - axis - 1)) + "]"


def _with(shape: Shape, axis: int, length: int) -> Shape:
    return (*shape[:axis], length, *shape[axis + 1 :])


def reversed_axis(choices: Choices, shape: Shape) -> tuple[Shape, str]:
    """A negative stride."""
    axis = _axis(choices, shape)
    return shape, _index(len(shape), axis, "::-1")


def strided_axis(choices: Choices, shape: Shape) -> tuple[Shape, str]:
    """Every second or third element, forward or backward."""
    axis = _axis(choices, shape)
    step = choices.choose((2, 3, -2))
    return _with(shape, axis, shape[axis] * abs(step)), _index(len(shape), axis, f"::{step}")


def inner_part(choices: Choices, shape: Shape) -> tuple[Shape, str]:
    """A window with something on either side."""
    axis = _axis(choices, shape)
    return _with(shape, axis, shape[axis] + 3), _index(len(shape), axis, "1:-2")


def transposed(choices: Choices, shape: Shape) -> tuple[Shape, str]:
    """Any order of the axes."""
    order = choices.order(range(len(shape)))
    start = [0] * len(shape)
    for axis, source in enumerate(order):
        start[source] = shape[axis]
    return tuple(start), f"{{}}.transpose({', '.join(map(str, order))})"


def fortran_order(choices: Choices, shape: Shape) -> tuple[Shape, str]:
    """A copy whose first axis runs fastest."""
    return shape, "{}.copy(order='F')"


def extra_axis(choices: Choices, shape: Shape) -> tuple[Shape, str]:
    """One plane of an array with one dimension more."""
    axis = choices.integer(0, len(shape))
    return (*shape[:axis], 2, *shape[axis:]), _index(len(shape) + 1, axis, "1")


def new_axis(choices: Choices, shape: Shape) -> tuple[Shape, str]:
    """An axis of length one that indexing adds."""
    axis = next((axis for axis, length in enumerate(shape) if length == 1), None)
    if axis is None:
        return shape, "{}"
    return (*shape[:axis], *shape[axis + 1 :]), "{}[" + ":, " * axis + "np.newaxis]"


def broadcast(choices: Choices, shape: Shape) -> tuple[Shape, str]:
    """A read-only view with strides of zero."""
    axis = _axis(choices, shape)
    return _with(shape, axis, 1), f"np.broadcast_to({{}}, {shape})"


def misaligned(choices: Choices, shape: Shape) -> tuple[Shape, str]:
    """Elements that start at an odd address."""
    return shape, "np.frombuffer(bytearray(b'?' + {0}.tobytes()), {0}.dtype, offset=1).reshape({0}.shape)"


_OF_ANY_NDIM: tuple[Layer, ...] = (fortran_order, extra_axis)
_OF_AXES: tuple[Layer, ...] = (strided_axis, reversed_axis, inner_part, transposed, new_axis)


def layers(choices: Choices, shape: Shape, *, writeable: bool = False) -> tuple[Shape, list[str]]:
    """The shape to start from and up to three steps that lead from there to ``shape``."""
    kinds: tuple[Layer, ...] = _OF_ANY_NDIM + (_OF_AXES if shape else ())
    if not writeable and shape:
        kinds += (broadcast,)
    if 0 not in shape:
        kinds += (misaligned,)
    steps: list[str] = []
    for _ in range(choices.choose((0, 1, 0, 1, 2, 1, 3))):
        start, step = choices.choose(kinds)(choices, shape)
        if 0 in start or (not start and step.count("[")):
            break
        shape = start
        if step != "{}":
            steps.append(step)
        if not shape:
            break
    return shape, steps[::-1]
