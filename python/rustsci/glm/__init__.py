"""Generalized linear models, from formula to diagnostics: ``import rustsci.glm as rs``.

A model is a formula, data and a family; ``fit`` gives results that speak statsmodels' names. Factors are
codes throughout, never dummy columns, so a factor of a thousand levels takes four bytes a row.
"""

from __future__ import annotations

from rustsci.glm.accumulator import Accumulator
from rustsci.glm.comparison import AnovaTable, anova
from rustsci.glm.cross_validation import CrossValidation, cross_validate
from rustsci.glm.diagnostics import DataExploration, ModelDiagnostics, explore_data
from rustsci.glm.distributions import Family, Link
from rustsci.glm.formula_models import glm
from rustsci.glm.model import GLM
from rustsci.glm.path import RegularizationPath
from rustsci.glm.prediction import Prediction
from rustsci.glm.relativities import Relativities
from rustsci.glm.results import GLMResults
from rustsci.glm.testing import HypothesisTest
from rustsci.glm.tweedie import estimate_tweedie_power

__all__ = [
    "GLM",
    "AnovaTable",
    "Accumulator",
    "CrossValidation",
    "DataExploration",
    "Family",
    "GLMResults",
    "HypothesisTest",
    "Link",
    "ModelDiagnostics",
    "Prediction",
    "RegularizationPath",
    "Relativities",
    "anova",
    "cross_validate",
    "estimate_tweedie_power",
    "explore_data",
    "glm",
]
