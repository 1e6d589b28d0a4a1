"""Where a quantile lies between the ordered elements: the methods of Hyndman and Fan, and others.

A method maps the number `n` of elements and a probability `q` to a place: an index, counted from zero,
whose fraction says how to weigh the elements on either side.

The numbers in brackets are those of the definitions in R. J. Hyndman and Y. Fan, "Sample quantiles in
statistical packages", The American Statistician 50 (1996) 361-365.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rustsci._native import asarray, ceil, floor, maximum, rint, where

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from rustsci._native import ndarray

    Count: TypeAlias = "int | ndarray"  # the same for all slices, or not
    Place: TypeAlias = Callable[[Count, ndarray], ndarray]
    Weight: TypeAlias = Callable[[ndarray], ndarray]

__all__: list[str] = []


def _plotting_position(alpha: float, beta: float) -> Place:
    """Return the method that takes element k to be the quantile (k - alpha) / (n + 1 - alpha - beta)."""
    return lambda n, q: n * q + (alpha + q * (1 - alpha - beta)) - 1


def _spread_evenly(n: Count, q: ndarray) -> ndarray:
    return (n - 1) * q


def _inverted_cdf(n: Count, q: ndarray) -> ndarray:
    return maximum(ceil(n * q - 1), 0)


def _closest_observation(n: Count, q: ndarray) -> ndarray:
    place = n * q - 1 - 0.5
    below = floor(place)
    # Half-way between two elements, the one with the even number (counted from one) is taken.
    on_even_element = (place == below) & (below % 2 == 1)
    return maximum(where(on_even_element, below, below + 1), 0)


def _midpoint(n: Count, q: ndarray) -> ndarray:
    place = _spread_evenly(n, q)
    return 0.5 * (floor(place) + ceil(place))


def _half_at_steps(fraction: ndarray) -> ndarray:
    return where(fraction == 0, 0.5, 1.0).astype(fraction.dtype)


#: The place of a quantile under each method.
PLACES: dict[str, Place] = {
    "inverted_cdf": _inverted_cdf,  # [1]
    "averaged_inverted_cdf": _plotting_position(0, 1),  # [2]
    "closest_observation": _closest_observation,  # [3]
    "interpolated_inverted_cdf": _plotting_position(0, 1),  # [4]
    "hazen": _plotting_position(0.5, 0.5),  # [5]
    "weibull": _plotting_position(0, 0),  # [6]
    "linear": _spread_evenly,  # [7]
    "median_unbiased": _plotting_position(1 / 3.0, 1 / 3.0),  # [8]
    "normal_unbiased": _plotting_position(3 / 8.0, 3 / 8.0),  # [9]
    "lower": lambda n, q: floor(_spread_evenly(n, q)),
    "higher": lambda n, q: ceil(_spread_evenly(n, q)),
    "midpoint": _midpoint,
    "nearest": lambda n, q: rint(_spread_evenly(n, q)),
}

#: The methods that always take an element, and never interpolate.
DISCRETE = frozenset({"inverted_cdf", "closest_observation", "lower", "higher", "nearest"})

#: How much the upper neighbour counts, where that is not the fraction of the place itself.
_WEIGHTS: dict[str, Weight] = {"averaged_inverted_cdf": _half_at_steps}


def upper_weight(method: str, place: ndarray) -> ndarray:
    """Return how much the element above each place counts; the one below has the rest."""
    fraction = asarray(place - floor(place))
    weigh = _WEIGHTS.get(method)
    return fraction if weigh is None else weigh(fraction)
