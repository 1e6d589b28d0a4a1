"""Whether a model describes its data and others: calibration, ranking, dispersion, what it lacks, drift."""

from __future__ import annotations

from rustsci.glm.diagnostics.exploration import DataExploration, explore_data
from rustsci.glm.diagnostics.model_diagnostics import ModelDiagnostics

__all__ = ["DataExploration", "ModelDiagnostics", "explore_data"]
