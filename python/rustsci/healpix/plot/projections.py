"""Projections of the sphere onto pictures (Snyder 1987, Map Projections: A Working Manual)."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["Gnomonic", "Mollweide", "Orthographic", "projection"]


class Mollweide:
    """The whole sky in an ellipse, areas in proportion (Snyder, p. 251)."""

    name = "mollweide"
    is_round = True

    def __init__(self, center: tuple[float, float]) -> None:
        self.lon0 = center[0]
        self.extent = (2.0, 1.0)

    def to_sky(self, x: Any, y: Any) -> tuple[Any, Any, Any]:
        """Return longitude and latitude in degrees of points of the picture, and which are on the sky."""
        import rustsci as rs

        valid = (x / 2) ** 2 + y**2 < 1
        angle = rs.arcsin(rs.clip(y, -1, 1))
        width = rs.maximum(rs.cos(angle), 1e-12)
        lat = rs.arcsin(rs.clip((2 * angle + rs.sin(2 * angle)) / rs.pi, -1, 1))
        # Longitudes grow to the left, as one sees the sky.
        lon = self.lon0 - 90.0 * x / width
        return lon, rs.rad2deg(lat), valid

    def to_picture(self, lon: Any, lat: Any) -> tuple[Any, Any, Any]:
        """Return points of the picture of positions in degrees, and which are on it."""
        import rustsci as rs

        target = rs.pi * rs.sin(rs.deg2rad(lat))
        angle = rs.deg2rad(lat) * 0.9
        for _ in range(50):
            slope = rs.maximum(2 + 2 * rs.cos(2 * angle), 1e-9)
            angle = rs.clip(angle - (2 * angle + rs.sin(2 * angle) - target) / slope, -rs.pi / 2, rs.pi / 2)
        away = (lon - self.lon0 + 180.0) % 360.0 - 180.0
        x, y = -away / 90.0 * rs.cos(angle), rs.sin(angle)
        return x, y, rs.ones(x.shape, dtype=bool)


class _Azimuthal:
    """What looks at the sphere along one direction."""

    def __init__(self, center: tuple[float, float], half_width: float) -> None:
        self.lon0, self.lat0 = center
        self.extent = (half_width, half_width)

    def _rotated(self, lon: Any, lat: Any) -> tuple[Any, Any, Any]:
        """Coordinates toward the west, the north and the viewer."""
        import rustsci as rs

        away, lat = rs.deg2rad(lon - self.lon0), rs.deg2rad(lat)
        s0, c0 = rs.sin(rs.deg2rad(self.lat0)), rs.cos(rs.deg2rad(self.lat0))
        west = -rs.cos(lat) * rs.sin(away)
        north = c0 * rs.sin(lat) - s0 * rs.cos(lat) * rs.cos(away)
        toward = s0 * rs.sin(lat) + c0 * rs.cos(lat) * rs.cos(away)
        return west, north, toward

    def _turned_back(self, west: Any, north: Any, toward: Any) -> tuple[Any, Any]:
        import rustsci as rs

        s0, c0 = rs.sin(rs.deg2rad(self.lat0)), rs.cos(rs.deg2rad(self.lat0))
        z = s0 * toward + c0 * north
        x = c0 * toward - s0 * north
        lat = rs.arctan2(z, rs.hypot(x, west))
        return self.lon0 + rs.rad2deg(rs.arctan2(-west, x)), rs.rad2deg(lat)


class Orthographic(_Azimuthal):
    """A hemisphere as seen from far away (Snyder, p. 145)."""

    name = "orthographic"
    is_round = True

    def __init__(self, center: tuple[float, float]) -> None:
        super().__init__(center, 1.0)

    def to_sky(self, x: Any, y: Any) -> tuple[Any, Any, Any]:
        """Return longitude and latitude in degrees of points of the picture, and which are on the sky."""
        import rustsci as rs

        square = x * x + y * y
        toward = rs.sqrt(rs.maximum(1 - square, 0))
        return *self._turned_back(x, y, toward), square < 1

    def to_picture(self, lon: Any, lat: Any) -> tuple[Any, Any, Any]:
        """Return points of the picture of positions in degrees, and which are on it."""
        west, north, toward = self._rotated(lon, lat)
        return west, north, toward > 0


class Gnomonic(_Azimuthal):
    """A part of the sky, on which great circles are straight (Snyder, p. 164)."""

    name = "gnomonic"
    is_round = False

    def __init__(self, center: tuple[float, float], field: float) -> None:
        from math import radians, tan

        if not 0 < field < 180:
            raise ValueError(f"field must be between 0 and 180 degrees, not {field}")
        super().__init__(center, tan(radians(field / 2)))

    def to_sky(self, x: Any, y: Any) -> tuple[Any, Any, Any]:
        """Return longitude and latitude in degrees of points of the picture, and which are on the sky."""
        import rustsci as rs

        return *self._turned_back(x, y, rs.ones(x.shape)), rs.ones(x.shape, dtype=bool)

    def to_picture(self, lon: Any, lat: Any) -> tuple[Any, Any, Any]:
        """Return points of the picture of positions in degrees, and which are on it."""
        import rustsci as rs

        west, north, toward = self._rotated(lon, lat)
        front = toward > 0.01
        depth = rs.where(front, toward, 1.0)
        return west / depth, north / depth, front


def projection(name: str, center: tuple[float, float], field: float) -> Mollweide | Orthographic | Gnomonic:
    """Return the projection with a name."""
    lon, lat = center
    if not (abs(lon) < float("inf") and abs(lat) <= 90):
        raise ValueError(f"center must be a longitude and a latitude in degrees, not {center}")
    if name == "mollweide":
        return Mollweide(center)
    if name == "orthographic":
        return Orthographic(center)
    if name == "gnomonic":
        return Gnomonic(center, field)
    raise ValueError(f"projection must be 'mollweide', 'orthographic' or 'gnomonic', not {name!r}")
