"""Positions and vectors, and the pixels they are in."""

from __future__ import annotations

from rustsci import _native
from rustsci._library import carrier_to_library_of
from rustsci.healpix.healpy._arguments import angles, over_nsides

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["ang2pix", "pix2ang", "vec2pix", "pix2vec"]


def ang2pix(nside: Any, theta: Any, phi: Any, nest: bool = False, lonlat: bool = False) -> Any:
    """Return the pixels that positions are in.

    Parameters
    ----------
    nside : int or array_like of int
        Pixels along an edge of a base pixel.
    theta, phi : float or array_like
        Colatitudes and longitudes in radians; or longitudes and latitudes in degrees with `lonlat`.
    nest : bool, optional
        Whether the scheme is the nested one.
    lonlat : bool, optional
        Whether longitudes and latitudes are given.

    Returns
    -------
    int64 or ndarray of int64
        The pixels.

    Examples
    --------
    >>> from rustsci.healpix import healpy
    >>> healpy.ang2pix(16, [0, 180], [90, 0], lonlat=True)
    array([   0, 1472])
    """
    lon, lat, degrees = angles(theta, phi, lonlat)

    def find(lon: Any, lat: Any, nside: int) -> Any:
        return _native._healpix_lonlat_to_cells(lon, lat, nside, nest, degrees).view("int64")

    return carrier_to_library_of(theta, phi, nside)(over_nsides(find, nside, nest, lon, lat, dtype=None))


def pix2ang(nside: Any, ipix: Any, nest: bool = False, lonlat: bool = False) -> Any:
    """Return the centres of pixels.

    Parameters
    ----------
    nside : int or array_like of int
        Pixels along an edge of a base pixel.
    ipix : int or array_like of int
        Pixels.
    nest : bool, optional
        Whether the scheme is the nested one.
    lonlat : bool, optional
        Whether to return longitudes and latitudes in degrees.

    Returns
    -------
    theta, phi : float64 or ndarray
        Colatitudes and longitudes in radians; or longitudes and latitudes in degrees with `lonlat`.

    Examples
    --------
    >>> from rustsci.healpix import healpy
    >>> healpy.pix2ang(1, 4, lonlat=True)
    (np.float64(0.0), np.float64(0.0))
    """
    from rustsci import pi

    def find(pixels: Any, nside: int) -> Any:
        lon, lat = _native._healpix_cells_to_lonlat(pixels, nside, nest, lonlat)
        return (lon, lat) if lonlat else (pi / 2 - lat, lon)

    return over_nsides(find, nside, nest, ipix, dtype=None)


def vec2pix(nside: Any, x: Any, y: Any, z: Any, nest: bool = False) -> Any:
    """Return the pixels in the directions of vectors.

    Parameters
    ----------
    nside : int or array_like of int
        Pixels along an edge of a base pixel.
    x, y, z : float or array_like
        The vectors' components; their length does not matter.
    nest : bool, optional
        Whether the scheme is the nested one.

    Returns
    -------
    int64 or ndarray of int64
        The pixels.

    Examples
    --------
    >>> from rustsci.healpix import healpy
    >>> healpy.vec2pix(16, [1.0, 0.0], [0.0, 0.0], [0.0, 1.0])
    array([1440,    0])
    """

    def find(x: Any, y: Any, z: Any, nside: int) -> Any:
        return _native._healpix_vectors_to_cells(x, y, z, nside, nest).view("int64")

    return over_nsides(find, nside, nest, x, y, z, dtype="float64")


def pix2vec(nside: Any, ipix: Any, nest: bool = False) -> Any:
    """Return the unit vectors to the centres of pixels.

    Parameters
    ----------
    nside : int or array_like of int
        Pixels along an edge of a base pixel.
    ipix : int or array_like of int
        Pixels.
    nest : bool, optional
        Whether the scheme is the nested one.

    Returns
    -------
    x, y, z : float64 or ndarray
        The vectors' components.

    Examples
    --------
    >>> from rustsci.healpix import healpy
    >>> healpy.pix2vec(1, [4])
    (array([1.]), array([0.]), array([0.]))
    """

    def find(pixels: Any, nside: int) -> Any:
        return tuple(_native._healpix_cells_to_vectors(pixels, nside, nest))

    return over_nsides(find, nside, nest, ipix, dtype=None)
