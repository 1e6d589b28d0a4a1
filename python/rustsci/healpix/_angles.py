"""Angles that come in and go out: astropy's quantities, or plain numbers in a unit that is said."""

from __future__ import annotations

from rustsci._library import carrier_to_library_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Literal

    Unit = Literal["deg", "rad"] | None

__all__: list[str] = []


def is_quantity(value: Any) -> bool:
    """Whether `value` is a quantity with a unit of its own, without importing astropy to find out."""
    return hasattr(value, "to_value") and hasattr(value, "unit")


def check_unit(unit: Unit) -> None:
    """Refuse a unit of plain numbers that is not one of the two there are."""
    if unit not in (None, "deg", "rad"):
        raise ValueError(f"unit must be 'deg' or 'rad', not {unit!r}")


def in_degrees(value: Any, name: str, unit: Unit) -> bool:
    """Whether an angle is in degrees as it stands."""
    check_unit(unit)
    if is_quantity(value):
        return str(value.unit) == "deg"
    if unit is None:
        raise TypeError(
            f"{name!r} must be an astropy angle; for plain numbers, say unit='deg' or unit='rad' "
            f"(got {type(value).__name__})"
        )
    return unit == "deg"


def numbers(value: Any, name: str, unit: Unit, *, degrees: bool) -> Any:
    """Return the numbers of an angle in degrees, or in radians."""
    wanted = "deg" if degrees else "rad"
    if is_quantity(value):
        return value.to_value(wanted)
    if in_degrees(value, name, unit) == degrees:
        return value
    from rustsci import deg2rad, rad2deg

    return rad2deg(value) if degrees else deg2rad(value)


def pair(lon: Any, lat: Any, unit: Unit) -> tuple[Any, Any, bool]:
    """Return two arrays of coordinates with at least one axis, and whether they are in degrees."""
    from rustsci import atleast_1d

    degrees = in_degrees(lon, "lon", unit) and in_degrees(lat, "lat", unit)
    lon = atleast_1d(numbers(lon, "lon", unit, degrees=degrees))
    lat = atleast_1d(numbers(lat, "lat", unit, degrees=degrees))
    if lon.shape != lat.shape:
        raise ValueError(
            f"'lon' and 'lat' should have the same shape but are of shapes {lon.shape} and {lat.shape}"
        )
    return lon, lat, degrees


def radians(value: Any, name: str, unit: Unit) -> float:
    """Return one angle in radians."""
    if type(value) is float or type(value) is int:
        from math import radians as of_degrees

        return of_degrees(value) if in_degrees(value, name, unit) else float(value)
    found = numbers(value, name, unit, degrees=False)
    try:
        return float(found)
    except TypeError:
        raise ValueError(f"{name!r} must be a single angle, not {value!r}") from None


def positions(lon: Any, lat: Any, unit: Unit, *inputs: Any) -> tuple[Any, Any]:
    """Return coordinates to the caller: plain ones in the unit asked for, or astropy's (from radians)."""
    if unit is not None:
        carrier = carrier_to_library_of(*inputs)
        return carrier(lon), carrier(lat)
    Longitude, Latitude = astropy_angles()
    from rustsci.interop import to_numpy

    return Longitude(to_numpy(lon), "rad", copy=False), Latitude(to_numpy(lat), "rad", copy=False)


def astropy_angles() -> tuple[Any, Any]:
    """Return astropy's classes of longitudes and latitudes."""
    try:
        from astropy.coordinates import Latitude, Longitude
    except ImportError:
        raise ValueError(
            "coordinates are returned as astropy's angles, but astropy is not installed: "
            "say unit='deg' or unit='rad' for plain numbers"
        ) from None
    return Longitude, Latitude


def skycoord(lon: Any, lat: Any) -> Any:
    """Return positions as astropy's sky coordinates (ICRS)."""
    astropy_angles()
    from astropy.coordinates import SkyCoord

    return SkyCoord(ra=lon, dec=lat, frame="icrs")
