"""Subscripts of every kind, read and assigned, and the functions that select by position."""

from __future__ import annotations

from tests.python.differential.drawing.sketch import Operand, Sketch
from tests.python.differential.drawing.values import ALL, BOOL, INTEGERS


def _slice(sketch: Sketch, length: int) -> str:
    if sketch.chance(4):
        return ":"
    start, stop = (sketch.choose(("", str(sketch.integer(-length - 1, length + 1)))) for _ in range(2))
    step = sketch.choose(("", ":1", ":2", ":-1", ":-3"))
    return f"{start}:{stop}{step}"


def _integer(sketch: Sketch, length: int) -> str:
    place = sketch.integer(-length, length - 1) if length and not sketch.chance(25) else length
    return (
        f"np.{sketch.choose(('int64', 'uint8', 'int8'))}({max(place, 0)})"
        if sketch.chance(10)
        else str(place)
    )


def _integer_array(sketch: Sketch, length: int, shape: tuple[int, ...]) -> str:
    count = 1
    for extent in shape:
        count *= extent
    low, high = (-length, length - 1) if length else (0, 0)
    period = min(count, 4)
    places = [sketch.integer(low, high) for _ in range(period)]
    if sketch.chance(30):
        places = [length] * period
    if shape == (count,) and period == count and count and sketch.chance(2):
        return str(places)
    return sketch.bind(
        f"np.array(({places} * {count})[:{count}], '{sketch.choose(INTEGERS[:4])}').reshape({shape})"
    )


def index(sketch: Sketch, shape: tuple[int, ...]) -> str:
    """A subscript for an array of ``shape``: any mix of the kinds there are, nearly always a valid one."""
    parts: list[str] = []
    fancy_shape = sketch.choose(((3,), (2,), (1,), (2, 3), (0,), (4, 1), ()))
    axis = 0
    seen_ellipsis = False
    allowed = sketch.integer(0, len(shape)) if sketch.chance(3) else len(shape)
    while axis < allowed:
        kind = sketch.choose(("slice", "integer", "array", "newaxis", "ellipsis", "mask", "slice", "integer"))
        if kind == "slice":
            parts.append(_slice(sketch, shape[axis]))
        elif kind == "integer":
            parts.append(_integer(sketch, shape[axis]))
        elif kind == "array":
            beside = fancy_shape if sketch.chance(2) else sketch.shape_beside(fancy_shape)
            parts.append(_integer_array(sketch, shape[axis], beside))
        elif kind == "mask":
            ndim = sketch.integer(1, min(2, allowed - axis))
            mask_shape = shape[axis : axis + ndim]
            if sketch.chance(30):
                mask_shape = (mask_shape[0] + 1, *mask_shape[1:])
            parts.append(sketch.array(mask_shape, dtypes=BOOL).text)
            axis += ndim
            continue
        elif kind == "ellipsis" and not seen_ellipsis:
            parts.append("...")
            seen_ellipsis = True
            axis = max(axis, allowed - sketch.integer(0, allowed - axis))
            continue
        else:
            if len(parts) < 8:
                parts.append(sketch.choose(("None", "np.newaxis")))
            axis += 1
            continue
        axis += 1
    if sketch.chance(60):
        parts.append(sketch.choose(("True", "1.0", "'x'", "0")))
    if not parts:
        return sketch.choose(("...", "()", "None", "True", "False", "..., None"))
    return parts[0] if len(parts) == 1 and sketch.chance(2) else f"{', '.join(parts)},"


def get(sketch: Sketch) -> None:
    """``a[index]``."""
    operand = sketch.array()
    sketch.result(f"{operand}[{index(sketch, operand.shape)}]")


def put_value(sketch: Sketch) -> None:
    """``a[index] = b``; what may broadcast is left to chance, which finds the errors too."""
    operand = sketch.array(writeable=not sketch.chance(20))
    text = index(sketch, operand.shape)
    if sketch.chance(2):
        value = sketch.scalar(dtypes=(operand.dtype, *ALL), kind="tame").text
    else:
        value = sketch.array(sketch.choose(((), (1,), (3,), (2, 3), operand.shape)), kind="tame").text
    sketch.lines.append(f"{operand}[{text}] = {value}")


def update(sketch: Sketch) -> None:
    """``a[index] += 1``."""
    operand = sketch.array(dtypes=INTEGERS, writeable=True)
    sketch.lines.append(f"{operand}[{index(sketch, operand.shape)}] += 1")


def item(sketch: Sketch) -> None:
    """``a.item(...)``."""
    operand = sketch.array(sketch.shape(long=False))
    places = [str(sketch.integer(0, max(length - 1, 0))) for length in operand.shape]
    sketch.result(f"{operand}.item({sketch.choose((', '.join(places), '', '0', '-1', '5'))})")


def _modes(sketch: Sketch) -> str:
    return sketch.options(mode=(2, ("wrap", "clip", "raise")))


def take(sketch: Sketch) -> None:
    """``take`` along an axis."""
    operand = sketch.array()
    axis = sketch.choose(("None", str(sketch.axis(operand.ndim))))
    places = [sketch.integer(-3, 3) for _ in range(sketch.integer(0, 4))]
    indices = sketch.choose((str(places), f"np.array({places}, 'int64')", "1", "[[0, 0], [0, 0]]"))
    sketch.result(f"np.take({operand}, {indices}, axis={axis}{_modes(sketch)})")


def put(sketch: Sketch) -> None:
    """``put`` by flat position."""
    operand = sketch.array(writeable=True)
    places = [sketch.integer(-3, 6) for _ in range(sketch.integer(0, 4))]
    values = sketch.operand((max(len(places), 1),), dtypes=(operand.dtype, *ALL), kind="tame")
    sketch.lines.append(f"np.put({operand}, {places}, {values}{_modes(sketch)})")


def _along(sketch: Sketch) -> tuple[Operand, str, int]:
    shape = sketch.shape(least_ndim=1, most_ndim=3, long=False)
    axis = sketch.integer(0, len(shape) - 1)
    wanted = (*shape[:axis], 2, *shape[axis + 1 :])
    operand = sketch.array(shape, writeable=True)
    return operand, f"np.asarray({_integer_array(sketch, shape[axis], wanted)}, 'int64')", axis


def take_along_axis(sketch: Sketch) -> None:
    """``take_along_axis``."""
    operand, indices, axis = _along(sketch)
    sketch.result(f"np.take_along_axis({operand}, {indices}, axis={axis})")


def put_along_axis(sketch: Sketch) -> None:
    """``put_along_axis``."""
    operand, indices, axis = _along(sketch)
    sketch.lines.append(f"np.put_along_axis({operand}, {indices}, 1, axis={axis})")


def flat(sketch: Sketch) -> None:
    """The flat iterator, read and assigned."""
    operand = sketch.array(writeable=True)
    text = sketch.choose(("0", "-1", "1:3", "::2", "[0, 0]", "...", "::-1"))
    if sketch.chance(2):
        sketch.result(f"{operand}.flat[{text}]")
    else:
        sketch.lines.append(f"{operand}.flat[{text}] = {sketch.scalar(dtypes=(operand.dtype,))}")


def masks(sketch: Sketch) -> None:
    """``compress``, ``extract``, ``place``, ``putmask``, ``copyto``."""
    template = sketch.choose(
        (
            "result = np.compress({mask}, {array}, axis={axis})",
            "result = np.extract({same}, {array})",
            "np.place({array}, {same}, {values})",
            "np.putmask({array}, {same}, {values})",
            "np.copyto({array}, {values}, where={same})",
        )
    )
    sketch.subject = template.partition("np.")[2].partition("(")[0]
    operand = sketch.array(sketch.shape(least_ndim=1), writeable=True)
    axis = sketch.integer(0, operand.ndim - 1)
    parts = {"array": operand, "axis": axis}
    if "{mask}" in template:
        parts["mask"] = sketch.array((max(operand.shape[axis] - sketch.integer(0, 1), 0),), dtypes=BOOL)
    if "{same}" in template:
        parts["same"] = sketch.array(operand.shape, dtypes=BOOL)
    if "{values}" in template:
        shape = operand.shape if "copyto" in template else (3,)
        parts["values"] = sketch.array(shape, dtypes=(operand.dtype, *ALL), kind="tame")
    sketch.lines.append(template.format(**parts))


def found(sketch: Sketch) -> None:
    """Positions of what is not zero."""
    function = sketch.subject = sketch.choose(("nonzero", "argwhere", "flatnonzero"))
    sketch.result(f"np.{function}({sketch.array()})")


def where(sketch: Sketch) -> None:
    """``where`` with three operands."""
    shape = sketch.shape()
    condition = sketch.operand(shape, dtypes=BOOL if sketch.chance(2) else ALL)
    sketch.result(f"np.where({condition}, {sketch.operand(shape)}, {sketch.operand(shape)})")


def choose(sketch: Sketch) -> None:
    """``choose`` among arrays."""
    shape = sketch.shape(long=False)
    selector = sketch.array(shape, dtypes=INTEGERS, kind="index")
    choices = ", ".join(str(sketch.operand(shape)) for _ in range(sketch.integer(2, 4)))
    sketch.result(f"np.choose({selector}, [{choices}]{_modes(sketch)})")


OPERATIONS = (
    get,
    get,
    get,
    put_value,
    put_value,
    update,
    item,
    take,
    put,
    take_along_axis,
    put_along_axis,
    flat,
    masks,
    found,
    where,
    choose,
)
