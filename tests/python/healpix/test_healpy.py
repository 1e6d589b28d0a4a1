"""Pixel functions under healpy's names, against healpy."""

from __future__ import annotations

import pytest

from rustsci.healpix import healpy
from tests.python.oracle import numpy as np
from tests.python.oracle import peer

hp = peer("healpy")

RNG = np.random.default_rng(5)
THETA = np.arccos(RNG.random(2000) * 2 - 1)
PHI = RNG.random(2000) * 2 * np.pi


@pytest.mark.parametrize("nest", [False, True])
@pytest.mark.parametrize("nside", [1, 2, 8, 1024])
def test_positions(nside, nest):
    pixels = hp.ang2pix(nside, THETA, PHI, nest=nest)
    vectors = hp.ang2vec(THETA, PHI)
    assert (healpy.ang2pix(nside, THETA, PHI, nest=nest) == pixels).all()
    assert (healpy.vec2pix(nside, *vectors.T, nest=nest) == pixels).all()
    assert np.allclose(healpy.ang2vec(THETA, PHI), vectors, atol=1e-15)
    assert np.allclose(healpy.vec2ang(vectors), hp.vec2ang(vectors), atol=1e-14)
    assert np.allclose(
        healpy.pix2ang(nside, pixels, nest=nest), hp.pix2ang(nside, pixels, nest=nest), atol=1e-14
    )
    assert np.allclose(
        healpy.pix2vec(nside, pixels, nest=nest), hp.pix2vec(nside, pixels, nest=nest), atol=1e-14
    )
    assert np.array_equal(healpy.pix2xyf(nside, pixels, nest=nest), hp.pix2xyf(nside, pixels, nest=nest))
    assert (healpy.xyf2pix(nside, *hp.pix2xyf(nside, pixels, nest=nest), nest=nest) == pixels).all()
    around = healpy.get_all_neighbours(nside, THETA, PHI, nest=nest)
    assert (around == hp.get_all_neighbours(nside, THETA, PHI, nest=nest)).all()
    found, expected = (each.boundaries(nside, pixels, step=3, nest=nest) for each in (healpy, hp))
    assert np.allclose(found, expected, atol=1e-14)


@pytest.mark.parametrize("nest", [False, True])
def test_interpolation(nest):
    values = RNG.random(12 * 16**2)
    pixels, weights = healpy.get_interp_weights(16, THETA, PHI, nest=nest)
    expected, shares = hp.get_interp_weights(16, THETA, PHI, nest=nest)
    assert (pixels == expected).all()
    assert np.allclose(weights, shares, atol=1e-12)
    found = healpy.get_interp_val(values, THETA, PHI, nest=nest)
    assert np.allclose(found, hp.get_interp_val(values, THETA, PHI, nest=nest), atol=1e-12)
    assert healpy.get_interp_val(values, 0.3, 0.4) == pytest.approx(hp.get_interp_val(values, 0.3, 0.4))


@pytest.mark.parametrize("nside", [1, 4, 7, 64])
def test_queries(nside):
    for theta, phi, radius in zip(THETA[:40], PHI[:40], RNG.random(40) * 0.8, strict=True):
        vector = hp.ang2vec(theta, phi)
        assert np.array_equal(healpy.query_disc(nside, vector, radius), hp.query_disc(nside, vector, radius))
        touched = set(healpy.query_disc(nside, vector, radius, inclusive=True).tolist())
        assert touched <= set(hp.query_disc(nside, vector, radius, inclusive=True, fact=16).tolist())
        low, high = sorted((theta, radius))
        for limits in ((low, high), (high, low)):
            assert np.array_equal(healpy.query_strip(nside, *limits), hp.query_strip(nside, *limits))
        corners = [
            hp.ang2vec(theta, phi),
            hp.ang2vec((theta + 0.5) % np.pi, phi + 0.4),
            hp.ang2vec(1.5, phi - 0.4),
        ]
        assert np.array_equal(healpy.query_polygon(nside, corners), hp.query_polygon(nside, corners))


@pytest.mark.parametrize("nest", [False, True])
def test_ranges(nest):
    vector = hp.ang2vec(0.7, 0.8)
    for inclusive in (False, True):
        pixels = healpy.query_disc(16, vector, 0.4, inclusive=inclusive, nest=nest)
        ranges = healpy.query_disc(16, vector, 0.4, inclusive=inclusive, nest=nest, return_ranges=True)
        assert [pixel for first, last in ranges.tolist() for pixel in range(first, last)] == pixels.tolist()
    expected = hp.query_disc(16, vector, 0.4, nest=nest, return_ranges=True)
    assert healpy.query_disc(16, vector, 0.4, nest=nest, return_ranges=True).tolist() == expected.tolist()
    assert np.array_equal(healpy.query_strip(4, 0.5, 1.0, nest=nest), hp.query_strip(4, 0.5, 1.0, nest=nest))
    assert (healpy.pix2ring(8, np.arange(768), nest=nest) == hp.pix2ring(8, np.arange(768), nest=nest)).all()


@pytest.mark.parametrize("nside", [1, 2, 3, 7, 64, 1000, 2**16, 2**17, 2**25, 2**29])
def test_rings_at_the_ends_of_their_cells(nside: int) -> None:
    last = 12 * nside * nside - 1
    starts = [2 * ring * (ring - 1) for ring in {1, 2, nside // 2 + 1, nside}]
    starts += [2 * nside * (nside - 1) + 4 * nside * row for row in {1, nside, 2 * nside}]
    pixels = [pixel for start in starts for pixel in (start - 1, start, start + 1) if 0 <= pixel <= last]
    pixels = np.array(pixels + [last - pixel for pixel in pixels])

    assert (healpy.pix2ring(nside, pixels) == hp.pix2ring(nside, pixels)).all()


@pytest.mark.parametrize("nside", [3, 1000, 4096])
def test_large_discs_and_polygons_are_healpys(nside):
    for centre, radius in (([0.1, 0.2, 1.0], 0.3), ([1.0, 0.0, -0.1], 0.5), ([-1.0, 1.0, -3.0], 0.001)):
        assert np.array_equal(healpy.query_disc(nside, centre, radius), hp.query_disc(nside, centre, radius))
    corners = hp.ang2vec([0.1, 0.4, 0.5, 0.3], [0.0, 2.0, 4.0, 5.5])
    assert np.array_equal(healpy.query_polygon(nside, corners[:3]), hp.query_polygon(nside, corners[:3]))
    assert np.array_equal(healpy.query_strip(nside, 0.3, 0.5), hp.query_strip(nside, 0.3, 0.5))


@pytest.mark.parametrize("shape", [(), (6,), (0,), (2, 3)])
@pytest.mark.parametrize("nest", [False, True])
def test_results_have_their_axes_where_healpy_has_them(shape, nest):
    pixels = np.arange(6).reshape(-1)[: int(np.prod(shape))].reshape(shape)
    theta, phi = np.full(shape, 0.5), np.full(shape, 1.5)
    calls = [
        lambda q: q.get_all_neighbours(8, pixels, nest=nest),
        lambda q: q.pix2ang(8, pixels, nest=nest),
        lambda q: q.ang2pix(8, theta, phi, nest=nest),
    ]
    if len(shape) < 2:
        calls.append(lambda q: q.get_interp_weights(8, theta, phi, nest=nest))
    if len(shape) == 1:
        calls.append(lambda q: q.boundaries(8, pixels, step=2, nest=nest))
    for call in calls:
        found, expected = call(healpy), call(hp)
        if not isinstance(expected, tuple):
            found, expected = (found,), (expected,)
        for ours, theirs in zip(found, expected, strict=True):
            assert np.shape(ours) == np.shape(theirs)
            assert np.asarray(ours).dtype == np.asarray(theirs).dtype
            assert np.allclose(ours, theirs, atol=1e-14)


def test_dipoles():
    values = RNG.random(12 * 8**2) + hp.pix2vec(8, np.arange(768))[2]
    values[5] = hp.UNSEEN
    for cut in (0, 20):
        monopole, dipole = healpy.fit_dipole(values, gal_cut=cut)
        expected, vector = hp.fit_dipole(values, gal_cut=cut)
        assert monopole == pytest.approx(expected)
        assert np.allclose(dipole, vector)
    assert np.allclose(healpy.remove_dipole(values), hp.remove_dipole(values))
    assert np.allclose(healpy.remove_monopole(values), hp.remove_monopole(values))


def test_resolutions():
    for nside in (1, 2, 64, 1 << 20):
        assert healpy.nside2npix(nside) == hp.nside2npix(nside)
        assert healpy.npix2nside(hp.nside2npix(nside)) == nside
        assert healpy.nside2order(nside) == hp.nside2order(nside)
        assert healpy.nside2resol(nside, arcmin=True) == pytest.approx(hp.nside2resol(nside, arcmin=True))
        assert healpy.nside2pixarea(nside, degrees=True) == pytest.approx(
            hp.nside2pixarea(nside, degrees=True)
        )
        assert healpy.max_pixrad(nside) == pytest.approx(hp.max_pixrad(nside), rel=1e-6)


def test_orders_of_maps():
    values = RNG.random(12 * 8**2)
    assert (healpy.reorder(values, r2n=True) == hp.reorder(values, r2n=True)).all()
    assert (healpy.reorder(values, inp="NESTED", out="RING") == hp.reorder(values, n2r=True)).all()


@pytest.mark.parametrize(
    "call",
    [
        lambda: healpy.ang2pix(3, 0.1, 0.1, nest=True),
        lambda: healpy.ang2pix(4, 4.0, 0.1),
        lambda: healpy.pix2ang(4, 192),
        lambda: healpy.npix2nside(13),
        lambda: healpy.nside2order(3),
        lambda: healpy.query_disc(4, [0, 0, np.nan], 0.1),
        lambda: healpy.reorder(np.zeros(12)),
    ],
)
def test_bad_input_is_refused(call):
    with pytest.raises(ValueError):
        call()
