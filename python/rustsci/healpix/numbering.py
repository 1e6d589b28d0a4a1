"""Cell numbers in other schemes."""

from __future__ import annotations

from rustsci import _native
from rustsci._library import in_library_of
from rustsci.healpix._levels import at_levels, nside_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["from_ring", "from_uniq", "from_zuniq", "to_ring", "to_uniq", "to_zuniq"]


def to_ring(ipix: Any, depth: Any, num_threads: int = 0) -> Any:
    """Return nested cell numbers as those of the ring scheme.

    Parameters
    ----------
    ipix : array_like of int
        Cells, nested.
    depth : int or array_like of int
        Their depth.
    num_threads : int, optional
        How many threads to use; 0 is as many as the process may.

    Returns
    -------
    ndarray of uint64
        The same cells.

    Examples
    --------
    >>> from rustsci.healpix import to_ring
    >>> to_ring([4, 5, 6, 7], 1)
    array([15,  7,  6,  1], dtype=uint64)
    """
    return _renumbered(ipix, depth, num_threads, to_ring=True)


def from_ring(ipix: Any, depth: Any, num_threads: int = 0) -> Any:
    """Return cell numbers of the ring scheme as nested ones.

    Parameters
    ----------
    ipix : array_like of int
        Cells in the ring scheme.
    depth : int or array_like of int
        Their depth.
    num_threads : int, optional
        How many threads to use; 0 is as many as the process may.

    Returns
    -------
    ndarray of uint64
        The same cells.

    Examples
    --------
    >>> from rustsci.healpix import from_ring
    >>> from_ring([15, 7, 6, 1], 1)
    array([4, 5, 6, 7], dtype=uint64)
    """
    return _renumbered(ipix, depth, num_threads, to_ring=False)


def _renumbered(ipix: Any, depth: Any, num_threads: int, *, to_ring: bool) -> Any:
    from rustsci import atleast_1d

    def convert(cells: Any, nside: int) -> Any:
        return _native._healpix_renumber(cells, nside, to_ring, num_threads)

    return in_library_of(at_levels(depth, nside_of, convert, atleast_1d(ipix)), ipix)


def to_uniq(ipix: Any, depth: Any) -> Any:
    """Return nested cells as NUNIQ numbers, which hold the depth, too.

    Parameters
    ----------
    ipix : array_like of int
        Cells, nested.
    depth : int or array_like of int
        Their depth.

    Returns
    -------
    ndarray of uint64
        4 · 4**depth + ipix.

    Examples
    --------
    >>> from rustsci.healpix import to_uniq
    >>> to_uniq([5, 6], [1, 0])
    array([21, 10], dtype=uint64)
    """
    return _encoded(ipix, depth, zuniq=False)


def from_uniq(uniq: Any) -> Any:
    """Return the nested cells and the depths of NUNIQ numbers.

    Parameters
    ----------
    uniq : array_like of int
        The numbers.

    Returns
    -------
    ipix : ndarray of uint64
        The cells.
    depth : ndarray of uint8
        Their depths.

    Examples
    --------
    >>> from rustsci.healpix import from_uniq
    >>> from_uniq([21, 10])
    (array([5, 6], dtype=uint64), array([1, 0], dtype=uint8))
    """
    return _decoded(uniq, zuniq=False)


def to_zuniq(ipix: Any, depth: Any) -> Any:
    """Return nested cells as ZUNIQ numbers, whose order is that of the cells on the sky whatever their depth.

    Parameters
    ----------
    ipix : array_like of int
        Cells, nested.
    depth : int or array_like of int
        Their depth.

    Returns
    -------
    ndarray of uint64
        The numbers.

    Examples
    --------
    >>> from rustsci.healpix import to_zuniq
    >>> to_zuniq([5, 6], 29)
    array([11, 13], dtype=uint64)
    """
    return _encoded(ipix, depth, zuniq=True)


def from_zuniq(zuniq: Any) -> Any:
    """Return the nested cells and the depths of ZUNIQ numbers.

    Parameters
    ----------
    zuniq : array_like of int
        The numbers.

    Returns
    -------
    ipix : ndarray of uint64
        The cells.
    depth : ndarray of uint8
        Their depths.

    Examples
    --------
    >>> from rustsci.healpix import from_zuniq
    >>> from_zuniq([11, 13])
    (array([5, 6], dtype=uint64), array([29, 29], dtype=uint8))
    """
    return _decoded(zuniq, zuniq=True)


def _encoded(ipix: Any, depth: Any, *, zuniq: bool) -> Any:
    from rustsci import atleast_1d

    def encode(cells: Any, nside: int) -> Any:
        return _native._healpix_encode(cells, nside, zuniq)

    return in_library_of(at_levels(depth, nside_of, encode, atleast_1d(ipix)), ipix)


def _decoded(numbers: Any, *, zuniq: bool) -> Any:
    from rustsci import atleast_1d

    return in_library_of(_native._healpix_decode(atleast_1d(numbers), zuniq), numbers)
