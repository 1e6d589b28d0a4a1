"""A model before it is fitted."""

from __future__ import annotations

from rustsci._native import _glm_fit, _glm_needs_all_rows, _glm_path
from rustsci.glm.covariance import CovarianceType
from rustsci.glm.likelihood import LikelihoodFunctions
from rustsci.glm.model_data import ModelData
from rustsci.glm.penalties import limits_description, penalty_description
from rustsci.glm.requests import describe, finite, fit_request, model_request
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
    "solver",
    "maxiter",
    "tol",
    "scale",
    "start_params",
    "cov_type",
    "cov_kwds",
    "use_t",
    "gradient_tol",
    "alpha",
    "l1_ratio",
    "penalty_factors",
    "P1",
    "P2",
    "groups",
    "lambda_sum",
    "lower_bounds",
    "upper_bounds",
    "A_ineq",
    "b_ineq",
    "compute_covariance",
    "smoothing",
    "gamma",
)


class GLM(ModelData, LikelihoodFunctions, Twins):
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
        self._set_data(source, roles)

    def fit(
        self,
        *,
        method: str = "auto",
        solver: str | None = None,
        maxiter: int = 100,
        tol: float | None = None,
        scale: str | float | None = None,
        start_params: Any = None,
        cov_type: str = "nonrobust",
        cov_kwds: dict[str, Any] | None = None,
        use_t: bool | None = None,
        gradient_tol: float | None = None,
        alpha: float = 0.0,
        l1_ratio: float | None = None,
        penalty_factors: Any = None,
        P1: Any = None,
        P2: Any = None,
        groups: Any = None,
        lambda_sum: float | None = None,
        lower_bounds: Any = None,
        upper_bounds: Any = None,
        A_ineq: Any = None,
        b_ineq: Any = None,
        compute_covariance: bool = True,
        smoothing: str = "gcv",
        gamma: float = 1.0,
    ) -> GLMResults:
        """Fit the model by maximum (quasi-)likelihood.

        Parameters
        ----------
        method, solver : {'auto', 'irls', 'irls-cd', 'lbfgs'}, optional
            How the coefficients are found; both names mean the same. Iteratively reweighted least squares
            ('irls'), each solved by a Cholesky factor, an active set of bounds or coordinate descent, as
            penalties and bounds want it; always by coordinate descent ('irls-cd'); or by gradients only
            ('lbfgs'), which 'auto' chooses where the products of columns with each other would take more
            than 2 GiB. The last one works out no covariance, and coefficients to some seven digits.
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
        gradient_tol : float, optional
            If given, the iteration ends when the gradient of half the mean deviance, with penalties, is
            nowhere larger than this; it takes the place of `tol`.
        alpha : float, optional
            The penalty, in glum's convention: ``alpha * (l1_ratio * sum(abs(params)) + (1 - l1_ratio) / 2
            * sum(params**2))`` is added to half the mean deviance. The constant is not penalised.
        l1_ratio : float, optional
            The share of the absolute values in the penalty: 0 is ridge, 1 is the lasso, and what lies
            between is an elastic net. By default 0, or 1 with `groups`.
        penalty_factors : float, array_like or dict, optional
            What each coefficient's penalty is multiplied with: an element for each coefficient (or for each
            but the constant), or numbers by the names of terms or coefficients, 1 for those not named.
        P1 : float, array_like or dict, optional
            What absolute values are multiplied with besides, given in the same ways.
        P2 : array_like or dict, optional
            The matrix of Tikhonov's penalty ``params @ P2 @ params`` in the place of the sum of squares: a
            square matrix (sparse ones too) with a row for each coefficient, or for each but the constant;
            or its diagonal, in the same ways as `penalty_factors`.
        groups : {'terms'}, sequence or dict, optional
            Coefficients that shall be zero or not together (group lasso): the length of their vector, times
            the square root of their number, takes the place of the sum of their absolute values. They are the
            coefficients of each term; those of equal labels, a label for each coefficient, None for none; or
            lists of names of terms or coefficients. Groups do not overlap.
        lambda_sum : float, optional
            The penalty in the other convention: what `alpha` is when it is added to half the deviance itself.
        lower_bounds, upper_bounds : float, array_like or dict, optional
            Bounds of the coefficients: one for all but the constant, an element for each (or for each but the
            constant), or numbers by the names of terms or coefficients. None and infinities are no bounds.
        A_ineq, b_ineq : array_like, optional
            Linear inequalities ``A_ineq @ params <= b_ineq``; a column for each coefficient, or for each but
            the constant.
        compute_covariance : bool, optional
            Whether to work out the covariance of the coefficients now. If not, it is worked out when it is
            first asked for.
        smoothing : {'gcv', 'reml'}, optional
            What the penalties of smooth terms ``s(x)`` are chosen by: generalized cross-validation (where the
            dispersion is known, the un-biased risk), or restricted maximum likelihood.
        gamma : float, optional
            What a degree of freedom counts for in cross-validation; more than 1 makes smoother fits.

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

        options = {key: value for key, value in locals().items() if key in _FIT_OPTIONS}
        if self._estimates_power:
            from rustsci.glm.tweedie import profile_power

            return profile_power(self, options)
        if isinstance(scale, str) and scale.lower() == "ml":
            from rustsci.glm.dispersion import fit_with_ml_dispersion

            return fit_with_ml_dispersion(self, options)
        covariance_of = CovarianceType(options.pop("cov_type"), options.pop("cov_kwds"))
        use_t = options.pop("use_t")
        request = fit_request(self._request, **options)
        if self.streams and not _glm_needs_all_rows(self.formula):
            from rustsci.glm.streaming import fit_in_batches

            found = fit_in_batches(self, request)
            if found is not None:
                return GLMResults(self, *found, cov_type=covariance_of, use_t=use_t)
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
        P1: Any = None,
        P2: Any = None,
        groups: Any = None,
        lower_bounds: Any = None,
        upper_bounds: Any = None,
        start_params: Any = None,
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
        l1_ratio, penalty_factors, P1, P2, groups, lower_bounds, upper_bounds, start_params
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
        penalty = penalty_description(
            alpha=1.0,
            lambda_sum=None,
            l1_ratio=l1_ratio,
            penalty_factors=penalty_factors,
            P1=P1,
            P2=P2,
            groups=groups,
        )
        request = dict(self._request, max_iterations=int(maxiter), tolerance=tol, penalty=penalty)
        request["limits"] = limits_description(lower_bounds, upper_bounds, None, None)
        if start_params is not None:
            request["start"] = finite("start_params", start_params)
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
