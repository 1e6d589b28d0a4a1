"""The cells that regions of the sky overlap, exactly.

A cell is returned if and only if it overlaps the region, and flagged as fully covered if and only if the
region contains it (to 1e-13 rad). The arguments by which cdshealpix trades speed for accuracy change nothing
here.
"""

from __future__ import annotations

from rustsci._library import in_library_of
from rustsci.healpix import _angles
from rustsci.healpix.regions import Box, Cone, EllipticalCone, Polygon, Region, Zone

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rustsci.healpix._angles import Unit

__all__ = ["box_search", "cone_search", "elliptical_cone_search", "polygon_search", "zone_search"]


def _single(names: str, *values: Any) -> None:
    """Refuse angles that are arrays with axes."""
    if any(getattr(value, "shape", ()) not in ((), None) for value in values):
        raise ValueError(f"The {names} must be scalar objects")


def _covered(region: Region, depth: int, flat: bool, *inputs: Any) -> Any:
    """Return a coverage in the library of the caller: NumPy's where angles are astropy's."""
    cells = region.cover(depth, flat=flat)
    if any(_angles.is_quantity(value) for value in inputs):
        from rustsci.interop import to_numpy

        return tuple(to_numpy(part) for part in cells)
    return in_library_of(cells, *inputs)


def _check_delta(delta: int, name: str) -> None:
    if delta < 0:
        raise ValueError(f"{name} must not be negative, not {delta}")


def cone_search(
    lon: Any,
    lat: Any,
    radius: Any,
    depth: int,
    depth_delta: int = 2,
    flat: bool = False,
    *,
    unit: Unit = None,
) -> Any:
    """Return the cells that a cone overlaps: all points within a radius of a centre.

    Parameters
    ----------
    lon, lat : astropy angle, or float
        The centre.
    radius : astropy angle, or float
        The radius.
    depth : int
        The greatest depth of the cells.
    depth_delta : int, optional
        Taken for the sake of programs written for cdshealpix; the result is exact whatever it is.
    flat : bool, optional
        Whether all cells are to be of that depth; else fully covered ones are as large as possible.
    unit : {'deg', 'rad'}, optional
        The unit of plain numbers.

    Returns
    -------
    ipix : ndarray of uint64
        The cells.
    depth : ndarray of uint8
        Their depths.
    fully_covered : ndarray of bool
        Whether the region contains them.

    Examples
    --------
    >>> from rustsci.healpix import cone_search
    >>> ipix, depth, full = cone_search(0, 0, 10, 3, unit="deg")
    >>> len(ipix), ipix[full]
    (14, array([271, 304], dtype=uint64))
    """
    _check_delta(depth_delta, "depth_delta")
    _single("longitude, latitude and radius", lon, lat, radius)
    return _covered(Cone(lon, lat, radius, unit=unit), depth, flat, lon, lat, radius)


def elliptical_cone_search(
    lon: Any,
    lat: Any,
    a: Any,
    b: Any,
    pa: Any,
    depth: int,
    delta_depth: int = 2,
    flat: bool = False,
    *,
    unit: Unit = None,
) -> Any:
    """Return the cells that an elliptical cone overlaps.

    Parameters
    ----------
    lon, lat : astropy angle, or float
        The centre.
    a, b : astropy angle, or float
        The semi-major axis (below 90°), and the semi-minor one.
    pa : astropy angle, or float
        The position angle of the major axis, from north toward east.
    depth : int
        The greatest depth of the cells.
    delta_depth : int, optional
        Taken for the sake of programs written for cdshealpix; the result is exact whatever it is.
    flat : bool, optional
        Whether all cells are to be of that depth; else fully covered ones are as large as possible.
    unit : {'deg', 'rad'}, optional
        The unit of plain numbers.

    Returns
    -------
    ipix, depth, fully_covered : ndarray
        The cells, their depths, and whether the region contains them.

    Examples
    --------
    >>> from rustsci.healpix import elliptical_cone_search
    >>> ipix, depth, full = elliptical_cone_search(0, 0, 10, 2, 90, 3, unit="deg")
    >>> len(ipix)
    4
    """
    _check_delta(delta_depth, "delta_depth")
    _single("longitude, latitude, axes and position angle", lon, lat, a, b, pa)
    return _covered(EllipticalCone(lon, lat, a, b, pa, unit=unit), depth, flat, lon, lat, a, b, pa)


def polygon_search(lon: Any, lat: Any, depth: int, flat: bool = False, *, unit: Unit = None) -> Any:
    """Return the cells that a polygon overlaps: the smaller part of the sky within arcs of great circles.

    Parameters
    ----------
    lon, lat : astropy angles, or array_like
        The corners in order; the first one need not be repeated. Where sides cross, one enters or leaves the
        polygon at every side, and a warning says so.
    depth : int
        The greatest depth of the cells.
    flat : bool, optional
        Whether all cells are to be of that depth; else fully covered ones are as large as possible.
    unit : {'deg', 'rad'}, optional
        The unit of plain numbers.

    Returns
    -------
    ipix, depth, fully_covered : ndarray
        The cells, their depths, and whether the region contains them.

    Examples
    --------
    >>> from rustsci.healpix import polygon_search
    >>> ipix, depth, full = polygon_search([350, 10, 0], [0, 0, 10], 2, unit="deg")
    >>> ipix
    array([67, 70, 73, 76], dtype=uint64)
    """
    try:
        return _covered(Polygon(lon, lat, unit=unit), depth, flat, lon, lat)
    except ValueError as error:
        if "must not cross" not in str(error):
            raise
        from warnings import warn

        warn(f"{error}: what is inside is decided by the even-odd rule", UserWarning, stacklevel=2)
    return _covered(Polygon(lon, lat, even_odd=True, unit=unit), depth, flat, lon, lat)


def box_search(
    lon: Any,
    lat: Any,
    a: Any,
    b: Any,
    angle: Any = 0.0,
    depth: int = 14,
    *,
    flat: bool = False,
    unit: Unit = None,
) -> Any:
    """Return the cells that a box overlaps: a rectangle on the sky whose sides are great circles.

    Parameters
    ----------
    lon, lat : astropy angle, or float
        The centre.
    a : astropy angle, or float
        How far the box reaches from the centre in the direction of the position angle.
    b : astropy angle, or float
        How far it reaches across.
    angle : astropy angle, or float, optional
        The position angle, from north toward east.
    depth : int, optional
        The greatest depth of the cells.
    flat : bool, optional
        Whether all cells are to be of that depth; else fully covered ones are as large as possible.
    unit : {'deg', 'rad'}, optional
        The unit of plain numbers.

    Returns
    -------
    ipix, depth, fully_covered : ndarray
        The cells, their depths, and whether the region contains them.

    Examples
    --------
    >>> from rustsci.healpix import box_search
    >>> ipix, depth, full = box_search(0, 0, 5, 2, 0, depth=3, unit="deg")
    >>> len(ipix)
    4
    """
    _single("longitude, latitude, sides and angle", lon, lat, a, b, angle)
    if unit is None and not _angles.is_quantity(angle) and angle == 0:
        rotated = Box(lon, lat, a, b, _Zero(), unit=unit)
    else:
        rotated = Box(lon, lat, a, b, angle, unit=unit)
    return _covered(rotated, depth, flat, lon, lat, a, b)


class _Zero:
    """The angle zero, which is the same in every unit."""

    unit = "rad"

    def to_value(self, unit: str) -> float:
        return 0.0


def zone_search(
    lon_min: Any,
    lat_min: Any,
    lon_max: Any,
    lat_max: Any,
    depth: int = 14,
    *,
    flat: bool = False,
    unit: Unit = None,
) -> Any:
    """Return the cells that a zone overlaps: what is between two longitudes, eastward, and two latitudes.

    Parameters
    ----------
    lon_min, lat_min, lon_max, lat_max : astropy angle, or float
        The limits.
    depth : int, optional
        The greatest depth of the cells.
    flat : bool, optional
        Whether all cells are to be of that depth; else fully covered ones are as large as possible.
    unit : {'deg', 'rad'}, optional
        The unit of plain numbers.

    Returns
    -------
    ipix, depth, fully_covered : ndarray
        The cells, their depths, and whether the region contains them.

    Examples
    --------
    >>> from rustsci.healpix import zone_search
    >>> ipix, depth, full = zone_search(350, -5, 10, 5, depth=2, unit="deg")
    >>> ipix
    array([67, 70, 73, 76], dtype=uint64)
    """
    _single("limits", lon_min, lat_min, lon_max, lat_max)
    zone = Zone(lon_min, lat_min, lon_max, lat_max, unit=unit)
    return _covered(zone, depth, flat, lon_min, lat_min, lon_max, lat_max)
