"""Values between the centres of pixels."""

from __future__ import annotations

from rustsci import _native
from rustsci._library import carrier_to_library_of
from rustsci.healpix.healpy._arguments import angles, check_nside
from rustsci.healpix.healpy.positions import pix2ang

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["get_interp_weights", "get_interp_val"]


def get_interp_weights(
    nside: int, theta: Any, phi: Any = None, nest: bool = False, lonlat: bool = False
) -> Any:
    """Return the four pixels around each position on the two nearest rings, and their weights.

    Parameters
    ----------
    nside : int
        Pixels along an edge of a base pixel.
    theta, phi : float or array_like
        Colatitudes and longitudes in radians; or longitudes and latitudes in degrees with `lonlat`.
        Without `phi`, `theta` is pixels, whose centres are taken.
    nest : bool, optional
        Whether the scheme is the nested one.
    lonlat : bool, optional
        Whether longitudes and latitudes are given.

    Returns
    -------
    pixels : ndarray of int64
        Four in the first axis.
    weights : ndarray of float64
        Their weights, which add up to one.

    Examples
    --------
    >>> from rustsci.healpix import healpy
    >>> pixels, weights = healpy.get_interp_weights(4, 10, 5, lonlat=True)
    >>> pixels
    array([ 72,  73, 103,  88])
    """
    from rustsci import broadcast_arrays

    nside = check_nside(nside, nest)
    carry = carrier_to_library_of(theta, phi)
    if phi is None:
        theta, phi = pix2ang(nside, theta, nest=nest)
        lonlat = False
    lon, lat, degrees = angles(theta, phi, lonlat)
    lon, lat = broadcast_arrays(lon, lat)
    return carry(_native._healpix_ring_weights(lon, lat, nside, nest, degrees))


def get_interp_val(m: Any, theta: Any, phi: Any, nest: bool = False, lonlat: bool = False) -> Any:
    """Return a map's values at positions, interpolated between the four nearest pixels.

    Parameters
    ----------
    m : array_like
        The map, or several of them in the first axis.
    theta, phi : float or array_like
        Colatitudes and longitudes in radians; or longitudes and latitudes in degrees with `lonlat`.
    nest : bool, optional
        Whether the scheme is the nested one.
    lonlat : bool, optional
        Whether longitudes and latitudes are given.

    Returns
    -------
    float or ndarray
        The values.

    Examples
    --------
    >>> from rustsci.healpix import healpy
    >>> import rustsci
    >>> healpy.get_interp_val(rustsci.arange(12.0), 0.0, 0.0)
    np.float64(1.5)
    """
    from rustsci import asarray
    from rustsci.healpix.healpy.resolution import npix2nside

    maps = asarray(m)
    nside = npix2nside(maps.shape[-1])
    pixels, weights = (
        asarray(part) for part in get_interp_weights(nside, theta, phi, nest=nest, lonlat=lonlat)
    )
    values = (maps.take(pixels, axis=-1) * weights).sum(axis=maps.ndim - 1)
    return carrier_to_library_of(m, theta, phi)(values)
