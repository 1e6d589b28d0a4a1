"""The likelihood of a model as a function of its coefficients."""

from __future__ import annotations

from functools import cached_property

from rustsci._library import carrier_to_library_of
from rustsci._native import _glm_evaluate, _glm_prepare, asarray, ndarray

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rustsci.glm.columns import Column

__all__: list[str] = []


class LikelihoodFunctions:
    """The log-likelihood, its derivatives and the dispersion, at any coefficients; names are statsmodels'."""

    _request: dict[str, Any]
    _names: list[str]
    columns: dict[str, Column]

    @cached_property
    def _prepared(self) -> str:
        from json import dumps

        from rustsci.glm.requests import describe

        headers, arrays = describe(self.columns)
        return _glm_prepare(dumps(self._request), self._names, headers, arrays)

    @cached_property
    def _facts(self) -> dict[str, Any]:
        from json import loads

        return loads(self._prepared)

    @cached_property
    def _carrier(self) -> Any:
        from rustsci.glm.fitted import _plain

        return carrier_to_library_of(*(_plain(column.origin) for column in self.columns.values()))

    def _evaluate(self, params: Any, quantity: str, scale: float | None = 1.0) -> ndarray:
        from rustsci.glm.requests import describe

        if scale is None:
            scale = self.estimate_scale(params)
        coefficients = asarray(params, dtype="float64")
        headers, arrays = describe(self.columns)
        return _glm_evaluate(self._prepared, coefficients, float(scale), headers, arrays, quantity)

    @property
    def feature_names(self) -> list[str]:
        """The names of coefficients, as formulaic names them."""
        return list(self._facts["recipe"]["names"])

    @property
    def nobs(self) -> int:
        """The number of rows in which nothing is missing."""
        return int(self._facts["rows"])

    @property
    def wnobs(self) -> float:
        """The number of observations: of rows, or the sum of their frequencies."""
        return float(self._facts["nobs"])

    @property
    def df_model(self) -> float:
        """The degrees of freedom of the model, without the constant's."""
        return float(self._facts["rank"]) - 1

    @property
    def df_resid(self) -> float:
        """The number of observations less that of coefficients that do not depend on others."""
        return self.wnobs - float(self._facts["rank"])

    def estimate_scale(self, params: Any, method: str | float | None = None) -> float:
        """Return the dispersion at some coefficients.

        Parameters
        ----------
        params : array_like
            The coefficients.
        method : {'X2', 'dev'} or float, optional
            As `scale` of `fit`.
        """
        from rustsci.glm.requests import dispersion_of

        kind = dispersion_of(method)
        if isinstance(kind, dict):
            return float(kind["fixed"])
        if kind == "default" and self._request["family"]["name"] in _FIXED:
            return 1.0
        deviance, pearson = self._evaluate(params, "discrepancy")
        return float((deviance if kind == "deviance" else pearson) / self.df_resid)

    def predict(self, params: Any, *, which: str = "mean") -> Any:
        """Return what coefficients say of the rows of the model.

        Parameters
        ----------
        params : array_like
            The coefficients.
        which : {'mean', 'linear'}, optional
            The means, or the linear predictors.
        """
        if which not in ("mean", "response", "linear", "link"):
            raise ValueError(f"which must be 'mean' or 'linear', not {which!r}")
        return self._carrier(self._evaluate(params, "eta" if which in ("linear", "link") else "mu"))

    def loglike(self, params: Any, scale: float | None = None) -> float:
        """Return the log-likelihood with all constants.

        Parameters
        ----------
        params : array_like
            The coefficients.
        scale : float, optional
            The dispersion; by default it is estimated at these coefficients.

        Examples
        --------
        >>> import rustsci.glm as rs
        >>> model = rs.glm("y ~ x", {"y": [1, 3, 4], "x": [0.0, 1.0, 2.0]}, family="poisson")
        >>> round(model.loglike([0.5, 0.5]), 6)
        -4.820391
        """
        return float(self._evaluate(params, "llf", scale)[0])

    def loglike_obs(self, params: Any, scale: float | None = None) -> Any:
        """Return each row's part of the log-likelihood.

        Parameters
        ----------
        params, scale
            As for `loglike`.
        """
        return self._carrier(self._evaluate(params, "log_likelihood", scale))

    def score(self, params: Any, scale: float | None = None) -> Any:
        """Return the gradient of the log-likelihood.

        Parameters
        ----------
        params, scale
            As for `loglike`.

        Examples
        --------
        >>> import rustsci.glm as rs
        >>> model = rs.glm("y ~ x", {"y": [1, 3, 4], "x": [0.0, 1.0, 2.0]}, family="poisson")
        >>> [round(float(u), 6) for u in model.score(model.fit().params)]
        [0.0, 0.0]
        """
        return self._carrier(self._evaluate(params, "score") / self._scale(params, scale))

    def score_obs(self, params: Any, scale: float | None = None) -> Any:
        """Return each row's part of the gradient, a row each.

        Parameters
        ----------
        params, scale
            As for `loglike`.
        """
        return self._carrier(self._evaluate(params, "scores") / self._scale(params, scale))

    def hessian(self, params: Any, scale: float | None = None, *, observed: bool = True) -> Any:
        """Return the second derivatives of the log-likelihood, or what is expected of them.

        Parameters
        ----------
        params, scale
            As for `loglike`.
        observed : bool, optional
            Whether the response enters, or its expectation.
        """
        information = self._evaluate(params, "observed" if observed else "expected")
        return self._carrier(-information / self._scale(params, scale))

    def information(self, params: Any, scale: float | None = None) -> Any:
        """Return the expected information, the negative of the expected second derivatives.

        Parameters
        ----------
        params, scale
            As for `loglike`.
        """
        return self._carrier(self._evaluate(params, "expected") / self._scale(params, scale))

    def _scale(self, params: Any, scale: float | None) -> float:
        return self.estimate_scale(params) if scale is None else float(scale)


# Families whose dispersion is one.
_FIXED = ("poisson", "binomial", "negative_binomial")
