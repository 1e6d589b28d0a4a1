"""Pixels of the sky under healpy's names and conventions: ring scheme by default, colatitudes in radians.

Change ``import healpy as hp`` to ``from rustsci.healpix import healpy as hp`` in programs that use healpy's
pixel functions. Results are NumPy's arrays where arguments are.
"""

from __future__ import annotations

from rustsci.healpix.healpy._arguments import check_theta_valid
from rustsci.healpix.healpy.around import boundaries, get_all_neighbours
from rustsci.healpix.healpy.coordinates import ang2vec, lonlat2thetaphi, thetaphi2lonlat, vec2ang
from rustsci.healpix.healpy.fitting import fit_dipole, fit_monopole, remove_dipole, remove_monopole
from rustsci.healpix.healpy.interpolation import get_interp_val, get_interp_weights
from rustsci.healpix.healpy.maps import (
    UNSEEN,
    get_map_size,
    get_nside,
    maptype,
    mask_bad,
    mask_good,
    reorder,
    ud_grade,
)
from rustsci.healpix.healpy.numbering import nest2ring, pix2ring, pix2xyf, ring2nest, xyf2pix
from rustsci.healpix.healpy.positions import ang2pix, pix2ang, pix2vec, vec2pix
from rustsci.healpix.healpy.queries import query_disc, query_polygon, query_strip
from rustsci.healpix.healpy.resolution import (
    get_min_valid_nside,
    isnpixok,
    isnsideok,
    max_pixrad,
    npix2nside,
    npix2order,
    nside2npix,
    nside2order,
    nside2pixarea,
    nside2resol,
    order2npix,
    order2nside,
)

__all__ = [
    "UNSEEN",
    "ang2pix",
    "ang2vec",
    "boundaries",
    "check_theta_valid",
    "fit_dipole",
    "fit_monopole",
    "get_all_neighbours",
    "get_interp_val",
    "get_interp_weights",
    "get_map_size",
    "get_min_valid_nside",
    "get_nside",
    "isnpixok",
    "isnsideok",
    "lonlat2thetaphi",
    "maptype",
    "mask_bad",
    "mask_good",
    "max_pixrad",
    "nest2ring",
    "npix2nside",
    "npix2order",
    "nside2npix",
    "nside2order",
    "nside2pixarea",
    "nside2resol",
    "order2npix",
    "order2nside",
    "pix2ang",
    "pix2ring",
    "pix2vec",
    "pix2xyf",
    "query_disc",
    "query_polygon",
    "query_strip",
    "remove_dipole",
    "remove_monopole",
    "reorder",
    "ring2nest",
    "thetaphi2lonlat",
    "ud_grade",
    "vec2ang",
    "vec2pix",
    "xyf2pix",
]
