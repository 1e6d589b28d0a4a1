"""Coverages: what is known of them, and cdshealpix where it is right."""

from __future__ import annotations

import pytest

from rustsci import healpix
from rustsci.healpix.regions import Box, Cone, EllipticalCone, Polygon, Zone
from tests.python.oracle import numpy as np
from tests.python.oracle import peer

u, coordinates = peer("astropy.units"), peer("astropy.coordinates")
Angle, Latitude, Longitude = coordinates.Angle, coordinates.Latitude, coordinates.Longitude
cds = peer("cdshealpix")


def flat(cells):
    return set(np.asarray(cells[0]).tolist())


def test_a_cone_around_the_origin():
    ipix, depth, full = healpix.cone_search(0, 0, 10, 3, unit="deg")
    assert len(ipix) == 14
    assert set(depth.tolist()) == {3}
    assert ipix[full].tolist() == [271, 304]


def test_the_cell_that_cdshealpix_drops():
    lon, lat, radius = 234.27013175935537, 23.506257992201775, 7.1245467736661405
    assert 152 in flat(healpix.cone_search(lon, lat, radius, 3, flat=True, unit="deg"))


def test_nothing_that_cdshealpix_finds_well_inside_is_missing():
    rng = np.random.default_rng(7)
    for _ in range(100):
        lon, lat = (
            Longitude(rng.random() * 360 * u.deg),
            Latitude(np.degrees(np.arcsin(rng.random() * 2 - 1)) * u.deg),
        )
        radius = rng.random() * 20 * u.deg
        for ours, theirs in (
            (
                healpix.cone_search(lon, lat, radius, 5, flat=True),
                cds.cone_search(lon, lat, radius, 5, flat=True),
            ),
            (
                healpix.elliptical_cone_search(lon, lat, radius, radius / 3, Angle(30 * u.deg), 5, flat=True),
                cds.elliptical_cone_search(lon, lat, radius, radius / 3, Angle(30 * u.deg), 5, 4, flat=True),
            ),
        ):
            full = set(theirs[0][theirs[2]].tolist())
            assert full <= flat(ours)


def test_sets_of_regions():
    a, b = Cone(0, 0, 10, unit="deg"), Cone(8, 0, 10, unit="deg")
    in_a, in_b = flat(a.cover(6, flat=True)), flat(b.cover(6, flat=True))
    assert flat((a | b).cover(6, flat=True)) == in_a | in_b
    assert flat((a & b).cover(6, flat=True)) <= in_a & in_b
    assert flat((a - b).cover(6, flat=True)) <= in_a
    whole, full = a.cover(6, flat=True)[0], a.cover(6, flat=True)[2]
    outside = flat((~a).cover(6, flat=True))
    assert outside == set(range(12 * 4**6)) - set(whole[full].tolist())


def test_a_polygon_over_the_pole_and_the_seam():
    cells = flat(Polygon([0, 90, 180, 270], [80, 80, 80, 80], unit="deg").cover(3, flat=True))
    assert {63, 127, 191, 255} <= cells
    seam = flat(Polygon([350, 10, 10, 350], [-5, -5, 5, 5], unit="deg").cover(4, flat=True))
    assert seam == flat(Polygon([-10, 10, 10, -10], [-5, -5, 5, 5], unit="deg").cover(4, flat=True))


def test_boxes_and_zones():
    assert flat(Box(0, 0, 5, 2, 0, unit="deg").cover(2)) == {67, 70, 73, 76}
    assert flat(Box(0, 0, 5, 2, 90, unit="deg").cover(7)) == flat(Box(0, 0, 2, 5, 0, unit="deg").cover(7))
    north = Zone(0, 0, 360, 90, unit="deg").cover(2)
    # Four base cells are full, and of the four on the equator the northern half.
    assert {0, 1, 2, 3} <= flat(north)
    assert healpix.zone_search(350, -5, 10, 5, depth=2, unit="deg")[0].tolist() == [67, 70, 73, 76]


def test_ranges_are_the_flat_cells():
    region = EllipticalCone(40, 30, 10, 3, 20, unit="deg")
    cells = [cell for first, last in region.ranges(7).tolist() for cell in range(first, last)]
    assert cells == region.cover(7, flat=True)[0].tolist()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: Polygon([0, 10, 0, 10], [0, 10, 10, 0], unit="deg").cover(3), "must not cross"),
        (lambda: healpix.polygon_search([0, 1], [0, 1], 3, unit="deg"), "at least 3 vertices"),
        (lambda: healpix.cone_search(0, 91, 1, 3, unit="deg"), "latitudes must be"),
        (lambda: healpix.cone_search(np.nan, 0, 1, 3, unit="deg"), "longitudes must be finite"),
        (lambda: healpix.cone_search(0, 0, -1, 3, unit="deg"), "not negative"),
        (lambda: healpix.cone_search(0, 0, 1, 31, unit="deg"), "Depth must be"),
        (lambda: healpix.elliptical_cone_search(0, 0, 1, 2, 0, 3, unit="deg"), "semi-minor"),
        (lambda: healpix.zone_search(0, 5, 1, 2, depth=3, unit="deg"), "southern limit"),
    ],
)
def test_what_is_no_region_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_crossing_sides_are_warned_of():
    with pytest.warns(UserWarning, match="even-odd"):
        healpix.polygon_search([0, 10, 0, 10], [0, 10, 10, 0], 3, unit="deg")
