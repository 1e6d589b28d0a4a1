"""Fits along a path of penalties."""

from __future__ import annotations

from rustsci._native import asarray, ndarray

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["RegularizationPath"]


class RegularizationPath:
    """Penalties with the coefficients and deviances of their fits; made by `GLM.fit_path`."""

    def __init__(self, names: list[str], points: list[dict[str, Any]]) -> None:
        self.feature_names = names
        self.alphas: ndarray = asarray([point["alpha"] for point in points], dtype="float64")
        #: A row for each penalty.
        self.coefs: ndarray = asarray([point["coefficients"] for point in points], dtype="float64")
        self.deviances: ndarray = asarray([point["deviance"] for point in points], dtype="float64")
        self.n_iter: list[int] = [int(point["iterations"]) for point in points]
        self.converged: list[bool] = [bool(point["converged"]) for point in points]

    def __repr__(self) -> str:
        return f"<RegularizationPath of {len(self.n_iter)} fits, {len(self.feature_names)} coefficients>"
