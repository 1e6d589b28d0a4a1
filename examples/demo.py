"""Run the example programs on rustsci, check them against NumPy, time both, and draw what they found.

The programs say ``import numpy as np``. ``python -m rustsci program.py`` runs them as they are, on rustsci;
where NumPy is installed, ``python program.py`` runs the same file on it.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import rustsci

HERE = Path(__file__).resolve().parent
OUTPUT = HERE / "output"
PROGRAMS = ["wave_equation", "nile", "iris_kmeans"]
ROUNDS = 5

# Times a program from its first line on, the import of the array library included: one library loads all of
# itself then, the other loads what is used when it is used.
TIMER = """
import contextlib, io, runpy, sys, time
program = sys.argv.pop(1)
with contextlib.redirect_stdout(io.StringIO()):
    start = time.perf_counter()
    runpy.run_path(program, run_name="__main__")
print(time.perf_counter() - start)
"""

PYTHON = [sys.executable]
ON_RUSTSCI = [*PYTHON, "-m", "rustsci"]
# Both on one thread: the programs are small, and what is compared is the work.
ENVIRONMENT = {**os.environ, "RUSTSCI_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def installed(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def run(command: list[str], *arguments: object) -> str:
    result = subprocess.run(
        [*command, *map(str, arguments)], env=ENVIRONMENT, stdout=subprocess.PIPE, text=True, check=True
    )
    return result.stdout


def milliseconds(command: list[str], program: Path) -> float:
    return 1000 * float(run([*command, "-c", TIMER], program))


def differences(name: str, ours: str, theirs: str) -> list[str]:
    """Say in what a program's results on rustsci and on NumPy differ."""
    found = [
        f"rustsci: {our}\nNumPy:   {their}"
        for our, their in zip(ours.splitlines(), theirs.splitlines(), strict=True)
        if our != their
    ]
    with (
        rustsci.load(OUTPUT / f"{name}.npz") as our_arrays,
        rustsci.load(OUTPUT / f"{name}.numpy.npz") as their_arrays,
    ):
        for array in their_arrays:
            if not rustsci.allclose(our_arrays[array], their_arrays[array], rtol=1e-9, atol=1e-12):
                found.append(f"the arrays {array!r} differ by more than rounding")
    return found


def main() -> int:
    OUTPUT.mkdir(exist_ok=True)
    numpy_version = installed("numpy")
    peer = f"NumPy {numpy_version}" if numpy_version else "NumPy is not installed: nothing to compare with"
    print(f"rustsci {rustsci.__version__} on Python {sys.version.split()[0]}; {peer}")
    rows: list[tuple[str, ...]] = [("program", "rustsci", "NumPy", "speed", "results")]
    failures = 0
    for name in PROGRAMS:
        program = HERE / f"{name}.py"
        print(f"\n$ python -m rustsci examples/{name}.py", flush=True)
        ours = run(ON_RUSTSCI, program, OUTPUT / f"{name}.npz")
        print(ours, end="")
        if not numpy_version:
            time = statistics.median(milliseconds(ON_RUSTSCI, program) for _ in range(ROUNDS))
            rows.append((name, f"{time:.0f} ms", "-", "-", "not compared"))
            continue
        theirs = run(PYTHON, program, OUTPUT / f"{name}.numpy.npz")
        found = differences(name, ours, theirs)
        failures += bool(found)
        print("\n".join(found), end="\n" if found else "")
        # In turns, so that what else the machine does falls on both alike.
        rounds = [(milliseconds(ON_RUSTSCI, program), milliseconds(PYTHON, program)) for _ in range(ROUNDS)]
        time, peer_time = (statistics.median(column) for column in zip(*rounds, strict=True))
        verdict = "DIFFERENT, see above" if found else "the same"
        rows.append((name, f"{time:.0f} ms", f"{peer_time:.0f} ms", f"{peer_time / time:.2f} x", verdict))

    print(f"\nThe same files on both, one thread, imports included (median of {ROUNDS} runs):\n")
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        first, *numbers, last = (
            cell.ljust(width) if place in (0, len(row) - 1) else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        print("  ", "   ".join([first, *numbers, last]).rstrip())

    print("\n$ python examples/bright_stars.py", flush=True)
    print(run(PYTHON, HERE / "bright_stars.py", OUTPUT), end="")

    print("\n$ python examples/insurance_claims.py", flush=True)
    print(run(PYTHON, HERE / "insurance_claims.py", OUTPUT), end="")

    if installed("matplotlib"):
        run(PYTHON, HERE / "pictures.py", OUTPUT)
        print("\nPictures, drawn by matplotlib from rustsci's arrays:\n")
        claims = [f"insurance_{name}" for name in ("relativities", "calibration", "influence")]
        for name in [*PROGRAMS, "bright_stars", *claims]:
            print(f"   {(OUTPUT / name).relative_to(HERE.parent)}.png")
    else:
        print("\nNo pictures: matplotlib is not installed.")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
