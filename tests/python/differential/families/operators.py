"""Python's operators: arrays with arrays and scalars, in place, on overlapping views."""

from __future__ import annotations

from tests.python.differential.drawing.sketch import Sketch
from tests.python.differential.drawing.values import ALL, BOOL, COMPLEX, FLOATS, INTEGERS, NUMBERS
from tests.python.differential.tolerance import of_ufunc

_BINARY = {
    "+": "add",
    "-": "subtract",
    "*": "multiply",
    "/": "divide",
    "//": "floor_divide",
    "%": "remainder",
    "**": "power",
    "<<": "left_shift",
    ">>": "right_shift",
    "&": "bitwise_and",
    "|": "bitwise_or",
    "^": "bitwise_xor",
    "==": "equal",
    "!=": "not_equal",
    "<": "less",
    "<=": "less_equal",
    ">": "greater",
    ">=": "greater_equal",
}
_IN_PLACE = ("+", "-", "*", "/", "//", "%", "**", "<<", ">>", "&", "|", "^")
_BITWISE = ("<<", ">>", "&", "|", "^")


def _dtypes(sketch: Sketch, symbol: str) -> tuple[str, ...]:
    if sketch.chance(10):
        return ALL
    if symbol in _BITWISE:
        return BOOL + INTEGERS
    return INTEGERS + FLOATS if symbol in ("//", "%") else NUMBERS


def _allow_for_rounding(sketch: Sketch, symbol: str, *dtypes: str) -> None:
    sketch.tolerance = of_ufunc(_BINARY[symbol], complex_operands=any(dtype in COMPLEX for dtype in dtypes))


def binary(sketch: Sketch) -> None:
    """Any two operands, scalars and Python numbers included: NEP 50 promotion."""
    symbol = sketch.subject = sketch.choose(tuple(_BINARY))
    dtypes = _dtypes(sketch, symbol)
    shape = sketch.shape()
    first, second = sketch.operand(shape, dtypes=dtypes), sketch.operand(shape, dtypes=dtypes)
    _allow_for_rounding(sketch, symbol, first.dtype, second.dtype)
    sketch.result(f"{first} {symbol} {second}")


def scalars(sketch: Sketch) -> None:
    """Two scalars, at least one of them the library's own."""
    symbol = sketch.choose(tuple(_BINARY))
    sketch.subject = f"scalar {symbol}"
    dtypes = _dtypes(sketch, symbol)
    first, second = sketch.scalar(dtypes=dtypes), sketch.scalar(dtypes=dtypes)
    own = f"np.{first.dtype}({first})"
    _allow_for_rounding(sketch, symbol, first.dtype, second.dtype)
    sketch.result(f"{own} {symbol} {second}" if sketch.chance(2) else f"{second} {symbol} {own}")


def in_place(sketch: Sketch) -> None:
    """``a += b``."""
    symbol = sketch.choose(_IN_PLACE)
    sketch.subject = f"{symbol}="
    dtypes = _dtypes(sketch, symbol)
    target = sketch.array(dtypes=dtypes, writeable=not sketch.chance(20))
    other = sketch.operand(target.shape, dtypes=(target.dtype, *dtypes))
    _allow_for_rounding(sketch, symbol, target.dtype, other.dtype)
    sketch.lines.append(f"{target} {symbol}= {other}")


def overlapping(sketch: Sketch) -> None:
    """An operation whose operands and output are different views of one array."""
    symbol = sketch.choose(_IN_PLACE)
    sketch.subject = f"overlapping {symbol}="
    shape = sketch.shape(least_ndim=1)
    target = sketch.array(shape, dtypes=_dtypes(sketch, symbol), writeable=True)
    _allow_for_rounding(sketch, symbol, target.dtype)
    left, right = sketch.choose(
        (
            ("1:", ":-1"),
            (":-1", "1:"),
            ("::-1", ":"),
            (":", "::-1"),
            (":", ":1"),
            ("2:", ":-2"),
            ("...", "-1"),
        )
    )
    if len(shape) > 1 and shape[0] == shape[1] and sketch.chance(2):
        sketch.lines.append(f"{target} {symbol}= {target}.swapaxes(0, 1)")
    else:
        sketch.lines.append(f"{target}[{left}] {symbol}= {target}[{right}]")


def overlapping_assignment(sketch: Sketch) -> None:
    """Copying between views of one array."""
    shape = sketch.shape(least_ndim=1)
    target = sketch.array(shape, writeable=True)
    left, right = sketch.choose((("1:", ":-1"), (":-1", "1:"), ("::-1", ":"), (":", "::-1"), ("2:", ":-2")))
    sketch.lines.append(f"{target}[{left}] = {target}[{right}]")


def unary(sketch: Sketch) -> None:
    """Prefix operators and the built-in functions that are operators in disguise."""
    template = sketch.choose(
        ("-{}", "+{}", "~{}", "abs({})", "divmod({}, 3)", "round({}, 1)", "{}.conj()", "pow({}, 2)")
    )
    sketch.subject = template
    operand = sketch.operand(sketch.shape())
    sketch.tolerance = of_ufunc("conjugate", complex_operands=operand.dtype in COMPLEX)
    text = (
        operand.text
        if operand.is_array or operand.text.startswith("np.")
        else f"np.{operand.dtype}({operand})"
    )
    sketch.result(template.format(text))


def conversions(sketch: Sketch) -> None:
    """Python numbers and truth from arrays of one element, and errors from others."""
    function = sketch.subject = sketch.choose(
        ("bool", "int", "float", "complex", "len", "list", "hash", "index")
    )
    operand = sketch.array(sketch.choose(((), (1,), (1, 1), (2,), (0,))), dtypes=ALL, kind="tame")
    source = f"{operand}[()]" if sketch.chance(3) else operand.text
    if function == "index":
        sketch.result(f"[10, 20, 30, 40][{source}]")
    else:
        sketch.result(f"{function}({source})")


def product(sketch: Sketch) -> None:
    """``a @ b``."""
    rows, inner, columns = (sketch.integer(0, 4) for _ in range(3))
    first = sketch.array(sketch.choose(((rows, inner), (inner,), (2, rows, inner))), kind="tame")
    second = sketch.array(sketch.choose(((inner, columns), (inner,), (2, inner, columns))), kind="tame")
    sketch.tolerance = of_ufunc("add", complex_operands=True)
    sketch.result(f"{first} @ {second}")


OPERATIONS = (
    binary,
    binary,
    scalars,
    in_place,
    overlapping,
    overlapping_assignment,
    unary,
    conversions,
    product,
)
