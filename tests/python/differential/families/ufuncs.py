"""Calls of universal functions, with every keyword."""

from __future__ import annotations

from dataclasses import replace

from tests.python.differential.drawing.sketch import Operand, Sketch
from tests.python.differential.drawing.values import ALL, BOOL, COMPLEX, FLOATS, INTEGERS, NUMBERS, REAL
from tests.python.differential.tolerance import of_ufunc
from tests.python.oracle import numpy as np

# Function names by the dtypes that most of the draws are taken from.
UNARY: dict[tuple[str, ...], str] = {
    ALL: "absolute square positive conjugate isfinite isinf isnan logical_not sign",
    NUMBERS: "negative reciprocal",
    FLOATS
    + COMPLEX: """sqrt exp exp2 expm1 log log2 log10 log1p sin cos tan arcsin arccos arctan sinh cosh tanh
        arcsinh arccosh arctanh rint""",
    FLOATS: "modf frexp spacing signbit cbrt deg2rad rad2deg degrees radians fabs",
    REAL: "floor ceil trunc",
    BOOL + INTEGERS: "invert",
    INTEGERS: "bitwise_count",
}
BINARY: dict[tuple[str, ...], str] = {
    ALL: """add multiply divide equal not_equal less less_equal greater greater_equal logical_and logical_or
    logical_xor maximum minimum fmax fmin""",
    NUMBERS: "subtract power float_power",
    INTEGERS + FLOATS: "floor_divide remainder fmod divmod",
    FLOATS: "arctan2 hypot copysign nextafter logaddexp logaddexp2 heaviside",
    BOOL + INTEGERS: "bitwise_and bitwise_or bitwise_xor left_shift right_shift",
    INTEGERS: "gcd lcm",
}

# Types of which floating-point functions compute in single precision, or in half.
SINGLE = {"bool", "int8", "uint8", "int16", "uint16", "float16", "float32", "complex64"}


def _by_name(table: dict[tuple[str, ...], str]) -> dict[str, tuple[str, ...]]:
    return {name: dtypes for dtypes, names in table.items() for name in names.split()}


UNARY_DTYPES = _by_name(UNARY)
BINARY_DTYPES = _by_name(BINARY)


def dtypes_for(sketch: Sketch, usual: tuple[str, ...]) -> tuple[str, ...]:
    """The usual dtypes of a function, or now and then all of them."""
    return ALL if sketch.chance(8) else usual


def set_tolerance(sketch: Sketch, name: str, operands: list[Operand]) -> None:
    """Allow for the rounding of a function without a correctly rounded definition."""
    dtypes = {operand.dtype for operand in operands}
    tolerance = of_ufunc(name, complex_operands=not dtypes.isdisjoint(COMPLEX))
    if dtypes and dtypes <= SINGLE:
        tolerance = replace(tolerance, computed_in="float32")
    sketch.tolerance = tolerance


def call_keywords(sketch: Sketch) -> str:
    """The keywords that choose loop and layout."""
    return sketch.options(
        dtype=(8, ALL),
        casting=(8, ("unsafe", "safe", "same_kind", "equiv", "no")),
        order=(8, ("C", "F", "A", "K")),
    )


def outputs(sketch: Sketch, operands: list[Operand], shape: tuple[int, ...], count: int) -> str:
    """An ``out=`` keyword, usually none; an operand, or a view that overlaps one, may be the output."""
    if not sketch.chance(3):
        return ""
    arrays = [operand for operand in operands if operand.is_array and operand.shape == shape]
    outs = []
    for _ in range(count):
        if arrays and sketch.chance(2):
            out = sketch.choose(arrays).text
            if shape and sketch.chance(2):
                out = f"{out}[::-1]"
        else:
            out = sketch.array(shape, writeable=True).text
        outs.append(out)
    where = ""
    # A mask beside a Python number crashes NumPy where the number is out of the type's range.
    if sketch.chance(3) and all(operand.is_array for operand in operands):
        where = f", where={sketch.operand(shape, dtypes=BOOL)}"
    return f", out={outs[0] if count == 1 else '(' + ', '.join(outs) + ')'}{where}"


def unary(sketch: Sketch) -> None:
    """A ufunc of one operand."""
    name = sketch.choose(tuple(UNARY_DTYPES))
    sketch.subject = name
    shape = sketch.shape()
    operand = sketch.operand(shape, dtypes=dtypes_for(sketch, UNARY_DTYPES[name]))
    set_tolerance(sketch, name, [operand])
    out = outputs(sketch, [operand], operand.shape, getattr(np, name).nout)
    sketch.result(f"np.{name}({operand}{out}{call_keywords(sketch)})")


def binary(sketch: Sketch) -> None:
    """A ufunc of two operands."""
    name = sketch.choose(tuple(BINARY_DTYPES))
    sketch.subject = name
    shape = sketch.shape()
    usual = dtypes_for(sketch, BINARY_DTYPES[name])
    first = sketch.operand(shape, dtypes=usual)
    second = sketch.operand(shape, dtypes=usual if sketch.chance(2) else (first.dtype,))
    operands = [first, second]
    set_tolerance(sketch, name, operands)
    try:
        common = np.broadcast_shapes(first.shape, second.shape)
    except ValueError:
        common = shape
    out = outputs(sketch, operands, common, getattr(np, name).nout)
    sketch.result(f"np.{name}({first}, {second}{out}{call_keywords(sketch)})")


def ldexp(sketch: Sketch) -> None:
    """A float and an integer operand."""
    shape = sketch.shape()
    mantissa = sketch.operand(shape, dtypes=FLOATS)
    exponent = sketch.operand(shape, dtypes=INTEGERS, kind="index" if sketch.chance(2) else "tame")
    sketch.result(f"np.ldexp({mantissa}, {exponent})")


def signature(sketch: Sketch) -> None:
    """The loop chosen by ``signature=``."""
    name = sketch.subject = sketch.choose(("add", "multiply", "less", "divide", "maximum", "power"))
    shape = sketch.shape(long=False)
    operands = [sketch.operand(shape), sketch.operand(shape)]
    set_tolerance(sketch, name, operands)
    chosen = sketch.choose(
        ("'dd->d'", "'ff->f'", "'ll->l'", "(None, None, 'd')", "('d', None, None)", "'dd->?'", "'D'")
    )
    sketch.result(f"np.{name}({operands[0]}, {operands[1]}, signature={chosen}{call_keywords(sketch)})")


OPERATIONS = (unary, binary, unary, binary, binary, ldexp, signature)
