"""Arrays and floating-point numbers as text.

`options` holds how, `elements` writes single values in columns of one width, `layout` puts them into rows and
brackets, and `arrays` joins the three. ``ndarray.__repr__`` and ``ndarray.__str__`` are `default_repr` and
`default_str`; those of scalars heed `current_options().legacy <options.current_options>`.
"""

from __future__ import annotations

from rustsci.printing.arrays import array2string, array_repr, array_str
from rustsci.printing.arrays import default_repr as default_repr
from rustsci.printing.arrays import default_str as default_str
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
