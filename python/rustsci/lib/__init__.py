"""Tools for those who write array code: memory layout, axes, operators, versions.

The submodules are loaded when they are first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

    from rustsci.lib._version import NumpyVersion

__all__ = [
    "NumpyVersion",
    "array_utils",
    "format",
    "mixins",
    "npyio",
    "scimath",
    "stride_tricks",
]


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name == "NumpyVersion":
        value = import_module("rustsci.lib._version").NumpyVersion
    elif name in __all__:
        value = import_module(f"rustsci.lib.{name}")
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
