"""Names that every docstring example may use without importing them."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _example_names(doctest_namespace: dict[str, Any]) -> None:
    import rustsci

    doctest_namespace["np"] = doctest_namespace["rustsci"] = rustsci
