"""rustsci inside RustPython, natively and in WASI: the same programs, the same output as NumPy on CPython."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.python.interpreters import Interpreter

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
