"""What a fitted model says of each row that it was fitted to."""

from __future__ import annotations

from rustsci._native import _glm_influence, _glm_quantile_residuals, sqrt
from rustsci.glm.fitted import FittedModel

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rustsci._native import ndarray

__all__: list[str] = []


class RowResults(FittedModel):
    """Fitted values, residuals and influence; each is computed when it is first asked for."""

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

    def resid_quantile(self, seed: int = 0) -> Any:
        """Return residuals that are exactly normal if the model holds (Dunn & Smyth 1996).

        They are normal quantiles of the responses' probabilities; a response with a probability of its own
        stands for a random point of that step.

        Parameters
        ----------
        seed : int, optional
            Another number is another choice of points.

        Examples
        --------
        >>> import rustsci.glm as rs
        >>> result = rs.glm("y ~ x", {"y": [1, 3, 4], "x": [0.0, 1.0, 2.0]}, family="poisson").fit()
        >>> bool((result.resid_quantile(1) == result.resid_quantile(1)).all())
        True
        """
        if not 0 <= seed < 2**63:
            raise ValueError(f"seed must be from 0 to 2**63 - 1, not {seed}")
        return self._back(_glm_quantile_residuals(*self._model_and_data(), seed))

    def design_matrix(self) -> Any:
        """Return the design, a row for each of the fit's and a column for each coefficient.

        Factors are expanded to their columns here, which the fit itself never does.
        """
        return self._back(self._native("design"))

    @property
    def resid_studentized(self) -> Any:
        """Pearson residuals in units of their own standard deviation."""
        return self._back(self._studentized())

    def _studentized(self) -> ndarray:
        return self._native("resid_pearson") / sqrt(self.scale * (1 - self._native("leverage")))

    def _influence(self) -> tuple[ndarray, ndarray]:
        if "influence" not in self._cache:
            changes, predictors = _glm_influence(*self._model_and_data())
            self._cache["influence"], self._cache["influence_eta"] = changes, predictors
        return self._cache["influence"], self._cache["influence_eta"]

    @property
    def dfbeta(self) -> Any:
        """By how much each coefficient would change without each row, by one step of the iteration."""
        return self._back(self._influence()[0])

    @property
    def dfbetas(self) -> Any:
        """The same in standard errors of the coefficients (Belsley, Kuh & Welsch 1980)."""
        return self._back(self._influence()[0] / sqrt(self._unscaled.diagonal() * self.scale))

    @property
    def dffits(self) -> Any:
        """By how much each row's linear predictor would change without it, in standard errors."""
        h = self._native("leverage")
        return self._back(self._studentized() * sqrt(h / (1 - h)))

    @property
    def cooks_distance(self) -> Any:
        """How far the coefficients would move without each row (Cook 1977), by one step of the iteration."""
        h = self._native("leverage")
        residual = self._native("resid_pearson")
        return self._back(residual**2 * h / (self.scale * self.edf * (1 - h) ** 2))
