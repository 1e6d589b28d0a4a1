"""The most frequent values."""

from __future__ import annotations

from collections import Counter

from rustsci.stats.errors import StatisticsError
from rustsci.stats.numbers import python_numbers, readable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

__all__ = ["mode", "multimode"]


def mode(data: Iterable[Any]) -> Any:
    """Return the most frequent value; of several, the one that came first.

    Parameters
    ----------
    data : iterable of hashable values, or array with one axis
        At least one value, not necessarily a number.

    Returns
    -------
    object
        One of the values.

    Examples
    --------
    >>> from rustsci import stats
    >>> stats.mode(["red", "blue", "blue", "red", "green", "red", "red"])
    'red'
    """
    most_common = _counts(data).most_common(1)
    if not most_common:
        raise StatisticsError("no mode for empty data")
    return most_common[0][0]


def multimode(data: Iterable[Any]) -> list[Any]:
    """Return the most frequent values in the order in which they came.

    Parameters
    ----------
    data : iterable of hashable values, or array with one axis
        Any values.

    Returns
    -------
    list
        Nothing if there are no values.

    Examples
    --------
    >>> from rustsci import stats
    >>> stats.multimode("aabbbbccddddeeffffgg")
    ['b', 'd', 'f']
    """
    counts = _counts(data)
    most = max(counts.values(), default=0)
    return [value for value, count in counts.items() if count == most]


def _counts(data: Iterable[Any]) -> Counter[Any]:
    return Counter(python_numbers(readable(data)))
