"""Pixel numbers in other schemes."""

from __future__ import annotations

from rustsci import _native
from rustsci.healpix.healpy._arguments import over_nsides

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["nest2ring", "pix2ring", "pix2xyf", "ring2nest", "xyf2pix"]


def nest2ring(nside: Any, ipix: Any) -> Any:
    """Return nested pixel numbers as those of the ring scheme.

    Parameters
    ----------
    nside : int or array_like of int
        Pixels along an edge of a base pixel, a power of two.
    ipix : int or array_like of int
        Pixels, nested.

    Returns
    -------
    int64 or ndarray of int64
        The same pixels.

    Examples
    --------
    >>> from rustsci.healpix import healpy
    >>> healpy.nest2ring(2, [4, 5, 6, 7])
    array([15,  7,  6,  1])
    """

    def convert(pixels: Any, nside: int) -> Any:
        return _native._healpix_renumber(pixels, nside, True).astype("int64")

    return over_nsides(convert, nside, True, ipix, dtype=None)


def ring2nest(nside: Any, ipix: Any) -> Any:
    """Return pixel numbers of the ring scheme as nested ones.

    Parameters
    ----------
    nside : int or array_like of int
        Pixels along an edge of a base pixel, a power of two.
    ipix : int or array_like of int
        Pixels in the ring scheme.

    Returns
    -------
    int64 or ndarray of int64
        The same pixels.

    Examples
    --------
    >>> from rustsci.healpix import healpy
    >>> healpy.ring2nest(2, [15, 7, 6, 1])
    array([4, 5, 6, 7])
    """

    def convert(pixels: Any, nside: int) -> Any:
        return _native._healpix_renumber(pixels, nside, False).astype("int64")

    return over_nsides(convert, nside, True, ipix, dtype=None)


def pix2ring(nside: Any, ipix: Any, nest: bool = False) -> Any:
    """Return the rings that pixels are on, counted from the north pole, from 1 on.

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
    int64 or ndarray of int64
        The rings.

    Examples
    --------
    >>> from rustsci.healpix import healpy
    >>> healpy.pix2ring(2, [0, 4, 47])
    array([1, 2, 7])
    """

    def find(pixels: Any, nside: int) -> Any:
        return _native._healpix_rings(pixels, nside, nest)

    return over_nsides(find, nside, nest, ipix, dtype=None)


def pix2xyf(nside: Any, ipix: Any, nest: bool = False) -> Any:
    """Return the place of pixels in their base pixels.

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
    x, y : int64 or ndarray of int64
        Places toward the north-east and the north-west.
    face : int64 or ndarray of int64
        Base pixels.

    Examples
    --------
    >>> from rustsci.healpix import healpy
    >>> healpy.pix2xyf(4, [0, 100])
    (array([3, 2]), array([3, 1]), array([0, 7]))
    """

    def find(pixels: Any, nside: int) -> Any:
        face, x, y = _native._healpix_split(pixels, nside, nest)
        return x, y, face

    return over_nsides(find, nside, nest, ipix, dtype=None)


def xyf2pix(nside: Any, x: Any, y: Any, face: Any, nest: bool = False) -> Any:
    """Return the pixels at places in base pixels.

    Parameters
    ----------
    nside : int or array_like of int
        Pixels along an edge of a base pixel.
    x, y : int or array_like of int
        Places toward the north-east and the north-west.
    face : int or array_like of int
        Base pixels.
    nest : bool, optional
        Whether the scheme is the nested one.

    Returns
    -------
    int64 or ndarray of int64
        The pixels.

    Examples
    --------
    >>> from rustsci.healpix import healpy
    >>> healpy.xyf2pix(4, [3, 2], [3, 1], [0, 7])
    array([  0, 100])
    """

    def find(x: Any, y: Any, face: Any, nside: int) -> Any:
        return _native._healpix_join(face, x, y, nside, nest)

    return over_nsides(find, nside, nest, x, y, face, dtype=None)
