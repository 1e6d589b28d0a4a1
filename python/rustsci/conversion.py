"""Arrays with other properties: dtype, layout in memory, ownership."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rustsci._native import array, asanyarray, asarray, generic, isfinite, ndarray
from rustsci.overrides import array_function, array_function_like

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, Literal

    from rustsci._types import ArrayLike, DTypeLike, Order

__all__ = ["asarray_chkfinite", "astype", "copy", "require"]

_REQUIREMENTS = {
    "C": "C",
    "C_CONTIGUOUS": "C",
    "CONTIGUOUS": "C",
    "F": "F",
    "F_CONTIGUOUS": "F",
    "FORTRAN": "F",
    "A": "A",
    "ALIGNED": "A",
    "W": "W",
    "WRITEABLE": "W",
    "O": "O",
    "OWNDATA": "O",
    "E": "E",
    "ENSUREARRAY": "E",
}


@array_function("a")
def copy(a: ArrayLike, order: Order = "K", subok: bool = False) -> ndarray:
    """Return a copy of an array.

    Parameters
    ----------
    a : array_like
        The array.
    order : {'C', 'F', 'A', 'K'}, optional
        The order in memory; 'K' keeps that of `a` as nearly as possible.
    subok : bool, optional
        Whether a subclass of `ndarray` is kept.

    Returns
    -------
    ndarray
        The copy.

    Examples
    --------
    >>> import rustsci as np
    >>> x = np.array([1, 2, 3])
    >>> y = np.copy(x)
    >>> x[0] = 10
    >>> y
    array([1, 2, 3])
    """
    return array(a, order=order, subok=subok, copy=True)


@array_function_like
def require(
    a: ArrayLike,
    dtype: DTypeLike = None,
    requirements: str | Sequence[str] | None = None,
    *,
    like: Any = None,
) -> ndarray:
    """Return an array that meets requirements, a copy only where it must be.

    Parameters
    ----------
    a : array_like
        The array.
    dtype : dtype, optional
        The dtype the result must have.
    requirements : str or sequence of str, optional
        Any of 'C' (C-contiguous), 'F' (Fortran-contiguous), 'A' (aligned), 'W' (writeable), 'O' (owning its
        memory) and 'E' (no subclass), or the names of these flags in full.
    like : object, optional
        Leaves the work to ``like.__array_function__``.

    Returns
    -------
    ndarray
        The array.

    Examples
    --------
    >>> import rustsci as np
    >>> np.require([[1, 2], [3, 4]], dtype=float, requirements=["F"]).flags.f_contiguous
    True
    """
    if not requirements:
        return asanyarray(a, dtype=dtype)
    wanted = {_REQUIREMENTS[name.upper()] for name in requirements}
    subok = "E" not in wanted
    wanted.discard("E")
    if {"C", "F"} <= wanted:
        raise ValueError('Cannot specify both "C" and "F" order')
    order = "F" if "F" in wanted else "C" if "C" in wanted else "A"
    result = array(a, dtype=dtype, order=order, copy=None, subok=subok)
    if all(result.flags[flag] for flag in wanted):
        return result
    return result.copy(order)


def asarray_chkfinite(a: ArrayLike, dtype: DTypeLike = None, order: Order | None = None) -> ndarray:
    """Make an array of an argument, and refuse nan and infinities.

    Parameters
    ----------
    a : array_like
        The argument.
    dtype, order
        As for `asarray`.

    Returns
    -------
    ndarray
        The array; a `ValueError` if it holds a number that is not finite.

    Examples
    --------
    >>> import rustsci as np
    >>> np.asarray_chkfinite([1, 2], dtype=float)
    array([1., 2.])
    """
    result = asarray(a, dtype=dtype, order=order)
    if result.dtype.kind in "fc" and not isfinite(result).all():
        raise ValueError("array must not contain infs or NaNs")
    return result


@array_function("x")
def astype(
    x: ndarray, dtype: DTypeLike, /, *, copy: bool = True, device: Literal["cpu"] | None = None
) -> ndarray:
    """Convert an array to a dtype.

    Parameters
    ----------
    x : ndarray or scalar
        The array.
    dtype : dtype
        The dtype of the result.
    copy : bool, optional
        False returns `x` itself where it has that dtype.
    device : {'cpu'}, optional
        Where the result is to be; for the array API standard.

    Returns
    -------
    ndarray
        The converted array.

    Examples
    --------
    >>> import rustsci as np
    >>> np.astype(np.array([1.5, 2.5]), int)
    array([1, 2])
    """
    if not isinstance(x, (ndarray, generic)):
        raise TypeError(f"Input should be a NumPy array or scalar. It is a {type(x)} instead.")
    if device is not None and device != "cpu":
        raise ValueError(f'Device not understood. Only "cpu" is allowed, but received: {device}')
    return x.astype(dtype, copy=copy)
