"""Operators for classes that implement ``__array_ufunc__``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rustsci import _native

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeAlias, TypeVar

    from rustsci._native import ufunc

    Binary: TypeAlias = Callable[[Any, Any], Any]
    Method = TypeVar("Method", bound=Callable[..., Any])

__all__ = ["NDArrayOperatorsMixin"]


def _opted_out(other: Any) -> bool:
    """Tell whether `other` says, by ``__array_ufunc__ = None``, that operators are to be left to it."""
    try:
        return other.__array_ufunc__ is None
    except AttributeError:
        return False


def _named(method: Method, name: str) -> Method:
    method.__name__ = method.__qualname__ = f"__{name}__"
    return method


def _forward(function: ufunc, name: str) -> Binary:
    def operator(self: Any, other: Any) -> Any:
        return NotImplemented if _opted_out(other) else function(self, other)

    return _named(operator, name)


def _reflected(function: ufunc, name: str) -> Binary:
    def operator(self: Any, other: Any) -> Any:
        return NotImplemented if _opted_out(other) else function(other, self)

    return _named(operator, f"r{name}")


def _in_place(function: ufunc, name: str) -> Binary:
    def operator(self: Any, other: Any) -> Any:
        return function(self, other, out=(self,))

    return _named(operator, f"i{name}")


def _unary(function: ufunc, name: str) -> Callable[[Any], Any]:
    def operator(self: Any) -> Any:
        return function(self)

    return _named(operator, name)


def _three(function: ufunc, name: str) -> tuple[Binary, Binary, Binary]:
    return _forward(function, name), _reflected(function, name), _in_place(function, name)


class NDArrayOperatorsMixin:
    """Defines every operator of Python by the ufunc of the same meaning.

    A subclass writes ``__array_ufunc__`` and has arithmetic, comparison and bitwise operators, with the
    reflected and in-place forms.

    Examples
    --------
    >>> import rustsci as np
    >>> class Length(np.lib.mixins.NDArrayOperatorsMixin):
    ...     def __init__(self, metres):
    ...         self.metres = metres
    ...     def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
    ...         values = [each.metres if isinstance(each, Length) else each for each in inputs]
    ...         return Length(getattr(ufunc, method)(*values, **kwargs))
    >>> (2 * Length(1.5)).metres
    np.float64(3.0)
    """

    __slots__ = ()

    __hash__ = None  # type: ignore[assignment]

    __lt__ = _forward(_native.less, "lt")
    __le__ = _forward(_native.less_equal, "le")
    __eq__ = _forward(_native.equal, "eq")
    __ne__ = _forward(_native.not_equal, "ne")
    __gt__ = _forward(_native.greater, "gt")
    __ge__ = _forward(_native.greater_equal, "ge")

    __add__, __radd__, __iadd__ = _three(_native.add, "add")
    __sub__, __rsub__, __isub__ = _three(_native.subtract, "sub")
    __mul__, __rmul__, __imul__ = _three(_native.multiply, "mul")
    __matmul__, __rmatmul__, __imatmul__ = _three(_native.matmul, "matmul")
    __truediv__, __rtruediv__, __itruediv__ = _three(_native.true_divide, "truediv")
    __floordiv__, __rfloordiv__, __ifloordiv__ = _three(_native.floor_divide, "floordiv")
    __mod__, __rmod__, __imod__ = _three(_native.remainder, "mod")
    # Python has no in-place divmod.
    __divmod__ = _forward(_native.divmod, "divmod")
    __rdivmod__ = _reflected(_native.divmod, "divmod")
    # The modulus of the three-argument pow() has no ufunc.
    __pow__, __rpow__, __ipow__ = _three(_native.power, "pow")
    __lshift__, __rlshift__, __ilshift__ = _three(_native.left_shift, "lshift")
    __rshift__, __rrshift__, __irshift__ = _three(_native.right_shift, "rshift")
    __and__, __rand__, __iand__ = _three(_native.bitwise_and, "and")
    __xor__, __rxor__, __ixor__ = _three(_native.bitwise_xor, "xor")
    __or__, __ror__, __ior__ = _three(_native.bitwise_or, "or")

    __neg__ = _unary(_native.negative, "neg")
    __pos__ = _unary(_native.positive, "pos")
    __abs__ = _unary(_native.absolute, "abs")
    __invert__ = _unary(_native.invert, "invert")
