"""A fit as a fold over rows: what batches add up to, wherever they are."""

from __future__ import annotations

from rustsci._native import (
    _glm_accumulate,
    _glm_accumulator,
    _glm_accumulator_from_bytes,
    _glm_accumulator_to_bytes,
    _glm_advance,
    _glm_fork,
    _glm_merge,
    _glm_variables,
)
from rustsci.glm.columns import open_data

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rustsci._native import ndarray
    from rustsci.glm.results import GLMResults

__all__ = ["Accumulator"]


class Accumulator:
    """What some rows add to one pass of a fit.

    A fit takes several passes over all rows. In each of them every batch of rows is added to an accumulator;
    those of different batches, processes or machines are merged; and the whole goes on to the next pass. The
    first pass learns the levels of factors, and what splines and scales need to know; each other one is a
    step of the iteration. Sums are exact, so coefficients are the same bits however batches are divided among
    accumulators, in any order.

    Parameters
    ----------
    formula : str
        As for `glm`.
    **options
        The options of `glm` and of `GLM.fit`. Offsets, exposures and weights are names of columns.

    Examples
    --------
    >>> import rustsci.glm as rs
    >>> batches = [{"y": [1.0, 3.0], "x": [0.0, 1.0]}, {"y": [4.0, 8.0], "x": [2.0, 3.0]}]
    >>> total = rs.Accumulator("y ~ x", family="poisson")
    >>> while not total.done:
    ...     for batch in batches:
    ...         part = total.fork()  # for another process, say: it travels by to_bytes and from_bytes
    ...         part.update(batch)
    ...         total.merge(part)
    ...     last = total.advance()
    >>> result = total.result()
    >>> together = {"y": [1.0, 3.0, 4.0, 8.0], "x": [0.0, 1.0, 2.0, 3.0]}
    >>> expected = rs.glm("y ~ x", together, family="poisson").fit()
    >>> [abs(float(a - b)) < 1e-12 for a, b in zip(result.params, expected.params)]
    [True, True]
    """

    def __init__(self, formula: str, **options: Any) -> None:
        from rustsci.glm.formula_models import request_without_data

        self._begin(request_without_data(formula, options), [])

    @classmethod
    def of_request(cls, request: dict[str, Any], names: list[str]) -> Accumulator:
        """Return the accumulator of a fit that has been described already.

        Parameters
        ----------
        request : dict
            The description.
        names : list of str
            The data's columns.
        """
        accumulator = cls.__new__(cls)
        accumulator._begin(request, names)
        return accumulator

    def _begin(self, request: dict[str, Any], names: list[str]) -> None:
        from json import dumps

        from rustsci.glm.model import GLM

        self._model = GLM.without_data(request["formula"], names)
        self._model._request = request
        self._set(list(_glm_accumulator(dumps(request))))

    def _set(self, pieces: list[Any]) -> None:
        self._plan: bytes = pieces[0]
        self._iteration: bytes = pieces[1]
        self._totals: ndarray = pieces[2]
        self._fitted: list[Any] = pieces[3:]
        self._results: GLMResults | None = None

    @property
    def done(self) -> bool:
        """Whether the fit is finished, so that `result` has it."""
        return bool(self._fitted)

    def update(self, batch: Any) -> None:
        """Add a batch of rows. If it fails, nothing was added.

        Parameters
        ----------
        batch : dict, data frame or table
            Rows, of any kind of data that `glm` takes.
        """
        from rustsci.glm.requests import column_of, describe

        source = open_data(batch)
        variables = list(_glm_variables(self._model.formula, source.names))
        roles = [name for name in self._model._request["roles"].values() if name not in variables]
        columns = {name: column_of(source, name) for name in [*variables, *dict.fromkeys(roles)]}
        self.update_columns(source.names, *describe(columns))

    def update_columns(self, names: list[str], headers: str, arrays: list[ndarray]) -> None:
        """Add rows whose columns have been described already.

        Parameters
        ----------
        names : list of str
            The data's columns, of which a formula's dot stands for some.
        headers : str
            The names and levels of those columns that the fit takes, as JSON.
        arrays : list of arrays
            Their elements.
        """
        self._plan, self._totals = _glm_accumulate(self._plan, self._totals, names, headers, arrays)
        self._model._names = self._model._names or names

    def merge(self, other: Accumulator) -> None:
        """Add what another accumulator of the same pass has seen; it stays as it is.

        Parameters
        ----------
        other : Accumulator
            A fork of this one, or one that is a fork of the same.
        """
        if not isinstance(other, Accumulator):
            raise TypeError(f"an Accumulator is merged with another one, not with {type(other).__name__!r}")
        self._plan, self._totals = _glm_merge(self._plan, self._totals, other._plan, other._totals)
        self._model._names = self._model._names or other._model._names

    def fork(self) -> Accumulator:
        """Return an empty accumulator for the same pass, to be merged with this one later."""
        copy = Accumulator.__new__(Accumulator)
        copy._model = self._model
        copy._set(list(_glm_fork(self._plan)))
        return copy

    def advance(self) -> bool:
        """End a pass in which all rows have been added, and begin the next one; return whether it was last.

        A fork cannot advance: it is merged into the accumulator that it came from, which can.
        """
        pieces = list(_glm_advance(self._plan, self._iteration, self._totals))
        self._set(pieces)
        return self.done

    def result(self) -> GLMResults:
        """Return the fit. It knows of no rows: quantities of rows are had by `predict` from new data."""
        from rustsci.glm.covariance import CovarianceType
        from rustsci.glm.results import GLMResults

        if not self._fitted:
            raise ValueError("the fit is not finished: add all rows again, and advance, until done is True")
        if self._results is None:
            text, params, covariance = self._fitted
            self._results = GLMResults(
                self._model, text, params, covariance, cov_type=CovarianceType("nonrobust", None), use_t=None
            )
        return self._results

    def to_bytes(self) -> bytes:
        """Return the accumulator as bytes, for another machine or a later day."""
        from json import dumps

        if self.done:
            raise ValueError("the fit is finished: keep its result, which has a to_json and can be pickled")

        head = dumps({"request": self._model._request, "names": self._model._names}).encode()
        body = _glm_accumulator_to_bytes(self._plan, self._iteration, self._totals)
        return len(head).to_bytes(8, "little") + head + body

    @classmethod
    def from_bytes(cls, data: bytes) -> Accumulator:
        """Return the accumulator that `to_bytes` wrote.

        Parameters
        ----------
        data : bytes
            What `to_bytes` returned.

        Examples
        --------
        >>> import rustsci.glm as rs
        >>> part = rs.Accumulator("y ~ x")
        >>> part.update({"y": [1.0, 2.0], "x": [0.0, 1.0]})
        >>> again = rs.Accumulator.from_bytes(part.to_bytes())
        >>> again.to_bytes() == part.to_bytes()
        True
        """
        from json import loads

        from rustsci.glm.model import GLM

        data = bytes(data)
        size = int.from_bytes(data[:8], "little")
        body = data[8 + size :]
        if len(data) < 8 or not body:
            raise ValueError("these bytes are no accumulator: they are cut off, or of something else")
        accumulator = cls.__new__(cls)
        accumulator._set(list(_glm_accumulator_from_bytes(body)))
        head = loads(data[8 : 8 + size])
        accumulator._model = GLM.without_data(head["request"]["formula"], head["names"])
        accumulator._model._request = head["request"]
        return accumulator

    def __reduce__(self) -> tuple[Any, ...]:
        return Accumulator.from_bytes, (self.to_bytes(),)

    def __repr__(self) -> str:
        stage = "finished" if self.done else "learning" if not self._iteration else "summing"
        return f"<Accumulator of {self._model.formula!r}, {stage}>"
