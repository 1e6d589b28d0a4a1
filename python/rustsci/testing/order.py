"""The assertion that one array is below another."""

from __future__ import annotations

import operator

from rustsci.testing.comparison import assert_array_compare

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rustsci._types import ArrayLike

__all__ = ["assert_array_less"]


def assert_array_less(
    x: ArrayLike, y: ArrayLike, err_msg: object = "", verbose: bool = True, *, strict: bool = False
) -> None:
    """Raise an AssertionError unless every element of one array is less than its counterpart.

    NaN must be at the same positions in both arrays, and is not compared.

    Parameters
    ----------
    x : array_like
        The array that must be smaller.
    y : array_like
        The array that must be larger.
    err_msg : object, optional
        Written into the message of a failure.
    verbose : bool, optional
        Whether the message of a failure shows the arrays.
    strict : bool, optional
        Whether the shapes must be equal even if one is a scalar, and the dtypes too.

    Raises
    ------
    AssertionError
        If an element of `x` is not less than that of `y`.

    Examples
    --------
    >>> import rustsci as np
    >>> from rustsci.testing import assert_array_less
    >>> assert_array_less([1.0, np.nan], [1.5, np.nan])
    >>> assert_array_less([1, 5], 6)
    """
    __tracebackhide__ = True
    assert_array_compare(
        operator.lt,
        x,
        y,
        err_msg,
        verbose,
        header="Arrays are not strictly ordered `x < y`",
        equal_inf=False,
        strict=strict,
        names=("x", "y"),
    )
