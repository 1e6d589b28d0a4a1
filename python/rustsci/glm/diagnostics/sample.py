"""Responses beside the means that a model gives them."""

from __future__ import annotations

from functools import cached_property

from rustsci._native import _glm_family, _glm_rows, argsort, asarray, ndarray, ones
from rustsci.glm.columns import Column

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rustsci.glm.model import GLM
    from rustsci.glm.results import GLMResults

__all__: list[str] = []


class Sample:
    """The rows of some data: responses, predicted means, weights, and how much each row is exposed."""

    def __init__(self, name: str, results: GLMResults, model: GLM) -> None:
        from rustsci.glm.requests import describe

        self.name = name
        self.results = results
        self.model = model
        headers, arrays = describe(model.columns)
        found = _glm_rows(
            results._text,
            results._params,
            results._unscaled,
            headers,
            arrays,
            ["response", "mu", "weights", "resid_pearson", "resid_deviance"],
        )
        self.response: ndarray = found[0]
        self.mean: ndarray = found[1]
        self.weight: ndarray = found[2]
        self.resid_pearson: ndarray = found[3]
        self.resid_deviance: ndarray = found[4]
        if self.response.size == 0:
            raise ValueError(f"the {name} data have no complete rows")

    @classmethod
    def of_fit(cls, results: GLMResults) -> Sample:
        """Return the data that the model was fitted to."""
        return cls("train", results, results.model)

    @classmethod
    def of_data(cls, name: str, results: GLMResults, data: Any, **roles: Any) -> Sample:
        """Return other data."""
        return cls(name, results, results.model.on_data(data, **roles))

    def column(self, name: str) -> Column:
        """Return a column of the data with the rows that are complete."""
        column = self.model.data_column(name)
        if column.array.size == self.response.size:
            return column
        return Column(column.array[self._complete], column.levels, column.origin)

    @cached_property
    def _complete(self) -> ndarray:
        kept = ones(next(iter(self.model.columns.values())).array.size, dtype="bool")
        for column in self.model.columns.values():
            if column.levels is None:
                kept &= column.array == column.array
            else:
                kept &= column.array < len(column.levels)
        return kept

    @cached_property
    def exposure(self) -> ndarray:
        """What the mean is proportional to, times the weight."""
        role = self.results._fit["roles"]["exposure"]
        if role is None:
            return self.weight
        return self.weight * self.column(role).array

    @cached_property
    def rate(self) -> ndarray:
        """The predicted means for one unit of exposure."""
        return self.mean * self.weight / self.exposure

    @cached_property
    def order(self) -> ndarray:
        """The rows from the least predicted rate to the largest."""
        return argsort(self.rate, kind="stable")

    @cached_property
    def variance(self) -> ndarray:
        """The variances of weighted responses, if the model holds."""
        from json import dumps

        one = ones(self.mean.size)
        family = dumps(self.results._fit["family"])
        variance = _glm_family(family, "variance", self.response, self.mean, one, one, 1.0)
        return self.weight * variance * self.results.scale

    @cached_property
    def actual(self) -> ndarray:
        """Weighted responses."""
        return self.weight * self.response

    @cached_property
    def expected(self) -> ndarray:
        """Weighted means."""
        return self.weight * self.mean


def total(values: ndarray) -> float:
    """Return a sum as Python's number."""
    return float(asarray(values).sum())


def ratio(a: float, b: float) -> float:
    """Return a quotient, NaN of nothing."""
    return a / b if b else float("nan")
