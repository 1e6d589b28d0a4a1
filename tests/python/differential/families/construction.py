"""Grids, index arrays and patterns: what is built rather than computed."""

from __future__ import annotations

from tests.python.differential.drawing.sketch import Sketch
from tests.python.differential.drawing.values import ALL, FLOATS, INTEGERS
from tests.python.differential.tolerance import Tolerance

_BOUNDS = ("0", "1", "3", "-2", "5", "2.5", "np.float32(1.5)", "np.int8(4)")
_STEPS = ("", ":1", ":2", ":-1", ":0.5", ":3j", ":1j", ":2.5j", ":np.complex64(4j)")


def _slice(sketch: Sketch) -> str:
    """A range in the notation of slices; a complex step counts points."""
    start = "" if sketch.chance(3) else sketch.choose(_BOUNDS)
    return f"{start}:{sketch.choose(_BOUNDS)}{sketch.choose(_STEPS)}"


def grid(sketch: Sketch) -> None:
    """``mgrid`` and ``ogrid``."""
    name = sketch.subject = sketch.choose(("mgrid", "ogrid"))
    slices = [_slice(sketch) for _ in range(sketch.integer(1, 3))]
    comma = "," if len(slices) == 1 and sketch.chance(2) else ""
    sketch.tolerance = Tolerance(2, scale=4.0)
    sketch.result(f"np.{name}[{', '.join(slices)}{comma}]")


def concatenator(sketch: Sketch) -> None:
    """``r_`` and ``c_``, with ranges, numbers and arrays."""
    name = sketch.subject = sketch.choose(("r_", "c_"))
    items = []
    if sketch.chance(4):
        items.append(sketch.choose(("'0'", "'-1'", "'0,2'", "'1,2,0'", "'0,3,1'", "'1,3,-2'")))
    length = sketch.integer(0, 3)
    for _ in range(sketch.integer(1, 3)):
        kind = sketch.choose(("array", "slice", "scalar"))
        if kind == "array":
            items.append(str(sketch.array((length,))))
        elif kind == "slice":
            items.append(f"0:{length}")
        else:
            items.append(str(sketch.scalar(kind="tame")))
    sketch.result(f"np.{name}[{', '.join(items)}{',' if len(items) == 1 else ''}]")


def fill_diagonal(sketch: Sketch) -> None:
    """``fill_diagonal``, in place."""
    length = sketch.integer(0, 4)
    shape = sketch.choose(((length, 3), (length, length), (7, 2), (length,) * 3, (3,), (2, 2, 3)))
    operand = sketch.array(shape, writeable=True)
    value = sketch.choose((str(sketch.scalar(kind="tame")), "[1, 2]", "[[5], [6], [7]]"))
    sketch.lines.append(f"np.fill_diagonal({operand}, {value}{sketch.options(wrap=(3, (True,)))})")


_TRIANGLES = (
    "np.tril_indices_from({operand}, {shift})",
    "np.triu_indices_from({operand}, k={shift})",
    "np.mask_indices({size}, np.triu, {shift})",
    "np.mask_indices({size}, np.tril)",
    "np.diag_indices_from({operand})",
    "np.tril_indices({size}, {shift}, {size} + 2)",
)


def triangles(sketch: Sketch) -> None:
    """The indices of triangles of matrices."""
    pattern = sketch.choose(_TRIANGLES)
    sketch.subject = pattern.partition("np.")[2].partition("(")[0]
    operand = sketch.array(sketch.shape(least_ndim=1, most_ndim=3, long=False))
    sketch.result(pattern.format(operand=operand, size=sketch.integer(0, 4), shift=sketch.integer(-3, 3)))


def padded(sketch: Sketch) -> None:
    """``pad`` with the options of its modes."""
    operand = sketch.array(sketch.shape(least_ndim=1, most_ndim=3, long=False), dtypes=INTEGERS, kind="tame")
    widths = ("1", "(1, 2)", "((2, 1),)", "(0, 9)", "7", "{0: 2}", "{-1: (3, 1)}")
    option = sketch.choose(
        (
            "'constant', constant_values=(3, 4)",
            "'linear_ramp', end_values=(0, 7)",
            "'reflect', reflect_type='odd'",
            "'symmetric', reflect_type='odd'",
            "'maximum', stat_length=2",
            "'mean', stat_length=(2, 1)",
            "'median'",
            "'mean'",
            "lambda vector, widths, axis, options: vector.__setitem__(slice(0, widths[0]), axis + 5)",
        )
    )
    sketch.subject = f"pad {option.partition(',')[0]}"
    sketch.result(f"np.pad({operand}, {sketch.choose(widths)}, {option})")


def windows(sketch: Sketch) -> None:
    """``sliding_window_view``."""
    operand = sketch.array(sketch.shape(least_ndim=1, most_ndim=3))
    shape = sketch.choose(("1", "2", "(2, 1)", "(1,)", "0", "9"))
    axis = sketch.choose(("None", str(sketch.axis(operand.ndim)), "(0, 0)"))
    keywords = sketch.options(writeable=(4, (True,)))
    sketch.result(f"np.lib.stride_tricks.sliding_window_view({operand}, {shape}, {axis}{keywords})")


def required(sketch: Sketch) -> None:
    """``require``: a copy only where one is needed."""
    flags = sketch.choose(
        ("None", "'C'", "'F'", "['C', 'W']", "['F', 'O']", "'A'", "['E', 'W']", "['C', 'F']")
    )
    dtype = sketch.choose(("None", f"'{sketch.choose(ALL)}'"))
    sketch.result(f"np.require({sketch.array()}, {dtype}, {flags})")


def common_types(sketch: Sketch) -> None:
    """``common_type`` and ``mintypecode``."""
    if sketch.chance(2):
        arrays = ", ".join(str(sketch.array((1,))) for _ in range(sketch.integer(1, 3)))
        sketch.result(f"np.common_type({arrays}).__name__")
        return
    sketch.subject = "mintypecode"
    chars = [sketch.choose("?bhilqBHILQefdFD") for _ in range(sketch.integer(0, 3))]
    sketch.result(f"np.mintypecode({chars}{sketch.options(typeset=(3, ('fd', 'FD')), default=(4, 'f'))})")


def emath(sketch: Sketch) -> None:
    """The functions that go over to complex numbers."""
    function = sketch.subject = sketch.choose(
        ("sqrt", "log", "log2", "log10", "arccos", "arcsin", "arctanh", "power", "logn")
    )
    operand = sketch.array(sketch.shape(most_ndim=2), dtypes=FLOATS[1:] + INTEGERS, kind="tame")
    arguments = {"power": f"{operand}, 2.5", "logn": f"3, {operand}"}.get(function, str(operand))
    sketch.tolerance = Tolerance(16, scale=1.0)
    sketch.result(f"np.emath.{function}({arguments})")


OPERATIONS = (
    grid,
    grid,
    concatenator,
    concatenator,
    fill_diagonal,
    triangles,
    padded,
    padded,
    windows,
    required,
    common_types,
    emath,
)
