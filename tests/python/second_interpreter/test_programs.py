"""rustsci inside RustPython, natively and in WASI: the same programs, the same output as NumPy on CPython."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from pathlib import Path

import pytest

from tests.python.interpreters import ALL, Interpreter

pytestmark = pytest.mark.skipif(
    sys.implementation.name != "cpython", reason="starts other interpreters and compares them with CPython"
)

PROGRAMS = {
    "views": """
        import numpy as np
        a = np.arange(10)
        b = a[2:8:2]
        b[:] = -1
        print(a, a.reshape(2, 5).T.flags["F_CONTIGUOUS"])
    """,
    "operators": """
        import numpy as np
        a = np.arange(12.0).reshape(3, 4)
        print(a @ a.T, a**2 - 1, -a % 3, a // 2 > 1, 1 + a[::-1, ::2], ~np.array([True, False]), sep="\\n")
        a += 1
        a[a > 6] = 0
        print(a.sum(axis=0), a.mean(), a.argmax(), divmod(a, 2)[1], sep="\\n")
    """,
    "scalars": """
        import numpy as np
        x = np.float64(2.5)
        print(repr(x), isinstance(x, float), type(x + 1).__name__, hash(x) == hash(2.5), f"{x:.3f}", round(x))
        print(repr(np.int8(100) + 1), repr(np.complex128(1 + 2j) * 2), isinstance(np.complex128(1), complex))
        print([10, 20, 30][np.int64(1)], np.float32(1) / 3, np.uint8(7) << 2, bool(np.False_))
    """,
    "errors": """
        import numpy as np
        for text in ["np.arange(3) + np.arange(4)", "np.zeros(3)[5]", "np.zeros(2).reshape(3)"]:
            try:
                print(eval(text))
            except Exception as error:
                print(type(error).__name__, error)
    """,
    "warnings": """
        import warnings
        import numpy as np
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            np.ones(2) / 0
        print([(warning.category.__name__, str(warning.message)) for warning in caught])
        with np.errstate(divide="raise"):
            try:
                np.ones(2) / 0
            except FloatingPointError as error:
                print(error)
    """,
    "conditions": """
        import warnings
        import numpy as np
        a = np.array([0.0, 1.0, -1.0, np.inf, np.nan, 1e300])
        for text in [
            "np.log(a)", "np.log1p(a)", "np.sqrt(a)", "np.arctanh(a[:3])", "np.exp(a)", "1 / a", "a / 0",
            "a * a", "a - a", "a // 0", "a % 0", "a ** -2", "np.float32(1e30) * np.float32(1e30)",
            "np.float64(1) / 0", "a[3:5] + 1", "np.maximum(a, 1)", "np.add.reduce([1e308] * 3)",
            "np.cumsum([1e308] * 3)", "np.sum([np.inf, -np.inf])", "np.prod(np.full(3, 1e200))",
            "np.mean(a[:4])", "np.hypot(a, 1e308)", "np.array([1, 0]) // np.array([0, 0])",
            "np.array([1, 2]) % 0", "np.reciprocal(a)",
            "np.divide(a, [0, 1, 0, 1, 0, 1], where=[True, True] * 3, out=np.zeros(6))", "np.sin(a)",
            "np.array([1 + 1j]) / 0", "np.complex128(1e200) * 1e200",
            "np.float16(60000) + np.float16(60000)", "np.ldexp(1.0, 5000)", "np.nan > 1",
            "np.power(0.0, -1)", "np.power(1e200, 2)", "np.arccos(a[:3])",
        ]:
            with warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("always")
                eval(text)
            print(text, *[str(warning.message) for warning in caught], sep=": ")
        a[:3] /= 0 * a[:3]
    """,
    "subclasses": """
        import numpy as np
        class Named(np.ndarray):
            def __array_finalize__(self, other):
                self.name = getattr(other, "name", "none")
        a = np.arange(4).view(Named)
        a.name = "a"
        print(type(a[1:]).__name__, a[1:].name, type(a + 1).__name__, a.sum(), a.base is not None)
    """,
    "ufuncs": """
        import numpy as np
        a = np.arange(5.0)
        out = np.empty(5)
        print(np.add(a, 1, out=out) is out, out)
        print(np.multiply.outer(a[:2], a[:3]), np.add.accumulate(a), sep="\\n")
        print(np.maximum.reduce(a), np.sqrt(a, where=a > 1, out=np.zeros(5)), np.modf(1.5), np.add.nin)
    """,
    "memory": """
        import pickle
        import numpy as np
        a = np.arange(6, dtype=np.int16).reshape(2, 3)
        view = memoryview(a[:, ::-1])
        print(view.shape, view.strides, view.format, view.tolist())
        print(np.frombuffer(b"\\x01\\x00\\x02\\x00", dtype=np.int16))
        print(pickle.loads(pickle.dumps(a, 5)).tolist())
    """,
    "submodules": """
        import numpy
        import numpy.exceptions
        from numpy.lib.stride_tricks import sliding_window_view
        print(sliding_window_view(numpy.arange(5), 3), numpy.exceptions.AxisError.__name__)
    """,
}


@pytest.fixture(params=ALL, ids=lambda interpreter: interpreter.name)
def interpreter(request: pytest.FixtureRequest) -> Interpreter:
    chosen: Interpreter = request.param
    if chosen.missing:
        pytest.skip(chosen.missing)
    return chosen


def source(name: str) -> str:
    lines = PROGRAMS[name].strip("\n").splitlines()
    return "\n".join(line[8:] for line in lines)


@pytest.mark.parametrize("name", PROGRAMS)
def test_prints_what_numpy_prints(interpreter: Interpreter, name: str) -> None:
    expected = subprocess.run(
        [sys.executable, "-c", source(name)], capture_output=True, text=True, check=True, timeout=60
    )

    done = interpreter.run("-c", source(name))

    assert (done.code, done.out) == (0, expected.stdout), done.err


def test_numpy_is_another_name_of_rustsci(interpreter: Interpreter) -> None:
    done = interpreter.run(
        "-c", "import numpy, rustsci; print(numpy is rustsci, numpy.testing is rustsci.testing)"
    )

    assert done.out == "True True\n", done.err


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


NESTED = "a = []\nfor _ in range(100_000):\n    a = [a]"

# A module for WASI has no more than that in any case.
FOUR_GIGABYTES = """try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
except ImportError:
    pass"""

# Programs that ask for more depth or memory than there is: an exception that they can catch. The last line
# tells that the interpreter goes on.
EXHAUSTING = {
    "recursion": ("def f(n):\n    return f(n + 1)", "f(0)", "RecursionError"),
    "recursion of a method": (
        "class C:\n    def __getattr__(self, name):\n        return getattr(self, name + '_')",
        "C().x",
        "RecursionError",
    ),
    "repr of nested lists": (f"{NESTED}", "repr(a)", "RecursionError"),
    "comparison of nested lists": (f"{NESTED}\nb = a\n{NESTED}", "a == b", "RecursionError"),
    "array of nested lists": (f"import numpy as np\n{NESTED}", "np.array(a)", "ValueError"),
    "array of nested tuples": (
        "import numpy as np\na = ()\nfor _ in range(100_000):\n    a = (a,)",
        "np.asarray(a, dtype=float)",
        "ValueError",
    ),
    "nested source": ("source = '(' * 100_000 + ')' * 100_000", "eval(source)", "SyntaxError MemoryError"),
    "nested JSON": ("import json", "json.loads('[' * 100_000)", "RecursionError"),
    "array": ("import numpy as np", "np.ones(10**14)", "MemoryError ValueError"),
    "array of ten gigabytes": (
        f"import numpy as np\n{FOUR_GIGABYTES}",
        "np.ones(10**10, 'u1')",
        "MemoryError",
    ),
    "bytes of ten gigabytes": (FOUR_GIGABYTES, "bytearray(10**10)", "MemoryError OverflowError"),
    "list of ten gigabytes": (FOUR_GIGABYTES, "[0] * 10**10", "MemoryError OverflowError"),
    "text of ten gigabytes": (FOUR_GIGABYTES, "'ab' * 10**10", "MemoryError OverflowError"),
    "list": ("", "[0] * 10**14", "MemoryError OverflowError"),
    "bytes": ("", "bytearray(10**14)", "MemoryError OverflowError"),
    "text": ("", "'a' * 10**14", "MemoryError OverflowError"),
}

# In WASI, sizes have 32 bits, and an array with a larger one cannot be described.
WITH_SIZES_OF_32_BITS = {"array of ten gigabytes": "ValueError"}


@pytest.mark.parametrize("name", EXHAUSTING)
def test_what_asks_for_too_much_is_an_exception(interpreter: Interpreter, name: str) -> None:
    before, expression, exceptions = EXHAUSTING[name]
    if interpreter.name != "native":
        exceptions = WITH_SIZES_OF_32_BITS.get(name, exceptions)
    program = (
        f"{before}\ntry:\n    {expression}\nexcept Exception as error:\n"
        "    print(type(error).__name__)\nimport numpy\nprint(numpy.arange(3).sum())"
    )

    done = interpreter.run("-c", program)

    raised, *rest = done.out.splitlines() or [""]
    assert done.code == 0, done.err
    assert any(name in raised for name in exceptions.split()), done.out
    assert rest == ["3"]


def test_an_endless_loop_is_stopped(interpreter: Interpreter) -> None:
    done = interpreter.run_limited(2, "-c", "while True:\n    pass")

    assert done.code not in (0, None)
    assert "time limit of 2" in done.err
