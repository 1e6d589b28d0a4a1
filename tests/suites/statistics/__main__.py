"""Run CPython's tests of `statistics` on `rustsci.stats`, and account for each that does not pass."""

from __future__ import annotations

import sys

from rustsci import stats

from .ledger import reason
from .run import NotShipped, run


def main() -> int:
    try:
        outcome = run(stats)
    except NotShipped as missing:
        print(f"skipped: {missing}")
        return 0
    explained = {test: why for test in outcome.failed if (why := reason(test)) is not None}
    for test, complaint in sorted(outcome.failed.items()):
        print(f"{'explained' if test in explained else 'FAILED':<10}{test}: {complaint[:90]}")
    for why in dict.fromkeys(explained.values()):
        print(f"explained: {sum(value == why for value in explained.values())} tests: {why}")
    print(
        f"Python {sys.version.split()[0]}: {len(outcome.passed)} passed, {len(outcome.skipped)} skipped, "
        f"{len(explained)} explained, {len(outcome.failed) - len(explained)} failed"
    )
    return 1 if len(explained) < len(outcome.failed) else 0


if __name__ == "__main__":
    raise SystemExit(main())
