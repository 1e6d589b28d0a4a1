"""The functions of `rustsci.lib.scimath`, under the name that the main namespace has for them."""

from __future__ import annotations

from rustsci.lib.scimath import arccos, arcsin, arctanh, log, log2, log10, logn, power, sqrt

__all__ = [
    "arccos",
    "arcsin",
    "arctanh",
    "log",
    "log2",
    "log10",
    "logn",
    "power",
    "sqrt",
]
