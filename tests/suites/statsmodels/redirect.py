"""A pytest plugin: what statsmodels' tests take for its GLM is an adapter over rustsci.glm.

Families and links stay statsmodels' objects, for tests ask what they are; every function of them that gives a
number calls ours.
"""

from __future__ import annotations

import warnings
from typing import Any

import pytest


def redirect() -> None:
    import statsmodels.api as api
    import statsmodels.base.elastic_net as elastic_net
    import statsmodels.formula.api as formulas
    import statsmodels.genmod.generalized_linear_model as module

    from . import functions, model, regularized

    functions.redirect()
    module.GLM = model.GLM
    api.GLM = model.GLM
    formulas.glm = model.GLM.from_formula
    elastic_net.fit_elasticnet = regularized.fit_elasticnet


@pytest.fixture
def close_figures() -> Any:
    """Stand in for a fixture of statsmodels' own configuration."""
    yield
    from matplotlib import pyplot

    pyplot.close("all")


def pytest_configure(config: pytest.Config) -> None:
    for marker in ("smoke", "matplotlib", "thread_unsafe(reason)"):
        config.addinivalue_line("markers", f"{marker}: of statsmodels' own tests")


with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    redirect()
