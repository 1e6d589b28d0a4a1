"""The program under comparison: source text and what may be compared about it."""

from __future__ import annotations

from dataclasses import dataclass

from tests.python.differential.tolerance import EXACT, Tolerance

HEADER = "import numpy as np\nfrom math import inf, nan\n"


@dataclass(frozen=True)
class Program:
    """A few lines of Python on ``np``.

    Attributes
    ----------
    family, subject
        What the program exercises, from the general to the particular; differences are grouped by them.
    lines
        The statements.
    tolerance
        How far floating-point results may lie apart.
    unspecified
        Aspects (see `compare`) that NumPy leaves open for this operation.
    """

    family: str
    subject: str
    lines: tuple[str, ...]
    tolerance: Tolerance = EXACT
    unspecified: frozenset[str] = frozenset()

    @property
    def source(self) -> str:
        """The statements as one text."""
        return "\n".join(self.lines)

    def snippet(self) -> str:
        """A complete program to paste into an interpreter."""
        return f"{HEADER}{self.source}"
