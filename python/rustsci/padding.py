"""Arrays with a border around them."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from rustsci._native import arange, asarray, empty, integer, intp, minimum
from rustsci.averages import mean
from rustsci.broadcasting import broadcast_to
from rustsci.evenly_spaced import linspace
from rustsci.extremes import max, min
from rustsci.medians import median
from rustsci.overrides import array_function
from rustsci.shape_manipulation import moveaxis

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, TypeAlias

    from rustsci._native import ndarray
    from rustsci._types import ArrayLike

    Pair: TypeAlias = tuple[Any, Any]

__all__ = ["pad"]

_OPTIONS: dict[str, tuple[str, Any]] = {
    "constant": ("constant_values", 0),
    "linear_ramp": ("end_values", 0),
    "maximum": ("stat_length", None),
    "mean": ("stat_length", None),
    "median": ("stat_length", None),
    "minimum": ("stat_length", None),
    "reflect": ("reflect_type", "even"),
    "symmetric": ("reflect_type", "even"),
    "edge": ("", None),
    "empty": ("", None),
    "wrap": ("", None),
}
"""The one option that each mode takes, and its default."""

_STATISTICS: dict[str, Callable[..., Any]] = {"maximum": max, "mean": mean, "median": median, "minimum": min}


@array_function("array")
def pad(
    array: ArrayLike,
    pad_width: ArrayLike | Mapping[int, int | tuple[int, int]],
    mode: str | Callable[..., Any] = "constant",
    **kwargs: Any,
) -> ndarray:
    """Put a border around an array.

    Parameters
    ----------
    array : array_like
        The array.
    pad_width : int, or pairs of ints, or dict
        How many elements to put before and behind each axis: ``((before, behind), ...)`` for every axis, one
        pair or one number for all, or a dict from axes to pairs or numbers.
    mode : str or callable, optional
        What to fill the border with:

        'constant'
            `constant_values`.
        'edge'
            The element at the edge.
        'linear_ramp'
            A ramp from the edge to `end_values`.
        'maximum', 'mean', 'median', 'minimum'
            This statistic of the `stat_length` elements next to the edge.
        'reflect'
            The array mirrored at its edge elements.
        'symmetric'
            The array mirrored just beyond its edges.
        'wrap'
            The array from its other end on.
        'empty'
            Nothing: the border is undefined.
        callable
            Called as ``mode(vector, pad_width, axis, kwargs)`` for every vector along each axis in turn; it
            fills the first and last elements of the vector in place.
    constant_values, end_values : scalar or pairs of scalars, optional
        In the form of `pad_width`; 0 by default.
    stat_length : int or pairs of ints, optional
        In the form of `pad_width`; the whole axis by default.
    reflect_type : {'even', 'odd'}, optional
        'odd' mirrors the differences to the edge instead of the elements.

    Returns
    -------
    ndarray
        A new array.

    Examples
    --------
    >>> import rustsci as np
    >>> np.pad([1, 2, 3], (2, 3), mode="constant", constant_values=9)
    array([9, 9, 1, 2, 3, 9, 9, 9])
    >>> np.pad([1, 2, 3], 2, mode="reflect")
    array([3, 2, 1, 2, 3, 2, 1])
    """
    array = asarray(array)
    widths = _pad_widths(pad_width, array.ndim)
    if callable(mode):
        return _pad_by_function(array, widths, mode, kwargs)
    if mode not in _OPTIONS:
        raise ValueError(f"mode '{mode}' is not supported")
    name, default = _OPTIONS[mode]
    unknown = set(kwargs) - {name}
    if unknown:
        raise ValueError(f"unsupported keyword arguments for mode '{mode}': {unknown}")
    option = kwargs.get(name, default)
    padded = _with_border(array, widths)
    if mode == "empty":
        return padded
    if mode != "constant":
        for axis, width in enumerate(widths):
            if array.shape[axis] == 0 and any(width):
                raise ValueError(
                    f"can't extend empty axis {axis} using modes other than 'constant' or 'empty'"
                )
        if array.size == 0:
            return padded
    if name in ("constant_values", "end_values"):
        options = _as_pairs(option, array.ndim)
    else:
        options = ((option, option),) * array.ndim
    if name == "stat_length":
        options = _as_lengths(option, array.ndim)
        if mode in ("maximum", "minimum") and any(0 in lengths for lengths in options):
            raise ValueError("stat_length of 0 yields no value for padding")
    for axis, (width, choice) in enumerate(zip(widths, options, strict=True)):
        if any(width):
            _fill_border(_region(padded, widths, axis), axis, width, mode, choice)
    return padded


def _with_border(array: ndarray, widths: tuple[Pair, ...]) -> ndarray:
    """Return an array that holds `array` within a border yet to be filled."""
    shape = [before + length + behind for length, (before, behind) in zip(array.shape, widths, strict=True)]
    padded = empty(shape, array.dtype, "F" if array.flags.fnc else "C")
    padded[_inside(padded, widths)] = array
    return padded


def _inside(padded: ndarray, widths: tuple[Pair, ...]) -> tuple[slice, ...]:
    return tuple(
        slice(before, length - behind) for length, (before, behind) in zip(padded.shape, widths, strict=True)
    )


def _region(padded: ndarray, widths: tuple[Pair, ...], axis: int) -> ndarray:
    """Return the part of `padded` to work on along `axis`: the borders of later axes are left out."""
    index = [slice(None)] * padded.ndim
    index[axis + 1 :] = _inside(padded, widths)[axis + 1 :]
    return padded[tuple(index)]


def _at(axis: int, part: slice) -> tuple[slice, ...]:
    return (slice(None),) * axis + (part,)


def _fill_border(region: ndarray, axis: int, width: Pair, mode: str, choice: Pair) -> None:
    """Fill the border of `region` before and behind `axis`."""
    before, behind = width
    start, stop = before, region.shape[axis] - behind
    left, right = _at(axis, slice(None, start)), _at(axis, slice(stop, None))
    if mode == "constant":
        region[left], region[right] = choice
    elif mode == "linear_ramp":
        first = region[_at(axis, slice(start, start + 1))].squeeze(axis)
        last = region[_at(axis, slice(stop - 1, stop))].squeeze(axis)
        ends = choice
        kind = region.dtype
        region[left] = linspace(ends[0], first, before, endpoint=False, dtype=kind, axis=axis)
        falling = linspace(ends[1], last, behind, endpoint=False, dtype=kind, axis=axis)
        region[right] = falling[_at(axis, slice(None, None, -1))]
    elif mode in _STATISTICS:
        values = _edge_statistics(region[_at(axis, slice(start, stop))], axis, mode, choice)
        region[left], region[right] = values
    elif mode == "edge":
        region[left] = region[_at(axis, slice(start, start + 1))]
        region[right] = region[_at(axis, slice(stop - 1, stop))]
    elif choice[0] == "odd" and (mode == "symmetric" or stop - start > 1):
        _reflect_oddly(region, axis, start, stop, 1 if mode == "reflect" else 0)
    else:
        length = stop - start
        region[left] = region.take(start + _source(arange(-before, 0), length, mode), axis)
        region[right] = region.take(start + _source(arange(length, length + behind), length, mode), axis)


def _source(places: ndarray, length: int, mode: str) -> ndarray:
    """Return which elements of an axis of `length` are repeated at `places` beyond its ends."""
    if mode == "wrap":
        return places % length
    if length == 1:
        return places * 0
    if mode == "reflect":
        # There and back, the elements at the edges occurring once.
        period = 2 * length - 2
        return minimum(places % period, -places % period)
    period = 2 * length
    return minimum(places % period, (-1 - places) % period)


def _reflect_oddly(region: ndarray, axis: int, start: int, stop: int, skipped: int) -> None:
    """Mirror the differences to the edges, block after block; `skipped` edge elements are not repeated."""
    period = stop - start - skipped
    while start > 0:
        count = period if start > period else start
        edge = region[_at(axis, slice(start, start + 1))]
        block = region[_at(axis, slice(start + skipped, start + skipped + count))]
        region[_at(axis, slice(start - count, start))] = 2 * edge - block[_at(axis, slice(None, None, -1))]
        start -= count
    total = region.shape[axis]
    while stop < total:
        count = period if total - stop > period else total - stop
        edge = region[_at(axis, slice(stop - 1, stop))]
        block = region[_at(axis, slice(stop - skipped - count, stop - skipped))]
        region[_at(axis, slice(stop, stop + count))] = 2 * edge - block[_at(axis, slice(None, None, -1))]
        stop += count


def _edge_statistics(inside: ndarray, axis: int, mode: str, lengths: Pair) -> tuple[ndarray, ndarray]:
    """Return the statistic of the elements next to both edges."""
    total = inside.shape[axis]
    at_start, at_end = (total if length is None or length > total else length for length in lengths)
    results = []
    for part in (slice(None, at_start), slice(total - at_end, None)):
        statistic = _STATISTICS[mode](inside[_at(axis, part)], axis=axis, keepdims=True)
        # Conversion to integers would round towards zero.
        results.append(statistic.round() if issubclass(inside.dtype.type, integer) else statistic)
    return results[0], results[1]


def _pad_by_function(
    array: ndarray, widths: tuple[Pair, ...], function: Callable[..., Any], kwargs: dict[str, Any]
) -> ndarray:
    padded = _with_border(array, widths)
    for axis, width in enumerate(widths):
        _fill_border(_region(padded, widths, axis), axis, width, "constant", (0, 0))
    for axis, width in enumerate(widths):
        vectors = moveaxis(padded, axis, -1)
        for index in product(*map(range, vectors.shape[:-1])):
            function(vectors[index], width, axis, kwargs)
    return padded


def _pad_widths(pad_width: Any, ndim: int) -> tuple[Pair, ...]:
    """Return how much to put before and behind each axis."""
    if isinstance(pad_width, dict):
        given = pad_width
        pad_width = [(0, 0)] * ndim
        for axis, width in given.items():
            pad_width[axis] = width if isinstance(width, tuple) else (width, width)
    try:
        widths = asarray(pad_width)
    except TypeError:
        widths = None
    if widths is None or widths.dtype.kind != "i":
        raise TypeError("`pad_width` must be of integral type.")
    return _as_lengths(widths, ndim)


def _as_lengths(given: Any, ndim: int) -> tuple[Pair, ...]:
    """Return a pair of lengths for each axis, or of None."""
    if given is None:
        return ((None, None),) * ndim
    lengths = asarray(given).round().astype(intp)
    if (lengths < 0).any():
        raise ValueError("index can't contain negative values")
    return _as_pairs(lengths, ndim)


def _as_pairs(given: Any, ndim: int) -> tuple[Pair, ...]:
    """Return a pair for each axis: one value or one pair goes for all."""
    pairs = asarray(given)
    if pairs.ndim == 0:
        return ((pairs.item(), pairs.item()),) * ndim
    if pairs.shape == (2,):
        return (tuple(pairs.tolist()),) * ndim
    return tuple(map(tuple, broadcast_to(pairs, (ndim, 2)).tolist()))
