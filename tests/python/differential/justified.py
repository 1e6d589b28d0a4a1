"""The differences from NumPy that are meant to be, each with its reason.

An entry is narrow: it names the subject and the aspect, and where that is not enough a condition on the
program. The list is short because anything a user could meet by accident is a bug of ours, not an entry here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.python.differential.compare import Difference
from tests.python.differential.program import Program


@dataclass(frozen=True)
class Justified:
    """One kind of difference and why it stays."""

    reason: str
    applies: Callable[[Program, Difference], bool]


JUSTIFIED: tuple[Justified, ...] = ()


def reason_for(program: Program, difference: Difference) -> str | None:
    """Why this difference is meant to be, or None."""
    return next((entry.reason for entry in JUSTIFIED if entry.applies(program, difference)), None)
