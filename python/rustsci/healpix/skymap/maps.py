"""Maps with a value for each cell of one depth, or for some of them."""

from __future__ import annotations

from rustsci._library import in_library_of
from rustsci.healpix import _fits
from rustsci.healpix._levels import nside_of
from rustsci.healpix.skymap._values import checked_values, loaded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Self

__all__ = ["SkymapExplicit", "SkymapImplicit"]


def _order_of(count: int) -> int:
    """Return the depth at which there are so many cells."""
    depth = (count // 12).bit_length() // 2 if count else 0
    if count != 12 << (2 * depth):
        raise ValueError(
            f"The length of values should be 12 * 4**order for an order between 0 and 29, but it is {count}"
        )
    return depth


class SkymapImplicit:
    """A value for each cell of a depth, in the nested scheme.

    Parameters
    ----------
    values : array_like
        The values in the cells' order: 12 · 4**order of them.
    null_value : number, optional
        The value of cells that have none.

    Examples
    --------
    >>> from rustsci.healpix.skymap import SkymapImplicit
    >>> SkymapImplicit([float(k) for k in range(12)]).order
    0
    """

    def __init__(self, values: Any, null_value: Any = None) -> None:
        self.values = checked_values(values)
        self.order = _order_of(len(self.values))
        self.null_value = null_value

    @classmethod
    def from_fits(cls, path: Any) -> Self:
        """Read a map from a file, as cdshealpix and healpy write them (those in ring order are reordered).

        Parameters
        ----------
        path : str or pathlib.Path
            The file.

        Returns
        -------
        SkymapImplicit
            The map in the table's first column.
        """
        header, columns = _fits.read_table(path, is_implicit)
        _, _, values = columns[0]
        if str(header["ORDERING"]).strip() == "RING":
            from rustsci.healpix.numbering import to_ring

            order = _order_of(values.size)
            from rustsci import arange

            values = values[to_ring(arange(values.size), order).astype("int64")]
        return cls(loaded(values), header.get("BAD_DATA"))

    def to_fits(self, path: Any) -> None:
        """Write the map into a file.

        Parameters
        ----------
        path : str or pathlib.Path
            The file; one that is there is overwritten.
        """
        from rustsci import asarray

        values = asarray(self.values)
        cards = [
            ("PIXTYPE", "HEALPIX"),
            ("ORDERING", "NESTED"),
            ("COORDSYS", "C"),
            ("NSIDE", 1 << self.order),
            ("INDXSCHM", "IMPLICIT"),
            ("FIRSTPIX", 0),
            ("LASTPIX", values.size - 1),
            ("OBJECT", "FULLSKY"),
        ]
        if self.null_value is not None:
            cards.append(("BAD_DATA", self.null_value))
        _fits.write_table(path, cards, {"VALUE": values}, repeat=1)

    def to_explicit(self) -> SkymapExplicit:
        """Return the cells that have a value, with their numbers.

        Returns
        -------
        SkymapExplicit
            The map without cells of `null_value` (or of no number).

        Examples
        --------
        >>> from rustsci.healpix.skymap import SkymapImplicit
        >>> SkymapImplicit([0] * 11 + [5], null_value=0).to_explicit().keys.tolist()
        [11]
        """
        from rustsci import arange, asarray, flatnonzero

        values = asarray(self.values)
        if self.null_value is None:
            keys = arange(values.size)
        else:
            missing = values != values if self.null_value != self.null_value else values == self.null_value
            keys = flatnonzero(~missing)
        chosen = in_library_of((keys.astype("uint64"), values[keys]), self.values)
        return SkymapExplicit(chosen[0], chosen[1], self.order)

    def quick_plot(self, *, size: int = 256, convert_to_gal: bool = True, path: Any = None) -> None:
        """Show the map in Mollweide's projection.

        Parameters
        ----------
        size : int, optional
            The height of the picture in pixels.
        convert_to_gal : bool, optional
            Whether to show an equatorial map in galactic coordinates.
        path : str or pathlib.Path, optional
            A file to save the picture in, besides showing it.
        """
        from rustsci.healpix.plot import quick_plot

        quick_plot(self.values, size=size, convert_to_gal=convert_to_gal, path=path)


class SkymapExplicit:
    """Values of some cells of a depth, in the nested scheme.

    Parameters
    ----------
    keys : array_like of int
        The cells.
    values : array_like
        Their values.
    order : int
        The depth.

    Examples
    --------
    >>> from rustsci.healpix.skymap import SkymapExplicit
    >>> len(SkymapExplicit([12, 13], [0.1, 0.2], 1).to_implicit().values)
    48
    """

    def __init__(self, keys: Any, values: Any, order: int) -> None:
        if len(keys) != len(values):
            raise ValueError(
                f"`keys` and `values` must have the same length, got {len(keys)} and {len(values)}."
            )
        from rustsci import asarray

        cells = 12 * nside_of(order) ** 2
        self.values = checked_values(values)
        ours = asarray(keys).astype("uint64")
        wrong = ours >= cells
        if wrong.any():
            index = int(wrong.argmax())
            raise ValueError(
                f"keys must be below {cells} at order {order}, but element {index} is {ours[index]}"
            )
        self.keys = in_library_of(ours, self.values)
        self.order = order

    @classmethod
    def from_fits(cls, path: Any) -> Self:
        """Read a map from a file, as cdshealpix and healpy (partial maps) write them.

        Parameters
        ----------
        path : str or pathlib.Path
            The file.

        Returns
        -------
        SkymapExplicit
            The map in the table's second column, the cells in its first.
        """
        header, columns = _fits.read_table(path, lambda header: header.get("INDXSCHM") == "EXPLICIT")
        if len(columns) < 2:
            raise ValueError(f"an explicit map has a column of cells and one of values, not {len(columns)}")
        keys, values = columns[0][2].astype("uint64"), columns[1][2]
        order = header["ORDER"] if "ORDER" in header else int(header["NSIDE"]).bit_length() - 1
        if str(header.get("ORDERING", "NESTED")).strip() == "RING":
            from rustsci.healpix.numbering import from_ring

            keys = from_ring(keys, order)
        return cls(loaded(keys), loaded(values), int(order))

    def to_fits(self, path: Any) -> None:
        """Write the map into a file.

        Parameters
        ----------
        path : str or pathlib.Path
            The file; one that is there is overwritten.
        """
        from rustsci import asarray

        keys, values = asarray(self.keys), asarray(self.values)
        cards = [
            ("PIXTYPE", "HEALPIX"),
            ("ORDERING", "NESTED"),
            ("COORDSYS", "C"),
            ("ORDER", self.order),
            ("NSIDE", 1 << self.order),
            ("INDXSCHM", "EXPLICIT"),
            ("OBS_NPIX", keys.size),
            ("OBJECT", "PARTIAL"),
        ]
        _fits.write_table(path, cards, {"PIXEL": keys.astype("int64"), "VALUE": values})

    def to_implicit(self, null_value: Any = None) -> SkymapImplicit:
        """Return the map with a value for each cell.

        Parameters
        ----------
        null_value : number, optional
            The value of all other cells: not a number by default, or zero for integers.

        Returns
        -------
        SkymapImplicit
            The map.
        """
        from rustsci import asarray, full

        keys, values = asarray(self.keys), asarray(self.values)
        if null_value is None:
            null_value = float("nan") if values.dtype.kind == "f" else 0
        whole = full(12 << (2 * self.order), null_value, dtype=values.dtype)
        whole[keys.astype("int64")] = values
        return SkymapImplicit(in_library_of(whole, self.values), null_value)

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


def is_implicit(header: dict[str, Any]) -> bool:
    """Whether a table is a whole map in a scheme that is known, as far as its header says."""
    return (
        str(header.get("ORDERING", "")).strip() in {"NESTED", "RING"}
        and header.get("INDXSCHM", "IMPLICIT") != "EXPLICIT"
    )
