"""`_NoValue`: the default of arguments for which None has a meaning of its own."""

from __future__ import annotations

__all__: list[str] = []


class _NoValueType:
    """The type of `_NoValue`; there is one instance, which copying and pickling preserve."""

    __slots__ = ()

    _instance: _NoValueType | None = None

    def __new__(cls) -> _NoValueType:
        if cls._instance is None:
            cls._instance = super().__new__(cls)
        return cls._instance

    def __repr__(self) -> str:
        return "<no value>"

    def __reduce__(self) -> str:
        return "_NoValue"


_NoValue = _NoValueType()
