"""Collecting one module that is imported by its name, like any program imports it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path


class NamedModule(pytest.Module):
    """A test module that Python's import system loads, wherever its file is."""

    module_name: str

    def _getobj(self) -> Any:
        try:
            return import_module(self.module_name)
        except Exception as error:
            raise self.CollectError(f"{type(error).__name__}: {error}") from error


class Collector:
    """A pytest plugin that collects one module."""

    def __init__(self, module_name: str) -> None:
        self.module_name = module_name

    def pytest_pycollect_makemodule(self, module_path: Path, parent: pytest.Collector) -> NamedModule:
        module = NamedModule.from_parent(parent, path=module_path)
        module.module_name = self.module_name
        return module
