"""``python -m rustsci``: run a program whose ``import numpy`` is rustsci.

The program finds everything as ``python program.py`` would leave it: ``sys.argv``, ``sys.path[0]``,
``__main__`` and its ``__file__``; an exception shows the program's own frames and gives the same status.
"""

from __future__ import annotations

import os
import sys

from rustsci._numpy_finder import serve_numpy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from importlib.machinery import ModuleSpec
    from types import CodeType, TracebackType
    from typing import Any, NoReturn

__all__: list[str] = []

USAGE = """\
usage: python -m rustsci program.py [argument ...]
       python -m rustsci -m module [argument ...]
       python -m rustsci -c code [argument ...]
       python -m rustsci - [argument ...]        (the program is read from standard input)

Run a Python program with `import numpy` and its submodules served by rustsci. A NumPy that is
installed is hidden from the program. Other Python processes that it starts are ordinary ones.

options:
  -h, --help     show this text and exit
  -V, --version  show the versions of rustsci and of the NumPy interface it offers, and exit
"""


def main(arguments: list[str]) -> None:
    """Run what the command line after ``python -m rustsci`` asks for."""
    if not arguments:
        sys.stderr.write(USAGE)
        sys.exit(2)
    first, rest = arguments[0], arguments[1:]
    if first in ("-h", "--help"):
        sys.stdout.write(USAGE)
        return
    if first in ("-V", "--version"):
        from rustsci.version import numpy_version, version

        print(f"rustsci {version} (the interface of NumPy {numpy_version})")
        return

    serve_numpy()
    if first == "-":
        _run(lambda: _execute_text(sys.stdin.buffer.read(), "<stdin>", arguments))
        return
    option, attached = first[:2], first[2:]
    if option in ("-c", "-m"):
        if attached:
            rest.insert(0, attached)
        if not rest:
            _refuse(f"argument expected for the {option} option", 2)
        if option == "-c":
            _run(lambda: _execute_text(rest[0], "<string>", ["-c", *rest[1:]]))
        else:
            _run(lambda: _execute_module(rest[0], rest[1:]))
        return
    if first.startswith("-"):
        _refuse(f"unknown option {first}", 2)
    if os.path.isdir(first) or (not first.endswith(".py") and _is_zip(first)):
        _run(lambda: _execute_directory(first, arguments))
    else:
        _run(lambda: _execute_file(first, arguments))


def _refuse(reason: str, status: int) -> NoReturn:
    sys.stderr.write(f"{sys.executable} -m rustsci: {reason}\n")
    sys.exit(status)


def _run(execute: Callable[[], None]) -> None:
    """Call `execute`, and show an exception without the frames of this module."""
    try:
        execute()
    except SystemExit:
        raise
    except BaseException as error:
        error.__traceback__ = _own_frames(error.__traceback__)
        sys.excepthook(type(error), error, error.__traceback__)
        # Raising on makes Python end as for any exception, by a signal where it is Ctrl-C, but say no more.
        sys.excepthook = _say_nothing
        raise


def _own_frames(traceback: TracebackType | None) -> TracebackType | None:
    """Return the part of a traceback that begins in the program."""
    while traceback is not None:
        name = traceback.tb_frame.f_code.co_filename
        if name != __file__ and not name.startswith("<frozen importlib"):
            break
        traceback = traceback.tb_next
    return traceback


def _say_nothing(*exception: object) -> None:
    pass


def _execute_text(text: str | bytes, name: str, argv: list[str]) -> None:
    from importlib.machinery import BuiltinImporter

    attributes: dict[str, Any] = {"__loader__": BuiltinImporter}
    if name == "<stdin>":
        attributes |= {"__file__": name, "__cached__": None}
    _execute(compile(text, name, "exec", dont_inherit=True), attributes, argv, "")


def _execute_file(program: str, argv: list[str]) -> None:
    from importlib.machinery import SourceFileLoader

    path = os.path.join(os.getcwd(), program)
    try:
        with open(path, "rb") as file:
            source = file.read()
    except OSError as error:
        _refuse(f"can't open file {path!r}: [Errno {error.errno}] {error.strerror}", 2)
    loader = SourceFileLoader("__main__", path)
    attributes = {"__file__": path, "__loader__": loader, "__cached__": None}
    _execute(loader.source_to_code(source, path), attributes, argv, os.path.dirname(os.path.realpath(path)))


def _execute_directory(program: str, argv: list[str]) -> None:
    """Run the ``__main__.py`` in a directory or a ZIP archive."""
    from pkgutil import get_importer

    path = os.path.abspath(program)
    importer = get_importer(path)
    spec = None if importer is None else importer.find_spec("__main__")
    if spec is None:
        _refuse(f"can't find '__main__' module in {path!r}", 1)
    _execute_spec(spec, argv, path)


def _execute_module(name: str, argv: list[str]) -> None:
    from importlib.util import find_spec

    if name.startswith("."):
        _refuse("Relative module names not supported", 1)
    # While a package is imported on the way, the path of the module is not yet known.
    sys.argv[:] = ["-m", *argv]
    target = name
    try:
        spec = find_spec(name)
        if spec is not None and spec.submodule_search_locations is not None:
            target = f"{name}.__main__"
            spec = find_spec(target)
    except ModuleNotFoundError as error:
        # What the module itself fails to import is the program's own error.
        if error.name is None or not f"{name}.".startswith(f"{error.name}."):
            raise
        _refuse(f"Error while finding module specification for {name!r} (ModuleNotFoundError: {error})", 1)
    if spec is None:
        why = f"; {name!r} is a package and cannot be directly executed" if target != name else ""
        _refuse(f"No module named {target}{why}", 1)
    _execute_spec(spec, [spec.origin or name, *argv], os.getcwd())


def _execute_spec(spec: ModuleSpec, argv: list[str], path: str) -> None:
    loader: Any = spec.loader
    code = loader.get_code(spec.name)
    if code is None:
        _refuse(f"No code object available for {spec.name}", 1)
    attributes = {
        "__file__": spec.origin,
        "__loader__": loader,
        "__cached__": spec.cached,
        "__package__": spec.parent,
        "__spec__": spec,
    }
    _execute(code, attributes, argv, path)


def _execute(code: CodeType, attributes: dict[str, Any], argv: list[str], path: str) -> None:
    """Run `code` as ``__main__``."""
    import builtins
    from types import ModuleType

    module = ModuleType("__main__")
    vars(module).update({"__builtins__": builtins, **attributes})
    # Up to Python 3.13 the main module has annotations from the beginning.
    if "__annotations__" in vars(sys.modules["__main__"]):
        module.__annotations__ = {}
    sys.modules["__main__"] = module
    sys.argv[:] = argv
    if not sys.flags.safe_path:
        # In place of the working directory, which -m put there.
        sys.path[0] = path
    exec(code, vars(module))


def _is_zip(path: str) -> bool:
    from zipfile import is_zipfile

    return is_zipfile(path)
