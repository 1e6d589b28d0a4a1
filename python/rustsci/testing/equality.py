"""Assertions that two values are the same."""

from __future__ import annotations

import operator
from math import copysign

import rustsci as rs
from rustsci.testing.comparison import assert_array_compare
from rustsci.testing.report import build_err_msg

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rustsci._types import ArrayLike

__all__ = ["assert_array_equal", "assert_equal", "print_assert_equal"]


def assert_equal(
    actual: Any, desired: Any, err_msg: object = "", verbose: bool = True, *, strict: bool = False
) -> None:
    """Raise an AssertionError unless two objects are equal.

    Lists, tuples and dictionaries are compared item by item, arrays element by element, everything else
    by ``==``, with two differences: NaN equals NaN, and 0.0 does not equal -0.0.

    Parameters
    ----------
    actual : object
        The object to check.
    desired : object
        The object that is expected.
    err_msg : object, optional
        Written into the message of a failure.
    verbose : bool, optional
        Whether the message of a failure shows the objects.
    strict : bool, optional
        Whether arrays must also agree in shape and dtype where one of the objects is a scalar.

    Raises
    ------
    AssertionError
        If the objects differ.

    See Also
    --------
    assert_array_equal, assert_allclose

    Examples
    --------
    >>> import rustsci as np
    >>> from rustsci.testing import assert_equal
    >>> assert_equal({"low": [1, np.nan]}, {"low": [1, np.nan]})
    >>> assert_equal([1, 2], [1, 3])
    Traceback (most recent call last):
        ...
    AssertionError:
    Items are not equal:
    item=1
    <BLANKLINE>
     ACTUAL: 2
     DESIRED: 3
    """
    __tracebackhide__ = True
    if isinstance(desired, dict):
        if not isinstance(actual, dict):
            raise AssertionError(repr(type(actual)))
        assert_equal(len(actual), len(desired), err_msg, verbose)
        for key in desired:
            if key not in actual:
                raise AssertionError(repr(key))
            assert_equal(actual[key], desired[key], f"key={key!r}\n{err_msg}", verbose)
    elif isinstance(desired, (list, tuple)) and isinstance(actual, (list, tuple)):
        assert_equal(len(actual), len(desired), err_msg, verbose)
        for index, (left, right) in enumerate(zip(actual, desired, strict=True)):
            assert_equal(left, right, f"item={index!r}\n{err_msg}", verbose)
    elif isinstance(actual, rs.ndarray) or isinstance(desired, rs.ndarray):
        assert_array_equal(actual, desired, err_msg, verbose, strict=strict)
    elif not _same(actual, desired):
        raise AssertionError(build_err_msg([actual, desired], err_msg, verbose=verbose))


def _same(actual: Any, desired: Any) -> bool:
    """Return whether two objects that are neither arrays nor containers count as equal."""
    if rs.isscalar(actual) != rs.isscalar(desired):
        return False
    if _is_complex(actual) or _is_complex(desired):
        if not (_is_number(actual) and _is_number(desired)):
            return False
        return _same(actual.real, desired.real) and _same(actual.imag, desired.imag)
    if _is_nan(actual) and _is_nan(desired):
        # Not a date and not a duration are different things.
        return bool(rs.asarray(actual).dtype.kind == rs.asarray(desired).dtype.kind)
    if not bool(desired == actual):
        return False
    zeros = _is_number(actual) and _is_number(desired) and desired == 0
    return not zeros or copysign(1.0, actual) == copysign(1.0, desired)


def _is_complex(value: Any) -> bool:
    return isinstance(value, (complex, rs.complexfloating))


def _is_nan(value: Any) -> bool:
    try:
        return bool(rs.isnan(value))
    except (TypeError, ValueError):
        return False


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float, complex, rs.number))


def assert_array_equal(
    actual: ArrayLike,
    desired: ArrayLike,
    err_msg: object = "",
    verbose: bool = True,
    *,
    strict: bool = False,
) -> None:
    """Raise an AssertionError unless two arrays have equal shapes and elements.

    NaN equals NaN here, and a scalar equals an array whose elements all equal it.

    Parameters
    ----------
    actual : array_like
        The array to check.
    desired : array_like
        The array that is expected.
    err_msg : object, optional
        Written into the message of a failure.
    verbose : bool, optional
        Whether the message of a failure shows the arrays.
    strict : bool, optional
        Whether the shapes must be equal even if one is a scalar, and the dtypes too.

    Raises
    ------
    AssertionError
        If the arrays differ.

    See Also
    --------
    assert_allclose, assert_equal

    Examples
    --------
    >>> from rustsci.testing import assert_array_equal
    >>> assert_array_equal([[1.0, 2.0]], [[1, 2]])
    >>> assert_array_equal([3, 3, 3], 3)
    >>> assert_array_equal([1, 2], [1, 4], verbose=False)
    Traceback (most recent call last):
        ...
    AssertionError:
    Arrays are not equal
    <BLANKLINE>
    Mismatched elements: 1 / 2 (50%)
    Mismatch at index:
     [1]: 2 (ACTUAL), 4 (DESIRED)
    Max absolute difference among violations: 2
    Max relative difference among violations: 0.5
    """
    __tracebackhide__ = True
    assert_array_compare(
        operator.eq, actual, desired, err_msg, verbose, header="Arrays are not equal", strict=strict
    )


def print_assert_equal(test_string: str, actual: Any, desired: Any) -> None:
    """Raise an AssertionError that shows both objects, unless they are equal by ``==``.

    Parameters
    ----------
    test_string : str
        What was tested, for the message.
    actual : object
        The object to check.
    desired : object
        The object that is expected.

    Raises
    ------
    AssertionError
        If the objects differ.

    Examples
    --------
    >>> from rustsci.testing import print_assert_equal
    >>> print_assert_equal("the sum", 1 + 2, 3)
    """
    __tracebackhide__ = True
    from pprint import pformat

    if not isinstance(test_string, str):
        raise TypeError(f"test_string must be a string, not {type(test_string).__name__}")
    if not bool(actual == desired):
        raise AssertionError(
            f"{test_string} failed\nACTUAL: \n{pformat(actual)}\nDESIRED: \n{pformat(desired)}\n"
        )
