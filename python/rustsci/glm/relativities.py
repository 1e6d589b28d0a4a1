"""The factors by which coefficients multiply the mean."""

from __future__ import annotations

from rustsci._native import exp
from rustsci.glm.tables import aligned, html_table, shown, table_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rustsci.glm.results import GLMResults

__all__ = ["Relativities"]


class Relativities(dict[str, float]):
    """A dict of the names of coefficients and their factors; made by `GLMResults.relativities`."""

    def __init__(self, results: GLMResults, alpha: float) -> None:
        link = results._fit["link"]["name"]
        if link != "log":
            raise ValueError(f"relativities need the log link, not {link!r}")
        low, high = results._interval(results._params, results._bse, alpha)
        names = results.feature_names
        super().__init__(zip(names, (float(x) for x in exp(results._params)), strict=True))
        ends = zip(exp(low).tolist(), exp(high).tolist(), strict=True)
        #: The confidence interval of each factor, by name.
        self.conf_int: dict[str, tuple[float, float]] = dict(zip(names, ends, strict=True))
        self._alpha = alpha
        self._library = results.model._library

    def _columns(self) -> dict[str, list[Any]]:
        ends = [self.conf_int[name] for name in self]
        return {
            "term": list(self),
            "relativity": list(self.values()),
            f"[{self._alpha / 2:g}": [low for low, _ in ends],
            f"{1 - self._alpha / 2:g}]": [high for _, high in ends],
        }

    def table(self) -> Any:
        """Return factors and intervals as a data frame of the data's library, or as a dict of columns."""
        return table_in(self._library, self._columns())

    def _cells(self) -> tuple[list[str], list[list[str]]]:
        columns = self._columns()
        rows = zip(*columns.values(), strict=True)
        return list(columns), [[shown(value) for value in row] for row in rows]

    def __str__(self) -> str:
        return "\n".join(aligned(*self._cells()))

    def _repr_html_(self) -> str:
        return html_table(*self._cells())
