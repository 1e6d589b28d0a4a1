"""Covariances and correlation coefficients."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

from rustsci._native import (
    array,
    asarray,
    clip,
    concatenate,
    divide,
    dot,
    empty,
    float64,
    ndarray,
    result_type,
    sqrt,
)
from rustsci.averages import average
from rustsci.overrides import array_function
from rustsci.rounding import around

if TYPE_CHECKING:
    from typing import Any

    from rustsci._types import ArrayLike, ArrayOrScalar, DTypeLike

__all__ = ["corrcoef", "cov"]


@array_function("m", "y", "fweights", "aweights")
def cov(
    m: ArrayLike,
    y: ArrayLike | None = None,
    rowvar: bool = True,
    bias: bool = False,
    ddof: int | None = None,
    fweights: ArrayLike | None = None,
    aweights: ArrayLike | None = None,
    *,
    dtype: DTypeLike | None = None,
) -> ndarray:
    """Estimate the covariances of variables from observations.

    Parameters
    ----------
    m : array_like
        The observations of one variable, or of one variable in each row.
    y : array_like, optional
        More variables, in the same form.
    rowvar : bool, optional
        Whether variables are rows and observations columns; otherwise it is the other way around.
    bias : bool, optional
        Whether to divide by the number of observations instead of one less.
    ddof : int, optional
        What to subtract from the number of observations to get the divisor; takes the place of `bias`.
    fweights : array_like of int, optional
        How often each observation was made.
    aweights : array_like, optional
        How much each observation counts relative to the others.
    dtype : dtype, optional
        The dtype of the result, of at least double precision by default.

    Returns
    -------
    ndarray
        The covariance of each pair of variables; on the diagonal, the variances.

    See Also
    --------
    corrcoef : the same, scaled to variances of one.
    var

    Examples
    --------
    >>> import rustsci as np
    >>> np.cov([[0, 1, 2], [2, 1, 0]])
    array([[ 1., -1.],
           [-1.,  1.]])
    >>> np.cov([0, 1, 2, 2], fweights=[1, 2, 1, 1])
    array(0.7)
    """
    if ddof is not None and ddof != int(ddof):
        raise ValueError("ddof must be integer")
    given = [asarray(m)] if y is None else [asarray(m), asarray(y)]
    for name, values in zip("my", given, strict=False):
        if values.ndim > 2:
            raise ValueError(f"{name} has more than 2 dimensions")
    if dtype is None:
        dtype = result_type(*given, float64)
    variables = [_variables_in_rows(values, rowvar, dtype) for values in given]
    if variables[0].shape[0] == 0:
        return empty((0, 0))
    observations = concatenate(variables) if len(variables) > 1 else variables[0]
    if ddof is None:
        ddof = 0 if bias else 1

    count = observations.shape[1]
    frequency = None if fweights is None else _frequencies(fweights, count)
    importance = None if aweights is None else _importances(aweights, count)
    weights = frequency if importance is None else importance if frequency is None else frequency * importance
    means, totals = average(observations, axis=1, weights=weights, returned=True)
    total = totals[0]
    # The effective number of observations of unequal importance; with equal ones it is their number.
    if weights is None:
        freedom = count - ddof
    elif ddof == 0:
        freedom = total
    elif importance is None:
        freedom = total - ddof
    else:
        freedom = total - ddof * (weights * importance).sum() / total
    if freedom <= 0:
        warnings.warn("Degrees of freedom <= 0 for slice", RuntimeWarning, stacklevel=3)
        freedom = 0.0

    observations -= means[:, None]
    weighted = observations if weights is None else observations * weights
    covariances = dot(observations, weighted.T.conj())
    covariances *= divide(1, freedom)
    return covariances.squeeze()


def _variables_in_rows(values: ndarray, rowvar: bool, dtype: DTypeLike) -> ndarray:
    """Return a copy with variables in rows and observations in columns."""
    rows = array(values, ndmin=2, dtype=dtype)
    return rows if rowvar or values.ndim == 1 else rows.T


def _one_per_observation(weights: ndarray, name: str, count: int) -> ndarray:
    if weights.ndim > 1:
        raise RuntimeError(f"cannot handle multidimensional {name}")
    if weights.shape[0] != count:
        raise RuntimeError(f"incompatible numbers of samples and {name}")
    if (weights < 0).any():
        raise ValueError(f"{name} cannot be negative")
    return weights


def _frequencies(fweights: ArrayLike, count: int) -> ndarray:
    weights = asarray(fweights, dtype=float)
    if not (weights == around(weights)).all():
        raise TypeError("fweights must be integer")
    return _one_per_observation(weights, "fweights", count)


def _importances(aweights: ArrayLike, count: int) -> ndarray:
    return _one_per_observation(asarray(aweights, dtype=float), "aweights", count)


@array_function("x", "y")
def corrcoef(
    x: ArrayLike,
    y: ArrayLike | None = None,
    rowvar: bool = True,
    *,
    dtype: DTypeLike | None = None,
) -> ArrayOrScalar:
    """Return Pearson's correlation coefficients of variables.

    Parameters
    ----------
    x : array_like
        The observations of one variable, or of one variable in each row.
    y : array_like, optional
        More variables, in the same form.
    rowvar : bool, optional
        Whether variables are rows and observations columns; otherwise it is the other way around.
    dtype : dtype, optional
        The dtype of the result, of at least double precision by default.

    Returns
    -------
    ndarray
        The coefficient of each pair of variables, between -1 and 1; NaN for a variable that does not
        vary.

    See Also
    --------
    cov

    Examples
    --------
    >>> import rustsci as np
    >>> np.corrcoef([[0, 1, 2], [4, 3, 2]])
    array([[ 1., -1.],
           [-1.,  1.]])
    """
    coefficients: Any = cov(x, y, rowvar, dtype=dtype)
    if coefficients.ndim == 0:
        return coefficients / coefficients  # NaN for a variable that does not vary
    deviations = sqrt(coefficients.diagonal().real)
    coefficients /= deviations[:, None]
    coefficients /= deviations[None, :]
    # Rounding may have gone beyond one.
    clip(coefficients.real, -1, 1, out=coefficients.real)
    if coefficients.dtype.kind == "c":
        clip(coefficients.imag, -1, 1, out=coefficients.imag)
    return coefficients
