"""A program while it is being drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import prod
from typing import TypeVar

from tests.python.differential.drawing import shapes, values
from tests.python.differential.drawing.choices import Choices
from tests.python.differential.drawing.layouts import layers
from tests.python.differential.drawing.shapes import Shape
from tests.python.differential.program import Program
from tests.python.differential.tolerance import EXACT, Tolerance

Item = TypeVar("Item")


@dataclass(frozen=True)
class Operand:
    """Something a program computes with: a variable's name or a literal, and what is known about it."""

    text: str
    dtype: str
    shape: Shape
    is_array: bool = True

    @property
    def ndim(self) -> int:
        """The number of dimensions."""
        return len(self.shape)

    def __str__(self) -> str:
        return self.text


class Sketch:
    """Draws choices and collects the statements they lead to."""

    def __init__(self, choices: Choices, family: str) -> None:
        self.choices = choices
        self.family = family
        self.subject = ""
        self.lines: list[str] = []
        self.tolerance: Tolerance = EXACT
        self.unspecified: set[str] = set()
        self._names = iter("abcdefghijklmnopqrstuvwxyz")

    def program(self) -> Program:
        """What has been drawn so far, as a program."""
        return Program(
            self.family, self.subject, tuple(self.lines), self.tolerance, frozenset(self.unspecified)
        )

    # Choices.

    def choose(self, options: Sequence[Item]) -> Item:
        """One of ``options``; a failing example is simplified toward the first."""
        return self.choices.choose(options)

    def chance(self, one_in: int) -> bool:
        """True once in so many times."""
        return self.choices.chance(one_in)

    def integer(self, low: int, high: int) -> int:
        """An integer between two bounds, both included."""
        return self.choices.integer(low, high)

    def order(self, items: Iterable[Item]) -> list[Item]:
        """The items in any order."""
        return self.choices.order(items)

    def shape(self, *, least_ndim: int = 0, most_ndim: int = 4, long: bool = True) -> Shape:
        """A shape within the bounds, a long one now and then."""
        return shapes.any_shape(self.choices, least_ndim=least_ndim, most_ndim=most_ndim, long=long)

    def shape_beside(self, result: Shape) -> Shape:
        """A shape that (nearly always) broadcasts to ``result``."""
        return shapes.shape_beside(self.choices, result)

    def axis(self, ndim: int) -> int:
        """An axis of ``ndim``, counted from either end, or rarely one that is not there."""
        if self.chance(30):
            return ndim + 1
        return self.integer(-ndim, ndim - 1) if ndim else self.choose((0, -1))

    def axes(self, ndim: int) -> str:
        """An ``axis=`` argument: None, one axis, or several."""
        kind = self.choose(("one", "none", "several"))
        if kind == "none" or ndim == 0:
            return "None"
        if kind == "one":
            return str(self.axis(ndim))
        return str(tuple(self.order(range(ndim))[: self.integer(0, ndim)]))

    def options(self, **keywords: tuple[int, Sequence[object]]) -> str:
        """Keyword arguments, each ``name=(one_in, values)`` given once in so many times."""
        return "".join(
            f", {name}={self.choose(values)!r}"
            for name, (one_in, values) in keywords.items()
            if self.chance(one_in)
        )

    # Statements.

    def bind(self, text: str) -> str:
        """Give the value of an expression a name."""
        name = next(self._names)
        self.lines.append(f"{name} = {text}")
        return name

    def result(self, text: str) -> None:
        """Make an expression the program's result."""
        self.lines.append(f"result = {text}")

    # Operands.

    def elements(self, dtype: str, kind: str, shape: Shape) -> str:
        """Source text of a new array in C order."""
        count = prod(shape)
        if count == 0:
            return f"np.zeros({shape}, '{dtype}')"
        if count > 8 and kind == "wild" and dtype != "bool" and self.chance(3):
            return f"(np.arange({count}) % {self.choose((101, 7, 26))}).astype('{dtype}').reshape({shape})"
        literals = values.literals(dtype, kind)
        period = count if count <= 7 else self.choose((5, 3, 7, 1))
        texts = [self.choose(literals) for _ in range(period)]
        if not shape:
            return f"np.array({texts[0]}, '{dtype}')"
        listed = f"[{', '.join(texts)}]"
        if period < count:
            listed = f"({listed} * {-(-count // period)})[:{count}]"
        reshaped = "" if len(shape) == 1 else f".reshape({shape})"
        return f"np.array({listed}, '{dtype}'){reshaped}"

    def array(
        self,
        shape: Shape | None = None,
        *,
        dtypes: Sequence[str] = values.ALL,
        kind: str = "wild",
        writeable: bool = False,
    ) -> Operand:
        """A new variable holding an array in some layout; each view on the way is a variable too."""
        if shape is None:
            shape = self.shape()
        dtype = self.choose(dtypes)
        start, steps = layers(self.choices, shape, writeable=writeable)
        name = self.bind(self.elements(dtype, kind, start))
        for step in steps:
            name = self.bind(step.format(name))
        return Operand(name, dtype, shape)

    def scalar(self, *, dtypes: Sequence[str] = values.ALL, kind: str = "wild") -> Operand:
        """A literal: a scalar of the library or a Python number."""
        dtype = self.choose(dtypes)
        literal = self.choose(values.literals(dtype, kind))
        text = literal if self.chance(2) else f"np.{dtype}({literal})"
        return Operand(text, dtype, (), is_array=False)

    def operand(self, shape: Shape, *, dtypes: Sequence[str] = values.ALL, kind: str = "wild") -> Operand:
        """An array that broadcasts to ``shape``, or a scalar."""
        if self.chance(5):
            return self.scalar(dtypes=dtypes, kind=kind)
        return self.array(self.shape_beside(shape), dtypes=dtypes, kind=kind)
