"""Exceptions raised by the native core, which write their message only when it is asked for.

Ufuncs try and discard many candidate operations, and an exception that is caught should not have
paid for the ``repr`` of its dtypes. These classes therefore keep the objects and format in
``__str__``. They show themselves under the name of their public base class, which is the one to
catch.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeVar

    from rustsci._native import dtype, ufunc

    _T = TypeVar("_T")

__all__: list[str] = []

_BINARY_UNITS = ("bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB")


def _shown_as_base(cls: type[_T]) -> type[_T]:
    cls.__name__ = cls.__mro__[1].__name__
    return cls


def _one_or_tuple(items: Sequence[object]) -> object:
    return items[0] if len(items) == 1 else tuple(items)


class UFuncTypeError(TypeError):
    """A ufunc cannot work with the dtypes it was given; the base of the errors below."""

    def __init__(self, ufunc: ufunc) -> None:
        self.ufunc = ufunc


@_shown_as_base
class _UFuncNoLoopError(UFuncTypeError):
    """The ufunc is not defined for these dtypes."""

    def __init__(self, ufunc: ufunc, dtypes: Sequence[object]) -> None:
        super().__init__(ufunc)
        self.dtypes = tuple(dtypes)

    def __str__(self) -> str:
        inputs = _one_or_tuple(self.dtypes[: self.ufunc.nin])
        outputs = _one_or_tuple(self.dtypes[self.ufunc.nin :])
        return (
            f"ufunc {self.ufunc.__name__!r} did not contain a loop with signature matching types "
            f"{inputs!r} -> {outputs!r}"
        )


@_shown_as_base
class _UFuncBinaryResolutionError(_UFuncNoLoopError):
    """The ufunc of two arguments is defined for each of these dtypes, not for the pair."""

    def __init__(self, ufunc: ufunc, dtypes: Sequence[object]) -> None:
        super().__init__(ufunc, dtypes)
        if len(self.dtypes) != 2:
            raise ValueError(f"expected the dtypes of two operands, got {len(self.dtypes)}")

    def __str__(self) -> str:
        left, right = self.dtypes
        return f"ufunc {self.ufunc.__name__!r} cannot use operands with types {left!r} and {right!r}"


@_shown_as_base
class _UFuncCastingError(UFuncTypeError):
    """An operand of a ufunc may not be cast under the casting rule asked for."""

    def __init__(self, ufunc: ufunc, casting: str, from_: dtype, to: dtype) -> None:
        super().__init__(ufunc)
        self.casting = casting
        self.from_ = from_
        self.to = to

    def _message(self, direction: str, index: int, count: int) -> str:
        operand = direction if count == 1 else f"{direction} {index}"
        return (
            f"Cannot cast ufunc {self.ufunc.__name__!r} {operand} from {self.from_!r} to {self.to!r} "
            f"with casting rule {self.casting!r}"
        )


@_shown_as_base
class _UFuncInputCastingError(_UFuncCastingError):
    """An input cannot be cast to what the loop takes; `i` counts the inputs."""

    def __init__(self, ufunc: ufunc, casting: str, from_: dtype, to: dtype, i: int) -> None:
        super().__init__(ufunc, casting, from_, to)
        self.in_i = i

    def __str__(self) -> str:
        return self._message("input", self.in_i, self.ufunc.nin)


@_shown_as_base
class _UFuncOutputCastingError(_UFuncCastingError):
    """A result cannot be cast to the output array given; `i` counts the operands, inputs first."""

    def __init__(self, ufunc: ufunc, casting: str, from_: dtype, to: dtype, i: int) -> None:
        super().__init__(ufunc, casting, from_, to)
        self.out_i = i

    def __str__(self) -> str:
        return self._message("output", self.out_i, self.ufunc.nout)


@_shown_as_base
class _ArrayMemoryError(MemoryError):
    """The memory of an array could not be had."""

    def __init__(self, shape: tuple[int, ...], dtype: dtype) -> None:
        self.shape = shape
        self.dtype = dtype

    @property
    def _total_size(self) -> int:
        return math.prod(self.shape, start=int(self.dtype.itemsize))

    @staticmethod
    def _size_to_string(num_bytes: int) -> str:
        """Write a number of bytes in binary units, to three digits or to the unit.

        >>> from rustsci._exceptions import _ArrayMemoryError
        >>> _ArrayMemoryError._size_to_string(10 * 1024)
        '10.0 KiB'
        """
        # The unit is chosen after rounding, so that nothing is ever written as "1024. KiB".
        power = 0
        while power < len(_BINARY_UNITS) - 1 and round(num_bytes / 1024**power) >= 1024:
            power += 1
        unit = _BINARY_UNITS[power]
        if power == 0:
            return f"{num_bytes} {unit}"
        size = num_bytes / 1024**power
        return f"{size:#.0f} {unit}" if round(size) >= 1000 else f"{size:#.3g} {unit}"

    def __str__(self) -> str:
        size = self._size_to_string(self._total_size)
        return f"Unable to allocate {size} for an array with shape {self.shape} and data type {self.dtype}"


class UnsupportedDTypeError(TypeError, NotImplementedError):
    """A dtype that NumPy has and rustsci does not have yet."""
