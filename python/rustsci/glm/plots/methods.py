"""The plots that a fitted model has as methods; what draws them is imported with the first."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rustsci.glm.diagnostics import ModelDiagnostics
    from rustsci.glm.results import GLMResults

__all__ = ["Plots"]


class Plots:
    """Pictures of a fitted model, with matplotlib; each method returns the axes it drew on."""

    def plot_residuals(
        self: Any, kind: str = "deviance", against: str = "fitted", *, seed: int = 0, ax: Any = None
    ) -> Any:
        """Draw residuals with a smooth line through them.

        Parameters
        ----------
        kind : str, optional
            ``'response'``, ``'pearson'``, ``'deviance'``, ``'working'``, ``'anscombe'``, ``'quantile'`` or
            ``'studentized'``.
        against : str, optional
            ``'fitted'``, ``'linear'``, or the name of a numeric column.
        seed : int, optional
            As for `resid_quantile`.
        ax : matplotlib.axes.Axes, optional
            Where to draw; by default on a new figure.
        """
        from rustsci.glm.plots.residuals import plot_residuals

        return plot_residuals(self, kind, against, seed, ax)

    def plot_qq(self: Any, kind: str = "quantile", *, seed: int = 0, ax: Any = None) -> Any:
        """Draw the quantiles of residuals against those of the normal distribution.

        Parameters
        ----------
        kind, seed, ax
            As for `plot_residuals`.
        """
        from rustsci.glm.plots.residuals import plot_qq

        return plot_qq(self, kind, seed, ax)

    def plot_influence(self: Any, *, ax: Any = None) -> Any:
        """Draw studentized residuals against leverage.

        Parameters
        ----------
        ax
            As for `plot_residuals`.
        """
        from rustsci.glm.plots.residuals import plot_influence

        return plot_influence(self, ax)

    def plot_cooks_distance(self: Any, *, ax: Any = None) -> Any:
        """Draw Cook's distance of each row.

        Parameters
        ----------
        ax
            As for `plot_residuals`.
        """
        from rustsci.glm.plots.residuals import plot_cooks_distance

        return plot_cooks_distance(self, ax)

    def plot_coefficients(self: Any, alpha: float = 0.05, *, ax: Any = None) -> Any:
        """Draw coefficients with confidence intervals.

        Parameters
        ----------
        alpha : float, optional
            One less the confidence.
        ax
            As for `plot_residuals`.
        """
        from rustsci.glm.plots.coefficients import plot_coefficients

        return plot_coefficients(self, alpha, False, ax)

    def plot_relativities(self: Any, alpha: float = 0.05, *, ax: Any = None) -> Any:
        """Draw the factors by which coefficients multiply the mean, with confidence intervals.

        Parameters
        ----------
        alpha, ax
            As for `plot_coefficients`.
        """
        from rustsci.glm.plots.coefficients import plot_coefficients

        return plot_coefficients(self, alpha, True, ax)

    def plot_partial_residuals(self: Any, name: str, *, ax: Any = None) -> Any:
        """Draw working residuals with the part of one coefficient added, against its column.

        Parameters
        ----------
        name : str
            The name of the coefficient.
        ax
            As for `plot_residuals`.
        """
        from rustsci.glm.plots.partial import plot_partial_residuals

        return plot_partial_residuals(self, name, ax)

    def plot_added_variable(self: Any, name: str, *, ax: Any = None) -> Any:
        """Draw what one column adds to the others.

        Parameters
        ----------
        name, ax
            As for `plot_partial_residuals`.
        """
        from rustsci.glm.plots.partial import plot_added_variable

        return plot_added_variable(self, name, ax)

    def plot_ceres_residuals(self: Any, name: str, *, ax: Any = None) -> Any:
        """Draw partial residuals that allow for others depending on the column nonlinearly (Cook 1993).

        Parameters
        ----------
        name, ax
            As for `plot_partial_residuals`.
        """
        from rustsci.glm.plots.partial import plot_ceres_residuals

        return plot_ceres_residuals(self, name, ax)

    def plot_calibration(self: Any, *, ax: Any = None) -> Any:
        """Draw what was observed against what was expected, by groups of predictions.

        Parameters
        ----------
        ax
            As for `plot_residuals`.
        """
        return _report(self).plot_calibration(ax=ax)

    def plot_actual_expected(self: Any, variable: str, *, ax: Any = None) -> Any:
        """Draw observed and expected by a column.

        Parameters
        ----------
        variable : str
            The column's name, in the formula or not.
        ax
            As for `plot_residuals`.
        """
        return _report(self).plot_actual_expected(variable, ax=ax)

    def plot_lorenz(self: Any, *, ax: Any = None) -> Any:
        """Draw the Lorenz curve of the predictions.

        Parameters
        ----------
        ax
            As for `plot_residuals`.
        """
        return _report(self).plot_lorenz(ax=ax)

    def plot_lift(self: Any, *, ax: Any = None) -> Any:
        """Draw the lift of groups of predictions.

        Parameters
        ----------
        ax
            As for `plot_residuals`.
        """
        return _report(self).plot_lift(ax=ax)

    def plot_partial_dependence(self: Any, variable: str, *, ax: Any = None) -> Any:
        """Draw the mean prediction as a column changes.

        Parameters
        ----------
        variable : str
            The column's name.
        ax
            As for `plot_residuals`.
        """
        return _report(self).plot_partial_dependence(variable, ax=ax)


def _report(results: GLMResults) -> ModelDiagnostics:
    from rustsci.glm.diagnostics import ModelDiagnostics

    return ModelDiagnostics(results)
