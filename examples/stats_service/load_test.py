"""Requests a second, and how long they take, of both endpoints: ``python load_test.py [--seconds 5]``.

Starts the service on a free port of this machine, sends it the same body over and over from a few
connections, to one endpoint after the other, and stops it.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import os
import random
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
ENDPOINTS = ("/stats", "/stats_py")


@dataclass(frozen=True)
class Result:
    """What one endpoint achieved; durations in seconds."""

    endpoint: str
    durations: list[float]
    seconds: float

    def __str__(self) -> str:
        cuts = statistics.quantiles(self.durations, n=100)
        return (
            f"{self.endpoint:<10} {len(self.durations) / self.seconds:8.0f} requests/s   "
            f"p50 {cuts[49] * 1e3:8.2f} ms   p99 {cuts[98] * 1e3:8.2f} ms"
        )


@contextlib.contextmanager
def service() -> Iterator[int]:
    """Run the service in production form; gives its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"STATS_SERVICE_BIND": f"127.0.0.1:{port}"}
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "--log-level",
        "warning",
        "-c",
        "gunicorn.conf.py",
        "app:app",
    ]
    process = subprocess.Popen(command, cwd=HERE, env=environment)
    try:
        wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=30)


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise SystemExit(f"the service ended with status {process.returncode}")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise SystemExit("the service does not answer")


def bombard(port: int, endpoint: str, body: bytes, seconds: float, connections: int) -> Result:
    """Send the body to an endpoint for a while."""
    durations: list[float] = []
    failures: list[str] = []
    end = time.perf_counter() + seconds

    def send() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while time.perf_counter() < end and not failures:
            start = time.perf_counter()
            connection.request("POST", endpoint, body, {"Content-Type": "application/json"})
            response = connection.getresponse()
            text = response.read()
            durations.append(time.perf_counter() - start)
            if response.status != 200:
                failures.append(f"{endpoint} answered {response.status}: {text!r}")
        connection.close()

    start = time.perf_counter()
    senders = [threading.Thread(target=send) for _ in range(connections)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    if failures:
        raise SystemExit(failures[0])
    return Result(endpoint, durations, time.perf_counter() - start)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=5.0, help="for each endpoint, 60 at most")
    parser.add_argument("--connections", type=int, default=4, help="32 at most")
    parser.add_argument("--numbers", type=int, default=1000, help="in each request")
    options = parser.parse_args()

    source = random.Random(1)
    body = json.dumps({"numbers": [source.gauss(0.0, 1.0) for _ in range(options.numbers)]}).encode()
    with service() as port:
        for endpoint in ENDPOINTS:
            print(bombard(port, endpoint, body, min(options.seconds, 60.0), min(options.connections, 32)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
