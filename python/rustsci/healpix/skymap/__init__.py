"""Sky maps: a value for each cell, or for some of them, in files as cdshealpix and healpy write them."""

from __future__ import annotations

from rustsci.healpix.skymap.any import Scheme, Skymap
from rustsci.healpix.skymap.maps import SkymapExplicit, SkymapImplicit
from rustsci.healpix.skymap.multi_order import SkymapMultiOrder

__all__ = ["Scheme", "Skymap", "SkymapExplicit", "SkymapImplicit", "SkymapMultiOrder"]
