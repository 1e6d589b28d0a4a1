"""Tools for those who write array code: memory layout, axes, operators, versions.

The submodules are loaded when they are first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

    from rustsci.lib._arrayterator import Arrayterator
    from rustsci.lib._version import NumpyVersion

__all__ = [
    "Arrayterator",
    "NumpyVersion",
    "array_utils",
    "format",
    "mixins",
    "npyio",
    "scimath",
    "stride_tricks",
]

_CLASSES = {"Arrayterator": "rustsci.lib._arrayterator", "NumpyVersion": "rustsci.lib._version"}


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if name in _CLASSES:
        value = getattr(import_module(_CLASSES[name]), name)
    else:
        value = import_module(f"rustsci.lib.{name}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
