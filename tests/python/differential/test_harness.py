"""The comparison itself: NumPy agrees with NumPy, and every kind of planted difference is seen."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from tests.python.differential.compare import compare
from tests.python.differential.execute import run
from tests.python.differential.program import Program
from tests.python.differential.survey import survey
from tests.python.differential.tolerance import Tolerance
from tests.python.oracle import numpy


def aspects(source: str, **replaced: Any) -> set[str]:
    """The aspects in which a NumPy with some functions replaced differs on a program."""
    library = SimpleNamespace(**{**vars(numpy), **replaced})
    program = Program("planted", "planted", (source,))
    return {difference.aspect for difference in compare(program, run(program, library), run(program, numpy))}


def test_numpy_agrees_with_itself() -> None:
    result = survey(numpy, range(2000), seed=7)

    assert result.examples == 2000
    assert not result.found


@pytest.mark.parametrize(
    ("aspect", "planted"),
    [
        ("value", lambda a: numpy.sort(a)[::-1].copy()),
        ("dtype", lambda a: numpy.sort(a).astype("float32")),
        ("shape", lambda a: numpy.sort(a)[:-1].copy()),
        ("type", lambda a: numpy.sort(a).tolist()),
        ("strides", lambda a: numpy.sort(a)[::-1].copy()[::-1]),
        ("exception", lambda a: numpy.sort(a, axis=5)),
        (
            "warnings",
            lambda a: (
                numpy.sort(a)
                + 0 * numpy.log([-1.0])[0:0].sum()
                + 0 * numpy.int8(127) * (numpy.int8(127) + numpy.int8(1))
            ),
        ),
    ],
)
def test_sees_a_planted_difference(aspect: str, planted: Any) -> None:
    assert aspect in aspects("result = np.sort(np.array([2.0, 1.0, 3.0]))", sort=planted)


def test_sees_shared_memory() -> None:
    assert "sharing" in aspects("a = np.zeros(3); result = np.ravel(a)", ravel=lambda a: a.copy())


def test_sees_writeability() -> None:
    assert "writeable" in aspects(
        "result = np.broadcast_to(np.zeros(3), (2, 3))", broadcast_to=lambda a, shape: numpy.zeros(shape)
    )


def test_sees_a_changed_operand() -> None:
    def sort(a: Any) -> Any:
        a.sort()
        return a.copy()

    assert "value" in aspects("a = np.array([2, 1]); result = np.sort(a)", sort=sort)


def test_keeps_a_panic_as_an_outcome() -> None:
    class Panic(BaseException):
        pass

    def sort(a: Any) -> Any:
        raise Panic

    assert aspects("result = np.sort([1])", sort=sort) == {"exception"}


def test_tells_zeros_apart_and_takes_nans_for_equal() -> None:
    zeros, nans = numpy.array([0.0, -0.0]), numpy.array([numpy.nan, -numpy.nan])

    assert not Tolerance().accepts(zeros, zeros[::-1])
    assert Tolerance().accepts(nans, nans[::-1])


def test_tolerance_counts_units_in_the_last_place() -> None:
    one = numpy.array([1.0, -1.0])

    assert Tolerance(2).accepts(one * (1 + 2 * numpy.finfo(float).eps), one)
    assert not Tolerance(2).accepts(one * (1 + 3 * numpy.finfo(float).eps), one)
