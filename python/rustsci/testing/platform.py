"""What this Python, this machine and this installation are like, for tests that depend on it."""

from __future__ import annotations

import sys
from functools import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

__all__ = [
    "BLAS_SUPPORTS_FPE",
    "HAS_LAPACK64",
    "HAS_REFCOUNT",
    "IS_64BIT",
    "IS_EDITABLE",
    "IS_INSTALLED",
    "IS_MUSL",
    "IS_PYPY",
    "IS_PYSTON",
    "IS_WASM",
    "NOGIL_BUILD",
    "NUMPY_ROOT",
    "check_support_sve",
    "glibc_older_than",
]

IS_WASM = sys.platform in {"emscripten", "wasi"}
IS_PYPY = sys.implementation.name == "pypy"
IS_PYSTON = hasattr(sys, "pyston_version_info")
HAS_REFCOUNT = getattr(sys, "getrefcount", None) is not None and not IS_PYSTON
IS_64BIT = sys.maxsize > 2**32

# Linear algebra is ours, not a BLAS': its indices are as wide as memory, and a floating-point error in it is
# reported like any other.
HAS_LAPACK64 = IS_64BIT
BLAS_SUPPORTS_FPE = True

IS_MUSL: bool
IS_EDITABLE: bool
IS_INSTALLED: bool
NOGIL_BUILD: bool
NUMPY_ROOT: Path


def __getattr__(name: str) -> Any:
    # These look at the file system or load much of the standard library.
    finders = {
        "IS_MUSL": _is_musl,
        "IS_EDITABLE": _is_editable,
        "IS_INSTALLED": _is_installed,
        "NOGIL_BUILD": _is_nogil_build,
        "NUMPY_ROOT": _root,
    }
    if name not in finders:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = finders[name]()
    return value


def _is_musl() -> bool:
    from sysconfig import get_config_var

    return "musl" in (get_config_var("HOST_GNU_TYPE") or "")


def _is_nogil_build() -> bool:
    from sysconfig import get_config_var

    return bool(get_config_var("Py_GIL_DISABLED"))


def _root() -> Path:
    import sys
    from pathlib import Path

    # A package that is built into the interpreter has no file: it is where the interpreter is.
    file = globals().get("__file__")
    return Path(file).parent.parent if file else Path(sys.executable).parent


def _is_installed() -> bool:
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        distribution("rustsci")
    except PackageNotFoundError:
        return False
    return True


def _is_editable() -> bool:
    import json
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        origin = distribution("rustsci").read_text("direct_url.json")
    except PackageNotFoundError:
        return False
    return bool(json.loads(origin or "{}").get("dir_info", {}).get("editable", False))


@cache
def check_support_sve() -> bool:
    """Return whether the processor has Arm's scalable vector extension, as far as Linux says.

    Examples
    --------
    >>> from rustsci.testing import check_support_sve
    >>> check_support_sve() in (True, False)
    True
    """
    try:
        with open("/proc/cpuinfo") as file:
            features = (line for line in file if line.startswith("Features"))
            return any("sve" in line.split() for line in features)
    except OSError:
        return False


def glibc_older_than(version: str) -> bool:
    """Return whether Python runs on a GNU C library older than a version; False with any other C library.

    Parameters
    ----------
    version : str
        A version such as ``"2.17"``.

    Examples
    --------
    >>> from rustsci.testing.platform import glibc_older_than
    >>> glibc_older_than("1.0")
    False
    """
    from platform import libc_ver

    library, present = libc_ver()
    if library != "glibc":
        return False
    return [int(part) for part in present.split(".")] < [int(part) for part in version.split(".")]
