"""The dispersion by maximum likelihood."""

from __future__ import annotations

from rustsci._native import _glm_dispersion

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rustsci.glm.model import GLM
    from rustsci.glm.results import GLMResults

__all__: list[str] = []


def ml_dispersion(results: GLMResults) -> tuple[float, float]:
    """Return the dispersion that is most likely for the means of a fit, and its log-likelihood."""
    from json import dumps

    frequency = results._native("freq_weights")
    keep = frequency > 0
    frequency = frequency[keep]
    prior = results._native("weights")[keep] / frequency
    phi, likelihood = _glm_dispersion(
        dumps(results._fit["family"]),
        results._native("response")[keep],
        results._native("mu")[keep],
        prior,
        frequency,
    )
    return float(phi), float(likelihood)


def fit_with_ml_dispersion(model: GLM, options: dict[str, Any]) -> GLMResults:
    """Return a fit whose dispersion is the most likely one for its means, which do not depend on it."""
    from warnings import catch_warnings, simplefilter

    with catch_warnings():
        # What there is to say is said of the second fit.
        simplefilter("ignore", RuntimeWarning)
        first = model.fit(**{**options, "scale": None})
    phi, _ = ml_dispersion(first)
    start = [0.0 if value != value else value for value in first._params.tolist()]
    return model.fit(**{**options, "scale": phi, "start_params": start})
