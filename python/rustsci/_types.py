"""Names for the kinds of argument that functions take; imported by annotations only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, TypeAlias

# Whatever `asarray` accepts: an array, a scalar, nested sequences, an object with a protocol.
ArrayLike: TypeAlias = Any
# Whatever `dtype()` accepts: a dtype, a scalar type, a Python type, a type string.
DTypeLike: TypeAlias = Any
# The result of an operation along axes: an array, or a scalar when no axis is left.
ArrayOrScalar: TypeAlias = Any

Shape: TypeAlias = "int | Sequence[int]"
Axis: TypeAlias = "int | Sequence[int] | None"
Order: TypeAlias = Literal["K", "A", "C", "F"]
Casting: TypeAlias = Literal["no", "equiv", "safe", "same_kind", "unsafe"]
