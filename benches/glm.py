"""rustsci.glm beside glum: a model of 284 coefficients on motor insurance claims.

``python benches/glm.py freMTPL2freq.parquet`` prepares the columns with polars and fits the same Poisson
model by both in turn, from data frame to result. Each row of the table is measured in processes of its own:
with one thread, with two, along a path of penalties, with the covariance, in memory, and in batches.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from typing import Any

FORMULA = "y ~ VehPower + v + v2 + b + b2 + logd + Area + VehBrand + Region + crossed"
PREDICTORS = FORMULA.partition("~ ")[2].split(" + ")
FACTORS = ["Area", "VehBrand", "Region", "crossed"]
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
    data = data.with_columns(pooled.alias("crossed")).with_columns(pl.col(FACTORS).cast(pl.Categorical))
    return data.select("y", "exposure", "w", *PREDICTORS)


def our_model(data: Any) -> Any:
    import rustsci.glm as rs

    return rs.glm(FORMULA, data, family="poisson", exposure="exposure", weights="w")


def peers_data(data: Any) -> tuple[Any, Any, Any, Any]:
    """What glum takes: a pandas frame with categories, the response, the weights and the offset."""
    import numpy as np

    frame = data.to_pandas()
    for name in FACTORS:
        frame[name] = frame[name].astype(str).astype("category")
    offset = np.log(frame["exposure"].to_numpy())
    return frame[PREDICTORS], frame["y"].to_numpy(), frame["w"].to_numpy(), offset


def peer(**options: Any) -> Any:
    from glum import GeneralizedLinearRegressor

    return GeneralizedLinearRegressor(family="poisson", link="log", drop_first=True, **options)


def timed(run: Callable[[], Any]) -> tuple[Any, float, float]:
    """What a function returns, its wall time and its CPU time."""
    gc.collect()
    wall, cpu = time.perf_counter(), time.process_time()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = run()
    return found, time.perf_counter() - wall, time.process_time() - cpu


def best(runs: list[tuple[Any, float, float]]) -> dict[str, float]:
    return {"wall": min(wall for _, wall, _ in runs), "cpu": min(cpu for *_, cpu in runs)}


# What the processes measure.


def measure_fits(path: str) -> dict[str, Any]:
    """Fits by both in turn."""
    from glum import PoissonDistribution

    data = prepare(path)
    frame, y, w, offset = peers_data(data)
    ours, theirs, covered = [], [], []
    for _ in range(REPEATS):
        ours.append(timed(lambda: our_model(data).fit(compute_covariance=False)))
        covered.append(timed(lambda: our_model(data).fit().bse))
        model = peer(alpha=0.0, gradient_tol=1e-8)
        theirs.append(timed(lambda model=model: model.fit(frame, y, sample_weight=w, offset=offset)))
    mu = theirs[-1][0].predict(frame, offset=offset)
    return {
        "ours": best(ours),
        "with covariance": best(covered),
        "glum": best(theirs),
        "deviance": ours[-1][0].deviance,
        "glum's deviance": float(PoissonDistribution().deviance(y, mu, sample_weight=w)),
    }


def measure_paths(path: str) -> dict[str, Any]:
    """Elastic-net paths of 20 penalties, with the same tolerance."""
    import numpy as np

    data = prepare(path)
    frame, y, w, offset = peers_data(data)
    tolerance = 1e-4
    ours, theirs = [], []
    for _ in range(2):
        ours.append(
            timed(
                lambda: our_model(data).fit_path(
                    n_alphas=20, l1_ratio=0.5, min_alpha_ratio=1e-3, tol=tolerance
                )
            )
        )
        alphas = [float(alpha) for alpha in ours[-1][0].alphas]
        model = peer(alpha_search=True, alpha=alphas, l1_ratio=0.5, gradient_tol=tolerance)
        theirs.append(timed(lambda model=model: model.fit(frame, y, sample_weight=w, offset=offset)))
    rows = zip(ours[-1][0].coefs, theirs[-1][0].coef_path_, strict=True)
    distance = max(float(np.abs(np.asarray(row)[1:] - coef).max()) for row, coef in rows)
    return {"ours": best(ours), "glum": best(theirs), "largest difference": distance}


def memory(name: str) -> float:
    """VmRSS or VmHWM, in megabytes."""
    with open("/proc/self/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith(name)) / 1024


def reset_peak() -> None:
    with open("/proc/self/clear_refs", "w", encoding="ascii") as refs:
        refs.write("5")


def measure_memory(path: str) -> dict[str, Any]:
    """The peak of memory above the loaded data, ours only."""
    import rustsci.glm

    assert rustsci.glm
    data = prepare(path)
    gc.collect()
    reset_peak()
    loaded = memory("VmRSS")
    our_model(data).fit()
    return {"above": memory("VmHWM") - loaded, "loaded": loaded}


def measure_peers_memory(path: str) -> dict[str, Any]:
    """The same of glum, whose data are a pandas frame."""
    import glum

    assert glum
    frame, y, w, offset = peers_data(prepare(path))
    gc.collect()
    reset_peak()
    loaded = memory("VmRSS")
    peer(alpha=0.0, gradient_tol=1e-8).fit(frame, y, sample_weight=w, offset=offset)
    return {"above": memory("VmHWM") - loaded, "loaded": loaded}


def measure_streaming(path: str) -> dict[str, Any]:
    """A fit from a file in batches."""
    import rustsci.glm

    assert rustsci.glm
    before = memory("VmHWM")
    result, wall, cpu = timed(lambda: our_model(path).fit())
    above = memory("VmHWM") - before
    return {"above": above, "wall": wall, "cpu": cpu, "params": [float(b).hex() for b in result.params]}


def measure_loaded(path: str) -> dict[str, Any]:
    """The same fit in memory."""
    import polars as pl

    data = pl.read_parquet(path)
    return {"params": [float(b).hex() for b in our_model(data).fit().params]}


# The table.


def child(what: str, path: str, threads: int) -> dict[str, Any]:
    names = ("RUSTSCI_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "POLARS_MAX_THREADS")
    environment = {**os.environ, **dict.fromkeys(names, str(threads))}
    command = [sys.executable, __file__, path, what]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
    return dict(json.loads(done.stdout))


def row(what: str, figure: str, value: float, goal: float) -> bool:
    met = value <= goal
    print(f"{what:58} {figure:32} {value:9.3g}  goal {goal:<7.3g} {'met' if met else 'MISSED'}", flush=True)
    return met


def largest_step(a: list[str], b: list[str]) -> float:
    pairs = zip(map(float.fromhex, a), map(float.fromhex, b), strict=True)
    return max(abs(x - y) / max(abs(y), 1e-3) for x, y in pairs)


def main() -> None:
    if len(sys.argv) == 3:
        print(json.dumps(globals()[f"measure_{sys.argv[2]}"](sys.argv[1])))
        return
    if len(sys.argv) != 2:
        sys.exit("usage: python benches/glm.py freMTPL2freq.parquet")
    from importlib.metadata import version

    import polars

    path = sys.argv[1]
    print(f"rustsci.glm beside glum {version('glum')}: 284 coefficients, seconds, best of {REPEATS}")
    one, two = child("fits", path, 1), child("fits", path, 2)
    ours, theirs = one["ours"], one["glum"]
    figure = f"{ours['cpu']:.3f} / {theirs['cpu']:.3f}"
    met = [row("one thread: CPU time", figure, ours["cpu"] / theirs["cpu"], 0.6)]
    fastest = min(one["glum"]["wall"], two["glum"]["wall"])
    wall = two["ours"]["wall"]
    met.append(row("two threads: wall time, glum's best", f"{wall:.3f} / {fastest:.3f}", wall / fastest, 0.4))
    difference = abs(one["deviance"] / one["glum's deviance"] - 1)
    met.append(row("deviances differ", f"{one['deviance']:.8f}", difference, 1e-9))
    covered = one["with covariance"]["cpu"]
    figure = f"{covered:.3f} / {ours['cpu']:.3f}"
    met.append(row("with covariance / plain fit: CPU time", figure, covered / ours["cpu"], 1.3))
    for threads in (1, 2):
        found = child("paths", path, threads)
        ours, theirs = found["ours"], found["glum"]
        figure = f"{ours['wall']:.3f} / {theirs['wall']:.3f}"
        ratio = ours["wall"] / theirs["wall"]
        met.append(row(f"path of 20 alphas, {threads} thread(s): wall time", figure, ratio, 0.6))
    above, peers = child("memory", path, 2)["above"], child("peers_memory", path, 2)["above"]
    met.append(row("MB above the loaded data", f"glum {peers:.0f}", above, 100))
    with tempfile.TemporaryDirectory() as folder:
        written = os.path.join(folder, "prepared.parquet")
        prepare(path).cast(dict.fromkeys(FACTORS, polars.String)).write_parquet(written)
        streamed = [child("streaming", written, threads) for threads in (1, 2)]
        loaded = child("loaded", written, 2)
    figure = f"CPU {streamed[0]['cpu']:.2f} s"
    above = max(found["above"] for found in streamed)
    met.append(row("in batches from a file: MB above the import", figure, above, 150))
    distance = largest_step(streamed[0]["params"], loaded["params"])
    met.append(row("in batches: largest difference of coefficients", "relative", distance, 1e-10))
    unequal = float(streamed[0]["params"] != streamed[1]["params"])
    met.append(row("in batches: bits that two threads change", "0 or 1", unequal, 0))
    sys.exit(0 if all(met) else 1)


if __name__ == "__main__":
    main()
