"""Pixels in parts of the sky."""

from __future__ import annotations

from rustsci import _native
from rustsci._library import in_library_of
from rustsci.healpix.healpy._arguments import check_nside

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["query_disc", "query_polygon", "query_strip"]


def _query(
    description: tuple[Any, ...], nside: int, inclusive: bool, nest: bool, buff: Any, *inputs: Any
) -> Any:
    nside = check_nside(nside, nest)
    found = in_library_of(_native._healpix_query(description, nside, nest, inclusive), *inputs)
    if buff is None:
        return found
    if len(buff) < len(found):
        raise ValueError(f"buff has room for {len(buff)} pixels, but there are {len(found)}")
    buff[: len(found)] = found
    return buff[: len(found)]


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
    lon, lat = _vectors(vec)
    return _query(("cone", float(lon), float(lat), float(radius)), nside, inclusive, nest, buff, vec)


def query_polygon(
    nside: int, vertices: Any, inclusive: bool = False, fact: int = 4, nest: bool = False, buff: Any = None
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
    return _query(("polygon", lon, lat), nside, inclusive, nest, buff, vertices)


def query_strip(
    nside: int, theta1: float, theta2: float, inclusive: bool = False, nest: bool = False, buff: Any = None
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

    Returns
    -------
    ndarray of int64
        The pixels in order.

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
        return _query(zone(first, second), nside, inclusive, nest, buff)
    parts = [zone(top, bottom) for top, bottom in ((0.0, second), (first, pi)) if top < bottom]
    if not parts:
        return _query(("complement", ("sky",)), nside, inclusive, nest, buff)
    description = parts[0] if len(parts) == 1 else ("union", *parts)
    return _query(description, nside, inclusive, nest, buff)


def _check_factor(fact: int) -> None:
    if fact < 1:
        raise ValueError(f"fact must be a positive number, not {fact}")
