"""Residuals in numbers, and whether the variance is what the family says."""

from __future__ import annotations

from rustsci._native import _glm_family, _glm_tail, asarray, ndarray, ones, sqrt
from rustsci.glm.diagnostics.sample import Sample, ratio, total
from rustsci.quantiles import quantile

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__: list[str] = []


def residual_summary(sample: Sample) -> dict[str, dict[str, float]]:
    """Return mean, spread, quartiles, extremes, skewness and excess kurtosis of residuals."""
    return {
        "pearson": _moments(sample.resid_pearson),
        "deviance": _moments(sample.resid_deviance),
        "response": _moments(sample.response - sample.mean),
    }


def _moments(values: ndarray) -> dict[str, float]:
    mean, sd = float(values.mean()), float(values.std())
    centred = (values - mean) / sd if sd else values * 0
    low, q1, median, q3, high = quantile(values, asarray([0.0, 0.25, 0.5, 0.75, 1.0])).tolist()
    return {
        "mean": mean,
        "sd": sd,
        "min": low,
        "25%": q1,
        "median": median,
        "75%": q3,
        "max": high,
        "skewness": float((centred**3).mean()),
        "kurtosis": float((centred**4).mean()) - 3.0,
        "mean absolute": float(abs(values).mean()),
    }


def overdispersion(sample: Sample) -> dict[str, Any]:
    """Return dispersions, and for counts Dean's test that the variance is the mean (Dean 1992, P_B)."""
    results = sample.results
    df = results.df_resid
    found: dict[str, Any] = {
        "pearson": ratio(results.pearson_chi2, df),
        "deviance": ratio(results.deviance, df),
        "scale": results.scale,
    }
    if results._fit["family"]["name"] == "poisson":
        excess = sample.weight * ((sample.response - sample.mean) ** 2 - sample.response)
        spread = sqrt(asarray(2 * total(sample.weight * sample.mean**2)))
        z = float(total(excess) / spread)
        found["dean"] = {"statistic": z, "p": float(_glm_tail("norm.sf", asarray(z)))}
    zeros = _zeros(sample)
    if zeros is not None:
        found["zeros"] = zeros
    return found


def _zeros(sample: Sample) -> dict[str, float] | None:
    """How many zeros there are, and how many the model expects."""
    from json import dumps

    family = sample.results._fit["family"]
    if family["name"] not in ("poisson", "negative_binomial"):
        return None
    one = ones(sample.mean.size)
    chance = _glm_family(dumps(family), "log_likelihood", one * 0.0, sample.mean, one, one, 1.0)
    from rustsci._native import exp

    actual = total(sample.weight * (sample.response == 0))
    expected = total(sample.weight * exp(chance))
    return {"actual": actual, "expected": expected, "actual/expected": ratio(actual, expected)}
