"""The command line: ``python -m rustsci program.py``."""

from __future__ import annotations

import sys

from rustsci._runner import main

main(sys.argv[1:])
