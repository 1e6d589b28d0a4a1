"""What programs build of arrays besides arithmetic: borders, windows, blocks, parts along an axis, masks."""

from __future__ import annotations

from tests.python.differential.drawing.sketch import Sketch
from tests.python.differential.drawing.values import ALL, BOOL, FLOATS, INTEGERS, NUMBERS
from tests.python.differential.tolerance import Tolerance

# How the result of a function that is made of others lies in memory is left open.
UNSPECIFIED = ("strides",)

_PAD_MODES = (
    "constant",
    "edge",
    "reflect",
    "symmetric",
    "wrap",
    "maximum",
    "minimum",
    "linear_ramp",
    "mean",
    "median",
)


def pad(sketch: Sketch) -> None:
    """``pad`` in every mode, with the options that the mode takes."""
    mode = sketch.choose(_PAD_MODES)
    exact = mode in ("constant", "edge", "reflect", "symmetric", "wrap", "maximum", "minimum")
    dtypes = ALL if exact else ("float64", "int32", "uint8")
    operand = sketch.array(sketch.shape(least_ndim=1, most_ndim=3), dtypes=dtypes, kind="tame")
    width = sketch.choose(("1", "(0, 2)", "2", "(1, 0)", "0", "((1, 2),)", "5", "-1"))
    options = {
        "constant": sketch.options(constant_values=(2, (7, (1, 2)))),
        "reflect": sketch.options(reflect_type=(3, ("odd",))),
        "symmetric": sketch.options(reflect_type=(3, ("odd",))),
        "linear_ramp": sketch.options(end_values=(2, (4, (1, 2)))),
    }.get(mode, "" if mode in ("edge", "wrap") else sketch.options(stat_length=(3, (1, 2))))
    sketch.tolerance = Tolerance(0 if exact else 16, scale=0.0 if exact else 64.0)
    sketch.result(f"np.pad({operand}, {width}, mode='{mode}'{options})")


def along_axis(sketch: Sketch) -> None:
    """``take_along_axis``, and ``put_along_axis`` with what it leaves."""
    operand = sketch.array(sketch.shape(least_ndim=1, most_ndim=3), writeable=True)
    axis = sketch.axis(operand.ndim)
    order = sketch.bind(
        f"np.argsort(np.arange({operand}.size).reshape({operand}.shape) * 7 % 5, axis={axis}, kind='stable')"
    )
    if sketch.chance(2):
        sketch.result(f"np.take_along_axis({operand}, {order}, axis={axis})")
    else:
        sketch.result(f"np.put_along_axis({operand}, {order}, {sketch.operand(operand.shape)}, axis={axis})")


def applied(sketch: Sketch) -> None:
    """``apply_along_axis`` and ``apply_over_axes``."""
    operand = sketch.array(sketch.shape(least_ndim=1, most_ndim=3, long=False), kind="tame")
    if sketch.chance(3):
        sketch.result(
            f"np.apply_over_axes(np.max, {operand}, {list(range(sketch.integer(0, operand.ndim)))})"
        )
        return
    function = sketch.choose(
        ("np.max", "lambda v: v[::-1]", "lambda v: v[:2]", "len", "lambda v: v * [[1], [2]]")
    )
    sketch.result(f"np.apply_along_axis({function}, {sketch.axis(operand.ndim)}, {operand})")


def windows(sketch: Sketch) -> None:
    """``sliding_window_view``, and what is computed over windows."""
    operand = sketch.array(sketch.shape(least_ndim=1, most_ndim=3), kind="tame")
    axis = sketch.axis(operand.ndim)
    size = sketch.integer(1, 3)
    window = sketch.bind(f"np.lib.stride_tricks.sliding_window_view({operand}, {size}, axis={axis})")
    after = sketch.choose(("", ".max(axis=-1)", ".sum(-1)", "[..., ::-1]", ".copy()", "[1:]", ".reshape(-1)"))
    sketch.result(window + after)


def triangles(sketch: Sketch) -> None:
    """``tril``, ``triu``, ``diag``, ``diagonal``, ``trace`` and ``fill_diagonal``."""
    function = sketch.subject = sketch.choose(("tril", "triu", "diag", "diagonal", "trace", "fill_diagonal"))
    least = 2 if function in ("diagonal", "trace", "fill_diagonal") else 1
    shape = sketch.shape(least_ndim=least, most_ndim=2 if function == "diag" else 3, long=False)
    operand = sketch.array(shape, kind="tame" if function == "trace" else "wild", writeable=True)
    if function == "fill_diagonal":
        wrap = sketch.options(wrap=(3, (True,)))
        sketch.result(f"np.fill_diagonal({operand}, {sketch.operand((2,))}{wrap})")
    else:
        if function == "trace":
            sketch.tolerance = Tolerance(8)
        sketch.result(f"np.{function}({operand}, {sketch.integer(-2, 2)})")


def masked_writes(sketch: Sketch) -> None:
    """``place``, ``putmask``, ``copyto``, ``put``, and a mask in an index."""
    operand = sketch.array(sketch.shape(least_ndim=1), writeable=True)
    mask = sketch.array(operand.shape, dtypes=BOOL)
    values = sketch.array(sketch.shape(least_ndim=1, most_ndim=1, long=False), dtypes=(operand.dtype, *ALL))
    kind = sketch.subject = sketch.choose(("place", "putmask", "copyto", "put", "index", "augmented"))
    if kind == "put":
        mode = sketch.options(mode=(2, ("wrap", "clip")))
        sketch.result(f"np.put({operand}, [0, 2, -1], {values}{mode})")
    elif kind == "copyto":
        casting = sketch.options(casting=(2, ("unsafe", "safe")))
        sketch.result(f"np.copyto({operand}, {values}[0], where={mask}{casting})")
    elif kind == "index":
        sketch.lines.append(f"{operand}[{mask}] = {values}{sketch.choose(('[0]', '', '[:1]'))}")
    elif kind == "augmented":
        sketch.lines.append(f"{operand}[{mask}] {sketch.choose(('+=', '*=', '-='))} {values}[0]")
    else:
        sketch.result(f"np.{kind}({operand}, {mask}, {values})")


def blocks(sketch: Sketch) -> None:
    """``block``, ``kron``, ``tile``, ``meshgrid`` and ``ix_``."""
    kind = sketch.subject = sketch.choose(("block", "kron", "tile", "meshgrid", "ix_"))
    if kind == "block":
        shape = sketch.choose(((2,), (2, 2), (1,), (1, 3)))
        a, b = (sketch.array(shape) for _ in range(2))
        sketch.result(
            f"np.block({sketch.choose((f'[{a}, {b}]', f'[[{a}], [{b}]]', f'[[{a}, {b}], [{b}, {a}]]'))})"
        )
    elif kind == "kron":
        first, second = (sketch.array(sketch.shape(most_ndim=2, long=False), kind="tame") for _ in range(2))
        sketch.result(f"np.kron({first}, {second})")
    elif kind == "tile":
        repeats = sketch.choose(("2", "(2, 1)", "(1, 2, 2)", "0", "()", "-1"))
        sketch.result(f"np.tile({sketch.array(sketch.shape(most_ndim=3, long=False))}, {repeats})")
    elif kind == "ix_":
        first, second = (
            sketch.array(
                sketch.shape(least_ndim=1, most_ndim=1, long=False), dtypes=(*BOOL, *INTEGERS), kind="index"
            )
            for _ in range(2)
        )
        sketch.result(f"np.ix_({first}, {second})")
    else:
        first, second = (sketch.array(sketch.shape(most_ndim=2, long=False)) for _ in range(2))
        keywords = sketch.options(indexing=(2, ("ij", "xy")), sparse=(3, (True,)), copy=(4, (False,)))
        sketch.result(f"np.meshgrid({first}, {second}{keywords})")


def edits(sketch: Sketch) -> None:
    """``insert``, ``delete``, ``append``, ``resize``, ``trim_zeros`` and ``rot90``."""
    function = sketch.subject = sketch.choose(("insert", "delete", "append", "resize", "trim_zeros", "rot90"))
    operand = sketch.array(
        sketch.shape(least_ndim=1, most_ndim=1 if function == "trim_zeros" else 3, long=False)
    )
    axis = sketch.choose(("None", str(sketch.axis(operand.ndim))))
    places = sketch.choose(
        ("0", "1", "-1", "[0, 1]", "[1, 0, 1]", "slice(None, None, 2)", "[]", "[True, False]", "99")
    )
    if function == "insert":
        # A list of truth values ends in NumPy's own AttributeError.
        places = places.replace("[True, False]", "[1]")
        sketch.result(f"np.insert({operand}, {places}, {sketch.scalar()}, axis={axis})")
    elif function == "delete":
        sketch.result(f"np.delete({operand}, {places}, axis={axis})")
    elif function == "append":
        sketch.result(f"np.append({operand}, {sketch.array(operand.shape)}, axis={axis})")
    elif function == "resize":
        sketch.result(f"np.resize({operand}, {sketch.choose(('(2, 3)', '7', '0', '(3,)', '-1'))})")
    elif function == "trim_zeros":
        sketch.result(f"np.trim_zeros({operand}, {sketch.choose(('fb', 'f', 'b'))!r})")
    else:
        sketch.result(f"np.rot90({operand}, {sketch.integer(-2, 5)})")


def sums_of_products(sketch: Sketch) -> None:
    """``einsum`` by subscripts of every form."""
    subscripts, shapes = sketch.choose(
        (
            ("ij,jk->ik", ((2, 3), (3, 4))),
            ("ij,jk", ((3, 3), (3, 1))),
            ("ii->i", ((3, 3),)),
            ("ii", ((4, 4),)),
            ("ij->ji", ((2, 5),)),
            ("i,j->ij", ((3,), (4,))),
            ("i,i", ((7,), (7,))),
            ("...ij,...j->...i", ((2, 3, 4), (4,))),
            ("ijk,k->j", ((2, 3, 4), (4,))),
            ("ij,ij->", ((3, 4), (3, 4))),
            ("a,ab,b->", ((3,), (3, 2), (2,))),
            ("ij,kl->jl", ((2, 3), (4, 2))),
            ("i->", ((9,),)),
            ("ij,j->i", ((2, 3), (1,))),
            ("ij,jk->ik", ((2, 3), (2, 3))),
            ("ij->ik", ((2, 3),)),
        )
    )
    operands = ", ".join(str(sketch.array(shape, dtypes=NUMBERS, kind="tame")) for shape in shapes)
    # Of one operand NumPy gives a view whatever the dtype, and by an order of contraction 0-d arrays.
    several, has_axes = len(shapes) > 1, subscripts[-1] != ">" and subscripts not in ("i,i", "ii")
    keywords = sketch.options(dtype=(6, ("float64", "complex128"))) if several else ""
    keywords += sketch.options(optimize=(4, (True, "greedy"))) if has_axes else ""
    # Products of three tame numbers in half precision leave the exact range.
    sketch.tolerance = Tolerance(16, scale=256.0)
    sketch.result(f"np.einsum('{subscripts}', {operands}{keywords})")


def running(sketch: Sketch) -> None:
    """``cumulative_sum``, ``cumulative_prod``, ``nancumsum``, ``unwrap`` and ``convolve``."""
    function = sketch.subject = sketch.choose(("cumulative_sum", "nancumsum", "convolve", "correlate"))
    if function in ("convolve", "correlate"):
        first, second = (
            sketch.array(
                sketch.shape(least_ndim=1, most_ndim=1, long=False), dtypes=FLOATS[1:] + INTEGERS, kind="tame"
            )
            for _ in range(2)
        )
        mode = sketch.choose(("full", "same", "valid", "nonsense"))
        sketch.result(f"np.{function}({first}, {second}, {mode!r})")
        return
    operand = sketch.array(sketch.shape(most_ndim=3), kind="tame")
    keywords = f"axis={sketch.choose(('None', str(sketch.axis(operand.ndim))))}"
    if function == "cumulative_sum":
        keywords += sketch.options(include_initial=(2, (True,)), dtype=(6, ("float64",)))
    sketch.tolerance = Tolerance(64, scale=64.0)
    sketch.result(f"np.{function}({operand}, {keywords})")


OPERATIONS = (
    pad,
    along_axis,
    applied,
    windows,
    triangles,
    masked_writes,
    masked_writes,
    blocks,
    edits,
    sums_of_products,
    running,
)
