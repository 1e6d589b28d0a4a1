"""Positions and cells in either scheme: what the functions of `nested` and of `ring` have in common."""

from __future__ import annotations

from rustsci import _native
from rustsci._library import in_library_of
from rustsci.healpix import _angles
from rustsci.healpix._levels import at_levels, checked_nside, nside_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rustsci.healpix._angles import Unit

__all__: list[str] = []


def cells_of(
    lon: Any, lat: Any, level: Any, *, nested: bool, offsets: bool, num_threads: int, unit: Unit
) -> Any:
    """Return the cells that positions are in, and with `offsets` where in them."""
    x, y, degrees = _angles.pair(lon, lat, unit)
    native = _native._healpix_lonlat_to_cells_with_offsets if offsets else _native._healpix_lonlat_to_cells

    def find(x: Any, y: Any, nside: int) -> Any:
        return native(x, y, nside, nested, degrees, num_threads)

    return in_library_of(at_levels(level, _check(nested), find, x, y), lon, lat)


def skycoord_numbers(skycoord: Any) -> tuple[Any, Any]:
    """Return the ICRS longitudes and latitudes of astropy's sky coordinates."""
    if not hasattr(skycoord, "icrs"):
        raise TypeError(f"'skycoord' must be an astropy SkyCoord, not {type(skycoord).__name__!r}")
    icrs = skycoord.icrs
    return icrs.ra, icrs.dec


def lonlat_of(
    ipix: Any,
    level: Any,
    dx: float,
    dy: float,
    *,
    nested: bool,
    num_threads: int,
    unit: Unit,
) -> Any:
    """Return longitudes and latitudes of a place in each cell."""
    from rustsci import atleast_1d

    _angles.check_unit(unit)
    for name, offset in (("dx", dx), ("dy", dy)):
        if not 0.0 <= offset < 1.0:
            raise ValueError(f"{name} must be in [0, 1[, not {offset}")

    def find(cells: Any, nside: int) -> Any:
        return _native._healpix_cells_to_lonlat(cells, nside, nested, unit == "deg", dx, dy, num_threads)

    lon, lat = at_levels(level, _check(nested), find, atleast_1d(ipix))
    return _angles.positions(lon, lat, unit, ipix)


def vertices_of(ipix: Any, level: Any, step: int, *, nested: bool, num_threads: int, unit: Unit) -> Any:
    """Return longitudes and latitudes of the corners of cells, and of points between them."""
    from rustsci import atleast_1d

    _angles.check_unit(unit)
    if step < 1:
        raise ValueError(f"The number of step must be >= 1, not {step}")

    def find(cells: Any, nside: int) -> Any:
        return _native._healpix_vertices(cells, nside, nested, unit == "deg", step, num_threads)

    lon, lat = at_levels(level, _check(nested), find, atleast_1d(ipix))
    return _angles.positions(lon, lat, unit, ipix)


def xy_of(ipix: Any, level: Any, *, nested: bool, num_threads: int) -> Any:
    """Return where in the plane of projection the centres of cells are."""
    from rustsci import atleast_1d

    def find(cells: Any, nside: int) -> Any:
        return _native._healpix_cells_to_xy(cells, nside, nested, num_threads)

    return in_library_of(at_levels(level, _check(nested), find, atleast_1d(ipix)), ipix)


def _check(nested: bool) -> Any:
    return nside_of if nested else checked_nside
