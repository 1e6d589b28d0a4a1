"""Maps with values of cells of several depths."""

from __future__ import annotations

from rustsci import _native
from rustsci._library import in_library_of
from rustsci.healpix import _angles, _fits
from rustsci.healpix._levels import MAX_DEPTH, nside_of
from rustsci.healpix.skymap._values import checked_values, loaded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Self

    from rustsci.healpix._angles import Unit
    from rustsci.healpix.skymap.maps import SkymapImplicit

__all__ = ["SkymapMultiOrder"]


class SkymapMultiOrder:
    """Values of cells of several depths (nested): fine where a map has details, coarse elsewhere.

    Values are of the kind that a part of a cell has as well: densities, not counts.

    Parameters
    ----------
    ipix : array_like of int
        The cells, of which none may overlap another.
    depth : int or array_like of int
        Their depths.
    values : array_like
        Their values.

    Examples
    --------
    >>> from rustsci.healpix.skymap import SkymapMultiOrder
    >>> skymap = SkymapMultiOrder([0, 4, 5], [0, 1, 1], [0.5, 1.5, 2.5])
    >>> skymap.order
    1
    >>> skymap.to_implicit(null_value=-1.0).values[:6].tolist()
    [0.5, 0.5, 0.5, 0.5, 1.5, 2.5]
    """

    def __init__(self, ipix: Any, depth: Any, values: Any) -> None:
        import rustsci

        self.values = checked_values(values)
        cells, depths = rustsci.broadcast_arrays(rustsci.atleast_1d(ipix), rustsci.asarray(depth))
        if cells.shape != (len(self.values),):
            raise ValueError(
                f"there must be a value for each cell, but there are {cells.size} cells and "
                f"{len(self.values)} values"
            )
        self.order = int(depths.max()) if depths.size else 0
        nside_of(self.order)
        # Refuses what is no cell, and no depth.
        _native._healpix_moc_from_cells(cells, depths)
        cells, depths = cells.astype("uint64"), depths.astype("uint64")
        shifts = 2 * (MAX_DEPTH - depths)
        starts = cells << shifts
        self._sorted = rustsci.argsort(starts)
        self._starts = starts[self._sorted]
        self._ends = ((cells + 1) << shifts)[self._sorted]
        overlapping = self._ends[:-1] > self._starts[1:]
        if overlapping.any():
            index = int(self._sorted[int(overlapping.argmax()) + 1])
            raise ValueError(
                f"cells must not overlap, but element {index} (cell {cells[index]} of depth {depths[index]}) "
                "overlaps another"
            )
        self.ipix, self.depths = in_library_of((cells, depths.astype("uint8")), self.values)

    @property
    def uniq(self) -> Any:
        """The cells as NUNIQ numbers."""
        from rustsci import asarray

        cells, depths = asarray(self.ipix), asarray(self.depths).astype("uint64")
        return in_library_of((4 << 2 * depths) + cells, self.values)

    @classmethod
    def from_uniq(cls, uniq: Any, values: Any) -> Self:
        """Return the map of cells that are given as NUNIQ numbers.

        Parameters
        ----------
        uniq : array_like of int
            The cells.
        values : array_like
            Their values.

        Returns
        -------
        SkymapMultiOrder
            The map.

        Examples
        --------
        >>> from rustsci.healpix.skymap import SkymapMultiOrder
        >>> SkymapMultiOrder.from_uniq([4, 21], [1.0, 2.0]).depths.tolist()
        [0, 1]
        """
        from rustsci import atleast_1d

        ipix, depths = _native._healpix_decode(atleast_1d(uniq), False)
        return cls(ipix, depths, values)

    @classmethod
    def from_fits(cls, path: Any, column: str | None = None) -> Self:
        """Read a map from a file with a column of NUNIQ numbers, as gravitational-wave astronomers write.

        Parameters
        ----------
        path : str or pathlib.Path
            The file.
        column : str, optional
            The column with the values; by default the first one after the cells.

        Returns
        -------
        SkymapMultiOrder
            The map.
        """
        _, columns = _fits.read_table(path, is_multi_order)
        found = {name: values for name, _, values in columns}
        uniq = found.pop("UNIQ", None)
        if uniq is None or not found:
            raise ValueError(f"a multi-order map has a column UNIQ and one of values, not {list(found)}")
        name = next(iter(found)) if column is None else column
        if name not in found:
            raise ValueError(f"the map has no column {name!r}, but {list(found)}")
        return cls.from_uniq(uniq, loaded(found[name]))

    def to_fits(self, path: Any, column: str = "VALUE") -> None:
        """Write the map into a file.

        Parameters
        ----------
        path : str or pathlib.Path
            The file; one that is there is overwritten.
        column : str, optional
            The name of the column with the values.
        """
        from rustsci import asarray

        cards = [
            ("PIXTYPE", "HEALPIX"),
            ("ORDERING", "NUNIQ"),
            ("COORDSYS", "C"),
            ("MOCORDER", self.order),
            ("INDXSCHM", "EXPLICIT"),
        ]
        uniq = asarray(self.uniq).astype("int64")
        _fits.write_table(path, cards, {"UNIQ": uniq, column: asarray(self.values)})

    def _find(self, cells: Any) -> tuple[Any, Any]:
        """Return which of the map's cells have cells of depth 29, and whether there is one."""
        from rustsci import searchsorted

        place = searchsorted(self._starts, cells, side="right") - 1
        inside = place.clip(0, None)
        found = (place >= 0) & (cells < self._ends[inside])
        return self._sorted[inside], found

    def at_lonlat(self, lon: Any, lat: Any, *, null_value: Any = None, unit: Unit = None) -> Any:
        """Return the values at positions.

        Parameters
        ----------
        lon, lat : astropy angles, or array_like
            Longitudes and latitudes.
        null_value : number, optional
            The value where the map has none: not a number by default, or zero for integers.
        unit : {'deg', 'rad'}, optional
            The unit of plain numbers.

        Returns
        -------
        ndarray
            The values.

        Examples
        --------
        >>> from rustsci.healpix.skymap import SkymapMultiOrder
        >>> SkymapMultiOrder([4, 20], [0, 1], [1.0, 2.0]).at_lonlat([0, 90, 180], [0, -20, 0], unit="deg")
        array([ 1.,  2., nan])
        """
        x, y, degrees = _angles.pair(lon, lat, unit)
        cells = _native._healpix_lonlat_to_cells(x, y, 1 << MAX_DEPTH, True, degrees)
        return in_library_of(self._values_of(cells, null_value), lon, lat)

    def _values_of(self, cells: Any, null_value: Any) -> Any:
        from rustsci import asarray, full, where

        values = asarray(self.values)
        null = _null_of(values, null_value)
        if not values.size:
            return full(cells.shape, null, dtype=values.dtype)
        index, found = self._find(cells)
        return where(found, values[index], full((), null, dtype=values.dtype))

    def to_implicit(self, order: int | None = None, null_value: Any = None) -> SkymapImplicit:
        """Return the map with a value for each cell of one depth.

        Parameters
        ----------
        order : int, optional
            The depth, not below that of the map's smallest cells, which is the default.
        null_value : number, optional
            The value of cells that the map does not have: not a number by default, or zero for integers.

        Returns
        -------
        SkymapImplicit
            The map.
        """
        from rustsci import arange, asarray
        from rustsci.healpix.skymap.maps import SkymapImplicit

        order = self.order if order is None else order
        nside = nside_of(order)
        if order < self.order:
            raise ValueError(f"order must be at least that of the smallest cells, {self.order}, not {order}")
        cells = arange(12 * nside**2, dtype="uint64") << 2 * (MAX_DEPTH - order)
        null = _null_of(asarray(self.values), null_value)
        return SkymapImplicit(in_library_of(self._values_of(cells, null), self.values), null)

    @classmethod
    def from_implicit(cls, skymap: SkymapImplicit) -> Self:
        """Return a map of as few cells as possible: where four cells are equal, the one that has them.

        Parameters
        ----------
        skymap : SkymapImplicit
            The map, whose cells of `null_value` are left out.

        Returns
        -------
        SkymapMultiOrder
            The map.

        Examples
        --------
        >>> from rustsci.healpix.skymap import SkymapImplicit, SkymapMultiOrder
        >>> skymap = SkymapMultiOrder.from_implicit(SkymapImplicit([1.0] * 40 + [2.0] * 8))
        >>> len(skymap.ipix), skymap.order
        (12, 0)
        """
        from rustsci import asarray, concatenate, flatnonzero, full

        explicit = skymap.to_explicit()
        values = asarray(skymap.values)
        present = full(values.shape, False)
        present[asarray(explicit.keys).astype("int64")] = True
        parts = []
        for depth in range(skymap.order, -1, -1):
            kept = present
            if depth:
                four, there = values.reshape(-1, 4), present.reshape(-1, 4)
                present = there.all(axis=1) & (four == four[:, :1]).all(axis=1)
                kept = (there & ~present[:, None]).ravel()
            cells = flatnonzero(kept)
            parts.append((cells, full(cells.shape, depth), values[cells]))
            values = values[::4]
        ipix, depths, chosen = (concatenate(columns) for columns in zip(*parts, strict=True))
        return cls(ipix, depths, in_library_of(chosen, skymap.values))

    def quick_plot(self, *, size: int = 256, convert_to_gal: bool = True, path: Any = None) -> None:
        """Show the map in Mollweide's projection; see `SkymapImplicit.quick_plot`.

        Parameters
        ----------
        size : int, optional
            The height of the picture in pixels.
        convert_to_gal : bool, optional
            Whether to show an equatorial map in galactic coordinates.
        path : str or pathlib.Path, optional
            A file to save the picture in, besides showing it.
        """
        self.to_implicit().quick_plot(size=size, convert_to_gal=convert_to_gal, path=path)


def _null_of(values: Any, null_value: Any) -> Any:
    """The value of cells without one."""
    if null_value is not None:
        return null_value
    return float("nan") if values.dtype.kind == "f" else 0


def is_multi_order(header: dict[str, Any]) -> bool:
    """Whether a table has cells of several depths, as far as its header says."""
    return str(header.get("ORDERING", "")).strip() == "NUNIQ"
