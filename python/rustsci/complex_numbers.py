"""Parts and tests of complex numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rustsci import _native
from rustsci._native import arctan2, asanyarray, asarray, complexfloating, zeros
from rustsci.constants import pi
from rustsci.limits import finfo
from rustsci.overrides import array_function

if TYPE_CHECKING:
    from typing import Any

    from rustsci._native import ndarray
    from rustsci._types import ArrayLike, ArrayOrScalar

__all__ = [
    "angle",
    "imag",
    "iscomplex",
    "iscomplexobj",
    "isreal",
    "isrealobj",
    "real",
    "real_if_close",
]


@array_function("val")
def real(val: ArrayLike) -> ArrayOrScalar:
    """Return the real part: of an array a view, of a scalar a scalar.

    Examples
    --------
    >>> import rustsci as np
    >>> np.real([1 + 2j, 3 + 4j])
    array([1., 3.])
    """
    try:
        return val.real
    except AttributeError:
        return asanyarray(val).real


@array_function("val")
def imag(val: ArrayLike) -> ArrayOrScalar:
    """Return the imaginary part: of a complex array a view, of a scalar a scalar.

    Examples
    --------
    >>> import rustsci as np
    >>> np.imag([1 + 2j, 3 + 4j])
    array([2., 4.])
    """
    try:
        return val.imag
    except AttributeError:
        return asanyarray(val).imag


@array_function("z")
def angle(z: ArrayLike, deg: bool = False) -> ArrayOrScalar:
    """Return the angle of complex numbers to the positive real axis.

    Parameters
    ----------
    z : array_like
        The numbers.
    deg : bool, optional
        Whether to return degrees; radians by default.

    Returns
    -------
    ndarray or scalar
        Angles from -pi to pi.

    Examples
    --------
    >>> import rustsci as np
    >>> np.angle([1, 1j, -1], deg=True)
    array([  0.,  90., 180.])
    """
    z = asanyarray(z)
    radians = arctan2(z.imag, z.real) if issubclass(z.dtype.type, complexfloating) else arctan2(0, z)
    if deg:
        radians *= 180 / pi
    return radians


@array_function("x")
def iscomplex(x: ArrayLike) -> ArrayOrScalar:
    """Tell for each element whether it has an imaginary part other than zero.

    Examples
    --------
    >>> import rustsci as np
    >>> np.iscomplex([1 + 1j, 1 + 0j, 3])
    array([ True, False, False])
    """
    x = asanyarray(x)
    if issubclass(x.dtype.type, complexfloating):
        return x.imag != 0
    # Indexed with nothing, an array without axes is a scalar.
    return zeros(x.shape, bool)[()]


@array_function("x")
def isreal(x: ArrayLike) -> ArrayOrScalar:
    """Tell for each element whether its imaginary part is zero.

    Examples
    --------
    >>> import rustsci as np
    >>> np.isreal([1 + 1j, 1 + 0j, 3])
    array([False,  True,  True])
    """
    return imag(x) == 0


@array_function("x")
def iscomplexobj(x: Any) -> bool:
    """Tell whether an object is complex by its dtype, whatever its values.

    Examples
    --------
    >>> import rustsci as np
    >>> np.iscomplexobj([1, 0j]), np.iscomplexobj(1)
    (True, False)
    """
    try:
        kind = x.dtype.type
    except AttributeError:
        kind = asarray(x).dtype.type
    return issubclass(kind, complexfloating)


@array_function("x")
def isrealobj(x: Any) -> bool:
    """Tell whether an object is not complex by its dtype.

    Examples
    --------
    >>> import rustsci as np
    >>> np.isrealobj([1, 0j]), np.isrealobj(1)
    (False, True)
    """
    return not iscomplexobj(x)


@array_function("a")
def real_if_close(a: ArrayLike, tol: float = 100) -> ndarray:
    """Return the real part of a complex array if all imaginary parts are nearly zero.

    Parameters
    ----------
    a : array_like
        The array.
    tol : float, optional
        How much is nearly zero: in multiples of the machine epsilon, or absolute if `tol` is at most 1.

    Returns
    -------
    ndarray
        The real part, or `a`.

    Examples
    --------
    >>> import rustsci as np
    >>> np.real_if_close([2.1 + 4e-14j, 5.2 + 3e-15j], tol=1000)
    array([2.1, 5.2])
    """
    a = asanyarray(a)
    if not issubclass(a.dtype.type, complexfloating):
        return a
    limit = tol if tol <= 1 else finfo(a.dtype).eps * tol
    return a.real if _native.all(abs(a.imag) < limit) else a
