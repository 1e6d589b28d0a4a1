"""Operands that take over the call of a ufunc: the protocol ``__array_ufunc__`` (NEP 13)."""

from __future__ import annotations

from typing import Any

from rustsci._native import ndarray, ufunc

__all__: list[str] = []

# The parameters of each method that may be passed by position, after the operands.
_POSITIONAL = {
    "reduce": ("axis", "dtype", "out", "keepdims", "initial", "where"),
    "accumulate": ("axis", "dtype", "out"),
    "reduceat": ("axis", "dtype", "out"),
}
_OPERANDS = {"reduce": 1, "accumulate": 1, "reduceat": 2}


def _normalized(
    function: ufunc, method: str, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """Inputs by position and all else by keyword, with ``out`` as a tuple, as overrides are promised them."""
    kwargs = dict(kwargs)
    if method == "__call__":
        inputs, outputs = args[: function.nin], args[function.nin :]
        if outputs:
            outputs += (None,) * (function.nout - len(outputs))
            if any(output is not None for output in outputs):
                kwargs["out"] = outputs
    elif method in _POSITIONAL:
        count = _OPERANDS[method]
        inputs = args[:count]
        kwargs.update(zip(_POSITIONAL[method], args[count:], strict=False))
    else:
        inputs = args
    out = kwargs.pop("out", None)
    if out is not None:
        kwargs["out"] = out if isinstance(out, tuple) else (out,)
        if all(output is None for output in kwargs["out"]):
            del kwargs["out"]
    if "sig" in kwargs:
        kwargs["signature"] = kwargs.pop("sig")
    return inputs, kwargs


def _overriding(operands: tuple[Any, ...]) -> list[Any]:
    """The operands with an ``__array_ufunc__`` of their own: subclasses first, else from left to right."""
    found: list[Any] = []
    for operand in operands:
        kind = type(operand)
        own = getattr(kind, "__array_ufunc__", ndarray.__array_ufunc__)
        if own is ndarray.__array_ufunc__ or any(type(other) is kind for other in found):
            continue
        place = next((i for i, other in enumerate(found) if issubclass(kind, type(other))), len(found))
        found.insert(place, operand)
    return found


def call_override(function: ufunc, method: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """Ask the operands that have an ``__array_ufunc__`` to carry out a call.

    Parameters
    ----------
    function : ufunc
        The ufunc that was called.
    method : str
        ``"__call__"``, or the name of the method that was called.
    args, kwargs
        The arguments as they were passed.

    Raises
    ------
    TypeError
        If an operand declines every ufunc, or all operands decline this call.
    """
    inputs, kwargs = _normalized(function, method, args, kwargs)
    operands = inputs + tuple(kwargs.get("out", ()))
    if "where" in kwargs:
        operands += (kwargs["where"],)
    overriding = _overriding(operands)
    for operand in overriding:
        if type(operand).__array_ufunc__ is None:
            name = type(operand).__name__
            raise TypeError(f"operand '{name}' does not support ufuncs (__array_ufunc__=None)")
    for operand in overriding:
        result = operand.__array_ufunc__(function, method, *inputs, **kwargs)
        if result is not NotImplemented:
            return result
    described = ", ".join([repr(operand) for operand in inputs] + [f"{k}={v!r}" for k, v in kwargs.items()])
    kinds = ", ".join(repr(type(operand).__name__) for operand in operands)
    raise TypeError(
        f"operand type(s) all returned NotImplemented from __array_ufunc__({function!r}, {method!r}, "
        f"{described}): {kinds}"
    )


def default_array_ufunc(function: ufunc, method: str, inputs: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """Carry out a call as ``ndarray.__array_ufunc__`` does: only where no operand has an override of its own."""
    operands = inputs + tuple(kwargs.get("out", ())) + ((kwargs["where"],) if "where" in kwargs else ())
    if _overriding(operands):
        return NotImplemented
    return getattr(function, method)(*inputs, **kwargs)
