"""The plane of projection."""

from __future__ import annotations

from rustsci.healpix import _pixels

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["healpix_to_xy"]


def healpix_to_xy(ipix: Any, nside: Any, num_threads: int = 0) -> Any:
    """Return where in the plane of projection the centres of cells are.

    Parameters
    ----------
    ipix : array_like of int
        Cells.
    nside : int or array_like of int
        How many cells there are along an edge of a base cell; broadcast against the cells.
    num_threads : int, optional
        How many threads to use; 0 is as many as the process may.

    Returns
    -------
    x, y : ndarray of float64
        x from 0 to 8 along the equator, y from −2 to 2.

    Examples
    --------
    >>> from rustsci.healpix.ring import healpix_to_xy
    >>> healpix_to_xy([0, 5], 1)
    (array([1., 2.]), array([1., 0.]))
    """
    return _pixels.xy_of(ipix, nside, nested=False, num_threads=num_threads)
