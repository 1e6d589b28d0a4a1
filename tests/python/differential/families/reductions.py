"""Reductions and scans as methods and as functions."""

from __future__ import annotations

from tests.python.differential.drawing.sketch import Operand, Sketch
from tests.python.differential.drawing.values import ALL, BOOL, COMPLEX, FLOATS
from tests.python.differential.tolerance import Tolerance

# Tame values are below 17 in size: their squares sum to less than this, where a mean is taken away. NumPy
# adds rows one after the other, whose rounding errors add up.
_SPREAD = Tolerance(64, scale=512.0)
# A mean of exact sums is one division; in float16 and complex numbers several roundings.
_MEAN = Tolerance(2)


def _keywords(sketch: Sketch, operand: Operand, *, several: bool = True) -> str:
    axis = sketch.axes(operand.ndim) if several else sketch.choose(("None", str(sketch.axis(operand.ndim))))
    return f"axis={axis}" + sketch.options(keepdims=(3, (True, False)))


def _where(sketch: Sketch, operand: Operand) -> str:
    if not sketch.chance(6):
        return ""
    return f", where={sketch.array(sketch.shape_beside(operand.shape), dtypes=BOOL)}"


def _call(sketch: Sketch, name: str, operand: Operand, keywords: str) -> None:
    if sketch.chance(3):
        sketch.result(f"np.{name}({operand}, {keywords})")
    else:
        sketch.result(f"{operand}.{name}({keywords})")


def sums(sketch: Sketch) -> None:
    """``sum`` and ``prod``."""
    name = sketch.subject = sketch.choose(("sum", "prod"))
    operand = sketch.array(kind="tame")
    keywords = _keywords(sketch, operand) + sketch.options(dtype=(6, ALL), initial=(6, (1, 0.5, -2)))
    if name == "prod" or "16" in operand.dtype + keywords:
        # Products leave the exact range, and float16 sums do.
        sketch.tolerance = Tolerance(64, scale=64.0)
    _call(sketch, name, operand, keywords + _where(sketch, operand))


def extremes(sketch: Sketch) -> None:
    """``max`` and ``min``: NaN wins, empty raises unless there is an initial value."""
    name = sketch.subject = sketch.choose(("max", "min"))
    operand = sketch.array()
    keywords = _keywords(sketch, operand) + sketch.options(initial=(6, (0, -1, 2.5)))
    if "initial" in keywords:
        keywords += _where(sketch, operand)
    _call(sketch, name, operand, keywords)


def peak_to_peak(sketch: Sketch) -> None:
    """``ptp``."""
    operand = sketch.array(kind="tame")
    sketch.result(f"np.ptp({operand}, {_keywords(sketch, operand)})")


def truth(sketch: Sketch) -> None:
    """``any`` and ``all``."""
    name = sketch.subject = sketch.choose(("any", "all"))
    operand = sketch.array()
    _call(sketch, name, operand, _keywords(sketch, operand) + _where(sketch, operand))


def moments(sketch: Sketch) -> None:
    """``mean``, ``var`` and ``std``."""
    name = sketch.subject = sketch.choose(("mean", "var", "std"))
    operand = sketch.array(kind="tame")
    keywords = _keywords(sketch, operand) + sketch.options(dtype=(8, ("float32", "float64", "complex128")))
    sketch.tolerance = _MEAN if name == "mean" else _SPREAD
    if name != "mean":
        keywords += sketch.options(ddof=(4, (1, 2, 0.5)))
    if operand.dtype in ("float16", *COMPLEX):
        sketch.tolerance = _SPREAD
    _call(sketch, name, operand, keywords + _where(sketch, operand))


def positions(sketch: Sketch) -> None:
    """``argmax`` and ``argmin``: the first of equals, the first NaN."""
    name = sketch.subject = sketch.choose(("argmax", "argmin"))
    operand = sketch.array()
    _call(sketch, name, operand, _keywords(sketch, operand, several=False))


def scans(sketch: Sketch) -> None:
    """``cumsum`` and ``cumprod``."""
    name = sketch.subject = sketch.choose(("cumsum", "cumprod"))
    operand = sketch.array(kind="tame")
    keywords = f"axis={sketch.choose(('None', str(sketch.axis(operand.ndim))))}"
    keywords += sketch.options(dtype=(6, ALL))
    if name == "cumprod" or "16" in operand.dtype + keywords:
        sketch.tolerance = Tolerance(64, scale=64.0)
    _call(sketch, name, operand, keywords)


def cumulative(sketch: Sketch) -> None:
    """The array API's names for scans."""
    name = sketch.subject = sketch.choose(("cumulative_sum", "cumulative_prod"))
    operand = sketch.array(kind="tame")
    sketch.tolerance = Tolerance(64, scale=64.0)
    keywords = f"axis={sketch.axis(operand.ndim)}" + sketch.options(include_initial=(2, (True,)))
    sketch.result(f"np.{name}({operand}, {keywords})")


def without_nan(sketch: Sketch) -> None:
    """The functions that leave NaN out."""
    name = sketch.subject = sketch.choose(
        (
            "nansum",
            "nanmax",
            "nanmin",
            "nanmean",
            "nanvar",
            "nanstd",
            "nanprod",
            "nanargmax",
            "nanargmin",
            "nancumsum",
        )
    )
    operand = sketch.array(
        dtypes=ALL if sketch.chance(4) else FLOATS, kind="tame" if sketch.chance(4) else "holes"
    )
    several = not name.startswith(("nanarg", "nancum"))
    keywords = _keywords(sketch, operand, several=several)
    if name == "nancumsum":
        keywords = keywords.partition(", keepdims")[0]
    sketch.tolerance = Tolerance(64, scale=512.0)
    sketch.result(f"np.{name}({operand}, {keywords})")


def nonzero_count(sketch: Sketch) -> None:
    """``count_nonzero``."""
    operand = sketch.array()
    sketch.result(f"np.count_nonzero({operand}, {_keywords(sketch, operand)})")


def into_output(sketch: Sketch) -> None:
    """Reductions that write into ``out=``."""
    name = sketch.subject = sketch.choose(("sum", "max", "mean", "any", "argmax", "cumsum"))
    shape = sketch.shape(least_ndim=1)
    operand = sketch.array(shape, kind="tame")
    axis = sketch.integer(0, len(shape) - 1)
    reduced = shape if name == "cumsum" else shape[:axis] + shape[axis + 1 :]
    out = sketch.array(reduced, dtypes=(operand.dtype, "int64", *ALL), writeable=True)
    sketch.tolerance = Tolerance(64, scale=64.0)
    sketch.result(f"{operand}.{name}(axis={axis}, out={out})")


def tracing(sketch: Sketch) -> None:
    """``trace``."""
    operand = sketch.array(sketch.shape(least_ndim=2, most_ndim=3), kind="tame")
    sketch.result(f"{operand}.trace({sketch.choose(('', 'offset=1', 'offset=-2', 'axis1=1, axis2=0'))})")


OPERATIONS = (
    sums,
    sums,
    extremes,
    peak_to_peak,
    truth,
    moments,
    positions,
    scans,
    cumulative,
    without_nan,
    nonzero_count,
    into_output,
    tracing,
)
