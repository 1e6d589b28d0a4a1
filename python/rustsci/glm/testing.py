"""Tests of several coefficients at once."""

from __future__ import annotations

from rustsci._native import _glm_tail, asarray, ndarray

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__: list[str] = []


def wald_test_terms(
    params: ndarray, covariance: ndarray, recipe: dict[str, Any]
) -> dict[str, tuple[float, float, int]]:
    """Return b′V⁻¹b for the coefficients of each term, its probability under χ², and their number."""
    tests = {}
    for index, term in enumerate(recipe["term_names"], start=1):
        places = [
            place
            for place, assigned in enumerate(recipe["assign"])
            if assigned == index and params[place] == params[place]
        ]
        statistic = _quadratic_form(
            [[float(covariance[i, j]) for j in places] for i in places], [float(params[i]) for i in places]
        )
        p = float(_glm_tail("chi2.sf", asarray(statistic), float(len(places)))) if places else float("nan")
        tests[term] = (statistic, p, len(places))
    return tests


def _quadratic_form(matrix: list[list[float]], vector: list[float]) -> float:
    """b′V⁻¹b, by Cholesky's factorisation: the squared length of L⁻¹b."""
    lower: list[list[float]] = []
    total = 0.0
    solved: list[float] = []
    for i, row in enumerate(matrix):
        line: list[float] = []
        for j in range(i):
            line.append((row[j] - sum(a * b for a, b in zip(line, lower[j], strict=False))) / lower[j][j])
        pivot = row[i] - sum(a * a for a in line)
        if pivot <= 0:
            return float("nan")
        line.append(pivot**0.5)
        lower.append(line)
        value = (vector[i] - sum(a * b for a, b in zip(line, solved, strict=False))) / line[i]
        solved.append(value)
        total += value * value
    return total
