"""Responses and matrices of predictors as the columns of a formula."""

from __future__ import annotations

from rustsci._native import asarray, ndarray
from rustsci.glm.columns import Column

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

__all__: list[str] = []


class Columns:
    """Columns that are known by their names."""

    def __init__(self, columns: dict[str, Column]) -> None:
        self._columns = columns
        self.names = list(columns)

    def column(self, name: str) -> Column:
        """Return the column of a name.

        Parameters
        ----------
        name : str
            The name.
        """
        return self._columns[name]


def matrix_columns(
    endog: Any, exog: Any, names: Sequence[str] | None
) -> tuple[Columns, list[str], list[str]]:
    """Return all columns, and the names of the responses and of the predictors."""
    responses = _matrix("endog", endog)
    if responses.shape[1] > 2:
        raise ValueError(
            f"endog has {responses.shape[1]} columns; a response has one, or two for successes and failures"
        )
    predictors, right = predictor_columns(exog, names)
    if responses.shape[0] != len(next(iter(predictors.values())).array):
        rows = len(next(iter(predictors.values())).array)
        raise ValueError(f"endog has {responses.shape[0]} rows, but exog has {rows}")
    left = _names_of(endog) or ["y"]
    if len(left) != responses.shape[1]:
        left = [f"y{i + 1}" for i in range(responses.shape[1])]
    left = [_other_than(name, right) for name in left]
    columns = {
        name: Column(column, None, endog) for name, column in zip(left, _split(responses), strict=True)
    }
    return Columns({**columns, **predictors}), left, right


def predictor_columns(exog: Any, names: Sequence[str] | None) -> tuple[dict[str, Column], list[str]]:
    """Return the columns of a matrix of predictors, and their names."""
    matrix = _matrix("exog", exog)
    if matrix.shape[1] == 0:
        raise ValueError("exog has no columns: there is nothing to estimate")
    right = [str(name) for name in names] if names is not None else _names_of(exog)
    if not right:
        right = _numbered(matrix)
    if len(right) != matrix.shape[1]:
        raise ValueError(f"there are {len(right)} names, but exog has {matrix.shape[1]} columns")
    if len(set(right)) < len(right):
        raise ValueError(f"names of predictors must differ, but they are {right}")
    columns = zip(right, _split(matrix), strict=True)
    return {name: Column(column, None, exog) for name, column in columns}, right


def formula_of(left: list[str], right: list[str]) -> str:
    """Return the formula of responses and predictors by their names."""
    response = _quoted(left[0]) if len(left) == 1 else f"cbind({', '.join(map(_quoted, left))})"
    return f"{response} ~ 0 + {' + '.join(map(_quoted, right))}"


def _quoted(name: str) -> str:
    if "`" in name:
        raise ValueError(f"the name {name!r} has a backtick, which stands around names in formulas")
    return f"`{name}`"


def _other_than(name: str, taken: list[str]) -> str:
    while name in taken:
        name += "_"
    return name


def _names_of(data: Any) -> list[str]:
    """The names that a frame, a series or a table has for its columns."""
    for attribute in ("columns", "column_names", "name"):
        names = getattr(data, attribute, None)
        if isinstance(names, str):
            return [names]
        if names is not None and not callable(names):
            return [str(name) for name in names]
    return []


def _numbered(matrix: ndarray) -> list[str]:
    """statsmodels' names: the first column that is the same in every row is the constant."""
    columns = _split(matrix)
    constant = [bool((column == column[:1]).all()) and bool(column[:1].any()) for column in columns]
    if True not in constant:
        return [f"x{i + 1}" for i in range(len(columns))]
    names = [f"x{i + 1}" for i in range(len(columns) - 1)]
    names.insert(constant.index(True), "const")
    return names


def _matrix(what: str, values: Any) -> ndarray:
    if hasattr(values, "to_numpy"):
        values = values.to_numpy()
    elif type(values).__module__.partition(".")[0] == "pyarrow":
        values = [column.to_numpy() for column in values.columns]
        return asarray([asarray(column, dtype="float64") for column in values]).T
    try:
        array = asarray(values)
        if array.dtype.kind not in "biuf":
            array = asarray(values, dtype="float64")
    except TypeError as error:
        raise TypeError(f"{what} must be numbers: {error}") from None
    if array.ndim not in (1, 2):
        raise ValueError(f"{what} must have one dimension or two, not {array.ndim}")
    array = array.astype("float64", copy=False)
    return array.reshape(-1, 1) if array.ndim == 1 else array


def _split(matrix: ndarray) -> list[ndarray]:
    return [matrix[:, column].copy() for column in range(matrix.shape[1])]
