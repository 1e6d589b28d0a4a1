"""How well a fitted model describes its data, in single numbers."""

from __future__ import annotations

from functools import cached_property

from rustsci._native import exp, log
from rustsci.glm.inference import Inference

__all__: list[str] = []

_KINDS = ("cs", "nagelkerke", "mcf", "mcf_adj", "efron", "deviance")


class GoodnessOfFit(Inference):
    """The likelihood, information criteria and shares of what there is to explain."""

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

    bic_llf = bic

    @property
    def bic_deviance(self) -> float:
        """Schwarz's criterion as Stata has it, of the deviance."""
        return float(self.deviance - self.df_resid * log(self.wnobs))

    def info_criteria(self, crit: str, scale: float | None = None, dk_params: float = 0) -> float:
        """Return an information criterion.

        Parameters
        ----------
        crit : {'aic', 'aicc', 'bic', 'qaic'}
            Akaike's, that for small samples, Schwarz's, or the one for quasi-likelihoods
            (Burnham & Anderson 2002, section 2.5), which needs `scale`.
        scale : float, optional
            The dispersion that the log-likelihood is divided by; for 'qaic' that of the largest model.
        dk_params : float, optional
            How many parameters are counted besides the coefficients: 1 for the dispersion, as R has it.

        Examples
        --------
        >>> import rustsci.glm as rs
        >>> result = rs.glm("y ~ x", {"y": [1, 3, 4], "x": [0.0, 1.0, 2.0]}, family="poisson").fit()
        >>> result.info_criteria("aic") == result.aic
        True
        """
        k = self.edf + dk_params
        name = crit.lower()
        if name == "qaic":
            if scale is None:
                raise ValueError("crit 'qaic' needs scale, the dispersion of the largest model")
            return -2 * self.llf / scale + 2 * k
        if scale is not None:
            raise ValueError(f"scale belongs to crit 'qaic', not to {crit!r}")
        if name == "aic":
            return -2 * self.llf + 2 * k
        if name == "aicc":
            return -2 * self.llf + 2 * k + 2 * k * (k + 1) / (self.wnobs - k - 1)
        if name == "bic":
            return float(-2 * self.llf + k * log(self.wnobs))
        raise ValueError(f"crit must be 'aic', 'aicc', 'bic' or 'qaic', not {crit!r}")

    def pseudo_rsquared(self, kind: str = "cs") -> float:
        """Return a share of what there is to explain.

        Parameters
        ----------
        kind : {'cs', 'nagelkerke', 'mcf', 'mcf_adj', 'efron', 'deviance'}, optional
            Cox and Snell's (1989); the same divided by the most it can be (Nagelkerke 1991); McFadden's
            (1974), also less the number of coefficients; Efron's (1978), of squared errors; or that of the
            deviance (Cameron & Windmeijer 1997).

        Examples
        --------
        >>> import rustsci.glm as rs
        >>> data = {"y": [0, 0, 1, 0, 1, 1], "x": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]}
        >>> result = rs.glm("y ~ x", data, family="binomial").fit()
        >>> [round(result.pseudo_rsquared(kind), 4) for kind in ("cs", "nagelkerke", "mcf")]
        [0.3938, 0.525, 0.361]
        """
        if kind not in _KINDS:
            raise ValueError(f"kind must be one of {', '.join(_KINDS)}, not {kind!r}")
        if kind == "cs":
            return float(1 - exp((self.llnull - self.llf) * (2 / self.wnobs)))
        if kind == "nagelkerke":
            most = 1 - exp(self.llnull * (2 / self.wnobs))
            return float(self.pseudo_rsquared("cs") / most)
        if kind == "mcf":
            return 1 - self.llf / self.llnull
        if kind == "mcf_adj":
            return 1 - (self.llf - self.edf) / self.llnull
        if kind == "efron":
            return self._efron()
        return 1 - self.deviance / self.null_deviance

    def _efron(self) -> float:
        weight, response = self._native("weights"), self._native("response")
        mean = (weight * response).sum() / weight.sum()
        errors = (weight * self._native("resid_response") ** 2).sum()
        return float(1 - errors / (weight * (response - mean) ** 2).sum())
