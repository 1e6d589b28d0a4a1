"""cdshealpix's own tests, from its wheel."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytest.importorskip("cdshealpix", reason="the tests are in cdshealpix's wheel")
pytest.importorskip("astropy_healpix", reason="cdshealpix's tests import it")


def test_as_many_pass_as_are_known_to():
    result = subprocess.run([sys.executable, "-m", "tests.suites.healpix", "cdshealpix"], check=False)
    assert result.returncode == 0
