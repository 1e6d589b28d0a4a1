"""The start of an ``.npy`` file: the magic string and the header that describes the array.

Layout (NumPy's NEP 1)::

    \\x93NUMPY  major minor  length  {'descr': ..., 'fortran_order': ..., 'shape': ..., }  padding \\n

The length is two bytes in version 1.0 and four in 2.0 and 3.0, little-endian; the text is latin-1 up to 2.0
and UTF-8 in 3.0. Spaces pad it so that the data begin at a multiple of 64 bytes and can be memory-mapped.

A file may come from anyone, so nothing here trusts it: what is malformed is a `ValueError`.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

from rustsci._native import dtype

if TYPE_CHECKING:
    from typing import Any

    from rustsci._native import ndarray

MAGIC_PREFIX = b"\x93NUMPY"
MAGIC_LEN = len(MAGIC_PREFIX) + 2
ARRAY_ALIGN = 64
EXPECTED_KEYS = {"descr", "fortran_order", "shape"}
GROWTH_AXIS_MAX_DIGITS = 21
MAX_HEADER_SIZE = 10000

# version -> (bytes of the length field, encoding of the text)
_VERSIONS = {(1, 0): (2, "latin1"), (2, 0): (4, "latin1"), (3, 0): (4, "utf8")}


def check_version(version: tuple[int, int] | None) -> None:
    """Refuse a format version that does not exist."""
    if version is not None and version not in _VERSIONS:
        raise ValueError(f"we only support format version (1,0), (2,0), and (3,0), not {version}")


def magic(major: int, minor: int) -> bytes:
    """
    Return the magic string of a format version.

    Parameters
    ----------
    major, minor : int
        The version, each from 0 to 255.

    Returns
    -------
    bytes
        The eight bytes with which such a file begins.

    Examples
    --------
    >>> from rustsci.lib import format
    >>> format.magic(1, 0)
    b'\\x93NUMPY\\x01\\x00'
    """
    if not 0 <= major < 256:
        raise ValueError("major version must be 0 <= major < 256")
    if not 0 <= minor < 256:
        raise ValueError("minor version must be 0 <= minor < 256")
    return MAGIC_PREFIX + bytes([major, minor])


def read_magic(fp: Any) -> tuple[int, int]:
    """
    Read the magic string and return the format version that it names.

    Parameters
    ----------
    fp : file-like
        A binary file at the first byte of the array.

    Returns
    -------
    major, minor : int

    Examples
    --------
    >>> import io
    >>> from rustsci.lib import format
    >>> format.read_magic(io.BytesIO(b"\\x93NUMPY\\x02\\x00"))
    (2, 0)
    """
    start = read_exactly(fp, MAGIC_LEN, "magic string")
    if start[:-2] != MAGIC_PREFIX:
        raise ValueError(f"the magic string is not correct; expected {MAGIC_PREFIX!r}, got {start[:-2]!r}")
    return start[-2], start[-1]


def read_exactly(fp: Any, size: int, what: str) -> bytes:
    """Read `size` bytes, however few a single ``read`` gives; `ValueError` where the file ends before."""
    data = b""
    while len(data) < size:
        piece = fp.read(size - len(data))
        if not piece:
            raise ValueError(f"EOF: reading {what}, expected {size} bytes got {len(data)}")
        data += piece
    return data


def dtype_to_descr(dtype: dtype) -> str:
    """
    Return the header's spelling of a dtype.

    Examples
    --------
    >>> import rustsci as np
    >>> from rustsci.lib import format
    >>> format.dtype_to_descr(np.dtype(np.float32))
    '<f4'
    """
    descr: str = dtype.str
    return descr


def descr_to_dtype(descr: Any) -> dtype:
    """
    Return the dtype that a header's ``descr`` spells; the inverse of `dtype_to_descr`.

    Examples
    --------
    >>> from rustsci.lib import format
    >>> format.descr_to_dtype("<f4")
    dtype('float32')
    """
    return dtype(descr)


def header_data_from_array_1_0(array: ndarray) -> dict[str, Any]:
    """
    Return what a header says of `array`, as a dictionary.

    An array that is neither C- nor Fortran-contiguous is written in C order.

    Examples
    --------
    >>> import rustsci as np
    >>> from rustsci.lib import format
    >>> format.header_data_from_array_1_0(np.zeros((2, 3)))
    {'shape': (2, 3), 'fortran_order': False, 'descr': '<f8'}
    """
    flags = array.flags
    return {
        "shape": array.shape,
        "fortran_order": bool(flags.f_contiguous and not flags.c_contiguous),
        "descr": dtype_to_descr(array.dtype),
    }


def write_array_header_1_0(fp: Any, d: dict[str, Any]) -> None:
    """
    Write the magic string and the header `d` in version 1.0.

    Parameters
    ----------
    fp : file-like
        A binary file open for writing.
    d : dict
        As `header_data_from_array_1_0` gives.
    """
    write_array_header(fp, d, (1, 0))


def write_array_header_2_0(fp: Any, d: dict[str, Any]) -> None:
    """
    Write the magic string and the header `d` in version 2.0, which allows a header of up to 4 GiB.

    Parameters
    ----------
    fp : file-like
        A binary file open for writing.
    d : dict
        As `header_data_from_array_1_0` gives.
    """
    write_array_header(fp, d, (2, 0))


def write_array_header(fp: Any, d: dict[str, Any], version: tuple[int, int] | None) -> None:
    """Write the magic string and the header `d`; version None takes the lowest that can hold it."""
    check_version(version)
    text = _header_text(d)
    if version is not None:
        fp.write(_encode_header(text, version))
        return
    for candidate in _VERSIONS:
        try:
            start = _encode_header(text, candidate)
        except (ValueError, UnicodeEncodeError):
            continue
        break
    if candidate != (1, 0):
        warnings.warn(
            f"the array is stored in format {candidate[0]}.0, as its header does not fit an older one",
            UserWarning,
            stacklevel=3,
        )
    fp.write(start)


def _header_text(d: dict[str, Any]) -> str:
    text = "{" + "".join(f"{key!r}: {value!r}, " for key, value in sorted(d.items())) + "}"
    # Room for the length of the outermost axis to grow in place, for programs that append to a file.
    shape = d["shape"]
    if shape:
        growing = shape[-1 if d["fortran_order"] else 0]
        text += " " * (GROWTH_AXIS_MAX_DIGITS - len(repr(growing)))
    return text


def _encode_header(text: str, version: tuple[int, int]) -> bytes:
    length_size, encoding = _VERSIONS[version]
    encoded = text.encode(encoding)
    start = MAGIC_LEN + length_size
    padding = ARRAY_ALIGN - (start + len(encoded) + 1) % ARRAY_ALIGN
    length = len(encoded) + padding + 1
    if length >= 256**length_size:
        raise ValueError(f"Header length {length} too big for version={version}")
    return magic(*version) + length.to_bytes(length_size, "little") + encoded + b" " * padding + b"\n"


def read_array_header_1_0(
    fp: Any, max_header_size: int = MAX_HEADER_SIZE
) -> tuple[tuple[int, ...], bool, dtype]:
    """
    Read a version 1.0 header; the magic string has been read.

    Parameters
    ----------
    fp : file-like
        A binary file just after the magic string.
    max_header_size : int, optional
        The longest header to accept.

    Returns
    -------
    shape : tuple of int
    fortran_order : bool
    dtype : dtype

    Raises
    ------
    ValueError
        If the header is cut short, too long, or does not describe an array.
    """
    return read_array_header(fp, (1, 0), max_header_size)


def read_array_header_2_0(
    fp: Any, max_header_size: int = MAX_HEADER_SIZE
) -> tuple[tuple[int, ...], bool, dtype]:
    """
    Read a version 2.0 header; the magic string has been read.

    Parameters
    ----------
    fp : file-like
        A binary file just after the magic string.
    max_header_size : int, optional
        The longest header to accept.

    Returns
    -------
    shape : tuple of int
    fortran_order : bool
    dtype : dtype

    Raises
    ------
    ValueError
        If the header is cut short, too long, or does not describe an array.
    """
    return read_array_header(fp, (2, 0), max_header_size)


def read_array_header(
    fp: Any, version: tuple[int, int], max_header_size: int
) -> tuple[tuple[int, ...], bool, dtype]:
    """Read the header of an array in format `version`: its shape, memory order and dtype."""
    check_version(version)
    length_size, encoding = _VERSIONS[version]
    length = int.from_bytes(read_exactly(fp, length_size, "array header length"), "little")
    if length > max_header_size:
        raise ValueError(
            f"Header info length ({length}) is large and may not be safe to load securely: "
            f"raise `max_header_size` (now {max_header_size}), or pass `allow_pickle=True` if you fully "
            f"trust the file."
        )
    text = read_exactly(fp, length, "array header").decode(encoding)
    return _check_header(_parse_header(text, version))


def _parse_header(text: str, version: tuple[int, int]) -> Any:
    import ast

    try:
        return ast.literal_eval(text)
    except (SyntaxError, ValueError, TypeError, MemoryError, RecursionError) as error:
        cause = error
    if version < (3, 0):
        # Python 2 wrote long integers as 3L.
        import re

        try:
            header = ast.literal_eval(re.sub(r"(?<=\d)L\b", "", text))
        except (SyntaxError, ValueError, TypeError, MemoryError, RecursionError):
            pass
        else:
            warnings.warn(
                "Reading this file was slowed by a header that Python 2 wrote; save the array again to avoid "
                "this warning.",
                UserWarning,
                stacklevel=5,
            )
            return header
    shown = text if len(text) <= 200 else text[:200] + "..."
    raise ValueError(f"Cannot parse header: {shown!r}") from cause


def _check_header(header: Any) -> tuple[tuple[int, ...], bool, dtype]:
    if not isinstance(header, dict):
        raise ValueError(f"Header is not a dictionary: {header!r}")
    if header.keys() != EXPECTED_KEYS:
        raise ValueError(f"Header does not contain the correct keys: {sorted(map(str, header))!r}")
    shape, fortran_order, descr = header["shape"], header["fortran_order"], header["descr"]
    if not isinstance(shape, tuple) or not all(type(length) is int and length >= 0 for length in shape):
        raise ValueError(f"shape is not valid: {shape!r}")
    if not isinstance(fortran_order, bool):
        raise ValueError(f"fortran_order is not a valid bool: {fortran_order!r}")
    try:
        return shape, fortran_order, descr_to_dtype(descr)
    except (TypeError, ValueError) as error:
        raise ValueError(f"descr is not a valid dtype descriptor: {descr!r}") from error
