"""The examples in docstrings run and show what they say."""

from __future__ import annotations

import doctest
import importlib
import inspect
from pathlib import Path

import pytest

_FLAGS = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
# By their files: an interpreter in which they are built in has none to list. The command line runs a program
# when it is imported.
SOURCES = Path(__file__).parents[2] / "python"
MODULES = sorted(
    ".".join(path.relative_to(SOURCES).with_suffix("").parts).removesuffix(".__init__")
    for path in SOURCES.rglob("*.py")
    if path.name != "__main__.py" and path.parent != SOURCES
)


def public_objects(module_name: str) -> dict[str, object]:
    """What a module contributes to a public namespace, functions without the wrapper of overrides."""
    module = importlib.import_module(module_name)
    objects = {name: getattr(module, name) for name in getattr(module, "__all__", ())}
    return {
        name: inspect.unwrap(value) if callable(value) else value
        for name, value in objects.items()
        if not inspect.ismodule(value)
    }


@pytest.mark.parametrize("module_name", MODULES)
def test_examples(module_name: str) -> None:
    finder = doctest.DocTestFinder(exclude_empty=True)
    runner = doctest.DocTestRunner(optionflags=_FLAGS, verbose=False)
    complaints: list[str] = []

    for name, value in public_objects(module_name).items():
        for test in finder.find(value, name, module=False, globs={}):
            runner.run(test, out=complaints.append)

    assert not complaints, "".join(complaints)
