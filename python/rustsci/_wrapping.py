"""Results in the class of the argument they were computed from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rustsci._native import asarray, generic, ndarray

if TYPE_CHECKING:
    from typing import Any

__all__: list[str] = []


def wrap_like(result: ndarray, *sources: Any) -> Any:
    """Pass `result` through the ``__array_wrap__`` of a source.

    The source of the highest ``__array_priority__`` decides, the first of them where several are equal. Plain
    arrays and scalars have no say, nor have arrays of other libraries: they wrap arrays of their own only.
    """
    chosen = None
    highest = float("-inf")
    for source in sources:
        if type(source) is ndarray or isinstance(source, generic):
            continue
        wrap = getattr(source, "__array_wrap__", None)
        if wrap is None or _is_foreign_array(source):
            continue
        priority = getattr(source, "__array_priority__", 0.0)
        if priority > highest:
            chosen, highest = wrap, priority
    return result if chosen is None else chosen(result, None, False)


def _is_foreign_array(value: Any) -> bool:
    """Tell whether `value` is an array or array scalar of another library: to us an array-like."""
    return not isinstance(value, (ndarray, generic)) and hasattr(value, "__array_interface__")


def call_method(a: Any, name: str, *args: Any, **kwargs: Any) -> Any:
    """Call the method `name` of `a`, or of the array made of `a` if it has no such method.

    An object of another library, a data frame for instance, thereby answers with its own method where it has
    one. A method that does not take NumPy's arguments does not count, nor does that of another library's
    array.
    """
    if isinstance(a, ndarray):
        return getattr(a, name)(*args, **kwargs)
    method = getattr(a, name, None)
    if method is not None and not _is_foreign_array(a):
        try:
            return method(*args, **kwargs)
        except TypeError:
            pass
    return wrap_like(getattr(asarray(a), name)(*args, **kwargs), a)


def view_as_class_of(original: ndarray, result: ndarray) -> Any:
    """View `result`, a plain array, in the class of `original`, which finalizes it as its own."""
    kind = type(original)
    if kind is ndarray:
        return result
    view = result.view(kind)
    view.__array_finalize__(original)
    return view
