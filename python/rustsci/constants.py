"""Mathematical constants, and facts about the platform."""

from __future__ import annotations

import sys

from rustsci._native import bool as _bool

__all__ = ["False_", "True_", "e", "euler_gamma", "inf", "little_endian", "nan", "newaxis", "pi"]

#: The ratio of a circle's circumference to its diameter.
pi = 3.141592653589793
#: The base of the natural logarithm.
e = 2.718281828459045
#: Euler's constant: the limit of the harmonic series less the logarithm.
euler_gamma = 0.5772156649015329
#: Positive infinity.
inf = float("inf")
#: Not a number.
nan = float("nan")

#: In an index, inserts an axis of length one.
newaxis = None

#: The truth values that arrays hold.
True_ = _bool(True)
False_ = _bool(False)

#: Whether the least significant byte of a number comes first in memory.
little_endian = sys.byteorder == "little"
