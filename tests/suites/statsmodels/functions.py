"""Families and links of statsmodels: what they are called in rustsci, and their functions made of ours."""

from __future__ import annotations

from typing import Any

import numpy as np

import rustsci.glm as rs
from statsmodels.genmod.families import family as families
from statsmodels.genmod.families import links


def link_name(link: Any) -> str:
    """The name of a link in rustsci."""
    if isinstance(link, links.NegativeBinomial):
        return f"nbinom({1 / link.alpha!r})"
    if isinstance(link, links.CLogLog):
        return "cloglog"
    if isinstance(link, links.LogLog):
        return "loglog"
    if isinstance(link, links.Probit):
        return "probit"
    if isinstance(link, links.Cauchy):
        return "cauchit"
    if isinstance(link, links.Power):
        named = {1.0: "identity", 0.5: "sqrt", -1.0: "inverse", -2.0: "inverse_squared", 0.0: "log"}
        return named.get(float(link.power), f"power({float(link.power)!r})")
    if type(link) is links.Logit:
        return "logit"
    if isinstance(link, links.Log):
        return "log"
    raise NotImplementedError(f"rustsci.glm has no link like {link!r}")


def family_name(family: Any) -> str:
    """The name of a family in rustsci."""
    if isinstance(family, families.NegativeBinomial):
        return f"negative_binomial({1 / family.alpha!r})"
    if isinstance(family, families.Tweedie):
        return f"tweedie({float(family.var_power)!r})"
    names = {
        families.Poisson: "poisson",
        families.Gaussian: "gaussian",
        families.Gamma: "gamma",
        families.Binomial: "binomial",
        families.InverseGaussian: "inverse_gaussian",
    }
    return names[type(family)]


def redirect() -> None:
    """Let the functions of families and links call ours."""
    kinds = (links.Logit, links.Power, links.Log, links.CDFLink, links.CLogLog, links.LogLog)
    for kind in (*kinds, links.Cauchy, links.NegativeBinomial, links.InverseSquared, links.Sqrt):
        _redirect_link(kind)
    for kind in (
        families.Poisson,
        families.Gaussian,
        families.Gamma,
        families.Binomial,
        families.InverseGaussian,
        families.NegativeBinomial,
        families.Tweedie,
    ):
        _redirect_family(kind)


def _redirect_link(kind: type) -> None:
    ours = {
        "__call__": "__call__",
        "deriv": "derivative",
        "deriv2": "derivative2",
        "inverse": "inverse",
        "inverse_deriv": "inverse_derivative",
        "inverse_deriv2": "inverse_derivative2",
    }

    def function(name: str) -> Any:
        def call(self: Any, x: Any) -> Any:
            return getattr(rs.Link(link_name(self)), name)(np.asarray(x, dtype=float))

        return call

    for theirs, name in ours.items():
        setattr(kind, theirs, function(name))


def _redirect_family(kind: type) -> None:
    def of(self: Any) -> rs.Family:
        return rs.Family(family_name(self))

    def deviance(
        self: Any, endog: Any, mu: Any, var_weights: Any = 1.0, freq_weights: Any = 1.0, scale: float = 1.0
    ) -> float:
        return of(self).deviance(endog, mu, np.asarray(var_weights) * freq_weights) / scale

    def loglike_obs(self: Any, endog: Any, mu: Any, var_weights: Any = 1.0, scale: float = 1.0) -> Any:
        trials = getattr(self, "n", 1.0)
        y, mean = np.asarray(endog, dtype=float), np.asarray(mu, dtype=float)
        return of(self).loglike_obs(y, mean, np.asarray(var_weights, dtype=float), trials, scale)

    def loglike(
        self: Any, endog: Any, mu: Any, var_weights: Any = 1.0, freq_weights: Any = 1.0, scale: float = 1.0
    ) -> float:
        return float(np.sum(loglike_obs(self, endog, mu, var_weights, scale) * freq_weights))

    def resid_anscombe(self: Any, endog: Any, mu: Any, var_weights: Any = 1.0, scale: float = 1.0) -> Any:
        residual = of(self).resid_anscombe(np.asarray(endog, dtype=float), np.asarray(mu, dtype=float))
        return residual * np.sqrt(np.asarray(var_weights, dtype=float) / scale)

    # Instances set a function of their own, which ours stands for.
    kind.variance = property(lambda self: of(self).variance, lambda self, theirs: None)
    kind.deviance = deviance
    kind.loglike_obs = loglike_obs
    kind.loglike = loglike
    kind.resid_anscombe = resid_anscombe
