"""Random data for tests that are about something else, while the library has no `random` of its own.

Many of NumPy's tests draw their data from `numpy.random`. What they need of it is some numbers of the right
range, shape and type, the same in every run; that is all there is here, on Python's own generator. The tests
of `random` itself are not served with it.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

Size = int | Sequence[int] | None


class RandomState:
    """Draws numbers by the methods that tests use."""

    def __init__(self, seed: Any = None) -> None:
        self._numpy = import_module(_library)
        self.seed(seed)

    def seed(self, seed: Any = None) -> None:
        """Begin again, from a seed."""
        self._random = random.Random(repr(seed) if seed is not None else 0)

    def _draw(self, size: Size, one: Callable[[], Any], dtype: Any = float) -> Any:
        if size is None:
            return one()
        shape = (size,) if isinstance(size, int) or hasattr(size, "__index__") else tuple(size)
        count = math.prod(int(n) for n in shape)
        return self._numpy.array([one() for _ in range(count)], dtype=dtype).reshape(shape)

    def random_sample(self, size: Size = None) -> Any:
        """Draw from [0, 1)."""
        return self._draw(size, self._random.random)

    random = ranf = sample = random_sample

    def rand(self, *shape: int) -> Any:
        """Draw from [0, 1)."""
        return self.random_sample(shape or None)

    def randn(self, *shape: int) -> Any:
        """Draw from the standard normal distribution."""
        return self.normal(size=shape or None)

    def standard_normal(self, size: Size = None, dtype: Any = float) -> Any:
        """Draw from the standard normal distribution."""
        return self._draw(size, lambda: self._random.gauss(0.0, 1.0), dtype)

    def normal(self, loc: float = 0.0, scale: float = 1.0, size: Size = None) -> Any:
        """Draw from a normal distribution."""
        return self._draw(size, lambda: self._random.gauss(loc, scale))

    def uniform(self, low: float = 0.0, high: float = 1.0, size: Size = None) -> Any:
        """Draw from an interval."""
        return self._draw(size, lambda: self._random.uniform(low, high))

    def exponential(self, scale: float = 1.0, size: Size = None) -> Any:
        """Draw from an exponential distribution."""
        return self._draw(size, lambda: self._random.expovariate(1 / scale))

    def poisson(self, lam: float = 1.0, size: Size = None) -> Any:
        """Draw whole numbers around `lam`."""
        return self._draw(size, lambda: max(0, round(self._random.gauss(lam, math.sqrt(lam)))), int)

    def lognormal(self, mean: float = 0.0, sigma: float = 1.0, size: Size = None) -> Any:
        """Draw from a lognormal distribution."""
        return self._draw(size, lambda: self._random.lognormvariate(mean, sigma))

    def randint(self, low: Any, high: Any = None, size: Size = None, dtype: Any = int) -> Any:
        """Draw whole numbers, the upper end left out."""
        first, last = (0, low) if high is None else (low, high)
        drawn = self._draw(size, lambda: self._random.randrange(int(first), int(last)), dtype)
        kind = self._numpy.dtype(dtype)
        return drawn if size is not None or dtype is int else kind.type(drawn)

    def integers(
        self, low: Any, high: Any = None, size: Size = None, dtype: Any = int, endpoint: bool = False
    ) -> Any:
        """Draw whole numbers."""
        first, last = (0, low) if high is None else (low, high)
        return self.randint(first, last + endpoint, size, dtype)

    def random_integers(self, low: int, high: int | None = None, size: Size = None) -> Any:
        """Draw whole numbers, the upper end included."""
        return self.randint(low, high + 1) if high is not None else self.randint(1, low + 1, size)

    def permutation(self, x: Any) -> Any:
        """Put numbers, or the rows of an array, in another order."""
        array = self._numpy.arange(x) if isinstance(x, int) else self._numpy.array(x)
        return array[self._order(len(array))]

    def shuffle(self, x: Any) -> None:
        """Put elements or rows in another order, in place."""
        if isinstance(x, list):
            self._random.shuffle(x)
        else:
            x[...] = self._numpy.array(x)[self._order(len(x))]

    def _order(self, n: int) -> Any:
        return self._numpy.array(self._random.sample(range(n), n), dtype=int)

    def choice(self, a: Any, size: Size = None, replace: bool = True, p: Any = None) -> Any:
        """Draw from given values."""
        values = list(range(a)) if isinstance(a, int) else list(a)
        if not replace and size is not None:
            return self._numpy.array(
                self._random.sample(values, int(math.prod([size] if isinstance(size, int) else size)))
            ).reshape(size)
        weights = None if p is None else [float(weight) for weight in p]
        return self._draw(size, lambda: self._random.choices(values, weights)[0], None)

    def bytes(self, length: int) -> bytes:
        """Draw bytes."""
        return self._random.randbytes(length)

    def tomaxint(self, size: Size = None) -> Any:
        """Draw whole numbers of any size."""
        return self.randint(0, 2**63 - 1, size)


_library = "rustsci"


def names(library: str) -> dict[str, Any]:
    """Return the names that stand for `numpy.random`."""
    global _library
    _library = library
    state = RandomState(0)
    methods = [name for name in vars(RandomState) if not name.startswith("_")]
    return {
        "RandomState": RandomState,
        "Generator": RandomState,
        "default_rng": RandomState,
        **{name: getattr(state, name) for name in methods},
    }
