"""Sky maps: files of ours, of healpy's and of cdshealpix's."""

from __future__ import annotations

import pytest

from rustsci.healpix import healpy as ours
from rustsci.healpix.skymap import Scheme, Skymap, SkymapExplicit, SkymapImplicit
from tests.python.oracle import numpy as np
from tests.python.oracle import peer

healpy = peer("healpy")
cds = peer("cdshealpix")
TheirMap = peer("cdshealpix.skymap").SkymapImplicit


@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.int32, np.int16])
def test_implicit_maps_go_to_healpy_and_cdshealpix_and_come_back(tmp_path, dtype):
    values = np.arange(12 * 16**2).astype(dtype)
    path = tmp_path / "map.fits"
    SkymapImplicit(values).to_fits(path)
    assert (healpy.read_map(path, nest=True) == values).all()
    assert (TheirMap.from_fits(path).values == values).all()
    again = Skymap.from_fits(path)
    assert again.scheme is Scheme.IMPLICIT
    assert again.skymap.values.dtype == dtype
    assert (again.skymap.values == values).all()


@pytest.mark.parametrize("nest", [True, False])
def test_maps_of_healpys(tmp_path, nest):
    values = np.arange(12 * 32.0**2)
    path = tmp_path / "map.fits"
    healpy.write_map(path, values, nest=nest, dtype=np.float64)
    expected = values if nest else healpy.reorder(values, r2n=True)
    assert (SkymapImplicit.from_fits(path).values == expected).all()


def test_partial_maps_of_healpys(tmp_path):
    values = np.full(12 * 8**2, healpy.UNSEEN)
    values[[3, 70, 500]] = [1.0, 2.0, 3.0]
    path = tmp_path / "map.fits"
    healpy.write_map(path, values, nest=True, partial=True, dtype=np.float64)
    explicit = SkymapExplicit.from_fits(path)
    assert explicit.keys.tolist() == [3, 70, 500]
    assert explicit.values.tolist() == [1.0, 2.0, 3.0]


def test_explicit_maps_lead_back(tmp_path):
    path = tmp_path / "map.fits"
    explicit = SkymapExplicit([12, 13, 14], [0.5, 1.5, 2.5], 1)
    explicit.to_fits(path)
    again = Skymap.from_fits(path).skymap
    assert again.order == 1
    assert again.keys.tolist() == [12, 13, 14]
    assert again.to_implicit().to_explicit().values.tolist() == [0.5, 1.5, 2.5]


@pytest.mark.parametrize("length", [0, 100, 2880, 3000, 5760, 6000])
def test_truncated_files_are_refused(tmp_path, length):
    path = tmp_path / "map.fits"
    SkymapImplicit(np.arange(768.0)).to_fits(path)
    path.write_bytes(path.read_bytes()[:length])
    with pytest.raises(ValueError, match=r"FITS|table"):
        SkymapImplicit.from_fits(path)


@pytest.mark.parametrize("order", ["RING", "NEST"])
@pytest.mark.parametrize("nside", [1, 2, 16, 64])
@pytest.mark.parametrize("pess", [False, True])
def test_other_resolutions_are_healpys(order, nside, pess):
    rng = np.random.default_rng(1)
    values = rng.random(12 * 16**2)
    if nside <= 16:
        # healpy scales the value that stands for none, too, when pixels are divided.
        values[rng.integers(0, len(values), 30)] = healpy.UNSEEN
    found = ours.ud_grade(values, nside, pess=pess, order_in=order, power=-2)
    expected = healpy.ud_grade(values, nside, pess=pess, order_in=order, power=-2)
    assert np.allclose(found, expected, rtol=1e-12)
