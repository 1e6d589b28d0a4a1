"""Elementwise functions beyond the ufuncs: clipping, rounding, replacing, comparing, choosing, bits."""

from __future__ import annotations

from tests.python.differential.drawing.sketch import Sketch
from tests.python.differential.drawing.values import ALL, BOOL, FLOATS, INTEGERS, UNSIGNED
from tests.python.differential.tolerance import Tolerance

# How the result of a function that is made of others lies in memory is left open.
UNSPECIFIED = ("strides",)


def clip(sketch: Sketch) -> None:
    """``clip`` between bounds that may be missing."""
    shape = sketch.shape()
    operand = sketch.array(shape)
    low, high = (
        "None" if sketch.chance(4) else str(sketch.operand(shape, dtypes=(operand.dtype, *ALL)))
        for _ in range(2)
    )
    sketch.result(f"np.clip({operand}, {low}, {high})")


def rounding(sketch: Sketch) -> None:
    """``round`` to places before and after the point."""
    places = sketch.integer(-2, 3)
    # Rounding an integer near the end of its range to tens may leave the range.
    operand = sketch.operand(sketch.shape(), kind="tame" if places < 0 else "wild")
    sketch.result(f"np.round({operand}, {places})")


def nan_to_num(sketch: Sketch) -> None:
    """``nan_to_num``."""
    operand = sketch.operand(sketch.shape())
    keywords = sketch.options(nan=(3, (1.0,)), posinf=(3, (9.0,)), copy=(5, (True,)))
    sketch.result(f"np.nan_to_num({operand}{keywords})")


def closeness(sketch: Sketch) -> None:
    """``isclose``, ``allclose``, ``array_equal``, ``array_equiv``."""
    function = sketch.subject = sketch.choose(("isclose", "allclose", "array_equal", "array_equiv"))
    shape = sketch.shape()
    keywords = sketch.options(equal_nan=(3, (True,))) if function != "array_equiv" else ""
    sketch.result(f"np.{function}({sketch.operand(shape)}, {sketch.operand(shape)}{keywords})")


def select(sketch: Sketch) -> None:
    """``select`` among two choices."""
    shape = sketch.shape(least_ndim=1)
    conditions = ", ".join(str(sketch.array(shape, dtypes=BOOL)) for _ in range(2))
    choices = ", ".join(str(sketch.operand(shape)) for _ in range(2))
    sketch.result(f"np.select([{conditions}], [{choices}]{sketch.options(default=(3, (7, 1.5)))})")


def predicates(sketch: Sketch) -> None:
    """Questions about elements and dtypes."""
    function = sketch.subject = sketch.choose(
        (
            "isposinf",
            "isneginf",
            "isreal",
            "iscomplex",
            "isrealobj",
            "iscomplexobj",
            "isscalar",
            "real_if_close",
            "sign",
        )
    )
    sketch.result(f"np.{function}({sketch.operand(sketch.shape())})")


def complex_parts(sketch: Sketch) -> None:
    """``real``, ``imag``, ``angle``, ``conj``."""
    function = sketch.subject = sketch.choose(("real", "imag", "angle", "conj"))
    sketch.tolerance = Tolerance(4 if function == "angle" else 0)
    sketch.result(f"np.{function}({sketch.operand(sketch.shape())})")


def special(sketch: Sketch) -> None:
    """``sinc``, ``unwrap``, ``i0``, ``fix``."""
    function = sketch.subject = sketch.choose(("sinc", "unwrap", "i0", "fix"))
    sketch.tolerance = Tolerance(0 if function == "fix" else 16, scale=0.0 if function == "fix" else 1.0)
    operand = sketch.array(sketch.shape(least_ndim=1), dtypes=FLOATS[1:] + INTEGERS, kind="tame")
    sketch.result(f"np.{function}({operand})")


def packed_bits(sketch: Sketch) -> None:
    """``packbits`` and ``unpackbits``."""
    function = sketch.subject = sketch.choose(("packbits", "unpackbits"))
    operand = sketch.array(dtypes=("bool", "uint8", "int64") if function == "packbits" else UNSIGNED[:1])
    axis = sketch.choose(("None", str(sketch.axis(operand.ndim))))
    keywords = sketch.options(bitorder=(3, ("little", "big")))
    if function == "unpackbits" and 0 not in operand.shape:
        keywords += sketch.options(count=(4, (3, -1, 12)))
    sketch.result(f"np.{function}({operand}, axis={axis}{keywords})")


def flat_positions(sketch: Sketch) -> None:
    """``unravel_index`` and ``ravel_multi_index``."""
    function = sketch.subject = sketch.choose(("unravel_index", "ravel_multi_index"))
    order = sketch.options(order=(3, ("C", "F")))
    shape = sketch.choose(((3, 4), (5,), (2, 3, 4), (0, 2)))
    if function == "unravel_index":
        places = sketch.choose(("5", "[0, 3]", "[[1], [2]]", "[]", "-1", "100"))
        sketch.result(f"np.unravel_index({places}, {shape}{order})")
    else:
        parts = tuple(sketch.integer(0, 4) for _ in shape)
        mode = sketch.options(mode=(3, ("wrap", "clip")))
        sketch.result(f"np.ravel_multi_index({parts}, {shape}{mode}{order})")


def piecewise(sketch: Sketch) -> None:
    """``piecewise`` with constants."""
    operand = sketch.array(kind="tame")
    sketch.result(f"np.piecewise({operand}, [{operand} < 0, {operand} >= 2], [-1, 1])")


OPERATIONS = (
    clip,
    clip,
    rounding,
    nan_to_num,
    closeness,
    select,
    predicates,
    complex_parts,
    special,
    packed_bits,
    flat_positions,
    piecewise,
)
