"""The example programs: the same results on rustsci and on NumPy, and the results that are known."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.python.oracle import numpy

EXAMPLES = Path(__file__).parents[2] / "examples"

# What the literature says of these data, and what theory says of this wave.
KNOWN = {
    "wave_equation": "height in the middle  0.999994, exactly 0.999994",
    "nile": "the flow changed after 1898",
    "iris_kmeans": "sum of squared distances 78.8514",
}


def run(*command: object) -> str:
    return subprocess.run(list(map(str, command)), check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize("name", KNOWN)
def test_results_are_those_of_numpy(name: str, tmp_path: Path) -> None:
    program = EXAMPLES / f"{name}.py"

    ours = run(sys.executable, "-m", "rustsci", program, tmp_path / "ours.npz")
    theirs = run(sys.executable, program, tmp_path / "theirs.npz")

    assert KNOWN[name] in ours
    assert ours == theirs
    with numpy.load(tmp_path / "ours.npz") as our_arrays, numpy.load(tmp_path / "theirs.npz") as their_arrays:
        assert sorted(our_arrays) == sorted(their_arrays)
        for array in their_arrays:
            numpy.testing.assert_allclose(our_arrays[array], their_arrays[array], rtol=1e-9, atol=1e-12)


def test_bright_stars(tmp_path: Path) -> None:
    shown = run(sys.executable, EXAMPLES / "bright_stars.py", tmp_path)

    assert "48 stars in 37 of 192 areas of the sky" in shown
    assert "10 degrees from the belt: Rigel, Betelgeuse, Bellatrix, Alnilam, Alnitak, Saiph, Mintaka" in shown
    assert "the same when read back" in shown
    pytest.importorskip("matplotlib")
    assert (tmp_path / "bright_stars.png").read_bytes().startswith(b"\x89PNG")


def test_insurance_claims(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    shown = run(sys.executable, EXAMPLES / "insurance_claims.py", tmp_path)

    # The deviance that R has for this model.
    assert "51.42" in shown
    assert "District: chi2 14.63 on 3" in shown
    for name in ("relativities", "calibration", "influence"):
        assert (tmp_path / f"insurance_{name}.png").read_bytes().startswith(b"\x89PNG")


def test_pictures_are_drawn(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    for name in KNOWN:
        run(sys.executable, "-m", "rustsci", EXAMPLES / f"{name}.py", tmp_path / f"{name}.npz")

    run(sys.executable, EXAMPLES / "pictures.py", tmp_path)

    for name in KNOWN:
        assert (tmp_path / f"{name}.png").read_bytes().startswith(b"\x89PNG")
