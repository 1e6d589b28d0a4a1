"""Intervals and tests of a fitted model's coefficients."""

from __future__ import annotations

from functools import cached_property

from rustsci._native import (
    _glm_constrained,
    _glm_profile,
    _glm_score_test,
    _glm_tail,
    _glm_vif,
    _glm_wald,
    asarray,
    ndarray,
    sqrt,
    zeros,
)
from rustsci.glm.row_results import RowResults
from rustsci.matrices import eye

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rustsci.glm.columns import Column
    from rustsci.glm.testing import HypothesisTest, LinearTest

__all__: list[str] = []


class Inference(RowResults):
    """What coefficients are worth."""

    @cached_property
    def _cov(self) -> ndarray:
        """The covariance of the coefficients; if it is not that of the model, it is set."""
        return self._unscaled * self.scale

    @property
    def params(self) -> Any:
        """The coefficients; NaN for those that depend on others."""
        return self._back(self._params)

    @property
    def bse(self) -> Any:
        """The standard errors."""
        return self._back(self._bse)

    @cached_property
    def _bse(self) -> ndarray:
        return sqrt(self._cov.diagonal())

    @property
    def tvalues(self) -> Any:
        """The coefficients in units of their standard errors."""
        return self._back(self._params / self._bse)

    @property
    def pvalues(self) -> Any:
        """The two-sided probabilities of values as far from zero as these, if the coefficients were zero."""
        statistic = abs(self._params / self._bse)
        if self.use_t:
            return self._back(2 * _glm_tail("t.sf", statistic, self.df_resid_inference))
        return self._back(2 * _glm_tail("norm.sf", statistic))

    @property
    def df_resid_inference(self) -> float:
        """The degrees of freedom of Student's and F distributions in tests.

        Those of residuals; for cluster-robust covariances the number of groups less one.
        """
        return self.df_resid if self._group_count is None else self._group_count - 1.0

    def cov_params(self) -> Any:
        """Return the covariance of the coefficients."""
        return self._back(self._cov)

    @property
    def normalized_cov_params(self) -> Any:
        """The covariance of the coefficients by the model, for a dispersion of one."""
        return self._back(self._unscaled)

    def conf_int(self, alpha: float = 0.05, *, method: str = "wald") -> Any:
        """Return confidence intervals, a row for each coefficient.

        Parameters
        ----------
        alpha : float, optional
            One less the confidence.
        method : {'wald', 'profile'}, optional
            Multiples of the standard errors; or where the likelihood, at its largest over all other
            coefficients, has fallen by what the confidence allows. Those are infinite on a side on which it
            never falls that far.

        Examples
        --------
        >>> import rustsci.glm as rs
        >>> result = rs.glm("y ~ 1", {"y": [1.0, 2.0, 3.0]}).fit()
        >>> [round(float(x), 4) for x in result.conf_int()[0]]
        [0.8684, 3.1316]
        >>> counts = rs.glm("y ~ 1", {"y": [1, 0, 3]}, family="poisson").fit()
        >>> [round(float(x), 4) for x in counts.conf_int(method="profile")[0]]
        [-0.8418, 1.1379]
        """
        if method == "profile":
            low, high = self._profile_interval(alpha)
        elif method == "wald":
            low, high = self._interval(self._params, self._bse, alpha)
        else:
            raise ValueError(f"method must be 'wald' or 'profile', not {method!r}")
        from rustsci.glm.results import _columns

        return self._back(_columns(low, high))

    def _quantile(self, alpha: float) -> float:
        if not 0 < alpha < 1:
            raise ValueError(f"alpha must be between 0 and 1, not {alpha!r}")
        kind = "t.ppf" if self.use_t else "norm.ppf"
        return float(_glm_tail(kind, asarray(1 - alpha / 2), self.df_resid_inference))

    def _interval(self, center: ndarray, error: ndarray, alpha: float) -> tuple[ndarray, ndarray]:
        quantile = self._quantile(alpha)
        return center - quantile * error, center + quantile * error

    def _profile_interval(self, alpha: float) -> tuple[ndarray, ndarray]:
        if self._fit["edf"] is not None:
            raise NotImplementedError("profile-likelihood intervals of penalised fits are not supported")
        which = list(range(len(self.feature_names)))
        low, high = _glm_profile(*self._model_and_data(), which, self._quantile(alpha))
        return low, high

    # Tests.

    def t_test(self, hypotheses: Any) -> LinearTest:
        """Test linear hypotheses about coefficients, each by itself.

        Parameters
        ----------
        hypotheses : str, sequence of str, dict, array_like or tuple
            Equations between names of coefficients, ``"x1 = x2, z = 0"``; a dict of names and values; a
            matrix R with one number for each coefficient in a row, for Rb = 0; or a tuple of R and q.

        Examples
        --------
        >>> import rustsci.glm as rs
        >>> data = {"y": [1, 3, 4, 9], "x": [0.0, 1.0, 2.0, 3.0]}
        >>> test = rs.glm("y ~ x", data, family="poisson").fit().t_test("x = 0.5")
        >>> round(float(test.effect[0]), 4), round(float(test.pvalue[0]), 4)
        (0.6487, 0.6107)
        """
        from rustsci.glm.hypotheses import hypotheses as read
        from rustsci.glm.testing import LinearTest

        matrix, right = read(hypotheses, self.feature_names)
        labels = [_label(row, value, self.feature_names) for row, value in zip(matrix, right, strict=True)]
        return LinearTest(self, matrix, right, labels)

    def wald_test(self, hypotheses: Any, *, use_f: bool | None = None) -> HypothesisTest:
        """Test linear hypotheses about coefficients, all at once, by Wald's statistic.

        Parameters
        ----------
        hypotheses
            As for `t_test`.
        use_f : bool, optional
            Whether to refer to the F distribution rather than to χ²; by default, where `use_t` is true.
        """
        from rustsci.glm.hypotheses import hypotheses as read
        from rustsci.glm.testing import joint_test

        matrix, right = read(hypotheses, self.feature_names)
        return joint_test(self, matrix, right, self.use_t if use_f is None else use_f)

    def f_test(self, hypotheses: Any) -> HypothesisTest:
        """Test linear hypotheses about coefficients, all at once, by the F distribution.

        Parameters
        ----------
        hypotheses
            As for `t_test`.
        """
        return self.wald_test(hypotheses, use_f=True)

    def wald_test_terms(self) -> dict[str, tuple[float, float, int]]:
        """Return for each term of the formula the Wald statistic, its p-value and the degrees of freedom.

        Examples
        --------
        >>> import rustsci.glm as rs
        >>> data = {"y": [1.0, 2.0, 4.0, 3.0, 6.0, 5.0], "g": list("aabbcc")}
        >>> statistic, p, df = rs.glm("y ~ g", data).fit().wald_test_terms()["g"]
        >>> round(statistic, 6), df
        (32.0, 2)
        """
        from rustsci.glm.testing import wald_test_terms

        return wald_test_terms(self)

    def lr_test(self, hypotheses: Any, *, use_f: bool | None = None) -> HypothesisTest:
        """Test linear hypotheses about coefficients by the ratio of likelihoods, fitting the model with them.

        Parameters
        ----------
        hypotheses
            As for `t_test`.
        use_f : bool, optional
            Whether to refer to the F distribution; by default, where the dispersion is estimated.

        Examples
        --------
        >>> import rustsci.glm as rs
        >>> data = {"y": [1, 3, 4, 9], "x": [0.0, 1.0, 2.0, 3.0]}
        >>> round(float(rs.glm("y ~ x", data, family="poisson").fit().lr_test("x = 0").pvalue), 5)
        0.00859
        """
        from rustsci.glm.hypotheses import hypotheses as read
        from rustsci.glm.testing import referred

        matrix, right = read(hypotheses, self.feature_names)
        _, _, facts = _glm_constrained(*self._model_and_data(), matrix, right)
        f = self.has_estimated_dispersion if use_f is None else use_f
        statistic = max(float(facts[0]) - self.deviance, 0.0) / self.scale
        return referred(statistic, int(facts[2]), self.df_resid if f else None)

    def score_test(self, terms: Any, *, use_f: bool | None = None) -> HypothesisTest:
        """Test terms that the model does not have by Rao's score test, without fitting them.

        Parameters
        ----------
        terms : str, sequence of str or array_like
            What to add to the right side of the formula: ``"z"``, ``"C(g)"``, ``"x:g"``, ``"I(x**2)"``; or
            the columns themselves.
        use_f : bool, optional
            Whether to refer to the F distribution; by default, where the dispersion is estimated.

        Examples
        --------
        >>> import rustsci.glm as rs
        >>> data = {"y": [1, 3, 4, 9], "x": [0.0, 1.0, 2.0, 3.0]}
        >>> round(float(rs.glm("y ~ 1", data, family="poisson").fit().score_test("x").pvalue), 5)
        0.00976
        """
        from rustsci.glm.requests import describe
        from rustsci.glm.testing import referred

        formula, columns, names = self._with_terms(terms)
        headers, arrays = describe(columns)
        statistic, df, _ = _glm_score_test(
            self._text, self._params, self._unscaled, formula, names, headers, arrays
        )
        f = self.has_estimated_dispersion if use_f is None else use_f
        return referred(max(statistic, 0.0), df, self.df_resid if f else None)

    def _with_terms(self, terms: Any) -> tuple[str, dict[str, Column], list[str]]:
        """The formula with more terms, its columns, and the names that a dot stands for."""
        if isinstance(terms, str):
            terms = [terms]
        if isinstance(terms, (list, tuple)) and terms and all(isinstance(term, str) for term in terms):
            formula = f"{self.model.formula} + {' + '.join(terms)}"
            return formula, *self.model.columns_for(formula)
        from rustsci.glm.arrays import predictor_columns

        shape = getattr(terms, "shape", None)
        width = shape[1] if shape is not None and len(shape) == 2 else None
        added, names = predictor_columns(terms, [f"added {i}" for i in range(1 if width is None else width)])
        if len(next(iter(added.values())).array) != self.nobs + self.n_dropped:
            raise ValueError(
                f"the columns to be tested have {len(next(iter(added.values())).array)} rows, "
                f"but the data {self.nobs + self.n_dropped}"
            )
        formula = f"{self.model.formula} + {' + '.join(f'`{name}`' for name in names)}"
        return formula, {**self.model.columns, **added}, self.model._names

    def gradient_test(self, df: int) -> HypothesisTest:
        """Test whether the score is zero at the coefficients, which a restricted fit need not have reached.

        Parameters
        ----------
        df : int
            How many restrictions there were.
        """
        from rustsci.glm.testing import referred

        params = asarray([0.0 if value != value else value for value in self._params.tolist()])
        score = self.model._evaluate(params, "score") / self.scale
        information = self.model._evaluate(params, "expected") / self.scale
        # u′I⁻¹u is Wald's statistic of u with the covariance I.
        statistic, _, _, _ = _glm_wald(score, information, eye(params.size), zeros(params.size))
        return referred(float(statistic), df, None)

    def compare_lr_test(self, restricted: Inference) -> HypothesisTest:
        """Test a smaller model of the same rows against this one by the ratio of likelihoods.

        Parameters
        ----------
        restricted : GLMResults
            The fit of the smaller model.
        """
        from rustsci.glm.testing import referred

        if (restricted.nobs, restricted.wnobs) != (self.nobs, self.wnobs):
            raise ValueError(
                "the models were not fitted to the same rows: their numbers of observations differ"
            )
        df = round(restricted.df_resid - self.df_resid)
        if df <= 0:
            raise ValueError(
                f"the other model has {self.edf - restricted.edf:g} coefficients less than this one; "
                "it must have fewer"
            )
        return referred((restricted.deviance - self.deviance) / self.scale, df, None)

    def vif(self) -> dict[str, tuple[float, int, float]]:
        """Return for each term the generalized variance inflation factor (Fox & Monette 1992).

        Returns
        -------
        dict
            For each term the factor, its degrees of freedom, and GVIF^(1/(2·df)): what may be compared
            between terms, and for a term of one column is the root of the usual factor.

        Examples
        --------
        >>> import rustsci.glm as rs
        >>> data = {"y": [1.0, 2.0, 4.0, 3.0], "x": [0.0, 1.0, 2.0, 3.0], "z": [1.0, 0.0, 1.0, 1.0]}
        >>> round(rs.glm("y ~ x + z", data).fit().vif()["x"][0], 4)
        1.0714
        """
        recipe = self._fit["recipe"]
        terms = recipe["term_names"]
        known = [int(value == value) for value in self._params.tolist()]
        factors = _glm_vif(self._unscaled * self.scale, recipe["assign"], len(terms)).tolist()
        sizes = [
            sum(ok for ok, term in zip(known, recipe["assign"], strict=True) if term == index)
            for index in range(1, len(terms) + 1)
        ]
        return {
            name: (factor, size, factor ** (0.5 / size) if size else float("nan"))
            for name, factor, size in zip(terms, factors, sizes, strict=True)
        }


def _label(row: ndarray, value: Any, names: list[str]) -> str:
    """A hypothesis as people write it."""
    text = ""
    for factor, name in zip(row.tolist(), names, strict=True):
        if factor == 0:
            continue
        size = "" if abs(factor) == 1 else f"{abs(factor):g}*"
        sign = ("-" if factor < 0 else "") if not text else (" - " if factor < 0 else " + ")
        text += f"{sign}{size}{name}"
    return f"{text or '0'} = {float(value):g}"
