"""Lists everything that tells two outcomes of one program apart."""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.python.differential.execute import Outcome
from tests.python.differential.program import Program
from tests.python.differential.tolerance import Tolerance
from tests.python.oracle import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Difference:
    """One aspect in which the outcomes differ.

    ``aspect`` is one of: exception, warnings, names, type, dtype, shape, strides, writeable, sharing, value.
    """

    aspect: str
    where: str
    theirs: str
    ours: str

    def __str__(self) -> str:
        return f"{self.aspect} of {self.where}: NumPy {self.theirs}, rustsci {self.ours}"


def compare(program: Program, ours: Outcome, theirs: Outcome) -> list[Difference]:
    """Everything that differs and that NumPy specifies for this program."""
    with warnings.catch_warnings(action="ignore"):  # looking at some arrays warns
        found = list(_differences(program, ours, theirs))
    return [difference for difference in found if difference.aspect not in program.unspecified]


def _differences(program: Program, ours: Outcome, theirs: Outcome) -> Iterator[Difference]:
    if _public_type(ours.error) != _public_type(theirs.error):
        yield Difference(
            "exception", "the program", _describe_error(theirs.error), _describe_error(ours.error)
        )
    if theirs.error is not None or ours.error is not None:
        return  # how much of an output had been written by then is open
    if _kinds(ours) != _kinds(theirs):
        yield Difference("warnings", "the program", str(_kinds(theirs)), str(_kinds(ours)))
    if ours.variables.keys() != theirs.variables.keys():
        yield Difference("names", "the program", str([*theirs.variables]), str([*ours.variables]))
        return
    for name, value in theirs.variables.items():
        yield from _compare_values(name, ours.variables[name], value, program.tolerance)
    yield from _compare_sharing(ours.variables, theirs.variables)


def _public_type(error: BaseException | None) -> str | None:
    """The nearest class a user can name: NumPy raises private subclasses of TypeError in places."""
    if error is None:
        return None
    names = (cls.__name__ for cls in type(error).__mro__)
    return next(name for name in names if not name.startswith("_") and name != "UFuncTypeError")


def _describe_error(error: BaseException | None) -> str:
    return "raises nothing" if error is None else f"raises {type(error).__name__}: {error}"


def _kinds(outcome: Outcome) -> set[tuple[str, str]]:
    """Warnings by category and, of floating-point errors, the kind; which function they name is left open."""
    return {
        (category.__name__, message.partition(" encountered")[0] if " encountered" in message else "")
        for category, message in outcome.warnings
    }


def _compare_values(where: str, ours: Any, theirs: Any, tolerance: Tolerance) -> Iterator[Difference]:
    if type(ours).__name__ != type(theirs).__name__ and not (_is_dtype(ours) and _is_dtype(theirs)):
        yield Difference("type", where, type(theirs).__name__, type(ours).__name__)
    elif isinstance(theirs, (tuple, list)):
        if len(ours) != len(theirs):
            yield Difference("shape", f"len({where})", str(len(theirs)), str(len(ours)))
            return
        for position, (one, other) in enumerate(zip(ours, theirs, strict=True)):
            yield from _compare_values(f"{where}[{position}]", one, other, tolerance)
    elif isinstance(theirs, (np.ndarray, np.generic)):
        yield from _compare_arrays(where, ours, theirs, tolerance)
    elif _is_dtype(theirs):
        if ours.str != theirs.str:
            yield Difference("value", where, theirs.str, ours.str)
    elif isinstance(theirs, (float, complex)):
        if not tolerance.accepts(np.asarray(ours), np.asarray(theirs)):
            yield Difference("value", where, repr(theirs), repr(ours))
    elif isinstance(theirs, type):
        if ours.__name__ != theirs.__name__:
            yield Difference("value", where, theirs.__name__, ours.__name__)
    elif isinstance(theirs, (bool, int, str, bytes, bytearray, type(None), slice)) and ours != theirs:
        yield Difference("value", where, repr(theirs), repr(ours))


def _is_dtype(value: Any) -> bool:
    return hasattr(value, "newbyteorder")


def _compare_arrays(where: str, ours: Any, theirs: Any, tolerance: Tolerance) -> Iterator[Difference]:
    if ours.dtype.str != theirs.dtype.str:
        yield Difference("dtype", where, str(theirs.dtype), str(ours.dtype))
        return
    if ours.shape != theirs.shape:
        yield Difference("shape", where, str(theirs.shape), str(ours.shape))
        return
    if isinstance(theirs, np.ndarray):
        if _significant_strides(ours) != _significant_strides(theirs):
            yield Difference("strides", where, str(theirs.strides), str(ours.strides))
        if ours.flags.writeable != theirs.flags.writeable:
            yield Difference("writeable", where, str(theirs.flags.writeable), str(ours.flags.writeable))
    mine = np.frombuffer(ours.tobytes(), theirs.dtype).reshape(theirs.shape)
    if theirs.dtype.kind in "fc":
        agree = tolerance.accepts(mine, theirs)
    else:
        agree = bool(np.array_equal(mine, theirs))
    if not agree:
        yield Difference("value", where, *_first_disagreement(mine, np.asarray(theirs)))


def _significant_strides(array: Any) -> tuple[int, ...]:
    """Strides of the axes along which there is anywhere to step."""
    if math.prod(array.shape) == 0:
        return ()
    return tuple(stride for stride, length in zip(array.strides, array.shape, strict=True) if length > 1)


def _first_disagreement(ours: NDArray[Any], theirs: NDArray[Any]) -> tuple[str, str]:
    if theirs.size <= 12:
        return str(theirs.tolist()), str(ours.tolist())
    unequal = np.flatnonzero((ours != theirs) & ~((ours != ours) & (theirs != theirs)))
    place = int(unequal[0]) if unequal.size else 0
    return tuple(f"{array.reshape(-1)[place]!r} at {place}" for array in (theirs, ours))


def _compare_sharing(ours: dict[str, Any], theirs: dict[str, Any]) -> Iterator[Difference]:
    """Which variables look into the same memory, judged by the extent of their bytes."""
    names = [name for name, value in theirs.items() if isinstance(value, np.ndarray) and value.size]
    for position, first in enumerate(names):
        for second in names[:position]:
            expected = _overlap(theirs[first], theirs[second])
            if _overlap(ours[first], ours[second]) != expected:
                yield Difference("sharing", f"{second} and {first}", str(expected), str(not expected))


def _overlap(first: Any, second: Any) -> bool:
    (low, high), (other_low, other_high) = _extent(first), _extent(second)
    return low < other_high and other_low < high


def _extent(array: Any) -> tuple[int, int]:
    low = high = array.ctypes.data
    for stride, length in zip(array.strides, array.shape, strict=True):
        low += min(0, stride * (length - 1))
        high += max(0, stride * (length - 1))
    return low, high + array.itemsize
