"""Sets of cells of all depths, to be combined and asked."""

from __future__ import annotations

from rustsci import _native
from rustsci._library import in_library_of
from rustsci.healpix import _angles
from rustsci.healpix._levels import MAX_DEPTH, nside_of
from rustsci.healpix.moc.forms import Forms

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Self

    from rustsci.healpix._angles import Unit
    from rustsci.healpix.regions import Region

__all__ = ["MOC"]


class MOC(Forms):
    """A set of cells, in the nested scheme.

    ``|``, ``&``, ``-`` and ``~`` give the union, the intersection, the difference, and all other cells.

    Parameters
    ----------
    ranges : array_like of int
        Two columns: the first cell of each range, and the one after the last, at depth 29.
    depth : int
        The depth of the smallest cells: the map is made of whole cells of that depth.

    Examples
    --------
    >>> from rustsci.healpix.moc import MOC
    >>> moc = MOC.from_cells([0, 4], [0, 1])
    >>> moc.to_ascii()
    '0/0 1/4'
    >>> (moc & MOC.from_cells([1], [1])).to_ascii()
    '1/1'
    """

    __slots__ = ("_ranges", "depth")

    def __init__(self, ranges: Any, depth: int) -> None:
        import rustsci

        array = rustsci.asarray(ranges)
        if array.size == 0:
            array = rustsci.empty((0, 2), dtype="uint64")
        normal = _native._healpix_moc_normalize(array)
        self._ranges = _native._healpix_moc_degrade(normal, nside_of(depth))
        self.depth = int(depth)

    @classmethod
    def _of_cells(cls, ipix: Any, depths: Any, deepest: int) -> Self:
        """Return the set of cells that are each of a depth of their own."""
        return cls(_native._healpix_moc_from_cells(ipix, depths), deepest)

    @classmethod
    def from_cells(cls, ipix: Any, depth: Any) -> MOC:
        """Return the set of cells of one depth, or each of a depth of its own.

        Parameters
        ----------
        ipix : array_like of int
            Cells, nested.
        depth : int or array_like of int
            Their depths.

        Returns
        -------
        MOC
            The set.

        Examples
        --------
        >>> from rustsci.healpix.moc import MOC
        >>> MOC.from_cells([0, 1, 2, 3], 1).to_ascii()
        '0/0 1/'
        """
        import rustsci

        cells, depths = rustsci.broadcast_arrays(rustsci.atleast_1d(ipix), rustsci.asarray(depth))
        deepest = int(rustsci.asarray(depth).max()) if rustsci.asarray(depth).size else 0
        nside_of(deepest)
        return cls._of_cells(cells.ravel(), depths.ravel(), deepest)

    @classmethod
    def from_region(cls, region: Region, depth: int) -> MOC:
        """Return the cells that a region overlaps.

        Parameters
        ----------
        region : Region
            A part of the sky.
        depth : int
            The depth of the smallest cells.

        Returns
        -------
        MOC
            The set.

        Examples
        --------
        >>> from rustsci.healpix.moc import MOC
        >>> from rustsci.healpix.regions import Cone
        >>> MOC.from_region(Cone(0, 0, 10, unit="deg"), 0).to_ascii()
        '0/4'
        """
        return cls(region.ranges(depth) << 2 * (MAX_DEPTH - depth), depth)

    @classmethod
    def from_lonlat(cls, lon: Any, lat: Any, depth: int, *, unit: Unit = None) -> MOC:
        """Return the cells that positions are in.

        Parameters
        ----------
        lon, lat : astropy angles, or array_like
            Longitudes and latitudes.
        depth : int
            The cells' depth.
        unit : {'deg', 'rad'}, optional
            The unit of plain numbers.

        Returns
        -------
        MOC
            The set.

        Examples
        --------
        >>> from rustsci.healpix.moc import MOC
        >>> MOC.from_lonlat([0, 90], [0, 0], 0, unit="deg").to_ascii()
        '0/4-5'
        """
        from rustsci.healpix.nested import lonlat_to_healpix

        return cls.from_cells(lonlat_to_healpix(lon, lat, depth, unit=unit), depth)

    @property
    def ranges(self) -> Any:
        """Two columns: the first cell of each range at depth 29, and the one after the last."""
        return self._ranges.copy()

    @property
    def area(self) -> float:
        """The part of the sky that is covered, from 0 to 1."""
        cells = (self._ranges[:, 1] - self._ranges[:, 0]).astype("float64").sum()
        return float(cells) / (12 << 2 * MAX_DEPTH)

    def cells(self) -> tuple[Any, Any]:
        """Return the largest cells that the set is made of.

        Returns
        -------
        ipix : ndarray of uint64
            The cells in order.
        depth : ndarray of uint8
            Their depths.

        Examples
        --------
        >>> from rustsci.healpix.moc import MOC
        >>> MOC.from_cells([0, 1, 2, 3, 4], 1).cells()
        (array([0, 4], dtype=uint64), array([0, 1], dtype=uint8))
        """
        ipix, depth = _native._healpix_moc_cells(self._ranges, nside_of(self.depth))
        return ipix, depth

    def uniq(self) -> Any:
        """Return the largest cells that the set is made of as NUNIQ numbers, in rising order.

        Returns
        -------
        ndarray of uint64
            The numbers.

        Examples
        --------
        >>> from rustsci.healpix.moc import MOC
        >>> MOC.from_cells([0, 1, 2, 3, 4], 1).uniq()
        array([ 4, 20], dtype=uint64)
        """
        from rustsci import sort

        ipix, depth = self.cells()
        return sort((4 << 2 * depth.astype("uint64")) + ipix)

    def _combined(self, how: str, other: MOC) -> MOC:
        if not isinstance(other, MOC):
            return NotImplemented
        ranges = _native._healpix_moc_combine(how, self._ranges, other._ranges)
        return MOC(ranges, max(self.depth, other.depth))

    def __or__(self, other: MOC) -> MOC:
        return self._combined("union", other)

    def __and__(self, other: MOC) -> MOC:
        return self._combined("intersection", other)

    def __sub__(self, other: MOC) -> MOC:
        return self._combined("difference", other)

    def __invert__(self) -> MOC:
        return MOC(_native._healpix_moc_complement(self._ranges), self.depth)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, MOC):
            return NotImplemented
        return bool(self._ranges.tolist() == other._ranges.tolist())

    def __hash__(self) -> int:
        return hash(tuple(map(tuple, self._ranges.tolist())))

    def __repr__(self) -> str:
        return f"<MOC of depth {self.depth}: {len(self._ranges)} ranges, {100 * self.area:.4g} % of the sky>"

    def degrade(self, depth: int) -> MOC:
        """Return the cells of a lesser depth that overlap the set.

        Parameters
        ----------
        depth : int
            The depth.

        Returns
        -------
        MOC
            The set.

        Examples
        --------
        >>> from rustsci.healpix.moc import MOC
        >>> MOC.from_cells([77], 2).degrade(0).to_ascii()
        '0/4'
        """
        return MOC(self._ranges, min(depth, self.depth))

    def contains(self, ipix: Any, depth: int) -> Any:
        """Return whether cells are wholly in the set.

        Parameters
        ----------
        ipix : array_like of int
            Cells, nested.
        depth : int
            Their depth.

        Returns
        -------
        ndarray of bool
            The answers.

        Examples
        --------
        >>> from rustsci.healpix.moc import MOC
        >>> MOC.from_cells([0, 5], [0, 1]).contains([3, 4, 5], 1)
        array([ True, False,  True])
        """
        from rustsci import asarray, atleast_1d

        cells = atleast_1d(asarray(ipix))
        nside = nside_of(depth)
        if cells.size and (int(cells.min()) < 0 or int(cells.max()) >= 12 * nside * nside):
            raise ValueError(f"cells of depth {depth} must be between 0 and {12 * nside * nside - 1}")
        shift = 2 * (MAX_DEPTH - depth)
        # Ranges do not touch, so a cell is in the set if its first and last parts and all between are in one
        # range.
        first = cells.astype("uint64") << shift
        starts, ends = self._ranges[:, 0], self._ranges[:, 1]
        from rustsci import searchsorted

        found = searchsorted(starts, first, side="right") - 1
        if len(starts) == 0:
            return in_library_of(first != first, ipix)
        inside = (found >= 0) & (first + ((1 << shift) - 1) < ends[found.clip(0, None)])
        return in_library_of(inside, ipix)

    def contains_lonlat(self, lon: Any, lat: Any, *, unit: Unit = None) -> Any:
        """Return whether positions are in the set.

        Parameters
        ----------
        lon, lat : astropy angles, or array_like
            Longitudes and latitudes.
        unit : {'deg', 'rad'}, optional
            The unit of plain numbers.

        Returns
        -------
        ndarray of bool
            The answers.

        Examples
        --------
        >>> from rustsci.healpix.moc import MOC
        >>> MOC.from_cells([4], 0).contains_lonlat([0, 90], [0, 0], unit="deg")
        array([ True, False])
        """
        x, y, degrees = _angles.pair(lon, lat, unit)
        cells = _native._healpix_lonlat_to_cells(x, y, 1 << MAX_DEPTH, True, degrees)
        return in_library_of(_native._healpix_moc_contains(self._ranges, cells), lon, lat)
