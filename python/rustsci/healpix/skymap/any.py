"""A map of any kind."""

from __future__ import annotations

from enum import Enum

from rustsci.healpix import _fits
from rustsci.healpix.skymap.maps import SkymapExplicit, SkymapImplicit, is_implicit
from rustsci.healpix.skymap.multi_order import SkymapMultiOrder, is_multi_order

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Self

__all__ = ["Scheme", "Skymap"]


class Scheme(Enum):
    """How a map says which cells its values are of."""

    EXPLICIT = "explicit"
    IMPLICIT = "implicit"
    MULTI_ORDER = "multi-order"


class Skymap:
    """A map of any kind.

    Parameters
    ----------
    skymap : SkymapImplicit, SkymapExplicit or SkymapMultiOrder
        The map.

    Examples
    --------
    >>> from rustsci.healpix.skymap import Skymap, SkymapImplicit
    >>> Skymap(SkymapImplicit([0.0] * 12)).scheme
    <Scheme.IMPLICIT: 'implicit'>
    """

    def __init__(self, skymap: SkymapImplicit | SkymapExplicit | SkymapMultiOrder) -> None:
        self._skymap = skymap

    @property
    def skymap(self) -> SkymapImplicit | SkymapExplicit | SkymapMultiOrder:
        """The map."""
        return self._skymap

    @property
    def scheme(self) -> Scheme:
        """How the map says which cells its values are of."""
        if isinstance(self._skymap, SkymapMultiOrder):
            return Scheme.MULTI_ORDER
        return Scheme.IMPLICIT if isinstance(self._skymap, SkymapImplicit) else Scheme.EXPLICIT

    @classmethod
    def from_fits(cls, path: Any) -> Self:
        """Read a map of any kind from a file.

        Parameters
        ----------
        path : str or pathlib.Path
            The file.

        Returns
        -------
        Skymap
            The map.
        """
        header, _ = _fits.read_table(path, lambda header: header.get("PIXTYPE") == "HEALPIX")
        if is_multi_order(header):
            return cls(SkymapMultiOrder.from_fits(path))
        return cls((SkymapImplicit if is_implicit(header) else SkymapExplicit).from_fits(path))

    def to_fits(self, path: Any) -> None:
        """Write the map into a file, of the kind that it is.

        Parameters
        ----------
        path : str or pathlib.Path
            The file; one that is there is overwritten.
        """
        self._skymap.to_fits(path)

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
        self._skymap.quick_plot(size=size, convert_to_gal=convert_to_gal, path=path)
