"""Models as JSON, for later versions to read."""

from __future__ import annotations

from rustsci._native import asarray

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rustsci.glm.results import GLMResults

__all__: list[str] = []

# The version of what is written.
_FORMAT = "rustsci.glm 1"


def to_json(results: GLMResults) -> str:
    """Return a fitted model as JSON, without data."""
    from json import dumps

    return dumps(
        {
            "format": _FORMAT,
            "model": results._text,
            "names": results.model._names,
            "params": [_or_none(value) for value in results._params.tolist()],
            "covariance": [_or_none(value) for value in results._unscaled.ravel().tolist()],
            "cov_params": [_or_none(value) for value in results._cov.ravel().tolist()],
            "cov_type": results.cov_type,
            "use_t": results.use_t,
        }
    )


def from_json(kind: type[GLMResults], text: str) -> GLMResults:
    """Return the model that `to_json` wrote."""
    from json import loads

    from rustsci.glm.model import GLM

    kept = loads(text)
    if kept.get("format") != _FORMAT:
        raise ValueError(f"this is not a model of format {_FORMAT}, but of {kept.get('format')!r}")
    model = GLM.without_data(loads(kept["model"])["recipe"]["formula"]["text"], kept["names"])
    params = asarray([_or_nan(value) for value in kept["params"]], dtype="float64")
    shape = (params.size, params.size)
    covariance = asarray([_or_nan(value) for value in kept["covariance"]], dtype="float64").reshape(shape)
    results = kind.__new__(kind)
    results._set(model, kept["model"], params, covariance, kept["cov_type"], kept["use_t"])
    results._cov = asarray([_or_nan(value) for value in kept["cov_params"]], dtype="float64").reshape(shape)
    return results


def _or_none(value: float) -> float | None:
    """JSON has no NaN."""
    return None if value != value else value


def _or_nan(value: float | None) -> float:
    return float("nan") if value is None else value
