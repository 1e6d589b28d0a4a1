"""The comparison of two arrays that the array assertions share, and the account of where it failed."""

from __future__ import annotations

from contextlib import suppress

import rustsci as rs
from rustsci.testing.report import build_err_msg

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any

    from rustsci._types import ArrayLike

__all__ = ["assert_array_compare"]

_INDICES_SHOWN = 5


def assert_array_compare(
    comparison: Callable[[Any, Any], Any],
    x: ArrayLike,
    y: ArrayLike,
    err_msg: object = "",
    verbose: bool = True,
    header: str = "",
    precision: int = 6,
    equal_nan: bool = True,
    equal_inf: bool = True,
    *,
    strict: bool = False,
    names: Sequence[str] = ("ACTUAL", "DESIRED"),
) -> None:
    """Raise an AssertionError unless a comparison holds for all elements of two arrays.

    Parameters
    ----------
    comparison : callable
        Called with two arrays; returns an array of booleans, or one boolean for all elements.
    x, y : array_like
        The operands. Their shapes must be equal, unless one of them is a scalar.
    err_msg : object, optional
        Written into the message of a failure.
    verbose : bool, optional
        Whether the message of a failure shows the operands.
    header : str, optional
        The first line of the message: what was expected.
    precision : int, optional
        The digits after the decimal point in the message.
    equal_nan : bool, optional
        Whether NaN must be at the same positions in both, and then is not compared further.
    equal_inf : bool, optional
        The same for infinities, whose signs must agree too.
    strict : bool, optional
        Whether shapes and dtypes must be equal even if an operand is a scalar.
    names : sequence of str, optional
        What the message calls the operands.

    Raises
    ------
    AssertionError
        If the comparison fails somewhere.
    ValueError
        If the comparison itself raised one; the message holds its traceback.

    Examples
    --------
    >>> import operator
    >>> from rustsci.testing import assert_array_compare
    >>> assert_array_compare(operator.le, [1, 2, 3], 3)
    """
    __tracebackhide__ = True
    actual, desired = rs.asanyarray(x), rs.asanyarray(y)

    def message(heading: str, remark: str) -> str:
        return build_err_msg(
            [actual, desired], remark, header=heading, verbose=verbose, names=names, precision=precision
        )

    try:
        remarks = _find_difference(
            comparison, actual, desired, equal_nan=equal_nan, equal_inf=equal_inf, strict=strict, names=names
        )
    except ValueError:
        from traceback import format_exc

        raise ValueError(message(f"error during assertion:\n\n{format_exc()}\n\n{header}", str(err_msg)))
    if remarks:
        raise AssertionError(message(header, "\n".join([str(err_msg), *remarks])))


def _find_difference(
    comparison: Callable[[Any, Any], Any],
    x: Any,
    y: Any,
    *,
    equal_nan: bool,
    equal_inf: bool,
    strict: bool,
    names: Sequence[str],
) -> list[str]:
    """Return what is to be said about the first way in which the operands differ; nothing if they agree."""
    if x.shape != y.shape and (strict or (x.ndim and y.ndim)):
        return [f"(shapes {x.shape}, {y.shape} mismatch)"]
    if strict and x.dtype != y.dtype:
        return [f"(dtypes {x.dtype}, {y.dtype} mismatch)"]

    with rs.errstate(all="ignore"):
        settled = rs.asarray(False)  # where NaN or infinity has been found on both sides
        if equal_nan and (flags := _flags(rs.isnan, x, y)):
            if not _holds(flags[0] == flags[1]):
                return ["nan location mismatch:"]
            settled = _plain(flags[0], False) | _plain(flags[1], False)
        if equal_inf and (flags := _flags(rs.isinf, x, y)):
            if not (_plain(flags[0] == flags[1], True) | settled).all():
                return ["inf location mismatch:"]
            infinite = (_plain(flags[0], False) | _plain(flags[1], False)) & ~settled
            if infinite.any() and not _holds(_select(x, infinite) == _select(y, infinite)):
                return ["inf values mismatch:"]
            settled = settled | infinite

        # Without settled elements the operands go to the comparison as they came.
        open_ = ~settled if settled.any() else None
        if open_ is not None:
            if not open_.any():
                return []
            x_open, y_open = _select(x, open_), _select(y, open_)
        else:
            x_open, y_open = x, y
        outcome = comparison(x_open, y_open)
        if _holds(outcome):
            return []

        wrong = ~_plain(outcome, True)
        remarks = [_count(wrong, max(x.size, y.size))]
        if wrong.ndim:
            if open_ is not None:
                everywhere = rs.zeros(open_.shape, dtype=bool)
                everywhere[open_] = wrong
            else:
                everywhere = wrong
            remarks += _places(everywhere, x, y, names)
        # Operands that cannot be subtracted (booleans, strings) have no distance.
        with suppress(TypeError):
            remarks += _distances(wrong, x_open, y_open)
        return remarks


def _flags(probe: Callable[[Any], Any], x: Any, y: Any) -> tuple[Any, Any] | None:
    """Ask `probe` about both operands; None where their dtypes know no such value."""
    try:
        return probe(x), probe(y)
    except TypeError:
        return None


def _plain(outcome: Any, masked: bool) -> Any:
    """Return an outcome as a base-class array, with `masked` for the elements that a mask hides.

    A subclass may restrict what can be done with it; no more is asked of it than to be converted.
    """
    filled = getattr(outcome, "filled", None)
    return rs.asarray(outcome if filled is None else filled(masked), dtype=bool)


def _holds(outcome: Any) -> bool:
    """Return whether an outcome is true everywhere; a masked element equals anything."""
    return bool(_plain(outcome, True).all())


def _select(operand: Any, where: Any) -> Any:
    """Return the chosen elements; a scalar stands for all of them."""
    return operand[where] if operand.ndim else operand


def _count(wrong: Any, total: int) -> str:
    """Count the mismatches; an outcome without elements counts as one."""
    count = int(wrong.sum())
    return f"Mismatched elements: {count} / {total} ({100 * count / max(total, 1):.3g}%)"


def _places(wrong: Any, x: Any, y: Any, names: Sequence[str]) -> Iterator[str]:
    """Name the first few positions and the two values at each."""
    indices = [tuple(index) for index in rs.argwhere(wrong).tolist()]
    if len(indices) == 1:
        yield "Mismatch at index:"
    elif len(indices) <= _INDICES_SHOWN:
        yield "Mismatch at indices:"
    else:
        yield f"First {_INDICES_SHOWN} mismatches are at indices:"
    for index in indices[:_INDICES_SHOWN]:
        left, right = (operand.item(*index) if operand.ndim else operand.item() for operand in (x, y))
        yield f" {list(index)}: {left} ({names[0]}), {right} ({names[1]})"


def _distances(wrong: Any, x: Any, y: Any) -> list[str]:
    """Say how far apart the mismatching elements are, absolutely and relative to the second operand.

    Elements whose reference is zero have no relative difference and are left out, unless all are such.
    """
    distance = rs.asanyarray(abs(x - y))
    if distance.dtype.kind == "u":
        distance = rs.minimum(distance, abs(y - x))  # one of the two has wrapped around
    reference = y
    if wrong.ndim:
        distance, reference = distance[wrong], _select(y, wrong)

    nonzero = _plain(reference != 0, False)
    if nonzero.ndim:
        relative, divisor = distance[nonzero], reference[nonzero]
    else:
        relative, divisor = distance, reference
    largest = rs.asanyarray(relative / abs(divisor)).max() if nonzero.any() else rs.inf
    return [
        f"Max absolute difference among violations: {_number(distance.max())}",
        f"Max relative difference among violations: {_number(largest)}",
    ]


def _number(value: Any) -> str:
    return str(rs.array2string(rs.asarray(value)))
