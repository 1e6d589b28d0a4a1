"""Analyses of deviance: nested models, and the terms of one model."""

from __future__ import annotations

from itertools import pairwise

from rustsci._native import _glm_tail, _glm_terms, asarray
from rustsci.glm.tables import aligned, html_table, shown, table_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rustsci.glm.results import GLMResults

__all__ = ["AnovaTable", "anova"]


class AnovaTable(list[dict[str, float]]):
    """The rows of an analysis of deviance, each a dict; made by `anova`."""

    def __init__(self, rows: list[dict[str, Any]], title: str, library: str) -> None:
        super().__init__(rows)
        self.title = title
        self._library = library

    def _header(self) -> list[str]:
        return list(dict.fromkeys(key for row in self for key in row))

    def table(self) -> Any:
        """Return the rows as a data frame of the library of the data, or as a dict of columns."""
        return table_in(self._library, {key: [row.get(key) for row in self] for key in self._header()})

    def _cells(self) -> tuple[list[str], list[list[str]]]:
        header = self._header()
        return header, [[shown(row.get(key)) for key in header] for row in self]

    def __str__(self) -> str:
        return "\n".join([self.title, *aligned(*self._cells())])

    def _repr_html_(self) -> str:
        return f"<p>{self.title}</p>{html_table(*self._cells())}"


def anova(*results: GLMResults, test: str | None = None, type: int = 1) -> AnovaTable:
    """Return an analysis of deviance: of nested models, each with the one before it, or of one model's terms.

    Parameters
    ----------
    *results : GLMResults
        One fit; or fits to the same rows, from the smallest model to the largest.
    test : {'Chisq', 'F'}, optional
        The distribution that the difference is referred to; by default F where the dispersion is estimated,
        which is that of the largest model.
    type : {1, 2, 3}, optional
        For one model, what each term is compared with: 1, the terms before it; 2, all terms that do not
        contain it; 3, all other terms, whose columns stay as they are, so that it depends on the contrasts
        (sums to zero, as a rule). θ of the negative binomial family stays as it was estimated.

    Returns
    -------
    AnovaTable
        A list with a dict for each model or term: ``df_resid`` and ``deviance`` of what is left, ``df``,
        ``deviance_difference``, ``statistic`` and ``p`` of what was added. It prints as a table, and
        ``table()`` makes a frame of it.

    Examples
    --------
    >>> import rustsci.glm as rs
    >>> data = {"y": [2, 3, 6, 7, 8, 9, 10, 12, 15], "x": [-1.0, -1, 0, 0, 0, 0, 1, 1, 1]}
    >>> small = rs.glm("y ~ 1", data, family="poisson").fit()
    >>> large = rs.glm("y ~ x", data, family="poisson").fit()
    >>> row = rs.anova(small, large)[1]
    >>> row["df"], round(row["deviance_difference"], 4), round(row["p"], 6)
    (1.0, 15.4819, 8.3e-05)
    >>> rs.anova(large, type=2)[0]["term"]
    'x'
    """
    if not results:
        raise ValueError("anova takes at least one fit")
    if test not in (None, "Chisq", "F"):
        raise ValueError(f"test must be 'Chisq' or 'F', not {test!r}")
    if type not in (1, 2, 3):
        raise ValueError(f"type must be 1, 2 or 3, not {type!r}")
    if len(results) == 1:
        return _of_terms(results[0], test, type)
    if type != 1:
        raise ValueError(
            "type belongs to the analysis of one model; nested models are compared in their order"
        )
    return _of_models(results, test)


def _of_models(results: tuple[GLMResults, ...], test: str | None) -> AnovaTable:
    if len({(result.nobs, result.wnobs) for result in results}) > 1:
        raise ValueError("the models were not fitted to the same rows: their numbers of observations differ")
    largest = min(results, key=lambda result: result.df_resid)
    rows: list[dict[str, Any]] = [{"df_resid": results[0].df_resid, "deviance": results[0].deviance}]
    for before, after in pairwise(results):
        row = {"df_resid": after.df_resid, "deviance": after.deviance}
        df = before.df_resid - after.df_resid
        rows.append({**row, **_tested(largest, df, before.deviance - after.deviance, test)})
    return AnovaTable(rows, "Analysis of deviance: nested models", largest.model._library)


def _of_terms(result: GLMResults, test: str | None, type: int) -> AnovaTable:
    if result._fit["edf"] is not None:
        raise NotImplementedError("the analysis of deviance of a penalised fit is not supported")
    names = result._fit["recipe"]["term_names"]
    every = list(range(1, len(names) + 1))
    if type == 1:
        return _sequential(result, names, every, test)
    factors = [set(name.split(":")) for name in names]
    rows = []
    for term in every:
        if type == 2:
            # Terms that contain this one stand for it, so they are left out with it.
            without = [other for other in every if not factors[term - 1] <= factors[other - 1]]
        else:
            without = [other for other in every if other != term]
        with_it = [*without, term] if type == 2 else every
        deviances, _, ranks = _glm_terms(*result._model_and_data(), [without, sorted(with_it)])
        df, difference = float(ranks[1] - ranks[0]), float(deviances[0] - deviances[1])
        rows.append({"term": names[term - 1], **_tested(result, df, difference, test)})
    return AnovaTable(rows, f"Analysis of deviance, type {'I' * type}", result.model._library)


def _sequential(result: GLMResults, names: list[str], every: list[int], test: str | None) -> AnovaTable:
    choices = [every[:count] for count in range(len(every) + 1)]
    deviances, _, ranks = _glm_terms(*result._model_and_data(), choices)
    rows: list[dict[str, Any]] = [
        {
            "term": "(constant)" if result._fit["recipe"]["intercept"] else "(nothing)",
            "df_resid": result.wnobs - float(ranks[0]),
            "deviance": float(deviances[0]),
        }
    ]
    for position, name in enumerate(names, start=1):
        df = float(ranks[position] - ranks[position - 1])
        difference = float(deviances[position - 1] - deviances[position])
        row = {"df_resid": result.wnobs - float(ranks[position]), "deviance": float(deviances[position])}
        rows.append({"term": name, **row, **_tested(result, df, difference, test)})
    return AnovaTable(rows, "Analysis of deviance, type I: terms added in order", result.model._library)


def _tested(largest: GLMResults, df: float, difference: float, test: str | None) -> dict[str, float]:
    chosen = test or ("F" if largest.has_estimated_dispersion else "Chisq")
    statistic = difference / largest.scale
    if df <= 0:
        p = float("nan")
    elif chosen == "F":
        statistic /= df
        p = float(_glm_tail("f.sf", asarray(statistic), df, largest.df_resid))
    else:
        p = float(_glm_tail("chi2.sf", asarray(statistic), df))
    return {"df": df, "deviance_difference": difference, "statistic": statistic, "p": p}
