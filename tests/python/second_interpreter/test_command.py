"""The command line of rustsci-python: what it runs, and how that ends."""

from __future__ import annotations

import os
import select
import subprocess
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.python.interpreters import ALL, Interpreter


def test_runs_scripts_that_read_and_write_files(interpreter: Interpreter, tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import numpy as np\n"
        "np.save('a.npy', np.arange(3))\n"
        "print(np.load('a.npy'))\n"
        "np.savetxt('a.txt', np.eye(2))\n"
    )

    done = interpreter.run("script.py", folder=tmp_path)

    assert (done.code, done.out) == (0, "[0 1 2]\n"), done.err
    assert (tmp_path / "a.txt").read_text().startswith("1.0")


def test_a_script_finds_the_modules_beside_it(interpreter: Interpreter, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "helper.py").write_text("import numpy\nvalue = numpy.arange(4).sum()\n")
    (tmp_path / "there" / "script.py").write_text(
        "import os, sys, helper\nprint(helper.value, __name__, os.path.basename(__file__), sys.argv[1:])\n"
    )

    done = interpreter.run("there/script.py", "-x", "y", folder=tmp_path)

    assert (done.code, done.out) == (0, "6 __main__ script.py ['-x', 'y']\n"), done.err


@pytest.mark.parametrize("packed", [False, True], ids=["folder", "archive"])
def test_runs_what_holds_a_main(interpreter: Interpreter, tmp_path: Path, packed: bool) -> None:
    files = {"__main__.py": "import helper\nprint(helper.value, __name__)\n", "helper.py": "value = 5\n"}
    program = tmp_path / "program"
    if packed:
        with ZipFile(program, "w") as archive:
            for name, text in files.items():
                archive.writestr(name, text)
    else:
        program.mkdir()
        for name, text in files.items():
            (program / name).write_text(text)

    done = interpreter.run("program", folder=tmp_path)

    assert (done.code, done.out) == (0, "5 __main__\n"), done.err


def test_runs_modules_of_the_folder_it_is_in(interpreter: Interpreter, tmp_path: Path) -> None:
    (tmp_path / "tool.py").write_text("import sys\nprint(__name__, sys.argv[1:])\nsys.exit(4)\n")

    done = interpreter.run("-m", "tool", "a", folder=tmp_path)

    assert (done.code, done.out) == (4, "__main__ ['a']\n"), done.err


def test_a_file_that_is_missing_is_named(interpreter: Interpreter, tmp_path: Path) -> None:
    done = interpreter.run("missing.py", folder=tmp_path)

    assert (done.code, done.out) == (2, "")
    assert "can't open file 'missing.py': [Errno " in done.err
    assert done.err.endswith("] No such file or directory\n")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--nonsense",), "--nonsense"),
        (("--install-pip",), "pip is not built in"),
        (("-X", "utf8=7", "-c", "1"), "-X utf8=n: n is missing or invalid"),
        (("-X", "time_limit=soon", "-c", "1"), "got 'soon'"),
    ],
)
def test_options_that_have_no_meaning_are_named(
    interpreter: Interpreter, arguments: tuple[str, ...], told: str
) -> None:
    done = interpreter.run(*arguments)

    assert done.code in (1, 2)
    assert (done.out, told in done.err) == ("", True), done.err


def test_site_is_left_out_where_that_is_asked(interpreter: Interpreter) -> None:
    program = "import sys, numpy; print('site' in sys.modules, numpy.arange(3).sum())"

    assert interpreter.run("-c", program).out == "True 3\n"
    assert interpreter.run("-S", "-c", program).out == "False 3\n"


# A block ends without an empty line, and an expression over two lines: neither is so in a session.
PIPED = """import sys
values = [1,
          2]
for value in values:
    print(value)
def double(x):
    doubled = 2 * x

    return doubled
print(double(values[1]), __name__, sys.argv[1:], sys.stdin.read())
"""


@pytest.mark.parametrize("arguments", [(), ("-",), ("-", "first", "second")])
def test_runs_the_program_on_its_standard_input(interpreter: Interpreter, arguments: tuple[str, ...]) -> None:
    done = interpreter.run(*arguments, given=PIPED)

    assert (done.code, done.out) == (0, f"1\n2\n4 __main__ {list(arguments[1:])} \n"), done.err
    assert done.err == ""


def test_a_piped_program_finds_the_files_beside_it(interpreter: Interpreter, tmp_path: Path) -> None:
    (tmp_path / "numbers.txt").write_text("1 2\n3 4\n")

    done = interpreter.run(given="import numpy\nprint(numpy.loadtxt('numbers.txt').sum())\n", folder=tmp_path)

    assert (done.code, done.out) == (0, "10.0\n"), done.err


@pytest.mark.parametrize(
    ("program", "code", "told"),
    [
        ("1 / 0\nprint('not reached')\n", 1, "ZeroDivisionError"),
        ("import sys\nsys.exit(7)\n", 7, ""),
        ("print('not run')\n1 +\n", 1, "SyntaxError"),
    ],
)
def test_a_program_on_standard_input_ends_as_a_script_does(
    interpreter: Interpreter, program: str, code: int, told: str
) -> None:
    done = interpreter.run(given=program)

    assert (done.code, done.out) == (code, ""), done.err
    assert told in done.err


SESSION = """import numpy as np
a = [1,
2]
for x in a:
    print(x)

@np.vectorize
def double(x):
    return 2 * x

double(a)
1 / 0
x = (3
)
x +
_
'''over
two lines'''
"""


def test_a_session_reads_statements_and_shows_values(interpreter: Interpreter) -> None:
    done = interpreter.run("-i", given=SESSION + "import sys; sys.exit(x)\n")

    expected = ["1", "2", "array([2, 4])", "array([2, 4])", r"'over\ntwo lines'"]
    assert done.out.splitlines() == expected, done.err
    assert done.code == 3
    assert "ZeroDivisionError: division by zero" in done.err
    assert "SyntaxError" in done.err
    assert "codeop" not in done.err


@pytest.mark.parametrize(
    ("startup", "told"),
    [("x = 6", ""), ("x = 6; 1 / 0", "ZeroDivisionError"), (None, "PYTHONSTARTUP: cannot read 'startup.py'")],
)
def test_a_session_begins_with_what_the_environment_names(
    interpreter: Interpreter, tmp_path: Path, startup: str | None, told: str
) -> None:
    named = {"PYTHONSTARTUP": "startup.py"}
    if startup is not None:
        (tmp_path / "startup.py").write_text(startup)
    statement = "x + 1" if startup else "7"

    session = interpreter.run("-i", given=f"{statement}\n", folder=tmp_path, environment=named)
    program = interpreter.run("-c", "print('x' in globals())", folder=tmp_path, environment=named)
    isolated = interpreter.run("-E", "-i", given="'x' in globals()\n", folder=tmp_path, environment=named)

    assert (session.code, session.out) == (0, "7\n"), session.err
    assert told in session.err
    assert program.out == "False\n"
    assert isolated.out == "False\n"


@pytest.mark.parametrize(
    ("program", "told"),
    [("x = 6", ""), ("x = 6; 1 / 0", "ZeroDivisionError"), ("x = 6; raise SystemExit(3)", "SystemExit: 3")],
)
@pytest.mark.parametrize("named", [False, True], ids=["text", "file"])
def test_a_session_follows_a_program_that_is_to_be_inspected(
    interpreter: Interpreter, tmp_path: Path, program: str, told: str, named: bool
) -> None:
    (tmp_path / "script.py").write_text(program)
    what = ("script.py",) if named else ("-c", program)

    done = interpreter.run("-i", *what, given="x + 1\n", folder=tmp_path)

    assert (done.code, done.out) == (0, "7\n"), done.err
    assert told in done.err
    assert "RustPython" not in done.err


def test_a_program_sees_the_variables_that_are_named(interpreter: Interpreter, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "beside.py").write_text("word = 'found'")
    named = {"PYTHONPATH": "folder", "WORDS": "one = two\nthree", "EMPTY": ""}
    program = "import beside, os; print(beside.word, [os.environ[name] for name in ('WORDS', 'EMPTY')])"

    done = interpreter.run("-c", program, folder=tmp_path, environment=named)

    assert (done.code, done.out) == (0, f"found {[named['WORDS'], named['EMPTY']]}\n"), done.err


def test_a_sandbox_shows_nothing_else_of_the_environment(
    interpreter: Interpreter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET", "told to nobody")

    done = interpreter.run("-c", "import os; print('SECRET' in os.environ)")

    assert done.out == f"{not interpreter.sandboxed}\n", done.err


def test_a_session_in_a_terminal_completes_names(tmp_path: Path) -> None:
    if ALL[0].missing:
        pytest.skip(ALL[0].missing)
    ours, theirs = os.openpty()
    environment = {**os.environ, "TERM": "xterm", "PYTHON_HISTORY": str(tmp_path / "history")}
    session = subprocess.Popen(
        ALL[0].command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, start_new_session=True
    )
    os.close(theirs)

    def until(text: str) -> str:
        seen = ""
        while text not in seen:
            if not select.select([ours], [], [], 60)[0]:
                session.kill()
                pytest.fail(f"no {text!r} in what the session shows: {seen!r}")
            seen += os.read(ours, 4096).decode(errors="replace")
        return seen

    until(">>>")
    os.write(ours, b"import numpy as np\r")
    until(">>>")
    os.write(ours, b"np.aran\t")
    until("np.arange(")
    os.write(ours, b"3).sum() * 1000\r")
    until("np.int64(3000)")
    os.write(ours, b"exit()\r")

    assert session.wait(60) == 0
    assert "np.arange(3).sum() * 1000" in (tmp_path / "history").read_text()
    os.close(ours)
