"""The normal distribution as a value to compute with, as in Python's `statistics`."""

from __future__ import annotations

import math
import random
import sys

from rustsci._native import _stats_mean_and_deviation
from rustsci.stats.errors import StatisticsError
from rustsci.stats.exact_ratios import Sums, square_root
from rustsci.stats.normal_quantile import normal_quantile
from rustsci.stats.numbers import python_numbers, readable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, Self

__all__ = ["NormalDist"]

_ROOT_2 = math.sqrt(2.0)


class NormalDist:
    """A normal distribution.

    Constants are added to it and multiplied with it; two of them add up to the distribution of the sum of
    independent variables.

    Parameters
    ----------
    mu : float, optional
        The mean.
    sigma : float, optional
        The standard deviation.

    See Also
    --------
    norm : densities and probabilities of whole arrays, with all digits in the tails.

    Examples
    --------
    >>> from rustsci import stats
    >>> heights = stats.NormalDist(170.0, 8.0)
    >>> round(heights.cdf(180.0), 4)
    0.8944
    >>> heights * 0.01
    NormalDist(mu=1.7, sigma=0.08)
    """

    __slots__ = ("_mu", "_sigma")

    def __init__(self, mu: float = 0.0, sigma: float = 1.0) -> None:
        if sigma < 0.0:
            raise StatisticsError("sigma must be non-negative")
        self._mu = float(mu)
        self._sigma = float(sigma)

    @classmethod
    def from_samples(cls, data: Iterable[Any]) -> Self:
        """Make the distribution of the mean and the standard deviation of a sample."""
        data = readable(data)
        moments = _stats_mean_and_deviation(data)
        if moments is not None:
            return cls(*moments)
        sums = Sums(python_numbers(data))
        if sums.count < 2:
            raise StatisticsError("stdev requires at least two data points")
        if sums.special is not None:
            return cls(float(sums.special), float(sums.special) / float(sums.special))
        variance = sums.squared_distances / (sums.count - 1)
        return cls(float(sums.total / sums.count), square_root(variance, float))

    def samples(self, n: int, *, seed: Any = None) -> list[float]:
        """Draw `n` random values."""
        source: Any = random if seed is None else random.Random(seed)
        if sys.version_info >= (3, 13):
            return [normal_quantile(source.random(), self._mu, self._sigma) for _ in range(n)]
        return [source.gauss(self._mu, self._sigma) for _ in range(n)]

    def pdf(self, x: float) -> float:
        """Return the probability density at `x`."""
        variance = self._sigma * self._sigma
        if not variance:
            raise StatisticsError("pdf() not defined when sigma is zero")
        distance = x - self._mu
        return math.exp(distance * distance / (-2.0 * variance)) / math.sqrt(math.tau * variance)

    def cdf(self, x: float) -> float:
        """Return the probability of a value up to `x`."""
        if not self._sigma:
            raise StatisticsError("cdf() not defined when sigma is zero")
        if sys.version_info >= (3, 14):
            return 0.5 * math.erfc((self._mu - x) / (self._sigma * _ROOT_2))
        return 0.5 * (1.0 + math.erf((x - self._mu) / (self._sigma * _ROOT_2)))

    def inv_cdf(self, p: float) -> float:
        """Return the value up to which there is the probability `p`."""
        if p <= 0.0 or p >= 1.0:
            raise StatisticsError("p must be in the range 0.0 < p < 1.0")
        if self._sigma <= 0.0 and sys.version_info < (3, 13):
            raise StatisticsError("cdf() not defined when sigma at or below zero")
        return normal_quantile(p, self._mu, self._sigma)

    def quantiles(self, n: int = 4) -> list[float]:
        """Return the `n` - 1 values that divide the distribution into equally probable parts."""
        return [self.inv_cdf(index / n) for index in range(1, n)]

    def overlap(self, other: NormalDist) -> float:
        """Return the area that two densities have in common (Inman and Bradley, 1989)."""
        if not isinstance(other, NormalDist):
            raise TypeError("Expected another NormalDist instance")
        # In a fixed order, so that the result does not depend on which is asked.
        narrow, wide = sorted((self, other), key=lambda dist: (dist._sigma, dist._mu))
        if not narrow.variance or not wide.variance:
            raise StatisticsError("overlap() not defined when sigma is zero")
        variances_apart = wide.variance - narrow.variance
        means_apart = math.fabs(wide._mu - narrow._mu)
        if not variances_apart:
            standardized = means_apart / (2.0 * narrow._sigma * _ROOT_2)
            return math.erfc(standardized) if sys.version_info >= (3, 14) else 1.0 - math.erf(standardized)
        # The densities cross at two points.
        centre = narrow._mu * wide.variance - wide._mu * narrow.variance
        root = math.sqrt(
            means_apart * means_apart + variances_apart * math.log(wide.variance / narrow.variance)
        )
        spread = narrow._sigma * wide._sigma * root
        first, second = (centre + spread) / variances_apart, (centre - spread) / variances_apart
        return 1.0 - (
            math.fabs(wide.cdf(first) - narrow.cdf(first)) + math.fabs(wide.cdf(second) - narrow.cdf(second))
        )

    def zscore(self, x: float) -> float:
        """Return how many standard deviations `x` is above the mean."""
        if not self._sigma:
            raise StatisticsError("zscore() not defined when sigma is zero")
        return (x - self._mu) / self._sigma

    @property
    def mean(self) -> float:
        """The mean."""
        return self._mu

    @property
    def median(self) -> float:
        """The median: the mean."""
        return self._mu

    @property
    def mode(self) -> float:
        """The mode: the mean."""
        return self._mu

    @property
    def stdev(self) -> float:
        """The standard deviation."""
        return self._sigma

    @property
    def variance(self) -> float:
        """The square of the standard deviation."""
        return self._sigma * self._sigma

    def __add__(self, other: float | NormalDist) -> NormalDist:
        if isinstance(other, NormalDist):
            return NormalDist(self._mu + other._mu, math.hypot(self._sigma, other._sigma))
        return NormalDist(self._mu + other, self._sigma)

    def __sub__(self, other: float | NormalDist) -> NormalDist:
        if isinstance(other, NormalDist):
            return NormalDist(self._mu - other._mu, math.hypot(self._sigma, other._sigma))
        return NormalDist(self._mu - other, self._sigma)

    def __mul__(self, factor: float) -> NormalDist:
        return NormalDist(self._mu * factor, self._sigma * math.fabs(factor))

    def __truediv__(self, divisor: float) -> NormalDist:
        return NormalDist(self._mu / divisor, self._sigma / math.fabs(divisor))

    def __pos__(self) -> NormalDist:
        return NormalDist(self._mu, self._sigma)

    def __neg__(self) -> NormalDist:
        return NormalDist(-self._mu, self._sigma)

    __radd__ = __add__
    __rmul__ = __mul__

    def __rsub__(self, other: float | NormalDist) -> NormalDist:
        return -(self - other)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, NormalDist):
            return NotImplemented
        return self._mu == other._mu and self._sigma == other._sigma

    def __hash__(self) -> int:
        return hash((self._mu, self._sigma))

    def __repr__(self) -> str:
        return f"{type(self).__name__}(mu={self._mu!r}, sigma={self._sigma!r})"

    def __getstate__(self) -> tuple[float, float]:
        return self._mu, self._sigma

    def __setstate__(self, state: tuple[float, float]) -> None:
        self._mu, self._sigma = state
