"""Summaries that grow with their data, and merge."""

from __future__ import annotations

from dataclasses import dataclass

from rustsci._native import _stats_merge, _stats_read, _stats_summarize

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Self

    from rustsci._types import ArrayLike

__all__ = ["Summary"]


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the native function reads from a state."""

    count: int
    missing: int
    sum: float
    mean: float
    pvariance: float
    variance: float
    pstdev: float
    stdev: float
    min: float
    max: float
    skewness: float
    kurtosis: float


class Summary:
    """Count, mean, spread, extremes, skewness and kurtosis of numbers that come in pieces.

    Sums of powers are kept exactly, so results have the same bits in whatever pieces and order numbers come,
    on whatever machines these were met: pickle a summary, send it, and merge it there. NaN counts as missing.

    Parameters
    ----------
    data : array_like, optional
        The first numbers.

    Examples
    --------
    >>> from rustsci import stats
    >>> monday = stats.Summary([1.0, 2.0, 4.0])
    >>> tuesday = stats.Summary([8.0])
    >>> tuesday.update([16.0, float("nan")])
    >>> monday.merge(tuesday)
    >>> monday.count, monday.missing, monday.mean, monday.max
    (5, 1, 6.2, 16.0)
    """

    __slots__ = ("_reading", "_state")

    def __init__(self, data: ArrayLike = ()) -> None:
        self._state: bytes = _stats_summarize(data)
        self._reading: _Reading | None = None

    def update(self, data: ArrayLike) -> None:
        """Add numbers."""
        self._replace(_stats_merge(self._state, _stats_summarize(data)))

    def merge(self, other: object) -> None:
        """Add the numbers that another summary is of."""
        if not isinstance(other, Summary):
            given = type(other).__name__
            raise TypeError(f"a Summary merges with a Summary, not with {given!r}; update() adds numbers")
        self._replace(_stats_merge(self._state, other._state))

    def _replace(self, state: bytes) -> None:
        self._state, self._reading = state, None

    def _read(self) -> _Reading:
        if self._reading is None:
            self._reading = _Reading(*_stats_read(self._state))
        return self._reading

    @property
    def count(self) -> int:
        """How many numbers there were."""
        return self._read().count

    @property
    def missing(self) -> int:
        """How many NaNs there were besides."""
        return self._read().missing

    @property
    def sum(self) -> float:
        """The sum, rounded once."""
        return self._read().sum

    @property
    def mean(self) -> float:
        """The mean, rounded once."""
        return self._read().mean

    @property
    def variance(self) -> float:
        """The variance of a sample, rounded once."""
        return self._read().variance

    @property
    def pvariance(self) -> float:
        """The variance of a population, rounded once."""
        return self._read().pvariance

    @property
    def stdev(self) -> float:
        """The standard deviation of a sample, rounded once."""
        return self._read().stdev

    @property
    def pstdev(self) -> float:
        """The standard deviation of a population, rounded once."""
        return self._read().pstdev

    @property
    def min(self) -> float:
        """The smallest number."""
        return self._read().min

    @property
    def max(self) -> float:
        """The largest number."""
        return self._read().max

    @property
    def skewness(self) -> float:
        """The third central moment over the variance to the power of 3/2."""
        return self._read().skewness

    @property
    def kurtosis(self) -> float:
        """The fourth central moment over the squared variance, less 3."""
        return self._read().kurtosis

    def __repr__(self) -> str:
        return f"Summary(count={self.count}, mean={self.mean!r}, stdev={self.stdev!r})"

    def __reduce__(self) -> tuple[object, ...]:
        return (_from_state, (type(self), self._state))

    @classmethod
    def _of_state(cls, state: bytes) -> Self:
        _stats_read(state)
        summary = cls()
        summary._replace(state)
        return summary


def _from_state(kind: type[Summary], state: bytes) -> Summary:
    return kind._of_state(state)
