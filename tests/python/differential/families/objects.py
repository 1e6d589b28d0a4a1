"""Arrays and functions as Python objects: iteration, copies, pickles, buffers, files, attributes."""

from __future__ import annotations

from tests.python.differential.drawing.sketch import Sketch
from tests.python.differential.drawing.values import ALL, FLOATS
from tests.python.differential.families.ufuncs import BINARY_DTYPES, UNARY_DTYPES
from tests.python.differential.tolerance import TRANSCENDENTAL


def ufunc_attributes(sketch: Sketch) -> None:
    """What a ufunc says about itself."""
    function = sketch.choose((*BINARY_DTYPES, *UNARY_DTYPES, "matmul"))
    attribute = sketch.choose(("nin", "nout", "nargs", "identity", "signature", "__name__"))
    sketch.subject = f"ufunc.{attribute}"
    sketch.result(f"np.{function}.{attribute}")


def iteration(sketch: Sketch) -> None:
    """Every way to walk through an array."""
    template = sketch.choose(
        (
            "list({array})",
            "list({array}.flat)",
            "list(np.ndenumerate({array}))",
            "list(np.ndindex({array}.shape))",
            "[type(item).__name__ for item in {array}.flat]",
            "list(reversed({array}))",
            "1 in {array}",
        )
    )
    sketch.subject = template
    sketch.result(template.format(array=sketch.array(sketch.shape(long=False))))


def copies(sketch: Sketch) -> None:
    """Shallow and deep copies and pickles: layout and flags of what comes back."""
    module, call = sketch.choose(
        (
            ("copy", "copy.copy({array})"),
            ("copy", "copy.deepcopy({array})"),
            ("pickle", "pickle.loads(pickle.dumps({array}, protocol={protocol}))"),
        )
    )
    sketch.subject = module
    array = sketch.array()
    sketch.lines.append(f"import {module}")
    sketch.result(call.format(array=array, protocol=sketch.integer(0, 5)))
    sketch.lines.append(f"del {module}")


def scalar_pickles(sketch: Sketch) -> None:
    """Pickled scalars and dtypes."""
    scalar = sketch.scalar()
    source = sketch.choose((f"np.{scalar.dtype}({scalar})", f"np.dtype('{scalar.dtype}')"))
    sketch.lines.append("import pickle")
    sketch.result(f"pickle.loads(pickle.dumps({source}))")
    sketch.lines.append("del pickle")


def buffers(sketch: Sketch) -> None:
    """What a memoryview sees."""
    attribute = sketch.choose(
        ("format", "itemsize", "shape", "strides", "readonly", "nbytes", "c_contiguous", "ndim")
    )
    sketch.subject = f"memoryview.{attribute}"
    sketch.result(f"memoryview({sketch.array()}).{attribute}")


def interface(sketch: Sketch) -> None:
    """``__array_interface__`` but for the address."""
    key = sketch.choose(("shape", "typestr", "strides", "version", "descr"))
    sketch.subject = f"__array_interface__ {key}"
    sketch.result(f"{sketch.array()}.__array_interface__['{key}']")


def stride_tricks(sketch: Sketch) -> None:
    """``sliding_window_view`` and ``as_strided``."""
    operand = sketch.array(sketch.shape(least_ndim=1, most_ndim=2))
    if sketch.chance(2):
        axis = sketch.choose(("0", "-1", "None"))
        sketch.result(
            f"np.lib.stride_tricks.sliding_window_view({operand}, {sketch.integer(1, 3)}, axis={axis})"
        )
    else:
        sketch.result(
            f"np.lib.stride_tricks.as_strided({operand}, {operand}.shape[::-1], {operand}.strides[::-1])"
        )


def along_axis(sketch: Sketch) -> None:
    """Python functions applied along axes and elementwise."""
    operand = sketch.array(sketch.shape(least_ndim=1, most_ndim=3, long=False), kind="tame")
    axis = sketch.axis(operand.ndim)
    sketch.result(
        sketch.choose(
            (
                f"np.apply_along_axis(lambda row: row[:1], {axis}, {operand})",
                f"np.apply_along_axis(max, {axis}, {operand})",
                f"np.apply_over_axes(np.max, {operand}, [{axis}])",
                f"np.vectorize(lambda x, y: x + y)({operand}, 1)",
            )
        )
    )


def saved(sketch: Sketch) -> None:
    """``save`` and ``load`` through a file in memory, and the bytes in between."""
    operand = sketch.array()
    sketch.lines.append("import io")
    sketch.lines.append("file = io.BytesIO()")
    sketch.lines.append(f"np.save(file, {operand})")
    sketch.lines.append("stored = file.getvalue()")
    sketch.result("np.load(io.BytesIO(stored))")
    sketch.lines.append("del io, file")


def text_files(sketch: Sketch) -> None:
    """``savetxt`` and ``loadtxt``."""
    operand = sketch.array(sketch.shape(most_ndim=2, long=False), dtypes=ALL[:-2])
    keywords = sketch.options(fmt=(2, ("%.3f", "%d", "%g")), delimiter=(3, (",",)), header=(4, ("a b",)))
    sketch.lines.append("import io")
    sketch.lines.append("file = io.StringIO()")
    sketch.lines.append(f"np.savetxt(file, {operand}{keywords})")
    sketch.lines.append("stored = file.getvalue()")
    reading = sketch.options(dtype=(3, FLOATS), ndmin=(4, (1, 2)), unpack=(5, (True,)), max_rows=(5, (1,)))
    if "delimiter" in keywords:
        reading += ", delimiter=','"
    sketch.result(f"np.loadtxt(io.StringIO(stored){reading})")
    sketch.lines.append("del io, file")


def error_handling(sketch: Sketch) -> None:
    """What ``errstate`` makes of a division."""
    handling = sketch.options(
        divide=(2, ("ignore", "warn", "raise")),
        invalid=(2, ("ignore", "warn", "raise")),
        over=(2, ("ignore", "warn", "raise")),
        under=(2, ("ignore", "warn", "raise")),
        all=(6, ("raise", "ignore")),
    )
    operand = sketch.operand(sketch.shape(long=False), dtypes=FLOATS)
    sketch.tolerance = TRANSCENDENTAL
    sketch.lines.append(f"with np.errstate({handling.removeprefix(', ')}):")
    statement = sketch.choose(
        ("{0} / 0", "{0} * {0}", "np.log({0})", "{0} / {0}", "np.sqrt({0})", "{0} // 0")
    )
    text = operand.text if operand.is_array else f"np.{operand.dtype}({operand})"
    sketch.lines.append(f"    result = {statement.format(text)}")


OPERATIONS = (
    ufunc_attributes,
    iteration,
    copies,
    scalar_pickles,
    buffers,
    interface,
    stride_tricks,
    along_axis,
    saved,
    text_files,
    error_handling,
)
