"""A smooth line through points."""

from __future__ import annotations

from rustsci._native import argsort, asarray, clip, ndarray, sort
from rustsci.distinct import unique

__all__: list[str] = []

# A line is drawn through no more places than these.
_PLACES = 120


def smooth_line(x: ndarray, y: ndarray, share: float = 2 / 3) -> tuple[ndarray, ndarray]:
    """Return places and heights of a smooth line: local straight lines (Cleveland 1979, not robust)."""
    distinct = unique(x)
    if distinct.size > _PLACES:
        ordered = sort(x)
        step = (ordered.size - 1) / (_PLACES - 1)
        distinct = unique(asarray([float(ordered[round(i * step)]) for i in range(_PLACES)]))
    return distinct, local_lines(x, y, distinct, share)


def local_lines(x: ndarray, y: ndarray, places: ndarray, share: float) -> ndarray:
    """Return the heights at some places of straight lines that are fitted to the points nearest to each."""
    order = argsort(x)
    x, y = x[order], y[order]
    count = max(2, min(x.size, round(share * x.size)))
    heights = []
    for place in places.tolist():
        distance = abs(x - place)
        reach = float(sort(distance)[count - 1])
        if reach <= 0:
            reach = 1e-12 * max(1.0, abs(place))
        weight = (1 - clip(distance / reach, 0, 1) ** 3) ** 3
        total = float(weight.sum())
        if total <= 0:
            heights.append(float(y[int(distance.argmin())]))
            continue
        center, mean = float((weight * x).sum()) / total, float((weight * y).sum()) / total
        spread = float((weight * (x - center) ** 2).sum())
        slope = (
            float((weight * (x - center) * (y - mean)).sum()) / spread if spread > 1e-12 * reach**2 else 0.0
        )
        heights.append(mean + slope * (place - center))
    return asarray(heights)
