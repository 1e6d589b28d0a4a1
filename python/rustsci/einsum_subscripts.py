"""Reading the subscripts of `einsum`, in either of their two notations."""

from __future__ import annotations

import operator
import string
from typing import TYPE_CHECKING, NamedTuple

from rustsci._native import asanyarray

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from rustsci._native import ndarray

__all__: list[str] = []

# Numbers stand for letters in this order, in which implicit outputs are sorted too.
_LETTERS = string.ascii_uppercase + string.ascii_lowercase


class Subscripts(NamedTuple):
    """The labels of the axes of all operands and of the result, without ellipses."""

    inputs: tuple[str, ...]
    output: str

    def __str__(self) -> str:
        return f"{','.join(self.inputs)}->{self.output}"


def parse(arguments: Sequence[Any]) -> tuple[Subscripts, list[ndarray]]:
    """Return the subscripts and the operands among the positional arguments of `einsum`."""
    text, given = as_text(arguments)
    operands = [asanyarray(operand) for operand in given]
    for character in text:
        if character not in ".,->" and character not in _LETTERS:
            raise ValueError(f"Character {character} is not a valid symbol.")
    return _resolve(text, operands), operands


def as_text(arguments: Sequence[Any]) -> tuple[str, Sequence[Any]]:
    """Return the subscripts as a string, and the operands.

    They may be given as a list of labels after each operand, and one for the result.
    """
    if not arguments:
        raise ValueError("No input operands: expected subscripts and at least one operand")
    if isinstance(arguments[0], str):
        return arguments[0].replace(" ", ""), arguments[1:]
    pairs = len(arguments) // 2
    text = ",".join(_letters(labels) for labels in arguments[1 : 2 * pairs : 2])
    if len(arguments) % 2:
        text += "->" + _letters(arguments[-1])
    return text, arguments[: 2 * pairs : 2]


def _letters(labels: Iterable[Any]) -> str:
    text = ""
    for label in labels:
        if label is Ellipsis:
            text += "..."
            continue
        try:
            number = operator.index(label)
        except TypeError:
            raise TypeError("For this input type lists must contain either int or Ellipsis")
        if not 0 <= number < len(_LETTERS):
            raise ValueError(f"subscript {number} is not within the valid range [0, {len(_LETTERS)})")
        text += _LETTERS[number]
    return text


def _resolve(text: str, operands: list[ndarray]) -> Subscripts:
    """Check subscripts, and replace ellipses and an implicit output by labels."""
    if ("-" in text or ">" in text) and (text.count("-"), text.count(">"), text.count("->")) != (1, 1, 1):
        raise ValueError("Subscripts can only contain one '->'.")
    left, arrow, output = text.partition("->")
    terms = left.split(",")
    if len(terms) != len(operands):
        raise ValueError("Number of einsum subscripts must be equal to the number of operands.")

    broadcast = ""
    if "." in text:
        unused = [letter for letter in _LETTERS if letter not in text]
        counts = [_broadcast_axes(term, operand) for term, operand in zip(terms, operands, strict=True)]
        broadcast = "".join(unused[: max(counts)])
        # Axes are broadcast against each other from the last, so that all end in the same labels.
        terms = [
            term.replace("...", broadcast[len(broadcast) - count :])
            for term, count in zip(terms, counts, strict=True)
        ]
    if arrow:
        _check_ellipsis(output)
        output = output.replace("...", broadcast)
    else:
        labels = "".join(terms)
        once = (label for label in sorted(set(labels) - set(broadcast)) if labels.count(label) == 1)
        output = broadcast + "".join(once)
    for label in output:
        if output.count(label) != 1:
            raise ValueError(f"Output character {label} appeared more than once in the output.")
        if not any(label in term for term in terms):
            raise ValueError(f"Output character {label} did not appear in the input")
    return Subscripts(tuple(terms), output)


def _check_ellipsis(term: str) -> None:
    if "." in term and (term.count("."), term.count("...")) != (3, 1):
        raise ValueError("Invalid Ellipses.")


def _broadcast_axes(term: str, operand: ndarray) -> int:
    """Return how many axes of an operand the ellipsis in its subscripts stands for."""
    _check_ellipsis(term)
    if "." not in term:
        return 0
    count: int = operand.ndim - (len(term) - len("..."))
    if count < 0:
        raise ValueError("Ellipses lengths do not match.")
    return count


def axis_lengths(subscripts: Subscripts, operands: list[ndarray]) -> dict[str, int]:
    """Return the length of the axes of each label, after broadcasting those of length one."""
    lengths: dict[str, int] = {}
    for number, (term, operand) in enumerate(zip(subscripts.inputs, operands, strict=True)):
        if len(term) != operand.ndim:
            raise ValueError(
                f"Einstein sum subscript {term} does not contain the correct number of indices "
                f"for operand {number}."
            )
        for label, length in zip(term, operand.shape, strict=True):
            known = lengths.setdefault(label, length)
            if known == 1:
                lengths[label] = length
            elif length not in (1, known):
                raise ValueError(
                    f"Size of label '{label}' for operand {number} ({known}) "
                    f"does not match previous terms ({length})."
                )
    return lengths
