"""Positions and cells against cdshealpix and healpy."""

from __future__ import annotations

import pytest

import rustsci as rs
from rustsci import healpix
from tests.python.oracle import is_exactly, peer
from tests.python.oracle import numpy as np

cds = peer("cdshealpix")
healpy = peer("healpy")
u, coordinates = peer("astropy.units"), peer("astropy.coordinates")
Latitude, Longitude, SkyCoord = coordinates.Latitude, coordinates.Longitude, coordinates.SkyCoord

COUNT = 20_000


@pytest.fixture(scope="module")
def sky():
    rng = np.random.default_rng(20_260)
    return rng.random(COUNT) * 360, np.degrees(np.arcsin(rng.random(COUNT) * 2 - 1))


def away(lon, other, lat):
    """Distance along a parallel, in radians."""
    difference = np.abs(lon - other)
    return np.minimum(difference, 2 * np.pi - difference) * np.cos(lat)


@pytest.mark.parametrize("depth", [0, 1, 5, 12, 20, 29])
def test_cells_of_positions_are_those_of_both_peers(sky, depth):
    lon, lat = sky

    cells = healpix.lonlat_to_healpix(lon, lat, depth, unit="deg")

    assert is_exactly(cells, np.ndarray)
    # At depth 29 one point in a million is so near to an edge that rounding decides.
    assert (
        np.count_nonzero(cells != cds.lonlat_to_healpix(Longitude(lon * u.deg), Latitude(lat * u.deg), depth))
        <= 1
    )
    assert np.count_nonzero(cells != healpy.ang2pix(1 << depth, lon, lat, nest=True, lonlat=True)) <= 1


@pytest.mark.parametrize("depth", [0, 1, 5, 12, 20, 29])
def test_centres_and_vertices_are_cdshealpixs(sky, depth):
    cells = healpix.lonlat_to_healpix(*sky, depth, unit="deg")
    for ours, theirs in (
        (healpix.healpix_to_lonlat(cells, depth, unit="rad"), cds.healpix_to_lonlat(cells, depth)),
        (healpix.vertices(cells, depth, step=2, unit="rad"), cds.vertices(cells, depth, step=2)),
    ):
        assert away(ours[0], theirs[0].rad, theirs[1].rad).max() < 1e-14
        assert np.abs(ours[1] - theirs[1].rad).max() < 1e-14


@pytest.mark.parametrize("depth", [0, 1, 5, 12, 29])
def test_neighbours_schemes_and_weights_are_the_peers(sky, depth):
    lon, lat = sky
    cells = healpix.lonlat_to_healpix(lon, lat, depth, unit="deg")
    positions = Longitude(lon * u.deg), Latitude(lat * u.deg)

    assert (healpix.neighbours(cells, depth) == cds.neighbours(cells, depth)).all()
    ring = healpix.to_ring(cells, depth)
    assert (ring == cds.to_ring(cells, depth)).all()
    assert (healpix.from_ring(ring, depth) == cells).all()
    found, weights = healpix.bilinear_interpolation(*positions, depth)
    expected, shares = cds.bilinear_interpolation(*positions, depth)
    assert np.count_nonzero((found != expected).any(axis=1)) <= 1
    # What rounding does to a position, in cells of that depth.
    assert np.abs(weights - shares).max() < 1e-15 * 4 * 2.0**depth + 1e-14


@pytest.mark.parametrize("nside", [1, 3, 17, 1000, 1 << 29])
def test_ring_cells_of_any_nside(sky, nside):
    lon, lat = sky
    cells = healpix.ring.lonlat_to_healpix(lon, lat, nside, unit="deg")
    assert np.count_nonzero(cells != healpy.ang2pix(nside, lon, lat, lonlat=True)) <= 1
    back = healpix.ring.healpix_to_lonlat(cells, nside, unit="deg")
    expected = healpy.pix2ang(nside, cells.astype(np.int64), lonlat=True)
    assert away(np.radians(back[0]), np.radians(expected[0]), np.radians(lat)).max() < 1e-14
    assert np.abs(np.radians(back[1] - expected[1])).max() < 1e-14


def test_known_values():
    assert healpix.neighbours(0, 2).tolist() == [[143, 90, 91, 69, 0, 1, 71, 2, 3]]
    lon, lat = healpix.vertices(10, 4, unit="deg")
    assert lon.tolist() == [[36.5625, 39.375, 36.5625, 33.75]]
    assert rs.allclose(lat, [[7.180756, 9.594068, 12.024699, 9.594068]], atol=1e-6)


def test_several_depths_at_once():
    lon, lat = healpix.healpix_to_lonlat(np.arange(3)[:, None], np.array([0, 5])[None, :], unit="deg")
    expected = cds.healpix_to_lonlat(np.arange(3)[:, None], np.array([0, 5])[None, :])
    assert lon.shape == (3, 2)
    assert np.allclose(lon, expected[0].deg)
    assert np.allclose(lat, expected[1].deg)


def test_results_come_in_the_callers_library():
    ours = healpix.lonlat_to_healpix(rs.array([10.0]), rs.array([5.0]), 5, unit="deg")
    assert type(ours) is rs.ndarray
    assert is_exactly(healpix.to_ring(np.array([3]), 1), np.ndarray)
    assert isinstance(healpix.healpix_to_lonlat([3], 1)[0], Longitude)
    assert healpix.healpix_to_skycoord([3], 0).dec.deg[0] == pytest.approx(41.8103149)
    galactic = SkyCoord([10.0], [5.0], unit="deg", frame="galactic")
    assert (healpix.skycoord_to_healpix(galactic, 8) == cds.skycoord_to_healpix(galactic, 8)).all()


def test_the_same_cells_with_any_number_of_threads(sky):
    one = healpix.lonlat_to_healpix(*sky, 20, num_threads=1, unit="deg")
    assert (healpix.lonlat_to_healpix(*sky, 20, num_threads=2, unit="deg") == one).all()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: healpix.lonlat_to_healpix([0, np.nan], [0, 0], 3, unit="deg"), "element 1 is NaN"),
        (lambda: healpix.lonlat_to_healpix([0, 1], [0, 91], 3, unit="deg"), "element 1 is 91"),
        (lambda: healpix.lonlat_to_healpix([0, np.inf], [0, 0], 3, unit="deg"), "element 1 is inf"),
        (lambda: healpix.lonlat_to_healpix([0], [0], 30, unit="deg"), "Depth must be in"),
        (lambda: healpix.neighbours([0, 12], 0), "element 1 is 12"),
        (lambda: healpix.neighbours([0, -3], 0), "element 1 is -3"),
        (lambda: healpix.neighbours([0.5], 0), "element 0 is 0.5"),
        (lambda: healpix.ring.healpix_to_lonlat([0], 0), "nside must be"),
        (lambda: healpix.from_uniq([21, 3]), "element 1 is 3"),
        (lambda: healpix.xy_to_lonlat([0.0], [2.5], unit="deg"), "element 0"),
        (lambda: healpix.kth_neighbours(0, 1, 5), "k must be at most"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_depths_may_be_whole_floats():
    assert healpix.to_ring([5], 3.0).tolist() == healpix.to_ring([5], 3).tolist()
    assert (
        healpix.neighbours([5, 5], np.array([2.0, 3.0])).tolist()
        == healpix.neighbours([5, 5], [2, 3]).tolist()
    )
    with pytest.raises(TypeError, match="integer"):
        healpix.to_ring([5], 3.5)


def test_plain_numbers_need_a_unit():
    with pytest.raises(TypeError, match="say unit='deg' or unit='rad'"):
        healpix.lonlat_to_healpix([0.0], [0.0], 3)


def test_nothing_gives_nothing():
    assert healpix.lonlat_to_healpix([], [], 3, unit="deg").shape == (0,)
    assert healpix.neighbours([], 3).shape == (0, 9)
    assert healpix.vertices([], 3, unit="deg")[0].shape == (0, 4)


def test_uniq_and_zuniq_lead_back():
    cells = np.array([0, 5, 700])
    for encode, decode in ((healpix.to_uniq, healpix.from_uniq), (healpix.to_zuniq, healpix.from_zuniq)):
        ipix, depth = decode(encode(cells, [0, 1, 3]))
        assert ipix.tolist() == [0, 5, 700]
        assert depth.tolist() == [0, 1, 3]
