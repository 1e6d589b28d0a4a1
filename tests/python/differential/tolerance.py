"""How far apart two floating-point results may lie.

Arithmetic, square roots, rounding, comparisons, casts and everything on integers are compared bit for bit.
Only functions without a correctly rounded definition get a tolerance, in units in the last place of their own
type.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.python.oracle import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Tolerance:
    """An allowance of ``ulps`` units in the last place.

    ``scale`` is the size of the intermediate results: an error is measured in units of the larger of it and
    the result, for sums whose terms cancel. ``signed_zeros`` says whether 0.0 and -0.0 are told apart.
    ``computed_in`` names the type of the computation, whose units count where a wider type holds the result.
    """

    ulps: int = 0
    scale: float = 0.0
    signed_zeros: bool = True
    computed_in: str = ""

    def accepts(self, ours: NDArray[np.inexact], theirs: NDArray[np.inexact]) -> bool:
        """Whether two arrays of one shape and floating-point dtype agree.

        NaN agrees with NaN. A tolerance never tells zeros apart.
        """
        if ours.dtype.kind == "c":
            return self._accepts_complex(ours, theirs)
        same = (ours == theirs) | (np.isnan(ours) & np.isnan(theirs))
        if self.ulps == 0 and self.signed_zeros:
            return bool(np.all(same & ((np.signbit(ours) == np.signbit(theirs)) | np.isnan(ours))))
        with np.errstate(all="ignore"):
            return bool(np.all(same | self._near(ours, theirs, np.abs(theirs))))

    def _accepts_complex(self, ours: NDArray[np.inexact], theirs: NDArray[np.inexact]) -> bool:
        if self.ulps == 0:
            return self.accepts(ours.real, theirs.real) and self.accepts(ours.imag, theirs.imag)
        # An error in either part counts relative to the modulus: the parts of a product cancel freely.
        with np.errstate(all="ignore"):
            modulus = np.hypot(theirs.real, theirs.imag)
            return all(
                np.all((a == b) | (np.isnan(a) & np.isnan(b)) | self._near(a, b, _size(modulus, b)))
                for a, b in ((ours.real, theirs.real), (ours.imag, theirs.imag))
            )

    def _near(
        self, ours: NDArray[np.inexact], theirs: NDArray[np.inexact], size: NDArray[np.inexact]
    ) -> NDArray[np.bool]:
        unit = np.spacing(np.maximum(size, size.dtype.type(self.scale)))
        if self.computed_in:
            unit = np.fmax(unit, np.spacing(size.astype(self.computed_in)).astype(size.dtype))
        both_finite = np.isfinite(ours) & np.isfinite(theirs)
        return both_finite & (np.abs(ours - theirs) <= self.ulps * unit)


def _size(modulus: NDArray[np.inexact], part: NDArray[np.inexact]) -> NDArray[np.inexact]:
    """The modulus, or where that is not finite the part itself."""
    return np.where(np.isfinite(modulus), modulus, np.abs(part))


EXACT = Tolerance()

# Quotients, powers and products of complex numbers are several roundings, which may be fused or ordered
# otherwise.
COMPLEX_ARITHMETIC = Tolerance(4)

# Vector libraries promise 4 units at most in float64 and float32 (NumPy's own bound); two such errors meet
# here.
TRANSCENDENTAL = Tolerance(5)

# The exponential of a product: the rounding of its exponent counts as many times as that is large.
COMPLEX_POWER = Tolerance(64)

_TRANSCENDENTAL_NAMES = """
    exp exp2 expm1 log log2 log10 log1p logaddexp logaddexp2 sin cos tan arcsin arccos arctan arctan2 sinh
    cosh tanh arcsinh arccosh arctanh hypot cbrt power float_power
"""

BY_UFUNC = dict.fromkeys(_TRANSCENDENTAL_NAMES.split(), TRANSCENDENTAL)


def of_ufunc(name: str, *, complex_operands: bool = False) -> Tolerance:
    """The tolerance of a ufunc's result."""
    if complex_operands and name in ("power", "float_power", "exp2"):
        return COMPLEX_POWER
    if complex_operands and name not in BY_UFUNC:
        return COMPLEX_ARITHMETIC
    return BY_UFUNC.get(name, EXACT)
