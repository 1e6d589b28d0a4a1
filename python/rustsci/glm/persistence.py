"""Models as JSON and as bytes, for later versions to read."""

from __future__ import annotations

from rustsci._native import asarray

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rustsci.glm.results import GLMResults

__all__: list[str] = []

_NAME = "rustsci.glm"
# The version of what is written, and all that are read.
_VERSION = 1
_READ = (1,)
# What bytes begin with; the rest is JSON, compressed.
_MAGIC = b"rustsci.glm\x00"


def keep_likelihood(results: GLMResults) -> None:
    """Compute what a model without data cannot."""
    results.__dict__["llf"] = results.llf
    results.__dict__["_null"] = _null(results)


def to_json(results: GLMResults) -> str:
    """Return a fitted model as JSON, without data."""
    from json import dumps

    return dumps(
        {
            "format": f"{_NAME} {_VERSION}",
            "model": results._text,
            "names": results.model._names,
            "params": [_or_none(value) for value in results._params.tolist()],
            "covariance": [_or_none(value) for value in results._unscaled.ravel().tolist()],
            "cov_params": [_or_none(value) for value in results._cov.ravel().tolist()],
            "cov_type": results.cov_type,
            "group_count": results._group_count,
            "use_t": results.use_t,
            "llf": _or_none(results.llf),
            "null": [_or_none(value) for value in _null(results)],
        }
    )


def _null(results: GLMResults) -> tuple[float, float]:
    try:
        return results._null
    except ValueError:  # With some links there is no model that has a constant only.
        return float("nan"), float("nan")


def from_json(kind: type[GLMResults], text: str | bytes) -> GLMResults:
    """Return the model that `to_json` wrote."""
    from json import loads

    from rustsci.glm.model import GLM

    try:
        kept = loads(text)
    except ValueError as error:
        raise ValueError(f"this is no model as JSON: {error}") from None
    _check_version(kept)
    try:
        fit = loads(kept["model"])
        model = GLM.without_data(fit["recipe"]["formula"]["text"], kept["names"])
        model._request["roles"] = {role: name for role, name in fit["roles"].items() if name is not None}
        params = asarray([_or_nan(value) for value in kept["params"]], dtype="float64")
        shape = (params.size, params.size)
        covariance = asarray([_or_nan(value) for value in kept["covariance"]], dtype="float64").reshape(shape)
        results = kind.__new__(kind)
        results._set(model, kept["model"], params, covariance, kept["cov_type"], kept["use_t"])
        cov_params = [_or_nan(value) for value in kept["cov_params"]]
        results._cov = asarray(cov_params, dtype="float64").reshape(shape)
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"this model is damaged: {type(error).__name__}: {error}") from None
    results._group_count = kept.get("group_count")
    # Written since the first version that could: without data they cannot be computed again.
    if "llf" in kept:
        results.__dict__["llf"] = _or_nan(kept["llf"])
        results.__dict__["_null"] = tuple(_or_nan(value) for value in kept["null"])
    return results


def to_bytes(results: GLMResults) -> bytes:
    """Return a fitted model as bytes, without data."""
    from zlib import compress

    return _MAGIC + compress(to_json(results).encode())


def from_bytes(kind: type[GLMResults], content: bytes) -> GLMResults:
    """Return the model that `to_bytes` wrote."""
    from zlib import decompress, error

    content = bytes(content)
    if not content.startswith(_MAGIC):
        raise ValueError(f"these bytes are no model: they begin with {content[:12]!r}, not with {_MAGIC!r}")
    try:
        text = decompress(content[len(_MAGIC) :])
    except error as damage:
        raise ValueError(f"this model is damaged: {damage}") from None
    return from_json(kind, text)


def _check_version(kept: Any) -> None:
    form = kept.get("format") if isinstance(kept, dict) else None
    name, _, version = str(form).partition(" ")
    if name != _NAME or not version.isdigit():
        raise ValueError(f"this is no model of {_NAME}: its format is {form!r}")
    if int(version) not in _READ:
        raise ValueError(
            f"this model is of version {version} of the format, and this rustsci reads "
            f"{', '.join(map(str, _READ))}; a newer rustsci reads it"
        )


def _or_none(value: float) -> float | None:
    """JSON has no NaN."""
    return None if value != value else value


def _or_nan(value: float | None) -> float:
    return float("nan") if value is None else value
