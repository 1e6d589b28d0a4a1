"""The sinc function, and the modified Bessel function that windows need."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from rustsci._native import asanyarray, divide, exp, ndarray, ones_like, sin, sqrt, where
from rustsci.overrides import array_function

if TYPE_CHECKING:
    from rustsci._types import ArrayLike, ArrayOrScalar

__all__ = ["i0", "sinc"]


@array_function("x")
def sinc(x: ArrayLike) -> ArrayOrScalar:
    """Return the normalized sinc function, ``sin(pi * x) / (pi * x)``, which is one at zero.

    Parameters
    ----------
    x : array_like
        Where to evaluate it.

    Returns
    -------
    ndarray or scalar
        Its values.

    Examples
    --------
    >>> import rustsci as np
    >>> np.sinc([0.0, 0.5, 1.5]).round(4)
    array([ 1.    ,  0.6366, -0.2122])
    """
    argument = math.pi * asanyarray(x)
    result = ones_like(argument)
    return divide(sin(argument), argument, out=result, where=argument != 0)[()]


# The coefficients of Chebyshev polynomials in expansions of exp(-x) I0(x) for x up to 8, in x / 4 - 1,
# and of sqrt(x) exp(-x) I0(x) for x from 8, in 16 / x - 1. They were computed to 50 digits by
# Chebyshev-Gauss quadrature from the power series and the asymptotic series of I0 (Abramowitz and
# Stegun, 9.6.12 and 9.7.1); those left out are below 1e-18.
_SMALL = (
    0.33839763720473803,
    -0.3046826723431984,
    0.17162090152220877,
    -0.09490109704804764,
    0.04930528423967071,
    -0.02373741480589947,
    0.010546460394594998,
    -0.004324309995050576,
    0.0016394756169413357,
    -0.0005763755745385824,
    0.00018850288509584165,
    -5.754195010082104e-05,
    1.6448448070728896e-05,
    -4.4167383584587505e-06,
    1.1173875391201037e-06,
    -2.670793853940612e-07,
    6.046995022541919e-08,
    -1.300025009986248e-08,
    2.6598237246823866e-09,
    -5.189795601635263e-10,
    9.675809035373237e-11,
    -1.726826291441556e-11,
    2.95505266312964e-12,
    -4.856446783111929e-13,
    7.676185498604936e-14,
    -1.1685332877993451e-14,
    1.715391285555133e-15,
    -2.431279846547955e-16,
    3.3307945188222384e-17,
    -4.4153416464793395e-18,
)
_LARGE = (
    0.4022452055070544,
    0.0033691164782556943,
    6.889758346916825e-05,
    2.8913705208347567e-06,
    2.0489185894690638e-07,
    2.266668990498178e-08,
    3.3962320257083865e-09,
    4.94060238822497e-10,
    1.1889147107846439e-11,
    -3.1499165279632416e-11,
    -1.3215811840447713e-11,
    -1.7941785315068062e-12,
    7.180124451383666e-13,
    3.8527783827421426e-13,
    1.54008621752141e-14,
    -4.150569347287222e-14,
    -9.554846698828307e-15,
    3.8116806693526224e-15,
    1.7725601330565263e-15,
    -3.425485619677219e-16,
    -2.8276239805165836e-16,
    3.461222867697461e-17,
    4.46562142029676e-17,
    -4.830504485944182e-18,
    -7.233180487874754e-18,
    9.921475412173699e-19,
    1.193650890845982e-18,
)


def _chebyshev_sum(coefficients: tuple[float, ...], t: ndarray) -> ndarray:
    """Return the sum of Chebyshev polynomials at `t`, by the recurrence of Clenshaw."""
    b1 = b2 = 0.0
    for coefficient in coefficients[:0:-1]:
        b1, b2 = 2.0 * t * b1 - b2 + coefficient, b1
    return t * b1 - b2 + coefficients[0]


@array_function("x")
def i0(x: ArrayLike) -> ndarray:
    """Return the modified Bessel function of the first kind of order zero.

    Parameters
    ----------
    x : array_like of real numbers
        Where to evaluate it.

    Returns
    -------
    ndarray
        Its values, in the shape of `x`.

    Raises
    ------
    TypeError
        If `x` is complex.

    See Also
    --------
    kaiser : the window that is made of it.

    Examples
    --------
    >>> import rustsci as np
    >>> np.i0([0.0, 1.0, 2.0]).round(6)
    array([1.      , 1.266066, 2.279585])
    """
    x = asanyarray(x)
    if x.dtype.kind == "c":
        raise TypeError("i0 not supported for complex values")
    dtype = x.dtype if x.dtype.kind == "f" else float
    x = abs(x.astype(float))
    is_small = x <= 8.0
    small = where(is_small, x, 0.0)
    large = where(is_small, 8.0, x)
    value = where(
        is_small,
        exp(small) * _chebyshev_sum(_SMALL, small / 4.0 - 1.0),
        exp(large) * _chebyshev_sum(_LARGE, 16.0 / large - 1.0) / sqrt(large),
    )
    return value.astype(dtype, copy=False)
