"""The limits of numeric dtypes: `finfo` for floating-point numbers, `iinfo` for integers."""

from __future__ import annotations

import math
import warnings
from types import GenericAlias
from typing import TYPE_CHECKING

from rustsci._native import dtype, floating

if TYPE_CHECKING:
    from typing import Any, ClassVar

    from rustsci._types import DTypeLike

__all__ = ["finfo", "iinfo"]

# Explicit mantissa bits and exponent bits of the IEEE 754 formats, by their width.
_BINARY_FORMATS = {16: (10, 5), 32: (23, 8), 64: (52, 11)}

_RULE = "-" * 63


class finfo:
    """The limits of a floating-point dtype.

    One instance exists for each floating-point dtype; a complex dtype has that of its parts.

    Parameters
    ----------
    dtype : dtype, type or instance
        A floating-point or complex dtype, anything `dtype` makes one of, or a number of that type.

    Attributes
    ----------
    dtype : dtype
        The floating-point dtype described.
    bits : int
        Its width.
    eps, epsneg : floating
        The distance from 1.0 to the next larger, and to the next smaller, number.
    max, min : floating
        The largest and the most negative finite number.
    smallest_normal, tiny : floating
        The smallest positive number of full precision.
    smallest_subnormal : floating
        The smallest positive number.
    precision : int
        The number of decimal digits that always survive.
    resolution : floating
        ``10**-precision``.
    nmant : int
        The number of bits of the mantissa, without the leading one that is not stored.
    nexp, iexp : int
        The number of bits of the exponent.
    machep, negep : int
        The exponents of two that give `eps` and `epsneg`.
    minexp, maxexp : int
        The exponent of two that gives `smallest_normal`, and the smallest one that overflows.

    Raises
    ------
    ValueError
        If the dtype is neither floating-point nor complex.

    See Also
    --------
    iinfo : the limits of integers.

    Examples
    --------
    >>> import rustsci as np
    >>> np.finfo(np.float32).max
    np.float32(3.4028235e+38)
    >>> np.finfo('c16').dtype
    dtype('float64')
    """

    dtype: dtype
    bits: int
    nmant: int
    nexp: int
    iexp: int
    machep: int
    negep: int
    minexp: int
    maxexp: int
    precision: int
    eps: floating
    epsneg: floating
    max: floating
    min: floating
    smallest_normal: floating
    smallest_subnormal: floating
    tiny: floating
    resolution: floating

    _instances: ClassVar[dict[int, finfo]] = {}

    __class_getitem__: ClassVar[Any] = classmethod(GenericAlias)

    def __new__(cls, dtype: DTypeLike) -> finfo:
        if dtype is None:
            warnings.warn(
                "finfo() dtype cannot be None. This behavior will raise an error in the future. "
                "(Deprecated in NumPy 1.25)",
                DeprecationWarning,
                stacklevel=2,
            )
        bits = _float_width(dtype)
        instance = cls._instances.get(bits)
        if instance is None:
            # Two threads that meet here agree on the instance that was stored first.
            instance = cls._instances.setdefault(bits, cls._of_width(bits))
        return instance

    @classmethod
    def _of_width(cls, bits: int) -> finfo:
        self = super().__new__(cls)
        self.dtype = dtype(f"f{bits // 8}")
        number = self.dtype.type
        self.bits = bits
        self.nmant, self.nexp = _BINARY_FORMATS[bits]
        self.iexp = self.nexp
        self.machep = -self.nmant
        self.negep = self.machep - 1
        self.maxexp = 2 ** (self.nexp - 1)
        self.minexp = 2 - self.maxexp
        self.precision = int(self.nmant * math.log10(2.0))
        self.eps = number(2.0**self.machep)
        self.epsneg = number(2.0**self.negep)
        self.max = number((2.0 - 2.0**self.machep) * 2.0 ** (self.maxexp - 1))
        self.min = -self.max
        self.smallest_normal = number(2.0**self.minexp)
        self.smallest_subnormal = number(2.0 ** (self.minexp - self.nmant))
        self.tiny = self.smallest_normal
        self.resolution = number(10.0**-self.precision)
        return self

    def __str__(self) -> str:
        return (
            f"Machine parameters for {self.dtype}\n"
            f"{_RULE}\n"
            f"precision = {self.precision}   resolution = {self.resolution!s}\n"
            f"machep = {self.machep}   eps =        {self.eps!s}\n"
            f"negep =  {self.negep}   epsneg =     {self.epsneg!s}\n"
            f"minexp = {self.minexp}   tiny =       {self.tiny!s}\n"
            f"maxexp = {self.maxexp}   max =        {self.max!s}\n"
            f"nexp =   {self.nexp}   min =        -max\n"
            f"smallest_normal = {self.smallest_normal!s}   "
            f"smallest_subnormal = {self.smallest_subnormal!s}\n"
            f"{_RULE}\n"
        )

    def __repr__(self) -> str:
        # The shortest digits that identify a float16 (6.55e+04) would hide its true limit.
        low, high = (
            (f"{self.min:.5e}", f"{self.max:.5e}") if self.bits == 16 else (str(self.min), str(self.max))
        )
        return (
            f"{type(self).__name__}(resolution={self.resolution!s}, min={low}, max={high}, "
            f"dtype={self.dtype})"
        )


def _float_width(obj: DTypeLike) -> int:
    """Return the number of bits of the real numbers of the inexact dtype that `obj` stands for."""
    described = _described_dtype(obj)
    if described is None or described.kind not in "fc":
        kind = type(obj) if described is None else described.type
        raise ValueError(f"data type {kind!r} not inexact")
    parts = 2 if described.kind == "c" else 1
    return described.itemsize // parts * 8


def _described_dtype(obj: DTypeLike) -> dtype | None:
    """Return the dtype `obj` stands for, or that of numbers like `obj`; None if there is none."""
    for candidate in (obj, type(obj)):
        try:
            return dtype(candidate)
        except (TypeError, NotImplementedError):
            continue
    return None


class iinfo:
    """The limits of an integer dtype.

    Parameters
    ----------
    int_type : dtype, type or instance
        An integer dtype, anything `dtype` makes one of, or a number of that type.

    Attributes
    ----------
    dtype : dtype
        The dtype described.
    kind : str
        ``'i'`` for signed, ``'u'`` for unsigned integers.
    bits : int
        Its width.
    key : str
        The kind followed by the width.
    min, max : int
        The smallest and the largest integer.

    Raises
    ------
    ValueError
        If the dtype is not one of integers.

    See Also
    --------
    finfo : the limits of floating-point numbers.

    Examples
    --------
    >>> import rustsci as np
    >>> np.iinfo(np.int16)
    iinfo(min=-32768, max=32767, dtype=int16)
    """

    __class_getitem__: ClassVar[Any] = classmethod(GenericAlias)

    def __init__(self, int_type: DTypeLike) -> None:
        described = _described_dtype(int_type)
        kind = "O" if described is None else described.kind
        if described is None or kind not in "iu":
            raise ValueError(f"Invalid integer data type {kind!r}.")
        self.dtype = described
        self.kind: str = kind
        self.bits: int = described.itemsize * 8
        self.key = f"{kind}{self.bits}"

    @property
    def min(self) -> int:
        """The smallest integer of the dtype."""
        return 0 if self.kind == "u" else -(1 << (self.bits - 1))

    @property
    def max(self) -> int:
        """The largest integer of the dtype."""
        return (1 << (self.bits - (self.kind == "i"))) - 1

    def __str__(self) -> str:
        return f"Machine parameters for {self.dtype}\n{_RULE}\nmin = {self.min}\nmax = {self.max}\n{_RULE}\n"

    def __repr__(self) -> str:
        return f"{type(self).__name__}(min={self.min}, max={self.max}, dtype={self.dtype})"
