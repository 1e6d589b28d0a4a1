"""Times the same statement on two subjects in one process and prints the comparison as a table.

The two are timed in turn, many times, and each row reports the two medians: whatever else the machine
is doing slows both alike, and a single disturbed run changes nothing.
"""

from __future__ import annotations

import gc
import statistics
import sys
import timeit
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

# One timed run should last this long, so that the clock's resolution and the timer's call do not show.
SAMPLE_SECONDS = 0.002
# How long a row should take altogether; the number of alternations stays within its bounds regardless.
ROW_SECONDS = 0.8
LEAST_ROUNDS = 9
MOST_ROUNDS = 201


@dataclass(frozen=True)
class Row:
    """One line of the table: seconds a call for either subject."""

    name: str
    ours: float
    peer: float

    @property
    def ratio(self) -> float:
        """How many times faster we are than the peer."""
        return self.peer / self.ours


class Subject:
    """A statement in one library's namespace, ready to be timed."""

    def __init__(
        self, statement: str, namespace: Mapping[str, Any], before: Callable[[], None] | None
    ) -> None:
        self.timer = timeit.Timer(statement, globals=dict(namespace))
        self.before = before
        self.samples: list[float] = []

    def time(self, calls: int) -> float:
        """Seconds that so many calls take."""
        if self.before is not None:
            self.before()
        return self.timer.timeit(calls)


def compare(
    name: str,
    statement: str,
    ours: Mapping[str, Any],
    peer: Mapping[str, Any],
    *,
    before_ours: Callable[[], None] | None = None,
    before_peer: Callable[[], None] | None = None,
) -> Row:
    """Time ``statement`` in the two namespaces, in turn.

    Parameters
    ----------
    name
        What the table calls the row.
    statement
        Source text, the same for both.
    ours, peer
        The global names the statement sees.
    before_ours, before_peer
        Called, untimed, before each run of that subject.
    """
    pair = (Subject(statement, ours, before_ours), Subject(statement, peer, before_peer))
    calls, seconds = 1, max(subject.time(1) for subject in pair)
    while seconds < SAMPLE_SECONDS:
        calls *= 2
        seconds = max(subject.time(calls) for subject in pair)

    rounds = min(max(round(ROW_SECONDS / (2 * seconds)), LEAST_ROUNDS), MOST_ROUNDS)
    gc.collect()
    for turn in range(rounds):
        # Whoever runs second finds the caches as the first left them: take turns.
        for subject in pair if turn % 2 == 0 else reversed(pair):
            subject.samples.append(subject.time(calls) / calls)
    return Row(name, *(statistics.median(subject.samples) for subject in pair))


def format_seconds(seconds: float) -> str:
    """Format a duration with three significant digits and a fitting unit."""
    for limit, factor, unit in ((1e-6, 1e9, "ns"), (1e-3, 1e6, "µs"), (1.0, 1e3, "ms")):
        if seconds < limit:
            return f"{seconds * factor:.3g} {unit}"
    return f"{seconds:.3g} s"


def geometric_mean(rows: Iterable[Row]) -> float:
    """The mean ratio, under which twice as fast and twice as slow cancel."""
    return statistics.geometric_mean(row.ratio for row in rows)


def print_table(title: str, rows: Iterable[Row], *, ours: str, peer: str) -> list[Row]:
    """Print each row as it is measured, then the geometric mean and the worst row."""
    print(f"\n{title}\n")
    print(f"{'row':<34}{ours:>12}{peer:>12}{'ratio':>8}")
    done = []
    for row in rows:
        done.append(row)
        print(f"{row.name:<34}{format_seconds(row.ours):>12}{format_seconds(row.peer):>12}{row.ratio:>8.2f}")
        sys.stdout.flush()
    if done:
        worst = min(done, key=lambda row: row.ratio)
        print(f"\ngeometric mean {geometric_mean(done):.2f} over {len(done)} rows, ", end="")
        print(f"worst {worst.ratio:.2f} ({worst.name})")
    return done
