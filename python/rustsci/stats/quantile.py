"""Quantiles by all nine definitions of Hyndman and Fan."""

from __future__ import annotations

from rustsci._library import in_library_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rustsci._types import ArrayLike, ArrayOrScalar, Axis

__all__ = ["quantile"]

# Hyndman and Fan, Sample quantiles in statistical packages, The American Statistician 50 (1996), in their
# order.
_METHODS = (
    "inverted_cdf",
    "averaged_inverted_cdf",
    "closest_observation",
    "interpolated_inverted_cdf",
    "hazen",
    "weibull",
    "linear",
    "median_unbiased",
    "normal_unbiased",
)


def quantile(
    data: ArrayLike,
    q: ArrayLike,
    *,
    method: int | str = 7,
    axis: Axis = None,
    keepdims: bool = False,
    weights: ArrayLike | None = None,
) -> ArrayOrScalar:
    """Return the values below which given shares of numbers are.

    Parameters
    ----------
    data : array_like
        The numbers.
    q : array_like of float
        Shares, from 0 to 1.
    method : int or str, optional
        The definition: its number with Hyndman and Fan, 1 to 9, or its name with NumPy, whose further ones
        work as well.
    axis : int or tuple of ints, optional
        The axes to look along; all of them by default.
    keepdims : bool, optional
        Whether those axes stay, with length one.
    weights : array_like, optional
        What each number counts, for the first definition.

    Returns
    -------
    array or scalar
        Quantiles, the axes of `q` first, in the library that `data` came from.

    See Also
    --------
    quantiles : cut points as Python's `statistics` has them.

    Examples
    --------
    >>> from rustsci import stats
    >>> [round(float(stats.quantile([1.0, 2.0, 4.0, 8.0], 0.3, method=k)), 4) for k in range(1, 10)]
    [2.0, 2.0, 1.0, 1.2, 1.7, 1.5, 1.9, 1.6333, 1.65]
    >>> stats.quantile([1.0, 2.0, 4.0, 8.0], 0.5, method="inverted_cdf", weights=[5, 1, 1, 1])
    np.float64(1.0)
    """
    import rustsci

    result = rustsci.quantile(data, q, axis=axis, method=_name_of(method), keepdims=keepdims, weights=weights)
    return in_library_of(result, data)


def _name_of(method: int | str) -> str:
    if isinstance(method, str):
        return method
    if isinstance(method, int) and not isinstance(method, bool) and 1 <= method <= len(_METHODS):
        return _METHODS[method - 1]
    names = ", ".join(_METHODS)
    raise ValueError(f"method must be a number from 1 to 9 or a name, not {method!r}; names: {names}")
