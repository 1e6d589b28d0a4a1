"""`NpzFile`: what `load` returns for an ``.npz`` archive."""

from __future__ import annotations

from rustsci.files.npz import NpzFile

__all__ = ["NpzFile"]
