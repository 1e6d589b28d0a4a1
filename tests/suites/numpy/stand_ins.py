"""Names of NumPy's private modules for which ours is called otherwise, or is no part of the API."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from types import SimpleNamespace
from typing import Any

from tests.suites.numpy import test_data

# NumPy's name: our module and name.
OURS = {
    "numpy._NoValue": "_no_value._NoValue",
    "numpy._globals._NoValue": "_no_value._NoValue",
    "numpy._core.overrides._get_implementing_args": "overrides.implementing_args",
    "numpy._core.shape_base._block_dispatcher": "joining._leaves",
    "numpy.lib._nanfunctions_impl._replace_nan": "nanfunctions._replace_nan",
    "numpy.testing._assert_valid_refcount": "testing.refcount.assert_valid_refcount",
    "numpy.testing._gen_alignment_data": "testing.operands.alignment_data",
    "numpy.testing._private.utils._assert_valid_refcount": "testing.refcount.assert_valid_refcount",
    "numpy.testing._private.utils._gen_alignment_data": "testing.operands.alignment_data",
    "numpy.testing._private.utils._get_mem_available": "testing.resources.available_memory",
    "numpy.testing._private.utils._glibc_older_than": "testing.platform.glibc_older_than",
    "numpy.testing._private.utils._no_tracing": "testing.refcount.no_tracing",
    "numpy.testing._private.utils._parse_size": "testing.resources.parse_size",
    "numpy.testing._private.utils.check_free_memory": "testing.resources.check_free_memory",
    "numpy.testing._private.utils.nulp_diff": "testing.ulp.nulp_diff",
    "numpy.testing._private.utils.requires_memory": "testing.resources.requires_memory",
}

# NumPy's assertions on masked arrays serve many tests that have none: to them they are the ordinary ones.
WITHOUT_MASKS = {
    f"numpy.ma.testutils.{name}": f"testing.{name}"
    for name in ("assert_", "assert_almost_equal", "assert_array_equal", "assert_equal", "assert_raises")
}

# Tests that filter warnings by module do so by its file: that of the function they have in mind.
FILES = {"numpy.lib._shape_base_impl": "apply_along_axis"}

# Private modules whose names are looked for in modules of ours before they count as missing.
MODULES = {
    "numpy._core._exceptions": ["_exceptions", "exceptions"],
    "numpy._core.overrides": ["overrides"],
    "numpy.lib._function_base_impl": ["_native"],
    "numpy.lib._stride_tricks_impl": ["stride_tricks"],
}


def find(library: str, name: str) -> Any:
    """Return what stands for a private name of NumPy; an AttributeError if nothing does."""
    if name in HELPERS:
        return HELPERS[name](library)
    if name in OURS:
        return _look_up(f"{library}.{OURS[name]}")
    if name in WITHOUT_MASKS:
        return _look_up(f"{library}.{WITHOUT_MASKS[name]}")
    module, _, last = name.rpartition(".")
    if module == "numpy.random" and draws_test_data and last in _drawing(library):
        return _drawing(library)[last]
    for ours in MODULES.get(module, []):
        try:
            return _look_up(f"{library}.{ours}.{last}")
        except AttributeError:
            continue
    raise AttributeError(name)


# Whether tests may draw their data from a stand-in for `numpy.random`: those of `random` itself may not.
draws_test_data = True


@cache
def _drawing(library: str) -> dict[str, Any]:
    return test_data.names(library)


def _look_up(path: str) -> Any:
    module, _, name = path.rpartition(".")
    try:
        return getattr(import_module(module), name)
    except ImportError as error:
        raise AttributeError(path) from error


def _sctypes(library: str) -> dict[str, list[type]]:
    """Return the scalar types by kind, those that there are."""
    ours = import_module(library)
    names = {
        "int": ["int8", "int16", "int32", "int64"],
        "uint": ["uint8", "uint16", "uint32", "uint64"],
        "float": ["float16", "float32", "float64"],
        "complex": ["complex64", "complex128"],
        "others": ["bool", "object_", "bytes_", "str_", "void"],
    }
    return {
        kind: [vars(ours).get(n) or getattr(ours, n) for n in group if hasattr(ours, n)]
        for kind, group in names.items()
    }


def _as_bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else str(text).encode("latin1")


def _as_text(text: str | bytes) -> str:
    return text.decode("latin1") if isinstance(text, bytes) else str(text)


def _array_function_dispatch(library: str) -> Callable[..., Any]:
    """Return NumPy's decorator; without a dispatcher it is the one for `like=`."""
    overrides = import_module(f"{library}.overrides")

    def array_function_dispatch(
        dispatcher: Callable[..., Any] | None = None, module: str | None = None, verify: bool = True
    ) -> Callable[..., Any]:
        def decorate(implementation: Callable[..., Any]) -> Callable[..., Any]:
            if dispatcher is None:
                return overrides.array_function_like(implementation)
            named = module or implementation.__module__
            return overrides.array_function(module=named, dispatcher=dispatcher)(implementation)

        return decorate

    return array_function_dispatch


def _broadcast_shape(library: str) -> Callable[..., tuple[int, ...]]:
    """Return the function of arrays that is, in public, one of their shapes."""
    ours = import_module(library)
    return lambda *arrays: ours.broadcast_shapes(*map(ours.shape, arrays))


def _parse_gufunc_signature(library: str) -> Callable[[str], tuple[Any, Any]]:
    """Return the reader of signatures, which gives the inputs' axes and the outputs'."""
    reader = import_module(f"{library}.core_dimensions").CoreDimensions

    def parse(signature: str) -> tuple[Any, Any]:
        core = reader.parse(signature)
        return core.inputs, core.outputs

    return parse


class _Interface:
    """An object that is an array by its ``__array_interface__`` alone, and keeps the owner of the memory."""

    def __init__(self, interface: dict[str, Any], base: object = None) -> None:
        self.__array_interface__ = interface
        self.base = base


# What `copy=` takes in public.
_COPY_MODE = SimpleNamespace(ALWAYS=True, IF_NEEDED=None, NEVER=False)

# Small helpers and tables that tests take from NumPy.
HELPERS: dict[str, Callable[[str], Any]] = {
    "numpy._CopyMode": lambda library: _COPY_MODE,
    "numpy._globals._CopyMode": lambda library: _COPY_MODE,
    "numpy._core.sctypes": _sctypes,
    "numpy._core.numerictypes.sctypes": _sctypes,
    "numpy._core._type_aliases.sctypes": _sctypes,
    "numpy._core._multiarray_umath.__cpu_features__": lambda library: {},
    "numpy._core.overrides.array_function_dispatch": _array_function_dispatch,
    "numpy.lib._function_base_impl._parse_gufunc_signature": _parse_gufunc_signature,
    "numpy.lib._stride_tricks_impl.DummyArray": lambda library: _Interface,
    "numpy.lib._stride_tricks_impl._broadcast_shape": _broadcast_shape,
    "numpy._utils.asbytes": lambda library: _as_bytes,
    "numpy._utils.asunicode": lambda library: _as_text,
}
