"""What a fitted model says of each row that it was fitted to."""

from __future__ import annotations

from rustsci.glm.fitted import FittedModel

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

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

    @property
    def cooks_distance(self) -> Any:
        """How far the coefficients would move without each row (Cook 1977), by one step of the iteration."""
        h = self._native("leverage")
        residual = self._native("resid_pearson")
        return self._back(residual**2 * h / (self.scale * self.edf * (1 - h) ** 2))
