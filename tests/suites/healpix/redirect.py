"""A pytest plugin: what a peer's tests import from the peer is rustsci's.

The tests are in the peer's package and import from it by relative names. So a module stands where the package
would be: it has the package's path, for the tests to be found, and rustsci's functions, for them to be
tested.
"""

from __future__ import annotations

import importlib.machinery
import os
import sys
from types import ModuleType
from typing import Any

import pytest

from rustsci import healpix
from rustsci.healpix import healpy, nested, ring, skymap


def stand_in(name: str, source: object, names: list[str], path: list[str] | None = None) -> ModuleType:
    """Make a module with names of another, and let it be imported under `name`."""
    module = ModuleType(name)
    for each in names:
        setattr(module, each, getattr(source, each))
    if path is not None:
        module.__path__ = path
    sys.modules[name] = module
    return module


def package_path(name: str) -> list[str]:
    spec = importlib.machinery.PathFinder.find_spec(name)
    if spec is None or spec.submodule_search_locations is None:
        raise pytest.UsageError(f"{name} is not installed: its tests cannot be run")
    return list(spec.submodule_search_locations)


def redirect_cdshealpix() -> None:
    package = stand_in("cdshealpix", healpix, healpix.__all__, package_path("cdshealpix"))
    for name, source in (("nested", nested), ("ring", ring), ("skymap", skymap)):
        module = stand_in(f"cdshealpix.{name}", source, source.__all__, [])
        inner = "skymap" if name == "skymap" else "healpix"
        setattr(module, inner, stand_in(f"cdshealpix.{name}.{inner}", source, source.__all__))
        setattr(package, name, module)
    # The compiled module, of which one test calls a function directly.
    from rustsci.healpix.plot import mollweide_image

    compiled = ModuleType("cdshealpix.cdshealpix")
    compiled.pixels_skymap_implicit = lambda values, size, galactic: mollweide_image(  # type: ignore[attr-defined]
        values, size, convert_to_gal=galactic
    )
    sys.modules["cdshealpix.cdshealpix"] = compiled
    package.cdshealpix = compiled  # type: ignore[attr-defined]


def redirect_healpy() -> None:
    """healpy's tests import the package by name; ours has the pixel functions."""
    for name in ("healpy", "healpy.pixelfunc", "healpy._query_disc", "healpy._pixelfunc"):
        sys.modules[name] = healpy
    healpy.pixelfunc = healpy  # type: ignore[attr-defined]


@pytest.fixture
def benchmark() -> Any:
    """Stand in for pytest-benchmark: what is to be timed is run once."""

    def run(function: Any, *args: Any, **kwargs: Any) -> Any:
        return function(*args, **kwargs)

    def pedantic(function: Any, args: Any = (), kwargs: Any = None, **_: Any) -> Any:
        return function(*args, **(kwargs or {}))

    run.pedantic = pedantic  # type: ignore[attr-defined]

    return run


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "benchmark(group): timed by a plugin that is not needed here")


{"cdshealpix": redirect_cdshealpix, "healpy": redirect_healpy}[os.environ["RUSTSCI_TESTED_PEER"]]()
