"""statsmodels' GLMResults as an adapter over ours: names, and pandas where pandas came in."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pandas as pd

import rustsci.glm as rs
from statsmodels.genmod.families import family as families
from statsmodels.iolib.summary import Summary as TheirSummary

_SAME = (
    "deviance",
    "null_deviance",
    "pearson_chi2",
    "df_model",
    "df_resid",
    "resid_pearson",
    "resid_deviance",
)


class Summary(TheirSummary):
    """Our text where statsmodels expects its own class."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def as_text(self) -> str:
        return self._text

    __str__ = as_text


class Results:
    """A fitted model."""

    def __init__(self, model: Any, results: rs.GLMResults, method: str) -> None:
        self.model = model
        self.ours = results
        self.method = method
        self.family = model.family
        self.nobs = model.nobs
        self.scale = np.float64(results.scale)
        self.fit_history: dict[str, Any] = {}
        self.mle_settings: dict[str, Any] = {}
        self._freq_weights = model.freq_weights
        self._var_weights = model.var_weights
        self._iweights = model.iweights

    def __getattr__(self, name: str) -> Any:
        if name in _SAME or name in ("converged", "llf_obs", "cov_type", "use_t"):
            return getattr(self.ours, name)
        raise AttributeError(name)

    def _named(self, values: Any) -> Any:
        return pd.Series(values, index=self.model.exog_names) if self.model._pandas else np.asarray(values)

    @property
    def params(self) -> Any:
        return self._named(self.ours.params)

    @property
    def bse(self) -> Any:
        return self._named(self.ours.bse)

    @property
    def tvalues(self) -> Any:
        return self._named(self.ours.tvalues)

    @property
    def pvalues(self) -> Any:
        return self._named(self.ours.pvalues)

    def conf_int(self, alpha: float = 0.05) -> Any:
        found = self.ours.conf_int(alpha)
        return pd.DataFrame(found, index=self.model.exog_names) if self.model._pandas else found

    def cov_params(self) -> Any:
        found = self.ours.cov_params()
        names = self.model.exog_names
        return pd.DataFrame(found, index=names, columns=names) if self.model._pandas else found

    @property
    def normalized_cov_params(self) -> Any:
        return self.ours.normalized_cov_params

    # The likelihood: where a normal response has no linear link statsmodels takes the estimated dispersion.

    @property
    def _plain(self) -> bool:
        return (
            not isinstance(self.family, families.Gaussian)
            or float(getattr(self.family.link, "power", 0)) == 1
        )

    @property
    def llf(self) -> float:
        if self._plain:
            return self.ours.llf
        m = self.model
        return self.family.loglike(m.endog, self.mu, m.var_weights, m.freq_weights, self.scale)

    def info_criteria(self, crit: str, scale: Any = None, dk_params: float = 0) -> float:
        if self._plain:
            return self.ours.info_criteria(crit, scale=scale, dk_params=dk_params)
        penalty = {"aic": 2.0, "bic": float(np.log(self.ours.wnobs))}[crit]
        return -2 * self.llf + penalty * (self.ours.edf + dk_params)

    @property
    def aic(self) -> float:
        return self.info_criteria("aic")

    @property
    def bic(self) -> float:
        return self.info_criteria("bic")

    bic_llf = bic

    @property
    def bic_deviance(self) -> float:
        return self.ours.bic_deviance

    @property
    def llnull(self) -> float:
        # statsmodels takes the dispersion of the fit, ours the one that is most likely without predictors.
        m = self.model
        return self.family.loglike(m.endog, self.null, m.var_weights, m.freq_weights, self.scale)

    def pseudo_rsquared(self, kind: str = "cs") -> float:
        if not isinstance(self.family, families.Gaussian):
            return self.ours.pseudo_rsquared(kind)
        if kind == "mcf":
            return 1 - self.llf / self.llnull
        return float(1 - np.exp((self.llnull - self.llf) * (2 / self.nobs)))

    # Rows: with numbers of trials statsmodels' residuals are of counts.

    @property
    def mu(self) -> Any:
        return np.asarray(self.ours.fittedvalues)

    @property
    def fittedvalues(self) -> Any:
        endog = self.model._frames[0]
        index = getattr(endog, "index", None)
        same = index is not None and len(index) == len(self.mu)
        return pd.Series(self.mu, index=index) if same else self.mu

    @property
    def null(self) -> Any:
        return self.model.ours(np.ones((self.nobs, 1))).fit().fittedvalues

    @property
    def resid_response(self) -> Any:
        return self.model.n_trials * self.ours.resid_response

    @property
    def resid_working(self) -> Any:
        return self.model.n_trials**2 * self.ours.resid_working

    @property
    def resid_anscombe_unscaled(self) -> Any:
        return self.ours.resid_anscombe

    @property
    def resid_anscombe(self) -> Any:
        return self.ours.resid_anscombe / np.sqrt(self.scale)

    resid_anscombe_scaled = resid_anscombe

    # Predictions.

    def _predicted(self, exog: Any, exposure: Any, offset: Any) -> Any:
        model = self.model
        if exog is None and exposure is None and offset is None:
            return self.ours.get_prediction()
        matrix = model.exog if exog is None else np.asarray(exog, dtype=float)
        data = dict(zip(self.ours.feature_names, matrix.T, strict=True))
        roles = self.ours._fit["roles"]
        given: dict[str, Any] = {}
        total = np.zeros(len(matrix))
        for role, values, own in (
            ("offset", offset, model.offset),
            ("exposure", exposure, model._exposure),
        ):
            if values is None and exog is None:
                values = own
            if roles[role] is not None:
                neutral = np.ones(len(matrix)) if role == "exposure" else np.zeros(len(matrix))
                given[role] = neutral if values is None else np.asarray(values, dtype=float)
            elif values is not None:
                total += np.log(values) if role == "exposure" else np.asarray(values)
        if total.any():
            # The model has none of its own, so rustsci refuses one: take the same model with zeros.
            twin = model.__class__(
                model._counts if model._counts is not None else model.endog,
                pd.DataFrame(model.exog, columns=model.exog_names),
                **{**model._get_init_kwds(), "offset": np.zeros(model.nobs)},
            )
            same = twin.ours().fit(start_params=self.ours.params, maxiter=0)
            given.pop("offset", None)
            return same.get_prediction(data, offset=total, **given)
        return self.ours.get_prediction(data, **given)

    def predict(self, exog: Any = None, exposure: Any = None, offset: Any = None, which: str = "mean") -> Any:
        if which not in ("mean", "linear", "var_unscaled"):
            raise ValueError(f"which must be 'mean', 'linear' or 'var_unscaled', not {which!r}")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = self._predicted(exog, exposure, offset)
        if which == "linear":
            return np.asarray(found.linear)
        mean = np.asarray(found.predicted_mean)
        return mean if which == "mean" else self.family.variance(mean)

    def get_prediction(self, exog: Any = None, which: Any = None, **roles: Any) -> Any:
        return Prediction(self._predicted(exog, roles.get("exposure"), roles.get("offset")), which)

    def get_distribution(self, exog: Any = None, **options: Any) -> Any:
        scale = self.scale
        if isinstance(self.family, families.NegativeBinomial) and scale != 1.0:
            warnings.warn("using scale=1, no exog in distribution", UserWarning, stacklevel=2)
            scale = np.float64(1.0)
        return self.family.get_distribution(self.predict(exog), scale)

    def get_margeff(self, at: str = "overall") -> Any:
        """The mean of dμ/dx: our derivative of the link's inverse times our coefficients."""
        slope = self.family.link.inverse_deriv
        if at == "mean":
            where = np.atleast_1d(self.predict(self.model.exog.mean(axis=0)[None], which="linear"))
        else:
            where = self.predict(which="linear")
        constant = np.ptp(self.model.exog, axis=0) == 0
        effect = type("Effects", (), {})()
        effect.margeff = (slope(where)[:, None] * np.asarray(self.ours.params)).mean(axis=0)[~constant]
        return effect

    # Tests, tables and pictures.

    def t_test(self, hypotheses: Any) -> Any:
        return self.ours.t_test(hypotheses)

    def wald_test(self, hypotheses: Any, **options: Any) -> Any:
        return self.ours.wald_test(hypotheses)

    def remove_data(self) -> None:
        self.ours.remove_data()

    def summary(self, *args: Any, **options: Any) -> Summary:
        return Summary(f"Method:  {self.method}\n{self.ours.summary()}")

    summary2 = summary

    def plot_added_variable(self, focus_exog: Any, **options: Any) -> Any:
        return self.ours.plot_added_variable(self._focus(focus_exog)).figure

    def plot_partial_residuals(self, focus_exog: Any, **options: Any) -> Any:
        return self.ours.plot_partial_residuals(self._focus(focus_exog)).figure

    def plot_ceres_residuals(self, focus_exog: Any, **options: Any) -> Any:
        return self.ours.plot_ceres_residuals(self._focus(focus_exog)).figure

    def _focus(self, focus: Any) -> str:
        return focus if isinstance(focus, str) else self.model.exog_names[focus]


class Prediction:
    """Predictions by statsmodels' names."""

    def __init__(self, ours: rs.Prediction, which: Any) -> None:
        self._ours = ours
        self._which = which
        self.predicted_mean = self.predicted = ours.predicted_mean
        self.se_mean = self.se = ours.se_mean
        self.linpred = type("Linear", (), {"predicted_mean": ours.linear, "se_mean": ours.se_linear})()

    def conf_int(self, alpha: float = 0.05) -> Any:
        return self._ours.conf_int(alpha)

    def summary_frame(self, alpha: float = 0.05) -> pd.DataFrame:
        return pd.DataFrame(self._ours.summary_frame(alpha))
