"""The data of a model: columns in memory, or batches that are read again for each pass of a fit."""

from __future__ import annotations

from rustsci._native import _glm_variables
from rustsci.glm.batches import Batches
from rustsci.glm.columns import Column, single_column
from rustsci.glm.requests import ROLES, check_name, column_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rustsci.glm.columns import Source

__all__: list[str] = []


class ModelData:
    """What a model knows of its data."""

    formula: str
    _request: dict[str, Any]
    _names: list[str]
    _batches: Batches | None = None
    _columns: dict[str, Column] | None = None
    _origins: list[Any] | None = None

    def _set_data(self, source: Source, roles: dict[str, Any]) -> None:
        """Take the columns of the formula, and offsets and weights, which are names of columns or values."""
        self._names = source.names
        self._batches = source if isinstance(source, Batches) else None
        self._request["roles"] = named = {}
        given: dict[str, Any] = {}
        for role in ROLES:
            value = roles[role]
            if isinstance(value, str):
                named[role] = value
            elif value is not None:
                named[role] = f"({role})"
                given[named[role]] = value
        if self._batches is None:
            self._columns = self.load(source)
            self._columns.update({name: single_column(value) for name, value in given.items()})
        elif given:
            raise ValueError(
                f"{next(iter(given)).strip('()')} must be the name of a column where data are read in batches"
            )
        else:
            for name in self.variables():
                check_name(name, self._names)

    def variables(self) -> list[str]:
        """Return the names of the data's columns that the model takes."""
        variables = list(_glm_variables(self.formula, self._names))
        for name in self._request["roles"].values():
            if name is not None and not name.startswith("(") and name not in variables:
                variables.append(name)
        return variables

    def load(self, source: Source) -> dict[str, Column]:
        """Return the columns that the model takes of some data.

        Parameters
        ----------
        source : Source
            The data.
        """
        return {name: column_of(source, name) for name in self.variables()}

    @property
    def columns(self) -> dict[str, Column]:
        """The columns that the model takes; those of all batches together, if data are read in batches."""
        if self._columns is None:
            self._columns = {} if self._batches is None else self.load(self._batches)
        return self._columns

    @columns.setter
    def columns(self, columns: dict[str, Column]) -> None:
        self._columns = columns

    def origins(self) -> list[Any]:
        """Return what the columns came from, of the first batch if they are read in batches."""
        if self._batches is None or not self.streams:
            return [column.origin for column in self.columns.values()]
        if self._origins is None:
            first = next(iter(self._batches.sources(self.variables())))
            self._origins = [column.origin for column in self.load(first).values()]
        return self._origins

    @property
    def streams(self) -> bool:
        """Whether data are read in batches, and have not been loaded."""
        return self._batches is not None and self._columns is None
