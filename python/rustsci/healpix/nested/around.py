"""The cells around a cell."""

from __future__ import annotations

from rustsci import _native
from rustsci._library import in_library_of
from rustsci.healpix._levels import at_levels, nside_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["external_neighbours", "internal_edge", "kth_neighbours", "neighbours"]


def neighbours(ipix: Any, depth: Any, num_threads: int = 0) -> Any:
    """Return the eight cells around each cell, and the cell itself.

    Parameters
    ----------
    ipix : array_like of int
        Cells.
    depth : int or array_like of int
        Their depth, 0 to 29; broadcast against the cells.
    num_threads : int, optional
        How many threads to use; 0 is as many as the process may.

    Returns
    -------
    ndarray of int64
        Nine numbers in the last axis: south, south-east, east, south-west, the cell, north-east, west,
        north-west, north; −1 where there is no such cell.

    Examples
    --------
    >>> from rustsci.healpix import neighbours
    >>> neighbours(0, 2)
    array([[143,  90,  91,  69,   0,   1,  71,   2,   3]])
    """
    from rustsci import atleast_1d

    def find(cells: Any, nside: int) -> Any:
        return _native._healpix_neighbours(cells, nside, True, num_threads)

    return in_library_of(at_levels(depth, nside_of, find, atleast_1d(ipix)), ipix)


def external_neighbours(ipix: Any, depth: int, delta_depth: int, num_threads: int = 0) -> Any:
    """Return the smaller cells that touch each cell from outside.

    Parameters
    ----------
    ipix : array_like of int
        Cells.
    depth : int
        Their depth.
    delta_depth : int
        How much deeper the cells to return are.
    num_threads : int, optional
        How many threads to use; 0 is as many as the process may.

    Returns
    -------
    edges : ndarray of uint64
        Those along the edges, 4 · 2**delta_depth a cell: south-east, north-east, north-west, south-west.
    corners : ndarray of int64
        Those at the southern, eastern, northern and western corner; −1 where there is none.

    Examples
    --------
    >>> from rustsci.healpix import external_neighbours
    >>> edges, corners = external_neighbours(0, 0, 1)
    >>> corners
    array([[35, -1, 11, -1]])
    """
    from operator import index

    from rustsci import atleast_1d

    nside, steps = nside_of(depth), index(delta_depth)
    if steps < 0:
        raise ValueError(f"delta_depth must not be negative, not {steps}")
    nside_of(index(depth) + steps)
    found = _native._healpix_external_edges(atleast_1d(ipix), nside, steps, num_threads)
    return in_library_of(found, ipix)


def internal_edge(ipix: int, depth: int, delta_depth: int) -> Any:
    """Return the smaller cells along the edges of a cell, inside it, from the south against the clock.

    Parameters
    ----------
    ipix : int
        The cell.
    depth : int
        Its depth.
    delta_depth : int
        How much deeper the cells to return are.

    Returns
    -------
    ndarray of uint64
        The cells.

    Examples
    --------
    >>> from rustsci.healpix import internal_edge
    >>> internal_edge(0, 0, 1)
    array([0, 1, 3, 2], dtype=uint64)
    """
    return in_library_of(_native._healpix_internal_edge(ipix, nside_of(depth), delta_depth), ipix)


def kth_neighbours(ipix: int, depth: int, k: int) -> Any:
    """Return the cells that are `k` steps from a cell, diagonal ones included, from the south on.

    Parameters
    ----------
    ipix : int
        The cell.
    depth : int
        Its depth.
    k : int
        How many steps; at most the cells along an edge of a base cell.

    Returns
    -------
    ndarray of uint64
        The cells: 8 `k`, or fewer around a corner where three base cells meet.

    Examples
    --------
    >>> from rustsci.healpix import kth_neighbours
    >>> kth_neighbours(0, 2, 1)
    array([143,  90,  91,   1,   3,   2,  71,  69], dtype=uint64)
    """
    return in_library_of(_native._healpix_kth_neighbours(ipix, nside_of(depth), k), ipix)
