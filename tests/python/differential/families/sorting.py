"""Sorting, searching and sets."""

from __future__ import annotations

from tests.python.differential.drawing.sketch import Sketch
from tests.python.differential.drawing.values import ALL, FLOATS
from tests.python.differential.tolerance import Tolerance

# 0.0 and -0.0 are equal, and may come in either order.
_EQUALS_IN_ANY_ORDER = Tolerance(signed_zeros=False)

_KINDS = ("stable", "quicksort", "mergesort", "heapsort", None)


def sort(sketch: Sketch) -> None:
    """``sort``, as a function and in place: NaN last."""
    sketch.tolerance = _EQUALS_IN_ANY_ORDER
    operand = sketch.array(writeable=True)
    axis = sketch.choose(("-1", "0", "None", str(sketch.axis(operand.ndim))))
    keywords = f"axis={axis}{sketch.options(kind=(2, _KINDS), stable=(8, (True, False)))}"
    if axis != "None" and sketch.chance(2):
        sketch.lines.append(f"{operand}.sort({keywords})")
    else:
        sketch.result(f"np.sort({operand}, {keywords})")


def argsort(sketch: Sketch) -> None:
    """``argsort``: stable, because any other order of equals is right too."""
    operand = sketch.array()
    axis = sketch.choose(("-1", "0", "None", str(sketch.axis(operand.ndim))))
    sketch.result(f"np.argsort({operand}, axis={axis}, kind='stable')")


def partition(sketch: Sketch) -> None:
    """``partition``: the element at its place, and on either side of it the same elements."""
    sketch.tolerance = _EQUALS_IN_ANY_ORDER
    operand = sketch.array(sketch.shape(least_ndim=1, most_ndim=1))
    place = sketch.integer(-operand.shape[0], max(operand.shape[0] - 1, 0))
    name = sketch.bind(f"np.partition({operand}, {place})")
    sketch.lines.append(f"result = {name}[{place}], np.sort({name}[:{place}]), np.sort({name}[{place}:])")
    sketch.lines.append(f"del {name}")


def argpartition(sketch: Sketch) -> None:
    """``argpartition``: what stands at the place."""
    sketch.tolerance = _EQUALS_IN_ANY_ORDER
    operand = sketch.array(sketch.shape(least_ndim=1, most_ndim=1), dtypes=FLOATS)
    place = sketch.integer(0, max(operand.shape[0] - 1, 0))
    sketch.result(f"{operand}[np.argpartition({operand}, {place})[{place}]]")


def lexsort(sketch: Sketch) -> None:
    """``lexsort`` by two keys."""
    shape = sketch.shape(least_ndim=1, most_ndim=2)
    sketch.result(f"np.lexsort(({sketch.array(shape)}, {sketch.array(shape)}))")


def searchsorted(sketch: Sketch) -> None:
    """``searchsorted``, with and without a sorter."""
    haystack = sketch.array(sketch.shape(least_ndim=1, most_ndim=1))
    needles = sketch.operand(sketch.shape(most_ndim=2), dtypes=(haystack.dtype, *ALL))
    side = sketch.options(side=(2, ("left", "right")))
    if sketch.chance(3):
        sketch.result(
            f"np.searchsorted({haystack}, {needles}, sorter=np.argsort({haystack}, kind='stable'){side})"
        )
    else:
        sketch.result(f"np.searchsorted(np.sort({haystack}), {needles}{side})")


def unique(sketch: Sketch) -> None:
    """``unique`` with all its results."""
    operand = sketch.array()
    keywords = sketch.options(
        return_index=(3, (True,)),
        return_inverse=(3, (True,)),
        return_counts=(3, (True,)),
        axis=(5, (0, -1)),
        equal_nan=(8, (False,)),
    )
    sketch.result(f"np.unique({operand}{keywords})")


def sets(sketch: Sketch) -> None:
    """Operations on sets."""
    function = sketch.subject = sketch.choose(("union1d", "intersect1d", "setdiff1d", "setxor1d", "isin"))
    first, second = sketch.array(kind="tame"), sketch.array(kind="tame")
    sketch.result(f"np.{function}({first}, {second})")


def unique_values(sketch: Sketch) -> None:
    """The array API's names for the results of ``unique``."""
    function = sketch.subject = sketch.choose(("unique_all", "unique_counts", "unique_inverse"))
    sketch.result(f"np.{function}({sketch.array(kind='tame')})")


OPERATIONS = (
    sort,
    sort,
    argsort,
    partition,
    argpartition,
    lexsort,
    searchsorted,
    unique,
    sets,
    unique_values,
)
