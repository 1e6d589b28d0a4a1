"""One column of the design at a time, the others held fixed."""

from __future__ import annotations

from rustsci._native import _glm_constrained, _glm_rows, asarray, ndarray, ones, zeros
from rustsci.glm.plots.axes import label, line, new_axes, points
from rustsci.glm.plots.smoothing import local_lines, smooth_line
from rustsci.joining import stack

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rustsci.glm.results import GLMResults

__all__: list[str] = []

# Local lines through more points than these take too long for a picture.
_MOST_ROWS = 20_000


def place_of(results: GLMResults, name: str) -> int:
    """Return the place of a coefficient by its name."""
    if name not in results.feature_names:
        from difflib import get_close_matches

        near = get_close_matches(name, results.feature_names, n=3) or results.feature_names
        raise ValueError(f"there is no coefficient {name!r}; there are {near}")
    return results.feature_names.index(name)


def plot_partial_residuals(results: GLMResults, name: str, ax: Any) -> Any:
    """Draw working residuals with the part of a coefficient added (Landwehr, Pregibon & Shoemaker 1984)."""
    place = place_of(results, name)
    x = results._native("design")[:, place]
    part = float(results._params[place]) * x
    return _drawn(x, results._native("resid_working") + part, name, "component plus residual", ax)


def plot_added_variable(results: GLMResults, name: str, ax: Any) -> Any:
    """Draw residuals of the fit without a column against what of the column the others do not explain."""
    place = place_of(results, name)
    k = len(results.feature_names)
    without = zeros((1, k))
    without[0, place] = 1.0
    params, covariance, _ = _glm_constrained(*results._model_and_data(), without, zeros(1))
    text, _, _, headers, arrays = results._model_and_data()
    residual, weight = _glm_rows(
        text, params, covariance, headers, arrays, ["resid_working", "working_weights"]
    )
    x, others = _apart(results._native("design"), place)
    root = weight**0.5
    of_others = _weighted_fit(x, others, weight)
    return _drawn(
        root * (x - of_others), root * residual, f"{name}, given the others", "residual without it", ax
    )


def plot_ceres_residuals(results: GLMResults, name: str, ax: Any) -> Any:
    """Draw residuals that show the shape of a column's effect if the others depend on it nonlinearly.

    Combining conditional expectations and residuals (Cook 1993).
    """
    if results.nobs > _MOST_ROWS:
        raise NotImplementedError(
            f"plot_ceres_residuals is not supported for more than {_MOST_ROWS} rows; "
            f"plot_partial_residuals takes the {results.nobs} rows"
        )
    place = place_of(results, name)
    x, others = _apart(results._native("design"), place)
    constant = [bool((column == column[0]).all()) for column in others]
    smooths = [
        local_lines(x, column, x, 0.66) for column, same in zip(others, constant, strict=True) if not same
    ]
    columns = [ones(x.size), *others_varying(others, constant), *smooths]
    # The working response on all of them; the residual with the smooths' part is what x has to do with.
    weight = results._native("working_weights")
    offsets = results._native("eta")
    response = offsets + results._native("resid_working")
    coefficients = _coefficients(response, columns, weight)
    fitted = _combined(columns, coefficients)
    part = _combined(smooths, coefficients[len(columns) - len(smooths) :]) if smooths else zeros(x.size)
    return _drawn(x, response - fitted + part - part.mean(), name, "CERES residual", ax)


def others_varying(others: list[ndarray], constant: list[bool]) -> list[ndarray]:
    """Return the columns that are not constant."""
    return [column for column, same in zip(others, constant, strict=True) if not same]


def _apart(design: ndarray, place: int) -> tuple[ndarray, list[ndarray]]:
    others = [design[:, j] for j in range(design.shape[1]) if j != place]
    return design[:, place], others


def _coefficients(y: ndarray, columns: list[ndarray], weight: ndarray) -> list[float]:
    from warnings import catch_warnings, simplefilter

    from rustsci.glm.model import GLM

    with catch_warnings():
        # Columns that depend on others are left out, which is no news here.
        simplefilter("ignore", RuntimeWarning)
        fit = GLM(y, stack(columns, axis=1), weights=weight).fit()
    return [0.0 if value != value else value for value in fit._params.tolist()]


def _combined(columns: list[ndarray], coefficients: list[float]) -> ndarray:
    total = zeros(columns[0].size)
    for column, coefficient in zip(columns, coefficients, strict=True):
        total = total + coefficient * column
    return total


def _weighted_fit(y: ndarray, columns: list[ndarray], weight: ndarray) -> ndarray:
    if not columns or bool((y == y[0]).all()):
        return zeros(y.size)
    return _combined(columns, _coefficients(y, columns, weight))


def _drawn(x: ndarray, y: ndarray, x_label: str, y_label: str, ax: Any) -> Any:
    ax = new_axes(ax)
    points(ax, asarray(x), asarray(y))
    line(ax, *smooth_line(x, y))
    label(ax, x_label, y_label)
    return ax
