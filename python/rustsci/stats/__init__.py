"""Statistics: Python's `statistics` to the last digit at Rust's speed, and what inference needs beyond it."""

from __future__ import annotations

from rustsci.stats.averages import fmean, geometric_mean, harmonic_mean, mean
from rustsci.stats.description import Description, describe
from rustsci.stats.distributions import beta, binom, chi2, f, gamma, nbinom, norm, poisson, t
from rustsci.stats.errors import StatisticsError
from rustsci.stats.kernel_density import kde, kde_random
from rustsci.stats.modes import mode, multimode
from rustsci.stats.normal_dist import NormalDist
from rustsci.stats.order import median, median_grouped, median_high, median_low, quantiles
from rustsci.stats.quantile import quantile
from rustsci.stats.relations import LinearRegression, correlation, covariance, linear_regression
from rustsci.stats.response import StatisticsResponse, compute_stats
from rustsci.stats.spread import pstdev, pvariance, stdev, variance
from rustsci.stats.summary import Summary
from rustsci.stats.weighted import weighted_mean, weighted_stdev, weighted_variance

__all__ = [
    "Description",
    "LinearRegression",
    "NormalDist",
    "StatisticsError",
    "StatisticsResponse",
    "Summary",
    "beta",
    "binom",
    "chi2",
    "compute_stats",
    "correlation",
    "covariance",
    "describe",
    "f",
    "fmean",
    "gamma",
    "geometric_mean",
    "harmonic_mean",
    "kde",
    "kde_random",
    "linear_regression",
    "mean",
    "median",
    "median_grouped",
    "median_high",
    "median_low",
    "mode",
    "multimode",
    "nbinom",
    "norm",
    "poisson",
    "pstdev",
    "pvariance",
    "quantile",
    "quantiles",
    "stdev",
    "t",
    "variance",
    "weighted_mean",
    "weighted_stdev",
    "weighted_variance",
]
