"""Functions of scalars, or of small arrays, made to work on arrays of these."""

from __future__ import annotations

import math
from itertools import islice, product, repeat
from typing import TYPE_CHECKING

from rustsci import _native
from rustsci._native import asanyarray, asarray, empty, empty_like
from rustsci._no_value import _NoValue
from rustsci._wrapping import wrap_like
from rustsci.broadcasting import broadcast_shapes, broadcast_to
from rustsci.core_dimensions import CoreDimensions
from rustsci.dtype_info import typecodes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Any

    from rustsci._native import ndarray
    from rustsci._types import DTypeLike

__all__ = ["vectorize"]


class vectorize:
    """Make a function of scalars work on arrays, element by element.

    It is a convenience: the function is called in Python for each element.

    Parameters
    ----------
    pyfunc : callable, optional
        The function. Without it the result is a decorator.
    otypes : str or sequence of dtypes, optional
        The dtypes of the outputs. By default the function is called once with the first elements to find out.
    doc : str, optional
        The docstring; that of `pyfunc` by default.
    excluded : set of str or int, optional
        Names or positions of arguments that are passed on as they are.
    cache : bool, optional
        Whether to keep what the first call returned, so that the function is called once for each element.
    signature : str, optional
        For a function of arrays, which axes belong to it: ``'(n),(m)->(k)'`` takes two vectors and returns
        one.

    Examples
    --------
    >>> import rustsci as np
    >>> def clamped_difference(a, b):
    ...     return a - b if a > b else 0
    >>> np.vectorize(clamped_difference)([1, 5, 3], 2)
    array([0, 3, 1])
    >>> np.vectorize(np.mean, signature="(n)->()")([[1, 3], [5, 7]])
    array([2., 6.])
    """

    __module__ = "rustsci"

    def __init__(
        self,
        pyfunc: Any = _NoValue,
        otypes: str | Iterable[DTypeLike] | None = None,
        doc: str | None = None,
        excluded: Iterable[str | int] | None = None,
        cache: bool = False,
        signature: str | None = None,
    ) -> None:
        if pyfunc is not _NoValue and not callable(pyfunc):
            raise TypeError(
                "When used as a decorator, only accepts keyword arguments. "
                f"The function to vectorize is not callable: {pyfunc!r}"
            )
        self.pyfunc: Any = pyfunc
        self.cache = cache
        self.signature = signature
        self.excluded = set() if excluded is None else set(excluded)
        self.otypes = _checked_otypes(otypes)
        self._core = None if signature is None else CoreDimensions.parse(signature)
        self.__doc__ = doc
        if pyfunc is not _NoValue:
            self._describe(pyfunc)

    def _describe(self, pyfunc: Callable[..., Any]) -> None:
        """Take over name and docstring of the function."""
        self.__name__ = getattr(pyfunc, "__name__", type(pyfunc).__name__)
        if self.__doc__ is None:
            self.__doc__ = pyfunc.__doc__

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Return the outputs for arrays of arguments; as a decorator, take the function."""
        if self.pyfunc is _NoValue:
            (self.pyfunc,) = args
            self._describe(self.pyfunc)
            return self
        if not kwargs and not self.excluded:
            return self._map(self.pyfunc, args)
        places = [place for place in range(len(args)) if place not in self.excluded]
        names = [name for name in kwargs if name not in self.excluded]

        def function(*varying: Any) -> Any:
            positional = list(args)
            for place, value in zip(places, varying, strict=False):
                positional[place] = value
            named = dict(zip(names, varying[len(places) :], strict=True))
            return self.pyfunc(*positional, **{**kwargs, **named})

        return self._map(function, [args[place] for place in places] + [kwargs[name] for name in names])

    def _map(self, function: Callable[..., Any], args: Sequence[Any]) -> Any:
        if self._core is not None:
            return _map_subarrays(function, args, self._core, self.otypes)
        if not args:
            return function()
        return self._map_elements(function, args)

    def _map_elements(self, function: Callable[..., Any], args: Sequence[Any]) -> Any:
        operands = [_array_or_none(arg) for arg in args]
        shape = broadcast_shapes(*(operand.shape for operand in operands if operand is not None))
        columns: list[Iterable[Any]] = [
            repeat(arg) if operand is None else broadcast_to(operand, shape).ravel().tolist()
            for arg, operand in zip(args, operands, strict=True)
        ]
        # Objects that no array holds repeat for ever: without an array there is one row.
        rows = list(islice(zip(*columns, strict=False), math.prod(shape)))
        outputs = []
        otypes = self.otypes
        if not otypes:
            if not rows:
                raise ValueError("cannot call `vectorize` on size 0 inputs unless `otypes` is set")
            # Array scalars, whose dtype shows in that of the output.
            first = function(
                *(arg if each is None else each.flat[0] for arg, each in zip(args, operands, strict=True))
            )
            otypes = [asarray(each).dtype for each in (first if isinstance(first, tuple) else (first,))]
            if self.cache:
                outputs.append(first)
                del rows[0]
        outputs.extend(function(*row) for row in rows)
        by_output: Sequence[Any] = [outputs]
        if len(otypes) > 1:
            by_output = list(zip(*outputs, strict=True)) if outputs else [()] * len(otypes)
            if len(by_output) != len(otypes):
                raise ValueError(
                    f"wrong number of outputs from pyfunc: expected {len(otypes)}, got {len(by_output)}"
                )
        # As a ufunc's, the outputs lie in memory as the inputs do.
        model = next((each for each in operands if each is not None and each.shape == shape), empty(shape))
        arrays = []
        for values, otype in zip(by_output, otypes, strict=True):
            array = empty_like(model, dtype=otype, subok=False)
            array[...] = asarray(values, dtype=otype).reshape(shape)
            arrays.append(wrap_like(array, *args))
        return arrays[0] if len(arrays) == 1 else tuple(arrays)


def _checked_otypes(otypes: Any) -> Any:
    """Return dtypes, or the string of their characters, or None."""
    if otypes is None:
        return None
    if isinstance(otypes, str):
        for char in otypes:
            if char not in typecodes["All"]:
                raise ValueError(f"Invalid otype specified: {char}")
        return otypes
    if not hasattr(otypes, "__iter__"):
        raise ValueError("Invalid otype specification")
    return [_native.dtype(each) for each in otypes]


def _array_or_none(arg: Any) -> ndarray | None:
    """Return an array; None for an object that no array holds, which then goes with every element."""
    try:
        return asanyarray(arg)
    except TypeError:
        return None


def _map_subarrays(
    function: Callable[..., Any], args: Sequence[Any], core: CoreDimensions, otypes: Any
) -> Any:
    """Call a function for every combination of the subarrays that its signature names."""
    if len(args) != len(core.inputs):
        raise TypeError(
            f"wrong number of positional arguments: expected {len(core.inputs)!r}, got {len(args)!r}"
        )
    arrays = [asanyarray(arg) for arg in args]
    lengths: dict[str, int] = {}
    for each, names in zip(arrays, core.inputs, strict=True):
        core.measure(lengths, each.shape, names)
    outer = broadcast_shapes(
        *(each.shape[: each.ndim - len(names)] for each, names in zip(arrays, core.inputs, strict=True))
    )
    arrays = [
        broadcast_to(each, outer + core.shape(lengths, names), subok=True)
        for each, names in zip(arrays, core.inputs, strict=True)
    ]
    count = len(core.outputs)
    outputs: list[ndarray] = []
    for index in product(*map(range, outer)):
        results = function(*(each[index] for each in arrays))
        found = len(results) if isinstance(results, tuple) else 1
        if found != count:
            raise ValueError(f"wrong number of outputs from pyfunc: expected {count!r}, got {found!r}")
        if count == 1:
            results = (results,)
        if not outputs:
            for result, names in zip(results, core.outputs, strict=True):
                core.measure(lengths, asanyarray(result).shape, names)
            outputs = [
                empty_like(result, shape=outer + core.shape(lengths, names), dtype=otype)
                for result, names, otype in zip(results, core.outputs, otypes or [None] * count, strict=True)
            ]
        for output, result in zip(outputs, results, strict=True):
            output[index] = result
    if not outputs:
        if not otypes:
            raise ValueError("cannot call `vectorize` on size 0 inputs unless `otypes` is set")
        if any(name not in lengths for names in core.outputs for name in names):
            raise ValueError(
                "cannot call `vectorize` with a signature including new output dimensions on size 0 inputs"
            )
        outputs = [
            empty(outer + core.shape(lengths, names), dtype=otype)
            for names, otype in zip(core.outputs, otypes, strict=True)
        ]
    return outputs[0] if count == 1 else tuple(outputs)
