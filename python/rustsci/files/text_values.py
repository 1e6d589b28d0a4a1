"""Fields of text into the values of a dtype."""

from __future__ import annotations

from rustsci._native import fromiter
from rustsci.floating_point_errors import errstate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from rustsci._native import dtype, ndarray


def parse_fields(fields: Sequence[str], dtype: dtype) -> ndarray:
    """
    Return the values of `fields`.

    Raises
    ------
    ValueError, OverflowError
        If a field is not a number of this dtype, without saying which.
    """
    parse = _parser(dtype)
    text = "".join(fields)
    values = map(parse, fields)
    # Python takes 1_000 and the digits of every script where a data file means something else.
    if "_" in text or not text.isascii():
        values = map(parse, map(_checked, fields))
    # What is too large for single precision is infinite, as it is for double: without a word.
    with errstate(over=None if dtype.itemsize == 2 else "ignore"):
        return fromiter(values, dtype=dtype, count=len(fields))


def _parser(dtype: dtype) -> Callable[[str], Any]:
    try:
        return _PARSERS[dtype.kind]
    except KeyError:
        raise TypeError(f"text cannot be read as dtype {dtype}") from None


def _checked(field: str) -> str:
    if "_" in field or not "".join(field.split()).isascii():
        raise ValueError(f"not a number: {field!r}")
    return field


def _parse_bool(field: str) -> bool:
    return int(field) != 0


def _parse_complex(field: str) -> complex:
    text = field.strip()
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1].strip()
    if "(" in text or "J" in text:
        raise ValueError(f"not a complex number: {field!r}")
    # A format such as "%.3e+%.3ej" writes a negative imaginary part as 1+-2j.
    value = complex(text.replace("+-", "-"))
    if text.endswith("j") and text[-2:-1] in ("", "+", "-"):
        raise ValueError(f"not a complex number: {field!r}")
    return value


_PARSERS: dict[str, Callable[[str], Any]] = {
    "b": _parse_bool,
    "i": int,
    "u": int,
    "f": float,
    "c": _parse_complex,
}
