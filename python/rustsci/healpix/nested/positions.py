"""Positions and the cells they are in, in the nested scheme."""

from __future__ import annotations

from rustsci.healpix import _angles, _pixels

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rustsci.healpix._angles import Unit

__all__ = [
    "healpix_to_lonlat",
    "healpix_to_skycoord",
    "lonlat_to_healpix",
    "skycoord_to_healpix",
    "vertices",
    "vertices_skycoord",
]


def lonlat_to_healpix(
    lon: Any,
    lat: Any,
    depth: Any,
    return_offsets: bool = False,
    num_threads: int = 0,
    *,
    unit: Unit = None,
) -> Any:
    """Return the cells that positions are in.

    Parameters
    ----------
    lon, lat : astropy angles, or array_like
        Longitudes and latitudes, of the same shape.
    depth : int or array_like of int
        How often the base cells are cut, 0 to 29; broadcast against the cells.
    return_offsets : bool, optional
        Whether to return the places inside the cells, too.
    num_threads : int, optional
        How many threads to use; 0 is as many as the process may.
    unit : {'deg', 'rad'}, optional
        The unit of `lon` and `lat`, if they are plain numbers.

    Returns
    -------
    ipix : ndarray of uint64
        The cells.
    dx, dy : ndarray of float64
        The places inside the cells, from 0 to 1 toward the north-east and the north-west; with
        `return_offsets`.

    Raises
    ------
    ValueError
        For a position that is not on the sphere, different shapes, or a depth that there is not.

    Examples
    --------
    >>> from rustsci.healpix.nested import lonlat_to_healpix
    >>> lonlat_to_healpix([0, 50, 25], [6, -12, 45], 4, unit="deg")
    array([1219, 2292,  155], dtype=uint64)
    """
    return _pixels.cells_of(
        lon, lat, depth, nested=True, offsets=return_offsets, num_threads=num_threads, unit=unit
    )


def skycoord_to_healpix(skycoord: Any, depth: Any, return_offsets: bool = False, num_threads: int = 0) -> Any:
    """Return the cells that astropy's sky coordinates are in.

    Parameters
    ----------
    skycoord : astropy.coordinates.SkyCoord
        Positions, in any frame that has ICRS coordinates.
    depth : int or array_like of int
        How often the base cells are cut, 0 to 29; broadcast against the cells.
    return_offsets : bool, optional
        Whether to return the places inside the cells, too.
    num_threads : int, optional
        How many threads to use; 0 is as many as the process may.

    Returns
    -------
    ipix : ndarray of uint64
        The cells.
    dx, dy : ndarray of float64
        The places inside the cells; with `return_offsets`.

    Examples
    --------
    >>> from astropy.coordinates import SkyCoord
    >>> from rustsci.healpix.nested import skycoord_to_healpix
    >>> skycoord_to_healpix(SkyCoord([0, 50], [6, -12], unit="deg"), 4)
    array([1219, 2292], dtype=uint64)
    """
    lon, lat = _pixels.skycoord_numbers(skycoord)
    return lonlat_to_healpix(lon, lat, depth, return_offsets, num_threads)


def healpix_to_lonlat(
    ipix: Any,
    depth: Any,
    dx: float = 0.5,
    dy: float = 0.5,
    num_threads: int = 0,
    *,
    unit: Unit = None,
) -> Any:
    """Return longitude and latitude of a place in each cell: of its centre, unless said otherwise.

    Parameters
    ----------
    ipix : array_like of int
        Cells.
    depth : int or array_like of int
        How often the base cells are cut, 0 to 29; broadcast against the cells.
    dx, dy : float, optional
        The place inside the cells, from 0 to 1 toward the north-east and the north-west.
    num_threads : int, optional
        How many threads to use; 0 is as many as the process may.
    unit : {'deg', 'rad'}, optional
        The unit of plain numbers to return; astropy's angles without it.

    Returns
    -------
    lon, lat : astropy.coordinates.Longitude and Latitude, or ndarray
        The positions.

    Raises
    ------
    ValueError
        For a number that is no cell.

    Examples
    --------
    >>> from rustsci.healpix.nested import healpix_to_lonlat
    >>> healpix_to_lonlat([4, 8], 1, unit="deg")
    (array([135., 225.]), array([19.47122063, 19.47122063]))
    """
    return _pixels.lonlat_of(ipix, depth, dx, dy, nested=True, num_threads=num_threads, unit=unit)


def healpix_to_skycoord(ipix: Any, depth: Any, dx: float = 0.5, dy: float = 0.5, num_threads: int = 0) -> Any:
    """Return a place in each cell as astropy's sky coordinates: its centre, unless said otherwise.

    Parameters
    ----------
    ipix : array_like of int
        Cells.
    depth : int or array_like of int
        How often the base cells are cut, 0 to 29; broadcast against the cells.
    dx, dy : float, optional
        The place inside the cells, from 0 to 1 toward the north-east and the north-west.
    num_threads : int, optional
        How many threads to use; 0 is as many as the process may.

    Returns
    -------
    astropy.coordinates.SkyCoord
        The positions (ICRS).

    Examples
    --------
    >>> from rustsci.healpix.nested import healpix_to_skycoord
    >>> healpix_to_skycoord([4], 1).dec.deg.round(3)
    array([19.471])
    """
    return _angles.skycoord(*healpix_to_lonlat(ipix, depth, dx, dy, num_threads))


def vertices(ipix: Any, depth: Any, step: int = 1, num_threads: int = 0, *, unit: Unit = None) -> Any:
    """Return the corners of cells, from the southern one on against the clock, and points between them.

    Parameters
    ----------
    ipix : array_like of int
        Cells.
    depth : int or array_like of int
        How often the base cells are cut, 0 to 29; broadcast against the cells.
    step : int, optional
        Into how many parts points divide each edge; 1 gives the corners alone.
    num_threads : int, optional
        How many threads to use; 0 is as many as the process may.
    unit : {'deg', 'rad'}, optional
        The unit of plain numbers to return; astropy's angles without it.

    Returns
    -------
    lon, lat : astropy.coordinates.Longitude and Latitude, or ndarray
        The points, 4 `step` in the last axis.

    Examples
    --------
    >>> from rustsci.healpix.nested import vertices
    >>> lon, lat = vertices([4], 1, unit="deg")
    >>> lon
    array([[135. , 157.5, 135. , 112.5]])
    """
    return _pixels.vertices_of(ipix, depth, step, nested=True, num_threads=num_threads, unit=unit)


def vertices_skycoord(ipix: Any, depth: Any, step: int = 1, num_threads: int = 0) -> Any:
    """Return the corners of cells as astropy's sky coordinates; see `vertices`.

    Parameters
    ----------
    ipix : array_like of int
        Cells.
    depth : int or array_like of int
        How often the base cells are cut, 0 to 29; broadcast against the cells.
    step : int, optional
        Into how many parts points divide each edge.
    num_threads : int, optional
        How many threads to use; 0 is as many as the process may.

    Returns
    -------
    astropy.coordinates.SkyCoord
        The points (ICRS), 4 `step` in the last axis.

    Examples
    --------
    >>> from rustsci.healpix.nested import vertices_skycoord
    >>> vertices_skycoord([4], 1).shape
    (1, 4)
    """
    return _angles.skycoord(*vertices(ipix, depth, step, num_threads))
