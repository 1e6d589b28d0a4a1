"""Pixels of the sky beside cdshealpix, healpy and hpgeom: one process, in turns, one thread.

``python benches/healpix.py [--points 1000000] [--quick]``. Every row is the fastest peer
against rustsci's call of the same kind, on NumPy's arrays both; coverages are asked of rustsci as ranges, of
the peers as nested cells.
"""

from __future__ import annotations

import argparse
import os

os.environ.setdefault("RAYON_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import statistics
import time
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

import astropy.units as u
import cdshealpix
import healpy
import hpgeom
import numpy as np
from astropy.coordinates import Angle, Latitude, Longitude

import rustsci
from rustsci import healpix
from rustsci.healpix import healpy as our_healpy
from rustsci.healpix.regions import Cone, EllipticalCone, Polygon

Call = Callable[[], Any]


def medians(calls: dict[str, Call], rounds: int) -> dict[str, float]:
    """Seconds of each call: medians of runs in turn."""
    samples: dict[str, list[float]] = {name: [] for name in calls}
    for call in calls.values():
        call()
    for _ in range(rounds):
        for name, call in calls.items():
            start = time.process_time()
            call()
            samples[name].append(time.process_time() - start)
    return {name: statistics.median(times) for name, times in samples.items()}


def pointwise(count: int) -> list[tuple[str, float, dict[str, Call]]]:
    rng = np.random.default_rng(1)
    lon, lat = rng.random(count) * 360, np.degrees(np.arcsin(rng.random(count) * 2 - 1))
    lon_rad, lat_rad = np.radians(lon), np.radians(lat)
    theta = np.pi / 2 - lat_rad
    angles = Longitude(lon_rad * u.rad), Latitude(lat_rad * u.rad)
    rows: list[tuple[str, float, dict[str, Call]]] = []
    for depth in (12, 29):
        nside = 1 << depth
        cells = cdshealpix.lonlat_to_healpix(*angles, depth)
        signed = cells.astype(np.int64)
        ring = cdshealpix.to_ring(cells, depth)
        ring_signed = ring.astype(np.int64)

        def row(name: str, goal: float, depth: int = depth, **calls: Call) -> None:
            rows.append((f"{name}, depth {depth}", goal, calls))

        row(
            "lon/lat to nested",
            2.0,
            ours=lambda d=depth: healpix.lonlat_to_healpix(lon_rad, lat_rad, d, num_threads=1, unit="rad"),
            cdshealpix=lambda d=depth: cdshealpix.lonlat_to_healpix(*angles, d, num_threads=1),
            healpy=lambda n=nside: healpy.ang2pix(n, theta, lon_rad, nest=True),
            hpgeom=lambda n=nside: hpgeom.angle_to_pixel(n, theta, lon_rad, lonlat=False),
        )
        row(
            "nested to lon/lat",
            1.8,
            ours=lambda d=depth, c=cells: healpix.healpix_to_lonlat(c, d, num_threads=1, unit="rad"),
            cdshealpix=lambda d=depth, c=cells: cdshealpix.healpix_to_lonlat(c, d, num_threads=1),
            healpy=lambda n=nside, c=signed: healpy.pix2ang(n, c, nest=True),
            hpgeom=lambda n=nside, c=signed: hpgeom.pixel_to_angle(n, c, lonlat=False),
        )
        row(
            "nested to ring",
            2.0,
            ours=lambda d=depth, c=cells: healpix.to_ring(c, d, num_threads=1),
            cdshealpix=lambda d=depth, c=cells: cdshealpix.to_ring(c, d, num_threads=1),
            healpy=lambda n=nside, c=signed: healpy.nest2ring(n, c),
            hpgeom=lambda n=nside, c=signed: hpgeom.nest_to_ring(n, c),
        )
        row(
            "ring to nested",
            2.0,
            ours=lambda d=depth, c=ring: healpix.from_ring(c, d, num_threads=1),
            cdshealpix=lambda d=depth, c=ring: cdshealpix.from_ring(c, d, num_threads=1),
            healpy=lambda n=nside, c=ring_signed: healpy.ring2nest(n, c),
            hpgeom=lambda n=nside, c=ring_signed: hpgeom.ring_to_nest(n, c),
        )
        row(
            "neighbours",
            1.5,
            ours=lambda d=depth, c=cells: healpix.neighbours(c, d, num_threads=1),
            cdshealpix=lambda d=depth, c=cells: cdshealpix.neighbours(c, d, num_threads=1),
            healpy=lambda n=nside, c=signed: healpy.get_all_neighbours(n, c, nest=True),
            hpgeom=lambda n=nside, c=signed: hpgeom.neighbors(n, c),
        )
        row(
            "vertices",
            1.5,
            ours=lambda d=depth, c=cells: healpix.vertices(c, d, num_threads=1, unit="rad"),
            cdshealpix=lambda d=depth, c=cells: cdshealpix.vertices(c, d, num_threads=1),
            hpgeom=lambda n=nside, c=signed: hpgeom.boundaries(n, c, lonlat=False),
        )
        row(
            "bilinear weights (nested)",
            1.5,
            ours=lambda d=depth: rustsci._native._healpix_weights(lon_rad, lat_rad, 1 << d, True, False, 1),
            cdshealpix=lambda d=depth: cdshealpix.bilinear_interpolation(*angles, d, num_threads=1),
        )
        row(
            "bilinear weights (ring)",
            1.5,
            ours=lambda n=nside: our_healpy.get_interp_weights(n, theta, lon_rad),
            healpy=lambda n=nside: healpy.get_interp_weights(n, theta, lon_rad),
            hpgeom=lambda n=nside: hpgeom.get_interpolation_weights(
                n, theta, lon_rad, lonlat=False, nest=False
            ),
        )
    return rows


def coverages() -> list[tuple[str, float, dict[str, Call]]]:
    lon, lat = 83.8, -1.2
    centre = Longitude(lon * u.deg), Latitude(lat * u.deg)
    vector = healpy.ang2vec(lon, lat, lonlat=True)
    rows: list[tuple[str, float, dict[str, Call]]] = []
    for depth in (10, 12):
        nside = 1 << depth
        for radius in (1.0, 10.0):
            rows.append(
                (
                    f"cone {radius:g}°, depth {depth}",
                    1.0,
                    {
                        "ours": lambda r=radius, d=depth: Cone(lon, lat, r, unit="deg").ranges(d),
                        "cdshealpix": lambda r=radius, d=depth: cdshealpix.cone_search(*centre, r * u.deg, d),
                        "healpy": lambda r=radius, n=nside: healpy.query_disc(
                            n, vector, np.radians(r), inclusive=True, nest=True
                        ),
                        "hpgeom": lambda r=radius, n=nside: hpgeom.query_circle(
                            n, lon, lat, r, inclusive=True, nest=True
                        ),
                    },
                )
            )
        for corners in (4, 50):
            turn = np.arange(corners) / corners * 2 * np.pi
            x, y = lon + 5 * np.cos(turn), lat + 5 * np.sin(turn)
            edges = Longitude(x * u.deg), Latitude(y * u.deg)
            vectors = healpy.ang2vec(x, y, lonlat=True)
            rows.append(
                (
                    f"polygon of {corners}, depth {depth}",
                    1.0,
                    {
                        "ours": lambda x=x, y=y, d=depth: Polygon(x, y, unit="deg").ranges(d),
                        "cdshealpix": lambda e=edges, d=depth: cdshealpix.polygon_search(*e, d),
                        "healpy": lambda v=vectors, n=nside: healpy.query_polygon(
                            n, v, inclusive=True, nest=True
                        ),
                        "hpgeom": lambda x=x, y=y, n=nside: hpgeom.query_polygon(n, x, y, inclusive=True),
                    },
                )
            )
        axes = Angle(5 * u.deg), Angle(2 * u.deg), Angle(30 * u.deg)
        rows.append(
            (
                f"ellipse 5° by 2°, depth {depth}",
                1.0,
                {
                    "ours": lambda d=depth: EllipticalCone(lon, lat, 5, 2, 30, unit="deg").ranges(d),
                    "cdshealpix": lambda a=axes, d=depth: cdshealpix.elliptical_cone_search(*centre, *a, d),
                    "hpgeom": lambda n=nside: hpgeom.query_ellipse(n, lon, lat, 5, 2, 30, inclusive=True),
                },
            )
        )
    return rows


def two_threads(count: int, rounds: int) -> float:
    """How many times faster two threads are than one."""
    rng = np.random.default_rng(1)
    lon, lat = rng.random(count) * 360, np.degrees(np.arcsin(rng.random(count) * 2 - 1))
    times: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(rounds):
        for threads, samples in times.items():
            start = time.perf_counter()
            healpix.vertices(healpix.lonlat_to_healpix(lon, lat, 12, num_threads=threads, unit="deg"), 12,
                             num_threads=threads, unit="deg")  # fmt: skip
            samples.append(time.perf_counter() - start)
    return min(times[1]) / min(times[2])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=1_000_000)
    parser.add_argument("--quick", action="store_true", help="fewer rounds")
    options = parser.parse_args()
    rounds = 5 if options.quick else 15
    peers = ", ".join(f"{name} {version(name)}" for name in ("cdshealpix", "healpy", "hpgeom"))
    print(f"rustsci {rustsci.__version__} beside {peers}; one thread, CPU time, medians of {rounds} rounds")
    print(f"{'':34} {'rustsci':>10} {'peer':>10}  {'fastest peer':12} {'ratio':>6} {'goal':>5}")
    rustsci.set_num_threads(1)
    for kind, rows in (("points", pointwise(options.points)), ("coverage", coverages())):
        for name, goal, calls in rows:
            seconds = medians(calls, rounds)
            ours = seconds.pop("ours")
            peer, time_of_peer = min(seconds.items(), key=lambda item: item[1])
            scale, unit = (1e9 / options.points, "ns") if kind == "points" else (1e3, "ms")
            print(
                f"{name:34} {ours * scale:7.2f} {unit} {time_of_peer * scale:7.2f} {unit}  {peer:12} "
                f"{time_of_peer / ours:5.2f}x {goal:4.1f}x",
                flush=True,
            )
    rustsci.set_num_threads(max(2, os.cpu_count() or 1))
    print(f"two threads are {two_threads(options.points, rounds):.2f} times as fast as one (wall clock)")


if __name__ == "__main__":
    main()
