"""Arrays and floating-point numbers as text.

`options` holds how, `elements` writes single values in columns of one width, `layout` puts them into rows and
brackets, and `arrays` joins the three into what ``str`` and ``repr`` of an array show.
"""

from __future__ import annotations

from rustsci.printing.arrays import array2string, array_repr, array_str, default_repr, default_str
from rustsci.printing.numbers import format_float_positional, format_float_scientific
from rustsci.printing.options import get_printoptions, printoptions, set_printoptions

__all__ = [
    "array2string",
    "array_repr",
    "array_str",
    "format_float_positional",
    "format_float_scientific",
    "get_printoptions",
    "printoptions",
    "set_printoptions",
]

# What `ndarray.__repr__` and `ndarray.__str__` call.
_entry_points = (default_repr, default_str)
