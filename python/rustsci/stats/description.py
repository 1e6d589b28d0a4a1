"""A table of one column: the description of some numbers."""

from __future__ import annotations

from dataclasses import dataclass

from rustsci._native import _stats_cut_points, asarray
from rustsci.stats.summary import Summary

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    from rustsci._types import ArrayLike

__all__ = ["Description", "describe"]

_NAN = float("nan")


@dataclass(frozen=True, slots=True)
class Description:
    """What `describe` says of some numbers."""

    count: int
    """How many numbers there are, without the missing ones."""
    mean: float
    """The mean."""
    std: float
    """The standard deviation of a sample."""
    min: float
    """The smallest number."""
    quartiles: tuple[float, float, float]
    """The numbers that divide the others into four groups of equal size."""
    max: float
    """The largest number."""
    skewness: float
    """The third central moment over the variance to the power of 3/2."""
    kurtosis: float
    """The fourth central moment over the squared variance, less 3."""
    missing: int
    """How many NaNs there are."""


def describe(data: ArrayLike, *, method: Literal["inclusive", "exclusive"] = "inclusive") -> Description:
    """Describe numbers: count, mean, spread, extremes, quartiles and shape.

    Parameters
    ----------
    data : array_like
        Numbers; NaN counts as missing. The elements of arrays with several axes are all taken together.
    method : {'inclusive', 'exclusive'}, optional
        The rule for quartiles, as of `quantiles`: the default is that of NumPy and pandas.

    Returns
    -------
    Description
        Moments are computed exactly and rounded once.

    See Also
    --------
    Summary : the same of data that come in pieces, without quartiles.

    Examples
    --------
    >>> from rustsci import stats
    >>> found = stats.describe([1.0, 2.0, float("nan"), 4.0, 9.0])
    >>> found.count, found.missing, found.mean, found.quartiles
    (4, 1, 4.0, (1.75, 3.0, 5.25))
    """
    if method not in ("inclusive", "exclusive"):
        raise ValueError(f"method must be 'inclusive' or 'exclusive', not {method!r}")
    numbers = asarray(data, dtype=float).ravel()
    summary = Summary(numbers)
    present = numbers[numbers == numbers] if summary.missing else numbers
    cuts = _stats_cut_points(present, 4, method == "inclusive")
    if cuts is None:
        cuts = [present[0].item() if summary.count == 1 else _NAN] * 3
    return Description(
        count=summary.count,
        mean=summary.mean,
        std=summary.stdev,
        min=summary.min,
        quartiles=(cuts[0], cuts[1], cuts[2]),
        max=summary.max,
        skewness=summary.skewness,
        kurtosis=summary.kurtosis,
        missing=summary.missing,
    )
