"""Fits in batches beside fits in memory."""

from __future__ import annotations

import os
import pickle
import random
import subprocess
import sys
import textwrap
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import rustsci
import rustsci.glm as rs
from tests.python.draws import Draws, holds

np = pytest.importorskip("numpy")

ROWS = 4000
FREMTPL = Path(__file__).parents[3] / "shared" / "data" / "freMTPL2freq.parquet"
FORMULAS = ["y ~ x + z + g", "y ~ x * g + bs(z, df=5)", "y ~ C(k, Sum) + scale(x) + offset(log(e))"]


def sample(rows: int = ROWS) -> dict[str, Any]:
    rng = Draws(8)
    x, z = rng.normal(size=rows), rng.uniform(size=rows)
    g = rng.choice(["d", "a", "c", "b"], rows)
    e = rng.uniform(0.5, 2.0, rows)
    y = rng.poisson(e * np.exp(0.2 * x + 0.3 * holds(g, "c"))).astype(float)
    k, w = rng.integers(0, 4, rows), rng.uniform(1, 2, rows)
    return {"y": y, "x": x, "z": z, "g": g, "k": k, "e": e, "w": w}


DATA = sample()


def pieces(cuts: list[int]) -> list[dict[str, Any]]:
    edges = [0, *cuts, ROWS]
    return [{name: column[start:end] for name, column in DATA.items()} for start, end in pairwise(edges)]


def assert_same_fit(found: Any, expected: Any) -> None:
    assert found.feature_names == expected.feature_names
    np.testing.assert_allclose(found.params, expected.params, rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose(found.bse, expected.bse, rtol=1e-10)
    assert found.deviance == pytest.approx(expected.deviance, rel=1e-12)
    assert (found.nobs, found.df_resid) == (expected.nobs, expected.df_resid)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    for number, piece in enumerate(pieces([700, 701, 2500])):
        parquet.write_table(pyarrow.table(piece), tmp_path / f"part{number}.parquet", row_group_size=300)
    return tmp_path


@pytest.mark.parametrize("formula", FORMULAS)
def test_files_give_the_fit_in_memory(folder: Path, formula: str) -> None:
    options = {"family": "poisson", "weights": "w"}
    expected = rs.glm(formula, DATA, **options).fit()

    for data in (str(folder / "*.parquet"), folder, sorted(folder.iterdir())):
        model = rs.glm(formula, data, **options)
        found = model.fit()
        assert model.streams
        assert_same_fit(found, expected)


def test_what_is_said_of_rows_streams(folder: Path) -> None:
    formula = "y ~ x + g + offset(log(e))"
    expected = rs.glm(formula, DATA, family="poisson").fit()
    model = rs.glm(formula, folder, family="poisson")

    found = model.fit()

    np.testing.assert_allclose(found.fittedvalues, expected.fittedvalues, rtol=1e-10)
    np.testing.assert_allclose(found.resid_deviance, expected.resid_deviance, rtol=1e-8, atol=1e-10)
    for name in ("llf", "aic", "null_deviance", "llnull"):
        assert getattr(found, name) == pytest.approx(getattr(expected, name), rel=1e-11), name
    assert str(found.summary()) == str(expected.summary())
    assert model.streams


def test_what_needs_all_rows_loads_them(folder: Path) -> None:
    expected = rs.glm("y ~ x + g", DATA, family="poisson")
    model = rs.glm("y ~ x + g", folder, family="poisson")

    robust = model.fit(cov_type="HC1")
    path = model.fit_path(n_alphas=3)

    np.testing.assert_allclose(robust.bse, expected.fit(cov_type="HC1").bse, rtol=1e-9)
    np.testing.assert_allclose(path.coefs, expected.fit_path(n_alphas=3).coefs, atol=1e-8)
    assert not model.streams


class Reader:
    """An object with batches of its own."""

    def to_batches(self) -> Any:
        return iter(pieces([10, 3000]))


@pytest.mark.parametrize("kind", ["list", "function", "object", "lazy", "dataset"])
def test_other_data_in_batches(folder: Path, kind: str) -> None:
    expected = rs.glm("y ~ x + g", DATA, family="poisson").fit()
    if kind == "lazy":
        data = pytest.importorskip("polars").scan_parquet(folder / "*.parquet")
    elif kind == "dataset":
        data = pytest.importorskip("pyarrow.dataset").dataset(folder)
    else:
        data = {"list": pieces([5]), "function": lambda: iter(pieces([5])), "object": Reader()}[kind]

    model = rs.glm("y ~ x + g", data, family="poisson")

    assert model.streams
    assert_same_fit(model.fit(), expected)


@pytest.mark.filterwarnings("ignore:.*on a bound:RuntimeWarning")
def test_penalties_and_bounds_stream(folder: Path) -> None:
    for options in ({"alpha": 0.01, "l1_ratio": 0.5}, {"lower_bounds": {"g": 0.05}}, {"alpha": 0.1}):
        expected = rs.glm("y ~ x + z + g", DATA, family="poisson").fit(**options)
        found = rs.glm("y ~ x + z + g", folder, family="poisson").fit(**options)
        np.testing.assert_allclose(found.params, expected.params, rtol=1e-10, atol=1e-12)


def test_rows_with_missing_values_are_left_out() -> None:
    holes = {**DATA, "x": np.where(np.arange(ROWS) % 7 == 0, np.nan, DATA["x"])}
    expected = rs.glm("y ~ x + g", holes, family="poisson").fit()
    batches = [{name: column[at : at + 999] for name, column in holes.items()} for at in range(0, ROWS, 999)]

    found = rs.glm("y ~ x + g", batches, family="poisson").fit()

    assert found.n_dropped == expected.n_dropped > 0
    assert_same_fit(found, expected)
    with pytest.raises(ValueError, match="missing"):
        rs.glm("y ~ x + g", batches, family="poisson", na_action="raise").fit()


def test_proportions_are_known_from_all_batches() -> None:
    data = {"y": np.array([0.0, 1.0, 0.5, 0.25]), "n": np.array([4.0, 2.0, 2.0, 8.0]), "x": np.arange(4.0)}
    expected = rs.glm("y ~ x", data, family="binomial", weights="n").fit()
    batches = [{name: column[at : at + 2] for name, column in data.items()} for at in (0, 2)]

    found = rs.glm("y ~ x", batches, family="binomial", weights="n").fit()

    assert_same_fit(found, expected)
    assert found.llf == pytest.approx(expected.llf, rel=1e-12)


def test_wrong_data_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="nothing"):
        rs.glm("y ~ x", tmp_path / "nothing*.parquet")
    with pytest.raises(TypeError, match="only once"):
        rs.glm("y ~ x", iter(pieces([5])))
    with pytest.raises(ValueError, match="no column 'q'"):
        rs.glm("y ~ q", pieces([5]))
    with pytest.raises(ValueError, match="name of a column"):
        rs.glm("y ~ x", pieces([5]), offset=DATA["x"])
    with pytest.raises(ValueError, match="row 0 has -1"):
        batches = [{"y": [1.0, 2.0], "x": [0.0, 1.0]}, {"y": [-1.0], "x": [1.0]}]
        rs.glm("y ~ x", batches, family="poisson").fit()


# Accumulators.


def folded(parts: list[list[dict[str, Any]]], **options: Any) -> Any:
    """A fit by several workers, between which accumulators travel."""
    total = rs.Accumulator("y ~ x * g + bs(z, df=4)", family="poisson", exposure="e", **options)
    while not total.done:
        sent = total.fork().to_bytes()
        for batches in parts:
            worker = rs.Accumulator.from_bytes(sent)
            for batch in batches:
                worker.update(batch)
            total.merge(pickle.loads(pickle.dumps(worker)))
        total.advance()
    return total.result()


def test_any_division_gives_the_same_bits() -> None:
    batches = pieces([100, 1000, 1001, 2222])
    alone = folded([batches])

    order = random.Random(3)
    for cut in range(1, len(batches)):
        parts = [batches[:cut], batches[cut:]]
        order.shuffle(parts)
        divided = folded(parts)
        np.testing.assert_array_equal(divided.params, alone.params)
        np.testing.assert_array_equal(divided.cov_params(), alone.cov_params())

    expected = rs.glm("y ~ x * g + bs(z, df=4)", DATA, family="poisson", exposure="e").fit()
    assert_same_fit(alone, expected)


def test_threads_do_not_change_a_bit() -> None:
    data = sample(300_000)
    batches = [{name: column[at : at + 150_000] for name, column in data.items()} for at in (0, 150_000)]
    fits = []
    for threads in (1, 2):
        with rustsci.threads(threads):
            fits.append(rs.glm("y ~ x + g", batches, family="poisson").fit())

    np.testing.assert_array_equal(fits[0].params, fits[1].params)
    np.testing.assert_array_equal(fits[0].cov_params(), fits[1].cov_params())


def test_what_fails_adds_nothing() -> None:
    total = rs.Accumulator("y ~ x", family="poisson")
    total.update({"y": [1.0, 2.0], "x": [0.0, 1.0]})
    before = total.to_bytes()

    with pytest.raises(ValueError, match="counts"):
        total.update({"y": [3.0, -1.0], "x": [0.0, 1.0]})

    assert total.to_bytes() == before
    other = rs.Accumulator("y ~ z", family="poisson")
    with pytest.raises(ValueError, match="different models"):
        total.merge(other)
    with pytest.raises(TypeError, match="Accumulator"):
        total.merge(before)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="accumulator"):
        rs.Accumulator.from_bytes(b"nothing of the kind")
    with pytest.raises(ValueError, match="not finished"):
        total.result()
    with pytest.raises(TypeError, match="alhpa"):
        rs.Accumulator("y ~ x", alhpa=1.0)
    with pytest.raises(NotImplementedError, match="theta"):
        rs.Accumulator("y ~ x", family="negative_binomial")


@pytest.mark.skipif(not FREMTPL.exists(), reason="needs the motor insurance data beside the project")
@pytest.mark.skipif(sys.platform != "linux", reason="reads the peak of memory from /proc")
def test_a_large_file_takes_little_memory() -> None:
    pytest.importorskip("pyarrow")
    program = f"""
        import rustsci.glm as rs
        def peak():
            return int(next(line for line in open("/proc/self/status") if "VmHWM" in line).split()[1])
        before = peak()
        model = rs.glm(
            "ClaimNb ~ VehAge + log(Density) + Area + VehBrand + Region", {str(FREMTPL)!r},
            family="poisson", exposure="Exposure",
        )
        result = model.fit()
        assert result.nobs == 678_013
        print((peak() - before) // 1024)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "RUSTSCI_NUM_THREADS": "2"},
    )
    # The whole file takes more in memory; pyarrow alone takes some 70 of these megabytes.
    assert int(done.stdout) < 150
