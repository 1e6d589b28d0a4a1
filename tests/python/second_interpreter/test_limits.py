"""What asks for too much depth, memory or time is told so; the interpreter goes on, or ends with words."""

from __future__ import annotations

import pytest

from tests.python.interpreters import Interpreter

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
