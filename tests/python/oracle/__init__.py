"""The measures of rustsci, NumPy and others, under every interpreter.

CPython loads them. RustPython cannot, so there they stay in a process of CPython beside, and what tests get
are objects that stand for those of the other process: modules, functions, arrays and scalars, with their
attributes, operators, exceptions and warnings. Arrays of rustsci go there by value and are NumPy's own.

    from tests.python.oracle import numpy
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

__all__ = ["is_exactly", "is_subclass", "numpy", "peer", "signature", "there"]

if TYPE_CHECKING or sys.implementation.name == "cpython":
    from inspect import signature

    import numpy
    import numpy.lib.format
    import numpy.testing

    is_subclass = issubclass

    def is_exactly(value: Any, cls: Any) -> bool:
        """Whether a result is of this class and of none below it."""
        return type(value) is cls

    def there(function: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function of the tests as it runs in the process of NumPy."""
        return function

    def peer(name: str) -> Any:
        """Return a module whose results are the measure; without it, what uses it is skipped."""
        return pytest.importorskip(name, reason=f"{name} is what results are compared with")
else:
    from importlib import import_module

    from tests.python.oracle.process import start

    # By a loaded `numpy`, which is rustsci here, pytest.approx tells what is an array and may be near.
    import_module("numpy")
    _other = start()
    for _name in ("testing", "lib.format", "lib.stride_tricks", "linalg"):
        _other.module("numpy." + _name)
    numpy: Any = _other.module("numpy")
    is_subclass: Any = _other.is_subclass
    # A result for an array of the other process is an array here, and goes there as that class itself.
    is_exactly: Any = isinstance
    signature: Any = _other.signature

    def there(function: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function of the tests as it runs in the process of NumPy."""
        return getattr(_other.module(function.__module__), function.__name__)

    def peer(name: str) -> Any:
        """Return a module whose results are the measure; without it, what uses it is skipped."""
        try:
            return _other.module(name)
        except ImportError as error:
            pytest.skip(f"{name} is what results are compared with: {error}", allow_module_level=True)
