"""The classes of dtype objects, of which there is one for each dtype (`rustsci.dtypes`).

Several names of C types stand for the same class where they have the same width; ``long double`` is
``double`` here.

>>> import rustsci as np
>>> isinstance(np.dtype('f8'), np.dtypes.Float64DType)
True
>>> np.dtypes.IntDType is np.dtypes.Int32DType
True
"""

from __future__ import annotations

from rustsci._native import dtype

__all__ = [
    "BoolDType",
    "ByteDType",
    "CLongDoubleDType",
    "Complex64DType",
    "Complex128DType",
    "Float16DType",
    "Float32DType",
    "Float64DType",
    "Int8DType",
    "Int16DType",
    "Int32DType",
    "Int64DType",
    "IntDType",
    "LongDType",
    "LongDoubleDType",
    "LongLongDType",
    "ShortDType",
    "UByteDType",
    "UInt8DType",
    "UInt16DType",
    "UInt32DType",
    "UInt64DType",
    "UIntDType",
    "ULongDType",
    "ULongLongDType",
    "UShortDType",
]

BoolDType = type(dtype("bool"))

Int8DType = type(dtype("int8"))
Int16DType = type(dtype("int16"))
Int32DType = type(dtype("int32"))
Int64DType = type(dtype("int64"))
ByteDType = type(dtype("b"))
ShortDType = type(dtype("h"))
IntDType = type(dtype("i"))
LongDType = type(dtype("l"))
LongLongDType = type(dtype("q"))

UInt8DType = type(dtype("uint8"))
UInt16DType = type(dtype("uint16"))
UInt32DType = type(dtype("uint32"))
UInt64DType = type(dtype("uint64"))
UByteDType = type(dtype("B"))
UShortDType = type(dtype("H"))
UIntDType = type(dtype("I"))
ULongDType = type(dtype("L"))
ULongLongDType = type(dtype("Q"))

Float16DType = type(dtype("float16"))
Float32DType = type(dtype("float32"))
Float64DType = type(dtype("float64"))
LongDoubleDType = type(dtype("g"))

Complex64DType = type(dtype("complex64"))
Complex128DType = type(dtype("complex128"))
CLongDoubleDType = type(dtype("G"))
