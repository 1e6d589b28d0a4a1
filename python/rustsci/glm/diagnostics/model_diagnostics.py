"""All that is known of a model's quality, for the data of the fit and for others."""

from __future__ import annotations

from functools import cached_property

from rustsci.glm.columns import Column, single_column
from rustsci.glm.diagnostics import calibration, dependence, discrimination, dispersion, drift, screening
from rustsci.glm.diagnostics.report import as_html, as_text
from rustsci.glm.diagnostics.sample import Sample
from rustsci.glm.diagnostics.words import warnings_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rustsci.glm.results import GLMResults

__all__ = ["ModelDiagnostics"]


class ModelDiagnostics:
    """Diagnostics of a fitted model; each is computed when it is first asked for.

    Parameters
    ----------
    results : GLMResults
        The fitted model, with its data.
    train : optional
        The data of the fit; those that the model has, by default.
    test : optional
        Other data with the same columns, the response included.
    bins : int, optional
        Into how many groups predictions and numbers are divided.
    **roles
        ``test_offset``, ``test_exposure``, ``test_weights`` and ``test_freq_weights``, and the same with
        ``train_``, where the model was given them as values rather than by the names of columns.

    Examples
    --------
    >>> import rustsci.glm as rs
    >>> data = {"y": [1, 0, 2, 3, 2, 5, 4, 8, 6, 9], "x": [0.1 * i for i in range(10)]}
    >>> result = rs.glm("y ~ x", data, family="poisson").fit()
    >>> report = rs.ModelDiagnostics(result)
    >>> round(report.discrimination["train"]["gini"], 3), round(report.overall["train"]["actual/expected"], 6)
    (0.375, 1.0)
    """

    def __init__(
        self, results: GLMResults, train: Any = None, test: Any = None, *, bins: int = 10, **roles: Any
    ) -> None:
        if bins < 2:
            raise ValueError(f"bins must be at least 2, not {bins}")
        given: dict[str, dict[str, Any]] = {"train": {}, "test": {}}
        for key, value in roles.items():
            name, _, role = key.partition("_")
            if name not in given or role not in ("offset", "exposure", "weights", "freq_weights"):
                raise TypeError(f"there is no parameter {key!r}")
            given[name][role] = value
        if test is None and given["test"]:
            raise ValueError("offsets and weights of the test data were given without test=")
        self.results = results
        self._bins = bins
        self.samples: dict[str, Sample] = {}
        if train is None:
            if not results.model.columns:
                raise ValueError("this model was read without its data: give train=")
            self.samples["train"] = Sample.of_fit(results)
        else:
            self.samples["train"] = Sample.of_data("train", results, train, **given["train"])
        if test is not None:
            self.samples["test"] = Sample.of_data("test", results, test, **given["test"])

    @cached_property
    def overall(self) -> dict[str, dict[str, float]]:
        """Observed, expected and their ratio for all rows."""
        return {name: calibration.overall(sample) for name, sample in self.samples.items()}

    @cached_property
    def calibration(self) -> dict[str, list[dict[str, Any]]]:
        """Observed and expected by groups of predictions of equal exposure."""
        return {name: calibration.by_decile(sample, self._bins) for name, sample in self.samples.items()}

    @cached_property
    def calibration_by_variable(self) -> dict[str, dict[str, list[dict[str, Any]]]]:
        """Observed and expected by the levels or groups of numbers of each column of the formula."""
        return {variable: self.actual_expected(variable) for variable in self.variables}

    def actual_expected(self, variable: str) -> dict[str, list[dict[str, Any]]]:
        """Return observed and expected by a column, whether it is in the model or not.

        Parameters
        ----------
        variable : str
            The column's name.
        """
        return calibration.by_variable(self.samples, variable, self._bins)

    @cached_property
    def hosmer_lemeshow(self) -> dict[str, dict[str, Any]]:
        """The test of Hosmer and Lemeshow, for the binomial family only."""
        if self.results._fit["family"]["name"] != "binomial":
            return {}
        return {
            name: calibration.hosmer_lemeshow(sample, self._bins, fitted=name == "train")
            for name, sample in self.samples.items()
        }

    @cached_property
    def discrimination(self) -> dict[str, dict[str, float]]:
        """Gini coefficients, and for the binomial family the area under the ROC curve."""
        found = {name: discrimination.gini(sample) for name, sample in self.samples.items()}
        if self.results._fit["family"]["name"] in ("binomial", "quasibinomial"):
            for name, sample in self.samples.items():
                found[name]["auc"] = discrimination.auc(sample)
        return found

    @cached_property
    def lorenz(self) -> dict[str, dict[str, list[float]]]:
        """Lorenz curves: shares of the exposure and of what was observed."""
        return {name: discrimination.lorenz(sample) for name, sample in self.samples.items()}

    @cached_property
    def lift(self) -> dict[str, list[dict[str, Any]]]:
        """Groups of predictions relative to the mean of all."""
        return {name: discrimination.lift(table) for name, table in self.calibration.items()}

    @cached_property
    def residuals(self) -> dict[str, dict[str, dict[str, float]]]:
        """Moments and quantiles of residuals."""
        return {name: dispersion.residual_summary(sample) for name, sample in self.samples.items()}

    @cached_property
    def overdispersion(self) -> dict[str, Any]:
        """Dispersions, and for counts a test of overdispersion and the number of zeros."""
        return dispersion.overdispersion(self.samples["train"])

    @cached_property
    def variables(self) -> list[str]:
        """The columns of the formula."""
        return screening.variables_of(self.results)

    @cached_property
    def left_out(self) -> list[dict[str, Any]]:
        """Score tests of the columns of the data that the formula does not name."""
        if not self.results.model.columns:
            return []
        return screening.left_out(self.samples["train"])

    @cached_property
    def interactions(self) -> list[dict[str, Any]]:
        """Score tests of products of two columns of the formula."""
        return screening.interactions(self.samples["train"]) if self.results.model.columns else []

    @cached_property
    def curvature(self) -> list[dict[str, Any]]:
        """Score tests of squares of numbers that the formula has as they are."""
        return screening.curvature(self.samples["train"]) if self.results.model.columns else []

    @cached_property
    def partial_dependence(self) -> dict[str, list[dict[str, Any]]]:
        """Mean predictions as each column of the formula changes."""
        return {name: dependence.partial_dependence(self.samples["train"], name) for name in self.variables}

    @cached_property
    def vif(self) -> dict[str, dict[str, float]]:
        """Variance inflation factors of terms."""
        return {
            term: {"gvif": factor, "df": df, "root": root}
            for term, (factor, df, root) in self.results.vif().items()
        }

    @cached_property
    def drift(self) -> dict[str, dict[str, Any]]:
        """Population stability indices between the data of the fit and the test data, and of predictions."""
        if "test" not in self.samples:
            return {}
        train, test = self.samples["train"], self.samples["test"]
        found = {
            name: drift.stability_index(train.column(name), test.column(name), self._bins)
            for name in self.variables
        }
        found["(prediction)"] = drift.stability_index(
            Column(train.rate), single_column(test.rate), self._bins
        )
        for entry in found.values():
            entry["judgement"] = drift.judged(entry["psi"])
        return found

    @cached_property
    def warnings(self) -> list[str]:
        """What should be looked at, in words."""
        return warnings_of(self)

    def to_dict(self) -> dict[str, Any]:
        """Return all diagnostics as dicts, lists, numbers and texts."""
        return {
            "formula": self.results.model.formula,
            "family": self.results._fit["family"],
            "link": self.results._fit["link"],
            "rows": {name: int(sample.response.size) for name, sample in self.samples.items()},
            "overall": self.overall,
            "calibration": self.calibration,
            "calibration_by_variable": self.calibration_by_variable,
            "hosmer_lemeshow": self.hosmer_lemeshow,
            "discrimination": self.discrimination,
            "lorenz": self.lorenz,
            "lift": self.lift,
            "residuals": self.residuals,
            "overdispersion": self.overdispersion,
            "left_out": self.left_out,
            "interactions": self.interactions,
            "curvature": self.curvature,
            "partial_dependence": self.partial_dependence,
            "vif": self.vif,
            "drift": self.drift,
            "warnings": self.warnings,
        }

    def to_json(self, indent: int | None = None) -> str:
        """Return all diagnostics as JSON, in which what is not known is null.

        Parameters
        ----------
        indent : int, optional
            By how much lines are indented; by default there is one line.
        """
        from json import dumps

        return dumps(_finite(self.to_dict()), indent=indent, allow_nan=False)

    def __str__(self) -> str:
        return as_text(self)

    def __repr__(self) -> str:
        return f"<ModelDiagnostics of {self.results.model.formula!r}: {len(self.warnings)} warnings>"

    def _repr_html_(self) -> str:
        return as_html(self)

    # Pictures.

    def plot_calibration(self, *, ax: Any = None) -> Any:
        """Draw what was observed against what was expected, by groups of predictions.

        Parameters
        ----------
        ax : matplotlib.axes.Axes, optional
            Where to draw; by default on a new figure.
        """
        from rustsci.glm.plots.calibration import plot_calibration

        return plot_calibration(self.calibration, ax)

    def plot_actual_expected(self, variable: str, *, ax: Any = None) -> Any:
        """Draw observed and expected by a column, with bars of exposure.

        Parameters
        ----------
        variable : str
            The column's name.
        ax
            As for `plot_calibration`.
        """
        from rustsci.glm.plots.calibration import plot_actual_expected

        return plot_actual_expected(self.actual_expected(variable), variable, ax)

    def plot_lorenz(self, *, ax: Any = None) -> Any:
        """Draw Lorenz curves.

        Parameters
        ----------
        ax
            As for `plot_calibration`.
        """
        from rustsci.glm.plots.calibration import plot_lorenz

        return plot_lorenz(self.lorenz, self.discrimination, ax)

    def plot_lift(self, *, ax: Any = None) -> Any:
        """Draw the lift of groups of predictions.

        Parameters
        ----------
        ax
            As for `plot_calibration`.
        """
        from rustsci.glm.plots.calibration import plot_lift

        return plot_lift(self.lift, ax)

    def plot_partial_dependence(self, variable: str, *, ax: Any = None) -> Any:
        """Draw the mean prediction as a column changes.

        Parameters
        ----------
        variable : str
            The column's name.
        ax
            As for `plot_calibration`.
        """
        from rustsci.glm.plots.calibration import plot_partial_dependence

        table = dependence.partial_dependence(self.samples["train"], variable)
        return plot_partial_dependence(table, variable, ax)

    def plot_drift(self, *, ax: Any = None) -> Any:
        """Draw the stability index of each column.

        Parameters
        ----------
        ax
            As for `plot_calibration`.
        """
        from rustsci.glm.plots.calibration import plot_drift

        if not self.drift:
            raise ValueError("drift is between two data: give test=")
        return plot_drift(self.drift, ax)


def _finite(value: Any) -> Any:
    """JSON has neither NaN nor infinity."""
    if isinstance(value, float):
        return value if value - value == 0 else None
    if isinstance(value, dict):
        return {key: _finite(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(part) for part in value]
    return value
