"""A fitted model: its coefficients, what they are worth, and what the model says of each row."""

from __future__ import annotations

from rustsci._native import _glm_link, asarray, isnan, ndarray
from rustsci.glm.goodness import GoodnessOfFit
from rustsci.glm.plots import Plots

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from rustsci.glm.covariance import CovarianceType
    from rustsci.glm.diagnostics import ModelDiagnostics
    from rustsci.glm.model import GLM
    from rustsci.glm.prediction import Prediction
    from rustsci.glm.relativities import Relativities
    from rustsci.glm.summary import Summary

__all__ = ["GLMResults"]


class GLMResults(GoodnessOfFit, Plots):
    """A fitted generalized linear model; names are statsmodels'.

    Arrays of coefficients are in the order of `feature_names`. Arrays come in the library of the data:
    NumPy's for columns of pandas, polars, pyarrow and NumPy, ours for the rest.
    """

    def __init__(
        self,
        model: GLM,
        text: str,
        params: ndarray,
        covariance: ndarray | None,
        *,
        cov_type: CovarianceType,
        use_t: bool | None,
    ) -> None:
        self._set(model, text, params, covariance, cov_type.kind, bool(use_t))
        if cov_type.kind not in ("nonrobust", "eim"):
            self._cov = cov_type.of(self)
            self._group_count = cov_type.group_count
        for note in self.notes:
            self._warn(note)

    @staticmethod
    def _warn(message: str) -> None:
        from warnings import warn

        warn(message, RuntimeWarning, stacklevel=4)

    def _inverse_link(self, eta: ndarray) -> ndarray:
        from json import dumps

        return _glm_link(dumps(self._fit["link"]), "inverse", eta)

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

    def to_bytes(self) -> bytes:
        """Return the model as bytes, without data: what `to_json` has, compressed.

        Examples
        --------
        >>> import rustsci.glm as rs
        >>> result = rs.glm("y ~ x", {"y": [1.0, 3.0, 5.5], "x": [0.0, 1.0, 2.0]}).fit()
        >>> rs.GLMResults.from_bytes(result.to_bytes()).feature_names
        ['Intercept', 'x']
        """
        from rustsci.glm.persistence import to_bytes

        return to_bytes(self)

    @classmethod
    def from_bytes(cls, content: bytes) -> GLMResults:
        """Return the model that `to_bytes` wrote.

        Parameters
        ----------
        content : bytes
            What `to_bytes` returned, in this version or an earlier one.
        """
        from rustsci.glm.persistence import from_bytes

        return from_bytes(cls, content)

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

    def diagnostics(self, train: Any = None, test: Any = None, **options: Any) -> ModelDiagnostics:
        """Return diagnostics of the model: calibration, ranking, dispersion, what it lacks, drift.

        Parameters
        ----------
        train, test : optional
            The data of the fit, which the model has by itself, and others.
        **options
            As for `ModelDiagnostics`.

        Examples
        --------
        >>> import rustsci.glm as rs
        >>> data = {"y": [1, 0, 2, 3, 2, 5, 4, 8, 6, 9], "x": [0.1 * i for i in range(10)]}
        >>> rs.glm("y ~ x", data, family="poisson").fit().diagnostics().warnings
        []
        """
        from rustsci.glm.diagnostics import ModelDiagnostics

        return ModelDiagnostics(self, train, test, **options)

    def remove_data(self) -> None:
        """Forget the data, for a model that takes little room: what needs rows is known no more.

        Coefficients, errors, the summary and predictions for new data stay.
        """
        from rustsci.glm.model import GLM
        from rustsci.glm.persistence import keep_likelihood

        keep_likelihood(self)
        self.model = GLM.without_data(self.model.formula, self.model._names)
        self._cache.clear()

    def summary(self, alpha: float = 0.05) -> Summary:
        """Return the results as a text, which notebooks show as HTML.

        Parameters
        ----------
        alpha : float, optional
            One less the confidence of the intervals.
        """
        from rustsci.glm.summary import Summary

        return Summary(self, alpha)

    def relativities(self, alpha: float = 0.05) -> Relativities:
        """Return the factors by which coefficients multiply the mean; the link must be the logarithm.

        Parameters
        ----------
        alpha : float, optional
            One less the confidence of the intervals.

        Returns
        -------
        Relativities
            A dict of names and factors, whose `conf_int` and `table()` have their intervals.

        Examples
        --------
        >>> import rustsci.glm as rs
        >>> data = {"y": [1, 3, 4, 12], "g": list("aabb")}
        >>> factors = rs.glm("y ~ g", data, family="poisson").fit().relativities()
        >>> round(factors["g[T.b]"], 4), [round(x, 4) for x in factors.conf_int["g[T.b]"]]
        (4.0, [1.3373, 11.9645])
        """
        from rustsci.glm.relativities import Relativities

        return Relativities(self, alpha)

    def table(self, alpha: float = 0.05, *, conf_int: str = "wald") -> Any:
        """Return coefficients with errors, statistics, p-values and intervals.

        A frame of pandas or polars or a table of pyarrow if the data were one; else a dict of columns.

        Parameters
        ----------
        alpha : float, optional
            One less the confidence of the intervals.
        conf_int : {'wald', 'profile'}, optional
            How intervals are made; see `conf_int`.
        """
        from rustsci.glm.tables import table_in

        if conf_int not in ("wald", "profile"):
            raise ValueError(f"conf_int must be 'wald' or 'profile', not {conf_int!r}")
        if conf_int == "wald":
            low, high = self._interval(self._params, self._bse, alpha)
        else:
            low, high = self._profile_interval(alpha)
        columns = {
            "coef": self._params,
            "std err": self._bse,
            "t" if self.use_t else "z": self._params / self._bse,
            "p": asarray(self.pvalues),
            f"[{alpha / 2:g}": low,
            f"{1 - alpha / 2:g}]": high,
        }
        named: dict[str, list[Any]] = {
            "term": self.feature_names,
            **{name: _floats(values) for name, values in columns.items()},
        }
        return table_in(self.model._library, named)

    def _repr_html_(self) -> str:
        return self.summary().as_html()

    def __repr__(self) -> str:
        count = int((~isnan(self._params)).sum())
        return f"<GLMResults {self.model.formula!r}, {count} coefficients, deviance {self.deviance:.6g}>"


def _columns(*columns: ndarray) -> ndarray:
    return asarray([_floats(column) for column in columns]).T


def _floats(values: Sequence[Any] | ndarray) -> list[float]:
    return [float(value) for value in values]
