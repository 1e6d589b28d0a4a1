"""Order statistics, counting, differences and interpolation."""

from __future__ import annotations

from tests.python.differential.drawing.sketch import Sketch
from tests.python.differential.drawing.values import FLOATS, INTEGERS, REAL
from tests.python.differential.tolerance import Tolerance

# How the result of a function that is made of others lies in memory is left open.
UNSPECIFIED = ("strides",)

_ROUNDED = Tolerance(16, scale=512.0)
_METHODS = ("linear", "lower", "higher", "nearest", "midpoint", "hazen", "weibull", "median_unbiased")


def median(sketch: Sketch) -> None:
    """``median``."""
    operand = sketch.array(kind="tame" if sketch.chance(2) else "holes")
    sketch.tolerance = _ROUNDED
    sketch.result(
        f"np.median({operand}, axis={sketch.axes(operand.ndim)}{sketch.options(keepdims=(3, (True,)))})"
    )


def quantile(sketch: Sketch) -> None:
    """``quantile`` and ``percentile``."""
    function = sketch.subject = sketch.choose(("quantile", "percentile", "nanquantile"))
    operand = sketch.array(dtypes=REAL, kind="tame")
    places = sketch.choose(("0.5", "[0.25, 0.75]", "1.0", "0", "[]", "0.1", "1.5"))
    if function == "percentile":
        places = f"np.multiply({places}, 100)"
    sketch.tolerance = _ROUNDED
    keywords = sketch.options(method=(2, _METHODS), keepdims=(4, (True,)))
    sketch.result(f"np.{function}({operand}, {places}, axis={sketch.axes(operand.ndim)}{keywords})")


def average(sketch: Sketch) -> None:
    """``average``, weighted or not."""
    operand = sketch.array(kind="tame")
    axis = sketch.choose(("None", str(sketch.axis(operand.ndim))))
    weights = (
        f", weights={sketch.array(operand.shape, dtypes=FLOATS + INTEGERS, kind='tame')}"
        if sketch.chance(2)
        else ""
    )
    sketch.tolerance = Tolerance(64, scale=1024.0)
    sketch.result(f"np.average({operand}, axis={axis}{weights})")


def diff(sketch: Sketch) -> None:
    """``diff``."""
    operand = sketch.array(kind="tame")
    keywords = sketch.options(n=(2, (0, 1, 2, -1)), prepend=(6, (0,)), append=(6, (1,)))
    sketch.result(f"np.diff({operand}, axis={sketch.axis(operand.ndim)}{keywords})")


def gradient(sketch: Sketch) -> None:
    """``gradient``, ``ediff1d`` and ``trapezoid``."""
    function = sketch.subject = sketch.choose(("gradient", "ediff1d", "trapezoid"))
    sketch.tolerance = Tolerance(16, scale=64.0)
    sketch.result(f"np.{function}({sketch.array(sketch.shape(least_ndim=1, most_ndim=3), kind='tame')})")


def interp(sketch: Sketch) -> None:
    """``interp`` inside and outside the range."""
    count = sketch.integer(1, 6)
    heights = sketch.array((count,), dtypes=FLOATS + INTEGERS, kind="tame")
    places = sketch.operand(sketch.shape(most_ndim=2), dtypes=FLOATS + INTEGERS, kind="holes")
    sketch.tolerance = Tolerance(8, scale=512.0)
    keywords = sketch.options(left=(4, (-1,)), right=(4, (99,)), period=(8, (3,)))
    sketch.result(f"np.interp({places}, np.arange({count}) * 1.5, {heights}{keywords})")


def bincount(sketch: Sketch) -> None:
    """``bincount``, weighted or not."""
    operand = sketch.array(sketch.shape(least_ndim=1, most_ndim=1), dtypes=INTEGERS, kind="index")
    weights = f", {sketch.array(operand.shape, dtypes=FLOATS, kind='tame')}" if sketch.chance(3) else ""
    sketch.result(f"np.bincount({operand}{weights}{sketch.options(minlength=(3, (0, 9, -1)))})")


def digitize(sketch: Sketch) -> None:
    """``digitize`` into bins that rise or fall."""
    bins = sketch.choose(("[0, 1, 5]", "[5.0, 1.0, 0.0]", "[1]", "[]", "[2, 1, 3]"))
    operand = sketch.operand(sketch.shape(), dtypes=FLOATS + INTEGERS)
    sketch.result(f"np.digitize({operand}, {bins}{sketch.options(right=(2, (True,)))})")


def histogram(sketch: Sketch) -> None:
    """``histogram``."""
    operand = sketch.array(dtypes=FLOATS + INTEGERS, kind="tame")
    keywords = sketch.options(
        bins=(2, (5, [0, 1, 2, 9], 1, 0)), range=(3, ((0, 10), (3, 3), (2, 1))), density=(3, (True,))
    )
    sketch.tolerance = Tolerance(8, scale=16.0)
    sketch.result(f"np.histogram({operand}{keywords})")


def histogram2d(sketch: Sketch) -> None:
    """``histogram2d``."""
    shape = sketch.shape(least_ndim=1, most_ndim=1)
    first, second = (sketch.array(shape, dtypes=FLOATS, kind="tame") for _ in range(2))
    sketch.tolerance = Tolerance(8, scale=16.0)
    sketch.result(f"np.histogram2d({first}, {second}, bins=3)")


def covariance(sketch: Sketch) -> None:
    """``cov`` and ``corrcoef``."""
    function = sketch.subject = sketch.choose(("cov", "corrcoef"))
    operand = sketch.array(
        (sketch.integer(1, 3), sketch.integer(2, 6)), dtypes=FLOATS[1:] + INTEGERS, kind="tame"
    )
    # Rows that do not vary divide rounding errors by each other.
    sketch.unspecified.update(("warnings", "value") if function == "corrcoef" else ())
    sketch.tolerance = Tolerance(64, scale=16384.0)
    sketch.result(f"np.{function}({operand}{sketch.options(rowvar=(3, (False,)))})")


OPERATIONS = (
    median,
    quantile,
    average,
    diff,
    gradient,
    interp,
    bincount,
    digitize,
    histogram,
    histogram2d,
    covariance,
)
