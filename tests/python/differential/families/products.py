"""Products of vectors and matrices. Tame values make every sum exact, in any order."""

from __future__ import annotations

from tests.python.differential.drawing.sketch import Sketch
from tests.python.differential.drawing.values import ALL, BOOL, FLOATS, INTEGERS
from tests.python.differential.tolerance import Tolerance

# float16 rounds every sum; the others are exact.
_ROUNDED = Tolerance(8, scale=512.0)
# Whether a sum starts from zero or from its first product, maybe a negative zero, is up to the library.
_SUMMED = Tolerance(signed_zeros=False)


def _pair(sketch: Sketch) -> tuple[str, str]:
    rows, inner, columns = (sketch.integer(0, 5) for _ in range(3))
    if sketch.chance(15):
        rows, inner, columns = 65, 130, 33
    other_inner = inner + 1 if sketch.chance(30) else inner
    dtypes = (sketch.choose(ALL),) if sketch.chance(2) else ALL
    first = sketch.array(
        sketch.choose(((inner,), (rows, inner), (2, rows, inner))), dtypes=dtypes, kind="tame"
    )
    second = sketch.array(
        sketch.choose(((other_inner,), (other_inner, columns), (2, other_inner, columns))),
        dtypes=dtypes,
        kind="tame",
    )
    sketch.tolerance = _ROUNDED if "float16" in (first.dtype, second.dtype) else _SUMMED
    return str(first), str(second)


def matmul(sketch: Sketch) -> None:
    """``matmul``, the gufunc."""
    first, second = _pair(sketch)
    keywords = sketch.options(dtype=(8, ("float64", "complex128", "int8")), casting=(8, ("unsafe", "no")))
    sketch.result(f"np.matmul({first}, {second}{keywords})")


def dot(sketch: Sketch) -> None:
    """``dot``."""
    first, second = _pair(sketch)
    sketch.result(f"np.dot({first}, {second})" if sketch.chance(2) else f"{first}.dot({second})")


def vectors(sketch: Sketch) -> None:
    """``inner``, ``vdot``, ``vecdot``, ``outer``, ``kron``."""
    function = sketch.subject = sketch.choose(("inner", "vdot", "vecdot", "outer", "kron"))
    shape = sketch.shape(most_ndim=2, long=False)
    first, second = sketch.array(shape, kind="tame"), sketch.array(shape, kind="tame")
    sketch.tolerance = _ROUNDED if "float16" in (first.dtype, second.dtype) else _SUMMED
    sketch.result(f"np.{function}({first}, {second})")


def tensordot(sketch: Sketch) -> None:
    """``tensordot`` over one axis or two."""
    first = sketch.array((2, 3, 4), dtypes=INTEGERS + FLOATS[1:], kind="tame")
    second, axes = sketch.choose(
        (((4, 3), "1"), ((3, 4), "2"), ((4, 3), "([1, 2], [1, 0])"), ((2, 5), "(0, 0)"), ((2,), "0"))
    )
    sketch.result(
        f"np.tensordot({first}, {sketch.array(second, dtypes=INTEGERS + FLOATS[1:], kind='tame')}, {axes})"
    )


_EINSUM = (
    ("ij,jk->ik", ((2, 3), (3, 4))),
    ("ij,jk", ((2, 3), (3, 4))),
    ("ii", ((3, 3),)),
    ("ii->i", ((3, 3),)),
    ("ij->ji", ((2, 3),)),
    ("i,i", ((4,), (4,))),
    ("i,j->ij", ((3,), (2,))),
    ("...ij,...jk->...ik", ((2, 2, 3), (3, 2))),
    ("ij->", ((2, 3),)),
    ("ijk,ijk->i", ((2, 3, 2), (2, 3, 2))),
    ("ij,ij,ij->j", ((2, 3), (2, 3), (2, 3))),
    ("ij,k", ((2, 3), (0,))),
    ("ij->k", ((2, 3),)),
    ("i", ((2, 3),)),
)


def einsum(sketch: Sketch) -> None:
    """``einsum`` with explicit, implicit and wrong subscripts."""
    subscripts, shapes = sketch.choose(_EINSUM)
    operands = [sketch.array(shape, dtypes=BOOL + INTEGERS + FLOATS[1:], kind="tame") for shape in shapes]
    sketch.result(f"np.einsum('{subscripts}', {', '.join(map(str, operands))})")


def cross(sketch: Sketch) -> None:
    """``cross`` of vectors with three components."""
    first, second = (
        sketch.array((sketch.integer(0, 3), 3), dtypes=INTEGERS + FLOATS, kind="tame") for _ in range(2)
    )
    sketch.tolerance = _ROUNDED
    sketch.result(f"np.cross({first}, {second})")


def convolve(sketch: Sketch) -> None:
    """``convolve`` and ``correlate``."""
    function = sketch.subject = sketch.choose(("convolve", "correlate"))
    first, second = (sketch.array((sketch.integer(0, 6),), kind="tame") for _ in range(2))
    sketch.tolerance = Tolerance(8, scale=512.0)
    mode = sketch.options(mode=(2, ("same", "valid", "full")))
    sketch.result(f"np.{function}({first}, {second}{mode})")


OPERATIONS = (matmul, matmul, dot, vectors, tensordot, einsum, cross, convolve)
