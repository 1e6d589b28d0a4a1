"""The ``.npy`` format: one array, with its shape and dtype, in a file.

What `save`, `load` and `savez` are made of, for programs that keep arrays among other things in a file.
"""

from __future__ import annotations

from rustsci.files.npy_array import BUFFER_SIZE, isfileobj, read_array, write_array
from rustsci.files.npy_header import (
    ARRAY_ALIGN,
    EXPECTED_KEYS,
    GROWTH_AXIS_MAX_DIGITS,
    MAGIC_LEN,
    MAGIC_PREFIX,
    descr_to_dtype,
    dtype_to_descr,
    header_data_from_array_1_0,
    magic,
    read_array_header_1_0,
    read_array_header_2_0,
    read_magic,
    write_array_header_1_0,
    write_array_header_2_0,
)
from rustsci.files.npy_memmap import open_memmap

__all__ = [
    "ARRAY_ALIGN",
    "BUFFER_SIZE",
    "EXPECTED_KEYS",
    "GROWTH_AXIS_MAX_DIGITS",
    "MAGIC_LEN",
    "MAGIC_PREFIX",
    "descr_to_dtype",
    "dtype_to_descr",
    "header_data_from_array_1_0",
    "isfileobj",
    "magic",
    "open_memmap",
    "read_array",
    "read_array_header_1_0",
    "read_array_header_2_0",
    "read_magic",
    "write_array",
    "write_array_header_1_0",
    "write_array_header_2_0",
]
