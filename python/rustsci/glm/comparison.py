"""Comparisons of nested models."""

from __future__ import annotations

from itertools import pairwise

from rustsci._native import _glm_tail, asarray

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rustsci.glm.results import GLMResults

__all__ = ["anova"]


def anova(*results: GLMResults, test: str | None = None) -> list[dict[str, float]]:
    """Compare nested models, each with the one before it, by the deviance that the terms added explain.

    Parameters
    ----------
    *results : GLMResults
        Fits to the same rows, from the smallest model to the largest.
    test : {'Chisq', 'F'}, optional
        The distribution that the difference is referred to; by default F where the dispersion is estimated.

    Returns
    -------
    list of dict
        For each model ``df_resid`` and ``deviance``, and for all but the first ``df``,
        ``deviance_difference``, ``statistic`` and ``p``.

    Examples
    --------
    >>> import rustsci.glm as rs
    >>> data = {"y": [2, 3, 6, 7, 8, 9, 10, 12, 15], "x": [-1.0, -1, 0, 0, 0, 0, 1, 1, 1]}
    >>> small = rs.glm("y ~ 1", data, family="poisson").fit()
    >>> large = rs.glm("y ~ x", data, family="poisson").fit()
    >>> row = rs.anova(small, large)[1]
    >>> row["df"], round(row["deviance_difference"], 4), round(row["p"], 6)
    (1.0, 15.4819, 8.3e-05)
    """
    if len(results) < 2:
        raise ValueError(f"anova compares at least two models, not {len(results)}")
    if len({(result.nobs, result.wnobs) for result in results}) > 1:
        raise ValueError("the models were not fitted to the same rows: their numbers of observations differ")
    largest = min(results, key=lambda result: result.df_resid)
    estimated = largest._fit["family"]["name"] not in ("poisson", "binomial", "negative_binomial")
    chosen = test or ("F" if estimated else "Chisq")
    if chosen not in ("Chisq", "F"):
        raise ValueError(f"test must be 'Chisq' or 'F', not {test!r}")
    table = [{"df_resid": results[0].df_resid, "deviance": results[0].deviance}]
    for before, after in pairwise(results):
        df = before.df_resid - after.df_resid
        difference = before.deviance - after.deviance
        statistic = difference / largest.scale
        if df <= 0:
            p = float("nan")
        elif chosen == "F":
            statistic /= df
            p = float(_glm_tail("f.sf", asarray(statistic), df, largest.df_resid))
        else:
            p = float(_glm_tail("chi2.sf", asarray(statistic), df))
        table.append(
            {
                "df_resid": after.df_resid,
                "deviance": after.deviance,
                "df": df,
                "deviance_difference": difference,
                "statistic": statistic,
                "p": p,
            }
        )
    return table
