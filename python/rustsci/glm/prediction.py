"""Predictions for new data, and how far they may be trusted."""

from __future__ import annotations

from rustsci._native import _glm_predict, _glm_variables, minimum, ndarray, sqrt
from rustsci._native import maximum as _maximum
from rustsci.glm.columns import Column, open_data, single_column
from rustsci.glm.requests import column_of, describe

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rustsci.glm.results import GLMResults

__all__ = ["Prediction"]


class Prediction:
    """Predicted means with standard errors; made by `GLMResults.get_prediction`."""

    def __init__(self, results: GLMResults, parts: list[Any], back: Any) -> None:
        self._results = results
        self._eta, self._mu, self._slope, variance, kept = parts
        self._variance = variance
        self._back = back
        self.kept = None if kept is None else back(kept)

    @property
    def linear(self) -> Any:
        """The linear predictors."""
        return self._back(self._eta)

    @property
    def predicted_mean(self) -> Any:
        """The means."""
        return self._back(self._mu)

    predicted = predicted_mean

    @property
    def se_linear(self) -> Any:
        """The standard errors of the linear predictors."""
        return self._back(self._error)

    @property
    def _error(self) -> ndarray:
        return sqrt(self._variance * self._results.scale)

    @property
    def se_mean(self) -> Any:
        """The standard errors of the means, by the delta method."""
        return self._back(self._delta())

    def _delta(self) -> ndarray:
        return self._error * abs(self._slope)

    def conf_int(self, alpha: float = 0.05) -> Any:
        """Return confidence intervals of the means: those of the linear predictors, transformed.

        Parameters
        ----------
        alpha : float, optional
            One less the confidence.

        Examples
        --------
        >>> import rustsci.glm as rs
        >>> result = rs.glm("y ~ 1", {"y": [4, 5, 9]}, family="poisson").fit()
        >>> [round(float(x), 4) for x in result.get_prediction().conf_int()[0]]
        [3.7803, 9.5232]
        """
        from rustsci.glm.results import _columns

        return self._back(_columns(*self._ends(alpha)))

    def _ends(self, alpha: float) -> tuple[ndarray, ndarray]:
        inverse = self._results._inverse_link
        low, high = (inverse(end) for end in self._results._interval(self._eta, self._error, alpha))
        # A link that decreases turns intervals around.
        return minimum(low, high), _maximum(low, high)

    def pred_int(self, alpha: float = 0.05) -> Any:
        """Return prediction intervals: where a new observation lies, a row for each.

        A normal response's takes in the uncertainty of its mean. Other families' are quantiles of the
        distribution with the predicted mean and the dispersion of the fit; they do not.

        Parameters
        ----------
        alpha : float, optional
            One less the confidence.

        Examples
        --------
        >>> import rustsci.glm as rs
        >>> result = rs.glm("y ~ 1", {"y": [4, 5, 9]}, family="poisson").fit()
        >>> [float(x) for x in result.get_prediction().pred_int()[0]]
        [2.0, 11.0]
        """
        from rustsci.glm.prediction_intervals import prediction_interval
        from rustsci.glm.results import _columns

        if not 0 < alpha < 1:
            raise ValueError(f"alpha must be between 0 and 1, not {alpha!r}")
        low, high = prediction_interval(self._results, self._mu, self._delta(), alpha)
        return self._back(_columns(low, high))

    def summary_frame(self, alpha: float = 0.05) -> Any:
        """Return means, their standard errors and confidence intervals.

        A frame of pandas or polars or a table of pyarrow if the data of the fit were one; else a dict of
        columns.

        Parameters
        ----------
        alpha : float, optional
            One less the confidence.
        """
        from rustsci.glm.tables import table_in

        low, high = self._ends(alpha)
        columns = {
            "mean": self._mu.tolist(),
            "mean_se": self._delta().tolist(),
            "mean_ci_lower": low.tolist(),
            "mean_ci_upper": high.tolist(),
        }
        return table_in(self._results.model._library, columns)


def predict(
    results: GLMResults, data: Any, offset: Any, exposure: Any, unseen: str, *, with_variance: bool
) -> Prediction:
    """Predict from new data, or from those of the fit."""
    if unseen not in ("raise", "reference"):
        raise ValueError(f"unseen must be 'raise' or 'reference', not {unseen!r}")
    if data is None:
        if offset is not None or exposure is not None:
            raise ValueError("offset and exposure belong to new data; the data of the fit have their own")
        columns = results.model.columns
    else:
        columns = _new_columns(results, data, {"offset": offset, "exposure": exposure})
    headers, arrays = describe(columns)
    parts = _glm_predict(
        results._text,
        results._params,
        results._unscaled if results.cov_type == "nonrobust" else results._cov / results.scale,
        headers,
        arrays,
        unseen == "reference",
        with_variance,
    )
    return Prediction(results, list(parts), results._back)


def _new_columns(results: GLMResults, data: Any, given: dict[str, Any]) -> dict[str, Column]:
    source = open_data(data)
    left, _, right = results.model.formula.partition("~")
    # A dot stands for what it stood for in the fit.
    taken = {*_glm_variables(f"{left} ~ 1", []), *filter(None, results._fit["roles"].values())}
    known = [name for name in results.model._names if name not in taken]
    columns = {name: column_of(source, name) for name in _glm_variables("~" + right, known)}
    for role, name in results._fit["roles"].items():
        value = given.get(role)
        if name is None:
            if value is not None:
                raise ValueError(f"the model was fitted without {role}, so predictions take none")
            continue
        if role in ("weights", "freq_weights"):
            continue
        if value is not None and not isinstance(value, str):
            columns[name] = single_column(value)
        elif name.startswith("("):
            raise ValueError(f"the model was fitted with {role} as values: predict needs {role}= as well")
        else:
            column = value or name
            columns[name] = column_of(source, column)
    return columns
