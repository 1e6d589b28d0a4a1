"""Why test functions do not pass: what they said, sorted into classes."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Reason:
    """A class of reasons: its name in the ledger, what it means, and what shows it.

    Two patterns: one for the exception, and one for the line of the test, which tells where the exception
    does not.
    """

    name: str
    meaning: str
    exception: str = "(?!)"
    line: str = "(?!)"


_MODULES = (
    "char",
    "ctypeslib",
    "fft",
    "linalg",
    "ma",
    "matlib",
    "matrixlib",
    "polynomial",
    "random",
    "rec",
    "strings",
)
_MISSING_MODULES = [
    Reason(
        f"no-{module}",
        f"the module `numpy.{module}`, or that part of it, is not there yet",
        rf"numpy\.{module}(\.\w+)* does not exist"
        rf"|(module|named|from) 'numpy\.{module}\b"
        rf"|module 'numpy' has no attribute '{module}'",
    )
    for module in _MODULES
]
_ABSENT = r"(has no attribute '|numpy\.)"
_DTYPES = [
    Reason(
        "object",
        "dtype `object`",
        rf"<class 'object'>|arrays of Python objects|dtype\('O'\)|data type '\|?O|{_ABSENT}object_\b",
        r"dtype=(object|'O')|\bobject_?\)|astype\(object",
    ),
    Reason(
        "datetime",
        "dtypes `datetime64` and `timedelta64`",
        rf"data type '[<>=]?[Mm]8?\b|dtype\('[<>=]?[Mm]|{_ABSENT}(datetime|timedelta|is_?bus|NaT\b|isnat)",
        r"datetime64|timedelta64|['\"][<>]?[Mm]8|\bNaT\b",
    ),
    Reason(
        "string",
        "string dtypes: `str_`, `bytes_`, `StringDType`",
        rf"data type '[<>=|]?[USacT]\d*'|dtype\('[<>=|]?[USacT]|<class '(str|bytes)'>"
        rf"|'(str|bytes)' object cannot be an element|{_ABSENT}(str_|bytes_|character)\b|StringDType",
        r"dtype=(str|bytes|['\"][<>|]?[US])|np\.(str|bytes)_\b|StringDType",
    ),
    Reason(
        "structured",
        "structured dtypes and `void`",
        rf"structured|data type '([<>=|]?V|[^']*,)|dtype\('V|{_ABSENT}(void|recarray|record)\b"
        rf"|VoidDType|PEP 3118",
        r"np\.void\b|recarray|dtype=\[\(",
    ),
    Reason(
        "byte-order", "byte-swapped dtypes", r"byte-swapped|byte order", r"newbyteorder|byteswap|'>[iufc]\d"
    ),
    Reason("longdouble", "`longdouble` is `float64` here", r"longdouble|float128|complex256", r"longdouble"),
]
_SPECIFIC = [
    Reason("crash", "the process ends", r"^crash:"),
    Reason("overtime", "the case does not end", r"^Overtime:"),
    Reason(
        "c-internals",
        "the C code that NumPy has for its own tests, or its C API",
        r"_tests\b|_simd\b|C headers",
    ),
    Reason(
        "private",
        "a private function of NumPy",
        r"numpy(\.\w+)*\._\w+(\.\w+)* does not exist|'numpy\.[\w.]*\b_\w+'",
    ),
    *_MISSING_MODULES,
    *_DTYPES,
    Reason(
        "missing",
        "a function or class that is not there yet",
        r"does not exist|module 'numpy[^']*' has no attribute|cannot import name|No module named",
    ),
    Reason(
        "unsupported",
        "an argument or attribute that is not supported yet",
        r"not supported|unsupported|unexpected keyword|not implemented|^AttributeError:",
    ),
]
_GENERAL = [
    Reason("warning", "another warning, or none", r"DID NOT WARN|[Ww]arnings? "),
    Reason(
        "exception",
        "another exception, or none",
        r"DID NOT RAISE|not raised|Regex pattern did not match|^(?!AssertionError)\w*(Error|Exception):",
    ),
    Reason("skipped", "NumPy's test skips itself", r"^Skipped"),
]
DIFFERENT = Reason("different", "another result")
ALL = {reason.name: reason for reason in [*_SPECIFIC, *_GENERAL, DIFFERENT]}


def classify(text: str) -> str:
    """Return the name of the class that a reason belongs to.

    Parameters
    ----------
    text : str
        What the test said: class and message of the exception, and on a second line that of the test it came
        from.
    """
    exception, _, line = text.partition("\n")
    for reason in _SPECIFIC:
        if re.search(reason.exception, exception):
            return reason.name
    for reason in _DTYPES:
        if re.search(reason.line, line):
            return reason.name
    return next(
        (reason.name for reason in _GENERAL if re.search(reason.exception, exception)), DIFFERENT.name
    )
