"""What of CPython's tests does not pass, and why.

Every test of a public function has to pass. Those listed here look into the module.
"""

from __future__ import annotations

_PRIVATE = "tests a private helper of CPython's module, which rustsci.stats has under no such name"
_DOCTEST = (
    "counts examples in one module; those of rustsci.stats are in its submodules, and tests/python runs them"
)

# Classes of tests, or single ones, by the version of Python that has them or all.
EXPLAINED = {
    "ApproxEqual": _PRIVATE,
    "CoerceTest": _PRIVATE,
    "ConvertTest": _PRIVATE,
    "DecimalToRatioTest": _PRIVATE,
    "DocTests": _DOCTEST,
    "ExactRatioTest": _PRIVATE,
    "FailNegTest": _PRIVATE,
    "IsFiniteTest": _PRIVATE,
    "SumSpecialValues": _PRIVATE,
    "SumTortureTest": _PRIVATE,
    "TestSqrtHelpers": _PRIVATE,
    "TestSum": _PRIVATE,
}


def reason(test: str) -> str | None:
    """Why a test, named ``Class.method``, may fail."""
    return EXPLAINED.get(test) or EXPLAINED.get(test.partition(".")[0])
