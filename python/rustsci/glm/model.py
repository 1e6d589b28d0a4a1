"""A model before it is fitted."""

from __future__ import annotations

from rustsci._native import _glm_fit, _glm_path, _glm_variables
from rustsci.glm.columns import Column, single_column
from rustsci.glm.covariance import CovarianceType
from rustsci.glm.likelihood import LikelihoodFunctions
from rustsci.glm.requests import ROLES, column_of, describe, dispersion_of, model_request, penalty_of
from rustsci.glm.tables import library_of
from rustsci.glm.twins import Twins

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from rustsci.glm.columns import Source
    from rustsci.glm.path import RegularizationPath
    from rustsci.glm.results import GLMResults

__all__ = ["GLM"]

# What `fit` passes on where it fits several times.
_FIT_OPTIONS = (
    "method",
    "maxiter",
    "tol",
    "scale",
    "start_params",
    "cov_type",
    "cov_kwds",
    "use_t",
    "alpha",
    "l1_ratio",
    "penalty_factors",
    "lambda_sum",
)


class GLM(LikelihoodFunctions, Twins):
    """A generalized linear model: of a response and a matrix of predictors, or made by `glm` of a formula.

    Parameters
    ----------
    endog : array_like, shape (rows,) or (rows, 2)
        The response; for the binomial family numbers of successes and failures, too.
    exog : array_like, shape (rows, columns)
        The predictors, a column each. There is no constant but the one that is among them.
    names : sequence of str, optional
        The names of the predictors. By default those of a data frame, or ``const``, ``x1``, ``x2`` …
    family, link, offset, exposure, weights, var_weights, freq_weights, var_power, theta, variance, na_action
        As for `glm`; offsets and weights are arrays here.

    Examples
    --------
    >>> import rustsci.glm as rs
    >>> y, x = [2, 3, 6, 7, 8, 9], [[1, 0], [1, 1], [1, 2], [1, 3], [1, 4], [1, 5]]
    >>> result = rs.GLM(y, x, family="poisson").fit()
    >>> result.feature_names, [round(float(b), 4) for b in result.params]
    (['const', 'x1'], [1.0168, 0.26])
    """

    def __init__(
        self,
        endog: Any,
        exog: Any,
        *,
        names: Sequence[str] | None = None,
        family: str = "gaussian",
        link: str | None = None,
        offset: Any = None,
        exposure: Any = None,
        weights: Any = None,
        var_weights: Any = None,
        freq_weights: Any = None,
        var_power: float | None = 1.5,
        theta: float | None = None,
        variance: str = "constant",
        na_action: str = "drop",
    ) -> None:
        from rustsci.glm.arrays import formula_of, matrix_columns

        given = {
            "offset": offset,
            "exposure": exposure,
            "weights": weights,
            "var_weights": var_weights,
            "freq_weights": freq_weights,
        }
        for role, value in given.items():
            if isinstance(value, str):
                raise TypeError(
                    f"{role} must be an array here, not {value!r}: there are no columns with names"
                )
        source, left, right = matrix_columns(endog, exog, names)
        options = {
            **given,
            "family": family,
            "link": link,
            "var_power": var_power,
            "theta": theta,
            "variance": variance,
            "na_action": na_action,
        }
        self._set_up(formula_of(left, right), source, options, library_of(exog))

    @classmethod
    def of_formula(cls, formula: str, source: Source, options: dict[str, Any], library: str) -> GLM:
        """Return the model of a formula; `glm` is the function to call.

        Parameters
        ----------
        formula : str
            The formula.
        source : Source
            The data by columns.
        options : dict
            The other parameters of `glm` by their names.
        library : str
            The library that tables of results are made for.
        """
        model = cls.__new__(cls)
        model._set_up(formula, source, options, library)
        return model

    def _set_up(self, formula: str, source: Source, options: dict[str, Any], library: str) -> None:
        self._request, roles = model_request(formula, options)
        specification = self._request["family"]
        self._estimates_power = (
            specification["name"] == "tweedie"
            and options["var_power"] is None
            and "(" not in options["family"]
        )
        self._library = library
        self._source: Source | None = source
        self.formula: str = formula
        self._names = source.names
        self.columns: dict[str, Column] = {}
        variables = _glm_variables(self.formula, self._names)
        for name in variables:
            self.columns[name] = column_of(source, name)
        named = {}
        for role in ROLES:
            value = roles[role]
            if value is None:
                continue
            if isinstance(value, str):
                self.columns.setdefault(value, column_of(source, value))
                named[role] = value
            else:
                named[role] = f"({role})"
                self.columns[named[role]] = single_column(value)
        self._request["roles"] = named

    def fit(
        self,
        *,
        method: str = "irls",
        maxiter: int = 100,
        tol: float | None = None,
        scale: str | float | None = None,
        start_params: Any = None,
        cov_type: str = "nonrobust",
        cov_kwds: dict[str, Any] | None = None,
        use_t: bool | None = None,
        alpha: float = 0.0,
        l1_ratio: float = 0.0,
        penalty_factors: Any = None,
        lambda_sum: float | None = None,
    ) -> GLMResults:
        """Fit the model by maximum (quasi-)likelihood.

        Parameters
        ----------
        method : {'irls'}, optional
            Iteratively reweighted least squares.
        maxiter : int, optional
            The most iterations.
        tol : float, optional
            The iteration ends when the next step would lower the deviance by less than this share of it; with
            `l1_ratio`, when the conditions of a minimum of the mean loss hold to this number. By
            default the coefficients come out to the last digits.
        scale : {'X2', 'dev', 'ML'} or float, optional
            The dispersion: Pearson's χ² or the deviance over the residual degrees of freedom, the most likely
            one, or a value. By default it is 1 for the Poisson, binomial and negative binomial families, and
            'X2' for others.
        start_params : array_like, optional
            Coefficients to start from.
        cov_type : {'nonrobust', 'eim', 'oim', 'HC0', 'HC1', 'HC2', 'HC3', 'cluster'}, optional
            The covariance of the coefficients: by the expected information ('nonrobust', 'eim') or the
            observed one ('oim'), or robust to another variance, or to dependence within groups.
        cov_kwds : dict, optional
            For 'cluster' ``groups``: the name of a column, an array, or two of either for two-way groups;
            and ``use_correction`` (True), G/(G − 1) · (N − 1)/(N − k). For it and for 'HC0' to 'HC3'
            ``information``: 'observed', by default, or 'expected', which are the same for canonical links.
        use_t : bool, optional
            Whether tests refer to Student's distribution. By default they refer to the normal one.
        alpha : float, optional
            The penalty, in glum's convention: ``alpha * (l1_ratio * sum(abs(params)) + (1 - l1_ratio) / 2
            * sum(params**2))`` is added to half the mean deviance. The constant is not penalised.
        l1_ratio : float, optional
            The share of the absolute values in the penalty: 0 is ridge, 1 is the lasso, and what lies
            between is an elastic net.
        penalty_factors : array_like, optional
            What each coefficient's penalty is multiplied with.
        lambda_sum : float, optional
            The penalty in the other convention: what `alpha` is when it is added to half the deviance itself.

        Returns
        -------
        GLMResults
            The fitted model.

        Examples
        --------
        >>> import rustsci.glm as rs
        >>> data = {"y": [2.0, 4.0, 8.0, 16.0], "x": [0.0, 1.0, 2.0, 3.0]}
        >>> result = rs.glm("y ~ x", data, family="gamma", link="log").fit()
        >>> [round(float(b), 6) for b in result.params]
        [0.693147, 0.693147]
        """
        from json import dumps

        from rustsci.glm.results import GLMResults

        if method.lower() not in ("irls", "auto"):
            raise NotImplementedError(f"method {method!r} is not supported; the method is 'irls'")
        given = {key: value for key, value in locals().items() if key in _FIT_OPTIONS}
        if self._estimates_power:
            from rustsci.glm.tweedie import profile_power

            return profile_power(self, given)
        if isinstance(scale, str) and scale.lower() == "ml":
            from rustsci.glm.dispersion import fit_with_ml_dispersion

            return fit_with_ml_dispersion(self, given)
        if maxiter < 0:
            raise ValueError(f"maxiter must not be negative, not {maxiter}")
        covariance_of = CovarianceType(cov_type, cov_kwds)
        penalty = penalty_of(alpha, l1_ratio, penalty_factors, lambda_sum)
        if penalty is not None and l1_ratio > 0 and self._request["estimate_theta"]:
            raise NotImplementedError("l1_ratio with theta to be estimated is not supported: give theta")
        request = dict(
            self._request, max_iterations=int(maxiter), tolerance=tol, dispersion=dispersion_of(scale)
        )
        if start_params is not None:
            request["start"] = _finite("start_params", start_params)
        request["penalty"] = penalty
        headers, arrays = describe(self.columns)
        text, params, covariance = _glm_fit(dumps(request), self._names, headers, arrays)
        return GLMResults(self, text, params, covariance, cov_type=covariance_of, use_t=use_t)

    def fit_constrained(self, constraints: Any, **options: Any) -> GLMResults:
        """Fit the model with linear equalities between coefficients.

        Parameters
        ----------
        constraints : str, sequence of str, dict, array_like or tuple
            As hypotheses for `GLMResults.t_test`: ``"x = z"``, ``"x + z = 1, w = 0"``, R, or R and q.
        **options
            ``maxiter``, ``tol``, ``scale``, ``start_params`` and ``use_t``, as for `fit`.

        Returns
        -------
        GLMResults
            The fitted model; a coefficient that is given by others has their standard error.

        Examples
        --------
        >>> import rustsci.glm as rs
        >>> data = {"y": [1.0, 3.0, 4.0, 6.0], "x": [0.0, 1.0, 2.0, 3.0], "z": [1.0, 0.0, 1.0, 0.0]}
        >>> result = rs.glm("y ~ x + z", data).fit_constrained("x = z")
        >>> bool(abs(result.params[1] - result.params[2]) < 1e-12), result.df_model
        (True, 1.0)
        """
        from rustsci.glm.constrained import fit_constrained

        return fit_constrained(self, constraints, options)

    def fit_path(
        self,
        *,
        alphas: Sequence[float] | None = None,
        n_alphas: int = 100,
        min_alpha_ratio: float = 1e-3,
        l1_ratio: float = 1.0,
        penalty_factors: Any = None,
        maxiter: int = 100,
        tol: float | None = None,
    ) -> RegularizationPath:
        """Fit the model for a path of penalties, each fit starting where the one before ended.

        Parameters
        ----------
        alphas : sequence of floats, optional
            The penalties, best from large to small. By default they begin at the least one that leaves all
            penalised coefficients zero.
        n_alphas : int, optional
            How many penalties there are, evenly spaced in logarithms.
        min_alpha_ratio : float, optional
            The smallest penalty as a share of the largest.
        l1_ratio, penalty_factors
            As for `fit`.
        maxiter : int, optional
            The most passes over the data for each penalty.
        tol : float, optional
            The largest violation of the conditions of a minimum that is left, for the mean of half the
            deviance.

        Returns
        -------
        RegularizationPath
            The penalties with the coefficients and deviances of their fits.

        Examples
        --------
        >>> import rustsci.glm as rs
        >>> data = {"y": [1.0, 2.0, 4.0, 3.0], "x": [0.0, 1.0, 2.0, 3.0], "z": [1.0, 0.0, 0.0, 1.0]}
        >>> path = rs.glm("y ~ x + z", data).fit_path(n_alphas=3)
        >>> [int((row != 0).sum()) for row in path.coefs]
        [1, 3, 3]
        """
        from json import dumps, loads

        from rustsci.glm.path import RegularizationPath

        if self._request["estimate_theta"]:
            raise NotImplementedError("a path with theta to be estimated is not supported: give theta")
        penalty = penalty_of(1.0, l1_ratio, penalty_factors, None)
        request = dict(self._request, max_iterations=int(maxiter), tolerance=tol, penalty=penalty)
        given = None if alphas is None else [float(alpha) for alpha in alphas]
        path = {"alphas": given, "count": int(n_alphas), "ratio": float(min_alpha_ratio)}
        headers, arrays = describe(self.columns)
        names, points = loads(_glm_path(dumps(request), dumps(path), self._names, headers, arrays))
        return RegularizationPath(names, points)

    def __getstate__(self) -> dict[str, Any]:
        # Frames of data may not be kept, columns of numbers are.
        return {**self.__dict__, "_source": None}

    def __repr__(self) -> str:
        return f"<GLM {self.formula!r}, family {self._request['family']['name']}>"


def _finite(what: str, values: Any) -> list[float]:
    numbers = [float(value) for value in values]
    for position, value in enumerate(numbers):
        if value - value != 0:
            raise ValueError(f"{what} must be finite, but element {position} is {value}")
    return numbers
