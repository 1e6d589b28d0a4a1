"""A fitted model: its coefficients, what they are worth, and what the model says of each row."""

from __future__ import annotations

from functools import cached_property

from rustsci._library import carrier_to_library_of
from rustsci._native import _glm_link, _glm_rows, _glm_tail, asarray, exp, isnan, log, ndarray, sqrt
from rustsci.glm.model import describe

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from rustsci.glm.model import GLM
    from rustsci.glm.prediction import Prediction
    from rustsci.glm.summary import Summary

__all__ = ["GLMResults"]

# The version of what `to_json` writes.
_FORMAT = "rustsci.glm 1"


class GLMResults:
    """A fitted generalized linear model; names are statsmodels'.

    Arrays of coefficients are in the order of `feature_names`. Arrays come in the library of the data:
    NumPy's for columns of pandas, polars, pyarrow and NumPy, ours for the rest.
    """

    def __init__(
        self,
        model: GLM,
        text: str,
        params: ndarray,
        covariance: ndarray,
        *,
        cov_type: str,
        use_t: bool | None,
    ) -> None:
        self._set(model, text, params, covariance, cov_type, bool(use_t))
        if cov_type == "nonrobust":
            self._cov = covariance * self.scale
        else:
            self._cov = self._native(cov_type)
        if not self.converged:
            self._warn(f"the fit has not converged after {self.n_iter} iterations")
        for note in self.notes:
            self._warn(note)

    def _set(
        self, model: GLM, text: str, params: ndarray, covariance: ndarray, cov_type: str, use_t: bool
    ) -> None:
        from json import loads

        self.model = model
        self._text = text
        self._params = params
        self._unscaled = covariance
        self._fit: dict[str, Any] = loads(text)
        self.cov_type = cov_type
        self.use_t = use_t
        self._cache: dict[str, ndarray] = {}

    @staticmethod
    def _warn(message: str) -> None:
        from warnings import warn

        warn(message, RuntimeWarning, stacklevel=4)

    # What the fit found.

    @property
    def feature_names(self) -> list[str]:
        """The names of coefficients, as formulaic names them."""
        return list(self._fit["recipe"]["names"])

    @property
    def scale(self) -> float:
        """The dispersion; NaN if no degrees of freedom are left to estimate it."""
        scale = self._fit["scale"]
        return float("nan") if scale is None else float(scale)

    @property
    def deviance(self) -> float:
        """Twice the log-likelihood's distance from that of a perfect fit, for a dispersion of one."""
        return float(self._fit["deviance"])

    @property
    def pearson_chi2(self) -> float:
        """The sum of squared Pearson residuals."""
        return float(self._fit["pearson_chi2"])

    @property
    def nobs(self) -> int:
        """The number of rows."""
        return int(self._fit["rows"])

    @property
    def wnobs(self) -> float:
        """The number of observations: of rows, or the sum of their frequencies."""
        return float(self._fit["nobs"])

    @property
    def n_dropped(self) -> int:
        """How many rows were left out because something was missing."""
        return int(self._fit["dropped"])

    @property
    def rank(self) -> int:
        """The number of coefficients that do not depend on others."""
        return int(self._fit["rank"])

    @property
    def edf(self) -> float:
        """The effective degrees of freedom: the rank, less what penalties take away."""
        edf = self._fit["edf"]
        return float(self.rank if edf is None else edf)

    @property
    def df_model(self) -> float:
        """The degrees of freedom of the model, without the constant's."""
        return self.edf - 1

    @property
    def df_resid(self) -> float:
        """The number of observations less the degrees of freedom."""
        return self.wnobs - self.edf

    @property
    def converged(self) -> bool:
        """Whether the iteration came to an end."""
        return bool(self._fit["converged"])

    @property
    def n_iter(self) -> int:
        """How many steps the iteration took."""
        return int(self._fit["n_iter"])

    @property
    def history(self) -> list[float]:
        """The deviance after each step."""
        return list(self._fit["history"])

    @property
    def notes(self) -> list[str]:
        """What a user should know of the fit."""
        return list(self._fit["notes"])

    @property
    def theta(self) -> float | None:
        """The negative binomial family's θ."""
        value = self._fit["family"].get("theta")
        return None if value is None else float(value)

    @property
    def theta_se(self) -> float | None:
        """The standard error of θ, if θ was estimated."""
        estimate = self._fit["theta"]
        return None if estimate is None else float(estimate[1])

    # Coefficients.

    @cached_property
    def _back(self) -> Any:
        columns = self.model.columns.values()
        return carrier_to_library_of(*(_plain(column.origin) for column in columns))

    @property
    def params(self) -> Any:
        """The coefficients; NaN for those that depend on others."""
        return self._back(self._params)

    @property
    def bse(self) -> Any:
        """The standard errors."""
        return self._back(self._bse)

    @cached_property
    def _bse(self) -> ndarray:
        return sqrt(self._cov.diagonal())

    @property
    def tvalues(self) -> Any:
        """The coefficients in units of their standard errors."""
        return self._back(self._params / self._bse)

    @property
    def pvalues(self) -> Any:
        """The two-sided probabilities of values as far from zero as these, if the coefficients were zero."""
        statistic = abs(self._params / self._bse)
        if self.use_t:
            return self._back(2 * _glm_tail("t.sf", statistic, self.df_resid))
        return self._back(2 * _glm_tail("norm.sf", statistic))

    def conf_int(self, alpha: float = 0.05) -> Any:
        """Return Wald confidence intervals, a row for each coefficient.

        Parameters
        ----------
        alpha : float, optional
            One less the confidence.

        Examples
        --------
        >>> import rustsci.glm as rs
        >>> result = rs.glm("y ~ 1", {"y": [1.0, 2.0, 3.0]}).fit()
        >>> [round(float(x), 4) for x in result.conf_int()[0]]
        [0.8684, 3.1316]
        """
        return self._back(_columns(*self._interval(self._params, self._bse, alpha)))

    def _interval(self, center: ndarray, error: ndarray, alpha: float) -> tuple[ndarray, ndarray]:
        if not 0 < alpha < 1:
            raise ValueError(f"alpha must be between 0 and 1, not {alpha!r}")
        kind = "t.ppf" if self.use_t else "norm.ppf"
        quantile = float(_glm_tail(kind, asarray(1 - alpha / 2), self.df_resid))
        return center - quantile * error, center + quantile * error

    def cov_params(self) -> Any:
        """Return the covariance of the coefficients."""
        return self._back(self._cov)

    @property
    def normalized_cov_params(self) -> Any:
        """The covariance of the coefficients by the model, for a dispersion of one."""
        return self._back(self._unscaled)

    # The likelihood.

    @cached_property
    def llf(self) -> float:
        """The log-likelihood with all constants; NaN for quasi-families."""
        return float(self._native("llf")[0])

    @cached_property
    def _null(self) -> tuple[float, float]:
        deviance, likelihood = self._native("null")
        return float(deviance), float(likelihood)

    @property
    def null_deviance(self) -> float:
        """The deviance of the model with a constant only, and the same offset."""
        return self._null[0]

    @property
    def llnull(self) -> float:
        """The log-likelihood of the model with a constant only, and the same offset."""
        return self._null[1]

    @property
    def aic(self) -> float:
        """Akaike's criterion; a dispersion is not counted as a parameter, as in statsmodels."""
        return -2 * self.llf + 2 * self.edf

    @property
    def aicc(self) -> float:
        """Akaike's criterion corrected for small samples (Hurvich & Tsai 1989)."""
        return self.aic + 2 * self.edf * (self.edf + 1) / (self.wnobs - self.edf - 1)

    @property
    def bic(self) -> float:
        """Schwarz's criterion, of the log-likelihood."""
        return float(-2 * self.llf + self.edf * log(self.wnobs))

    @property
    def bic_deviance(self) -> float:
        """Schwarz's criterion as Stata has it, of the deviance."""
        return float(self.deviance - self.df_resid * log(self.wnobs))

    def pseudo_rsquared(self, kind: str = "cs") -> float:
        """Return a share of what there is to explain.

        Parameters
        ----------
        kind : {'cs', 'mcf', 'deviance'}, optional
            Cox and Snell's, McFadden's, or that of the deviance.
        """
        if kind == "cs":
            return float(1 - exp((self.llnull - self.llf) * (2 / self.wnobs)))
        if kind == "mcf":
            return 1 - self.llf / self.llnull
        if kind == "deviance":
            return 1 - self.deviance / self.null_deviance
        raise ValueError(f"kind must be 'cs', 'mcf' or 'deviance', not {kind!r}")

    # Rows.

    def _inverse_link(self, eta: ndarray) -> ndarray:
        from json import dumps

        return _glm_link(dumps(self._fit["link"]), eta)

    def to_json(self) -> str:
        """Return the model as JSON, without data: enough to predict, and to show coefficients and errors.

        Examples
        --------
        >>> import rustsci.glm as rs
        >>> result = rs.glm("y ~ x", {"y": [1.0, 3.0, 5.5], "x": [0.0, 1.0, 2.0]}).fit()
        >>> again = rs.GLMResults.from_json(result.to_json())
        >>> bool((again.params == result.params).all())
        True
        """
        from json import dumps

        return dumps(
            {
                "format": _FORMAT,
                "model": self._text,
                "names": self.model._names,
                "params": [_or_none(value) for value in self._params.tolist()],
                "covariance": [_or_none(value) for value in self._unscaled.ravel().tolist()],
                "cov_params": [_or_none(value) for value in self._cov.ravel().tolist()],
                "cov_type": self.cov_type,
                "use_t": self.use_t,
            }
        )

    @classmethod
    def from_json(cls, text: str) -> GLMResults:
        """Return the model that `to_json` wrote.

        Parameters
        ----------
        text : str
            What `to_json` returned, in this version or an earlier one.
        """
        from json import loads

        from rustsci.glm.model import GLM

        kept = loads(text)
        if kept.get("format") != _FORMAT:
            raise ValueError(f"this is not a model of format {_FORMAT}, but of {kept.get('format')!r}")
        model = GLM.without_data(loads(kept["model"])["recipe"]["formula"]["text"], kept["names"])
        params = asarray([_or_nan(value) for value in kept["params"]], dtype="float64")
        shape = (params.size, params.size)
        covariance = asarray([_or_nan(value) for value in kept["covariance"]], dtype="float64").reshape(shape)
        results = cls.__new__(cls)
        results._set(model, kept["model"], params, covariance, kept["cov_type"], kept["use_t"])
        results._cov = asarray([_or_nan(value) for value in kept["cov_params"]], dtype="float64").reshape(
            shape
        )
        return results

    def _native(self, name: str) -> ndarray:
        if not self.model.columns:
            raise ValueError("this model was read without its data, which are needed here")
        if name not in self._cache:
            headers, arrays = describe(self.model.columns)
            found = _glm_rows(self._text, self._params, self._unscaled, headers, arrays, [name])
            self._cache[name] = found[0]
        return self._cache[name]

    @property
    def fittedvalues(self) -> Any:
        """The fitted means."""
        return self._back(self._native("mu"))

    mu = fittedvalues

    @property
    def linear_predictor(self) -> Any:
        """The linear predictors, offsets included."""
        return self._back(self._native("eta"))

    @property
    def resid_response(self) -> Any:
        """The responses less their fitted means."""
        return self._back(self._native("resid_response"))

    @property
    def resid_pearson(self) -> Any:
        """Residuals in units of their standard deviation for a dispersion of one."""
        return self._back(self._native("resid_pearson"))

    @property
    def resid_deviance(self) -> Any:
        """Signed roots of the rows' deviances."""
        return self._back(self._native("resid_deviance"))

    @property
    def resid_working(self) -> Any:
        """Residuals on the scale of the linear predictor."""
        return self._back(self._native("resid_working"))

    @property
    def resid_anscombe(self) -> Any:
        """Residuals on the scale on which they are nearly normal."""
        return self._back(self._native("resid_anscombe"))

    @property
    def leverage(self) -> Any:
        """The share that each row has in its own fitted value."""
        return self._back(self._native("leverage"))

    @property
    def cooks_distance(self) -> Any:
        """How far the coefficients would move without each row (Cook 1977), by one step of the iteration."""
        h = self._native("leverage")
        residual = self._native("resid_pearson")
        return self._back(residual**2 * h / (self.scale * self.edf * (1 - h) ** 2))

    # Words and tables.

    def predict(
        self,
        data: Any = None,
        *,
        which: str = "mean",
        offset: Any = None,
        exposure: Any = None,
        unseen: str = "raise",
    ) -> Any:
        """Return predictions.

        Parameters
        ----------
        data : optional
            New data, of any kind that `glm` takes; by default the data of the fit.
        which : {'mean', 'linear'}, optional
            The means, or the linear predictors.
        offset, exposure : str or array_like, optional
            As for `glm`: needed here if the model has them as values, not as names of columns.
        unseen : {'raise', 'reference'}, optional
            What to do with levels that the model does not know: refuse them, or take the base level for them.

        Examples
        --------
        >>> import rustsci.glm as rs
        >>> result = rs.glm("y ~ x", {"y": [1.0, 3.0, 5.0], "x": [0.0, 1.0, 2.0]}).fit()
        >>> [round(float(y), 6) for y in result.predict({"x": [3.0, 4.0]})]
        [7.0, 9.0]
        """
        if which not in ("mean", "response", "linear", "link"):
            raise ValueError(f"which must be 'mean' or 'linear', not {which!r}")
        from rustsci.glm.prediction import predict

        prediction = predict(self, data, offset, exposure, unseen, with_variance=False)
        return prediction.linear if which in ("linear", "link") else prediction.predicted_mean

    def get_prediction(
        self, data: Any = None, *, offset: Any = None, exposure: Any = None, unseen: str = "raise"
    ) -> Prediction:
        """Return predictions with their standard errors and confidence intervals.

        Parameters
        ----------
        data, offset, exposure, unseen
            As for `predict`.
        """
        from rustsci.glm.prediction import predict

        return predict(self, data, offset, exposure, unseen, with_variance=True)

    def summary(self, alpha: float = 0.05) -> Summary:
        """Return the results as a text, which notebooks show as HTML.

        Parameters
        ----------
        alpha : float, optional
            One less the confidence of the intervals.
        """
        from rustsci.glm.summary import Summary

        return Summary(self, alpha)

    def relativities(self) -> dict[str, float]:
        """Return the factors by which coefficients multiply the mean; the link must be the logarithm."""
        if self._fit["link"]["name"] != "log":
            raise ValueError(f"relativities need the log link, not {self._fit['link']['name']!r}")
        return dict(zip(self.feature_names, (float(x) for x in exp(self._params)), strict=True))

    def wald_test_terms(self) -> dict[str, tuple[float, float, int]]:
        """Return for each term of the formula the Wald statistic, its p-value and the degrees of freedom.

        Examples
        --------
        >>> import rustsci.glm as rs
        >>> data = {"y": [1.0, 2.0, 4.0, 3.0, 6.0, 5.0], "g": list("aabbcc")}
        >>> statistic, p, df = rs.glm("y ~ g", data).fit().wald_test_terms()["g"]
        >>> round(statistic, 6), df
        (32.0, 2)
        """
        from rustsci.glm.testing import wald_test_terms

        return wald_test_terms(self._params, self._cov, self._fit["recipe"])

    def table(self) -> dict[str, list[Any]]:
        """Return coefficients, standard errors, statistics, p-values and intervals as a dict of columns."""
        low, high = self._interval(self._params, self._bse, 0.05)
        columns = {
            "coef": self._params,
            "std err": self._bse,
            "t" if self.use_t else "z": self._params / self._bse,
            "p": asarray(self.pvalues),
            "[0.025": low,
            "0.975]": high,
        }
        return {"term": self.feature_names, **{name: _floats(values) for name, values in columns.items()}}

    def _repr_html_(self) -> str:
        return self.summary().as_html()

    def __repr__(self) -> str:
        count = int((~isnan(self._params)).sum())
        return f"<GLMResults {self.model.formula!r}, {count} coefficients, deviance {self.deviance:.6g}>"


def _or_none(value: float) -> float | None:
    """JSON has no NaN."""
    return None if value != value else value


def _or_nan(value: float | None) -> float:
    return float("nan") if value is None else value


def _plain(origin: Any) -> Any:
    """An array that stands for the library of a column: data frames' columns are NumPy's arrays here."""
    library = type(origin).__module__.partition(".")[0]
    if library in ("pandas", "polars") and hasattr(origin, "to_numpy"):
        return origin.to_numpy()
    if library == "pyarrow":
        return origin.to_numpy(zero_copy_only=False)
    return origin


def _columns(*columns: ndarray) -> ndarray:
    return asarray([_floats(column) for column in columns]).T


def _floats(values: Sequence[Any] | ndarray) -> list[float]:
    return [float(value) for value in values]
