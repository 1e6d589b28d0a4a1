"""What stands in for a value that does not exist here, so that a test file can be collected without it."""

from __future__ import annotations

from typing import Any, NoReturn

collecting = True
"""Whether test files are being collected; what is done with a placeholder then yields another one."""


class Unavailable(BaseException):
    """A test used a value that does not exist.

    It is no Exception, so that a test which expects one does not take this for it.
    """


class Placeholder:
    """A value that does not exist, because its name is missing or what would make it has failed.

    Until the tests run, everything can be done with it and comes to nothing. In a test its use fails the
    test, or skips it when nothing of ours is missing.
    """

    _why: str
    _skips: bool

    def __init__(self, why: str, *, skips: bool = False) -> None:
        vars(self).update(_why=why, _skips=skips, __name__=why)

    def _use(self) -> Placeholder:
        if not collecting:
            self.fail()
        return self

    def fail(self) -> NoReturn:
        """Fail or skip the running test."""
        if self._skips:
            import pytest

            pytest.skip(self._why)
        raise Unavailable(self._why)

    def __repr__(self) -> str:
        return f"<{self._why}>"

    __hash__ = object.__hash__

    def __getattr__(self, name: str) -> Placeholder:
        # A missing protocol is no use: pytest, hypothesis and the interpreter ask everything for many.
        if name.startswith("__"):
            raise AttributeError(name)
        return self._use()

    def __setattr__(self, name: str, value: object) -> None:
        self._use()

    def __call__(self, *args: object, **kwargs: object) -> Placeholder:
        return self._use()

    def __getitem__(self, key: object) -> Placeholder:
        return self._use()

    def __setitem__(self, key: object, value: object) -> None:
        self._use()

    def __iter__(self) -> Any:
        # One element, so that a test over the elements exists, and fails.
        return iter([self._use()])

    def __contains__(self, item: object) -> bool:
        self._use()
        return False

    def __len__(self) -> int:
        self._use()
        return 1

    def __bool__(self) -> bool:
        self._use()
        return False

    def __index__(self) -> int:
        self._use()
        return 1

    __int__ = __index__

    def __float__(self) -> float:
        self._use()
        return 1.0

    def __complex__(self) -> complex:
        self._use()
        return 1.0 + 0.0j

    def __eq__(self, other: object) -> bool:
        self._use()
        return self is other

    def __instancecheck__(self, instance: object) -> bool:
        self._use()
        return False

    def __subclasscheck__(self, subclass: type) -> bool:
        self._use()
        return False

    def __enter__(self) -> Placeholder:
        return self._use()

    def __exit__(self, *exc_info: object) -> None:
        self._use()

    def __mro_entries__(self, bases: tuple[Any, ...]) -> tuple[type]:
        missing = self

        class Absent:
            """The base of a class that cannot be: only making an instance of it is a use."""

            def __new__(cls, *args: object, **kwargs: object) -> Any:
                return missing._use()

            def __init_subclass__(cls, **kwargs: object) -> None:
                """Take whatever the real base takes."""

        return (Absent,)


def _operation(self: Placeholder, *_: object) -> Placeholder:
    return self._use()


for _name in [
    "add",
    "sub",
    "mul",
    "matmul",
    "truediv",
    "floordiv",
    "mod",
    "divmod",
    "pow",
    "lshift",
    "rshift",
    "and",
    "or",
    "xor",
]:
    setattr(Placeholder, f"__{_name}__", _operation)
    setattr(Placeholder, f"__r{_name}__", _operation)
for _name in ["lt", "le", "gt", "ge", "neg", "pos", "abs", "invert", "round"]:
    setattr(Placeholder, f"__{_name}__", _operation)
