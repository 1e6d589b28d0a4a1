"""Families and links as functions of numbers: what models are made of."""

from __future__ import annotations

from rustsci._library import carrier_to_library_of
from rustsci._native import _glm_family, _glm_link, asarray, ones
from rustsci.broadcasting import broadcast_arrays

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["Family", "Link"]


class Link:
    """A link: how the mean μ depends on the linear predictor η = g(μ).

    Parameters
    ----------
    name : str
        As the parameter `link` of `glm`; the link ``"nbinom(theta)"`` takes θ here.

    Examples
    --------
    >>> import rustsci.glm as rs
    >>> logit = rs.Link("logit")
    >>> float(logit.inverse(0.0)), float(logit.inverse_derivative(0.0))
    (0.5, 0.25)
    """

    def __init__(self, name: str) -> None:
        from json import dumps

        from rustsci.glm.families import free_link_specification

        self.name = name
        self._text = dumps(free_link_specification(name))
        _glm_link(self._text, "inverse", asarray(0.5))

    def _function(self, which: str, x: Any) -> Any:
        return carrier_to_library_of(x)(_glm_link(self._text, which, asarray(x, dtype="float64")))

    def __call__(self, mu: Any) -> Any:
        """Return g(μ).

        Parameters
        ----------
        mu : array_like
            The means.
        """
        return self._function("link", mu)

    def derivative(self, mu: Any) -> Any:
        """Return g′(μ).

        Parameters
        ----------
        mu : array_like
            The means.
        """
        return self._function("derivative", mu)

    def derivative2(self, mu: Any) -> Any:
        """Return g″(μ).

        Parameters
        ----------
        mu : array_like
            The means.
        """
        return self._function("derivative2", mu)

    def inverse(self, eta: Any) -> Any:
        """Return μ of η.

        Parameters
        ----------
        eta : array_like
            The linear predictors.
        """
        return self._function("inverse", eta)

    def inverse_derivative(self, eta: Any) -> Any:
        """Return dμ/dη.

        Parameters
        ----------
        eta : array_like
            The linear predictors.
        """
        return self._function("inverse_derivative", eta)

    def inverse_derivative2(self, eta: Any) -> Any:
        """Return d²μ/dη².

        Parameters
        ----------
        eta : array_like
            The linear predictors.
        """
        return self._function("inverse_derivative2", eta)

    def __repr__(self) -> str:
        return f"Link({self.name!r})"


class Family:
    """A distribution of responses with mean μ and variance φ V(μ).

    Parameters
    ----------
    name : str
        As the parameter `family` of `glm`; parameters follow in parentheses.
    var_power, theta, variance
        As for `glm`.

    Examples
    --------
    >>> import rustsci.glm as rs
    >>> poisson = rs.Family("poisson")
    >>> float(poisson.variance(3.0)), round(float(poisson.loglike_obs(2.0, 3.0)), 6)
    (3.0, -1.495923)
    """

    def __init__(
        self, name: str, *, var_power: float = 1.5, theta: float | None = None, variance: str = "constant"
    ) -> None:
        from json import dumps

        from rustsci.glm.families import family_specification

        self.name = name
        specification, _ = family_specification(name, var_power=var_power, theta=theta, variance=variance)
        self._text = dumps(specification)
        self._function("variance", 0.5, 0.5)

    def _function(
        self, which: str, y: Any, mu: Any, weights: Any = None, trials: Any = None, scale: float = 1.0
    ) -> Any:
        one = ones(())
        given = [y, mu, one if weights is None else weights, one if trials is None else trials]
        parts = broadcast_arrays(*(asarray(part, dtype="float64") for part in given))
        back = carrier_to_library_of(*given)
        response, mean, weight, trial = (part.ravel() for part in parts)
        found = _glm_family(self._text, which, response, mean, weight, trial, float(scale))
        return back(found.reshape(parts[0].shape))

    def variance(self, mu: Any) -> Any:
        """Return V(μ).

        Parameters
        ----------
        mu : array_like
            The means.
        """
        return self._function("variance", mu, mu)

    def variance_derivative(self, mu: Any) -> Any:
        """Return V′(μ).

        Parameters
        ----------
        mu : array_like
            The means.
        """
        return self._function("variance_derivative", mu, mu)

    def unit_deviance(self, y: Any, mu: Any) -> Any:
        """Return twice the log-likelihood ratio of a perfect fit to this one, for a dispersion of one.

        Parameters
        ----------
        y, mu : array_like
            The responses and their means.
        """
        return self._function("unit_deviance", y, mu)

    def deviance(self, y: Any, mu: Any, weights: Any = 1.0) -> float:
        """Return the weighted sum of unit deviances.

        Parameters
        ----------
        y, mu : array_like
            The responses and their means.
        weights : array_like, optional
            What each is multiplied with.
        """
        unit = self._function("unit_deviance", asarray(y), asarray(mu))
        return float((unit * asarray(weights)).sum())

    def loglike_obs(
        self, y: Any, mu: Any, var_weights: Any = None, trials: Any = None, scale: float = 1.0
    ) -> Any:
        """Return the log-likelihood of each response with all constants; NaN for quasi-families.

        Parameters
        ----------
        y, mu : array_like
            The responses, for the binomial family proportions of successes, and their means.
        var_weights : array_like, optional
            What the variance is divided by.
        trials : array_like, optional
            Numbers of trials that proportions are of.
        scale : float, optional
            The dispersion.
        """
        return self._function("log_likelihood", y, mu, var_weights, trials, scale)

    def resid_anscombe(self, y: Any, mu: Any) -> Any:
        """Return residuals on the scale on which they are nearly normal, for a dispersion of one.

        Parameters
        ----------
        y, mu : array_like
            The responses and their means.
        """
        return self._function("anscombe", y, mu)

    def starting_mu(self, y: Any) -> Any:
        """Return means to start the iteration from.

        Parameters
        ----------
        y : array_like
            The responses.
        """
        return self._function("starting_mean", y, y)

    def is_valid_response(self, y: Any) -> Any:
        """Return whether the family can have these responses.

        Parameters
        ----------
        y : array_like
            The responses.
        """
        return self._function("valid_response", y, y) != 0

    def is_valid_mean(self, mu: Any) -> Any:
        """Return whether the family can have these means.

        Parameters
        ----------
        mu : array_like
            The means.
        """
        return self._function("valid_mean", mu, mu) != 0

    def __repr__(self) -> str:
        return f"Family({self.name!r})"
