"""The differential tests as pytest runs them: some programs of every family, a failing one simplified.

``--differential-examples N`` (default 300) says how many programs a family; `survey` runs many more, without
pytest.
"""

from __future__ import annotations

import sys

import hypothesis
import pytest
from hypothesis import strategies as st

import rustsci
from tests.python.differential.compare import compare
from tests.python.differential.drawing.choices import HypothesisChoices
from tests.python.differential.execute import run, run_on_numpy
from tests.python.differential.families import FAMILIES, draw_program
from tests.python.differential.justified import reason_for
from tests.python.differential.program import Program
from tests.python.differential.survey import survey

# Where NumPy is in another process, a program takes a hundred times as long.
FAST = sys.implementation.name == "cpython"
EXAMPLES = 300 if FAST else 20
SURVEYED = 12_000 if FAST else 1_000


@st.composite
def programs(draw: st.DrawFn, family: str) -> Program:
    """Programs of one family."""
    return draw_program(HypothesisChoices(draw), family)


@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_agrees_with_numpy(family: str) -> None:
    @hypothesis.settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(programs(family))
    def agrees(program: Program) -> None:
        differences = [
            difference
            for difference in compare(program, run(program, rustsci), run_on_numpy(program))
            if reason_for(program, difference) is None
        ]
        assert not differences, "\n".join([program.snippet(), *map(str, differences)])

    agrees()


def test_many_independent_programs_agree_with_numpy() -> None:
    result = survey(rustsci, range(SURVEYED), seed=1)

    report = [f"{program.snippet()}\n# {difference}" for program, difference in result.found.values()]
    assert not report, "\n\n".join(report)
