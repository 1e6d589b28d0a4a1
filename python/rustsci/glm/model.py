"""A model before it is fitted."""

from __future__ import annotations

from rustsci._native import _glm_fit, _glm_path, _glm_variables, ndarray
from rustsci.glm.columns import Column, open_data, single_column
from rustsci.glm.families import family_specification, link_specification

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from rustsci.glm.columns import Source
    from rustsci.glm.path import RegularizationPath
    from rustsci.glm.results import GLMResults

__all__ = ["GLM", "glm"]

# What rows have besides the formula's columns; the parentheses keep these names apart from those of data.
_ROLES = ("offset", "exposure", "weights", "freq_weights")


def glm(
    formula: str,
    data: Any,
    *,
    family: str = "gaussian",
    link: str | None = None,
    offset: Any = None,
    exposure: Any = None,
    weights: Any = None,
    var_weights: Any = None,
    freq_weights: Any = None,
    var_power: float = 1.5,
    theta: float | None = None,
    variance: str = "constant",
    na_action: str = "drop",
) -> GLM:
    """Return a generalized linear model of data, to be fitted.

    Parameters
    ----------
    formula : str
        ``"response ~ predictors"``, by R's rules of terms, contrasts and marginality. The response may be
        ``cbind(successes, failures)``.
    data : dict, data frame, table, relation or path
        A dict of columns, a frame of pandas or polars (lazy ones too), a pyarrow table, a DuckDB
        relation, or the path of a Parquet file.
    family : str, optional
        ``"gaussian"``, ``"poisson"``, ``"binomial"``, ``"gamma"``, ``"inverse_gaussian"``, ``"tweedie"``,
        ``"negative_binomial"``, ``"quasipoisson"``, ``"quasibinomial"`` or ``"quasi"``; a parameter may
        follow in parentheses: ``"tweedie(1.6)"``.
    link : str, optional
        ``"identity"``, ``"log"``, ``"logit"``, ``"probit"``, ``"cauchit"``, ``"cloglog"``, ``"loglog"``,
        ``"inverse"``, ``"inverse_squared"``, ``"sqrt"``, ``"power(p)"`` or ``"nbinom"``. By default the
        family's: the canonical one, except for the Tweedie and negative binomial families, which have the
        logarithm.
    offset : str or array_like, optional
        What is added to the linear predictor as it is, never logged: a column's name, or values.
    exposure : str or array_like, optional
        What the mean is proportional to; its logarithm is added to the linear predictor.
    weights, var_weights : str or array_like, optional
        Prior weights: the variance is divided by them. For proportions they are numbers of trials. Both names
        mean the same, so only one of them can be given.
    freq_weights : str or array_like, optional
        How often each row was observed.
    var_power : float, optional
        The Tweedie family's variance power.
    theta : float, optional
        The negative binomial family's θ, one over what is also called alpha. It is estimated if it is not
        given.
    variance : str, optional
        The variance function of the family ``"quasi"``: ``"constant"``, ``"mu"``, ``"mu^2"``, ``"mu^3"`` or
        ``"mu(1-mu)"``.
    na_action : {'drop', 'raise'}, optional
        What to do with rows in which something is missing.

    Returns
    -------
    GLM
        The model; its method ``fit`` fits it.

    Examples
    --------
    >>> import rustsci.glm as rs
    >>> data = {"dead": [6, 13, 18, 28], "alive": [53, 47, 44, 28], "dose": [1.69, 1.72, 1.75, 1.78]}
    >>> result = rs.glm("cbind(dead, alive) ~ dose", data, family="binomial").fit()
    >>> result.feature_names
    ['Intercept', 'dose']
    >>> round(float(result.deviance), 4)
    0.5685
    """
    specification, estimate = family_specification(
        family, var_power=var_power, theta=theta, variance=variance
    )
    if weights is not None and var_weights is not None:
        raise ValueError("weights and var_weights mean the same: give one of them")
    roles = {
        "offset": offset,
        "exposure": exposure,
        "weights": var_weights if weights is None else weights,
        "freq_weights": freq_weights,
    }
    link_of = link_specification(link, specification)
    if exposure is not None and (link_of or {"name": _default_link(specification["name"])})["name"] != "log":
        raise ValueError("exposure is logged, which makes sense with the log link only; use offset=")
    if na_action not in ("drop", "raise"):
        raise ValueError(f"na_action must be 'drop' or 'raise', not {na_action!r}")
    request = {
        "formula": formula,
        "family": specification,
        "estimate_theta": estimate,
        "link": link_of,
        "missing": na_action,
    }
    return GLM(request, open_data(data), roles)


def _default_link(family: str) -> str:
    logged = ("poisson", "quasipoisson", "negative_binomial", "tweedie")
    return "log" if family in logged else "other"


class GLM:
    """A generalized linear model of data; made by `glm`."""

    def __init__(self, request: dict[str, Any], source: Source, roles: dict[str, Any]) -> None:
        self._request = request
        self.formula: str = request["formula"]
        self._names = source.names
        self.columns: dict[str, Column] = {}
        variables = _glm_variables(self.formula, self._names)
        for name in variables:
            self.columns[name] = _column(source, name)
        named = {}
        for role in _ROLES:
            value = roles[role]
            if value is None:
                continue
            if isinstance(value, str):
                self.columns.setdefault(value, _column(source, value))
                named[role] = value
            else:
                named[role] = f"({role})"
                self.columns[named[role]] = single_column(value)
        self._request["roles"] = named

    @classmethod
    def without_data(cls, formula: str, names: list[str]) -> GLM:
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
        model._names = names
        model.columns = {}
        return model

    def fit(
        self,
        *,
        method: str = "irls",
        maxiter: int = 100,
        tol: float | None = None,
        scale: str | float | None = None,
        start_params: Any = None,
        cov_type: str = "nonrobust",
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
        scale : {'X2', 'dev'} or float, optional
            The dispersion: Pearson's χ² or the deviance over the residual degrees of freedom, or a value. By
            default it is 1 for the Poisson, binomial and negative binomial families, and 'X2' for others.
        start_params : array_like, optional
            Coefficients to start from.
        cov_type : {'nonrobust', 'HC0', 'HC1', 'HC2', 'HC3'}, optional
            The covariance of the coefficients: by the model, or robust to another variance.
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
        if cov_type not in ("nonrobust", "HC0", "HC1", "HC2", "HC3"):
            raise NotImplementedError(
                f"cov_type {cov_type!r} is not supported; it is 'nonrobust', 'HC0', 'HC1', 'HC2' or 'HC3'"
            )
        penalty = _penalty(alpha, l1_ratio, penalty_factors, lambda_sum)
        if penalty is not None and l1_ratio > 0 and self._request["estimate_theta"]:
            raise NotImplementedError("l1_ratio with theta to be estimated is not supported: give theta")
        request = dict(
            self._request, max_iterations=int(maxiter), tolerance=tol, dispersion=_dispersion(scale)
        )
        if start_params is not None:
            request["start"] = [float(value) for value in start_params]
        request["penalty"] = penalty
        headers, arrays = describe(self.columns)
        text, params, covariance = _glm_fit(dumps(request), self._names, headers, arrays)
        return GLMResults(self, text, params, covariance, cov_type=cov_type, use_t=use_t)

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
        penalty = _penalty(1.0, l1_ratio, penalty_factors, None)
        request = dict(self._request, max_iterations=int(maxiter), tolerance=tol, penalty=penalty)
        given = None if alphas is None else [float(alpha) for alpha in alphas]
        path = {"alphas": given, "count": int(n_alphas), "ratio": float(min_alpha_ratio)}
        headers, arrays = describe(self.columns)
        names, points = loads(_glm_path(dumps(request), dumps(path), self._names, headers, arrays))
        return RegularizationPath(names, points)

    def reweighted(self, rows: list[int], *, keep: bool) -> GLM:
        """Return the same model of these rows only, or of all others; the rest have a frequency of zero.

        Parameters
        ----------
        rows : list of int
            Positions of rows.
        keep : bool
            Whether these rows are kept, or left out.
        """
        from rustsci.glm.cross_validation import reweighted_columns

        model = GLM.without_data(self.formula, self._names)
        roles = self._request["roles"]
        given = roles.get("freq_weights")
        model.columns = reweighted_columns(self.columns, given, rows, keep=keep)
        model._request = dict(self._request, roles={**roles, "freq_weights": "(freq_weights)"})
        return model

    def __repr__(self) -> str:
        return f"<GLM {self.formula!r}, family {self._request['family']['name']}>"


def _penalty(alpha: float, l1_ratio: float, factors: Any, lambda_sum: float | None) -> dict[str, Any] | None:
    """The description of a penalty, or None if there is none."""
    if lambda_sum is not None and alpha:
        raise ValueError("alpha and lambda_sum are two conventions for the same penalty: give one of them")
    size = float(alpha if lambda_sum is None else lambda_sum)
    if size == 0.0:
        return None
    return {
        "alpha": size,
        "l1_ratio": float(l1_ratio),
        "factors": None if factors is None else [float(factor) for factor in factors],
        "of_sum": lambda_sum is not None,
    }


def _column(source: Source, name: str) -> Column:
    if name not in source.names:
        from difflib import get_close_matches

        near = get_close_matches(name, source.names, n=3) or [
            known for known in source.names if known.lower() == name.lower()
        ]
        hint = f"did you mean {' or '.join(map(repr, near))}?" if near else f"they have {source.names}"
        raise ValueError(f"the data have no column {name!r}; {hint}")
    try:
        return source.column(name)
    except (TypeError, ValueError) as error:
        raise type(error)(f"column {name!r}: {error}") from None


def _dispersion(scale: str | float | None) -> Any:
    if scale is None:
        return "default"
    if isinstance(scale, str):
        known = {"x2": "pearson", "dev": "deviance"}
        if scale.lower() not in known:
            raise ValueError(f"scale must be 'X2', 'dev' or a number, not {scale!r}")
        return known[scale.lower()]
    return {"fixed": float(scale)}


def describe(columns: dict[str, Column]) -> tuple[str, list[ndarray]]:
    """Return columns as the core takes them: names and levels as JSON, and arrays."""
    from json import dumps

    headers = [{"name": name, "levels": column.levels} for name, column in columns.items()]
    return dumps(headers), [column.array for column in columns.values()]
