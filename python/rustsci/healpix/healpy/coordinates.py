"""Positions and pixels."""

from __future__ import annotations

from rustsci import _native
from rustsci._library import carrier_to_library_of
from rustsci.healpix.healpy._arguments import angles, check_nside, over_nsides, shaped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = [
    "ang2pix",
    "ang2vec",
    "boundaries",
    "get_all_neighbours",
    "get_interp_val",
    "get_interp_weights",
    "lonlat2thetaphi",
    "pix2ang",
    "pix2vec",
    "thetaphi2lonlat",
    "vec2ang",
    "vec2pix",
]

# healpy goes around a pixel from the south-west with the clock; the native function from south to north, row
# by row.
_CLOCKWISE = [3, 6, 7, 8, 5, 2, 1, 0]


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
    from rustsci import asarray, moveaxis

    nside = check_nside(nside, nest)
    pixels = asarray(theta) if phi is None else asarray(ang2pix(nside, theta, phi, nest=nest, lonlat=lonlat))
    around = _native._healpix_neighbours(pixels.reshape(-1), nside, nest)
    around = shaped(around[:, _CLOCKWISE], pixels.shape)
    return carrier_to_library_of(theta, phi)(moveaxis(around, -1, 0).copy())


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
    from rustsci import broadcast_arrays, moveaxis

    nside = check_nside(nside, nest)
    carry = carrier_to_library_of(theta, phi)
    if phi is None:
        theta, phi = pix2ang(nside, theta, nest=nest)
        lonlat = False
    lon, lat, degrees = angles(theta, phi, lonlat)
    lon, lat = broadcast_arrays(lon, lat)
    pixels, weights = _native._healpix_weights(lon.reshape(-1), lat.reshape(-1), nside, False, degrees)
    if nest:
        pixels = _native._healpix_renumber(pixels, nside, False)
    return carry(
        tuple(moveaxis(shaped(part, lon.shape), -1, 0).copy() for part in (pixels.astype("int64"), weights))
    )


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
    values = (maps[..., pixels] * weights).sum(axis=maps.ndim - 1)
    return carrier_to_library_of(m, theta, phi)(values)


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
    from rustsci import asarray, cos, roll, sin, stack

    nside = check_nside(nside, nest)
    pixels = asarray(pix)
    if pixels.dtype.kind not in "iu":
        raise ValueError(f"pix must be whole numbers, not of dtype {pixels.dtype}")
    lon, lat = _native._healpix_vertices(pixels.reshape(-1), nside, nest, False, step)
    # The native function begins in the south, half the way around.
    lon, lat = roll(lon, 2 * step, axis=-1), roll(lat, 2 * step, axis=-1)
    points = stack([cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)], axis=1)
    return carrier_to_library_of(pix)(shaped(points, pixels.shape))
