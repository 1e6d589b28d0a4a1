"""Calling what objects that are not arrays offer themselves.

A data frame's ``sum`` knows better than `rustsci.sum` what its sum is. Functions that have a
method's name therefore call the method of an object that has one, and make an array only of
objects that have none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rustsci._native import ndarray
from rustsci._no_value import _NoValue

if TYPE_CHECKING:
    from typing import Any

    from rustsci._native import ufunc
    from rustsci._types import ArrayLike, Axis, DTypeLike

__all__: list[str] = []


def given(**options: Any) -> dict[str, Any]:
    """Return those of the keyword arguments that were given a value."""
    return {name: value for name, value in options.items() if value is not _NoValue}


def call_reduction(
    ufunc: ufunc,
    method: str,
    obj: ArrayLike,
    axis: Axis,
    dtype: DTypeLike,
    out: ndarray | None,
    *,
    loop_dtype: DTypeLike = None,
    **options: Any,
) -> Any:
    """Reduce `obj` by its own method if it has one, otherwise by `ufunc`.

    `options` may hold `_NoValue`, which is not passed on. `loop_dtype` takes the place of a `dtype`
    that was not given, for `ufunc` only.
    """
    options = given(**options)
    if type(obj) is not ndarray:
        own = getattr(obj, method, None)
        if own is not None:
            # Methods of other libraries need not know `dtype`, so it is not pressed on them.
            if dtype is not None:
                options["dtype"] = dtype
            return own(axis=axis, out=out, **options)
    return ufunc.reduce(obj, axis, loop_dtype if dtype is None else dtype, out, **options)
