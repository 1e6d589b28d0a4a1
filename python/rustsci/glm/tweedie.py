"""The Tweedie family's variance power, where it is not known."""

from __future__ import annotations

from math import sqrt

from rustsci._native import _glm_tweedie_power, asarray, ones
from rustsci.glm.dispersion import ml_dispersion

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rustsci.glm.model import GLM
    from rustsci.glm.results import GLMResults

__all__ = ["estimate_tweedie_power"]

_GOLDEN = (sqrt(5) - 1) / 2
# Between these powers lie the compound Poisson distributions; near the ends their series are long.
_LOW, _HIGH = 1.02, 1.98


def estimate_tweedie_power(
    y: Any, mu: Any, weights: Any = None, df_resid: float | None = None, low: float = 1.01, high: float = 5.0
) -> float:
    """Return the variance power at which squared Pearson residuals do not depend on the mean.

    The estimating equation of Bonat & Kokonendji (2017), which needs no likelihood.

    Parameters
    ----------
    y, mu : array_like
        The responses and their fitted means.
    weights : array_like, optional
        What the variance is divided by.
    df_resid : float, optional
        The residual degrees of freedom; by default the number of rows.
    low, high : float, optional
        Between which powers to look.

    Examples
    --------
    >>> import rustsci.glm as rs
    >>> mu = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0]
    >>> y = [m + 0.5 * m**0.75 * (-1) ** i for i, m in enumerate(mu)]
    >>> round(rs.estimate_tweedie_power(y, mu), 6)
    1.5
    """
    response = asarray(y, dtype="float64")
    weight = ones(response.size) if weights is None else asarray(weights, dtype="float64")
    df = float(response.size if df_resid is None else df_resid)
    return _glm_tweedie_power(response, asarray(mu, dtype="float64"), weight, df, float(low), float(high))


def profile_power(model: GLM, options: dict[str, Any]) -> GLMResults:
    """Return the fit whose power, with the dispersion that goes with it, is the most likely.

    The log-likelihood as a function of the power is searched by golden sections.
    """
    points: dict[float, float] = {}
    start: list[Any] = [options.get("start_params")]

    def fit(power: float) -> GLMResults:
        twin = model.with_power(power)
        return twin.fit(**{**options, "start_params": start[0]})

    def loglike(power: float) -> float:
        if power not in points:
            result = fit(power)
            start[0] = [0.0 if value != value else value for value in result._params.tolist()]
            points[power] = ml_dispersion(result)[1]
        return points[power]

    low, high = _LOW, _HIGH
    a, b = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
    while high - low > 1e-6:
        if loglike(a) >= loglike(b):
            high, b = b, a
            a = high - _GOLDEN * (high - low)
        else:
            low, a = a, b
            b = low + _GOLDEN * (high - low)
    best = 0.5 * (low + high)
    loglike(best)
    result = fit(best)
    #: The powers that were tried, with their log-likelihoods.
    result.power_profile = sorted(points.items())
    return result
