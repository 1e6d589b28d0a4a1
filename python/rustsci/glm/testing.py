"""Tests of hypotheses about coefficients."""

from __future__ import annotations

from rustsci._native import _glm_tail, _glm_wald, asarray, full, ndarray
from rustsci.glm.tables import aligned, html_table, shown, table_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rustsci.glm.inference import Inference

__all__ = ["HypothesisTest"]


class HypothesisTest:
    """A test's statistic with its distribution and p-value; names are statsmodels'.

    `distribution` is ``'chi2'`` or ``'F'`` for a joint test, ``'norm'`` or ``'t'`` for each hypothesis.
    """

    def __init__(self, statistic: Any, pvalue: Any, distribution: str, df: float, df_denom: float) -> None:
        self.statistic = statistic
        self.pvalue = pvalue
        self.distribution = distribution
        #: The degrees of freedom of the hypotheses.
        self.df = df
        self.df_num = df
        #: Those of the dispersion, where the distribution has them.
        self.df_denom = df_denom

    @property
    def df_constraint(self) -> float:
        """The degrees of freedom of the hypotheses."""
        return self.df

    def __iter__(self) -> Any:
        return iter((self.statistic, self.pvalue, self.df))

    def __repr__(self) -> str:
        denominator = f", {self.df_denom:g}" if self.distribution == "F" else ""
        return (
            f"<HypothesisTest: {self.distribution}({self.df:g}{denominator}) = {self.statistic:.6g}, "
            f"p = {self.pvalue:.4g}>"
        )


class LinearTest(HypothesisTest):
    """Tests of each of several linear hypotheses; made by `GLMResults.t_test`."""

    def __init__(self, results: Inference, matrix: ndarray, right: ndarray, labels: list[str]) -> None:
        _, rank, effect, error = _glm_wald(results._params, results._cov, matrix, right)
        statistic = (effect - right) / error
        kind = "t" if results.use_t else "norm"
        pvalue = 2 * _glm_tail(f"{kind}.sf", abs(statistic), results.df_resid_inference)
        super().__init__(
            results._back(statistic), results._back(pvalue), kind, rank, results.df_resid_inference
        )
        self._results = results
        self._parts = (effect, error, statistic, pvalue)
        self._right = right
        self._labels = labels

    @property
    def effect(self) -> Any:
        """What the hypotheses are about, as estimated."""
        return self._results._back(self._parts[0])

    @property
    def sd(self) -> Any:
        """The standard errors of `effect`."""
        return self._results._back(self._parts[1])

    @property
    def tvalue(self) -> Any:
        """The distances from the hypotheses, in standard errors."""
        return self._results._back(self._parts[2])

    def conf_int(self, alpha: float = 0.05) -> Any:
        """Return confidence intervals of `effect`, a row each.

        Parameters
        ----------
        alpha : float, optional
            One less the confidence.
        """
        from rustsci.glm.results import _columns

        return self._results._back(_columns(*self._results._interval(self._parts[0], self._parts[1], alpha)))

    def _columns(self, alpha: float = 0.05) -> dict[str, list[Any]]:
        effect, error, statistic, pvalue = self._parts
        low, high = self._results._interval(effect, error, alpha)
        return {
            "hypothesis": self._labels,
            "effect": effect.tolist(),
            "std err": error.tolist(),
            "t" if self.distribution == "t" else "z": statistic.tolist(),
            "p": pvalue.tolist(),
            f"[{alpha / 2:g}": low.tolist(),
            f"{1 - alpha / 2:g}]": high.tolist(),
        }

    def table(self) -> Any:
        """Return the tests as a data frame of the library of the data, or as a dict of columns."""
        return table_in(self._results.model._library, self._columns())

    def _cells(self) -> tuple[list[str], list[list[str]]]:
        columns = self._columns()
        rows = zip(*columns.values(), strict=True)
        return list(columns), [[shown(value) for value in row] for row in rows]

    def __str__(self) -> str:
        return "\n".join(aligned(*self._cells()))

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return html_table(*self._cells())


def joint_test(results: Inference, matrix: ndarray, right: ndarray, use_f: bool) -> HypothesisTest:
    """Return Wald's test that all hypotheses hold."""
    statistic, rank, _, _ = _glm_wald(results._params, results._cov, matrix, right)
    return referred(float(statistic), rank, results.df_resid_inference if use_f else None)


def referred(statistic: float, df: int, df_denom: float | None) -> HypothesisTest:
    """Return the test of a statistic that is chi2, or F once it is divided by its degrees of freedom."""
    if df <= 0:
        nan = float("nan")
        return HypothesisTest(statistic, nan, "chi2" if df_denom is None else "F", df, df_denom or nan)
    if df_denom is None:
        p = float(_glm_tail("chi2.sf", asarray(statistic), float(df)))
        return HypothesisTest(statistic, p, "chi2", df, float("inf"))
    value = statistic / df
    p = float(_glm_tail("f.sf", asarray(value), float(df), float(df_denom)))
    return HypothesisTest(value, p, "F", df, df_denom)


def wald_test_terms(results: Inference) -> dict[str, tuple[float, float, int]]:
    """Return b′V⁻¹b for the coefficients of each term, its probability under χ², and their number."""
    recipe = results._fit["recipe"]
    tests = {}
    for index, term in enumerate(recipe["term_names"], start=1):
        places = [
            place
            for place, assigned in enumerate(recipe["assign"])
            if assigned == index and results._params[place] == results._params[place]
        ]
        matrix = full((len(places), len(recipe["assign"])), 0.0)
        for row, place in enumerate(places):
            matrix[row, place] = 1.0
        test = joint_test(results, matrix, full(len(places), 0.0), use_f=False)
        tests[term] = (float(test.statistic), float(test.pvalue), int(test.df))
    return tests
