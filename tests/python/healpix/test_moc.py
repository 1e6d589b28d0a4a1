"""Coverage maps against mocpy."""

from __future__ import annotations

import json

import pytest

from rustsci.healpix.moc import MOC
from rustsci.healpix.regions import Cone
from tests.python.oracle import numpy as np
from tests.python.oracle import peer

mocpy = peer("mocpy")


def random_pair(seed):
    rng = np.random.default_rng(seed)
    depths = rng.integers(2, 6, 60)
    cells = (rng.random(60) * 12 * 4.0**depths).astype(np.uint64)
    theirs = mocpy.MOC.from_healpix_cells(cells, depths.astype(np.uint8), 6)
    return MOC.from_cells(np.append(cells, 0)[:-1], depths), theirs


def ranges(theirs):
    return theirs.to_depth29_ranges.tolist()


@pytest.mark.parametrize("seed", range(5))
def test_sets(seed):
    (a, their_a), (b, their_b) = random_pair(seed), random_pair(seed + 100)
    assert a.ranges.tolist() == ranges(their_a)
    assert (a | b).ranges.tolist() == ranges(their_a.union(their_b))
    assert (a & b).ranges.tolist() == ranges(their_a.intersection(their_b))
    assert (a - b).ranges.tolist() == ranges(their_a.difference(their_b))
    assert (~a).ranges.tolist() == ranges(their_a.complement())
    assert a.degrade(3).ranges.tolist() == ranges(their_a.degrade_to_order(3))
    assert a.area == pytest.approx(their_a.sky_fraction)
    assert a.uniq().tolist() == sorted(their_a.uniq_hpx.tolist())


@pytest.mark.parametrize("version", [1, 2])
def test_files_are_read_by_mocpy_and_back(tmp_path, version):
    a, theirs = random_pair(3)
    a.to_fits(tmp_path / "moc.fits", version=version)
    assert ranges(mocpy.MOC.from_fits(tmp_path / "moc.fits")) == a.ranges.tolist()
    assert MOC.from_fits(tmp_path / "moc.fits") == a
    theirs.save(tmp_path / "theirs.fits", format="fits")
    assert MOC.from_fits(tmp_path / "theirs.fits") == a


def test_text_is_read_by_mocpy_and_back():
    a, theirs = random_pair(4)
    assert MOC.from_ascii(a.to_ascii()) == a
    assert MOC.from_json(a.to_json()) == a
    assert ranges(mocpy.MOC.from_string(a.to_ascii(), "ascii")) == a.ranges.tolist()
    assert MOC.from_ascii(theirs.to_string("ascii")) == a
    assert MOC.from_json(theirs.to_string("json")) == a
    assert json.loads(a.to_json())


def test_positions_and_cells():
    moc = MOC.from_region(Cone(20, 30, 5, unit="deg"), 8)
    lon, lat = np.array([20.0, 40.0]), np.array([30.0, 30.0])
    assert moc.contains_lonlat(lon, lat, unit="deg").tolist() == [True, False]
    cells, depths = moc.cells()
    for cell, depth in list(zip(cells.tolist(), depths.tolist(), strict=True))[:20]:
        assert moc.contains(cell, depth).all()
    assert not (~moc).contains(cells[:1], int(depths[0])).any()
    assert (moc & ~moc).area == 0.0
    assert (moc | ~moc).area == 1.0


@pytest.mark.parametrize("text", ["3", "x/1", "1/5-2", "0/12", "30/1", "1/1-", "1/-3"])
def test_bad_text_is_refused(text):
    with pytest.raises(ValueError, match=r"must|no "):
        MOC.from_ascii(text)


def test_a_broken_file_is_refused(tmp_path):
    path = tmp_path / "moc.fits"
    random_pair(3)[0].to_fits(path)
    whole = path.read_bytes()
    for length in (0, 10, 2880, 4000, 5760, 5800):
        path.write_bytes(whole[:length])
        with pytest.raises(ValueError, match=r"FITS|table"):
            MOC.from_fits(path)
