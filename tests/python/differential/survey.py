"""Runs many programs and collects what differs, grouped, with the shortest program of each group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

from tests.python.differential.compare import Difference, compare
from tests.python.differential.drawing.choices import RandomChoices
from tests.python.differential.execute import run, run_on_numpy
from tests.python.differential.families import draw_program
from tests.python.differential.justified import reason_for
from tests.python.differential.program import Program

Group = tuple[str, str, str]


@dataclass
class Survey:
    """What a run found.

    Attributes
    ----------
    examples
        How many programs ran.
    raised
        How many of them ended in an exception, in NumPy.
    found
        Unjustified differences by family, subject and aspect: the shortest program and how often it happened.
    justified
        How often each reason applied.
    """

    examples: int = 0
    raised: int = 0
    found: dict[Group, tuple[Program, Difference]] = field(default_factory=dict)
    count: Counter[Group] = field(default_factory=Counter)
    justified: Counter[str] = field(default_factory=Counter)

    def add(self, program: Program, library: ModuleType) -> None:
        """Run one program on both libraries and note what differs."""
        theirs, ours = run_on_numpy(program), run(program, library)
        self.examples += 1
        self.raised += theirs.error is not None
        for difference in compare(program, ours, theirs):
            reason = reason_for(program, difference)
            if reason is not None:
                self.justified[reason] += 1
                continue
            group = (program.family, program.subject, difference.aspect)
            self.count[group] += 1
            if group not in self.found or len(program.source) < len(self.found[group][0].source):
                self.found[group] = program, difference


def survey(
    library: ModuleType,
    numbers: Iterable[int],
    *,
    seed: int,
    family: str | None = None,
    trace: Path | None = None,
) -> Survey:
    """Run the programs with the given numbers; seed and number decide what a program is.

    With ``trace``, each program is written to that file before it runs, so that after a crash of the
    interpreter the culprit is there to read.
    """
    result = Survey()
    for number in numbers:
        program = draw_program(RandomChoices(f"{seed}:{number}"), family)
        if trace is not None:
            trace.write_text(program.snippet() + "\n")
        result.add(program, library)
    return result
