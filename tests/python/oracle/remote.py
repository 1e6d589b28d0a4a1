"""Objects and classes that stand for those of another process."""

from __future__ import annotations

from typing import Any

# By these, memory is shared, which two processes cannot, or a library is told to leave a call to another.
_UNKNOWN = {
    *("__array_function__", "__array_ufunc__"),
    *("__array_interface__", "__array_struct__", "__buffer__", "__release_buffer__"),
    *("__dlpack__", "__dlpack_device__"),
}
# What an object is, rather than what it does: these are not handed on.
_LOCAL = _UNKNOWN | {
    *("__annotate__", "__annotate_func__", "__annotations__", "__array__", "__build_class__", "__class__"),
    *("__class_getitem__", "__del__", "__delattr__", "__dict__", "__dir__", "__doc__", "__firstlineno__"),
    *("__getattr__", "__getattribute__", "__getnewargs__", "__getnewargs_ex__", "__getstate__", "__init__"),
    *("__init_subclass__", "__instancecheck__", "__match_args__", "__module__", "__mro_entries__"),
    *("__name__", "__new__", "__prepare__", "__qualname__", "__reduce__", "__reduce_ex__", "__set_name__"),
    *("__setattr__", "__setstate__", "__signature__", "__sizeof__", "__slots__", "__static_attributes__"),
    *("__subclasscheck__", "__subclasses__", "__subclasshook__", "__text_signature__", "__type_params__"),
    "__weakref__",
}
# Attributes that a class here has of its own, and which are meant of the other's object.
_DESCRIPTIONS = ("__doc__", "__module__")


def operations(cls: type) -> tuple[str, ...]:
    """The operators and protocols that instances of a class have."""
    names = {
        name
        for base in cls.__mro__
        for name, value in vars(base).items()
        if name.startswith("__") and name.endswith("__") and name not in _LOCAL and callable(value)
    }
    if getattr(cls, "__hash__", None) is None:
        names.discard("__hash__")
    if hasattr(cls, "__array__"):
        names.add("__array__")
    return tuple(sorted(names))


class RemoteClass(type):
    """Stands for a class of another process; its instances stand for that one's."""

    _peer: Any
    _number: int

    def __getattr__(cls, name: str) -> Any:
        if name in _UNKNOWN:
            raise AttributeError(f"{name} means nothing in another process")
        return cls._peer.request("get", cls, name)

    def __call__(cls, *arguments: Any, **keywords: Any) -> Any:
        return cls._peer.request("call", cls, *arguments, **keywords)

    def __instancecheck__(cls, instance: Any) -> bool:
        return cls._peer.request("is_instance", instance, cls)

    def __subclasscheck__(cls, other: Any) -> bool:
        return cls._peer.request("is_subclass", other, cls)

    @property
    def __mro__(cls) -> Any:
        return cls._peer.request("get", cls, "__mro__")

    def __dir__(cls) -> list[str]:
        return cls._peer.request("directory", cls)

    def __repr__(cls) -> str:
        return f"<class '{cls.__module__}.{cls.__name__}'>"


# Tests tell apart what results are by the names of their classes.
RemoteClass.__name__ = "type"


class Remote:
    """Stands for an object of another process."""

    _peer: Any
    _number: int

    def __getattribute__(self, name: str) -> Any:
        if name in _DESCRIPTIONS:
            return _request(self, "get", self, name)
        return object.__getattribute__(self, name)

    def __getattr__(self, name: str) -> Any:
        if name in _UNKNOWN:
            raise AttributeError(f"{name} means nothing in another process")
        return _request(self, "get", self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        _request(self, "set", self, name, value)

    def __delattr__(self, name: str) -> None:
        _request(self, "delete", self, name)

    def __dir__(self) -> list[str]:
        return _request(self, "directory", self)

    def __del__(self) -> None:
        peer = object.__getattribute__(self, "_peer")
        peer.dropped.append(object.__getattribute__(self, "_number"))


def class_for(peer: Any, number: int, name: str, module: str, operations: tuple[str, ...]) -> RemoteClass:
    """A class for one of the other process, whose instances do what those can do."""
    members: dict[str, Any] = {operation: _method(operation) for operation in operations}
    if "__array__" in operations:
        members["__array__"] = _as_array
    if "__hash__" not in operations:
        members["__hash__"] = None
    cls = RemoteClass(name, (Remote,), {"__module__": module, **members})
    cls._peer, cls._number = peer, number
    return cls


def instance_of(cls: RemoteClass, number: int) -> Any:
    """The object of a class that the other process knows by a number."""
    remote = object.__new__(cls)
    object.__setattr__(remote, "_peer", cls._peer)
    object.__setattr__(remote, "_number", number)
    return remote


def number_of(remote: Remote) -> int:
    """The number by which the other process knows its own object."""
    return object.__getattribute__(remote, "_number")


def _method(operation: str) -> Any:
    if operation == "__call__":

        def call(self: Remote, /, *arguments: Any, **keywords: Any) -> Any:
            return _request(self, "call", self, *arguments, **keywords)

        return call

    def operate(self: Remote, *operands: Any) -> Any:
        return _request(self, "operate", operation, self, *operands)

    return operate


def _as_array(self: Remote, dtype: Any = None, copy: Any = None) -> Any:
    array = _request(self, "copy", self)
    return array if dtype is None else array.astype(dtype)


def _request(remote: Remote, operation: str, *operands: Any, **keywords: Any) -> Any:
    return object.__getattribute__(remote, "_peer").request(operation, *operands, **keywords)
