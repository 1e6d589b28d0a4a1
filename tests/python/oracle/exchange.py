"""One of two processes that use each other's objects.

Requests and answers go through two pipes, one at a time: while a request is carried out, the other process
may ask back, as NumPy does when it is given a function or a file of the test's own. What is plain goes by
value, see `values`; all else stays where it is, and the other process has a `Remote` that stands for it.
"""

from __future__ import annotations

import importlib
import inspect
import itertools
import marshal
import struct
import warnings
from types import ModuleType
from typing import Any, BinaryIO

from tests.python.oracle import values
from tests.python.oracle.remote import RemoteClass, class_for, instance_of, operations

# The version of marshal that every Python reads.
VERSION = 2
LENGTH = struct.Struct("<I")


class Peer:
    """The end of the pipes in this process."""

    def __init__(self, reader: BinaryIO, writer: BinaryIO, arrays: ModuleType) -> None:
        self.reader, self.writer = reader, writer
        # The array library of this process: rustsci or NumPy.
        self.arrays = arrays
        # What the other process holds of ours, by the numbers it was sent with.
        self.lent: dict[int, Any] = {}
        self.numbers = itertools.count()
        self.lent_classes: dict[type, int] = {}
        # Numbers of the other's objects that nobody here holds any more.
        self.dropped: list[int] = []
        # What stands for the other's classes, by number; exceptions are real classes, by name.
        self.classes: dict[int, RemoteClass] = {}
        self.exceptions: dict[tuple[str, str], type] = {}

    def close(self) -> None:
        """Let the other process end."""
        self.writer.close()
        self.reader.close()

    # What a test asks for.

    def module(self, name: str) -> Any:
        return self.request("import", name)

    def signature(self, function: Any) -> Any:
        return self.request("signature", function)

    def is_subclass(self, cls: Any, owner: Any) -> bool:
        return self.request("is_subclass", cls, owner)

    def request(self, operation: str, *operands: Any, **keywords: Any) -> Any:
        """Have the other process do something, with its value, exception and warnings."""
        dropped, self.dropped = self.dropped, []
        self._send(("request", operation, dropped, self._encoded(operands), self._encoded(keywords)))
        while True:
            kind, *rest = self._receive()
            if kind == "request":
                self._carry_out(*rest)
                continue
            value, warned = rest
            for category, message in self._decoded(warned):
                warnings.warn_explicit(message, category, "the oracle", 1)
            if kind == "raised":
                raise self._decoded(value)
            return self._decoded(value)

    # What the other process asks for.

    def serve(self) -> None:
        """Carry out requests until there are no more."""
        while True:
            try:
                message = self._receive()
            except EOFError:
                return
            self._carry_out(*message[1:])

    def _carry_out(self, operation: str, dropped: list[int], operands: Any, keywords: Any) -> None:
        for number in dropped:
            self.lent.pop(number, None)
        kind = "returned"
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                act = getattr(self, "do_" + operation)
                value = self._encoded(act(*self._decoded(operands), **self._decoded(keywords)))
            except BaseException as error:
                kind, value = "raised", self._encoded(error)
        warned = [(warning.category, str(warning.message)) for warning in caught]
        self._send((kind, value, self._encoded(warned)))

    def do_import(self, name: str) -> Any:
        return importlib.import_module(name)

    def do_call(self, function: Any, /, *arguments: Any, **keywords: Any) -> Any:
        return function(*arguments, **keywords)

    def do_get(self, owner: Any, name: str) -> Any:
        return getattr(owner, name)

    def do_set(self, owner: Any, name: str, value: Any) -> None:
        setattr(owner, name, value)

    def do_delete(self, owner: Any, name: str) -> None:
        delattr(owner, name)

    def do_operate(self, name: str, owner: Any, *operands: Any) -> Any:
        return getattr(type(owner), name)(owner, *operands)

    def do_signature(self, function: Any) -> Any:
        return inspect.signature(function)

    def do_directory(self, owner: Any) -> list[str]:
        return dir(owner)

    def do_is_instance(self, instance: Any, owner: Any) -> bool:
        return isinstance(instance, owner)

    def do_is_subclass(self, cls: Any, owner: Any) -> bool:
        return issubclass(cls, owner)

    def do_copy(self, owner: Any) -> Any:
        """An array by value."""
        return values.Copied(owner)

    # Values and references.

    def _encoded(self, value: Any) -> Any:
        return values.encoded(value, self)

    def _decoded(self, code: Any) -> Any:
        return values.decoded(code, self)

    def lend(self, value: Any) -> tuple[Any, ...]:
        """A reference for the other process: a number, and the class."""
        number = next(self.numbers)
        self.lent[number] = value
        return number, *self.lend_class(type(value))

    def lend_class(self, cls: type) -> tuple[Any, ...]:
        """A reference to a class: a number and, the first time, what is to be known of it."""
        number = self.lent_classes.get(cls)
        if number is not None:
            return (number,)
        number = self.lent_classes[cls] = next(self.numbers)
        self.lent[number] = cls
        return number, cls.__name__, cls.__module__, operations(cls)

    def borrow(self, number: int, *cls: Any) -> Any:
        """What stands here for an object of the other process."""
        return instance_of(self.borrow_class(*cls), number)

    def borrow_class(self, number: int, *description: Any) -> Any:
        """What stands here for a class of the other process."""
        if description:
            self.classes[number] = class_for(self, number, *description)
        return self.classes[number]

    # Messages.

    def _send(self, message: Any) -> None:
        data = marshal.dumps(message, VERSION)
        self.writer.write(LENGTH.pack(len(data)) + data)
        self.writer.flush()

    def _receive(self) -> Any:
        return marshal.loads(self._read(*LENGTH.unpack(self._read(LENGTH.size))))

    def _read(self, count: int) -> bytes:
        parts = []
        while count:
            part = self.reader.read(count)
            if not part:
                raise EOFError("the other process has ended")
            parts.append(part)
            count -= len(part)
        return b"".join(parts)
