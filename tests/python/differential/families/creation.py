"""Arrays from nothing: filled, ranged, patterned, and from bytes and iterables."""

from __future__ import annotations

from tests.python.differential.drawing.sketch import Sketch
from tests.python.differential.drawing.values import ALL
from tests.python.differential.tolerance import Tolerance


def filled(sketch: Sketch) -> None:
    """``zeros``, ``ones``, ``full``."""
    function = sketch.subject = sketch.choose(("zeros", "ones", "full"))
    shape = sketch.choose((str(sketch.shape()), "3", "[2, 1]", "-1", "(2, -1)", "2.0", "'x'", "np.int8(2)"))
    value = f", {sketch.scalar()}" if function == "full" else ""
    keywords = sketch.options(dtype=(2, ALL), order=(3, ("C", "F", "K")))
    sketch.result(f"np.{function}({shape}{value}{keywords})")


def filled_like(sketch: Sketch) -> None:
    """``zeros_like``, ``ones_like``, ``full_like``: the layout follows the prototype."""
    function = sketch.subject = sketch.choose(("zeros_like", "ones_like", "full_like"))
    prototype = sketch.array()
    value = f", {sketch.scalar(dtypes=(prototype.dtype, *ALL))}" if function == "full_like" else ""
    keywords = sketch.options(dtype=(3, ALL), order=(3, ("C", "F", "A", "K")), shape=(5, ((2, 3), 4)))
    sketch.result(f"np.{function}({prototype}{value}{keywords})")


def arange(sketch: Sketch) -> None:
    """``arange`` of integers and floats."""
    bounds = ("0", "1", "5", "-3", "2.5", "0.1", "10", "True", "np.int8(4)", "np.float32(1.5)", "nan", "1j")
    parts = [sketch.choose(bounds) for _ in range(sketch.integer(1, 3))]
    sketch.result(f"np.arange({', '.join(parts)}{sketch.options(dtype=(3, ALL))})")


def spaced(sketch: Sketch) -> None:
    """``linspace``, ``logspace``, ``geomspace``."""
    function = sketch.subject = sketch.choose(("linspace", "linspace", "logspace", "geomspace"))
    start, stop = (sketch.choose(("0", "1", "2.5", "-1", "3", "[1, 2]", "10.0", "1j")) for _ in range(2))
    keywords = sketch.options(endpoint=(3, (False,)), dtype=(4, ALL), axis=(8, (-1,)))
    sketch.tolerance = Tolerance(16, scale=4.0)
    sketch.result(
        f"np.{function}({start}, {stop}, {sketch.choose(('5', '1', '0', '2', '50', '-1'))}{keywords})"
    )


_PATTERNS = (
    "np.eye({size}, {other}, k={shift}{dtype})",
    "np.identity({size}{dtype})",
    "np.tri({size}, {other}, {shift})",
    "np.vander(np.arange({size}{dtype}), {other})",
    "np.indices(({size}, {other}), sparse=True)",
    "np.indices(({size}, {other}){dtype})",
    "np.diag_indices({size})",
    "np.tril_indices({size}, {shift})",
    "np.triu_indices({size}, {shift}, {other})",
    "np.ix_(np.arange({size}), [True, False, True])",
)


def patterned(sketch: Sketch) -> None:
    """Matrices of ones, and the indices of patterns."""
    pattern = sketch.choose(_PATTERNS)
    sketch.subject = pattern.partition("np.")[2].partition("(")[0]
    size, other, shift = sketch.integer(0, 4), sketch.integer(0, 4), sketch.integer(-2, 2)
    dtype = sketch.options(dtype=(2, ALL))
    sketch.result(pattern.format(size=size, other=other, shift=shift, dtype=dtype))


def meshgrid(sketch: Sketch) -> None:
    """``meshgrid``."""
    first, second = (sketch.array((sketch.integer(0, 3),)) for _ in range(2))
    keywords = sketch.options(indexing=(2, ("ij", "xy")), sparse=(3, (True,)), copy=(3, (False,)))
    sketch.result(f"np.meshgrid({first}, {second}{keywords})")


def from_bytes(sketch: Sketch) -> None:
    """``frombuffer``."""
    dtype = sketch.choose(ALL)
    keywords = sketch.options(count=(3, (1, 2, -1, 9)), offset=(3, (0, 8, 1, 100)))
    sketch.result(f"np.frombuffer(bytes(range(32)), '{dtype}'{keywords})")


def from_iterable(sketch: Sketch) -> None:
    """``fromiter`` and ``fromfunction``."""
    count = sketch.integer(0, 5)
    sketch.result(
        sketch.choose(
            (
                f"np.fromiter(range({count}), '{sketch.choose(ALL)}'{sketch.options(count=(3, (2, -1)))})",
                f"np.fromfunction(lambda i, j: i + 2 * j, ({count}, 2))",
                f"np.fromstring('1 2 3', '{sketch.choose(ALL)}', sep=' ')",
            )
        )
    )


OPERATIONS = (filled, filled_like, arange, spaced, patterned, meshgrid, from_bytes, from_iterable)
