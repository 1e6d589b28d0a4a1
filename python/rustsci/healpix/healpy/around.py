"""The pixels around a pixel, and its edges."""

from __future__ import annotations

from rustsci import _native
from rustsci._library import carrier_to_library_of
from rustsci.healpix.healpy._arguments import check_nside
from rustsci.healpix.healpy.positions import ang2pix

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["get_all_neighbours", "boundaries"]


def get_all_neighbours(
    nside: int, theta: Any, phi: Any = None, nest: bool = False, lonlat: bool = False
) -> Any:
    """Return the eight pixels around each pixel, or around the pixel of each position.

    Parameters
    ----------
    nside : int
        Pixels along an edge of a base pixel.
    theta, phi : float or array_like
        Colatitudes and longitudes in radians; or longitudes and latitudes in degrees with `lonlat`.
        Without `phi`, `theta` is pixels.
    nest : bool, optional
        Whether the scheme is the nested one.
    lonlat : bool, optional
        Whether longitudes and latitudes are given.

    Returns
    -------
    ndarray of int64
        The pixels in the first axis: south-west, west, north-west, north, north-east, east, south-east,
        south; −1 where there is none.

    Examples
    --------
    >>> from rustsci.healpix import healpy
    >>> healpy.get_all_neighbours(4, 0, nest=True)
    array([ 69,  71,   2,   3,   1,  91,  90, 143])
    """
    from rustsci import asarray

    nside = check_nside(nside, nest)
    pixels = asarray(theta) if phi is None else asarray(ang2pix(nside, theta, phi, nest=nest, lonlat=lonlat))
    return carrier_to_library_of(theta, phi)(_native._healpix_neighbours_around(pixels, nside, nest))


def boundaries(nside: int, pix: Any, step: int = 1, nest: bool = False) -> Any:
    """Return points along the edges of pixels, as unit vectors.

    Parameters
    ----------
    nside : int
        Pixels along an edge of a base pixel.
    pix : int or array_like of int
        Pixels.
    step : int, optional
        How many points to return for each edge.
    nest : bool, optional
        Whether the scheme is the nested one.

    Returns
    -------
    ndarray
        The points in the last axis, from the northern corner on against the clock; their components in the
        axis before.

    Examples
    --------
    >>> from rustsci.healpix import healpy
    >>> healpy.boundaries(2, [4, 5]).shape
    (2, 3, 4)
    """
    from rustsci import asarray

    nside = check_nside(nside, nest)
    pixels = asarray(pix)
    if pixels.dtype.kind not in "iu":
        raise ValueError(f"pix must be whole numbers, not of dtype {pixels.dtype}")
    return carrier_to_library_of(pix)(_native._healpix_boundaries(pixels, nside, nest, step))
