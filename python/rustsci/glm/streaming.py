"""Fits to data that are read in batches, and what such a fit says of rows."""

from __future__ import annotations

from rustsci._native import _glm_rows, concatenate
from rustsci.glm.accumulator import Accumulator

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from rustsci._native import ndarray
    from rustsci.glm.fitted import FittedModel
    from rustsci.glm.model import GLM

__all__: list[str] = []


def fit_in_batches(model: GLM, request: dict[str, Any]) -> tuple[str, ndarray, ndarray] | None:
    """Return the description, coefficients and covariance of a fit; None if it needs all rows at once."""
    from rustsci.glm.requests import describe

    try:
        total = Accumulator.of_request(dict(request, covariance=True), model._names)
        batches = model._batches
        assert batches is not None
        variables = model.variables()
        while not total.done:
            for source in batches.sources(variables):
                total.update_columns(source.names, *describe(model.load(source)))
                del source
            total.advance()
    except NotImplementedError:
        return None
    text, params, covariance = total._fitted
    return text, params, covariance


# What is worked out row by row, each by itself.
_BY_ROW = frozenset(
    {
        "eta",
        "mu",
        "response",
        "weights",
        "trials",
        "freq_weights",
        "resid_response",
        "resid_working",
        "resid_pearson",
        "resid_deviance",
        "resid_anscombe",
        "working_weights",
        "score_factor",
        "hessian_factor",
        "log_likelihood",
        "leverage",
    }
)


def quantity_in_batches(results: FittedModel, name: str) -> ndarray | None:
    """Return a quantity of rows, worked out batch by batch; None if it needs all rows at once."""
    if name in _BY_ROW:
        return concatenate(list(_each(results, results._text, results._params, name)))
    if name == "llf":
        from rustsci._native import asarray

        return asarray([_log_likelihood(results, results._text, results._params)])
    if name == "null":
        return _null(results)
    return None


def _each(results: FittedModel, text: str, params: ndarray, name: str) -> Iterator[ndarray]:
    from rustsci.glm.requests import describe

    model = results.model
    batches = model._batches
    assert batches is not None
    for source in batches.sources(model.variables()):
        headers, arrays = describe(model.load(source))
        yield _glm_rows(text, params, results._unscaled, headers, arrays, [name])[0]


def _log_likelihood(results: FittedModel, text: str, params: ndarray) -> float:
    from math import fsum

    return fsum(float(part[0]) for part in _each(results, text, params, "llf"))


def _null(results: FittedModel) -> ndarray | None:
    """The deviance and the log-likelihood of the model that has only a constant, and the same offset."""
    from json import dumps, loads

    from rustsci._native import asarray

    model = results.model
    left = model.formula.partition("~")[0]
    formula = " + ".join([f"{left.strip()} ~ 1", *_offsets(model.formula)])
    fit = results._fit
    request = {
        "formula": formula,
        "family": fit["family"],
        "link": fit["link"],
        "roles": fit["roles"],
        "missing": fit["missing"],
    }
    found = fit_in_batches(model, request)
    if found is None:
        return None
    null = loads(found[0])
    described = dict(null, scale=fit["scale"])
    from math import fsum

    from rustsci.glm.requests import describe

    batches = model._batches
    assert batches is not None
    parts = []
    for source in batches.sources(model.variables()):
        headers, arrays = describe(model.load(source))
        parts.append(float(_glm_rows(dumps(described), found[1], found[2], headers, arrays, ["llf"])[0][0]))
    return asarray([null["deviance"], fsum(parts)])


def _offsets(formula: str) -> list[str]:
    """The offsets of a formula, as they are written."""
    found = []
    right = formula.partition("~")[2]
    start = right.find("offset(")
    while start >= 0:
        depth = 0
        for end in range(start, len(right)):
            depth += (right[end] == "(") - (right[end] == ")")
            if depth == 0 and right[end] == ")":
                found.append(right[start : end + 1])
                break
        start = right.find("offset(", start + 1)
    return found
