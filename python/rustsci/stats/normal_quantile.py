"""The quantile of the normal distribution as Python's `statistics` computes it.

Wichura's rational approximations, algorithm AS 241: The percentage points of the normal distribution, Applied
Statistics 37 (1988), routine PPND16.
"""

from __future__ import annotations

import math

__all__: list[str] = []

# Coefficients of numerators and denominators, the constant term first: in the middle, in the tails, and far
# out.
_MIDDLE = (
    (
        3.3871328727963665,
        133.14166789178438,
        1971.5909503065513,
        13731.69376550946,
        45921.95393154987,
        67265.7709270087,
        33430.57558358813,
        2509.0809287301227,
    ),
    (
        1.0,
        42.31333070160091,
        687.1870074920579,
        5394.196021424751,
        21213.794301586597,
        39307.89580009271,
        28729.085735721943,
        5226.495278852854,
    ),
)
_TAIL = (
    (
        1.4234371107496835,
        4.630337846156546,
        5.769497221460691,
        3.6478483247632045,
        1.2704582524523684,
        0.2417807251774506,
        0.022723844989269184,
        0.0007745450142783414,
    ),
    (
        1.0,
        2.053191626637759,
        1.6763848301838038,
        0.6897673349851,
        0.14810397642748008,
        0.015198666563616457,
        0.0005475938084995345,
        1.0507500716444169e-09,
    ),
)
_FAR = (
    (
        6.657904643501103,
        5.463784911164114,
        1.7848265399172913,
        0.29656057182850487,
        0.026532189526576124,
        0.0012426609473880784,
        2.7115555687434876e-05,
        2.0103343992922881e-07,
    ),
    (
        1.0,
        0.599832206555888,
        0.1369298809227358,
        0.014875361290850615,
        0.0007868691311456133,
        1.8463183175100548e-05,
        1.421511758316446e-07,
        2.0442631033899397e-15,
    ),
)


def normal_quantile(p: float, mu: float, sigma: float) -> float:
    """The value up to which a normal distribution has the probability `p`, between 0 and 1."""
    q = p - 0.5
    if math.fabs(q) <= 0.425:
        return mu + _ratio(_MIDDLE, 0.180625 - q * q, q) * sigma
    r = math.sqrt(-math.log(p if q <= 0.0 else 1.0 - p))
    z = _ratio(_TAIL, r - 1.6) if r <= 5.0 else _ratio(_FAR, r - 5.0)
    return mu + (-z if q < 0.0 else z) * sigma


def _ratio(coefficients: tuple[tuple[float, ...], tuple[float, ...]], x: float, factor: float = 1.0) -> float:
    numerator, denominator = coefficients
    return _polynomial(numerator, x) * factor / _polynomial(denominator, x)


def _polynomial(coefficients: tuple[float, ...], x: float) -> float:
    total = 0.0
    for coefficient in reversed(coefficients):
        total = total * x + coefficient
    return total
