"""Results in the library that the arguments came from: NumPy in, NumPy out; ours in, ours out.

No library is imported to find out. An object can be of a library only if the program has imported that
already, so ``sys.modules`` says all there is to know.
"""

from __future__ import annotations

from sys import modules

from rustsci._native import generic, ndarray

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeAlias

    # Takes what was computed (arrays and scalars of ours, alone or in containers) to the caller's library.
    Carrier: TypeAlias = Callable[[Any], Any]

__all__: list[str] = []

# Types of Python's own: they ask for no library, and are the most frequent arguments of all.
_PLAIN = frozenset({float, int, bool, complex, str, list, tuple, dict, range, type(None)})


def carrier_to_library_of(*inputs: Any) -> Carrier:
    """Return a function that brings results into the library that `inputs` came from.

    A column of a data frame (pandas, polars) or of a table (pyarrow) has its way before an array, and an
    array of either kind, NumPy's or ours, before everything else; among equals the first decides. Inputs of
    no library at all give arrays of ours.

    Parameters
    ----------
    *inputs
        The arguments of a public function as the caller gave them.

    Returns
    -------
    callable
        Takes our arrays and scalars to the caller's library, also inside tuples (named ones too), lists and
        dicts, and leaves everything else as it is. NumPy's arrays show the memory of ours: nothing is copied.
        A pandas column keeps index and name where the result has the length of the argument, and is a NumPy
        array where it has not; polars and pyarrow have one-dimensional arrays only, and more axes come as
        NumPy's.

    Examples
    --------
    >>> import numpy
    >>> import rustsci
    >>> from rustsci._library import carrier_to_library_of
    >>> back = carrier_to_library_of(numpy.arange(3), 2.5)
    >>> type(back(rustsci.ones(3)))
    <class 'numpy.ndarray'>
    """
    array_carrier: Carrier | None = None
    for value in inputs:
        kind = type(value)
        if kind in _PLAIN:
            continue
        if kind is ndarray or isinstance(value, (ndarray, generic)):
            array_carrier = array_carrier or _unchanged
        elif _is_of_numpy(value):
            array_carrier = array_carrier or _to_numpy
        elif (column_carrier := _carrier_to_column(value)) is not None:
            return column_carrier
    return array_carrier or _unchanged


def in_library_of(result: Any, *inputs: Any) -> Any:
    """Return `result` in the library that `inputs` came from; see `carrier_to_library_of`.

    Parameters
    ----------
    result
        An array or a scalar of ours, or a tuple, list or dict of them.
    *inputs
        The arguments of a public function as the caller gave them.

    Returns
    -------
    object
        The same values.
    """
    return carrier_to_library_of(*inputs)(result)


def _is_of_numpy(value: object) -> bool:
    """Whether `value` is an array or a scalar of NumPy, if that has been imported already."""
    numpy = modules.get("numpy")
    return numpy is not None and isinstance(value, (numpy.ndarray, numpy.generic))


def _is_a(value: object, library: str, *classes: str) -> bool:
    """Whether `value` is an instance of one of the classes of a library that has been imported already."""
    module = modules.get(library)
    if module is None:
        return False
    return any(isinstance(value, getattr(module, name, ())) for name in classes)


def _carrier_to_column(value: Any) -> Carrier | None:
    """How to make columns like `value`, if it is a column of a library that is known here."""
    if _is_a(value, "pandas", "Series"):
        return lambda result: _each(result, lambda array: _pandas_series(array, value))
    if _is_a(value, "polars", "Series"):
        return lambda result: _each(result, lambda array: _polars_series(array, value))
    if _is_a(value, "pyarrow", "Array", "ChunkedArray"):
        return lambda result: _each(result, _arrow_array)
    return None


def _unchanged(result: Any) -> Any:
    return result


def _to_numpy(result: Any) -> Any:
    return _each(result, _numpy_value)


def _each(result: Any, convert: Callable[[Any], Any]) -> Any:
    """Convert the arrays and scalars in a result."""
    if isinstance(result, (ndarray, generic)):
        return convert(result)
    if isinstance(result, tuple):
        items = [_each(item, convert) for item in result]
        return type(result)(*items) if hasattr(result, "_fields") else tuple(items)
    if isinstance(result, list):
        return [_each(item, convert) for item in result]
    if isinstance(result, dict):
        return {key: _each(item, convert) for key, item in result.items()}
    return result


def _numpy_value(value: Any) -> Any:
    """NumPy's array over the memory of ours, or NumPy's scalar of the same value."""
    import numpy

    array = numpy.asarray(value)
    return array[()] if isinstance(value, generic) else array


def _pandas_series(value: Any, like: Any) -> Any:
    array = _numpy_value(value)
    if getattr(array, "shape", None) != like.shape or isinstance(value, generic):
        return array
    return modules["pandas"].Series(array, index=like.index, name=like.name, copy=False)


def _polars_series(value: Any, like: Any) -> Any:
    array = _numpy_value(value)
    if value.ndim != 1:
        return array
    return modules["polars"].Series(like.name, array)


def _arrow_array(value: Any) -> Any:
    array = _numpy_value(value)
    if value.ndim != 1:
        return array
    return modules["pyarrow"].array(array)
