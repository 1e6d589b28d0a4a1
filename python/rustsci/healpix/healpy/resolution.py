"""How many pixels, and how large."""

from __future__ import annotations

import math

from rustsci._library import in_library_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = [
    "get_min_valid_nside",
    "isnpixok",
    "isnsideok",
    "max_pixrad",
    "npix2nside",
    "npix2order",
    "nside2npix",
    "nside2order",
    "nside2pixarea",
    "nside2resol",
    "order2npix",
    "order2nside",
]

_MAX_NSIDE = 1 << 29


def isnsideok(nside: Any, nest: bool = False) -> Any:
    """Whether numbers can be nside: whole, from 1 to 2**29, and powers of two in the nested scheme.

    Parameters
    ----------
    nside : number or array_like
        The numbers.
    nest : bool, optional
        Whether the scheme is the nested one.

    Returns
    -------
    bool or ndarray of bool
        The answers.

    Examples
    --------
    >>> from rustsci.healpix import healpy
    >>> healpy.isnsideok([3, 4, 0], nest=True)
    array([False,  True, False])
    """
    if type(nside) is int:
        return 1 <= nside <= _MAX_NSIDE and not (nest and nside & (nside - 1))
    from rustsci import asarray

    numbers = asarray(nside)
    fits = (numbers >= 1) & (numbers <= _MAX_NSIDE)
    whole = numbers.astype("int64")
    good = fits & (whole == numbers)
    if nest:
        good = good & ((whole & (whole - 1)) == 0)
    return bool(good) if numbers.ndim == 0 else in_library_of(good, nside)


def isnpixok(npix: Any) -> Any:
    """Whether numbers can be numbers of pixels: 12 times the square of an nside.

    Parameters
    ----------
    npix : number or array_like
        The numbers.

    Returns
    -------
    bool or ndarray of bool
        The answers.

    Examples
    --------
    >>> from rustsci.healpix import healpy
    >>> healpy.isnpixok(48), healpy.isnpixok(50)
    (True, False)
    """
    if type(npix) is int:
        return npix > 0 and 12 * math.isqrt(npix // 12) ** 2 == npix
    from rustsci import asarray, sqrt

    numbers = asarray(npix)
    nside = sqrt(numbers / 12.0)
    good = (numbers > 0) & (nside == nside.astype("int64"))
    return bool(good) if numbers.ndim == 0 else in_library_of(good, npix)


def _check(nside: Any) -> None:
    good = isnsideok(nside)
    if not (good if type(good) is bool else good.all()):
        raise ValueError(f"{nside} is not a valid nside parameter (must be between 1 and 2**29)")


def nside2npix(nside: int) -> int:
    """Return the number of pixels at an nside.

    Parameters
    ----------
    nside : int
        Pixels along an edge of a base pixel.

    Returns
    -------
    int
        12 · nside².

    Examples
    --------
    >>> from rustsci.healpix import healpy
    >>> healpy.nside2npix(8)
    768
    """
    return 12 * nside * nside


def npix2nside(npix: int) -> int:
    """Return the nside at which there are so many pixels.

    Parameters
    ----------
    npix : int
        The number of pixels.

    Returns
    -------
    int
        Pixels along an edge of a base pixel.

    Examples
    --------
    >>> from rustsci.healpix import healpy
    >>> healpy.npix2nside(768)
    8
    """
    if not isnpixok(npix):
        raise ValueError(f"Wrong pixel number (it is not 12*nside**2): {npix}")
    return math.isqrt(int(npix) // 12)


def nside2order(nside: int) -> int:
    """Return the depth at an nside that is a power of two.

    Parameters
    ----------
    nside : int
        Pixels along an edge of a base pixel.

    Returns
    -------
    int
        Its logarithm to the base two.

    Examples
    --------
    >>> from rustsci.healpix import healpy
    >>> healpy.nside2order(8)
    3
    """
    if not isnsideok(nside, nest=True):
        raise ValueError(f"{nside} is not a valid nside parameter (must be a power of 2, at most 2**29)")
    return int(nside).bit_length() - 1


def order2nside(order: Any) -> Any:
    """Return nside at a depth.

    Parameters
    ----------
    order : int or array_like of int
        The depth, 0 to 29.

    Returns
    -------
    int or ndarray of int64
        2**order.

    Examples
    --------
    >>> from rustsci.healpix import healpy
    >>> healpy.order2nside(3)
    8
    """
    if type(order) is int and 0 <= order <= 29:
        return 1 << order
    from rustsci import asarray

    orders = asarray(order)
    if ((orders < 0) | (orders > 29)).any():
        raise ValueError(f"order must be between 0 and 29, not {order}")
    nside = 1 << orders.astype("int64")
    return int(nside) if orders.ndim == 0 else in_library_of(nside, order)


def order2npix(order: int) -> int:
    """Return the number of pixels at a depth.

    Parameters
    ----------
    order : int
        The depth, 0 to 29.

    Returns
    -------
    int
        12 · 4**order.

    Examples
    --------
    >>> from rustsci.healpix import healpy
    >>> healpy.order2npix(1)
    48
    """
    return nside2npix(order2nside(order))


def npix2order(npix: int) -> int:
    """Return the depth at which there are so many pixels.

    Parameters
    ----------
    npix : int
        The number of pixels.

    Returns
    -------
    int
        The depth.

    Examples
    --------
    >>> from rustsci.healpix import healpy
    >>> healpy.npix2order(48)
    1
    """
    return nside2order(npix2nside(npix))


def nside2pixarea(nside: Any, degrees: bool = False) -> Any:
    """Return the area of a pixel, in steradians or square degrees.

    Parameters
    ----------
    nside : int or array_like of int
        Pixels along an edge of a base pixel.
    degrees : bool, optional
        Whether to return square degrees.

    Returns
    -------
    float or ndarray
        The area.

    Examples
    --------
    >>> from rustsci.healpix import healpy
    >>> round(healpy.nside2pixarea(128, degrees=True), 6)
    0.209823
    """
    _check(nside)
    if type(nside) is int:
        area: Any = math.pi / (3.0 * nside * nside)
    else:
        from rustsci import asarray

        sides = asarray(nside).astype("float64")
        area = math.pi / (3 * sides * sides)
    if degrees:
        area = area * math.degrees(1.0) ** 2
    return float(area) if isinstance(area, float) else in_library_of(area, nside)


def nside2resol(nside: Any, arcmin: bool = False) -> Any:
    """Return the square root of a pixel's area, in radians or minutes of arc.

    Parameters
    ----------
    nside : int or array_like of int
        Pixels along an edge of a base pixel.
    arcmin : bool, optional
        Whether to return minutes of arc.

    Returns
    -------
    float or ndarray
        The resolution.

    Examples
    --------
    >>> from rustsci.healpix import healpy
    >>> round(healpy.nside2resol(128, arcmin=True), 4)
    27.4839
    """
    area = nside2pixarea(nside)
    if isinstance(area, float):
        resolution: Any = math.sqrt(area)
    else:
        from rustsci import sqrt

        resolution = sqrt(area)
    if arcmin:
        resolution = resolution * (60 * math.degrees(1.0))
    return resolution if isinstance(resolution, float) else in_library_of(resolution, nside)


def max_pixrad(nside: int, degrees: bool = False) -> float:
    """Return the greatest distance of a pixel's corner from its centre.

    Parameters
    ----------
    nside : int
        Pixels along an edge of a base pixel.
    degrees : bool, optional
        Whether to return degrees.

    Returns
    -------
    float
        The distance, in radians otherwise.

    Examples
    --------
    >>> from rustsci.healpix import healpy
    >>> round(healpy.max_pixrad(4), 6)
    0.254333
    """
    _check(nside)
    # The pixel that the polar projection shears most: its centre on the ring where it begins, at 45°/nside
    # from the meridian where base pixels meet, its corner one ring up on that meridian.
    ring = 1.0 - 1.0 / nside
    z_centre, z_corner = 2.0 / 3.0, 1.0 - ring * ring / 3.0
    at_centre, at_corner = math.sqrt(1.0 - z_centre * z_centre), math.sqrt(1.0 - z_corner * z_corner)
    turn = math.pi / (4 * nside)
    # By the chord, which keeps its digits where the distance is small.
    across, along = at_centre - at_corner * math.cos(turn), at_corner * math.sin(turn)
    chord = math.hypot(across, along, z_centre - z_corner)
    distance = 2 * math.asin(chord / 2)
    return math.degrees(distance) if degrees else distance


def get_min_valid_nside(npix: Any) -> Any:
    """Return the least power of two that is nside for at least so many pixels.

    Parameters
    ----------
    npix : number or array_like
        Numbers of pixels.

    Returns
    -------
    int or ndarray of int64
        The nsides.

    Examples
    --------
    >>> from rustsci.healpix import healpy
    >>> healpy.get_min_valid_nside(355)
    8
    """
    from rustsci import asarray, ceil, log2

    numbers = asarray(npix)
    order = ceil(0.5 * log2(numbers / 12.0)).clip(0, None)
    return order2nside(int(order) if numbers.ndim == 0 else in_library_of(order, npix))
