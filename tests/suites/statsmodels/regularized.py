"""statsmodels' fits with penalties: every column is penalised there, a constant too."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np

from statsmodels.base.elastic_net import RegularizedResultsWrapper
from statsmodels.base.elastic_net import fit_elasticnet as their_fit_elasticnet
from statsmodels.tools.sm_exceptions import ConvergenceWarning

_METHODS = ("elastic_net", "l1_slsqp")


class RegularizedResults:
    """A penalised fit, which says that it is of statsmodels' class to those who ask."""

    __class__ = RegularizedResultsWrapper  # type: ignore[assignment]

    def __init__(self, model: Any, params: Any, converged: bool, iterations: int) -> None:
        self.model = model
        self.params = params
        self.converged = converged
        self.fit_history = {"iteration": iterations}


def fit(
    model: Any,
    method: str,
    alpha: Any,
    start_params: Any = None,
    refit: bool = False,
    L1_wt: float = 1.0,
    maxiter: int = 100,
    **options: Any,
) -> Any:
    """Fit with our coordinate descent, or with our ridge."""
    if method not in _METHODS:
        raise ValueError(f"method must be one of {_METHODS}, not {method!r}")
    if method == "l1_slsqp" and L1_wt != 1:
        raise ValueError("L1_wt must be 1 for method 'l1_slsqp'")
    each = np.broadcast_to(np.asarray(alpha, dtype=float), model.exog.shape[1])
    largest = float(each.max())
    factors = each / largest if largest else None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = model.ours().fit(
            alpha=largest,
            l1_ratio=L1_wt if largest else 0.0,
            penalty_factors=factors,
            maxiter=maxiter,
            tol=1e-12 if L1_wt else None,
        )
    if not found.converged:
        warnings.warn("Regularized fitting did not converge", ConvergenceWarning, stacklevel=3)
    params = np.asarray(found.params)
    chosen = np.flatnonzero(params)
    if refit and len(chosen):
        params = np.zeros(len(params))
        params[chosen] = model.ours(model.exog[:, chosen]).fit().params
    return RegularizedResults(model, model_named(model, params), found.converged, found.n_iter)


def model_named(model: Any, params: Any) -> Any:
    """The coefficients, with names if the matrix has them."""
    import pandas as pd

    return pd.Series(params, index=model.exog_names) if model._pandas else params


def fit_elasticnet(model: Any, method: str = "coord_descent", alpha: Any = 0.0, **options: Any) -> Any:
    """Take the place of the function that statsmodels' models share; others than ours go on to it."""
    if not hasattr(model, "ours"):
        return their_fit_elasticnet(model, method=method, alpha=alpha, **options)
    return fit(model, "elastic_net" if method == "coord_descent" else method, alpha, **options)
