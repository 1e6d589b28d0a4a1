"""Which of NumPy's test files are run, and what NumPy itself passes of each."""

from __future__ import annotations

import csv
import os
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

NUMPY_VERSION = "2.4.6"
HERE = Path(__file__).parent
ROOT = HERE.parents[2]
BASELINE = HERE / "baseline.csv"

# What these test is not part of the API: C code of NumPy, its build, its package.
LEFT_OUT = {
    "_core/test_argparse": "argument parsing of NumPy's C functions",
    "_core/test_cpu_dispatcher": "CPU dispatch of NumPy's C code",
    "_core/test_cpu_features": "CPU dispatch of NumPy's C code",
    "_core/test_cython": "NumPy's C API",
    "_core/test_extint128": "128-bit integers of NumPy's C code",
    "_core/test_hashtable": "the hash table of NumPy's C code",
    "_core/test_limited_api": "NumPy's C API",
    "_core/test_mem_policy": "memory handlers of NumPy's C API",
    "_core/test_simd": "SIMD intrinsics of NumPy's C code",
    "_core/test_simd_module": "SIMD intrinsics of NumPy's C code",
    "random/test_extending": "NumPy's C API",
}
LEFT_OUT_FOLDERS = {
    "_pyinstaller": "a plugin for PyInstaller",
    "distutils": "building Fortran and C extensions",
    "f2py": "building Fortran extensions",
    "": "NumPy's package: its version, its scripts, its list of modules",
    "typing": "NumPy's type stubs",
}

# Where a process is told that NumPy is installed: an interpreter that serves `numpy` itself cannot find it.
NUMPY_FOLDER = "NUMPY_SUITE_FOLDER"

# The quick subset: what rustsci implements, without the files that take long.
QUICK = ("_core/", "lib/", "testing/")
SLOW = {"_core/test_stringdtype", "_core/test_strings", "_core/test_datetime"}

# The quick subset under RustPython, which takes many times as long: files that use the host in many ways.
QUICK_ELSEWHERE = {
    "_core/test_dlpack",
    "_core/test_errstate",
    "_core/test_half",
    "_core/test_indexing",
    "_core/test_overrides",
    "_core/test_print",
    "_core/test_scalar_methods",
    "_core/test_shape_base",
    "_core/test_umath_complex",
    "lib/test_index_tricks",
    "lib/test_shape_base",
    "lib/test_stride_tricks",
    "lib/test_twodim_base",
    "lib/test_type_check",
}


@dataclass(frozen=True)
class SuiteFile:
    """A test file of NumPy, and how much of it NumPy passes."""

    name: str
    cases: int
    functions: int

    @property
    def module(self) -> str:
        folder, stem = self.name.split("/")
        return f"numpy.{folder}.tests.{stem}"

    @property
    def path(self) -> Path:
        folder, stem = self.name.split("/")
        return numpy_folder() / folder / "tests" / f"{stem}.py"


@cache
def numpy_folder() -> Path:
    """Return where NumPy is installed, without importing it."""
    if told := os.environ.get(NUMPY_FOLDER):
        return Path(told)
    spec = find_spec("numpy")
    if spec is None or spec.origin is None:
        raise SystemExit(f"NumPy's tests come from its wheel: install numpy=={NUMPY_VERSION}")
    folder = Path(spec.origin).parent
    if not any(folder.parent.glob(f"numpy-{NUMPY_VERSION}.dist-info")):
        raise SystemExit(f"these figures are for the tests of numpy=={NUMPY_VERSION}: install that version")
    return folder


def all_files() -> list[SuiteFile]:
    """Return the test files that are run, in the order of the baseline."""
    with BASELINE.open() as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return [SuiteFile(row["file"], int(row["cases"]), int(row["functions"])) for row in rows]


def quick(*, elsewhere: bool = False) -> list[SuiteFile]:
    """Return the files of the quick subset; `elsewhere`, that for another interpreter."""
    if elsewhere:
        return [file for file in all_files() if file.name in QUICK_ELSEWHERE]
    return [file for file in all_files() if file.name.startswith(QUICK) and file.name not in SLOW]


def choose(names: list[str]) -> list[SuiteFile]:
    """Return the files that have one of the names: ``_core/test_umath``, ``test_umath`` or ``_core``."""
    files = all_files()
    if not names:
        return files
    chosen = [file for file in files if {file.name, *file.name.split("/")} & set(names)]
    unknown = [name for name in names if not any(name in {f.name, *f.name.split("/")} for f in files)]
    if unknown:
        raise SystemExit(f"no such test file: {', '.join(unknown)}")
    return chosen
