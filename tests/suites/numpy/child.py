"""The process that runs one test file: ``python -m tests.suites.numpy.child FILE EVENTS [options]``."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from tests.suites.numpy import catalogue, serving, stand_ins
from tests.suites.numpy.environment import Environment, prepare_hypothesis, prepare_process


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("file")
    parser.add_argument("events", type=Path)
    parser.add_argument("--against", default="rustsci", metavar="LIBRARY")
    parser.add_argument(
        "--names", type=Path, help="what the module `names` has written; not needed for NumPy"
    )
    options = parser.parse_args()

    test_file = next(file for file in catalogue.all_files() if file.name == options.file)
    events = options.events.resolve()
    prepare_process()
    if options.against != "numpy":
        stand_ins.draws_test_data = not options.file.startswith("random/")
        serve(options.against, options.names.resolve())

    import pytest

    from tests.suites.numpy.collector import Collector
    from tests.suites.numpy.recorder import Recorder

    prepare_hypothesis()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        Path("pytest.ini").write_text("[pytest]\n")
        arguments = [
            "--quiet",
            "--quiet",
            "--no-header",
            "--no-summary",
            "--noconftest",
            "--assert=plain",
            "--import-mode=importlib",
            "-pno:cacheprovider",
            "-pno:doctest",
            f"--rootdir={folder}",
            f"--config-file={folder}/pytest.ini",
            str(test_file.path),
        ]
        code = pytest.main(
            arguments, plugins=[Environment(), Collector(test_file.module), Recorder(events, test_file.path)]
        )
        os.chdir("/")
    ended = {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.NO_TESTS_COLLECTED}
    return 0 if code in ended else 1


def serve(library: str, names: Path) -> None:
    """Serve `numpy` with another library, here and in the processes that tests start."""
    path = [catalogue.HERE / "subprocesses", catalogue.ROOT, catalogue.ROOT / "python"]
    # What is installed for this interpreter stays to be found.
    installed = [entry for entry in sys.path if entry.endswith(("site-packages", "rustpython"))]
    os.environ["PYTHONPATH"] = os.pathsep.join([*map(str, path), *installed])
    os.environ["NUMPY_SUITE_LIBRARY"] = library
    os.environ["NUMPY_SUITE_NAMES"] = str(names)
    folder = catalogue.numpy_folder()
    sys.path[:0] = map(str, path[1:])
    serving.install(library, folder, serving.read_names(names))


if __name__ == "__main__":
    sys.exit(main())
