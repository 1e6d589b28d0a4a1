"""``import numpy`` served by rustsci.

`serve_numpy` makes ``numpy`` another name of the very module ``rustsci``, and ``numpy.x`` of ``rustsci.x``: a
class or a function exists once, whichever name it was imported by. A NumPy that is installed is not found any
more. What needs NumPy's C interface, as the compiled parts of matplotlib and pandas do, cannot be served this
way: it imports ``numpy._core.multiarray`` and is told that there is none.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from importlib import import_module
from importlib.machinery import ModuleSpec

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType
    from typing import Any

__all__: list[str] = []

_OURS = __name__.partition(".")[0]
_THEIRS = "numpy"


class _SameModule:
    """A loader that gives out a module that is there already."""

    def __init__(self, module: ModuleType) -> None:
        self._module = module
        self._spec = module.__spec__

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return self._module

    def exec_module(self, module: ModuleType) -> None:
        # The import system has just put the spec of the alias here.
        module.__spec__ = self._spec


class NumpyFinder:
    """Finds ``numpy.x`` as ``rustsci.x``."""

    @classmethod
    def find_spec(
        cls, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return how ``numpy`` and its submodules are loaded; None for any other module."""
        top, dot, rest = fullname.partition(".")
        if top != _THEIRS:
            return None
        own = _OURS + dot + rest
        try:
            module = import_module(own)
        except ModuleNotFoundError as error:
            if error.name is None or not own.startswith(error.name):
                raise
            raise ModuleNotFoundError(
                f"No module named {fullname!r}: rustsci, which serves 'numpy' here, does not have it",
                name=fullname,
            ) from None
        loader: Any = _SameModule(module)
        return ModuleSpec(fullname, loader, is_package=hasattr(module, "__path__"))


def serve_numpy() -> None:
    """Serve ``import numpy`` in this process from now on; called twice, it does nothing more."""
    if any(name.partition(".")[0] == _THEIRS for name in sys.modules):
        if sys.modules.get(_THEIRS) is sys.modules[_OURS]:
            return
        raise RuntimeError("numpy has been imported: its name can be taken only before")
    sys.meta_path.insert(0, NumpyFinder)
    sys.modules[_THEIRS] = sys.modules[_OURS]
    _answer_as_numpy()


def _answer_as_numpy() -> None:
    """Let the module and its classes say what programs expect of NumPy's: its version, its name."""
    from rustsci import _native, exceptions, version

    for name in ("version", "full_version", "short_version", "__version__"):
        setattr(version, name, version.numpy_version)
    module: Any = sys.modules[_OURS]
    module.__version__ = version.numpy_version
    of_dtypes = {type(module.dtype(kind)) for kind in module.typecodes["All"]}
    modules = (_native, module, exceptions)
    values = (*(value for namespace in modules for value in vars(namespace).values()), *of_dtypes)
    for value in (value for value in values if isinstance(value, type)):
        # A class whose instances have a module of their own tells its own only in `repr`.
        top, dot, rest = repr(value).removeprefix("<class '").removesuffix("'>").partition(".")
        if top == _OURS:
            # An interpreter may refuse to change a class of its core.
            with suppress(TypeError, AttributeError):
                value.__module__ = f"{_THEIRS}{dot}{rest}".rpartition(".")[0]
