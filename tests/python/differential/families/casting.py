"""Conversions between dtypes, and the functions that say what converts to what."""

from __future__ import annotations

from tests.python.differential.drawing.sketch import Sketch
from tests.python.differential.drawing.values import ALL, FLOATS, INTEGERS

_CASTING = ("no", "equiv", "safe", "same_kind", "unsafe")


def _source_kind(target: str) -> str:
    return "castable" if target in INTEGERS else "wild"


def astype(sketch: Sketch) -> None:
    """``astype`` with its keywords."""
    target = sketch.choose(ALL)
    operand = sketch.array(kind=_source_kind(target))
    # NumPy refuses some halves that it could keep.
    rules = _CASTING if "float16" in (operand.dtype, target) else (*_CASTING, "same_value")
    keywords = sketch.options(order=(4, ("C", "F", "A", "K")), casting=(4, rules), copy=(4, (False, True)))
    sketch.subject = f"astype {operand.dtype} to {target}"
    sketch.result(f"{operand}.astype('{target}'{keywords})")


def assign(sketch: Sketch) -> None:
    """Assignment casts as it must."""
    shape = sketch.shape()
    target = sketch.array(shape, writeable=True)
    source = sketch.operand(shape, kind=_source_kind(target.dtype))
    sketch.subject = f"assign {source.dtype} to {target.dtype}"
    sketch.lines.append(f"{target}[...] = {source}")


def scalar_type(sketch: Sketch) -> None:
    """Calling a scalar type."""
    target = sketch.choose(ALL)
    sketch.subject = f"{target}()"
    kind = _source_kind(target)
    source = (
        sketch.scalar(kind=kind) if sketch.chance(2) else sketch.array(sketch.shape(long=False), kind=kind)
    )
    sketch.result(f"np.{target}({source})")


def can_cast(sketch: Sketch) -> None:
    """``can_cast`` between dtypes."""
    first, second = (sketch.choose(ALL) for _ in range(2))
    sketch.result(f"np.can_cast('{first}', '{second}'{sketch.options(casting=(2, _CASTING))})")


def promotion(sketch: Sketch) -> None:
    """``promote_types`` and ``result_type``, Python numbers included."""
    if sketch.chance(3):
        sketch.result(f"np.promote_types('{sketch.choose(ALL)}', '{sketch.choose(ALL)}')")
        return
    kinds = ("np.dtype('{}')", "np.{}", "np.zeros(2, '{}')", "np.{}(1)")
    parts = [sketch.choose(kinds).format(sketch.choose(ALL)) for _ in range(sketch.integer(1, 2))]
    parts += [sketch.choose(("1", "1.0", "1j", "True", "np.float32")) for _ in range(sketch.integer(0, 2))]
    sketch.result(f"np.result_type({', '.join(sketch.order(parts))})")


def min_scalar_type(sketch: Sketch) -> None:
    """``min_scalar_type``."""
    sketch.result(f"np.min_scalar_type({sketch.scalar()})")


def from_list(sketch: Sketch) -> None:
    """``array`` from nested lists of mixed numbers."""
    rows = sketch.integer(0, 3)
    length = sketch.integer(0, 3)
    uneven = 1 if sketch.chance(15) else 0
    listed = [
        "[" + ", ".join(str(sketch.scalar()) for _ in range(length + (uneven if row == 1 else 0))) + "]"
        for row in range(rows)
    ]
    text = f"[{', '.join(listed)}]" if sketch.chance(2) else (listed[0] if listed else "[]")
    keywords = sketch.options(dtype=(3, ALL), ndmin=(5, (1, 3)), order=(5, ("F",)))
    sketch.result(f"np.array({text}{keywords})")


def from_array(sketch: Sketch) -> None:
    """``array`` and ``asarray`` from an array: copied or shared."""
    function = sketch.subject = sketch.choose(
        ("array", "asarray", "asanyarray", "ascontiguousarray", "asfortranarray", "copy")
    )
    operand = sketch.array()
    keywords = ""
    if function in ("array", "asarray", "asanyarray"):
        keywords = sketch.options(dtype=(3, (operand.dtype, "float64", "int16")), order=(4, ("C", "F", "K")))
        keywords += sketch.options(copy=(4, (True, False, None)))
    sketch.result(f"np.{function}({operand}{keywords})")


def view(sketch: Sketch) -> None:
    """The same bytes read as another dtype."""
    operand = sketch.array(dtypes=INTEGERS + FLOATS)
    sketch.result(f"{operand}.view('{sketch.choose(INTEGERS + FLOATS)}')")


def to_python(sketch: Sketch) -> None:
    """``tolist``, ``tobytes``, ``byteswap``."""
    method = sketch.subject = sketch.choose(
        ("tolist()", "tobytes()", "tobytes(order='F')", "byteswap()", "tobytes('A')")
    )
    sketch.result(f"{sketch.array()}.{method}")


def parts(sketch: Sketch) -> None:
    """``real`` and ``imag``: views, assignable."""
    part = sketch.subject = sketch.choose(("real", "imag"))
    operand = sketch.array(writeable=True)
    if sketch.chance(2):
        sketch.result(f"{operand}.{part}")
    else:
        sketch.lines.append(f"{operand}.{part} = {sketch.operand(operand.shape, dtypes=FLOATS, kind='tame')}")


_SPELLINGS = """
    'f8' '<i4' '>f4' '=u2' float int bool complex 'double' 'single' 'half' '?' 'intc' 'uintp' 'longlong'
    'b' 'g' 'e' 'F' 'D' 'l' 'L' 'p' 'c16' 'int' 'uint' 'float' np.float32 np.int_ None np.floating 7
    'nonsense' 'i3'
"""


def dtype_spelling(sketch: Sketch) -> None:
    """Attributes of a dtype, whatever it was made from."""
    spelling = sketch.choose(_SPELLINGS.split())
    attribute = sketch.choose(
        ("name", "str", "kind", "char", "itemsize", "alignment", "byteorder", "type", "num")
    )
    sketch.subject = f"dtype.{attribute}"
    sketch.result(f"np.dtype({spelling}).{attribute}")


def limits(sketch: Sketch) -> None:
    """``finfo`` and ``iinfo``."""
    if sketch.chance(2):
        attribute = sketch.choose(
            ("bits", "eps", "epsneg", "max", "min", "tiny", "nmant", "nexp", "maxexp", "resolution")
        )
        sketch.subject = f"finfo.{attribute}"
        sketch.result(f"np.finfo('{sketch.choose(ALL)}').{attribute}")
    else:
        attribute = sketch.choose(("bits", "max", "min", "kind"))
        sketch.subject = f"iinfo.{attribute}"
        sketch.result(f"np.iinfo('{sketch.choose(ALL)}').{attribute}")


OPERATIONS = (
    astype,
    astype,
    assign,
    scalar_type,
    can_cast,
    promotion,
    min_scalar_type,
    from_list,
    from_array,
    view,
    to_python,
    parts,
    dtype_spelling,
    limits,
)
