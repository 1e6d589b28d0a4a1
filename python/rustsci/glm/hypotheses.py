"""Linear hypotheses about coefficients, as people write them: ``"x1 = x2, z = 0"``."""

from __future__ import annotations

from itertools import pairwise

from rustsci._native import asarray, ndarray, zeros

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, TypeAlias

    # Factors of coefficients by their places, and a constant.
    Linear: TypeAlias = tuple[dict[int, float], float]

__all__: list[str] = []


def hypotheses(given: Any, names: Sequence[str]) -> tuple[ndarray, ndarray]:
    """Return R and q of hypotheses that Rb = q.

    Parameters
    ----------
    given : str, sequence of str, dict, array_like or tuple
        Equations between names of coefficients; a dict of names and values; R, with q = 0; or R and q.
    names : sequence of str
        The names of coefficients.
    """
    if isinstance(given, str):
        return _equations(_parse(given, names), len(names))
    if isinstance(given, dict):
        given = [f"{name} = {value!r}" for name, value in given.items()]
    if isinstance(given, (list, tuple)) and given and all(isinstance(part, str) for part in given):
        return _equations([equation for part in given for equation in _parse(part, names)], len(names))
    right: Any = None
    if isinstance(given, tuple) and len(given) == 2:
        given, right = given
    matrix = asarray(given, dtype="float64")
    if matrix.ndim == 1:
        matrix = matrix.reshape(1, -1)
    if matrix.ndim != 2 or matrix.shape[1] != len(names):
        raise ValueError(
            f"hypotheses have one number for each of the {len(names)} coefficients, "
            f"but the matrix has the shape {matrix.shape}"
        )
    if right is None:
        return matrix, zeros(matrix.shape[0])
    values = asarray(right, dtype="float64").reshape(-1)
    if values.size == 1:
        values = zeros(matrix.shape[0]) + values
    if values.size != matrix.shape[0]:
        raise ValueError(f"there are {matrix.shape[0]} hypotheses, but {values.size} values")
    return matrix, values


def _equations(equations: list[Linear], count: int) -> tuple[ndarray, ndarray]:
    matrix, right = zeros((len(equations), count)), zeros(len(equations))
    for row, (factors, constant) in enumerate(equations):
        for place, factor in factors.items():
            matrix[row, place] = factor
        right[row] = -constant
    return matrix, right


def _parse(text: str, names: Sequence[str]) -> list[Linear]:
    """Each equation as a linear form that is zero."""
    parser = _Parser(text, names)
    found: list[Linear] = []
    while True:
        sides = [parser.form()]
        while parser.take("="):
            sides.append(parser.form())
        if len(sides) == 1:
            sides.append(({}, 0.0))
        found += [_added(left, right, -1.0) for left, right in pairwise(sides)]
        if not parser.take(","):
            break
    parser.expect_end()
    for factors, _ in found:
        if not any(factors.values()):
            raise ValueError(f"the hypothesis {text!r} is about no coefficient")
    return found


def _added(a: Linear, b: Linear, sign: float) -> Linear:
    factors = dict(a[0])
    for place, factor in b[0].items():
        factors[place] = factors.get(place, 0.0) + sign * factor
    return factors, a[1] + sign * b[1]


class _Parser:
    """Sums of multiples of names and of numbers."""

    def __init__(self, text: str, names: Sequence[str]) -> None:
        self._text = text
        self._at = 0
        # A name may contain any sign of the grammar, so the longest name that fits is taken first.
        self._names = sorted(enumerate(names), key=lambda pair: -len(pair[1]))
        self._known = list(names)

    def _skip(self) -> None:
        while self._at < len(self._text) and self._text[self._at].isspace():
            self._at += 1

    def take(self, sign: str) -> bool:
        self._skip()
        if self._text.startswith(sign, self._at):
            self._at += len(sign)
            # A double equals sign means the same.
            if sign == "=" and self._text.startswith("=", self._at):
                self._at += 1
            return True
        return False

    def expect_end(self) -> None:
        self._skip()
        if self._at < len(self._text):
            raise self._error("an operator, a comma or the end")

    def form(self) -> Linear:
        total: Linear = ({}, 0.0)
        sign = -1.0 if self.take("-") else 1.0
        self.take("+")
        while True:
            total = _added(total, self._product(), sign)
            if self.take("+"):
                sign = 1.0
            elif self.take("-"):
                sign = -1.0
            else:
                return total

    def _product(self) -> Linear:
        value = self._atom()
        while True:
            if self.take("*"):
                other = self._atom()
                if other[0] and value[0]:
                    raise ValueError(
                        f"the hypothesis {self._text!r} is not linear: it has a product of coefficients"
                    )
                value = _scaled(other, value[1]) if other[0] else _scaled(value, other[1])
            elif self.take("/"):
                other = self._atom()
                if other[0] or other[1] == 0:
                    raise ValueError(f"the hypothesis {self._text!r} divides by something that is no number")
                value = _scaled(value, 1 / other[1])
            else:
                return value

    def _atom(self) -> Linear:
        self._skip()
        for place, name in self._names:
            end = self._at + len(name)
            if self._text.startswith(name, self._at) and not _continues(self._text, end):
                self._at = end
                return {place: 1.0}, 0.0
        if self.take("("):
            inner = self.form()
            if not self.take(")"):
                raise self._error("a closing parenthesis")
            return inner
        start = self._at
        while self._at < len(self._text) and (
            self._text[self._at] in "0123456789.eE"
            or (self._text[self._at] in "+-" and self._text[self._at - 1] in "eE" and self._at > start)
        ):
            self._at += 1
        try:
            return {}, float(self._text[start : self._at])
        except ValueError:
            self._at = start
            raise self._error("the name of a coefficient, or a number") from None

    def _error(self, expected: str) -> ValueError:
        from difflib import get_close_matches

        word = self._text[self._at :].split(",")[0].split("=")[0].strip()
        near = get_close_matches(word, self._known, n=3)
        hint = f"; did you mean {' or '.join(map(repr, near))}?" if near else f"; names are {self._known}"
        mark = " " * self._at + "^"
        return ValueError(f"expected {expected} in the hypothesis{hint}\n    {self._text}\n    {mark}")


def _scaled(value: Linear, factor: float) -> Linear:
    return {place: factor * x for place, x in value[0].items()}, factor * value[1]


def _continues(text: str, end: int) -> bool:
    """Whether a longer name goes on here than the one that was found."""
    return end < len(text) and (text[end].isalnum() or text[end] in "_[")
