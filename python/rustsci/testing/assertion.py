"""Assertions on truth, exceptions and text, and the exceptions that tests themselves raise."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any
    from unittest import SkipTest, TestCase

__all__ = [
    "IgnoreException",
    "KnownFailureException",
    "SkipTest",
    "TestCase",
    "assert_",
    "assert_raises",
    "assert_raises_regex",
    "assert_string_equal",
]


class IgnoreException(Exception):
    """Raised by a test whose outcome does not count."""


class KnownFailureException(Exception):
    """Raised by a test that fails for a known reason."""


def __getattr__(name: str) -> Any:
    # `unittest` costs more to import than all of this package.
    if name in {"SkipTest", "TestCase"}:
        import unittest

        return getattr(unittest, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def assert_(val: object, msg: Any = "") -> None:
    """Raise an AssertionError unless a value is true, even where ``python -O`` removes assert statements.

    Parameters
    ----------
    val : object
        The value that is to be true.
    msg : str or callable, optional
        The message of the error, or a function that is called to write it.

    Raises
    ------
    AssertionError
        If `val` is not true.

    Examples
    --------
    >>> from rustsci.testing import assert_
    >>> assert_(2 > 1, "the order of integers")
    """
    __tracebackhide__ = True
    if not val:
        raise AssertionError(msg() if callable(msg) else msg)


def assert_raises(*args: Any, **kwargs: Any) -> Any:
    """Raise an AssertionError unless a call raises an exception.

    Without a callable the result is a context manager, which asks the same of its body and keeps the
    exception as its attribute ``exception``.

    Parameters
    ----------
    exception_class : class or tuple of classes
        The exception that is expected. Others pass through.
    callable : callable, optional
        What to call.
    *args, **kwargs
        The arguments of the call.

    Raises
    ------
    AssertionError
        If no exception is raised.

    Examples
    --------
    >>> from rustsci.testing import assert_raises
    >>> assert_raises(ZeroDivisionError, lambda x: 1 / x, 0)
    >>> with assert_raises(ValueError) as caught:
    ...     int("seven")
    >>> str(caught.exception)
    "invalid literal for int() with base 10: 'seven'"
    """
    __tracebackhide__ = True
    from unittest import TestCase

    return TestCase().assertRaises(*args, **kwargs)  # noqa: PT027  # works without pytest


def assert_raises_regex(exception_class: Any, expected_regexp: Any, *args: Any, **kwargs: Any) -> Any:
    """Raise an AssertionError unless a call raises an exception with a message that matches.

    Without a callable the result is a context manager, which asks the same of its body.

    Parameters
    ----------
    exception_class : class or tuple of classes
        The exception that is expected. Others pass through.
    expected_regexp : str or compiled regular expression
        What is to be found in the message.
    callable : callable, optional
        What to call.
    *args, **kwargs
        The arguments of the call.

    Raises
    ------
    AssertionError
        If no exception is raised, or its message does not match.

    Examples
    --------
    >>> from rustsci.testing import assert_raises_regex
    >>> assert_raises_regex(ValueError, "invalid literal", int, "seven")
    """
    __tracebackhide__ = True
    from unittest import TestCase

    return TestCase().assertRaisesRegex(  # noqa: PT027  # works without pytest
        exception_class, expected_regexp, *args, **kwargs
    )


def assert_string_equal(actual: str, desired: str) -> None:
    """Raise an AssertionError that shows the differing lines, unless two strings are equal.

    Parameters
    ----------
    actual : str
        The string to check.
    desired : str
        The string that is expected.

    Raises
    ------
    AssertionError
        If the strings differ, or one of the arguments is no string.

    Examples
    --------
    >>> from rustsci.testing import assert_string_equal
    >>> assert_string_equal("abc", "abc")
    >>> assert_string_equal("first\\nsecond", "first\\nthird")
    Traceback (most recent call last):
        ...
    AssertionError: Differences in strings:
    - second
    + third
    """
    __tracebackhide__ = True
    for text in (actual, desired):
        if not isinstance(text, str):
            raise AssertionError(repr(type(text)))
    if actual == desired:
        return
    from difflib import Differ

    lines = Differ().compare(actual.splitlines(), desired.splitlines())
    differing = [line.rstrip("\n") for line in lines if not line.startswith("  ")]
    if not differing:  # only the line ends differ
        differing = [f"- {actual!r}", f"+ {desired!r}"]
    raise AssertionError("\n".join(["Differences in strings:", *differing]))
