"""What a fit found, before anything is made of it."""

from __future__ import annotations

from functools import cached_property

from rustsci._library import carrier_to_library_of
from rustsci._native import _glm_rows, ndarray, zeros
from rustsci.glm.requests import describe

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rustsci.glm.model import GLM

__all__: list[str] = []


class FittedModel:
    """A model with its coefficients, and the facts of its fit."""

    #: The Tweedie variance powers that were tried, with their log-likelihoods, where the power was estimated.
    power_profile: list[tuple[float, float]] | None = None

    def _set(
        self,
        model: GLM,
        text: str,
        params: ndarray,
        covariance: ndarray | None,
        cov_type: str,
        use_t: bool,
    ) -> None:
        from json import loads

        self.model = model
        self._text = text
        self._params = params
        self._given_covariance = covariance
        self._fit: dict[str, Any] = loads(text)
        self.cov_type = cov_type
        self.use_t = use_t
        self._group_count: int | None = None
        self._cache: dict[str, ndarray] = {}

    @cached_property
    def _unscaled(self) -> ndarray:
        """The covariance for a dispersion of one; worked out now if the fit was to leave it out."""
        if self._given_covariance is not None:
            return self._given_covariance
        headers, arrays = describe(self.model.columns)
        nothing = zeros((0, 0))
        return _glm_rows(self._text, self._params, nothing, headers, arrays, ["covariance"])[0]

    def _model_and_data(self) -> tuple[str, ndarray, ndarray, str, list[ndarray]]:
        """What native functions take to look at the rows of the fit."""
        if not self.model.columns:
            raise ValueError("this model was read without its data, which are needed here")
        return self._text, self._params, self._unscaled, *describe(self.model.columns)

    @cached_property
    def _back(self) -> Any:
        return carrier_to_library_of(*(_plain(origin) for origin in self.model.origins()))

    def _native(self, name: str) -> ndarray:
        if name not in self._cache and self.model.streams:
            from rustsci.glm.streaming import quantity_in_batches

            quantity = quantity_in_batches(self, name)
            if quantity is not None:
                self._cache[name] = quantity
        if name not in self._cache:
            found = _glm_rows(*self._model_and_data(), [name])
            self._cache[name] = found[0]
        return self._cache[name]

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
    def gradient_norm(self) -> float:
        """By how much the conditions of a minimum of half the mean deviance are missed, at most."""
        gradient = self._fit.get("gradient")
        return float("nan") if gradient is None else float(gradient)

    @property
    def notes(self) -> list[str]:
        """What a user should know of the fit."""
        return list(self._fit["notes"])

    @property
    def has_estimated_dispersion(self) -> bool:
        """Whether the family leaves the dispersion to be estimated."""
        return self._fit["family"]["name"] not in ("poisson", "binomial", "negative_binomial")

    @property
    def var_power(self) -> float | None:
        """The Tweedie family's variance power."""
        value = self._fit["family"].get("power")
        return None if value is None else float(value)

    @property
    def criterion(self) -> float | None:
        """What penalties of smooth terms were chosen by: GCV, un-biased risk, or −log REML."""
        value = self._fit.get("criterion")
        return None if value is None else float(value)

    def smooth_terms(self) -> dict[str, list[Any]]:
        """Return the smooth terms as a dict of columns.

        ``edf`` are effective degrees of freedom, ``sp`` the penalties. Each function is tested for being zero
        (Wood 2013, *On p-values for smooth components of an extended generalized additive model*): by χ², or
        by F where the dispersion is estimated.

        Examples
        --------
        >>> import rustsci.glm as rs
        >>> x = [float(i) for i in range(12)]
        >>> data = {"x": x, "y": [1.0, 3.0, 4.0, 7.0, 7.0, 5.0, 4.0, 4.0, 5.0, 7.0, 9.0, 12.0]}
        >>> rs.glm("y ~ s(x, k=8)", data).fit().smooth_terms()["term"]
        ['s(x, k=8)']
        """
        from rustsci.glm.smoothing import smooth_table

        return smooth_table(self._fit)

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


def _plain(origin: Any) -> Any:
    """An array that stands for the library of a column: data frames' columns are NumPy's arrays here."""
    library = type(origin).__module__.partition(".")[0]
    if library in ("pandas", "polars") and hasattr(origin, "to_numpy"):
        return origin.to_numpy()
    if library == "pyarrow":
        return origin.to_numpy(zero_copy_only=False)
    return origin
