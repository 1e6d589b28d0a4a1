"""Serves `numpy` in the processes that tests start: Python imports this first, from its path."""

import os
from pathlib import Path

from tests.suites.numpy import catalogue, placeholder, serving

placeholder.collecting = False
serving.install(
    os.environ["NUMPY_SUITE_LIBRARY"],
    catalogue.numpy_folder(),
    serving.read_names(Path(os.environ["NUMPY_SUITE_NAMES"])),
)
