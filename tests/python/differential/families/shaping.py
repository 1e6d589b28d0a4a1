"""Functions that rearrange axes and elements."""

from __future__ import annotations

from math import prod

from tests.python.differential.drawing.sketch import Sketch


def _factors(sketch: Sketch, count: int) -> list[int]:
    """Lengths whose product is ``count``."""
    lengths = []
    remaining = count
    while remaining > 1 and len(lengths) < 4:
        divisors = [divisor for divisor in (2, 3, 4, 5, 6, 7, remaining) if remaining % divisor == 0]
        lengths.append(sketch.choose(divisors))
        remaining //= lengths[-1]
    return [*lengths, remaining] if remaining > 1 or not lengths else lengths


def reshape(sketch: Sketch) -> None:
    """A view where the layout allows one, else a copy."""
    operand = sketch.array()
    count = prod(operand.shape)
    target = _factors(sketch, count) if count else [*operand.shape][::-1]
    if sketch.chance(4) and count:
        target[sketch.integer(0, len(target) - 1)] = -1
    if sketch.chance(15):
        target.append(3)
    keywords = sketch.options(order=(3, ("C", "F", "A")), copy=(8, (True, False, None)))
    text = str(tuple(target)) if sketch.chance(2) else str(target)
    sketch.result(f"np.reshape({operand}, {text}{keywords})")


def flattened(sketch: Sketch) -> None:
    """``ravel`` and ``flatten``."""
    method = sketch.subject = sketch.choose(("ravel", "flatten"))
    operand = sketch.array()
    order = sketch.choose(("", "order='F'", "order='K'", "order='A'"))
    sketch.result(f"{operand}.{method}({order})")


def transpose(sketch: Sketch) -> None:
    """``transpose`` and its relatives."""
    operand = sketch.array()
    first, second = sketch.axis(operand.ndim), sketch.axis(operand.ndim)
    order = sketch.order(range(operand.ndim))
    text = sketch.choose(
        (
            f"{operand}.T",
            f"{operand}.mT",
            f"np.transpose({operand}, {tuple(order)})",
            f"np.swapaxes({operand}, {first}, {second})",
            f"np.moveaxis({operand}, {first}, {second})",
            f"np.rollaxis({operand}, {first})",
            f"np.matrix_transpose({operand})",
        )
    )
    sketch.result(text)


def length_one_axes(sketch: Sketch) -> None:
    """``squeeze`` and ``expand_dims``."""
    function = sketch.subject = sketch.choose(("squeeze", "expand_dims"))
    operand = sketch.array(sketch.choose(((1, 3), (1, 1), (), (3,), (2, 1, 3), (1, 0), (1, 2, 1))))
    axis = sketch.choose(("0", "-1", "1", "(0, 2)", "(0, -1)", "None"))
    sketch.result(f"np.{function}({operand}, axis={axis})")


def broadcasting(sketch: Sketch) -> None:
    """``broadcast_to``, ``broadcast_arrays`` and ``broadcast_shapes``."""
    shape = sketch.shape(long=False)
    function = sketch.subject = sketch.choose(("broadcast_to", "broadcast_arrays", "broadcast"))
    first = sketch.array(sketch.shape_beside(shape))
    if function == "broadcast_to":
        sketch.result(f"np.broadcast_to({first}, {shape})")
        return
    second = sketch.array(sketch.shape_beside(shape))
    if function == "broadcast":
        sketch.result(f"np.broadcast({first}, {second}).shape")
    else:
        sketch.unspecified.add("writeable")
        sketch.result(f"np.broadcast_arrays({first}, {second})")


def mirrored(sketch: Sketch) -> None:
    """``flip``, ``fliplr``, ``flipud``, ``rot90``."""
    operand = sketch.array()
    axis = sketch.axes(operand.ndim)
    text = sketch.choose(
        (
            f"np.flip({operand}, axis={axis})",
            f"np.fliplr({operand})",
            f"np.flipud({operand})",
            f"np.rot90({operand}, k={sketch.integer(-2, 5)})",
        )
    )
    sketch.result(text)


def roll(sketch: Sketch) -> None:
    """``roll`` by one shift or several."""
    operand = sketch.array()
    axis = sketch.choose(("None", str(sketch.axis(operand.ndim)), "(0, 0)", "(0, -1)"))
    sketch.result(f"np.roll({operand}, {sketch.choose(('1', '-2', '100', '(1, 2)', '0'))}, axis={axis})")


def repeated(sketch: Sketch) -> None:
    """``repeat``, ``tile`` and ``resize``."""
    operand = sketch.array(sketch.shape(long=False))
    axis = sketch.choose(("None", str(sketch.axis(operand.ndim))))
    counts = sketch.choose(("2", "0", "3", "[2]", "[1, 2, 0]", "-1", "[1, 2]"))
    text = sketch.choose(
        (
            f"np.repeat({operand}, {counts}, axis={axis})",
            f"np.tile({operand}, {sketch.choose(('2', '(2, 1)', '(1, 2, 2)', '0', '()'))})",
            f"np.resize({operand}, {sketch.choose(('(3, 2)', '5', '(0,)', '(2, 2, 2)'))})",
        )
    )
    sketch.subject = text.partition("np.")[2].partition("(")[0]
    sketch.result(text)


def diagonals(sketch: Sketch) -> None:
    """``diagonal``, ``diag``, ``diagflat``, ``tril``, ``triu``."""
    function = sketch.subject = sketch.choose(("diagonal", "diag", "diagflat", "tril", "triu"))
    operand = sketch.array(sketch.shape(least_ndim=1, most_ndim=3, long=False))
    sketch.result(f"np.{function}({operand}, {sketch.integer(-2, 2)})")


def at_least(sketch: Sketch) -> None:
    """``atleast_1d``, ``atleast_2d``, ``atleast_3d``."""
    function = sketch.subject = sketch.choose(("atleast_1d", "atleast_2d", "atleast_3d"))
    sketch.result(f"np.{function}({sketch.operand(sketch.shape())})")


def new_shape(sketch: Sketch) -> None:
    """Assigning ``shape``, which never copies."""
    operand = sketch.array()
    sketch.unspecified.add("warnings")
    sketch.lines.append(f"{operand}.shape = {tuple(_factors(sketch, prod(operand.shape)))}")


_ATTRIBUTES = """
    ndim size itemsize nbytes strides shape dtype base flags.c_contiguous flags.f_contiguous flags.aligned
    flags.owndata flags.writeable flags.forc flags.fnc flags.num
"""


def attributes(sketch: Sketch) -> None:
    """What an array says about itself."""
    operand = sketch.array()
    attribute = sketch.subject = sketch.choose(_ATTRIBUTES.split())
    if attribute == "strides":
        sketch.subject = "strides attribute"
    sketch.result(f"{operand}.{attribute}")


OPERATIONS = (
    reshape,
    reshape,
    flattened,
    transpose,
    length_one_axes,
    broadcasting,
    mirrored,
    roll,
    repeated,
    diagonals,
    at_least,
    new_shape,
    attributes,
)
