"""What programs do.

A family is a module with ``OPERATIONS``: functions that draw one program each into a `Sketch`, those that
matter more listed more often. It may name aspects that are ``UNSPECIFIED`` for all of them.
"""

from __future__ import annotations

from types import ModuleType

from tests.python.differential.drawing.choices import Choices
from tests.python.differential.drawing.sketch import Sketch
from tests.python.differential.families import (
    casting,
    chains,
    construction,
    creation,
    indexing,
    joining,
    objects,
    operators,
    printing,
    products,
    reductions,
    selection,
    shaping,
    sorting,
    statistics,
    tools,
    ufunc_methods,
    ufuncs,
)
from tests.python.differential.program import Program

# Each family with its share of all programs.
_SHARES = {
    ufuncs: 4,
    indexing: 4,
    operators: 3,
    casting: 3,
    reductions: 3,
    ufunc_methods: 2,
    shaping: 2,
    joining: 1,
    sorting: 1,
    selection: 1,
    statistics: 1,
    products: 1,
    creation: 1,
    construction: 1,
    printing: 1,
    objects: 1,
    tools: 2,
    chains: 2,
}
_NAMES = {module: module.__name__.rpartition(".")[2] for module in _SHARES}
FAMILIES: dict[str, ModuleType] = {name: module for module, name in _NAMES.items()}
_BY_SHARE = [_NAMES[module] for module, share in _SHARES.items() for _ in range(share)]


def draw_program(choices: Choices, family: str | None = None) -> Program:
    """A program of the given family, or of any."""
    name = family or choices.choose(_BY_SHARE)
    operation = choices.choose(FAMILIES[name].OPERATIONS)
    sketch = Sketch(choices, name)
    sketch.subject = operation.__name__
    sketch.unspecified.update(getattr(FAMILIES[name], "UNSPECIFIED", ()))
    operation(sketch)
    return sketch.program()
