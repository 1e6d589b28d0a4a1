"""Sky maps: a value for each cell of the sky (implicit) or for some (explicit), from and to FITS files."""

from __future__ import annotations

from rustsci.healpix.skymap.maps import Scheme, Skymap, SkymapExplicit, SkymapImplicit

__all__ = ["Scheme", "Skymap", "SkymapExplicit", "SkymapImplicit"]
