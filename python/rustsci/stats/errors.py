"""The exception of statistics: numbers of which a statistic does not exist, too few of them for instance.

It is that of Python's `statistics`: programs that catch the one catch the other, whichever module computes.
"""

from __future__ import annotations

from statistics import StatisticsError

__all__ = ["StatisticsError"]
