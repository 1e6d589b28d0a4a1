"""The interpreters that rustsci is built into, each in turn."""

from __future__ import annotations

import pytest

from tests.python.interpreters import ALL, Interpreter


@pytest.fixture(params=ALL, ids=lambda interpreter: interpreter.name)
def interpreter(request: pytest.FixtureRequest) -> Interpreter:
    chosen: Interpreter = request.param
    if chosen.missing:
        pytest.skip(chosen.missing)
    return chosen
