"""Generalized linear models, from formula to diagnostics: ``import rustsci.glm as rs``.

A model is a formula, data and a family; ``fit`` gives results that speak statsmodels' names. Factors are
codes throughout, never dummy columns, so a factor of a thousand levels takes four bytes a row.
"""

from __future__ import annotations

from rustsci.glm.comparison import anova
from rustsci.glm.cross_validation import CrossValidation, cross_validate
from rustsci.glm.model import GLM, glm
from rustsci.glm.path import RegularizationPath
from rustsci.glm.prediction import Prediction
from rustsci.glm.results import GLMResults

__all__ = [
    "GLM",
    "CrossValidation",
    "GLMResults",
    "Prediction",
    "RegularizationPath",
    "anova",
    "cross_validate",
    "glm",
]
