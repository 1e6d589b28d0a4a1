"""How the service runs in production."""

from __future__ import annotations

import multiprocessing
import os

bind = os.environ.get("STATS_SERVICE_BIND", "127.0.0.1:8000")
# A process for each core; threads keep connections open between requests.
workers = multiprocessing.cpu_count()
worker_class = "gthread"
threads = 4
keepalive = 5
timeout = 30
