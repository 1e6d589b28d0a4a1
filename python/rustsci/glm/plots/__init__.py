"""Pictures of fitted models, with matplotlib where it is installed."""

from __future__ import annotations

from rustsci.glm.plots.methods import Plots

__all__ = ["Plots"]
