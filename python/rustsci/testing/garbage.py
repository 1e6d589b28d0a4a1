"""Reference cycles: finding them and breaking them up."""

from __future__ import annotations

import gc
from contextlib import contextmanager

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

__all__ = ["assert_no_gc_cycles", "break_cycles"]

# A finalizer may make new cycles; a heap that needs more passes than this to come to rest never will.
_MAX_PASSES = 100


def break_cycles() -> None:
    """Free all objects that are held by reference cycles alone.

    Examples
    --------
    >>> import weakref
    >>> from rustsci.testing import break_cycles
    >>> class Node:
    ...     pass
    >>> node = Node()
    >>> node.itself = node
    >>> alive = weakref.ref(node)
    >>> del node
    >>> break_cycles()
    >>> alive() is None
    True
    """
    from rustsci.testing.platform import IS_PYPY

    gc.collect()
    if IS_PYPY:
        # Finalizers run between collections there, each of which may free the object that the next one holds.
        for _ in range(3):
            gc.collect()


def assert_no_gc_cycles(*args: Any, **kwargs: Any) -> Any:
    """Raise an AssertionError if a call leaves a reference cycle behind.

    Without arguments the result is a context manager, which asks the same of its body. Where Python does not
    count references, nothing is checked.

    Parameters
    ----------
    func : callable, optional
        What to call; its result is dropped.
    *args, **kwargs
        The arguments of the call.

    Raises
    ------
    AssertionError
        If there is a cycle; the message shows the objects in it.
    RuntimeError
        If the garbage from before the call cannot be freed.

    Examples
    --------
    >>> from rustsci.testing import assert_no_gc_cycles
    >>> assert_no_gc_cycles(sorted, [3, 1, 2])
    """
    __tracebackhide__ = True
    if not args:
        return _expect_no_cycles()
    func, *rest = args
    with _expect_no_cycles(func.__name__):
        func(*rest, **kwargs)
    return None


@contextmanager
def _expect_no_cycles(name: str | None = None) -> Iterator[None]:
    __tracebackhide__ = True
    from rustsci.testing.platform import HAS_REFCOUNT

    if not HAS_REFCOUNT:
        yield
        return

    enabled, flags = gc.isenabled(), gc.get_debug()
    gc.disable()
    try:
        for _ in range(_MAX_PASSES):
            if gc.collect() == 0:
                break
        else:
            raise RuntimeError(
                f"garbage is left after {_MAX_PASSES} collections: a finalizer keeps making reference cycles"
            )
        gc.set_debug(gc.DEBUG_SAVEALL)
        yield
        # Counts objects that were unreachable, also those without a place in `gc.garbage`.
        count = gc.collect()
        found = gc.garbage[:]
    finally:
        gc.set_debug(flags)
        gc.garbage.clear()
        if enabled:
            gc.enable()
    if count:
        raise AssertionError(_describe(count, found, name))


def _describe(count: int, found: list[Any], name: str | None) -> str:
    from pprint import pformat

    calling = "" if name is None else f" when calling {name}"
    shown = "".join(
        f"\n  {type(item).__name__} object with id={id(item)}:\n    " + pformat(item).replace("\n", "\n    ")
        for item in found
    )
    return (
        f"Reference cycles were found{calling}: "
        f"{count} objects were collected, of which {len(found)} are shown below:{shown}"
    )
