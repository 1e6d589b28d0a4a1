"""Models of a formula and data."""

from __future__ import annotations

from rustsci._native import _glm_variables
from rustsci.glm.batches import Batches, open_batches
from rustsci.glm.columns import open_data
from rustsci.glm.model import GLM
from rustsci.glm.requests import ROLES, fit_request
from rustsci.glm.tables import library_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["glm"]


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
    var_power: float | None = 1.5,
    theta: float | None = None,
    variance: str = "constant",
    na_action: str = "drop",
    seed: int = 0,
) -> GLM:
    """Return a generalized linear model of data, to be fitted.

    Parameters
    ----------
    formula : str
        ``"response ~ predictors"``, by R's rules of terms, contrasts and marginality. The response may be
        ``cbind(successes, failures)``.
    data : dict, data frame, table, relation, path or batches
        A dict of columns, a frame of pandas or polars, a pyarrow table, or a DuckDB relation. Parquet files
        (a path, a pattern like ``"claims/*.parquet"``, a folder, or a list of paths), lazy frames of polars,
        data sets of pyarrow, lists of frames, functions that return an iterator of frames, and objects with
        a method ``to_batches`` or ``iter_batches`` are read in batches, again for each pass of the fit, so
        that they need not fit in memory.
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
    var_power : float or None, optional
        The Tweedie family's variance power; with None it is estimated between 1 and 2 by maximum likelihood.
    theta : float, optional
        The negative binomial family's θ, one over what is also called alpha. It is estimated if it is not
        given.
    variance : str, optional
        The variance function of the family ``"quasi"``: ``"constant"``, ``"mu"``, ``"mu^2"``, ``"mu^3"`` or
        ``"mu(1-mu)"``.
    na_action : {'drop', 'raise'}, optional
        What to do with rows in which something is missing.
    seed : int, optional
        What decides the random orders that ``TE(x)`` encodes targets in.

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
    if not isinstance(formula, str):
        raise TypeError(f"formula must be a text, not {type(formula).__name__!r}; rs.GLM takes arrays")
    options = {
        "family": family,
        "link": link,
        "offset": offset,
        "exposure": exposure,
        "weights": weights,
        "var_weights": var_weights,
        "freq_weights": freq_weights,
        "var_power": var_power,
        "theta": theta,
        "variance": variance,
        "na_action": na_action,
        "seed": seed,
    }
    batches = open_batches(data)
    source = open_data(data) if batches is None else batches
    return GLM.of_formula(formula, source, options, library_of(data))


def request_without_data(formula: str, options: dict[str, Any]) -> dict[str, Any]:
    """Return the description of a fit to data to come, by the options of `glm` and of `GLM.fit`."""
    from inspect import signature

    of_model = {name: options[name] for name in signature(glm).parameters if name in options}
    of_fit = {name: value for name, value in options.items() if name not in of_model}
    names = list(_glm_variables(formula, []))
    for role in (*ROLES, "var_weights"):
        value = options.get(role)
        if not isinstance(value, (str, type(None))):
            raise TypeError(f"{role} must be the name of a column, not {type(value).__name__!r}")
        names += [] if value is None else [value]
    if of_model.get("var_power", 1.5) is None:
        raise NotImplementedError("var_power is not estimated by an accumulator: give var_power")
    model = glm(formula, Batches(names, lambda variables: (), "nothing"), **of_model)
    return fit_request(model._request, **of_fit)
