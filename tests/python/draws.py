"""Random numbers that are the same under every interpreter, by the names of NumPy's generators."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np


class Draws:
    """A generator on Python's own; it makes arrays, and lists of text."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def _array(self, draw: Callable[..., float], size: Any, *parameters: Any) -> Any:
        """An array of draws, each with its own parameters where they are arrays."""
        columns = [parameter for parameter in parameters if hasattr(parameter, "shape")]
        shape = columns[0].shape if size is None and columns else size
        count = math.prod(shape) if isinstance(shape, tuple) else int(shape)
        each = [
            [float(value) for value in parameter] if hasattr(parameter, "shape") else [parameter] * count
            for parameter in parameters
        ]
        values = [draw(*(values[i] for values in each)) for i in range(count)]
        return np.asarray(values).reshape(shape)

    def random(self, size: int) -> Any:
        return self._array(self._random.random, size)

    def uniform(self, low: float = 0.0, high: float = 1.0, size: Any = None) -> Any:
        return self._array(self._random.uniform, size, low, high)

    def normal(self, loc: float = 0.0, scale: float = 1.0, size: Any = None) -> Any:
        return self._array(self._random.gauss, size, loc, scale)

    def gamma(self, shape: float, scale: Any, size: Any = None) -> Any:
        return self._array(self._random.gammavariate, size, shape, scale)

    def integers(self, low: int, high: int, size: int) -> Any:
        return self._array(self._random.randrange, size, low, high)

    def binomial(self, n: int, p: Any, size: Any = None) -> Any:
        return self._array(lambda p: sum(self._random.random() < p for _ in range(n)), size, p)

    def poisson(self, mean: Any, size: Any = None) -> Any:
        return self._array(self._count, size, mean)

    def choice(self, values: Sequence[str], size: int) -> list[str]:
        return [self._random.choice(values) for _ in range(size)]

    def _count(self, mean: float) -> int:
        """A Poisson count of a small mean (Knuth 1969, section 3.4.1)."""
        limit, count, product = math.exp(-mean), 0, self._random.random()
        while product > limit:
            count += 1
            product *= self._random.random()
        return count


def holds(values: Sequence[str], level: str) -> Any:
    """Where a list of text is this level."""
    return np.asarray([value == level for value in values])
