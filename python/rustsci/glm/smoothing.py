"""How the penalties of smooth terms are chosen."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__: list[str] = []

_METHODS = {"gcv": "gcv", "gcv.cp": "gcv", "ubre": "gcv", "reml": "reml"}


def smoothing_specification(method: str, gamma: float) -> dict[str, Any]:
    """Return the description of how penalties are chosen."""
    known = _METHODS.get(method.lower())
    if known is None:
        raise ValueError(f"smoothing must be 'gcv' or 'reml', not {method!r}")
    return {"method": known, "gamma": float(gamma)}


def smooth_table(fit: dict[str, Any]) -> dict[str, list[Any]]:
    """Return the smooth terms of a fit as a dict of columns."""
    smooths = fit.get("smooths", [])
    nan = float("nan")

    def column(key: str) -> list[Any]:
        return [nan if smooth[key] is None else smooth[key] for smooth in smooths]

    return {
        "term": column("name"),
        "edf": column("edf"),
        "ref_df": column("ref_df"),
        "statistic": column("statistic"),
        "p": column("p_value"),
        "sp": [list(smooth["lambdas"]) for smooth in smooths],
    }
