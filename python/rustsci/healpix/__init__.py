"""The sky in equal-area pixels (HEALPix), under the names of cdshealpix.

Change ``import cdshealpix`` to ``from rustsci import healpix as cdshealpix``: the functions of the nested
scheme are here and in `nested`, those of the ring scheme in `ring`, sky maps in `skymap`. `healpy` has the
pixel
functions under healpy's names, `moc` coverage maps, and `plot` pictures.

Angles are astropy's quantities, where astropy is installed; or plain numbers, whose unit ``unit="deg"`` or
``unit="rad"`` says.
"""

from __future__ import annotations

from rustsci.healpix.nested import (
    bilinear_interpolation,
    box_search,
    cone_search,
    elliptical_cone_search,
    external_neighbours,
    healpix_to_lonlat,
    healpix_to_skycoord,
    healpix_to_xy,
    internal_edge,
    kth_neighbours,
    lonlat_to_healpix,
    lonlat_to_xy,
    neighbours,
    polygon_search,
    skycoord_to_healpix,
    vertices,
    vertices_skycoord,
    xy_to_lonlat,
    zone_search,
)
from rustsci.healpix.numbering import from_ring, from_uniq, from_zuniq, to_ring, to_uniq, to_zuniq

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType

__all__ = [
    "bilinear_interpolation",
    "box_search",
    "cone_search",
    "elliptical_cone_search",
    "external_neighbours",
    "from_ring",
    "from_uniq",
    "from_zuniq",
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
    "to_ring",
    "to_uniq",
    "to_zuniq",
    "vertices",
    "vertices_skycoord",
    "xy_to_lonlat",
    "zone_search",
]


def __getattr__(name: str) -> ModuleType:
    from importlib import import_module

    if name in {"healpy", "moc", "nested", "plot", "ring", "skymap"}:
        return import_module(f"rustsci.healpix.{name}")
    raise AttributeError(f"module 'rustsci.healpix' has no attribute {name!r}")
