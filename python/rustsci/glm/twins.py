"""The same model with other data, weights or parameters, and columns that its formula does not name."""

from __future__ import annotations

from rustsci._native import _glm_variables
from rustsci.glm.columns import Column, open_data, single_column
from rustsci.glm.requests import column_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__: list[str] = []


class Twins:
    """Models that differ from this one in one thing."""

    formula: str
    columns: dict[str, Column]
    _names: list[str]
    _request: dict[str, Any]
    _source: Any
    _library: str
    _estimates_power: bool

    @classmethod
    def without_data(cls, formula: str, names: list[str]) -> Any:
        """Return a model that can only predict: one that was read from a file.

        Parameters
        ----------
        formula : str
            The formula.
        names : list of str
            The columns that the data had.
        """
        model = cls.__new__(cls)
        model._request = {"formula": formula, "family": {"name": "unknown"}, "roles": {}}
        model.formula = formula
        model._library = ""
        model._source = None
        model._estimates_power = False
        model._names = names
        model.columns = {}
        return model

    def with_power(self, power: float) -> Any:
        """Return this model with a variance power of the Tweedie family.

        Parameters
        ----------
        power : float
            The power.
        """
        model = type(self).without_data(self.formula, self._names)
        # What was found out about this model's own power is not taken along.
        known = {key: value for key, value in self.__dict__.items() if key not in ("_prepared", "_facts")}
        model.__dict__.update(known)
        model._request = dict(self._request, family={"name": "tweedie", "power": power})
        model._estimates_power = False
        return model

    def on_data(self, data: Any, **roles: Any) -> Any:
        """Return this model of other data: what a fit says of them, not to be fitted itself.

        Parameters
        ----------
        data : dict, data frame, table, relation or path
            Data with the columns of the formula, the response included.
        **roles
            ``offset``, ``exposure``, ``weights`` and ``freq_weights``, where they were given as values.
        """
        source = open_data(data)
        model = type(self).without_data(self.formula, self._names)
        model._request = dict(self._request)
        model._source = source
        model._library = self._library
        model.columns = {}
        for name in self.columns or _glm_variables(self.formula, self._names):
            if not name.startswith("("):
                model.columns[name] = column_of(source, name)
        for role, name in self._request["roles"].items():
            value = roles.pop(role, None)
            if value is not None and not isinstance(value, str):
                model.columns[name] = single_column(value)
            elif value is not None or name.startswith("("):
                if value is None:
                    raise ValueError(
                        f"the model was fitted with {role} as values: these data need {role}= as well"
                    )
                model.columns[name] = column_of(source, value)
            else:
                model.columns.setdefault(name, column_of(source, name))
        given = [role for role, value in roles.items() if value is not None]
        if given:
            raise ValueError(f"the model was fitted without {given[0]}, so other data take none")
        return model

    def columns_for(self, formula: str) -> tuple[dict[str, Column], list[str]]:
        """Return this model's columns with those that another formula names, and what a dot stands for.

        Parameters
        ----------
        formula : str
            The other formula.
        """
        columns = dict(self.columns)
        for name in _glm_variables(formula, self._names):
            columns.setdefault(name, self.data_column(name))
        return columns, self._names

    def data_column(self, name: str) -> Column:
        """Return a column of the data, whether the formula names it or not.

        Parameters
        ----------
        name : str
            The name.
        """
        if name in self.columns:
            return self.columns[name]
        if self._source is None:
            raise ValueError(f"this model was read without its data, so column {name!r} is not known")
        return column_of(self._source, name)

    def reweighted(self, rows: list[int], *, keep: bool) -> Any:
        """Return the same model of these rows only, or of all others; the rest have a frequency of zero.

        Parameters
        ----------
        rows : list of int
            Positions of rows.
        keep : bool
            Whether these rows are kept, or left out.
        """
        from rustsci.glm.cross_validation import reweighted_columns

        model = type(self).without_data(self.formula, self._names)
        roles = self._request["roles"]
        given = roles.get("freq_weights")
        model.columns = reweighted_columns(self.columns, given, rows, keep=keep)
        model._request = dict(self._request, roles={**roles, "freq_weights": "(freq_weights)"})
        return model
