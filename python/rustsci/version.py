"""The version of rustsci, and of the NumPy interface it follows."""

from __future__ import annotations

__all__ = ["__version__"]

version = "0.1.0"
__version__ = version
full_version = version
short_version = version.partition("+")[0]

#: Whether this is a release rather than a state in between.
release = "dev" not in version and "+" not in version

#: The version of NumPy whose functions, arguments and results are followed.
numpy_version = "2.4.6"
