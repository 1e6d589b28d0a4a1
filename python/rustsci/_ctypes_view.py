"""``ndarray.ctypes``: an array's memory as `ctypes` sees it."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

    from rustsci._native import ndarray

__all__: list[str] = []


class CtypesView:
    """What C functions called by `ctypes` need to know of an array.

    The object keeps its array alive, and so do the pointers that it makes.
    """

    def __init__(self, array: ndarray, address: int) -> None:
        self._array = array
        self._address = address

    @property
    def data(self) -> int:
        """The address of the first element."""
        return self._address

    @property
    def shape(self) -> Any:
        """The shape as a C array of integers of the size of a pointer."""
        return self.shape_as(ctypes.c_ssize_t)

    @property
    def strides(self) -> Any:
        """The strides as a C array of integers of the size of a pointer."""
        return self.strides_as(ctypes.c_ssize_t)

    @property
    def _as_parameter_(self) -> Any:
        # What ctypes passes when the object itself is an argument.
        return self.data_as(ctypes.c_void_p)

    def data_as(self, obj: Any) -> Any:
        """Return the address as a pointer of type `obj`."""
        pointer = ctypes.cast(self._address, obj)
        pointer._arr = self._array
        return pointer

    def shape_as(self, obj: Any) -> Any:
        """Return the shape as a C array of elements of type `obj`; None if there are no axes."""
        if self._array.ndim == 0:
            return None
        return (obj * self._array.ndim)(*self._array.shape)

    def strides_as(self, obj: Any) -> Any:
        """Return the strides as a C array of elements of type `obj`; None if there are no axes."""
        if self._array.ndim == 0:
            return None
        return (obj * self._array.ndim)(*self._array.strides)
