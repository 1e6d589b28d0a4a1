"""The ring scheme: cells are numbered along rings of equal latitude, from the north; for any nside."""

from __future__ import annotations

from rustsci.healpix.ring.plane import healpix_to_xy
from rustsci.healpix.ring.positions import (
    healpix_to_lonlat,
    healpix_to_skycoord,
    lonlat_to_healpix,
    skycoord_to_healpix,
    vertices,
    vertices_skycoord,
)

__all__ = [
    "healpix_to_lonlat",
    "healpix_to_skycoord",
    "healpix_to_xy",
    "lonlat_to_healpix",
    "skycoord_to_healpix",
    "vertices",
    "vertices_skycoord",
]
