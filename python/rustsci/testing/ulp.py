"""Assertions on distances counted in units in the last place (ULP)."""

from __future__ import annotations

import rustsci as rs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rustsci._types import ArrayLike, DTypeLike

__all__ = [
    "assert_array_almost_equal_nulp",
    "assert_array_max_ulp",
    "nulp_diff",
]


def assert_array_almost_equal_nulp(x: ArrayLike, y: ArrayLike, nulp: float = 1) -> None:
    """Raise an AssertionError unless two arrays differ by at most some spacings of the larger element.

    Parameters
    ----------
    x, y : array_like
        The arrays to compare.
    nulp : float, optional
        How many times the distance from the larger magnitude to the next representable number is allowed.

    Raises
    ------
    AssertionError
        If an element differs by more.

    See Also
    --------
    assert_array_max_ulp : Counts the representable numbers between the elements.

    Examples
    --------
    >>> import rustsci as np
    >>> from rustsci.testing import assert_array_almost_equal_nulp
    >>> x = np.array([1.0, 1e-10, 1e-20])
    >>> assert_array_almost_equal_nulp(x, np.nextafter(x, 2 * x))
    """
    __tracebackhide__ = True
    left, right = rs.asanyarray(x), rs.asanyarray(y)
    allowed = nulp * rs.spacing(rs.maximum(abs(left), abs(right)))
    if (abs(left - right) <= allowed).all():
        return
    message = f"Arrays are not equal to {nulp:g} ULP"
    if not (_is_complex(left) or _is_complex(right)):
        message += f" (max is {nulp_diff(left, right).max():g})"
    raise AssertionError(message)


def assert_array_max_ulp(a: ArrayLike, b: ArrayLike, maxulp: float = 1, dtype: DTypeLike = None) -> Any:
    """Raise an AssertionError unless two arrays are a few representable numbers apart at most.

    Parameters
    ----------
    a, b : array_like
        The arrays to compare.
    maxulp : float, optional
        The number of steps to the next representable number that is allowed.
    dtype : dtype, optional
        The floating-point dtype to count in; by default the common one of both.

    Returns
    -------
    ndarray
        The number of steps between each pair of elements.

    Raises
    ------
    AssertionError
        If an element is farther away.

    See Also
    --------
    assert_array_almost_equal_nulp : Measures by the spacing of the larger element.

    Examples
    --------
    >>> import rustsci as np
    >>> from rustsci.testing import assert_array_max_ulp
    >>> steps = assert_array_max_ulp([1.0], [1.0 + 3 * np.finfo(float).eps], maxulp=4)
    >>> float(steps[0])
    3.0
    """
    __tracebackhide__ = True
    steps = nulp_diff(a, b, dtype)
    if not (steps <= maxulp).all():
        raise AssertionError(
            f"Arrays are not almost equal up to {maxulp:g} ULP (max difference is {steps.max():g} ULP)"
        )
    return steps


def nulp_diff(x: ArrayLike, y: ArrayLike, dtype: DTypeLike = None) -> Any:
    """Count the steps from each element to its counterpart, from one representable number to the next.

    Parameters
    ----------
    x, y : array_like
        The arrays to compare; their shapes are equal.
    dtype : dtype, optional
        The floating-point dtype to count in; by default the common one of both.

    Returns
    -------
    ndarray
        The counts, in the dtype they were counted in. Any NaN counts as the same number, beyond infinity.

    Examples
    --------
    >>> import rustsci as np
    >>> from rustsci.testing.ulp import nulp_diff
    >>> nulp_diff(np.float32([0.0]), np.nextafter(np.float32([0.0]), np.float32(1.0)))
    array([1.], dtype=float32)
    """
    left, right = rs.asarray(x, dtype=dtype), rs.asarray(y, dtype=dtype)
    if _is_complex(left) or _is_complex(right):
        raise NotImplementedError("ULP are not counted for complex arrays: compare real and imaginary parts")
    if left.shape != right.shape:
        raise ValueError(f"Arrays do not have the same shape: {left.shape} - {right.shape}")
    common = rs.common_type(left, right)
    ranks = _rank(left.astype(common)), _rank(right.astype(common))
    return (rs.maximum(*ranks) - rs.minimum(*ranks)).astype(common)


def _rank(values: Any) -> Any:
    """Number the representable values in ascending order, as unsigned integers.

    The bits of a float are a sign and, read as an integer, its place among the values of that sign; both
    zeros get the same number.
    """
    values = rs.where(rs.isnan(values), rs.asarray(rs.nan, dtype=values.dtype), values)
    size = values.dtype.itemsize
    bits = values.view(f"u{size}")
    sign = 1 << (8 * size - 1)
    magnitude = bits & (sign - 1)
    return rs.where(bits < sign, sign + magnitude, sign - magnitude)


def _is_complex(array: Any) -> bool:
    return bool(array.dtype.kind == "c")
