"""What goes from one process to the other by value, in a form that every version of marshal can write.

Plain objects are themselves; whatever else is a tuple that begins with its kind.
"""

from __future__ import annotations

import importlib
import os
import pickle
import sys
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from types import ModuleType
from typing import Any

from tests.python.oracle.remote import Remote, RemoteClass, number_of

_PLAIN = (type(None), bool, int, float, complex, str, bytes)
_CONTAINERS: dict[type, str] = {tuple: "tuple", list: "list", set: "set", frozenset: "frozenset"}
_MAKERS: dict[str, type] = {name: cls for cls, name in _CONTAINERS.items()}
_PICKLED = (Decimal, Fraction, os.PathLike)
_SINGLETONS = {"...": ..., "NotImplemented": NotImplemented}
# The array libraries of the two processes: a name in one is the same name in the other.
_LIBRARIES = ("rustsci", "numpy")


@dataclass
class Copied:
    """An array or scalar that is to go by value, though it would stay where it is."""

    array: Any


def encoded(value: Any, peer: Any) -> Any:
    """What marshal can write of a value."""
    cls = type(value)
    if cls in _PLAIN:
        return value
    if cls in _CONTAINERS:
        return _CONTAINERS[cls], *(encoded(item, peer) for item in value)
    if cls is dict:
        return "dict", *((encoded(key, peer), encoded(item, peer)) for key, item in value.items())
    if cls is slice:
        return "slice", *(encoded(part, peer) for part in (value.start, value.stop, value.step))
    if cls is bytearray:
        return "bytearray", bytes(value)
    for name, singleton in _SINGLETONS.items():
        if value is singleton:
            return "singleton", name
    if issubclass(cls, Remote):
        return "yours", number_of(value)
    if cls is RemoteClass:
        return "yours", value._number
    if isinstance(value, str):
        # NumPy's text; what it is beyond that does not matter.
        return str(value)
    if isinstance(value, BaseException):
        return "exception", _class_of_exception(cls), str(value), encoded(_plain(value.args), peer)
    if isinstance(value, type) and issubclass(value, BaseException):
        return "exception class", _class_of_exception(value)
    if isinstance(value, _PICKLED) and not hasattr(value, "write"):
        return "pickled", pickle.dumps(value, 2)
    if isinstance(value, Copied):
        return _array(value.array, peer.arrays)
    if not isinstance(value, ModuleType):
        named = _named(value, peer.arrays)
        if named is not None:
            return named
    if peer.arrays.__name__ != "numpy":
        if isinstance(value, (peer.arrays.ndarray, peer.arrays.generic)):
            return _array(value, peer.arrays)
        if isinstance(value, peer.arrays.dtype):
            return "dtype", value.str
    if isinstance(value, type):
        return "my class", *peer.lend_class(value)
    return "mine", *peer.lend(value)


def decoded(code: Any, peer: Any) -> Any:
    """The value of what `encoded` made."""
    if type(code) is not tuple:
        return code
    kind, *parts = code
    if kind in _MAKERS:
        return _MAKERS[kind](decoded(part, peer) for part in parts)
    return _DECODERS[kind](peer, *parts)


def _plain(arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    """Arguments of an exception that mean the same in both processes."""
    return tuple(argument if type(argument) in _PLAIN else str(argument) for argument in arguments)


def _class_of_exception(cls: type) -> tuple[Any, ...]:
    """The name of a class and, unless it is Python's, its bases."""
    name = cls.__name__, cls.__module__
    if cls.__module__.partition(".")[0] in sys.stdlib_module_names:
        return name
    return *name, *(_class_of_exception(base) for base in cls.__bases__ if issubclass(base, BaseException))


def _exception_class(peer: Any, code: tuple[Any, ...]) -> Any:
    name, module, *bases = code
    if not bases:
        return _found(module, name)
    if module.partition(".")[0] in _LIBRARIES and peer.arrays.__name__ == "numpy":
        known = getattr(peer.arrays.exceptions, name, None) or getattr(peer.arrays.linalg, name, None)
        if known is not None:
            return known
    cls = peer.exceptions.get((name, module))
    if cls is None:
        made = tuple(_exception_class(peer, base) for base in bases)
        members = {"__module__": module, "__init__": _init}
        cls = peer.exceptions[name, module] = type(name, made, members)
    return cls


def _init(self: Any, *arguments: Any) -> None:
    """Whatever the class's own asks for is not known here."""
    self.args = arguments


def _exception(peer: Any, cls: Any, text: str, arguments: Any) -> BaseException:
    made = _exception_class(peer, cls)
    try:
        error = made(*decoded(arguments, peer))
    except Exception:
        error = made(text)
    if str(error) != text:
        error = made(text)
    return error


def _named(value: Any, arrays: ModuleType) -> Any:
    """What both processes have by one name: classes and functions of Python and of the array libraries."""
    name = getattr(value, "__qualname__", None) or getattr(value, "__name__", None)
    module = getattr(value, "__module__", None)
    if not isinstance(name, str) or not (callable(value) or isinstance(value, type)):
        return None
    if isinstance(value, type) or type(value).__name__ in {"function", "builtin_function_or_method", "ufunc"}:
        root = (module or "").partition(".")[0]
        # What is beside NumPy stays there, be it Python's: versions of Python differ.
        here = root in sys.stdlib_module_names and (root == "builtins" or arrays.__name__ != "numpy")
        if here and _found(module, name) is value:
            return "named", module, name
        if arrays.__name__ != "numpy" and (root in _LIBRARIES or type(value).__name__ == "ufunc"):
            found = getattr(arrays, name, None)
            if found is value:
                return "named", "numpy", name
    return None


def _found(module: Any, name: str) -> Any:
    try:
        found = importlib.import_module(module)
        for part in name.split("."):
            found = getattr(found, part)
    except (ImportError, AttributeError):
        return None
    return found


def _array(value: Any, arrays: ModuleType) -> tuple[Any, ...]:
    scalar = not isinstance(value, arrays.ndarray)
    array = arrays.asarray(value)
    order = "F" if array.flags.f_contiguous and not array.flags.c_contiguous else "C"
    return "array", array.dtype.str, tuple(array.shape), order, scalar, array.tobytes(order)


def _made_array(peer: Any, dtype: str, shape: tuple[int, ...], order: str, scalar: bool, data: bytes) -> Any:
    flat = peer.arrays.frombuffer(bytearray(data), dtype=dtype) if data else peer.arrays.empty(0, dtype=dtype)
    array = flat.reshape(shape, order=order)
    return array[()] if scalar else array


_DECODERS: dict[str, Any] = {
    "dict": lambda peer, *items: {decoded(key, peer): decoded(item, peer) for key, item in items},
    "slice": lambda peer, *parts: slice(*(decoded(part, peer) for part in parts)),
    "bytearray": lambda peer, data: bytearray(data),
    "singleton": lambda peer, name: _SINGLETONS[name],
    "yours": lambda peer, number: peer.lent[number],
    "mine": lambda peer, *reference: peer.borrow(*reference),
    "my class": lambda peer, *reference: peer.borrow_class(*reference),
    "exception": _exception,
    "exception class": _exception_class,
    "pickled": lambda peer, data: pickle.loads(data),
    "named": lambda peer, module, name: _found(module, name),
    "array": _made_array,
    "dtype": lambda peer, text: peer.arrays.dtype(text),
}
