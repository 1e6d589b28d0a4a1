"""NumPy's arrays on a Rust core: ``import rustsci as np``.

Importing this module loads the native core and nothing else. The functions that are written in Python live in
modules by concept, and each is loaded when one of its names is first used.
"""

from __future__ import annotations

import numbers as _numbers

from rustsci import _native
from rustsci._exports import EXPORTS as _EXPORTS
from rustsci._exports import SUBMODULES as _SUBMODULES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# What is written in Python goes before the native function of the same name, which it is written on.
globals().update(
    {name: value for name, value in vars(_native).items() if name[0] != "_" and name not in _EXPORTS}
)

# Scalars are what Python's abstract numbers are.
_numbers.Number.register(_native.number)
_numbers.Complex.register(_native.inexact)
_numbers.Real.register(_native.floating)
_numbers.Integral.register(_native.integer)

__all__ = [name for name in (*vars(_native), *_EXPORTS) if name[0] != "_"]
__all__ = [*dict.fromkeys(__all__), "__version__"]


def __getattr__(name: str) -> Any:
    from importlib import import_module

    module = _EXPORTS.get(name)
    if module is not None:
        value = getattr(import_module(f"rustsci.{module}"), name)
    elif name in _SUBMODULES:
        return import_module(f"rustsci.{name}")
    else:
        raise AttributeError(f"module 'rustsci' has no attribute {name!r}", name=name, obj=_native)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*dict.fromkeys([*globals(), *_EXPORTS, *_SUBMODULES])]
