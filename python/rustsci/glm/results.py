"""A fitted model: its coefficients, what they are worth, and what the model says of each row."""

from __future__ import annotations

from functools import cached_property

from rustsci._native import _glm_link, _glm_tail, asarray, exp, isnan, log, ndarray, sqrt
from rustsci.glm.row_results import RowResults

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from rustsci.glm.model import GLM
    from rustsci.glm.prediction import Prediction
    from rustsci.glm.summary import Summary

__all__ = ["GLMResults"]


class GLMResults(RowResults):
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

    @staticmethod
    def _warn(message: str) -> None:
        from warnings import warn

        warn(message, RuntimeWarning, stacklevel=4)

    # Coefficients.

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

    def _inverse_link(self, eta: ndarray) -> ndarray:
        from json import dumps

        return _glm_link(dumps(self._fit["link"]), eta)

    # Words, tables and files.

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
        from rustsci.glm.persistence import to_json

        return to_json(self)

    @classmethod
    def from_json(cls, text: str) -> GLMResults:
        """Return the model that `to_json` wrote.

        Parameters
        ----------
        text : str
            What `to_json` returned, in this version or an earlier one.
        """
        from rustsci.glm.persistence import from_json

        return from_json(cls, text)

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


def _columns(*columns: ndarray) -> ndarray:
    return asarray([_floats(column) for column in columns]).T


def _floats(values: Sequence[Any] | ndarray) -> list[float]:
    return [float(value) for value in values]
