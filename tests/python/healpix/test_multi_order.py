"""Maps with values of cells of several depths."""

from __future__ import annotations

import pytest

from rustsci.healpix import lonlat_to_healpix
from rustsci.healpix.skymap import Scheme, Skymap, SkymapImplicit, SkymapMultiOrder
from tests.python.draws import Draws
from tests.python.oracle import numpy as np
from tests.python.oracle import peer


@pytest.fixture
def patchy():
    """Values in patches of several sizes, and some cells without one."""
    rng = Draws(1)
    values = np.repeat(rng.integers(0, 3, 12 * 4), 16).astype(np.float64)
    values[rng.integers(0, len(values), 20)] = np.nan
    return values


def test_a_whole_map_leads_back(patchy):
    skymap = SkymapMultiOrder.from_implicit(SkymapImplicit(patchy, np.nan))
    assert len(skymap.ipix) < np.isfinite(patchy).sum()
    assert set(skymap.depths.tolist()) >= {1, 2, 3}
    assert np.array_equal(skymap.to_implicit().values, patchy, equal_nan=True)
    finer = skymap.to_implicit(4).values
    assert np.array_equal(finer, np.repeat(patchy, 4), equal_nan=True)


def test_values_at_positions_are_those_of_their_cells(patchy):
    rng = Draws(2)
    lon, lat = rng.random(500) * 360, np.degrees(np.arcsin(rng.random(500) * 2 - 1))
    skymap = SkymapMultiOrder.from_implicit(SkymapImplicit(patchy, np.nan))
    expected = patchy[lonlat_to_healpix(lon, lat, 3, unit="deg")]
    assert np.array_equal(skymap.at_lonlat(lon, lat, unit="deg"), expected, equal_nan=True)
    found = skymap.at_lonlat(lon, lat, null_value=-5.0, unit="deg")
    assert np.array_equal(found, np.where(np.isnan(expected), -5.0, expected))


@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.int32])
def test_files_are_tables_that_astropy_reads(tmp_path, dtype):
    table = peer("astropy.table").Table
    skymap = SkymapMultiOrder([0, 4, 300], [0, 1, 3], np.array([1, 2, 3], dtype=dtype))
    skymap.to_fits(tmp_path / "map.fits", "PROBDENSITY")
    read = table.read(tmp_path / "map.fits")
    assert read["UNIQ"].tolist() == skymap.uniq.tolist() == [4, 20, 556]
    assert read["PROBDENSITY"].tolist() == [1, 2, 3]
    again = Skymap.from_fits(tmp_path / "map.fits")
    assert again.scheme is Scheme.MULTI_ORDER
    assert again.skymap.values.dtype == dtype
    assert again.skymap.uniq.tolist() == [4, 20, 556]


def test_any_column_of_a_file_that_astropy_wrote(tmp_path):
    table = peer("astropy.table").Table
    header = {"PIXTYPE": "HEALPIX", "ORDERING": "NUNIQ", "MOCORDER": 1}
    columns = {"UNIQ": [4, 20], "PROBDENSITY": [0.25, 0.5], "DISTMU": [7.0, 8.0]}
    table(columns, meta=header).write(tmp_path / "map.fits")
    assert SkymapMultiOrder.from_fits(tmp_path / "map.fits").values.tolist() == [0.25, 0.5]
    assert SkymapMultiOrder.from_fits(tmp_path / "map.fits", "DISTMU").values.tolist() == [7.0, 8.0]
    with pytest.raises(ValueError, match="no column 'DISTSIGMA'"):
        SkymapMultiOrder.from_fits(tmp_path / "map.fits", "DISTSIGMA")


@pytest.mark.parametrize(
    ("cells", "depths", "values", "message"),
    [
        ([0, 1], [0, 1], [1.0, 2.0], "element 1 .* overlaps"),
        ([3, 3], [1, 1], [1.0, 2.0], "overlaps"),
        ([12], [0], [1.0], "element 0 is 12"),
        ([-1], [0], [1.0], "element 0 is -1"),
        ([0], [30], [1.0], "Depth must be"),
        ([0, 1], [0, 0], [1.0], "a value for each cell"),
    ],
)
def test_what_is_no_map_is_refused(cells, depths, values, message):
    with pytest.raises(ValueError, match=message):
        SkymapMultiOrder(cells, depths, values)


def test_a_map_cannot_lose_its_details():
    with pytest.raises(ValueError, match="at least that of the smallest cells, 1"):
        SkymapMultiOrder([20], [1], [1.0]).to_implicit(0)


def test_nothing_has_no_value_anywhere():
    nothing = SkymapMultiOrder([], [], np.array([]))
    assert np.isnan(nothing.at_lonlat([1.0], [2.0], unit="deg")).all()
