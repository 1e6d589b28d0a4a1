"""Assertions, warning filters and other tools for testing code that computes with arrays.

Every public name is loaded with the module that defines it when it is first used, so that importing this
package brings in neither `unittest` nor `doctest`.
"""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

verbose = 0
"""How much the tests print, for test programs that ask."""

_NAMES_BY_MODULE = {
    "assertion": "assert_ assert_raises assert_raises_regex assert_string_equal IgnoreException"
    " KnownFailureException SkipTest TestCase",
    "comparison": "assert_array_compare",
    "tolerance": "assert_allclose assert_almost_equal assert_approx_equal assert_array_almost_equal",
    "equality": "assert_array_equal assert_equal print_assert_equal",
    "execution": "decorate_methods measure run_threaded rundocs runstring",
    "garbage": "assert_no_gc_cycles break_cycles",
    "order": "assert_array_less",
    "platform": "BLAS_SUPPORTS_FPE HAS_LAPACK64 HAS_REFCOUNT IS_64BIT IS_EDITABLE IS_INSTALLED IS_MUSL"
    " IS_PYPY IS_PYSTON IS_WASM NOGIL_BUILD NUMPY_ROOT check_support_sve",
    "report": "build_err_msg",
    "resources": "jiffies memusage",
    "temporary": "tempdir temppath",
    "ulp": "assert_array_almost_equal_nulp assert_array_max_ulp",
    "warnings": "assert_no_warnings assert_warns clear_and_catch_warnings suppress_warnings",
}
_MODULE_OF = {name: module for module, names in _NAMES_BY_MODULE.items() for name in names.split()}

__all__ = [*sorted(_MODULE_OF), "overrides", "verbose"]


def __getattr__(name: str) -> Any:
    if name == "overrides":
        return import_module(f"{__name__}.overrides")
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
