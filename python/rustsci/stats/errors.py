"""The exception of statistics."""

from __future__ import annotations

__all__ = ["StatisticsError"]


class StatisticsError(ValueError):
    """Numbers of which a statistic does not exist: too few of them, or outside its domain.

    Examples
    --------
    >>> from rustsci import stats
    >>> stats.mean([])
    Traceback (most recent call last):
    rustsci.stats.errors.StatisticsError: mean requires at least one data point
    """
