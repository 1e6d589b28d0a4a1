"""What a model lacks: columns that are not in it, and interactions of those that are."""

from __future__ import annotations

from itertools import combinations

from rustsci.glm.diagnostics.sample import Sample

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rustsci.glm.columns import Column
    from rustsci.glm.results import GLMResults

__all__: list[str] = []

# A factor of more levels than these is no candidate: a test of so many columns says little.
_MOST_LEVELS = 200


def variables_of(results: GLMResults) -> list[str]:
    """Return the columns on the right side of the formula."""
    from rustsci._native import _glm_variables

    right = results.model.formula.partition("~")[2]
    return _glm_variables("~" + right, _others(results))


def _others(results: GLMResults) -> list[str]:
    from rustsci._native import _glm_variables

    left = results.model.formula.partition("~")[0]
    taken = {*_glm_variables(f"{left} ~ 1", []), *filter(None, results._fit["roles"].values())}
    return [name for name in results.model._names if name not in taken]


def left_out(sample: Sample, names: list[str] | None = None) -> list[dict[str, Any]]:
    """Return score tests of columns that the formula does not name, the most telling first."""
    results = sample.results
    used = variables_of(results)
    candidates = [name for name in _others(results) if name not in used] if names is None else names
    return _tested(results, [(name, _as_term(results.model.data_column(name), name)) for name in candidates])


def interactions(sample: Sample, most: int = 50) -> list[dict[str, Any]]:
    """Return score tests of the products of two columns of the formula, the most telling first."""
    results = sample.results
    used = [name for name in variables_of(results) if _as_term(results.model.data_column(name), name)]
    pairs = [
        (f"{a}:{b}", f"{_quoted(a)}:{_quoted(b)}")
        for a, b in combinations(used, 2)
        if not _has_product(results, a, b)
    ]
    return _tested(results, [(name, term) for name, term in pairs[:most]])


def curvature(sample: Sample) -> list[dict[str, Any]]:
    """Return score tests of the squares of numbers that the formula has as they are."""
    results = sample.results
    terms = results._fit["recipe"]["term_names"]
    plain = [name for name in variables_of(results) if name in terms]
    numbers = [name for name in plain if results.model.data_column(name).levels is None]
    return _tested(results, [(f"{name}**2", f"I({_quoted(name)}**2)") for name in numbers])


def _has_product(results: GLMResults, a: str, b: str) -> bool:
    return any({a, b} <= set(term.split(":")) for term in results._fit["recipe"]["term_names"])


def _quoted(name: str) -> str:
    return name if name.isidentifier() else f"`{name}`"


def _as_term(column: Column, name: str) -> str:
    """How a column would stand in the formula; nothing if it would not."""
    if column.levels is not None and not 2 <= len(column.levels) <= _MOST_LEVELS:
        return ""
    return _quoted(name)


def _tested(results: GLMResults, candidates: list[tuple[str, str]]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for name, term in candidates:
        if not term:
            continue
        try:
            test = results.score_test(term)
        except (ValueError, TypeError, NotImplementedError) as error:
            # A column that cannot be tested is told of, not left out without a word.
            found.append(
                {"term": name, "statistic": None, "df": 0, "p": None, "note": str(error).splitlines()[0]}
            )
            continue
        statistic = float(test.statistic)
        found.append(
            {"term": name, "statistic": statistic, "df": int(test.df), "p": float(test.pvalue), "note": ""}
        )
    return sorted(found, key=lambda row: (row["p"] is None or row["p"] != row["p"], row["p"] or 0.0))
