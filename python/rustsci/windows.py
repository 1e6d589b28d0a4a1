"""Window functions: how to fade in and out what lies between two silences."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from rustsci._native import arange, array, cos, ndarray, ones, result_type, sqrt, where
from rustsci.special_functions import i0

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

__all__ = ["bartlett", "blackman", "hamming", "hanning", "kaiser"]


def _symmetric(M: float, shape: Callable[[ndarray, Any], ndarray]) -> ndarray:
    """Return ``shape(n, M)`` at ``n = 1 - M, 3 - M, ..., M - 1``, which is one at a single point."""
    # Together with 0.0, any kind of number becomes one that is at least of double precision.
    numbers = array([0.0, M])
    M = numbers[1]
    if M < 1:
        return array([], dtype=numbers.dtype)
    if M == 1:
        return ones(1, dtype=numbers.dtype)
    return shape(arange(1 - M, M, 2), M)


def bartlett(M: int) -> ndarray:
    """Return the Bartlett window: a triangle that is zero at both ends.

    Parameters
    ----------
    M : int
        The number of points. There are none below one.

    Returns
    -------
    ndarray
        The window, whose largest value is one if `M` is odd.

    See Also
    --------
    blackman, hamming, hanning, kaiser

    Examples
    --------
    >>> import rustsci as np
    >>> np.bartlett(5)
    array([0. , 0.5, 1. , 0.5, 0. ])
    """
    return _symmetric(M, lambda n, M: where(n <= 0, 1 + n / (M - 1), 1 - n / (M - 1)))


def blackman(M: int) -> ndarray:
    """Return the Blackman window: a sum of three cosines whose spectrum falls off quickly.

    Parameters
    ----------
    M : int
        The number of points. There are none below one.

    Returns
    -------
    ndarray
        The window, whose largest value is one if `M` is odd.

    See Also
    --------
    bartlett, hamming, hanning, kaiser

    Examples
    --------
    >>> import rustsci as np
    >>> abs(np.blackman(5).round(2))
    array([0.  , 0.34, 1.  , 0.34, 0.  ])
    """
    return _symmetric(
        M,
        lambda n, M: 0.42 + 0.5 * cos(math.pi * n / (M - 1)) + 0.08 * cos(2.0 * math.pi * n / (M - 1)),
    )


def hamming(M: int) -> ndarray:
    """Return the Hamming window: a raised cosine that does not reach zero.

    Parameters
    ----------
    M : int
        The number of points. There are none below one.

    Returns
    -------
    ndarray
        The window, whose largest value is one if `M` is odd.

    See Also
    --------
    bartlett, blackman, hanning, kaiser

    Examples
    --------
    >>> import rustsci as np
    >>> np.hamming(5)
    array([0.08, 0.54, 1.  , 0.54, 0.08])
    """
    return _symmetric(M, lambda n, M: 0.54 + 0.46 * cos(math.pi * n / (M - 1)))


def hanning(M: int) -> ndarray:
    """Return the Hann window: a raised cosine that is zero at both ends.

    Parameters
    ----------
    M : int
        The number of points. There are none below one.

    Returns
    -------
    ndarray
        The window, whose largest value is one if `M` is odd.

    See Also
    --------
    bartlett, blackman, hamming, kaiser

    Examples
    --------
    >>> import rustsci as np
    >>> np.hanning(5)
    array([0. , 0.5, 1. , 0.5, 0. ])
    """
    return _symmetric(M, lambda n, M: 0.5 + 0.5 * cos(math.pi * n / (M - 1)))


def kaiser(M: int, beta: float) -> ndarray:
    """Return the Kaiser window, whose shape a parameter chooses.

    Parameters
    ----------
    M : int
        The number of points. There are none below one.
    beta : float
        Zero for a rectangle; about 5 for a shape like that of `hamming`, 6 like `hanning` and 8.6 like
        `blackman`.

    Returns
    -------
    ndarray
        The window, whose largest value is one if `M` is odd.

    See Also
    --------
    bartlett, blackman, hamming, hanning
    i0 : the Bessel function it is made of.

    Examples
    --------
    >>> import rustsci as np
    >>> np.kaiser(5, 14).round(4)
    array([0.    , 0.1649, 1.    , 0.1649, 0.    ])
    """
    numbers = array([0.0, M, beta])
    M, beta = numbers[1], numbers[2]
    if M == 1:
        return ones(1, dtype=result_type(numbers.dtype, 0.0))
    middle = (M - 1) / 2.0
    distance = (arange(0, M) - middle) / middle
    return i0(beta * sqrt(1 - distance**2.0)) / i0(beta)
