"""The methods of universal functions: reduce, accumulate, reduceat, outer and at."""

from __future__ import annotations

from math import inf

from tests.python.differential.drawing.sketch import Sketch
from tests.python.differential.drawing.values import ALL, BOOL, COMPLEX, FLOATS, INTEGERS
from tests.python.differential.families.ufuncs import BINARY_DTYPES, set_tolerance
from tests.python.differential.tolerance import Tolerance, of_ufunc

_REDUCIBLE = (
    "add",
    "multiply",
    "maximum",
    "minimum",
    "fmax",
    "fmin",
    "logical_and",
    "logical_or",
    "logical_xor",
    "bitwise_and",
    "bitwise_or",
    "bitwise_xor",
    "subtract",
    "divide",
    "gcd",
    "lcm",
    "hypot",
    "equal",
    "less",
    "power",
    "remainder",
)


def _function(sketch: Sketch) -> tuple[str, tuple[str, ...]]:
    name = sketch.choose(_REDUCIBLE)
    sketch.subject = f"{name}.{sketch.subject}"
    return name, ALL if sketch.chance(8) else BINARY_DTYPES[name]


def _dtype(sketch: Sketch) -> str:
    return sketch.options(dtype=(6, ALL))


def _values(name: str) -> str:
    """Sums and products of tame values are exact in any order."""
    return "wild" if name in ("maximum", "minimum", "fmax", "fmin") else "tame"


def _allow_for_rounding(sketch: Sketch, name: str, dtype: str, keywords: str) -> None:
    """Long products and chains of quotients leave the exact range; float16 does so at once."""
    if name in ("multiply", "divide", "hypot", "power") or "float16" in dtype + keywords:
        sketch.tolerance = of_ufunc("power")
    if name == "hypot":
        sketch.tolerance = Tolerance(64)  # one rounding an element, in another order
    if name == "power" and dtype in COMPLEX:
        sketch.tolerance = Tolerance(4096)  # each step multiplies the error of those before


def reduce(sketch: Sketch) -> None:
    """``ufunc.reduce`` with its keywords."""
    name, dtypes = _function(sketch)
    operand = sketch.array(sketch.shape(), dtypes=dtypes, kind=_values(name))
    keywords = f"axis={sketch.axes(operand.ndim)}" if sketch.chance(2) else "axis=0"
    keywords += _dtype(sketch)
    keywords += sketch.options(keepdims=(3, (True, False)), initial=(5, (0, 1, 3.5, None, inf)))
    if sketch.chance(5):
        mask = sketch.array(sketch.shape_beside(operand.shape), dtypes=BOOL)
        keywords += f", where={mask}"
    _allow_for_rounding(sketch, name, operand.dtype, keywords)
    sketch.result(f"np.{name}.reduce({operand}, {keywords})")


def accumulate(sketch: Sketch) -> None:
    """``ufunc.accumulate``."""
    name, dtypes = _function(sketch)
    operand = sketch.array(sketch.shape(), dtypes=dtypes, kind=_values(name))
    keywords = f"axis={sketch.axis(operand.ndim)}{_dtype(sketch)}"
    _allow_for_rounding(sketch, name, operand.dtype, keywords)
    out = ""
    if sketch.chance(5):
        out = f", out={operand if sketch.chance(2) else sketch.array(operand.shape, writeable=True)}"
    sketch.result(f"np.{name}.accumulate({operand}, {keywords}{out})")


def reduceat(sketch: Sketch) -> None:
    """``ufunc.reduceat`` with starts in any order."""
    name, dtypes = _function(sketch)
    shape = sketch.shape(least_ndim=1)
    operand = sketch.array(shape, dtypes=dtypes, kind=_values(name))
    axis = sketch.axis(operand.ndim)
    length = shape[axis] if -len(shape) <= axis < len(shape) else 1
    last = length - 1 if length and not sketch.chance(20) else length
    starts = [sketch.integer(0, max(last, 0)) for _ in range(sketch.integer(0, 4))]
    keywords = f"axis={axis}{_dtype(sketch)}"
    _allow_for_rounding(sketch, name, operand.dtype, keywords)
    sketch.result(f"np.{name}.reduceat({operand}, np.array({starts}, 'int64'), {keywords})")


def outer(sketch: Sketch) -> None:
    """``ufunc.outer``."""
    name, dtypes = _function(sketch)
    first = sketch.operand(sketch.shape(most_ndim=2, long=False), dtypes=dtypes)
    second = sketch.operand(sketch.shape(most_ndim=2, long=False), dtypes=dtypes)
    set_tolerance(sketch, name, [first, second])
    sketch.result(f"np.{name}.outer({first}, {second}{_dtype(sketch)})")


def at(sketch: Sketch) -> None:
    """``ufunc.at``: unbuffered, repeated indices count each time."""
    name, dtypes = _function(sketch)
    shape = sketch.shape(least_ndim=1, long=False)
    target = sketch.array(shape, dtypes=dtypes, kind="tame", writeable=True)
    places = [sketch.integer(-shape[0], max(shape[0] - 1, 0)) for _ in range(sketch.integer(0, 5))]
    others = sketch.operand((len(places), *shape[1:]), dtypes=(target.dtype, *dtypes), kind="tame")
    _allow_for_rounding(sketch, name, target.dtype + others.dtype, "")
    sketch.result(f"np.{name}.at({target}, {places}, {others})")


def at_unary(sketch: Sketch) -> None:
    """``ufunc.at`` of a function with one operand."""
    name = sketch.choose(("negative", "absolute", "square", "logical_not", "invert", "floor"))
    sketch.subject = f"{name}.at"
    target = sketch.array(sketch.shape(least_ndim=1, long=False), dtypes=INTEGERS + FLOATS, writeable=True)
    sketch.result(
        f"np.{name}.at({target}, {sketch.choose(('0', '...', '[0, 0, 0]', '[]', 'slice(None, None, 2)'))})"
    )


OPERATIONS = (reduce, reduce, reduce, accumulate, reduceat, outer, at, at_unary)
