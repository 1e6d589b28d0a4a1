"""``python -m rustsci`` leaves a program everything as ``python`` would, except that NumPy is rustsci."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
import zipfile
from pathlib import Path

import pytest

from rustsci.version import numpy_version, version

PYTHON = [sys.executable]
RUSTSCI = [sys.executable, "-m", "rustsci"]

WHAT_A_PROGRAM_SEES = """
import os, sys
main = sys.modules["__main__"]
print(sys.argv, sys.path[0], __name__, __package__, __spec__ and __spec__.name, main.__dict__ is globals())
print(globals().get("__file__"), globals().get("__cached__"), type(__loader__), __builtins__, __doc__)
print(sorted(name for name in globals() if name not in ("os", "sys", "main")))
"""


def run(
    command: list[str], *arguments: str, folder: Path | None = None, stdin: str = ""
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*command, *arguments], cwd=folder, input=stdin, capture_output=True, text=True, check=False
    )


def python_code(source: str) -> str:
    return textwrap.dedent(source).lstrip()


def assert_same(folder: Path, *arguments: str, stdin: str = "") -> None:
    """Run by Python and by us, and find no difference."""
    theirs = run(PYTHON, *arguments, folder=folder, stdin=stdin)
    ours = run(RUSTSCI, *arguments, folder=folder, stdin=stdin)

    assert ours.stdout == theirs.stdout
    assert ours.stderr.replace(f"{sys.executable} -m rustsci:", f"{sys.executable}:") == theirs.stderr
    assert ours.returncode == theirs.returncode


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "program.py").write_text('"""A program."""\n' + WHAT_A_PROGRAM_SEES)
    (tmp_path / "beside.py").write_text("value = 5\n")
    package = tmp_path / "package"
    package.mkdir()
    (package / "__init__.py").write_text("print('the package')\n")
    (package / "__main__.py").write_text(WHAT_A_PROGRAM_SEES)
    (package / "part.py").write_text("from . import __name__ as name\nprint(name)\n" + WHAT_A_PROGRAM_SEES)
    (package / "broken.py").write_text("import nothing_of_this_name\n")
    with zipfile.ZipFile(tmp_path / "program.pyz", "w") as archive:
        archive.writestr("__main__.py", WHAT_A_PROGRAM_SEES)
    return tmp_path


@pytest.mark.parametrize(
    "arguments",
    [
        ["program.py", "-x", "1"],
        ["package/../program.py"],
        ["package", "a"],
        ["program.pyz", "a"],
        ["-m", "program", "-m", "b"],
        ["-mprogram"],
        ["-m", "package", "c"],
        ["-m", "package.part"],
        ["-c", WHAT_A_PROGRAM_SEES, "d"],
        ["-c" + WHAT_A_PROGRAM_SEES],
        ["-c", "import beside; print(beside.value)"],
    ],
)
def test_a_program_sees_what_python_would_show_it(folder: Path, arguments: list[str]) -> None:
    assert_same(folder, *arguments)


def test_a_program_can_come_from_standard_input(folder: Path) -> None:
    assert_same(folder, "-", "a", stdin=WHAT_A_PROGRAM_SEES)


@pytest.mark.parametrize(
    "arguments",
    [
        ["no.py"],
        ["-m", "no"],
        ["-m", "package.no"],
        ["-m", "no.no"],
        ["-m", "json.tool.no"],
        ["-m", "email"],
        ["."],
        ["-m", ".no"],
    ],
)
def test_what_cannot_be_found_is_reported_as_python_does(folder: Path, arguments: list[str]) -> None:
    assert_same(folder, *arguments)


@pytest.mark.parametrize(
    "source",
    [
        "raise SystemExit",
        "raise SystemExit(3)",
        "raise SystemExit('a reason')",
        "import sys; sys.exit(True)",
        "1 / 0",
        "def f():\n    g()\ndef g():\n    raise KeyError('k')\nf()",
        "try:\n    1 / 0\nexcept ZeroDivisionError as error:\n    raise ValueError from error",
        "try:\n    1 / 0\nexcept ZeroDivisionError:\n    [][1]",
        "raise ExceptionGroup('two', [ValueError(1), TypeError(2)])",
        "x = (1,\ny = 2",
        "if True:\nx",
        "'\\ud800'.encode()",
        "import atexit; atexit.register(print, 'at exit'); 1 / 0",
        "import sys\nsys.excepthook = lambda *exception: print(exception[0], exception[2].tb_lineno)\n1 / 0",
        "import warnings; warnings.warn('here', DeprecationWarning)",
        "import threading\nthreading.Thread(target=lambda: print('a thread')).start()\n1 / 0",
        "import pickle\nclass C: pass\nprint(type(pickle.loads(pickle.dumps(C()))) is C)",
        "import inspect\ndef f(): pass\nprint(inspect.getsource(f))",
        "# -*- coding: latin-1 -*-\nprint('plain')",
        "print(__annotations__); x: int = 1; print(__annotations__)",
    ],
)
def test_a_program_ends_as_under_python(tmp_path: Path, source: str) -> None:
    (tmp_path / "program.py").write_text(source + "\n")

    assert_same(tmp_path, "program.py")


@pytest.mark.skipif(sys.platform == "win32", reason="asks POSIX for the signal that ended a process")
def test_an_interrupt_ends_a_program_by_its_signal(tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text("raise KeyboardInterrupt\n")

    ended = run(RUSTSCI, "program.py", folder=tmp_path)

    assert ended.returncode == -signal.SIGINT
    assert ended.stderr.count("\n  File ") == 1


def test_an_error_of_an_imported_module_is_the_programs_own(folder: Path) -> None:
    ended = run(RUSTSCI, "-m", "package.broken", folder=folder)

    assert "ModuleNotFoundError: No module named 'nothing_of_this_name'" in ended.stderr
    assert "_runner.py" not in ended.stderr


def test_numpy_is_rustsci_by_another_name(tmp_path: Path) -> None:
    source = python_code("""
        import sys
        import numpy as np
        import rustsci
        import numpy.lib.format as format
        from numpy.lib import stride_tricks
        from numpy import testing
        import numpy.testing as the_same
        assert np is rustsci is sys.modules["numpy"]
        assert format is rustsci.lib.format is sys.modules["rustsci.lib.format"]
        assert testing is the_same is rustsci.testing
        assert np.__spec__.name == "rustsci" and format.__spec__.name == "rustsci.lib.format"
        assert np.arange(3).sum() == 3
        print(np.__file__ == rustsci.__file__)
    """)

    assert run(RUSTSCI, "-c", source, folder=tmp_path).stdout == "True\n"


def test_a_part_of_numpy_that_is_missing_is_named(tmp_path: Path) -> None:
    ended = run(RUSTSCI, "-c", "import numpy.nonsuch.part", folder=tmp_path)

    assert ended.stderr.endswith(
        "ModuleNotFoundError: No module named 'numpy.nonsuch': rustsci, which serves 'numpy' here, does not "
        "have it\n"
    )


def test_an_installed_numpy_is_hidden(tmp_path: Path) -> None:
    package = tmp_path / "numpy"
    package.mkdir()
    (package / "__init__.py").write_text("raise RuntimeError('the other NumPy')")
    (package / "extra.py").write_text("raise RuntimeError('the other NumPy')")

    ended = run(RUSTSCI, "-c", "import numpy, rustsci; print(numpy is rustsci)", folder=tmp_path)

    assert ended.stdout == "True\n"
    assert "No module named 'numpy.extra'" in run(RUSTSCI, "-c", "import numpy.extra", folder=tmp_path).stderr


def test_help_and_version() -> None:
    assert run(RUSTSCI, "--help").stdout.startswith("usage: python -m rustsci program.py")
    assert run(RUSTSCI, "--version").stdout.startswith("rustsci ")


@pytest.mark.parametrize("arguments", [[], ["-c"], ["-m"], ["--nonsense"]])
def test_a_command_that_makes_no_sense_is_refused(arguments: list[str]) -> None:
    ended = run(RUSTSCI, *arguments)

    assert ended.returncode == 2
    assert ended.stdout == ""
    assert "rustsci" in ended.stderr


def test_programs_find_the_version_of_the_interface() -> None:
    program = "import numpy as np; print(np.__version__, np.lib.NumpyVersion(np.__version__) >= '2.0.0')"

    assert run(RUSTSCI, "-c", program).stdout == f"{numpy_version} True\n"
    assert run(PYTHON, "-c", "import rustsci; print(rustsci.__version__)").stdout == f"{version}\n"


def test_annotations_find_their_names() -> None:
    program = (
        "import numpy as np, numpy.typing as npt; x: npt.NDArray[np.float64]; print(npt.ArrayLike | None)"
    )

    assert run(RUSTSCI, "-c", program).stderr == ""


def test_classes_bear_the_names_that_programs_print(tmp_path: Path) -> None:
    values = "np.arange(3), np.float64(1), np.dtype('f8'), np.add, np.arange(3).flat"
    program = f"import numpy as np; print(*map(type, ({values})), np.exceptions.AxisError)"

    assert_same(tmp_path, "-c", program)


def test_exceptions_bear_the_names_that_tracebacks_show(tmp_path: Path) -> None:
    program = "import numpy as np; np.ones(3).sum(axis=1)"

    theirs, ours = (run(command, "-c", program, folder=tmp_path) for command in (PYTHON, RUSTSCI))

    assert ours.stderr.splitlines()[-1] == theirs.stderr.splitlines()[-1]


def test_pickles_do_not_depend_on_the_name_that_arrays_were_imported_by(tmp_path: Path) -> None:
    values = "(np.arange(3), np.dtype('f4'), np.int8(5))"
    run(
        RUSTSCI,
        "-c",
        f"import pickle, numpy as np; pickle.dump({values}, open('kept', 'wb'))",
        folder=tmp_path,
    )

    again = run(PYTHON, "-c", "import pickle; print(pickle.load(open('kept', 'rb')))", folder=tmp_path)

    assert again.stdout == "(array([0, 1, 2]), dtype('float32'), np.int8(5))\n"
