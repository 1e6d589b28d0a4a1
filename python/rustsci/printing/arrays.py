"""What ``str`` and ``repr`` of an array show."""

from __future__ import annotations

from itertools import product
from operator import attrgetter
from typing import TYPE_CHECKING

from rustsci._native import asarray, ndarray
from rustsci.overrides import array_function
from rustsci.printing.elements import column_for
from rustsci.printing.layout import Layout
from rustsci.printing.options import checked, current_options

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import SupportsIndex

    from rustsci._native import dtype
    from rustsci.printing.options import FloatMode, Formatter, Legacy, PrintOptions, Sign

__all__ = ["array2string", "array_repr", "array_str"]

# What `array` makes of Python's own numbers, by kind and size; `repr` need not name these dtypes.
_IMPLIED = frozenset({("b", 1), ("i", 8), ("f", 8), ("c", 16)})


@array_function("a")
def array2string(
    a: ndarray,
    max_line_width: int | None = None,
    precision: SupportsIndex | None = None,
    suppress_small: bool | None = None,
    separator: str = " ",
    prefix: str = "",
    *,
    formatter: Formatter | None = None,
    threshold: float | None = None,
    edgeitems: int | None = None,
    sign: Sign | None = None,
    floatmode: FloatMode | None = None,
    suffix: str = "",
    legacy: Legacy | None = None,
) -> str:
    """Write an array as nested rows.

    Options that are not given are those of `set_printoptions`, which also says more about each.

    Parameters
    ----------
    a : ndarray
        The array.
    max_line_width : int, optional
        Characters in a line.
    precision : int, optional
        Digits behind the decimal point.
    suppress_small : bool, optional
        Whether small numbers may show as zero rather than bring in exponents.
    separator : str, optional
        What stands between elements.
    prefix, suffix : str, optional
        What the caller will put around the text. Their lengths alone count: they take room in the lines, and
        that of `prefix` is also the indentation.
    formatter : dict of callables, optional
        Functions that write one element, by kind.
    threshold : number, optional
        Above how many elements to show the edges alone.
    edgeitems : int, optional
        How many items each edge shows then.
    sign : {'-', '+', ' '}, optional
        What stands before numbers that are not negative.
    floatmode : {'fixed', 'unique', 'maxprec', 'maxprec_equal'}, optional
        How `precision` is meant.
    legacy : {'1.13', '1.21', '1.25', '2.1', '2.2', False}, optional
        Write as that release of NumPy did.

    Returns
    -------
    str
        The array.

    See Also
    --------
    array_str, array_repr : With the layouts of ``str`` and ``repr``.

    Examples
    --------
    >>> import rustsci as np
    >>> print(np.array2string(np.array([1e-16, 1.0, 2.5]), precision=2, separator=", ", suppress_small=True))
    [0. , 1. , 2.5]
    >>> print(np.array2string(np.arange(6), formatter={"int": hex}, threshold=5, edgeitems=2))
    [0x0 0x1 ... 0x4 0x5]
    """
    options = current_options().replace(
        **checked(
            linewidth=max_line_width,
            precision=precision,
            suppress=suppress_small,
            formatter=formatter,
            threshold=threshold,
            edgeitems=edgeitems,
            sign=sign,
            floatmode=floatmode,
            legacy=legacy,
        )
    )
    linewidth = options.linewidth
    if options.legacy > (1, 13):
        linewidth -= len(suffix)
    elif a.shape == ():
        return repr(a.item())
    if a.size == 0:
        return "[]"
    data = asarray(a)
    if not data.shape:
        return column_for(data, options)(data[()])
    layout = Layout(separator, linewidth, " " * (len(prefix) + 1), legacy=options.legacy <= (1, 13))
    return _arrange(a, data, options, layout)


# The function itself, for those that must not ask `__array_function__`.
_plain_array2string: Callable[..., str] = attrgetter("_implementation")(array2string)


@array_function("arr")
def array_repr(
    arr: ndarray,
    max_line_width: int | None = None,
    precision: SupportsIndex | None = None,
    suppress_small: bool | None = None,
) -> str:
    """Return the ``repr`` of an array.

    Parameters
    ----------
    arr : ndarray
        The array.
    max_line_width : int, optional
        Characters in a line.
    precision : int, optional
        Digits behind the decimal point.
    suppress_small : bool, optional
        Whether small numbers may show as zero rather than bring in exponents.

    Returns
    -------
    str
        The array, its class, and its dtype and shape where they do not follow from what is shown.

    See Also
    --------
    array_str : The elements alone.
    array2string : With every option.
    set_printoptions : What the options mean.

    Examples
    --------
    >>> import rustsci as np
    >>> np.array_repr(np.array([1, 2]))
    'array([1, 2])'
    >>> np.array_repr(np.array([1e-6, 4e-7], np.float32), precision=6, suppress_small=True)
    'array([0.000001, 0.      ], dtype=float32)'
    """
    return default_repr(arr, max_line_width, precision, suppress_small, write=array2string)


@array_function("a")
def array_str(
    a: ndarray,
    max_line_width: int | None = None,
    precision: SupportsIndex | None = None,
    suppress_small: bool | None = None,
) -> str:
    """Return the ``str`` of an array: its elements alone.

    Parameters
    ----------
    a : ndarray
        The array.
    max_line_width : int, optional
        Characters in a line.
    precision : int, optional
        Digits behind the decimal point.
    suppress_small : bool, optional
        Whether small numbers may show as zero rather than bring in exponents.

    Returns
    -------
    str
        The elements in rows; of an array without dimensions, the element.

    See Also
    --------
    array_repr : With class, dtype and shape.
    array2string : With every option.
    set_printoptions : What the options mean.

    Examples
    --------
    >>> import rustsci as np
    >>> np.array_str(np.arange(3))
    '[0 1 2]'
    """
    return default_str(a, max_line_width, precision, suppress_small, write=array2string)


def default_repr(
    arr: ndarray,
    max_line_width: int | None = None,
    precision: SupportsIndex | None = None,
    suppress_small: bool | None = None,
    *,
    write: Callable[..., str] = _plain_array2string,
) -> str:
    """Return what ``ndarray.__repr__`` shows: `array_repr` without asking ``__array_function__``."""
    options = current_options()
    if options.override_repr is not None:
        return options.override_repr(arr)
    name = "array" if type(arr) is ndarray else type(arr).__name__
    prefix = name + "("
    elements = "[]"
    if arr.size:
        elements = write(arr, max_line_width, precision, suppress_small, ", ", prefix, suffix=")")

    notes = []
    # NumPy counts release 2.2 among those that left the shape of long arrays out.
    if (arr.size == 0 and arr.shape != (0,)) or (arr.size > options.threshold and options.legacy > (2, 2)):
        notes.append(f"shape={arr.shape}")
    if arr.size == 0 or not _is_implied(arr.dtype, options):
        notes.append(f"dtype={_dtype_name(arr.dtype)}")
    text = prefix + elements
    if not notes:
        return text + ")"
    text += ","
    ending = ", ".join(notes) + ")"
    linewidth = options.linewidth if max_line_width is None else max_line_width
    last_line = len(text) - (text.rfind("\n") + 1)
    fits = last_line + 1 + len(ending) <= linewidth or options.legacy <= (1, 13)
    return text + (" " if fits else "\n" + " " * len(prefix)) + ending


def default_str(
    a: ndarray,
    max_line_width: int | None = None,
    precision: SupportsIndex | None = None,
    suppress_small: bool | None = None,
    *,
    write: Callable[..., str] = _plain_array2string,
) -> str:
    """Return what ``ndarray.__str__`` shows: `array_str` without asking ``__array_function__``."""
    if a.shape == ():
        if current_options().legacy <= (1, 13):
            return str(a.item())
        # A subclass may index itself to another array of the class, and its `str` end up here again.
        element = ndarray.__getitem__(a, ())
        return repr(element) if isinstance(element, bytes) else str(element)
    return write(a, max_line_width, precision, suppress_small, " ", "")


def _arrange(a: ndarray, data: ndarray, options: PrintOptions, layout: Layout) -> str:
    """Write those elements of `a` that are to be shown; `data` is the same array in the base class."""
    positions: list[Sequence[int]] = [range(size) for size in data.shape]
    leading: list[int | None] = [None] * data.ndim
    shown = data
    if data.size > options.threshold:
        edge = max(options.edgeitems, 0)
        for axis, size in enumerate(data.shape):
            if size > 2 * edge:
                # Without edges the last item is shown all the same.
                positions[axis] = [*range(edge), *range(size - max(edge, 1), size)]
                leading[axis] = edge
        # … and the column is then fitted to all that there is.
        shown = _gather(data, positions) if edge else data
    column = column_for(shown, options)
    if type(a).__getitem__ is not ndarray.__getitem__:
        elements = [a[index] for index in product(*positions)]
    elif shown is data and any(edge is not None for edge in leading):
        elements = list(_gather(data, positions).flat)
    else:
        elements = list(shown.flat)
    return layout.arrange(map(column, elements), [len(shown) for shown in positions], leading)


def _gather(data: ndarray, positions: list[Sequence[int]]) -> ndarray:
    """Return the elements whose every index is in `positions`."""
    index = []
    for axis, along in enumerate(positions):
        shape = [1] * data.ndim
        shape[axis] = len(along)
        index.append(asarray(along).reshape(shape))
    return data[tuple(index)]


def _is_implied(dtype: dtype, options: PrintOptions) -> bool:
    """Whether `array` would choose this dtype for the elements that `repr` shows."""
    if dtype.kind == "b" and options.legacy <= (1, 13):
        return False
    return dtype.isnative and (dtype.kind, dtype.itemsize) in _IMPLIED


def _dtype_name(dtype: dtype) -> str:
    """The dtype as `repr` names it: a name of the namespace, or a string that says more."""
    if dtype.names is not None:
        return str(dtype)
    return dtype.name if dtype.kind in "biufcO" and dtype.isnative else repr(str(dtype))
