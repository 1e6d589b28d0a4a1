"""Assertions that numbers are the same up to a tolerance."""

from __future__ import annotations

from math import floor, isfinite, isnan, log10

import rustsci as rs
from rustsci.testing.comparison import assert_array_compare
from rustsci.testing.report import build_err_msg

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rustsci._types import ArrayLike

__all__ = ["assert_allclose", "assert_almost_equal", "assert_approx_equal", "assert_array_almost_equal"]

_SMALLEST = 5e-324
_SMALLEST_EXPONENT = -323  # a smaller power of ten would round to zero


def assert_allclose(
    actual: ArrayLike,
    desired: ArrayLike,
    rtol: float = 1e-7,
    atol: float = 0,
    equal_nan: bool = True,
    err_msg: object = "",
    verbose: bool = True,
    *,
    strict: bool = False,
) -> None:
    """Raise an AssertionError unless ``|actual - desired| <= atol + rtol * |desired|`` for all elements.

    Parameters
    ----------
    actual : array_like
        The array to check.
    desired : array_like
        The array that is expected.
    rtol : float, optional
        The tolerance relative to the expected value.
    atol : float, optional
        The absolute tolerance. It is zero unless given, unlike that of `allclose`.
    equal_nan : bool, optional
        Whether NaN equals NaN.
    err_msg : object, optional
        Written into the message of a failure.
    verbose : bool, optional
        Whether the message of a failure shows the arrays.
    strict : bool, optional
        Whether the shapes must be equal even if one is a scalar, and the dtypes too.

    Raises
    ------
    AssertionError
        If an element is out of tolerance.

    See Also
    --------
    assert_array_almost_equal_nulp, assert_array_max_ulp

    Examples
    --------
    >>> import rustsci as np
    >>> from rustsci.testing import assert_allclose
    >>> x = np.array([1e-5, 1e-3, 1e-1])
    >>> assert_allclose(np.arccos(np.cos(x)), x, rtol=1e-5)
    """
    __tracebackhide__ = True

    def close(x: Any, y: Any) -> Any:
        return rs.isclose(x, y, rtol=rtol, atol=atol, equal_nan=equal_nan)

    assert_array_compare(
        close,
        actual,
        desired,
        err_msg,
        verbose,
        header=f"Not equal to tolerance rtol={rtol:g}, atol={atol:g}",
        equal_nan=equal_nan,
        strict=strict,
    )


def assert_almost_equal(
    actual: ArrayLike, desired: ArrayLike, decimal: int = 7, err_msg: object = "", verbose: bool = True
) -> None:
    """Raise an AssertionError unless ``|actual - desired| < 1.5 * 10**-decimal``.

    NaN equals NaN, and an infinity equals itself. `assert_allclose` says what it tolerates more plainly.

    Parameters
    ----------
    actual : array_like
        The number or array to check.
    desired : array_like
        The number or array that is expected.
    decimal : int, optional
        The digits after the decimal point that are to agree.
    err_msg : object, optional
        Written into the message of a failure.
    verbose : bool, optional
        Whether the message of a failure shows the operands.

    Raises
    ------
    AssertionError
        If the operands differ by more.

    Examples
    --------
    >>> from rustsci.testing import assert_almost_equal
    >>> assert_almost_equal(2.3333333333333, 2.33333334)
    >>> assert_almost_equal([1.0, 2.33333333], [1.0, 2.33333334], decimal=7)
    """
    __tracebackhide__ = True
    header = f"Arrays are not almost equal to {decimal} decimals"
    if rs.iscomplexobj(actual) or rs.iscomplexobj(desired):
        try:
            assert_almost_equal(rs.real(actual), rs.real(desired), decimal)
            assert_almost_equal(rs.imag(actual), rs.imag(desired), decimal)
        except AssertionError:
            raise AssertionError(build_err_msg([actual, desired], err_msg, header=header, verbose=verbose))
    elif isinstance(actual, (rs.ndarray, tuple, list)) or isinstance(desired, (rs.ndarray, tuple, list)):
        assert_array_almost_equal(actual, desired, decimal, err_msg, verbose)
    elif not _nearly(actual, desired, 1.5 * 10.0**-decimal):
        raise AssertionError(build_err_msg([actual, desired], err_msg, header=header, verbose=verbose))


def _nearly(actual: Any, desired: Any, tolerance: float) -> bool:
    """Return whether two numbers differ by less than the tolerance."""
    if isfinite(actual) and isfinite(desired):
        return bool(abs(desired - actual) < tolerance)
    return bool(actual == desired) or (isnan(actual) and isnan(desired))


def assert_approx_equal(
    actual: float, desired: float, significant: int = 7, err_msg: object = "", verbose: bool = True
) -> None:
    """Raise an AssertionError unless two numbers agree to a number of significant digits.

    Both are scaled by the power of ten that brings their mean to one digit before the decimal point; then
    they must differ by less than ``10**-(significant - 1)``.

    Parameters
    ----------
    actual : float
        The number to check.
    desired : float
        The number that is expected.
    significant : int, optional
        The digits that are to agree.
    err_msg : object, optional
        Written into the message of a failure.
    verbose : bool, optional
        Whether the message of a failure shows the numbers.

    Raises
    ------
    AssertionError
        If the numbers differ by more.

    Examples
    --------
    >>> from rustsci.testing import assert_approx_equal
    >>> assert_approx_equal(0.12345677777777e-20, 0.1234567e-20)
    >>> assert_approx_equal(0.12345670e-20, 0.12345671e-20, significant=8)
    """
    __tracebackhide__ = True
    x, y = float(actual), float(desired)
    if x == y or (isnan(x) and isnan(y)):
        return
    if isfinite(x) and isfinite(y):
        mean = max(0.5 * abs(x) + 0.5 * abs(y), _SMALLEST)
        scale = 10.0 ** max(floor(log10(mean)), _SMALLEST_EXPONENT)
        if abs(y / scale - x / scale) < 10.0 ** -(significant - 1):
            return
    header = f"Items are not equal to {significant} significant digits:"
    raise AssertionError(build_err_msg([x, y], err_msg, header=header, verbose=verbose))


def assert_array_almost_equal(
    actual: ArrayLike, desired: ArrayLike, decimal: int = 6, err_msg: object = "", verbose: bool = True
) -> None:
    """Raise an AssertionError unless ``|actual - desired| < 1.5 * 10**-decimal`` for all elements.

    NaN equals NaN, and an infinity equals itself. `assert_allclose` says what it tolerates more plainly.

    Parameters
    ----------
    actual : array_like
        The array to check.
    desired : array_like
        The array that is expected.
    decimal : int, optional
        The digits after the decimal point that are to agree.
    err_msg : object, optional
        Written into the message of a failure.
    verbose : bool, optional
        Whether the message of a failure shows the arrays.

    Raises
    ------
    AssertionError
        If an element differs by more.

    Examples
    --------
    >>> import rustsci as np
    >>> from rustsci.testing import assert_array_almost_equal
    >>> assert_array_almost_equal([1.0, 2.333, np.nan], [1.0, 2.3334, np.nan], decimal=3)
    """
    __tracebackhide__ = True
    tolerance = 1.5 * 10.0**-decimal

    def near(x: Any, y: Any) -> Any:
        # An inexact dtype, so that a difference of unsigned integers does not wrap around.
        desired = rs.asanyarray(y, dtype=rs.result_type(y, 1.0))
        return abs(x - desired) < tolerance

    assert_array_compare(
        near,
        actual,
        desired,
        err_msg,
        verbose,
        header=f"Arrays are not almost equal to {decimal} decimals",
        precision=decimal,
    )
