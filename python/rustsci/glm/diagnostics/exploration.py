"""What data look like before a model is fitted to them."""

from __future__ import annotations

from rustsci._native import asarray, bincount, full, ndarray
from rustsci.covariance import corrcoef
from rustsci.distinct import unique
from rustsci.glm.columns import Column, open_data
from rustsci.glm.diagnostics.calibration import grouped, sums_by
from rustsci.glm.diagnostics.sample import ratio, total
from rustsci.glm.tables import aligned, html_table, shown
from rustsci.quantiles import quantile

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

__all__ = ["DataExploration", "explore_data"]

# Levels beyond these are counted, not listed.
_LISTED = 30


class DataExploration:
    """Columns, the response by each, and what should be looked at; made by `explore_data`."""

    def __init__(self, found: dict[str, Any]) -> None:
        self._found = found

    @property
    def columns(self) -> dict[str, dict[str, Any]]:
        """For each column its kind, what is missing, and its distribution."""
        return self._found["columns"]

    @property
    def response(self) -> dict[str, Any]:
        """The distribution of the response, and families it may have."""
        return self._found["response"]

    @property
    def by_column(self) -> dict[str, list[dict[str, Any]]]:
        """The mean response by the levels or groups of numbers of each column."""
        return self._found["by_column"]

    @property
    def associations(self) -> list[dict[str, Any]]:
        """How much of the response's variation each column explains by itself, the most first."""
        return self._found["associations"]

    @property
    def correlations(self) -> list[dict[str, Any]]:
        """Correlations of pairs of numeric columns, the strongest first."""
        return self._found["correlations"]

    @property
    def warnings(self) -> list[str]:
        """What should be looked at, in words."""
        return self._found["warnings"]

    def to_dict(self) -> dict[str, Any]:
        """Return everything as dicts, lists, numbers and texts."""
        return self._found

    def to_json(self, indent: int | None = None) -> str:
        """Return everything as JSON, in which what is not known is null.

        Parameters
        ----------
        indent : int, optional
            By how much lines are indented; by default there is one line.
        """
        from json import dumps

        from rustsci.glm.diagnostics.model_diagnostics import _finite

        return dumps(_finite(self._found), indent=indent, allow_nan=False)

    def _tables(self) -> list[tuple[str, list[str], list[list[str]]]]:
        header = ["column", "kind", "missing", "distinct", "mean", "sd", "min", "median", "max"]
        rows = [
            [name, *(shown(facts.get(key)) for key in header[1:])] for name, facts in self.columns.items()
        ]
        tables = [("Columns", header, rows)]
        if self.associations:
            header = ["column", "explained", "df"]
            rows = [[shown(row[key]) for key in header] for row in self.associations]
            tables.append(("Each column alone: share of the variation of the response", header, rows))
        return tables

    def __str__(self) -> str:
        lines = [f"! {warning}" for warning in self.warnings] or ["No warnings."]
        for title, header, rows in self._tables():
            lines += ["", title, *aligned(header, rows)]
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"<DataExploration of {len(self.columns)} columns: {len(self.warnings)} warnings>"

    def _repr_html_(self) -> str:
        from html import escape

        items = "".join(f"<li>{escape(warning)}</li>" for warning in self.warnings)
        tables = (f"<h4>{escape(title)}</h4>{html_table(h, rows)}" for title, h, rows in self._tables())
        return f"<ul>{items}</ul>{''.join(tables)}"


def explore_data(
    data: Any,
    response: str | None = None,
    *,
    exposure: str | None = None,
    columns: Sequence[str] | None = None,
    bins: int = 10,
) -> DataExploration:
    """Return what data look like before a model is fitted to them.

    Parameters
    ----------
    data : dict, data frame, table, relation or path
        As for `glm`.
    response : str, optional
        The column that a model is to explain; it must be numeric.
    exposure : str, optional
        The column that the response is proportional to: means are per unit of it.
    columns : sequence of str, optional
        Which columns to look at; all by default.
    bins : int, optional
        Into how many groups numbers are divided.

    Returns
    -------
    DataExploration
        Distributions, missing values, the response by each column, correlations, and warnings in words.

    Examples
    --------
    >>> import rustsci.glm as rs
    >>> data = {"y": [0, 1, 0, 3, 2, 5], "x": [1.0, 2.0, 3.0, 4.0, 5.0, None], "g": list("aababb")}
    >>> found = rs.explore_data(data, "y")
    >>> found.columns["x"]["missing"], found.columns["g"]["distinct"], found.response["zeros"]
    (1, 2, 2)
    """
    source = open_data(data)
    chosen = list(source.names if columns is None else columns)
    for name in (*chosen, *filter(None, (response, exposure))):
        if name not in source.names:
            from rustsci.glm.requests import column_of

            column_of(source, name)
    every = {
        name: source.column(name) for name in dict.fromkeys([*chosen, *filter(None, (response, exposure))])
    }
    rows = next(iter(every.values())).array.size if every else 0
    if rows == 0:
        raise ValueError("the data have no rows")
    found: dict[str, Any] = {
        "rows": int(rows),
        "columns": {name: _facts(every[name]) for name in chosen},
        "response": {},
        "by_column": {},
        "associations": [],
        "correlations": _correlations({name: every[name] for name in chosen}),
    }
    if response is not None:
        _explore_response(found, every, chosen, response, exposure, bins)
    found["warnings"] = _warnings(found)
    return DataExploration(found)


def _facts(column: Column) -> dict[str, Any]:
    if column.levels is not None:
        counts = bincount(
            column.array.astype("int64").clip(0, len(column.levels)), minlength=len(column.levels) + 1
        )
        listed = sorted(
            zip(counts.tolist(), column.levels, strict=False), key=lambda pair: (-pair[0], pair[1])
        )
        return {
            "kind": "categorical",
            "missing": int(counts[len(column.levels)]),
            "distinct": sum(count > 0 for count, _ in listed),
            "levels": {level: int(count) for count, level in listed[:_LISTED]},
        }
    known = column.array[column.array == column.array]
    facts: dict[str, Any] = {
        "kind": "numeric",
        "missing": int(column.array.size - known.size),
        "distinct": int(unique(known).size),
    }
    if known.size:
        low, q1, median, q3, high = quantile(known, asarray([0.0, 0.25, 0.5, 0.75, 1.0])).tolist()
        facts |= {
            "mean": float(known.mean()),
            "sd": float(known.std(ddof=1)) if known.size > 1 else float("nan"),
        }
        facts |= {"min": low, "25%": q1, "median": median, "75%": q3, "max": high}
        facts["zeros"] = int((known == 0).sum())
    return facts


def _explore_response(
    found: dict[str, Any],
    every: dict[str, Column],
    chosen: list[str],
    response: str,
    exposure: str | None,
    bins: int,
) -> None:
    y = every[response]
    if y.levels is not None:
        raise ValueError(f"the response {response!r} is categorical; give zeros and ones")
    size = full(y.array.size, 1.0) if exposure is None else every[exposure].array
    kept = (y.array == y.array) & (size > 0)
    values, exposed = y.array[kept], size[kept]
    facts = {**_facts(y), "total": total(values), "exposure": total(exposed)}
    facts["mean rate"] = ratio(facts["total"], facts["exposure"])
    facts["families"] = _families(values)
    found["response"] = facts
    for name in chosen:
        if name in (response, exposure):
            continue
        part = Column(every[name].array[kept], every[name].levels)
        codes, labels = grouped(part, bins)
        found["by_column"][name] = table = _rates(codes, labels, values, exposed)
        found["associations"].append({"column": name, **_explained(table, values, exposed)})
    found["associations"].sort(key=lambda row: -row["explained"])


def _rates(codes: ndarray, labels: list[str], values: ndarray, exposed: ndarray) -> list[dict[str, Any]]:
    count = len(labels)
    rows = bincount(codes, minlength=count).tolist()
    sums, exposures = sums_by(codes, values, count), sums_by(codes, exposed, count)
    return [
        {
            "group": labels[i],
            "rows": int(rows[i]),
            "exposure": exposures[i],
            "total": sums[i],
            "rate": ratio(sums[i], exposures[i]),
        }
        for i in range(count)
        if rows[i]
    ]


def _explained(table: list[dict[str, Any]], values: ndarray, exposed: ndarray) -> dict[str, float]:
    """The share of the rates' variance, weighted by exposure, that lies between groups."""
    mean = ratio(total(values), total(exposed))
    between = sum(row["exposure"] * (row["rate"] - mean) ** 2 for row in table)
    whole = total(exposed * (values / exposed - mean) ** 2)
    return {"explained": ratio(between, whole), "df": len(table) - 1}


def _families(values: ndarray) -> list[str]:
    """Families whose range the response keeps to, the most special first."""
    whole = bool((values == values.round()).all())
    low, high = float(values.min()), float(values.max())
    found = []
    if whole and low >= 0 and high <= 1:
        found.append("binomial")
    if whole and low >= 0 and high > 1:
        variance, mean = float(values.var()), float(values.mean())
        found += (
            ["negative_binomial", "poisson"] if variance > 1.5 * mean else ["poisson", "negative_binomial"]
        )
    if not whole and low >= 0 and bool((values == 0).any()):
        found.append("tweedie")
    if low > 0 and not whole:
        found += ["gamma", "inverse_gaussian"]
    return [*found, "gaussian"]


def _correlations(columns: dict[str, Column], most: int = 20) -> list[dict[str, Any]]:
    numeric = {
        name: column.array
        for name, column in columns.items()
        if column.levels is None and column.array.size > 2
    }
    names = list(numeric)
    found: list[dict[str, Any]] = []
    for i, a in enumerate(names):
        for b in names[i + 1 :]:
            known = (numeric[a] == numeric[a]) & (numeric[b] == numeric[b])
            x, y = numeric[a][known], numeric[b][known]
            if x.size > 2 and float(x.std()) > 0 and float(y.std()) > 0:
                found.append({"a": a, "b": b, "correlation": float(corrcoef(x, y)[0, 1])})
    return sorted(found, key=lambda row: -abs(row["correlation"]))[:most]


def _warnings(found: dict[str, Any]) -> list[str]:
    said = []
    for name, facts in found["columns"].items():
        if facts["missing"]:
            said.append(f"{name}: {facts['missing']} of {found['rows']} values are missing.")
        if facts["distinct"] <= 1:
            said.append(f"{name} has the same value in every row.")
        if facts["kind"] == "categorical" and facts["distinct"] > 0.5 * found["rows"] > 10:
            said.append(f"{name} has {facts['distinct']} levels in {found['rows']} rows: it names rows.")
        rare = [level for level, count in facts.get("levels", {}).items() if 0 < count < 5]
        if rare and found["rows"] > 50:
            said.append(f"{name} has levels with fewer than five rows: {', '.join(rare[:5])}.")
    said += [
        f"{row['a']} and {row['b']} are correlated by {row['correlation']:.3f}."
        for row in found["correlations"]
        if abs(row["correlation"]) > 0.9
    ]
    response = found["response"]
    if response:
        if response["missing"]:
            said.append(f"The response is missing in {response['missing']} rows.")
        for name, table in found["by_column"].items():
            empty = [row["group"] for row in table if row["total"] == 0]
            if empty and response["total"] > 0:
                said.append(f"{name}: the response is zero wherever it is {', '.join(empty[:5])}.")
    return said
