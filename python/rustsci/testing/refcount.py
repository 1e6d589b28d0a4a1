"""Reference counts, which a test can only look at while nothing else takes references."""

from __future__ import annotations

import gc
import sys
from functools import wraps

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, ParamSpec, TypeVar

    P = ParamSpec("P")
    R = TypeVar("R")

__all__ = ["assert_valid_refcount", "no_tracing"]


def no_tracing(func: Callable[P, R]) -> Callable[P, R]:
    """Return a function that runs without the tracing of debuggers and coverage, which keeps references.

    Parameters
    ----------
    func : callable
        What to run.

    Examples
    --------
    >>> import sys
    >>> from rustsci.testing.refcount import no_tracing
    >>> no_tracing(sys.gettrace)() is None
    True
    """

    @wraps(func)
    def untraced(*args: P.args, **kwargs: P.kwargs) -> R:
        trace = sys.gettrace()
        sys.settrace(None)
        try:
            return func(*args, **kwargs)
        finally:
            sys.settrace(trace)

    return untraced


def assert_valid_refcount(op: Callable[[Any, Any], Any]) -> None:
    """Raise an AssertionError if an operation on two arrays drops references that it does not own.

    Parameters
    ----------
    op : callable
        Called many times, with a matrix for both operands.

    Raises
    ------
    AssertionError
        If the integer 1, one of its elements, has fewer references afterwards.

    Examples
    --------
    >>> import rustsci as np
    >>> from rustsci.testing.refcount import assert_valid_refcount
    >>> assert_valid_refcount(np.add)
    """
    import rustsci as rs
    from rustsci.testing.platform import HAS_REFCOUNT

    if not HAS_REFCOUNT:
        return
    one = 1
    x = rs.arange(10_000).reshape(100, 100)
    gc.disable()
    try:
        before = sys.getrefcount(one)
        for _ in range(15):
            result = op(x, x)
        if sys.getrefcount(one) < before:
            raise AssertionError(f"{op} has released references to 1 that it does not own")
        del result
    finally:
        gc.enable()
