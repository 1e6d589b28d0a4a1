"""Names for annotations: ``import rustsci.typing as npt``.

`ArrayLike` is what functions take for an array, `DTypeLike` what they take for a dtype, and
``NDArray[np.float64]`` an array of some number of axes with elements of that type.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, Union, final

from rustsci._native import dtype, generic, ndarray

__all__ = ["ArrayLike", "DTypeLike", "NBitBase", "NDArray"]

ScalarT = TypeVar("ScalarT", bound=generic)


class _SupportsArray(Protocol):
    """An object that says how it becomes an array."""

    def __array__(self) -> Any: ...


class _HasDType(Protocol):
    """An object that has a dtype."""

    @property
    def dtype(self) -> Any: ...


#: Whatever `asarray` accepts: an array, a scalar, nested sequences, an object with a protocol.
ArrayLike = Union[_SupportsArray, Sequence[Any], memoryview, bytearray, complex, bytes, str]  # noqa: UP007

#: Whatever `dtype` accepts: a dtype, a scalar type, a Python type, a type string.
DTypeLike = Union[dtype, _HasDType, type, tuple[Any, Any], list[Any], str]  # noqa: UP007

if TYPE_CHECKING:
    # The stub of the core does not tell arrays apart by what they hold.
    from typing import Generic

    class NDArray(ndarray, Generic[ScalarT]):
        """An array with elements of the given scalar type."""
else:
    NDArray = ndarray[tuple[Any, ...], dtype[ScalarT]]


@final
class NBitBase:
    """The common base of precisions, for annotations only: it cannot be subclassed."""

    def __init_subclass__(cls) -> None:
        raise TypeError(f"{cls.__name__}: NBitBase has no subclasses")
