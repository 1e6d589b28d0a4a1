"""Why test functions do not pass: what they said, sorted into classes."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Reason:
    """A class of reasons: its name in the ledger, what it means, and what the tests of it say."""

    name: str
    meaning: str
    pattern: str = "(?!)"


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
# The first that matches is it.
REASONS = [
    Reason("crash", "the process ends", r"^crash:"),
    Reason("overtime", "the case does not end", r"^Overtime:"),
    Reason(
        "c-internals", "needs the C code that NumPy has for its own tests, or its C API", r"_tests\b|_simd\b"
    ),
    Reason("private", "needs a private function of NumPy", r"numpy(\.\w+)*\._\w+(\.\w+)* does not exist"),
    *_MISSING_MODULES,
    Reason("object", "dtype `object`", r"\bobject_?\b(?! at 0x)|'O'|'\|O'"),
    Reason("datetime", "dtypes `datetime64` and `timedelta64`", r"datetime|timedelta|[Mm]8|\bNaT\b"),
    Reason(
        "string",
        "string dtypes: `str_`, `bytes_`, `StringDType`",
        r"\bstr_?\b|\bbytes_?\b|[<>|=]?[US]\d+\b|StringDType",
    ),
    Reason("structured", "structured dtypes and `void`", r"structured|\bvoid\b|fields?\b|\bV\d+\b|recarray"),
    Reason("byte-order", "byte-swapped dtypes", r"byte.?order|byte.?swap|[>][iufc]\d"),
    Reason("longdouble", "`longdouble` is `float64` here", r"longdouble|float128|complex256|clongdouble"),
    Reason(
        "missing",
        "a name that is not there yet",
        r"does not exist|has no attribute|cannot import name|No module named",
    ),
    Reason(
        "argument",
        "an argument that is not supported yet",
        r"not supported|unsupported|unexpected keyword|not implemented",
    ),
    Reason(
        "exception",
        "raises another exception, or none",
        r"DID NOT RAISE|not raised|Regex pattern did not match|^(?!AssertionError)\w*(Error|Exception):",
    ),
    Reason("warning", "gives another warning, or none", r"DID NOT WARN|Warning"),
    Reason("skipped", "skips itself", r"^Skipped"),
]
DIFFERENT = Reason("different", "another result")
ALL = {reason.name: reason for reason in [*REASONS, DIFFERENT]}


def classify(text: str) -> str:
    """Return the name of the class that a reason belongs to.

    Parameters
    ----------
    text : str
        What the test said: class and message of the exception, and the line of the test it came from.
    """
    return next((reason.name for reason in REASONS if re.search(reason.pattern, text)), DIFFERENT.name)
