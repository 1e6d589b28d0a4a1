"""Fits under linear equalities between coefficients."""

from __future__ import annotations

from rustsci._native import _glm_constrained
from rustsci.glm.covariance import CovarianceType
from rustsci.glm.requests import dispersion_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rustsci.glm.model import GLM
    from rustsci.glm.results import GLMResults

__all__: list[str] = []


def fit_constrained(model: GLM, constraints: Any, options: dict[str, Any]) -> GLMResults:
    """Return the fit whose coefficients satisfy equalities."""
    from json import dumps

    from rustsci.glm.hypotheses import hypotheses
    from rustsci.glm.results import GLMResults

    for name in options:
        if name not in ("maxiter", "tol", "scale", "start_params", "use_t"):
            raise NotImplementedError(f"fit_constrained does not support the option {name!r} of fit")
    free = model.fit(**options)
    matrix, right = hypotheses(constraints, free.feature_names)
    params, covariance, facts = _glm_constrained(*free._model_and_data(), matrix, right)
    deviance, pearson, rank, steps, converged = facts.tolist()
    fit = dict(free._fit)
    fit.update(
        deviance=deviance,
        pearson_chi2=pearson,
        rank=free.rank - int(rank),
        n_iter=int(steps),
        converged=bool(converged),
        history=[deviance],
    )
    df = free.wnobs - fit["rank"]
    kind = dispersion_of(options.get("scale"))
    if not isinstance(kind, dict) and (kind != "default" or free.has_estimated_dispersion):
        fit["scale"] = (deviance if kind == "deviance" else pearson) / df if df > 0 else None
    return GLMResults(
        model,
        dumps(fit),
        params,
        covariance,
        cov_type=CovarianceType("nonrobust", None),
        use_t=options.get("use_t"),
    )
