"""Serving ``import numpy`` and all its modules with another library, NumPy itself kept out."""

from __future__ import annotations

import inspect
import json
import re
import sys
from functools import partial
from importlib import import_module
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.suites.numpy import placeholder, stand_ins
from tests.suites.numpy.guard import GuardedLoader
from tests.suites.numpy.names import PUBLIC_MODULES
from tests.suites.numpy.placeholder import Placeholder

Names = dict[str, dict[str, dict[str, Any]]]

# Modules for tests alone, and what they are about: they are taken from the wheel as they are, like the tests,
# as soon as there is such a thing. Until then `stand_ins` has what other tests take from them.
TEST_HELPERS = {"numpy.ma.testutils": "numpy.ma"}


class Finder:
    """Finds the tests in the wheel, and nothing else of NumPy."""

    def __init__(self, folder: Path, helpers: set[str]) -> None:
        self.folder = folder
        self.helpers = helpers

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> ModuleSpec | None:
        if fullname.partition(".")[0] != "numpy":
            return None
        file = self.folder.joinpath(*fullname.split(".")[1:])
        if re.search(r"\.tests(\.|$)", fullname) or fullname in self.helpers:
            if file.is_dir():
                spec = ModuleSpec(fullname, None, is_package=True)
                spec.submodule_search_locations = [str(file)]
                return spec
            source = file.with_suffix(".py")
            if source.exists():
                return spec_from_file_location(fullname, source, loader=GuardedLoader(fullname, str(source)))
        raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)


def install(library: str, folder: Path, names: Names) -> None:
    """Put a library in NumPy's place.

    Parameters
    ----------
    library : str
        The module that serves ``numpy``; its submodules serve those of the same name.
    folder : Path
        Where NumPy is installed.
    names : dict
        What `tests.suites.numpy.names` has written.
    """
    if any(name.partition(".")[0] == "numpy" for name in sys.modules):
        raise RuntimeError("NumPy has been imported already")
    helpers = {helper for helper, subject in TEST_HELPERS.items() if _our_module(library, subject)}
    sys.meta_path.insert(0, Finder(folder, helpers))
    for name in sorted(names):
        if name in helpers:
            continue
        ours = _our_module(library, name) if name in PUBLIC_MODULES else None
        sys.modules[name] = ours or _made_up(name)
        # The old name, in pickles for instance.
        sys.modules[name.replace("numpy._core", "numpy.core")] = sys.modules[name]
    Server(library, names, helpers)


def _our_module(library: str, name: str) -> ModuleType | None:
    try:
        return import_module(name.replace("numpy", library, 1))
    except ImportError:
        if name == "numpy":
            raise
        return None


def _made_up(name: str) -> ModuleType:
    module = ModuleType(name, "Made up for NumPy's tests.")
    module.__path__ = []
    module.__file__ = None
    return module


class Server:
    """Answers for names that a module does not have."""

    def __init__(self, library: str, names: Names, helpers: set[str]) -> None:
        self.library = library
        self.helpers = helpers
        self.names = names
        self.modules = {name: sys.modules[name] for name in names if name not in helpers}
        self.made_up = {name for name, module in self.modules.items() if module.__name__ == name}
        # What our modules that load their names when they are asked for answer by themselves.
        self.own_answers = {
            name: vars(module)["__getattr__"]
            for name, module in self.modules.items()
            if "__getattr__" in vars(module)
        }
        for name, module in self.modules.items():
            module.__getattr__ = partial(self.answer, name)  # type: ignore[method-assign]
        # Tests also go through the dictionary of a module.
        for name in self.made_up:
            for attribute, known in names[name].items():
                if "module" in known:
                    continue
                value = self.answer(name, attribute)
                if not isinstance(value, Placeholder):
                    setattr(self.modules[name], attribute, value)
            if name in stand_ins.FILES:
                function = getattr(import_module(library), stand_ins.FILES[name], None)
                self.modules[name].__file__ = (
                    inspect.getsourcefile(inspect.unwrap(function)) if function else None
                )

    def answer(self, name: str, attribute: str) -> Any:
        """Return what a module has not got in its dictionary."""
        try:
            return self.own(name, attribute)
        except AttributeError:
            pass
        full_name = f"{name}.{attribute}"
        if full_name in self.modules:
            return self.modules[full_name]
        if full_name in self.helpers:
            return import_module(full_name)
        try:
            return stand_ins.find(self.library, full_name)
        except AttributeError:
            pass

        known = self.names[name].get(attribute)
        if known is None:
            raise AttributeError(f"module {name!r} has no attribute {attribute!r}")
        if "module" in known:
            return self.modules[known["module"]]
        private = name not in PUBLIC_MODULES
        if private and "value" in known:
            return known["value"]
        for public in known.get("public", []):
            try:
                return self.own(*public.rsplit(".", 1))
            except AttributeError:
                continue
        # What NumPy itself does not publish is not missing here.
        private = private and not known.get("public")
        if private or placeholder.collecting:
            return Placeholder(f"{full_name} does not exist", skips=private)
        raise AttributeError(f"module {name!r} has no attribute {attribute!r}")

    def own(self, name: str, attribute: str) -> Any:
        """Return an attribute that a module of ours has, without anything that stands in for it."""
        if name not in self.made_up:
            module = self.modules[name]
            if attribute in vars(module):
                return vars(module)[attribute]
            if name in self.own_answers:
                return self.own_answers[name](attribute)
        raise AttributeError(f"module {name!r} has no attribute {attribute!r}")


def read_names(path: Path) -> Names:
    """Return what `tests.suites.numpy.names` has written."""
    names: Names = json.loads(path.read_text())
    return names
