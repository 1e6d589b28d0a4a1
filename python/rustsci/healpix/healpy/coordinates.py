"""Angles and vectors, one from the other."""

from __future__ import annotations

from rustsci._library import carrier_to_library_of
from rustsci.healpix.healpy._arguments import angles, shaped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["ang2vec", "vec2ang", "lonlat2thetaphi", "thetaphi2lonlat"]


def ang2vec(theta: Any, phi: Any, lonlat: bool = False) -> Any:
    """Return the unit vectors to positions.

    Parameters
    ----------
    theta, phi : float or array_like
        Colatitudes and longitudes in radians; or longitudes and latitudes in degrees with `lonlat`.
    lonlat : bool, optional
        Whether longitudes and latitudes are given.

    Returns
    -------
    ndarray
        The vectors, their components in the last axis.

    Examples
    --------
    >>> from rustsci.healpix import healpy
    >>> healpy.ang2vec(0.0, 0.0)
    array([0., 0., 1.])
    """
    from rustsci import cos, deg2rad, sin, stack

    lon, lat, degrees = angles(theta, phi, lonlat)
    if degrees:
        lon, lat = deg2rad(lon), deg2rad(lat)
        height, across = sin(lat), cos(lat)
    else:
        from rustsci import asarray

        colatitude = asarray(theta, dtype="float64")
        height, across = cos(colatitude), sin(colatitude)
    vectors = stack([across * cos(lon), across * sin(lon), height + 0.0 * lon], axis=-1)
    return carrier_to_library_of(theta, phi)(vectors)


def vec2ang(vectors: Any, lonlat: bool = False) -> Any:
    """Return the positions that vectors point to.

    Parameters
    ----------
    vectors : array_like
        Vectors, their components in the last axis.
    lonlat : bool, optional
        Whether to return longitudes and latitudes in degrees.

    Returns
    -------
    theta, phi : ndarray
        Colatitudes and longitudes (0 to 2π) in radians; or longitudes and latitudes in degrees with `lonlat`.

    Examples
    --------
    >>> from rustsci.healpix import healpy
    >>> healpy.vec2ang([0.0, 1.0, 0.0], lonlat=True)
    (array([90.]), array([0.]))
    """
    from rustsci import arctan2, asarray, hypot, pi, rad2deg, where

    array = asarray(vectors, dtype="float64").reshape(-1, 3)
    x, y, z = array[:, 0], array[:, 1], array[:, 2]
    theta, phi = arctan2(hypot(x, y), z), arctan2(y, x)
    phi = where(phi < 0, phi + 2 * pi, phi)
    found = (rad2deg(phi), 90.0 - rad2deg(theta)) if lonlat else (theta, phi)
    return carrier_to_library_of(vectors)(found)


def lonlat2thetaphi(lon: Any, lat: Any, latauto: bool = False, latbounce: bool = True) -> Any:
    """Turn longitudes and latitudes in degrees into colatitudes and longitudes in radians.

    Parameters
    ----------
    lon, lat : float or array_like
        Longitudes and latitudes.
    latauto : bool, optional
        Whether latitudes may be beyond a pole, as of a scan that goes on there.
    latbounce : bool, optional
        Whether such a scan comes back on the meridian on which it went; else it goes on across the pole.

    Returns
    -------
    theta, phi : float or ndarray
        Colatitudes and longitudes.

    Examples
    --------
    >>> from rustsci.healpix import healpy
    >>> healpy.lonlat2thetaphi(180.0, 90.0)
    (np.float64(0.0), np.float64(3.141592653589793))
    """
    from rustsci import asarray, deg2rad, pi, where

    lons, lats = asarray(lon, dtype="float64"), asarray(lat, dtype="float64")
    if latauto:
        # Once around is 360 degrees of latitude; the half of it on the far side is folded back.
        turned = (lats + 90.0) % 360.0
        beyond = turned > 180.0
        lats = where(beyond, 360.0 - turned, turned) - 90.0
        if not latbounce:
            lons = where(beyond, lons + 180.0, lons)
    found = (pi / 2 - deg2rad(lats), deg2rad(lons))
    return carrier_to_library_of(lon, lat)(tuple(shaped(part, part.shape) for part in found))


def thetaphi2lonlat(theta: Any, phi: Any) -> Any:
    """Turn colatitudes and longitudes in radians into longitudes and latitudes in degrees.

    Parameters
    ----------
    theta, phi : float or array_like
        Colatitudes and longitudes.

    Returns
    -------
    lon, lat : float or ndarray
        Longitudes and latitudes.

    Examples
    --------
    >>> from rustsci.healpix import healpy
    >>> healpy.thetaphi2lonlat(0.0, 0.0)
    (np.float64(0.0), np.float64(90.0))
    """
    from rustsci import asarray, rad2deg

    found = (rad2deg(asarray(phi)), 90.0 - rad2deg(asarray(theta)))
    return carrier_to_library_of(theta, phi)(tuple(shaped(part, part.shape) for part in found))
