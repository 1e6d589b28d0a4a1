"""statsmodels' GLM as an adapter over rustsci.glm: it converts arguments, and has no numerics of its own."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pandas as pd

import rustsci.glm as rs
from statsmodels.genmod.families import family as families
from statsmodels.tools.sm_exceptions import (
    PerfectSeparationWarning,
    SpecificationWarning,
    ValueWarning,
)

from . import regularized
from .functions import family_name, link_name
from .results import Results

_ROLES = ("offset", "exposure", "freq_weights", "var_weights")


class GLM:
    """A model of a response and a matrix."""

    def __init__(
        self,
        endog: Any,
        exog: Any = None,
        family: Any = None,
        offset: Any = None,
        exposure: Any = None,
        freq_weights: Any = None,
        var_weights: Any = None,
        missing: str = "none",
        **kwargs: Any,
    ) -> None:
        unknown = set(kwargs) - {"hasconst"}
        if unknown:
            warnings.warn(f"unknown kwargs {sorted(unknown)}", ValueWarning, stacklevel=2)
        self.family = families.Gaussian() if family is None else family
        given = {
            "offset": offset,
            "exposure": exposure,
            "freq_weights": freq_weights,
            "var_weights": var_weights,
        }
        self._frames = (endog, exog)
        response, matrix = np.asarray(endog, dtype=float), np.asarray(exog, dtype=float)
        if matrix.ndim == 1:
            matrix = matrix[:, None]
        for role, values in given.items():
            if values is None:
                continue
            shape = np.shape(values)
            if shape != (len(response),):
                raise ValueError(f"{role} has the shape {shape}, but endog has {len(response)} rows")
        roles = {role: None if v is None else np.asarray(v, dtype=float) for role, v in given.items()}
        if missing == "drop":
            parts = [response, matrix, *(v for v in roles.values() if v is not None)]
            kept = np.all([np.isfinite(part.reshape(len(part), -1)).all(axis=1) for part in parts], axis=0)
            response, matrix = response[kept], matrix[kept]
            roles = {role: None if v is None else v[kept] for role, v in roles.items()}
        self._roles = roles
        self.nobs = len(response)
        self.exog = matrix
        self.n_trials: Any = np.ones(self.nobs)
        self.endog = response
        self._counts: Any = None
        if response.ndim == 2:
            if response.shape[1] > 2:
                raise ValueError("endog has more than 2 columns")
            self._counts = response
            self.n_trials = response.sum(axis=1)
            self.endog = response[:, 0] / self.n_trials
        self.family.n = self.n_trials if response.ndim == 2 else 1
        ones = np.ones(self.nobs)
        self.freq_weights = ones if roles["freq_weights"] is None else roles["freq_weights"]
        self.var_weights = ones if roles["var_weights"] is None else roles["var_weights"]
        self.iweights = self.freq_weights * self.var_weights
        self.offset, self._exposure = roles["offset"], roles["exposure"]
        if self._exposure is not None:
            with np.errstate(divide="ignore"):
                self.exposure = np.log(self._exposure)
        self.scaletype: Any = None
        self._name(given)

    def _name(self, given: dict[str, Any]) -> None:
        endog, exog = self._frames
        for role, values in given.items():
            setattr(self, f"{role}_name", getattr(values, "name", None) or role)
        self.endog_names = getattr(endog, "name", None) or "y"
        self._pandas = isinstance(exog, pd.DataFrame)
        if self._pandas:
            self.exog_names = [str(name) for name in exog.columns]
        else:
            self.exog_names = [name for name in rs.GLM(np.zeros(self.nobs), self.exog).columns if name != "y"]

    @classmethod
    def from_formula(cls, formula: str, data: Any, subset: Any = None, **kwargs: Any) -> GLM:
        """The model of a formula, whose design is rustsci's."""
        frame = pd.DataFrame(data)
        left = formula.split("~")[0].strip()
        if frame[left].dtype == object:
            raise ValueError("endog has evaluated to an array with multiple columns")
        formula = " ".join(formula.split())
        result = rs.glm(formula, frame, family="gaussian").fit(maxiter=0, start_params=None)
        matrix = pd.DataFrame(result.design_matrix(), columns=result.feature_names)
        used = [name for name in frame.columns if name in result.model.columns]
        kept = frame[used].notna().all(axis=1).to_numpy()
        for role in _ROLES:
            values = kwargs.get(role)
            if values is not None:
                if len(values) != len(frame):
                    raise ValueError(
                        f"{role} has {len(values)} elements, but the data have {len(frame)} rows"
                    )
                kwargs[role] = np.asarray(values)[kept]
        endog = frame.loc[kept, left]
        matrix.index = endog.index
        model = cls(endog, matrix, **kwargs)
        model.formula = formula
        return model

    # What rustsci makes of it.

    def ours(self, exog: Any = None) -> rs.GLM:
        """The model in rustsci, of this matrix or another one."""
        matrix = self.exog if exog is None else np.asarray(exog, dtype=float)
        names = self.exog_names if exog is None else None
        weights = {role: self._roles[role] for role in _ROLES}
        response = self._counts if self._counts is not None else self.endog
        return rs.GLM(
            response,
            matrix,
            names=names,
            family=family_name(self.family),
            link=link_name(self.family.link).partition("(")[0]
            if link_name(self.family.link).startswith("nbinom")
            else link_name(self.family.link),
            **weights,
        )

    @property
    def wnobs(self) -> float:
        return self.ours().wnobs

    @property
    def df_model(self) -> float:
        return self.ours().df_model

    @property
    def df_resid(self) -> float:
        return self.ours().df_resid

    def loglike(self, params: Any, scale: Any = None) -> float:
        return self.ours().loglike(_real(params), scale)

    def loglike_mu(self, mu: Any, scale: float = 1.0) -> float:
        return self.family.loglike(self.endog, mu, self.var_weights, self.freq_weights, scale)

    def score_obs(self, params: Any, scale: Any = None) -> Any:
        return self.ours().score_obs(_real(params), scale)

    def score(self, params: Any, scale: Any = None) -> Any:
        return self.ours().score(_real(params), scale)

    def hessian(self, params: Any, scale: Any = None, observed: Any = None) -> Any:
        return self.ours().hessian(_real(params), scale, observed=observed is not False)

    def information(self, params: Any, scale: Any = None) -> Any:
        # statsmodels' information has the sign of the hessian.
        return self.ours().hessian(_real(params), scale, observed=False)

    def score_test(self, params: Any, k_constraints: Any = None, exog_extra: Any = None) -> Any:
        at = self.ours().fit(start_params=_real(params), maxiter=0)
        if exog_extra is not None:
            test = at.score_test(np.asarray(exog_extra), use_f=False)
            return test.statistic, test.pvalue, test.df
        test = at.gradient_test(k_constraints)
        return test.statistic, test.pvalue, test.df

    def estimate_scale(self, mu: Any) -> float:
        if isinstance(self.scaletype, str) and self.scaletype.lower() not in ("x2", "dev"):
            raise ValueError(f"scaletype must be 'X2' or 'dev', not {self.scaletype!r}")
        unit = (self.endog - mu) ** 2 / self.family.variance(mu)
        return float((self.iweights * self.n_trials * unit).sum() / self.df_resid)

    def estimate_tweedie_power(
        self, mu: Any, method: str = "brentq", low: float = 1.01, high: float = 5.0
    ) -> float:
        return rs.estimate_tweedie_power(self.endog, mu, self.iweights, self.df_resid, low, high)

    def predict(
        self, params: Any, exog: Any = None, exposure: Any = None, offset: Any = None, which: str = "mean"
    ) -> Any:
        if exog is None and exposure is None and offset is None and which in ("mean", "linear"):
            return self.ours().predict(_real(params), which=which)
        results = _quiet_fit(self.ours(), start_params=_real(params), maxiter=0)
        return Results(self, results, "IRLS").predict(exog, exposure=exposure, offset=offset, which=which)

    def get_distribution(self, params: Any, scale: float = 1.0, n_trials: Any = 1, **kwargs: Any) -> Any:
        mu = self.predict(params, **kwargs)
        extra = {"n_trials": n_trials} if isinstance(self.family, families.Binomial) else {}
        return self.family.get_distribution(mu, scale, **extra)

    def _deriv_mean_dparams(self, params: Any) -> Any:
        eta = self.predict(params, which="linear")
        return self.family.link.inverse_deriv(eta)[:, None] * self.exog

    _derivative_predict = _deriv_mean_dparams

    def _get_init_kwds(self) -> dict[str, Any]:
        return {
            "family": self.family,
            "offset": self.offset,
            "exposure": self._exposure,
            "freq_weights": self.freq_weights,
            "var_weights": self.var_weights,
        }

    # Fits.

    def fit(
        self,
        start_params: Any = None,
        maxiter: int = 100,
        method: str = "IRLS",
        tol: float = 1e-8,
        scale: Any = None,
        cov_type: str = "nonrobust",
        cov_kwds: Any = None,
        use_t: Any = None,
        full_output: bool = True,
        disp: bool = False,
        max_start_irls: int = 3,
        **kwargs: Any,
    ) -> Results:
        if isinstance(scale, str) and scale.lower() not in ("x2", "dev"):
            raise ValueError(f"scale must be 'X2', 'dev' or a number, not {scale!r}")
        self.scaletype = scale
        model = self.ours()
        if cov_type == "cluster" and (
            self._roles["freq_weights"] is not None or self._roles["var_weights"] is not None
        ):
            warnings.warn("cov_type is robust to groups, with weights", SpecificationWarning, stacklevel=2)
        kwds = {key: value for key, value in (cov_kwds or {}).items() if value is not None}
        irls = method.lower() == "irls"
        if not irls and cov_type == "nonrobust":
            cov_type = "nonrobust" if kwargs.get("optim_hessian") == "eim" else "oim"
        options = {"scale": scale, "cov_type": cov_type, "cov_kwds": kwds or None, "use_t": use_t}
        start = None if start_params is None else np.asarray(start_params, dtype=float)
        result, history = _iterate(
            model,
            start,
            maxiter,
            options,
            atol=kwargs.get("atol", tol),
            rtol=kwargs.get("rtol", 0.0),
            criterion=kwargs.get("tol_criterion", "deviance"),
        )
        found = Results(self, result, "IRLS" if irls else method)
        found.fit_history = history
        found.mle_settings = {
            "optimizer": found.method,
            "wls_method": kwargs.get("wls_method", "lstsq"),
        }
        return found

    def fit_constrained(self, constraints: Any, start_params: Any = None, **options: Any) -> Results:
        return Results(self, self.ours().fit_constrained(constraints, **options), "constrained")

    def fit_regularized(self, method: str = "elastic_net", alpha: Any = 0.0, **kwargs: Any) -> Any:
        return regularized.fit(self, method, alpha, **kwargs)

    def _fit_ridge(self, alpha: Any, start_params: Any, method: Any) -> Any:
        return regularized.fit(self, "elastic_net", alpha, L1_wt=0)


def _real(params: Any) -> Any:
    array = np.asarray(params)
    if array.dtype.kind == "c":
        raise TypeError("rustsci.glm computes with real numbers: there are no complex coefficients")
    return array.astype(float)


def _quiet_fit(model: rs.GLM, **options: Any) -> rs.GLMResults:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        result = model.fit(**options)
    for warning in caught:
        if "separat" in str(warning.message):
            warnings.warn(str(warning.message), PerfectSeparationWarning, stacklevel=3)
    return result


def _iterate(
    model: rs.GLM,
    start: Any,
    maxiter: int,
    options: dict[str, Any],
    *,
    atol: float,
    rtol: float,
    criterion: str,
) -> tuple[rs.GLMResults, dict[str, Any]]:
    """Our iteration, ended where statsmodels' rule ends it; with the values that the rule compares."""
    whole = _quiet_fit(model, start_params=start, maxiter=maxiter, **options)
    deviances = [np.inf, *whole.history, float(model._evaluate(whole.params, "discrepancy")[0])]
    if criterion == "params":
        values: list[Any] = [np.inf]
        for steps in range(1, len(whole.history) + 1):
            values.append(_quiet_fit(model, start_params=start, maxiter=steps).params)
        values.append(whole.params)
    else:
        values = deviances
    # The value before any step is the first that both have.
    last = whole.n_iter
    for step in range(2, len(values)):
        if np.allclose(values[step - 1], values[step], atol=atol, rtol=rtol):
            last = step - 1
            break
    history = {"deviance": deviances, "params": values, "iteration": last}
    for name in ("deviance", "params"):
        history[name] = [np.inf, *history[name][1 : last + 2]]
    return whole, history
