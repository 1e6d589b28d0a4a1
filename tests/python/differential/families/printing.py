"""Text of arrays, scalars and dtypes."""

from __future__ import annotations

from tests.python.differential.drawing.sketch import Sketch
from tests.python.differential.drawing.values import ALL, FLOATS, INTEGERS


def array_text(sketch: Sketch) -> None:
    """``repr`` and ``str`` of arrays."""
    function = sketch.subject = sketch.choose(("repr", "str"))
    sketch.result(f"{function}({sketch.array(kind='tame' if sketch.chance(2) else 'wild')})")


def scalar_text(sketch: Sketch) -> None:
    """``repr`` and ``str`` of scalars."""
    function = sketch.choose(("repr", "str"))
    operand = sketch.scalar()
    sketch.subject = f"{function} {operand.dtype}"
    sketch.result(f"{function}(np.{operand.dtype}({operand}))")


def random_float_text(sketch: Sketch) -> None:
    """The shortest text that reads back as the same number, for numbers anywhere in the range."""
    dtype = sketch.choose(FLOATS)
    bits = int(dtype.removeprefix("float"))
    pattern = sketch.integer(0, 2**bits - 1)
    sketch.subject = f"repr {dtype}"
    sketch.result(f"repr(np.array([{pattern}], 'uint{bits}').view('{dtype}')[0])")


def with_options(sketch: Sketch) -> None:
    """``array2string`` with its options."""
    operand = sketch.array(sketch.shape(most_ndim=3))
    keywords = sketch.options(
        precision=(2, (0, 2, 4, 17)),
        suppress_small=(3, (True,)),
        separator=(4, (", ", ",")),
        max_line_width=(4, (20, 40)),
        threshold=(4, (5, 0)),
        edgeitems=(4, (1, 2)),
        floatmode=(3, ("fixed", "unique", "maxprec", "maxprec_equal")),
        sign=(3, ("+", " ", "-")),
        prefix=(6, ("     ",)),
    )
    sketch.result(f"np.array2string({operand}{keywords})")


def under_printoptions(sketch: Sketch) -> None:
    """``printoptions`` around a ``repr``."""
    operand = sketch.array(sketch.shape(most_ndim=3))
    keywords = sketch.options(
        precision=(2, (1, 3)), suppress=(3, (True,)), linewidth=(3, (30,)), legacy=(6, ("1.25", "1.13")),
        nanstr=(5, ("NA",)), infstr=(5, ("oo",)), threshold=(5, (3,)),
    )  # fmt: skip
    sketch.lines.append(f"with np.printoptions({keywords.removeprefix(', ')}):")
    sketch.lines.append(f"    result = repr({operand}), str({operand})")


def number_format(sketch: Sketch) -> None:
    """``format_float_positional`` and ``format_float_scientific``."""
    function = sketch.subject = sketch.choose(("format_float_positional", "format_float_scientific"))
    keywords = sketch.options(
        precision=(2, (0, 3, 8)),
        unique=(3, (False, True)),
        trim=(3, ("k", ".", "0", "-")),
        sign=(4, (True,)),
        pad_left=(4, (5,)),
    )
    if function.endswith("positional"):
        keywords += sketch.options(fractional=(4, (False,)), pad_right=(4, (5,)))
    else:
        keywords += sketch.options(exp_digits=(4, (3,)))
    if "unique=False" in keywords and "precision" not in keywords:
        keywords += ", precision=5"
    number = sketch.scalar(dtypes=FLOATS)
    sketch.result(f"np.{function}(np.{number.dtype}({number}){keywords})")


def format_call(sketch: Sketch) -> None:
    """``format`` of scalars and 0-d arrays, and bases of integers."""
    text = sketch.choose(("'.3f'", "''", "'>10'", "'e'", "'d'", "'g'", "'x'"))
    sketch.result(f"format(np.{sketch.choose(ALL)}({sketch.choose(('1', '0', '2', '100'))}), {text})")


def bases(sketch: Sketch) -> None:
    """``base_repr`` and ``binary_repr``."""
    number = sketch.scalar(dtypes=INTEGERS)
    sketch.result(
        sketch.choose(
            (
                f"np.base_repr({number}, {sketch.integer(2, 12)})",
                f"np.binary_repr({number}{sketch.options(width=(2, (8, 70)))})",
            )
        )
    )


def dtype_text(sketch: Sketch) -> None:
    """``repr`` and ``str`` of dtypes."""
    sketch.result(f"{sketch.choose(('repr', 'str'))}(np.dtype('{sketch.choose(ALL)}'))")


OPERATIONS = (
    array_text,
    array_text,
    scalar_text,
    random_float_text,
    with_options,
    under_printoptions,
    number_format,
    format_call,
    bases,
    dtype_text,
)
