"""Functions take the arguments that NumPy's of the same name take."""

from __future__ import annotations

import inspect
from types import FunctionType
from typing import Any

import pytest

import rustsci
from tests.python.oracle import numpy, signature


def parameters(function: Any) -> list[tuple[str, str, str]]:
    """Name, kind and default of each parameter.

    ``keepdims=<no value>`` means false too: the axes are not kept.
    """
    described = []
    for parameter in signature(function).parameters.values():
        default = repr(parameter.default)
        if parameter.name == "keepdims" and default == "<no value>":
            default = "False"
        described.append((parameter.name, parameter.kind.name, default))
    return described


def written_in_python() -> list[str]:
    names = []
    for name in numpy.__all__:
        ours = getattr(rustsci, name, None)
        if isinstance(inspect.unwrap(ours), FunctionType) and not inspect.isclass(getattr(numpy, name)):
            names.append(name)
    return names


# NumPy shows None where it tells None from nothing: where(condition, None, None) has three arguments.
_UNTRUTHFUL = {"where"}


@pytest.mark.parametrize("name", sorted(set(written_in_python()) - _UNTRUTHFUL))
def test_parameters(name: str) -> None:
    try:
        expected = parameters(getattr(numpy, name))
    except ValueError:
        pytest.skip("NumPy does not say")

    assert parameters(getattr(rustsci, name)) == expected


@pytest.mark.parametrize("name", sorted(written_in_python()))
def test_names(name: str) -> None:
    ours = getattr(rustsci, name)

    assert getattr(rustsci, ours.__name__) is ours
    assert ours.__doc__


def test_every_function_has_its_own_documentation() -> None:
    values = {
        id(value): value for name in numpy.__all__ if (value := getattr(rustsci, name, None)) is not None
    }
    functions = [value for value in values.values() if callable(value) and not inspect.isclass(value)]

    assert not [function for function in functions if not function.__doc__]
    assert len({function.__doc__ for function in functions}) == len(functions)
