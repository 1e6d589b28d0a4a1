"""How wide the bins of a histogram should be: the rules of thumb there are names for.

Each estimator is given the data, which are at least one number, and the range the histogram is to cover
(None for that of the data). It returns a width, or zero if it has no opinion.
"""

from __future__ import annotations

import math
import warnings
from typing import TYPE_CHECKING

from rustsci._native import asarray, maximum, minimum, result_type, subtract
from rustsci.quantiles import percentile

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeAlias

    from rustsci._native import ndarray

    Range: TypeAlias = tuple[Any, Any] | None

__all__: list[str] = []


def distance(high: Any, low: Any) -> Any:
    """Return ``high - low`` for `high` not below `low`, even if that exceeds a signed dtype."""
    dtype = result_type(high, low)
    if dtype.kind != "i":
        return subtract(high, low, dtype=dtype)
    high, low = asarray(high, dtype=dtype), asarray(low, dtype=dtype)
    return subtract(high, low, casting="unsafe", dtype=f"u{dtype.itemsize}")


def _spread(x: ndarray) -> Any:
    return distance(maximum.reduce(x), minimum.reduce(x))


def _sqrt(x: ndarray, limits: Range) -> Any:
    return _spread(x) / math.sqrt(x.size)


def _sturges(x: ndarray, limits: Range) -> Any:
    # H. A. Sturges, "The choice of a class interval", JASA 21 (1926) 65-66.
    return _spread(x) / (math.log2(x.size) + 1.0)


def _rice(x: ndarray, limits: Range) -> Any:
    return _spread(x) / (2.0 * x.size ** (1.0 / 3))


def _scott(x: ndarray, limits: Range) -> Any:
    # D. W. Scott, "On optimal and data-based histograms", Biometrika 66 (1979) 605-610.
    return (24.0 * math.pi**0.5 / x.size) ** (1.0 / 3.0) * x.std()


def _doane(x: ndarray, limits: Range) -> Any:
    # D. P. Doane, "Aesthetic frequency classifications", The American Statistician 30 (1976) 181-183.
    n = x.size
    if n <= 2:
        return 0.0
    deviation = x.std()
    if deviation <= 0.0:
        return 0.0
    skewness_error = math.sqrt(6.0 * (n - 2) / ((n + 1.0) * (n + 3)))
    skewness = (((x - x.mean()) / deviation) ** 3).mean()
    return _spread(x) / (1.0 + math.log2(n) + math.log2(1.0 + abs(skewness) / skewness_error))


def _freedman_diaconis(x: ndarray, limits: Range) -> Any:
    # D. Freedman and P. Diaconis, "On the histogram as a density estimator: L2 theory", Zeitschrift
    # für Wahrscheinlichkeitstheorie und verwandte Gebiete 57 (1981) 453-476.
    upper, lower = percentile(x, [75, 25])
    return 2.0 * (upper - lower) * x.size ** (-1.0 / 3.0)


def _stone(x: ndarray, limits: Range) -> Any:
    # C. J. Stone, "An asymptotically optimal histogram selection rule", Proceedings of the Berkeley
    # Conference in Honor of Jerzy Neyman and Jack Kiefer 2 (1984) 513-520.
    from rustsci.histograms import histogram

    n = x.size
    spread = _spread(x)
    if n <= 1 or spread == 0:
        return 0.0

    def loss(bins: int) -> Any:
        share = histogram(x, bins=bins, range=limits)[0] / n
        return (2 - (n + 1) * share.dot(share)) / (spread / bins)

    most = max(100, int(math.sqrt(n)))
    best = min(range(1, most + 1), key=loss)
    if best == most:
        warnings.warn("The number of bins estimated may be suboptimal.", RuntimeWarning, stacklevel=6)
    return spread / best


def _auto(x: ndarray, limits: Range) -> Any:
    # The quartiles of data with many ties may coincide, which must not make the bins vanish.
    return min(max(_freedman_diaconis(x, limits), _sqrt(x, limits) / 2), _sturges(x, limits))


#: The estimators by name.
ESTIMATORS: dict[str, Callable[[ndarray, Range], Any]] = {
    "auto": _auto,
    "doane": _doane,
    "fd": _freedman_diaconis,
    "rice": _rice,
    "scott": _scott,
    "sqrt": _sqrt,
    "stone": _stone,
    "sturges": _sturges,
}
