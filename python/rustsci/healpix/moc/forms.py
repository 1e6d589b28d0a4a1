"""The forms in which coverage maps are kept: text, JSON and FITS (IVOA MOC 2.0, section 4)."""

from __future__ import annotations

from rustsci import _native
from rustsci.healpix._levels import MAX_DEPTH

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Self

__all__: list[str] = []


class Forms:
    """What reads and writes a set of cells: the base of the class of sets."""

    __slots__ = ()

    if TYPE_CHECKING:
        depth: int
        _ranges: Any

        def __init__(self, ranges: Any, depth: int) -> None: ...

        @classmethod
        def _of_cells(cls, ipix: Any, depths: Any, deepest: int) -> Self: ...

        def cells(self) -> tuple[Any, Any]: ...

        def uniq(self) -> Any: ...

    def to_ascii(self) -> str:
        """Return the set as text, as the standard has it: depths, and their cells and ranges of cells.

        Returns
        -------
        str
            The text.

        Examples
        --------
        >>> from rustsci.healpix.moc import MOC
        >>> MOC.from_cells([1, 2, 3, 7], 1).to_ascii()
        '1/1-3 7'
        """
        from rustsci.healpix.moc._text import to_ascii

        return to_ascii(*self.cells(), self.depth)

    @classmethod
    def from_ascii(cls, text: str) -> Self:
        """Return the set that a text describes.

        Parameters
        ----------
        text : str
            Depths, and their cells and ranges of cells.

        Returns
        -------
        MOC
            The set.

        Examples
        --------
        >>> from rustsci.healpix.moc import MOC
        >>> MOC.from_ascii("1/1-3 7 2/").depth
        2
        """
        from rustsci.healpix.moc._text import from_ascii

        ipix, depths, deepest = from_ascii(text)
        return cls._of_cells(ipix, depths, deepest)

    def to_json(self) -> str:
        """Return the set as JSON: lists of cells by depth.

        Returns
        -------
        str
            The text.

        Examples
        --------
        >>> from rustsci.healpix.moc import MOC
        >>> MOC.from_cells([1, 2, 7], 1).to_json()
        '{"1": [1, 2, 7]}'
        """
        from rustsci.healpix.moc._text import to_json

        return to_json(*self.cells(), self.depth)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return the set that JSON describes: lists of cells by depth.

        Parameters
        ----------
        text : str
            The JSON.

        Returns
        -------
        MOC
            The set.

        Examples
        --------
        >>> from rustsci.healpix.moc import MOC
        >>> MOC.from_json('{"0": [4], "1": []}')
        <MOC of depth 1: 1 ranges, 8.333 % of the sky>
        """
        from rustsci.healpix.moc._text import from_json

        ipix, depths, deepest = from_json(text)
        return cls._of_cells(ipix, depths, deepest)

    def to_fits(self, path: Any, *, version: int = 2) -> None:
        """Write the set into a file.

        Parameters
        ----------
        path : str or pathlib.Path
            The file; one that is there is overwritten.
        version : {1, 2}, optional
            The standard's version: 1 lists cells as NUNIQ numbers, 2 ranges of cells of depth 29.
        """
        from rustsci.healpix import _fits

        cards: list[tuple[str, Any]]
        if version == 1:
            cards = [
                ("PIXTYPE", "HEALPIX"),
                ("ORDERING", "NUNIQ"),
                ("COORDSYS", "C"),
                ("MOCORDER", self.depth),
                ("MOCVERS", "1.1"),
                ("MOCTOOL", "rustsci"),
            ]
            _fits.write_table(path, cards, {"UNIQ": self.uniq().astype("int64")})
        elif version == 2:
            cards = [
                ("MOCVERS", "2.0"),
                ("MOCDIM", "SPACE"),
                ("ORDERING", "RANGE"),
                ("COORDSYS", "C"),
                ("MOCORD_S", self.depth),
                ("MOCTOOL", "rustsci"),
            ]
            _fits.write_table(path, cards, {"RANGE": self._ranges.ravel().astype("int64")})
        else:
            raise ValueError(f"version must be 1 or 2, not {version}")

    @classmethod
    def from_fits(cls, path: Any) -> Self:
        """Read a set from a file of either version of the standard.

        Parameters
        ----------
        path : str or pathlib.Path
            The file.

        Returns
        -------
        MOC
            The set.
        """
        from rustsci.healpix import _fits

        header, columns = _fits.read_table(path, lambda header: header.get("ORDERING") in {"NUNIQ", "RANGE"})
        if not columns:
            raise ValueError(f"the coverage map in {path!r} has no column")
        numbers = columns[0][2]
        if header["ORDERING"] == "RANGE":
            if numbers.size % 2:
                raise ValueError(f"a range has two limits, but there are {numbers.size} in {path!r}")
            return cls(numbers.astype("uint64").reshape(-1, 2), int(header.get("MOCORD_S", MAX_DEPTH)))
        ipix, depths = _native._healpix_decode(numbers, False)
        deepest = int(header.get("MOCORDER", depths.max() if depths.size else 0))
        return cls._of_cells(ipix, depths, deepest)
