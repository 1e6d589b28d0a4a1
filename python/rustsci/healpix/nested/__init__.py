"""The nested scheme: the four parts of cell p have the numbers 4p to 4p + 3, one depth further down."""

from __future__ import annotations

from rustsci.healpix.nested.around import external_neighbours, internal_edge, kth_neighbours, neighbours
from rustsci.healpix.nested.coverage import (
    box_search,
    cone_search,
    elliptical_cone_search,
    polygon_search,
    zone_search,
)
from rustsci.healpix.nested.interpolation import bilinear_interpolation
from rustsci.healpix.nested.plane import healpix_to_xy, lonlat_to_xy, xy_to_lonlat
from rustsci.healpix.nested.positions import (
    healpix_to_lonlat,
    healpix_to_skycoord,
    lonlat_to_healpix,
    skycoord_to_healpix,
    vertices,
    vertices_skycoord,
)

__all__ = [
    "bilinear_interpolation",
    "box_search",
    "cone_search",
    "elliptical_cone_search",
    "external_neighbours",
    "healpix_to_lonlat",
    "healpix_to_skycoord",
    "healpix_to_xy",
    "internal_edge",
    "kth_neighbours",
    "lonlat_to_healpix",
    "lonlat_to_xy",
    "neighbours",
    "polygon_search",
    "skycoord_to_healpix",
    "vertices",
    "vertices_skycoord",
    "xy_to_lonlat",
    "zone_search",
]
