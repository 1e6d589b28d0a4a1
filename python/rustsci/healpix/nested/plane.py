"""The plane of projection: x from 0 to 8 along the equator, y from −2 to 2 from pole to pole."""

from __future__ import annotations

from rustsci import _native
from rustsci._library import in_library_of
from rustsci.healpix import _angles, _pixels

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rustsci.healpix._angles import Unit

__all__ = ["healpix_to_xy", "lonlat_to_xy", "xy_to_lonlat"]


def healpix_to_xy(ipix: Any, depth: Any, num_threads: int = 0) -> Any:
    """Return where in the plane of projection the centres of cells are.

    Parameters
    ----------
    ipix : array_like of int
        Cells.
    depth : int or array_like of int
        Their depth, 0 to 29; broadcast against the cells.
    num_threads : int, optional
        How many threads to use; 0 is as many as the process may.

    Returns
    -------
    x, y : ndarray of float64
        x from 0 to 8 along the equator, y from −2 to 2.

    Examples
    --------
    >>> from rustsci.healpix import healpix_to_xy
    >>> healpix_to_xy([0, 5], 0)
    (array([1., 2.]), array([1., 0.]))
    """
    return _pixels.xy_of(ipix, depth, nested=True, num_threads=num_threads)


def lonlat_to_xy(lon: Any, lat: Any, num_threads: int = 0, *, unit: Unit = None) -> Any:
    """Project positions onto the plane.

    Parameters
    ----------
    lon, lat : astropy angles, or array_like
        Longitudes and latitudes, of the same shape.
    num_threads : int, optional
        How many threads to use; 0 is as many as the process may.
    unit : {'deg', 'rad'}, optional
        The unit of `lon` and `lat`, if they are plain numbers.

    Returns
    -------
    x, y : ndarray of float64
        x from 0 to 8 along the equator, y from −2 to 2.

    Examples
    --------
    >>> from rustsci.healpix import lonlat_to_xy
    >>> lonlat_to_xy([45], [0], unit="deg")
    (array([1.]), array([0.]))
    """
    x, y, degrees = _angles.pair(lon, lat, unit)
    return in_library_of(_native._healpix_lonlat_to_xy(x, y, degrees, num_threads), lon, lat)


def xy_to_lonlat(x: Any, y: Any, num_threads: int = 0, *, unit: Unit = None) -> Any:
    """Return the positions that are projected onto points of the plane.

    Parameters
    ----------
    x, y : array_like
        Points of the plane, x in turns of 8, y from −2 to 2.
    num_threads : int, optional
        How many threads to use; 0 is as many as the process may.
    unit : {'deg', 'rad'}, optional
        The unit of plain numbers to return; astropy's angles without it.

    Returns
    -------
    lon, lat : astropy.coordinates.Longitude and Latitude, or ndarray
        The positions.

    Examples
    --------
    >>> from rustsci.healpix import xy_to_lonlat
    >>> xy_to_lonlat([1.0], [0.0], unit="deg")
    (array([45.]), array([0.]))
    """
    from rustsci import atleast_1d

    _angles.check_unit(unit)
    lon, lat = _native._healpix_xy_to_lonlat(atleast_1d(x), atleast_1d(y), unit == "deg", num_threads)
    return _angles.positions(lon, lat, unit, x, y)
