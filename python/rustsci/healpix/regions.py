"""Parts of the sky, to be combined and covered by cells.

``Cone(...) | Polygon(...)`` is the union of two regions, ``&`` their intersection, ``-`` their difference,
and ``~`` all that is outside of one. `Region.cover` gives the cells that a region overlaps.
"""

from __future__ import annotations

from rustsci import _native
from rustsci.healpix import _angles
from rustsci.healpix._levels import nside_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rustsci.healpix._angles import Unit

__all__ = ["Box", "Cone", "EllipticalCone", "Polygon", "Region", "Zone"]


class Region:
    """A part of the sky. Its classes make regions, and its operators combine them.

    Examples
    --------
    >>> from rustsci.healpix.regions import Cone
    >>> ring = Cone(0, 0, 10, unit="deg") - Cone(0, 0, 5, unit="deg")
    >>> len(ring.cover(5)[0]) < len((~ring).cover(5)[0])
    True
    """

    __slots__ = ("_description",)

    _description: tuple[Any, ...]

    @classmethod
    def _of(cls, *description: Any) -> Region:
        region = Region.__new__(Region)
        region._description = description
        return region

    def __or__(self, other: Region) -> Region:
        return self._combined("union", other)

    def __and__(self, other: Region) -> Region:
        return self._combined("intersection", other)

    def __sub__(self, other: Region) -> Region:
        return self._combined("intersection", ~other) if isinstance(other, Region) else NotImplemented

    def __invert__(self) -> Region:
        return Region._of("complement", self._description)

    def _combined(self, how: str, other: Region) -> Region:
        if not isinstance(other, Region):
            return NotImplemented
        return Region._of(how, self._description, other._description)

    def cover(self, depth: int, *, flat: bool = False) -> tuple[Any, Any, Any]:
        """Return the cells (nested) that the region overlaps.

        Parameters
        ----------
        depth : int
            The greatest depth of the cells.
        flat : bool, optional
            Whether all cells are to be of that depth; else those that the region contains are as large as
            possible.

        Returns
        -------
        ipix, depth, fully_covered : ndarray
            The cells, their depths, and whether the region contains them.

        Examples
        --------
        >>> from rustsci.healpix.regions import Cone
        >>> ipix, depth, full = Cone(0, 0, 10, unit="deg").cover(3)
        >>> ipix[full]
        array([271, 304], dtype=uint64)
        """
        ipix, depths, full = _native._healpix_cover(self._description, nside_of(depth), flat)
        return ipix, depths, full

    def ranges(self, depth: int) -> Any:
        """Return the cells (nested) of one depth that the region overlaps, as ranges.

        Parameters
        ----------
        depth : int
            The depth of the cells.

        Returns
        -------
        ndarray of uint64
            Two columns: the first cell of each range, and the one after the last.

        Examples
        --------
        >>> from rustsci.healpix.regions import Cone
        >>> Cone(0, 0, 1, unit="deg").ranges(0)
        array([[4, 5]], dtype=uint64)
        """
        return _native._healpix_cover_ranges(self._description, nside_of(depth))


class Cone(Region):
    """All points within a radius of a centre.

    Parameters
    ----------
    lon, lat : astropy angle, or float
        The centre.
    radius : astropy angle, or float
        The radius; from 180° on, the whole sky.
    unit : {'deg', 'rad'}, optional
        The unit of plain numbers.

    Examples
    --------
    >>> from rustsci.healpix.regions import Cone
    >>> len(Cone(0, 0, 10, unit="deg").cover(3)[0])
    14
    """

    __slots__ = ()

    def __init__(self, lon: Any, lat: Any, radius: Any, *, unit: Unit = None) -> None:
        self._description = (
            "cone",
            _angles.radians(lon, "lon", unit),
            _angles.radians(lat, "lat", unit),
            _angles.radians(radius, "radius", unit),
        )


class EllipticalCone(Region):
    """A cone over an ellipse.

    Parameters
    ----------
    lon, lat : astropy angle, or float
        The centre.
    a, b : astropy angle, or float
        How far the rim is from the centre along the major axis (below 90°), and along the minor axis.
    pa : astropy angle, or float
        The position angle of the major axis, from north toward east.
    unit : {'deg', 'rad'}, optional
        The unit of plain numbers.

    Examples
    --------
    >>> from rustsci.healpix.regions import EllipticalCone
    >>> EllipticalCone(0, 0, 10, 2, 90, unit="deg").ranges(0)
    array([[4, 5]], dtype=uint64)
    """

    __slots__ = ()

    def __init__(self, lon: Any, lat: Any, a: Any, b: Any, pa: Any, *, unit: Unit = None) -> None:
        self._description = (
            "ellipse",
            _angles.radians(lon, "lon", unit),
            _angles.radians(lat, "lat", unit),
            _angles.radians(a, "a", unit),
            _angles.radians(b, "b", unit),
            _angles.radians(pa, "pa", unit),
        )


class Polygon(Region):
    """The smaller of the two parts of the sky that arcs of great circles divide; ``~`` is the larger one.

    Parameters
    ----------
    lon, lat : astropy angles, or array_like
        The corners in order, at least three distinct ones. Sides must not cross.
    even_odd : bool, optional
        Whether sides may cross all the same: one enters or leaves the polygon at every side.
    unit : {'deg', 'rad'}, optional
        The unit of plain numbers.

    Examples
    --------
    >>> from rustsci.healpix.regions import Polygon
    >>> Polygon([350, 10, 0], [0, 0, 10], unit="deg").ranges(0)
    array([[4, 5]], dtype=uint64)
    """

    __slots__ = ()

    def __init__(self, lon: Any, lat: Any, *, even_odd: bool = False, unit: Unit = None) -> None:
        from rustsci import asarray, atleast_1d

        lon, lat = (
            atleast_1d(asarray(_angles.numbers(value, name, unit, degrees=False), dtype="float64"))
            for value, name in ((lon, "lon"), (lat, "lat"))
        )
        if lon.ndim != 1 or lon.shape != lat.shape:
            raise ValueError(
                "'lon' and 'lat' should have one axis and the same shape "
                f"but are of shapes {lon.shape} and {lat.shape}"
            )
        self._description = ("even-odd polygon" if even_odd else "polygon", lon, lat)


class Box(Region):
    """What is within four great circles around a centre: a rectangle on the sky.

    Parameters
    ----------
    lon, lat : astropy angle, or float
        The centre.
    a : astropy angle, or float
        How far the box reaches from the centre in the direction of the position angle (below 90°).
    b : astropy angle, or float
        How far it reaches across.
    angle : astropy angle, or float
        The position angle, from north toward east.
    unit : {'deg', 'rad'}, optional
        The unit of plain numbers.

    Examples
    --------
    >>> from rustsci.healpix.regions import Box
    >>> Box(0, 0, 5, 2, 0, unit="deg").ranges(0)
    array([[4, 5]], dtype=uint64)
    """

    __slots__ = ()

    def __init__(self, lon: Any, lat: Any, a: Any, b: Any, angle: Any, *, unit: Unit = None) -> None:
        self._description = (
            "box",
            _angles.radians(lon, "lon", unit),
            _angles.radians(lat, "lat", unit),
            _angles.radians(a, "a", unit),
            _angles.radians(b, "b", unit),
            _angles.radians(angle, "angle", unit),
        )


class Zone(Region):
    """The sky between two longitudes, eastward from the first, and two latitudes.

    Parameters
    ----------
    lon_min, lat_min, lon_max, lat_max : astropy angle, or float
        The limits. Longitudes that are equal, or a turn apart, go all around.
    unit : {'deg', 'rad'}, optional
        The unit of plain numbers.

    Examples
    --------
    >>> from rustsci.healpix.regions import Zone
    >>> Zone(350, -5, 10, 5, unit="deg").ranges(0)
    array([[4, 5]], dtype=uint64)
    """

    __slots__ = ()

    def __init__(self, lon_min: Any, lat_min: Any, lon_max: Any, lat_max: Any, *, unit: Unit = None) -> None:
        self._description = (
            "zone",
            _angles.radians(lon_min, "lon_min", unit),
            _angles.radians(lat_min, "lat_min", unit),
            _angles.radians(lon_max, "lon_max", unit),
            _angles.radians(lat_max, "lat_max", unit),
        )
