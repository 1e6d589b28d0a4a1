"""What the core is asked for, from what users ask for."""

from __future__ import annotations

from rustsci.glm.families import family_specification, link_specification
from rustsci.glm.penalties import limits_description, penalty_description
from rustsci.glm.smoothing import smoothing_specification

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rustsci._native import ndarray
    from rustsci.glm.columns import Column, Source

__all__: list[str] = []

# What rows have besides the formula's columns; the parentheses keep these names apart from those of data.
ROLES = ("offset", "exposure", "weights", "freq_weights")

# The names of solvers, glum's among them.
_SOLVERS = {
    "auto": "auto",
    "irls": "irls",
    "irls-ls": "irls",
    "irls-cd": "coordinate_descent",
    "lbfgs": "lbfgs",
}


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
        "seed": int(options.get("seed", 0)),
    }
    return request, roles


def _default_link(family: str) -> str:
    logged = ("poisson", "quasipoisson", "negative_binomial", "tweedie")
    return "log" if family in logged else "other"


def fit_request(
    of_model: dict[str, Any],
    *,
    method: str = "auto",
    solver: str | None = None,
    maxiter: int = 100,
    tol: float | None = None,
    scale: str | float | None = None,
    start_params: Any = None,
    gradient_tol: float | None = None,
    alpha: float = 0.0,
    l1_ratio: float | None = None,
    penalty_factors: Any = None,
    P1: Any = None,
    P2: Any = None,
    groups: Any = None,
    lambda_sum: float | None = None,
    lower_bounds: Any = None,
    upper_bounds: Any = None,
    A_ineq: Any = None,
    b_ineq: Any = None,
    compute_covariance: bool = True,
    smoothing: str = "gcv",
    gamma: float = 1.0,
) -> dict[str, Any]:
    """What the core is asked for, by the options of `GLM.fit`."""
    name = method if solver is None else solver
    chosen = _SOLVERS.get(name.lower())
    if chosen is None:
        raise NotImplementedError(
            f"the solver {name!r} is not supported; it is 'auto', 'irls', 'irls-cd' or 'lbfgs'"
        )
    if maxiter < 0:
        raise ValueError(f"maxiter must not be negative, not {maxiter}")
    request = dict(
        of_model,
        max_iterations=int(maxiter),
        tolerance=tol,
        gradient_tolerance=gradient_tol,
        dispersion=dispersion_of(scale),
        penalty=penalty_description(
            alpha=alpha,
            lambda_sum=lambda_sum,
            l1_ratio=l1_ratio,
            penalty_factors=penalty_factors,
            P1=P1,
            P2=P2,
            groups=groups,
        ),
        limits=limits_description(lower_bounds, upper_bounds, A_ineq, b_ineq),
        covariance=bool(compute_covariance),
        solver=chosen,
        smoothing=smoothing_specification(smoothing, gamma),
    )
    if start_params is not None:
        request["start"] = finite("start_params", start_params)
    return request


def finite(what: str, values: Any) -> list[float]:
    """Numbers of which none is infinite or NaN."""
    numbers = [float(value) for value in values]
    for position, value in enumerate(numbers):
        if value - value != 0:
            raise ValueError(f"{what} must be finite, but element {position} is {value}")
    return numbers


def check_name(name: str, names: list[str]) -> None:
    """Refuse a column that data do not have."""
    if name not in names:
        from difflib import get_close_matches

        near = get_close_matches(name, names, n=3) or [
            known for known in names if known.lower() == name.lower()
        ]
        hint = f"did you mean {' or '.join(map(repr, near))}?" if near else f"they have {names}"
        raise ValueError(f"the data have no column {name!r}; {hint}")


def column_of(source: Source, name: str) -> Column:
    """Return a column of data."""
    check_name(name, source.names)
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
