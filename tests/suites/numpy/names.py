"""The names that NumPy has, by module: ``python -m tests.suites.numpy.names OUTPUT`` writes them as JSON.

This is the only part that imports NumPy, in a process of its own. For a name of a private module it also says
under which public names the same object is found, so that a test which takes `sum` from
``numpy._core.fromnumeric`` gets ours.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import sys
import types
import warnings
from pathlib import Path
from typing import Any

SKIPPED_PARTS = {
    "__main__",
    "_configtool",
    "_pyinstaller",
    "conftest",
    "cversions",
    "distutils",
    "f2py",
    "print_coercion_tables",
    "tests",
}
# Modules of ours are asked under these names; everything else is private, whatever its name.
_PUBLIC = """
    numpy
    numpy.char numpy.ctypeslib numpy.dtypes numpy.exceptions numpy.fft numpy.lib numpy.linalg numpy.ma
    numpy.matlib numpy.polynomial numpy.random numpy.rec numpy.strings numpy.testing numpy.typing
    numpy.version
    numpy.lib.array_utils numpy.lib.format numpy.lib.introspect numpy.lib.mixins numpy.lib.npyio
    numpy.lib.recfunctions numpy.lib.scimath numpy.lib.stride_tricks numpy.lib.user_array
    numpy.ma.extras numpy.ma.mrecords
    numpy.polynomial.chebyshev numpy.polynomial.hermite numpy.polynomial.hermite_e numpy.polynomial.laguerre
    numpy.polynomial.legendre numpy.polynomial.polynomial numpy.polynomial.polyutils
    numpy.testing.overrides
"""
PUBLIC_MODULES = _PUBLIC.split()
CONSTANTS = (bool, int, float, str, types.NoneType)


def modules_of_numpy() -> dict[str, types.ModuleType]:
    """Import all modules of NumPy that a test may import."""
    import numpy

    names = ["numpy"]
    for module in pkgutil.walk_packages(numpy.__path__, "numpy.", onerror=lambda name: None):
        parts = module.name.split(".")[1:]
        if parts[0] != "core" and not SKIPPED_PARTS & set(parts):  # `numpy.core` warns and passes on
            names.append(module.name)
    modules = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in names:
            modules[name] = importlib.import_module(name)
    return modules


def collect() -> dict[str, dict[str, Any]]:
    """Return for each module and name its public names, its value if constant, or the module that it is."""
    modules = modules_of_numpy()
    public: dict[int, list[str]] = {}
    kept = []  # so that no two objects share an id
    for module_name in PUBLIC_MODULES:
        module = modules[module_name]
        for name in getattr(module, "__all__", dir(module)):
            value = _get(module, name)
            kept.append(value)
            if not isinstance(value, (*CONSTANTS, types.ModuleType)):
                public.setdefault(id(value), []).append(f"{module_name}.{name}")

    described: dict[str, dict[str, Any]] = {}
    for module_name, module in modules.items():
        described[module_name] = {}
        for name in dir(module):
            value = _get(module, name)
            if name.startswith("__") and name not in {"__all__", "__cpu_features__"}:
                continue
            if isinstance(value, types.ModuleType):
                if value.__name__ not in modules:
                    continue
                entry: Any = {"module": value.__name__}
            elif type(value) in CONSTANTS:
                entry = {"value": value}
            elif name == "__all__":
                entry = {"value": list(value)}
            else:
                entry = {"public": public.get(id(value), [])}
            described[module_name][name] = entry
    return described


def _get(module: types.ModuleType, name: str) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return getattr(module, name, None)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(collect()))
