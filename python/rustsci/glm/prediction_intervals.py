"""Where new observations lie."""

from __future__ import annotations

from rustsci._native import _glm_quantile, _glm_tail, asarray, ndarray, sqrt

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rustsci.glm.results import GLMResults

__all__: list[str] = []


def prediction_interval(
    results: GLMResults, mean: ndarray, error: ndarray, alpha: float
) -> tuple[ndarray, ndarray]:
    """Return the ends of intervals that have new observations with a probability of 1 − α."""
    from json import dumps

    family = results._fit["family"]
    if family["name"] == "gaussian":
        kind = "t.ppf" if results.use_t else "norm.ppf"
        quantile = float(_glm_tail(kind, asarray(1 - alpha / 2), results.df_resid))
        width = quantile * sqrt(error**2 + results.scale)
        return mean - width, mean + width
    text = dumps(family)
    low, high = (_glm_quantile(text, p, mean, results.scale) for p in (alpha / 2, 1 - alpha / 2))
    return low, high
