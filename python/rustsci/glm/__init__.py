"""Generalized linear models, from formula to diagnostics: ``import rustsci.glm as rs``.

A model is a formula, data and a family; ``fit`` gives results that speak statsmodels' names. Factors are
codes throughout, never dummy columns, so a factor of a thousand levels takes four bytes a row.
"""

from __future__ import annotations

from rustsci.glm.accumulator import Accumulator
from rustsci.glm.comparison import AnovaTable, anova
from rustsci.glm.cross_validation import CrossValidation, cross_validate
from rustsci.glm.diagnostics import DataExploration, ModelDiagnostics, explore_data
from rustsci.glm.dict_terms import glm_dict
from rustsci.glm.distributions import Family, Link
from rustsci.glm.encoding import FrequencyEncoder, TargetEncoder, target_encode
from rustsci.glm.formula_models import glm
from rustsci.glm.model import GLM
from rustsci.glm.path import RegularizationPath
from rustsci.glm.prediction import Prediction
from rustsci.glm.relativities import Relativities
from rustsci.glm.results import GLMResults
from rustsci.glm.splines import bs, bs_names, cc, cr, cs, ms, ns, poly
from rustsci.glm.testing import HypothesisTest
from rustsci.glm.tweedie import estimate_tweedie_power

__all__ = [
    "GLM",
    "Accumulator",
    "AnovaTable",
    "CrossValidation",
    "DataExploration",
    "Family",
    "FrequencyEncoder",
    "GLMResults",
    "HypothesisTest",
    "Link",
    "ModelDiagnostics",
    "Prediction",
    "RegularizationPath",
    "Relativities",
    "TargetEncoder",
    "anova",
    "bs",
    "bs_names",
    "cc",
    "cr",
    "cross_validate",
    "cs",
    "estimate_tweedie_power",
    "explore_data",
    "glm",
    "glm_dict",
    "ms",
    "ns",
    "poly",
    "target_encode",
]
