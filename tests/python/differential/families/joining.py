"""Joining, splitting, inserting, deleting and padding."""

from __future__ import annotations

from tests.python.differential.drawing.sketch import Sketch
from tests.python.differential.drawing.values import ALL


def _alike(sketch: Sketch, shape: tuple[int, ...], axis: int) -> str:
    """A list of arrays that differ at most along one axis."""
    same_dtype = (sketch.choose(ALL),) if sketch.chance(2) else ALL
    arrays = []
    for _ in range(sketch.integer(1, 3)):
        length = sketch.integer(0, 3) if sketch.chance(3) else shape[axis]
        other = (*shape[:axis], length, *shape[axis + 1 :])
        if sketch.chance(30):
            other = (*other, 2)
        arrays.append(str(sketch.array(other, dtypes=same_dtype)))
    return f"[{', '.join(arrays)}]"


def concatenate(sketch: Sketch) -> None:
    """``concatenate`` with its keywords."""
    shape = sketch.shape(least_ndim=1)
    axis = sketch.integer(0, len(shape) - 1)
    keywords = sketch.options(dtype=(6, ALL), casting=(8, ("unsafe", "safe", "no", "equiv")))
    listed = _alike(sketch, shape, axis)
    chosen = "None" if sketch.chance(10) else str(axis if sketch.chance(2) else axis - len(shape))
    sketch.result(f"np.concatenate({listed}, axis={chosen}{keywords})")


def stack(sketch: Sketch) -> None:
    """``stack``, ``hstack``, ``vstack``, ``dstack``, ``column_stack``."""
    function = sketch.subject = sketch.choose(("stack", "hstack", "vstack", "dstack", "column_stack"))
    shape = sketch.shape(most_ndim=3)
    arrays = ", ".join(str(sketch.array(shape)) for _ in range(sketch.integer(1, 3)))
    axis = f", axis={sketch.axis(len(shape) + 1)}" if function == "stack" else ""
    sketch.result(f"np.{function}([{arrays}]{axis})")


def block(sketch: Sketch) -> None:
    """``block`` of two by two arrays."""
    sketch.unspecified.add("strides")
    rows, columns = ((sketch.integer(0, 3), sketch.integer(1, 3)) for _ in range(2))
    grid = [[str(sketch.array((row, column))) for column in columns] for row in rows]
    sketch.result(f"np.block([{', '.join('[' + ', '.join(row) + ']' for row in grid)}])")


def split(sketch: Sketch) -> None:
    """``split`` and ``array_split`` give views."""
    function = sketch.subject = sketch.choose(("array_split", "split", "hsplit", "vsplit", "dsplit"))
    operand = sketch.array(sketch.shape(least_ndim=1))
    where = sketch.choose(("2", "3", "[1, 2]", "[2, 1]", "[-1]", "[0, 9]", "1"))
    axis = f", axis={sketch.axis(operand.ndim)}" if function in ("split", "array_split") else ""
    sketch.result(f"np.{function}({operand}, {where}{axis})")


def append(sketch: Sketch) -> None:
    """``append``."""
    shape = sketch.shape(least_ndim=1)
    axis = sketch.choose(("None", "0"))
    sketch.result(f"np.append({sketch.array(shape)}, {sketch.array(shape)}, axis={axis})")


def insert(sketch: Sketch) -> None:
    """``insert`` before positions."""
    sketch.unspecified.add("strides")
    operand = sketch.array(sketch.shape(least_ndim=1, long=False))
    places = sketch.choose(
        ("0", "1", "-1", "[0, 1]", "[1, 1]", "slice(0, 2)", "[]", "np.array([True, False])", "50")
    )
    value = sketch.scalar(kind="tame") if sketch.chance(2) else sketch.array((2,), kind="tame")
    axis = sketch.choose(("None", str(sketch.axis(operand.ndim))))
    sketch.result(f"np.insert({operand}, {places}, {value}, axis={axis})")


def delete(sketch: Sketch) -> None:
    """``delete`` by position, slice or mask."""
    sketch.unspecified.add("strides")
    operand = sketch.array(sketch.shape(least_ndim=1, long=False))
    places = sketch.choose(
        ("0", "-1", "[0, 1]", "[0, 0]", "slice(0, 2)", "slice(None, None, -2)", "[]", "50", "[True]")
    )
    axis = sketch.choose(("None", str(sketch.axis(operand.ndim))))
    sketch.result(f"np.delete({operand}, {places}, axis={axis})")


def pad(sketch: Sketch) -> None:
    """``pad`` in its modes that only copy."""
    operand = sketch.array(sketch.shape(least_ndim=1, long=False))
    width = sketch.choose(("1", "(1, 2)", "0", "((2, 1),)", "3"))
    mode = sketch.choose(("constant", "edge", "reflect", "symmetric", "wrap", "maximum", "minimum"))
    sketch.subject = f"pad {mode}"
    sketch.result(f"np.pad({operand}, {width}, mode='{mode}')")


def trim_zeros(sketch: Sketch) -> None:
    """``trim_zeros``."""
    operand = sketch.array(sketch.shape(least_ndim=1, most_ndim=2, long=False), kind="index")
    sketch.result(f"np.trim_zeros({operand}{sketch.options(trim=(2, ('f', 'b', 'fb')))})")


OPERATIONS = (concatenate, concatenate, stack, block, split, append, insert, delete, pad, trim_zeros)
