"""The text of a failed comparison."""

from __future__ import annotations

from functools import partial

import rustsci as rs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

__all__ = ["build_err_msg"]

_LINE_WIDTH = 79
_LINES_PER_OPERAND = 3


def build_err_msg(
    arrays: Sequence[Any],
    err_msg: object,
    header: str = "Items are not equal:",
    verbose: bool = True,
    names: Sequence[str] = ("ACTUAL", "DESIRED"),
    precision: int | None = 8,
) -> str:
    """Write the message of a failed comparison.

    Parameters
    ----------
    arrays : sequence
        The operands of the comparison.
    err_msg : object
        What the caller has to say; a short text goes on the line of the header.
    header : str, optional
        What was expected of the operands.
    verbose : bool, optional
        Whether the operands are shown.
    names : sequence of str, optional
        What the operands are called, in their order.
    precision : int, optional
        The digits after the decimal point with which arrays are shown.

    Returns
    -------
    str
        The message, which begins with a newline.

    Examples
    --------
    >>> from rustsci.testing import build_err_msg
    >>> print(build_err_msg([1, 2], "after the update"))
    <BLANKLINE>
    Items are not equal: after the update
     ACTUAL: 1
     DESIRED: 2
    """
    lines = [f"\n{header}"]
    remark = str(err_msg)
    if "\n" not in remark and len(remark) < _LINE_WIDTH - len(header):
        lines[0] += f" {remark}" if remark else ""
    else:
        lines.append(remark)
    if verbose:
        lines += [f" {names[index]}: {_shown(operand, precision)}" for index, operand in enumerate(arrays)]
    return "\n".join(lines)


def _shown(operand: Any, precision: int | None) -> str:
    show: Callable[[Any], str] = repr
    if isinstance(operand, rs.ndarray):
        show = partial(rs.array_repr, precision=precision)
    try:
        text = show(operand)
    except Exception as error:  # a broken repr must not hide the failed comparison
        return f"[repr failed for <{type(operand).__name__}>: {error}]"
    lines = text.split("\n")
    if len(lines) <= _LINES_PER_OPERAND + 1:
        return text
    return "\n".join(lines[:_LINES_PER_OPERAND]) + "..."
