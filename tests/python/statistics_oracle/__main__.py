"""Compare on many random samples: ``python -m tests.python.statistics_oracle --examples 100000``."""

from __future__ import annotations

import argparse
import sys
from random import Random

from .comparison import disagreements
from .samples import draw


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--most", type=int, default=1000, help="numbers in the largest sample")
    options = parser.parse_args()

    wrong = 0
    for index in range(options.examples):
        random = Random(f"{options.seed}/{index}")
        found = disagreements(draw(random, options.most), random)
        wrong += bool(found)
        for text in found:
            print(f"sample {index}: {text}")
    print(f"{options.examples} samples, {wrong} with a disagreement; Python {sys.version.split()[0]}")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
