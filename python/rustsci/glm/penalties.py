"""Penalties and limits as users write them, and the descriptions that the core takes."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__: list[str] = []


def penalty_description(
    *,
    alpha: float,
    lambda_sum: float | None,
    l1_ratio: float | None,
    penalty_factors: Any = None,
    P1: Any = None,
    P2: Any = None,
    groups: Any = None,
) -> dict[str, Any] | None:
    """Return the description of a penalty, or None if there is none."""
    if lambda_sum is not None and alpha:
        raise ValueError("alpha and lambda_sum are two conventions for the same penalty: give one of them")
    size = float(alpha if lambda_sum is None else lambda_sum)
    if size == 0.0:
        return None
    share = (0.0 if groups is None else 1.0) if l1_ratio is None else float(l1_ratio)
    matrix = _matrix(P2)
    return {
        "alpha": size,
        "l1_ratio": share,
        "factors": _factors("penalty_factors", penalty_factors),
        "p1": _factors("P1", P1),
        "p2": None if matrix is not None else _factors("P2", P2),
        "p2_matrix": matrix,
        "groups": _groups(groups),
        "of_sum": lambda_sum is not None,
    }


def _factors(name: str, value: Any) -> Any:
    """One number for all, one for each, or numbers by the names of terms or coefficients."""
    if value is None or (isinstance(value, str) and value == "identity"):
        return None
    if isinstance(value, str):
        raise ValueError(f"{name} must be 'identity', numbers, or numbers by name, not {value!r}")
    if isinstance(value, dict):
        return {str(key): float(factor) for key, factor in value.items()}
    if hasattr(value, "__len__"):
        return [float(factor) for factor in value]
    return float(value)


def _matrix(value: Any) -> list[list[float]] | None:
    """A matrix by rows, if it is one: of sparse ones all elements."""
    if value is None or isinstance(value, (str, dict, int, float)):
        return None
    dense = value.toarray() if hasattr(value, "toarray") else value
    shape = getattr(dense, "shape", None)
    rows = list(dense) if hasattr(dense, "__len__") else []
    if shape is not None and len(shape) > 2:
        raise ValueError(f"P2 must be a vector or a square matrix, not of shape {tuple(shape)}")
    if not rows or not hasattr(rows[0], "__len__"):
        return None
    return [[float(element) for element in row] for row in rows]


def _groups(value: Any) -> Any:
    """A rule, the label of each coefficient's group, or lists of names."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, dict):
        return [[str(name) for name in names] for names in value.values()]
    items = list(value)
    if items and all(isinstance(item, (list, tuple, set)) for item in items):
        return [[str(name) for name in sorted(names)] for names in items]
    known: dict[Any, int] = {}
    return [None if label is None else known.setdefault(label, len(known)) for label in items]


def limits_description(lower_bounds: Any, upper_bounds: Any, A_ineq: Any, b_ineq: Any) -> dict[str, Any]:
    """Return the description of bounds and of inequalities ``A_ineq @ params <= b_ineq``."""
    if (A_ineq is None) != (b_ineq is None):
        missing = "A_ineq" if A_ineq is None else "b_ineq"
        raise ValueError(f"A_ineq and b_ineq belong together, but {missing} is not given")
    return {
        "lower": _bounds("lower_bounds", lower_bounds),
        "upper": _bounds("upper_bounds", upper_bounds),
        "rows": [] if A_ineq is None else _rows(A_ineq),
        "right": [] if b_ineq is None else [float(bound) for bound in b_ineq],
    }


def _rows(value: Any) -> list[list[float]]:
    rows = list(value)
    if rows and not hasattr(rows[0], "__len__"):
        rows = [rows]
    return [[float(element) for element in row] for row in rows]


def _bounds(name: str, value: Any) -> Any:
    """A bound for all, one for each coefficient, or bounds by name; infinities and None are no bounds."""
    if value is None:
        return None
    if isinstance(value, dict):
        return {str(key): _bound(name, bound) for key, bound in value.items()}
    if hasattr(value, "__len__"):
        return [_bound(name, bound) for bound in value]
    return _bound(name, value)


def _bound(name: str, value: Any) -> float | None:
    if value is None:
        return None
    bound = float(value)
    if bound != bound:
        raise ValueError(f"{name} must not be NaN; None or an infinity is no bound")
    return None if bound in (float("inf"), float("-inf")) else bound
