"""Pixels in parts of the sky."""

from __future__ import annotations

from math import atan2, hypot

from rustsci import _native
from rustsci._library import in_library_of
from rustsci.healpix.healpy._arguments import check_nside

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["query_disc", "query_polygon", "query_strip"]


def _query(
    description: tuple[Any, ...],
    nside: int,
    inclusive: bool,
    nest: bool,
    buff: Any,
    return_ranges: bool,
    *inputs: Any,
) -> Any:
    """Return pixels as they are asked for: in an array of their own or the caller's, or as ranges."""
    nside = check_nside(nside, nest)
    if return_ranges and buff is not None:
        raise ValueError("Cannot use both buff and return_ranges: ranges have two columns")
    found = _native._healpix_query(description, nside, nest, inclusive, return_ranges)
    return in_library_of(found, *inputs) if buff is None else _written(found, buff)


def _written(pixels: Any, buff: Any) -> Any:
    """Write pixels into the array that the caller has for them, and return that part of it."""
    if str(buff.dtype) != "int64":
        raise ValueError(f"buff must be an array of int64, not of {buff.dtype}")
    if len(buff) < len(pixels):
        raise ValueError(f"buff has room for {len(buff)} pixels, but there are {len(pixels)}")
    buff[: len(pixels)] = in_library_of(pixels, buff)
    return buff[: len(pixels)]


def _vector(vec: Any) -> tuple[float, float]:
    """Longitude and latitude in radians of a vector."""
    try:
        x, y, z = map(float, vec)
    except (TypeError, ValueError):
        # Not simply three numbers; an array of one vector will do as well.
        lon, lat = _vectors(vec)
        return float(lon), float(lat)
    return atan2(y, x), atan2(z, hypot(x, y))


def _vectors(vertices: Any) -> tuple[Any, Any]:
    """Longitudes and latitudes in radians of vectors."""
    from rustsci import arctan2, asarray, hypot

    array = asarray(vertices, dtype="float64")
    x, y, z = array[..., 0], array[..., 1], array[..., 2]
    return arctan2(y, x), arctan2(z, hypot(x, y))


def query_disc(
    nside: int,
    vec: Any,
    radius: float,
    inclusive: bool = False,
    fact: int = 4,
    nest: bool = False,
    buff: Any = None,
    return_ranges: bool = False,
) -> Any:
    """Return the pixels in a disc.

    Parameters
    ----------
    nside : int
        Pixels along an edge of a base pixel.
    vec : array_like
        A vector to the disc's centre.
    radius : float
        The radius in radians.
    inclusive : bool, optional
        Whether to return all pixels that overlap the disc; else those whose centres are in it.
    fact : int, optional
        Taken for the sake of programs written for healpy; the result is exact whatever it is.
    nest : bool, optional
        Whether the scheme is the nested one.
    buff : array of int64, optional
        Where to write the pixels.
    return_ranges : bool, optional
        Whether to return ranges of pixels: two columns, the first one, and the one after the last.

    Returns
    -------
    ndarray of int64
        The pixels in order.

    Examples
    --------
    >>> from rustsci.healpix import healpy
    >>> healpy.query_disc(1, [0, 0, 1], 1.0)
    array([0, 1, 2, 3])
    """
    _check_factor(fact)
    cone = ("cone", *_vector(vec), float(radius))
    return _query(cone, nside, inclusive, nest, buff, return_ranges, vec)


def query_polygon(
    nside: int,
    vertices: Any,
    inclusive: bool = False,
    fact: int = 4,
    nest: bool = False,
    buff: Any = None,
    return_ranges: bool = False,
) -> Any:
    """Return the pixels in a polygon, which may be any simple one.

    Parameters
    ----------
    nside : int
        Pixels along an edge of a base pixel.
    vertices : array_like
        Vectors to the corners, in order.
    inclusive : bool, optional
        Whether to return all pixels that overlap the polygon; else those whose centres are in it.
    fact : int, optional
        Taken for the sake of programs written for healpy; the result is exact whatever it is.
    nest : bool, optional
        Whether the scheme is the nested one.
    buff : array of int64, optional
        Where to write the pixels.
    return_ranges : bool, optional
        Whether to return ranges of pixels: two columns, the first one, and the one after the last.

    Returns
    -------
    ndarray of int64
        The pixels in order.

    Examples
    --------
    >>> from rustsci.healpix import healpy
    >>> healpy.query_polygon(1, [[1, 0.5, 0.5], [1, -0.5, 0.5], [1, -0.5, -0.5], [1, 0.5, -0.5]])
    array([4])
    """
    _check_factor(fact)
    lon, lat = _vectors(vertices)
    return _query(("polygon", lon, lat), nside, inclusive, nest, buff, return_ranges, vertices)


def query_strip(
    nside: int,
    theta1: float,
    theta2: float,
    inclusive: bool = False,
    nest: bool = False,
    buff: Any = None,
    return_ranges: bool = False,
) -> Any:
    """Return the pixels between two colatitudes; or outside of them, where the first is the larger one.

    Parameters
    ----------
    nside : int
        Pixels along an edge of a base pixel.
    theta1, theta2 : float
        The colatitudes in radians.
    inclusive : bool, optional
        Whether to return all pixels that overlap the strip; else those whose centres are in it.
    nest : bool, optional
        Whether the scheme is the nested one.
    buff : array of int64, optional
        Where to write the pixels.
    return_ranges : bool, optional
        Whether to return ranges of pixels: two columns, the first one, and the one after the last.

    Returns
    -------
    ndarray of int64
        The pixels, in the order of rings.

    Examples
    --------
    >>> from rustsci.healpix import healpy
    >>> healpy.query_strip(1, 0.0, 1.0)
    array([0, 1, 2, 3])
    """
    from math import pi

    def zone(top: float, bottom: float) -> tuple[Any, ...]:
        return ("zone", 0.0, pi / 2 - bottom, 0.0, pi / 2 - top)

    first, second = min(max(theta1, 0.0), pi), min(max(theta2, 0.0), pi)
    if first < second:
        parts = [zone(first, second)]
    else:
        parts = [zone(top, bottom) for top, bottom in ((0.0, second), (first, pi)) if top < bottom]
    description = ("union", *parts) if len(parts) == 2 else parts[0] if parts else ("complement", ("sky",))
    if not nest or return_ranges:
        return _query(description, nside, inclusive, nest, buff, return_ranges)
    # As healpy has it, nested pixels of a strip come in the order of rings.
    check_nside(nside, nest)
    found = _native._healpix_query(description, nside, False, inclusive)
    found = _native._healpix_renumber(found, nside, False).astype("int64")
    return found if buff is None else _written(found, buff)


def _check_factor(fact: int) -> None:
    if fact < 1:
        raise ValueError(f"fact must be a positive number, not {fact}")
