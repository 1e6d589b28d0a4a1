"""What the core is asked for, from what users ask for."""

from __future__ import annotations

from rustsci.glm.families import family_specification, link_specification

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rustsci._native import ndarray
    from rustsci.glm.columns import Column, Source

__all__: list[str] = []

# What rows have besides the formula's columns; the parentheses keep these names apart from those of data.
ROLES = ("offset", "exposure", "weights", "freq_weights")


def model_request(formula: str, options: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the core is asked for, and the offsets and weights as they were given."""
    specification, estimate = family_specification(
        options["family"],
        var_power=options["var_power"],
        theta=options["theta"],
        variance=options["variance"],
    )
    weights, var_weights, exposure = options["weights"], options["var_weights"], options["exposure"]
    if weights is not None and var_weights is not None:
        raise ValueError("weights and var_weights mean the same: give one of them")
    roles = {
        "offset": options["offset"],
        "exposure": exposure,
        "weights": var_weights if weights is None else weights,
        "freq_weights": options["freq_weights"],
    }
    link_of = link_specification(options["link"], specification)
    if exposure is not None and (link_of or {"name": _default_link(specification["name"])})["name"] != "log":
        raise ValueError("exposure is logged, which makes sense with the log link only; use offset=")
    if options["na_action"] not in ("drop", "raise"):
        raise ValueError(f"na_action must be 'drop' or 'raise', not {options['na_action']!r}")
    request = {
        "formula": formula,
        "family": specification,
        "estimate_theta": estimate and specification["name"] == "negative_binomial",
        "link": link_of,
        "missing": options["na_action"],
    }
    return request, roles


def _default_link(family: str) -> str:
    logged = ("poisson", "quasipoisson", "negative_binomial", "tweedie")
    return "log" if family in logged else "other"


def penalty_of(
    alpha: float, l1_ratio: float, factors: Any, lambda_sum: float | None
) -> dict[str, Any] | None:
    """The description of a penalty, or None if there is none."""
    if lambda_sum is not None and alpha:
        raise ValueError("alpha and lambda_sum are two conventions for the same penalty: give one of them")
    size = float(alpha if lambda_sum is None else lambda_sum)
    if size == 0.0:
        return None
    return {
        "alpha": size,
        "l1_ratio": float(l1_ratio),
        "factors": None if factors is None else [float(factor) for factor in factors],
        "of_sum": lambda_sum is not None,
    }


def column_of(source: Source, name: str) -> Column:
    if name not in source.names:
        from difflib import get_close_matches

        near = get_close_matches(name, source.names, n=3) or [
            known for known in source.names if known.lower() == name.lower()
        ]
        hint = f"did you mean {' or '.join(map(repr, near))}?" if near else f"they have {source.names}"
        raise ValueError(f"the data have no column {name!r}; {hint}")
    try:
        return source.column(name)
    except (TypeError, ValueError) as error:
        raise type(error)(f"column {name!r}: {error}") from None


def dispersion_of(scale: str | float | None) -> Any:
    if scale is None:
        return "default"
    if isinstance(scale, str):
        known = {"x2": "pearson", "dev": "deviance"}
        if scale.lower() not in known:
            raise ValueError(f"scale must be 'X2', 'dev', 'ML' or a number, not {scale!r}")
        return known[scale.lower()]
    if not 0 < float(scale) < float("inf"):
        raise ValueError(f"scale must be positive and finite, not {scale!r}")
    return {"fixed": float(scale)}


def describe(columns: dict[str, Column]) -> tuple[str, list[ndarray]]:
    """Return columns as the core takes them: names and levels as JSON, and arrays."""
    from json import dumps

    headers = [{"name": name, "levels": column.levels} for name, column in columns.items()]
    return dumps(headers), [column.array for column in columns.values()]
