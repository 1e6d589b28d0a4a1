"""rustsci.glm beside glum: a model of 284 coefficients on motor insurance claims, in one process.

``python benches/glm.py freMTPL2freq.parquet`` prepares the columns with polars, then fits the same Poisson
model by both in turn, from data frame to result, and prints times, ratios and memory. Threads are taken from
RUSTSCI_NUM_THREADS and OMP_NUM_THREADS.
"""

from __future__ import annotations

import gc
import os
import statistics
import sys
import time
import warnings
from collections.abc import Callable
from typing import Any

FORMULA = "y ~ VehPower + v + v2 + b + b2 + logd + Area + VehBrand + Region + crossed"
PREDICTORS = FORMULA.partition("~ ")[2].split(" + ")
REPEATS = 5


def prepare(path: str) -> Any:
    """The columns of the model: capped numbers, and a factor crossed from age, fuel and newness."""
    import polars as pl

    data = pl.read_parquet(path).with_columns(
        y=pl.min_horizontal(pl.col("ClaimNb").cast(pl.Float64), 4.0),
        exposure=pl.min_horizontal(pl.col("Exposure").cast(pl.Float64), 1.0),
        w=(1 + pl.col("IDpol").cast(pl.Int64) % 3).cast(pl.Float64),
        VehPower=pl.min_horizontal("VehPower", 9).cast(pl.Float64),
        v=pl.min_horizontal("VehAge", 20) / 10.0,
        b=pl.min_horizontal("BonusMalus", 150) / 10.0,
        logd=pl.col("Density").cast(pl.Float64).log(),
        crossed=pl.format(
            "{}_{}_{}", pl.min_horizontal("DrivAge", 85), "VehGas", (pl.col("VehAge") == 0).cast(pl.Int8)
        ),
    )
    data = data.with_columns(v2=pl.col("v") ** 2, b2=pl.col("b") ** 2 / 10)
    claims = data.group_by("crossed").agg(pl.col("y").sum().alias("claims"))
    rare = claims.filter(pl.col("claims") < 8)["crossed"].implode()
    pooled = pl.when(pl.col("crossed").is_in(rare)).then(pl.lit("pooled")).otherwise("crossed")
    factors = ["Area", "VehBrand", "Region", "crossed"]
    data = data.with_columns(pooled.alias("crossed")).with_columns(pl.col(factors).cast(pl.Categorical))
    return data.select("y", "exposure", "w", *PREDICTORS)


def ours(data: Any) -> Callable[[], float]:
    import rustsci.glm as rs

    def fit() -> float:
        model = rs.glm(FORMULA, data, family="poisson", exposure="exposure", weights="w")
        return float(model.fit().deviance)

    return fit


def theirs(data: Any) -> Callable[[], float]:
    import numpy as np
    from glum import GeneralizedLinearRegressor, PoissonDistribution

    frame = data.to_pandas()
    for name in ("Area", "VehBrand", "Region", "crossed"):
        frame[name] = frame[name].astype(str).astype("category")
    y, w = frame["y"].to_numpy(), frame["w"].to_numpy()
    offset = np.log(frame["exposure"].to_numpy())
    predictors = frame[PREDICTORS]

    def fit() -> float:
        model = GeneralizedLinearRegressor(
            family="poisson", link="log", alpha=0.0, drop_first=True, gradient_tol=1e-8
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            model.fit(predictors, y, sample_weight=w, offset=offset)
        fit.model = model  # type: ignore[attr-defined]
        return float("nan")

    def deviance() -> float:
        mu = fit.model.predict(predictors, offset=offset)  # type: ignore[attr-defined]
        return float(PoissonDistribution().deviance(y, mu, sample_weight=w))

    fit.deviance = deviance  # type: ignore[attr-defined]
    return fit


def path_times(data: Any) -> None:
    """Time elastic-net paths of 20 penalties, with the same tolerance."""
    import numpy as np
    from glum import GeneralizedLinearRegressor

    import rustsci.glm as rs

    frame = data.to_pandas()
    for name in ("Area", "VehBrand", "Region", "crossed"):
        frame[name] = frame[name].astype(str).astype("category")
    y, w, offset = frame["y"].to_numpy(), frame["w"].to_numpy(), np.log(frame["exposure"].to_numpy())
    tolerance = 1e-4
    wall, cpu = time.perf_counter(), time.process_time()
    model = rs.glm(FORMULA, data, family="poisson", exposure="exposure", weights="w")
    path = model.fit_path(n_alphas=20, l1_ratio=0.5, min_alpha_ratio=1e-3, tol=tolerance)
    ours = time.perf_counter() - wall, time.process_time() - cpu
    wall, cpu = time.perf_counter(), time.process_time()
    peer = GeneralizedLinearRegressor(
        family="poisson",
        link="log",
        alpha_search=True,
        alpha=list(map(float, path.alphas)),
        l1_ratio=0.5,
        drop_first=True,
        gradient_tol=tolerance,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        peer.fit(frame[PREDICTORS], y, sample_weight=w, offset=offset)
    theirs = time.perf_counter() - wall, time.process_time() - cpu
    rows = zip(path.coefs, peer.coef_path_, strict=True)
    distance = max(float(np.abs(np.asarray(row)[1:] - coef).max()) for row, coef in rows)
    for name, (seconds, used) in {"rustsci": ours, "glum": theirs}.items():
        print(f"{name:8}  path of 20: cpu {used:6.3f} s  wall {seconds:6.3f} s")
    print(f"ratio     cpu {ours[1] / theirs[1]:.3f}  wall {ours[0] / theirs[0]:.3f}")
    print(f"largest difference of coefficients {distance:.1e}")


def peak() -> float:
    """The most memory that the process has had at once, in megabytes."""
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit("usage: python benches/glm.py freMTPL2freq.parquet")
    data = prepare(sys.argv[1])
    runs = {"rustsci": ours(data), "glum": theirs(data)}
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in runs}
    deviances = {}
    for _ in range(REPEATS):
        for name, run in runs.items():
            gc.collect()
            wall, cpu = time.perf_counter(), time.process_time()
            deviances[name] = run()
            times[name].append((time.perf_counter() - wall, time.process_time() - cpu))
    deviances["glum"] = runs["glum"].deviance()  # type: ignore[attr-defined]
    threads = os.environ.get("RUSTSCI_NUM_THREADS", "default"), os.environ.get("OMP_NUM_THREADS", "default")
    print(f"threads: rustsci {threads[0]}, glum {threads[1]}; medians and best of {REPEATS}")
    for name, pairs in times.items():
        wall, cpu = zip(*pairs, strict=True)
        print(
            f"{name:8}  cpu {statistics.median(cpu):6.3f} s (best {min(cpu):.3f})  "
            f"wall {statistics.median(wall):6.3f} s (best {min(wall):.3f})  deviance {deviances[name]:.8f}"
        )
    best = {name: [min(column) for column in zip(*pairs, strict=True)] for name, pairs in times.items()}
    wall_ratio, cpu_ratio = (ours / peer for ours, peer in zip(best["rustsci"], best["glum"], strict=True))
    print(f"ratio     cpu {cpu_ratio:.3f}  wall {wall_ratio:.3f}")
    difference = deviances["rustsci"] / deviances["glum"] - 1
    print(f"relative difference of deviances {difference:.2e}; peak {peak():.0f} MB")
    path_times(data)


if __name__ == "__main__":
    main()
