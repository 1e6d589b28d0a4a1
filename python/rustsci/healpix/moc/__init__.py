"""Coverage maps (IVOA MOC 2.0): sets of cells of all depths, to be combined, asked, read and written."""

from __future__ import annotations

from rustsci.healpix.moc.sets import MOC

__all__ = ["MOC"]
