"""rustsci's arrays beside NumPy's: ``python benches/arrays.py [--only TEXT] [--gate]``.

Three tables. In the first both libraries run on one thread; a ratio of 2 says that rustsci takes half of
NumPy's time. The second is of elementary functions, which NumPy computes by Intel's SVML where there is
AVX-512, to four units in the last place rather than one. In the third rustsci's two threads are measured
against its own one.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import numpy
from side_by_side import Row, compare, geometric_mean, print_table

import rustsci

# What a release has to show (--gate).
LEAST_MEAN = 1.2
LEAST_ROW = 0.8
LEAST_THREADS = 1.5

SMALL = ("a + b", "a + 1.0", "a[0]", "a[1:]", "a.sum()", "np.zeros(3)", "np.array([1., 2., 3.])")
ELEMENTWISE = (
    ("add", "a + b"),
    ("multiply", "a * b"),
    ("compare", "a < b"),
    ("sqrt", "np.sqrt(a)"),
    ("astype float32", "a.astype(np.float32)"),
    ("add, out=", "np.add(a, b, out=c)"),
)
SIZES = ((1_000, "1e3"), (1_000_000, "1e6"), (10_000_000, "1e7"))
ELEMENTARY = (
    *("exp", "exp2", "expm1", "log", "log2", "log10", "log1p", "sin", "cos", "tan", "arcsin", "arccos"),
    *("arctan", "sinh", "cosh", "tanh", "arcsinh", "arccosh", "arctanh", "cbrt", "arctan2", "power"),
)
REDUCTIONS = ("sum", "mean", "std", "max")
SELECTION = (
    ("x[mask]", "x[mask]"),
    ("where(mask, x, y)", "np.where(mask, x, y)"),
    ("x[idx]", "x[idx]"),
    ("cumsum", "x.cumsum()"),
    ("transposed copy", "square.T.copy()"),
)


def vectors(np: ModuleType, size: int) -> dict[str, Any]:
    """Operands of the elementwise rows, made by the library that is to use them."""
    a = np.arange(size, dtype=np.float64) % 1000.0 + 1.0
    return {"np": np, "a": a, "b": a[::-1].copy(), "c": np.empty(size)}


def domain(np: ModuleType, name: str, dtype: str) -> dict[str, Any]:
    """Operands of an elementary function: a hundred thousand numbers that it is defined for."""
    x = (np.arange(100_000, dtype=np.float64) * 0.618034 % 1.0 + 1e-3) * 0.99
    if name not in ("arcsin", "arccos", "arctanh"):
        x = x * 9.0 + 1.0
    x = x.astype(dtype)
    return {"f": getattr(np, name), "x": x, "y": (4.5 - x).astype(dtype), "out": np.empty_like(x)}


def elementary(only: str) -> Iterator[Row]:
    """Elementary functions in both precisions."""
    for dtype in ("float64", "float32"):
        for function in ELEMENTARY:
            name = f"{function}, {dtype}"
            if only in name:
                statement = "f(x, y, out=out)" if function in ("arctan2", "power") else "f(x, out=out)"
                yield compare(
                    name, statement, domain(rustsci, function, dtype), domain(numpy, function, dtype)
                )


def matrix(np: ModuleType) -> dict[str, Any]:
    """A matrix of 1e7 elements for the reductions."""
    return {"np": np, "m": (np.arange(10_000_000, dtype=np.float64) % 1000.0).reshape(2500, 4000)}


def selections(np: ModuleType) -> dict[str, Any]:
    """A million elements with a mask of every other and an index in scattered order."""
    size = 1_000_000
    x = np.arange(size, dtype=np.float64)
    scattered = (np.arange(size, dtype=np.int64) * 7919) % size
    return {
        "np": np,
        "x": x,
        "y": -x,
        "mask": scattered % 2 == 0,
        "idx": scattered,
        "square": x.reshape(1000, 1000),
    }


def one_thread(only: str) -> Iterator[Row]:
    """The rows of the first table, measured as they are asked for."""
    ours, peer = vectors(rustsci, 3), vectors(numpy, 3)
    for statement in SMALL:
        name = f"{statement}, 3 elements"
        if only in name:
            yield compare(name, statement, ours, peer)
    for size, label in SIZES:
        ours, peer = vectors(rustsci, size), vectors(numpy, size)
        for operation, statement in ELEMENTWISE:
            name = f"{operation} {label}"
            if only in name:
                yield compare(name, statement, ours, peer)
    ours, peer = matrix(rustsci), matrix(numpy)
    for reduction in REDUCTIONS:
        for axis in (None, 0, 1):
            name = f"{reduction} 1e7, axis={axis}"
            if only in name:
                yield compare(name, f"m.{reduction}(axis={axis})", ours, peer)
    ours, peer = selections(rustsci), selections(numpy)
    for operation, statement in SELECTION:
        name = f"{operation} 1e6"
        if only in name:
            yield compare(name, statement, ours, peer)


def two_threads(only: str) -> Iterator[Row]:
    """The elementwise rows of a million elements, on two threads and on one."""
    namespace = vectors(rustsci, 1_000_000)
    for operation, statement in ELEMENTWISE:
        name = f"{operation} 1e6"
        if only in name:
            yield compare(
                name,
                statement,
                namespace,
                namespace,
                before_ours=lambda: rustsci.set_num_threads(2),
                before_peer=lambda: rustsci.set_num_threads(1),
            )


def failures(against_numpy: list[Row], threads: list[Row]) -> list[str]:
    """What the measured rows fall short of."""
    said = [
        f"{row.name}: ratio {row.ratio:.2f} < {LEAST_ROW}" for row in against_numpy if row.ratio < LEAST_ROW
    ]
    if against_numpy and (mean := geometric_mean(against_numpy)) < LEAST_MEAN:
        said.append(f"geometric mean {mean:.2f} < {LEAST_MEAN}")
    said += [
        f"{row.name}: two threads {row.ratio:.2f} < {LEAST_THREADS}"
        for row in threads
        if row.ratio < LEAST_THREADS
    ]
    return said


def main() -> int:
    """Measure, print, and with ``--gate`` fail where a figure is short of its aim."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", metavar="TEXT", help="only the rows whose name contains TEXT")
    parser.add_argument("--gate", action="store_true", help="fail where a row is short of its aim")
    options = parser.parse_args()

    python = ".".join(map(str, sys.version_info[:3]))
    rustsci.set_num_threads(1)
    print(f"rustsci {rustsci.__version__}, {rustsci.get_num_threads()} thread,", end=" ")
    print(f"beside NumPy {numpy.__version__}, 1 thread (it has no others for these rows), Python {python}")
    against_numpy = print_table(
        "One thread each. ratio = NumPy's time / ours.",
        one_thread(options.only),
        ours="rustsci",
        peer="NumPy",
    )
    print_table(
        "Elementary functions of 1e5 elements, one thread each, no gate. ratio = NumPy's time / ours.",
        elementary(options.only),
        ours="rustsci",
        peer="NumPy",
    )
    threads = print_table(
        "rustsci's two threads against its one. ratio = one / two.",
        two_threads(options.only),
        ours="2 threads",
        peer="1 thread",
    )
    if options.gate and (short := failures(against_numpy, threads)):
        print("\nshort of the aim:", *short, sep="\n  ")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
