"""What numbers may come in besides a list."""

from __future__ import annotations

import array
from collections import deque
from collections.abc import Callable
from importlib.util import find_spec
from random import Random
from typing import Any

import rustsci

# Makes the same numbers as those of a list once more, in a container.
Make = Callable[[], Any]


def _numpy(data: list[Any], random: Random) -> Any:
    import numpy

    if all(type(x) is float for x in data):
        dtype = random.choice(("float64", "float32", "float16", ">f8", "object"))
    elif all(type(x) is bool for x in data):
        dtype = random.choice(("bool", "int8", "object"))
    else:
        dtype = random.choice(("int64", "uint64", "int16", "float64", "object"))
    with numpy.errstate(all="ignore"):
        found = numpy.array(data, dtype=object).astype(dtype)
    return found[::-1] if random.random() < 0.3 else found


def _ours(data: list[Any], random: Random) -> Any:
    return rustsci.array(data, dtype="float64" if any(type(x) is float for x in data) else "int64")


def _array(data: list[Any], random: Random) -> Any:
    return array.array("d" if any(type(x) is float for x in data) else "q", data)


def _pandas(data: list[Any], random: Random) -> Any:
    import pandas

    return pandas.Series(_numpy(data, random).astype(float), index=range(5, 5 + len(data)))


def _polars(data: list[Any], random: Random) -> Any:
    import polars

    return polars.Series(_array(data, random).tolist())


def _pyarrow(data: list[Any], random: Random) -> Any:
    import pyarrow

    return pyarrow.array(_array(data, random).tolist())


_OF_NUMBERS = [_ours, _array] + [
    make
    for library, make in (
        ("numpy", _numpy),
        ("pandas", _pandas),
        ("polars", _polars),
        ("pyarrow", _pyarrow),
    )
    if find_spec(library)
]


def _listed(container: Any) -> list[Any]:
    """What the library itself makes a list of."""
    name = next(name for name in ("to_pylist", "to_list", "tolist") if hasattr(container, name))
    return list(getattr(container, name)())


def contained(data: list[Any], random: Random) -> tuple[list[Any], str, Make]:
    """The numbers as a list (those of some containers are not quite those that were put in), the name of a
    container, and what makes it."""
    choice = random.random()
    if choice < 0.5:
        return data, "list", lambda: data
    if choice < 0.7 or not all(type(x) in (bool, int, float) for x in data):
        name, make = random.choice(
            (
                ("tuple", lambda: tuple(data)),
                ("iterator", lambda: iter(data)),
                ("deque", lambda: deque(data)),
            )
        )
        return data, name, make
    build = random.choice(_OF_NUMBERS)
    try:
        container = build(data, random)
    except (OverflowError, TypeError, ValueError):
        # Numbers that the container has no room for.
        return data, "list", lambda: data
    return _listed(container), build.__name__.removeprefix("_"), lambda: container
