"""Where choices come from: hypothesis, which can simplify a failing program, or a seeded generator.

Hypothesis spends most of a long run on small variations of what it drew before. That is right for finding the
simplest failure, and wasteful for covering ground; a survey of many programs draws independently.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from random import Random
from typing import TypeVar

from hypothesis import strategies as st

Item = TypeVar("Item")


class Choices(ABC):
    """A source of decisions."""

    @abstractmethod
    def integer(self, low: int, high: int) -> int:
        """An integer between two bounds, both included."""

    def choose(self, options: Sequence[Item]) -> Item:
        """One of ``options``; a failing example is simplified toward the first."""
        return options[self.integer(0, len(options) - 1)]

    def chance(self, one_in: int) -> bool:
        """True once in so many times."""
        return self.integer(1, one_in) == one_in

    def order(self, items: Iterable[Item]) -> list[Item]:
        """The items in any order."""
        remaining = list(items)
        return [remaining.pop(self.integer(0, len(remaining) - 1)) for _ in range(len(remaining))]


class HypothesisChoices(Choices):
    """Choices that hypothesis makes, and simplifies when a program fails."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw

    def integer(self, low: int, high: int) -> int:
        """See `Choices.integer`."""
        return self._draw(st.integers(low, high))


class RandomChoices(Choices):
    """Independent choices, the same ones for the same seed."""

    def __init__(self, seed: str) -> None:
        self._random = Random(seed)

    def integer(self, low: int, high: int) -> int:
        """See `Choices.integer`."""
        return self._random.randint(low, high)
