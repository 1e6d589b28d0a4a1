"""Bilinear interpolation."""

from __future__ import annotations

from rustsci import _native
from rustsci._library import in_library_of
from rustsci.healpix import _angles
from rustsci.healpix._levels import nside_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rustsci.healpix._angles import Unit

__all__ = ["bilinear_interpolation"]


def bilinear_interpolation(lon: Any, lat: Any, depth: int, num_threads: int = 0, *, unit: Unit = None) -> Any:
    """Return the four cells that share the corner nearest to each position, and their weights.

    Parameters
    ----------
    lon, lat : astropy angles, or array_like
        Longitudes and latitudes, of the same shape.
    depth : int
        The depth of the cells, 0 to 29.
    num_threads : int, optional
        How many threads to use; 0 is as many as the process may.
    unit : {'deg', 'rad'}, optional
        The unit of `lon` and `lat`, if they are plain numbers.

    Returns
    -------
    ipix : array of uint64
        Four cells in the last axis.
    weights : array of float64
        Their weights, which add up to one.

        Both are NumPy's masked arrays where coordinates came as NumPy's or astropy's arrays; positions that
        are not numbers are masked.

    Raises
    ------
    ValueError
        For positions that are not numbers, where there are no masked arrays.

    Examples
    --------
    >>> from rustsci.healpix import bilinear_interpolation
    >>> ipix, weights = bilinear_interpolation([10], [5], 2, unit="deg")
    >>> ipix
    array([[70, 71, 76, 77]], dtype=uint64)
    """
    from rustsci import isfinite, where

    x, y, degrees = _angles.pair(lon, lat, unit)
    nside = nside_of(depth)
    masked = _masked_array_of(lon, lat)
    if masked is None:
        return in_library_of(_native._healpix_weights(x, y, nside, True, degrees, num_threads), lon, lat)
    valid = isfinite(x) & isfinite(y)
    x, y = where(valid, x, 0.0), where(valid, y, 0.0)
    ipix, weights = in_library_of(
        _native._healpix_weights(x, y, nside, True, degrees, num_threads), *_plain(lon, lat)
    )
    from rustsci import repeat

    mask = in_library_of(repeat(~valid, 4).reshape(ipix.shape), *_plain(lon, lat))
    return masked(ipix, mask=mask), masked(weights, mask=mask)


def _plain(*values: Any) -> tuple[Any, ...]:
    """The arrays inside astropy's quantities."""
    return tuple(value.value if _angles.is_quantity(value) else value for value in values)


def _masked_array_of(*values: Any) -> Any:
    """NumPy's class of masked arrays, if any of the values is an array of NumPy's."""
    from sys import modules

    numpy = modules.get("numpy")
    if numpy is None or not any(isinstance(value, numpy.ndarray) for value in values):
        return None
    return numpy.ma.masked_array
