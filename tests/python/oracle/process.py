"""The process of CPython in which NumPy is, and the two ends of the pipes to it.

The process is this file run as a program.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
from pathlib import Path

from tests.python.oracle.exchange import Peer

ROOT = Path(__file__).parents[3]
# The interpreter that has NumPy; the tests' own environment unless something else is named.
PYTHON = os.environ.get("RUSTSCI_ORACLE_PYTHON") or str(ROOT / ".venv" / "bin" / "python")


def start() -> Peer:
    """Start the process; it ends when this one does."""
    import rustsci

    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    process = subprocess.Popen(
        [PYTHON, "-m", "tests.python.oracle.process"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env=environment,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    peer = Peer(process.stdout, process.stdin, rustsci)
    atexit.register(_end, peer, process)
    return peer


def _end(peer: Peer, process: subprocess.Popen[bytes]) -> None:
    peer.close()
    process.wait()


def _serve() -> None:
    """Answer until the other process closes its end."""
    import numpy

    # What a test prints there must not come between the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    Peer(sys.stdin.buffer, answers, numpy).serve()


if __name__ == "__main__":
    _serve()
