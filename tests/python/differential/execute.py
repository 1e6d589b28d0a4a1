"""Runs a program with ``np`` bound to one of the two libraries."""

from __future__ import annotations

import builtins
import math
import warnings
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from tests.python.differential.program import Program
from tests.python.oracle import numpy, there


@dataclass(frozen=True)
class Outcome:
    """What a run left behind.

    Attributes
    ----------
    variables
        Every name the program bound, in the order of binding, with its final value.
    error
        The exception that ended the program, if one did.
    warnings
        Category and message of each warning, in order.
    """

    variables: dict[str, Any]
    error: BaseException | None
    warnings: tuple[tuple[type[Warning], str], ...]


def run(program: Program, library: ModuleType) -> Outcome:
    """Run ``program`` on ``library``.

    Exceptions that do not derive from `Exception` are kept too: a panic in the extension is one.
    """
    given = {"np": library, "nan": math.nan, "inf": math.inf, "__builtins__": builtins}
    namespace: dict[str, Any] = dict(given)
    error: BaseException | None = None
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            exec(compile(program.source, "<program>", "exec"), namespace)
        except KeyboardInterrupt:
            raise
        except BaseException as raised:
            error = raised
    variables = {
        name: value
        for name, value in namespace.items()
        if name not in given and name != "__warningregistry__"
    }
    return Outcome(variables, error, tuple((warning.category, str(warning.message)) for warning in caught))


def run_on_numpy(program: Program) -> Outcome:
    """Run ``program`` on NumPy, in whatever process that is."""
    return there(run)(program, numpy)
