"""The runner of NumPy's test suite: what it counts, what it puts in the place of what is missing."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest

from tests.suites.numpy import ledger, placeholder, reasons
from tests.suites.numpy.catalogue import (
    LEFT_OUT,
    LEFT_OUT_FOLDERS,
    SuiteFile,
    all_files,
    choose,
    numpy_folder,
)
from tests.suites.numpy.guard import UNDECORATED, GuardedLoader
from tests.suites.numpy.placeholder import Placeholder, Unavailable
from tests.suites.numpy.recorder import function_of, read_events
from tests.suites.numpy.run import Function, Result

FILE = SuiteFile("lib/test_example", cases=4, functions=3)
ROOT = Path(__file__).parents[2]


@pytest.fixture
def _testing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(placeholder, "collecting", False)


def load(folder: Path, source: str) -> dict[str, Any]:
    """Load a module by way of the guard and return what it defines."""
    from importlib.util import module_from_spec, spec_from_file_location

    path = folder / "test_example.py"
    path.write_text(textwrap.dedent(source))
    spec = spec_from_file_location("test_example", path, loader=GuardedLoader("test_example", str(path)))
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return vars(module)


class TestCatalogue:
    def test_every_test_file_of_numpy_is_accounted_for(self) -> None:
        names = {
            f"{path.parent.parent.relative_to(numpy_folder()).as_posix()}/{path.stem}".removeprefix("./")
            for path in numpy_folder().glob("**/tests/test_*.py")
        }
        folders = {folder for folder in LEFT_OUT_FOLDERS if folder}
        wanted = {name for name in names if "/" in name and name.split("/")[0] not in folders}

        assert wanted == {file.name for file in all_files()} | set(LEFT_OUT)

    def test_files_are_chosen_by_any_of_their_names(self) -> None:
        assert [file.name for file in choose(["test_umath"])] == ["_core/test_umath"]
        assert [file.name for file in choose(["fft"])] == ["fft/test_helper", "fft/test_pocketfft"]
        with pytest.raises(SystemExit, match="no such test file: test_nothing"):
            choose(["test_nothing"])


class TestPlaceholder:
    def test_collecting_it_comes_to_nothing(self) -> None:
        missing = Placeholder("numpy.absent does not exist")

        assert isinstance(missing.attribute(3)[0] + 1, Placeholder)
        assert [type(item) for item in missing] == [Placeholder]
        assert not missing

        class Derived(missing):  # type: ignore[misc,valid-type]
            pass

        assert issubclass(Derived, object)

    @pytest.mark.usefixtures("_testing")
    def test_a_test_that_uses_it_fails_whatever_it_expects(self) -> None:
        missing = Placeholder("numpy.absent does not exist")

        for use in (missing, lambda: missing.attribute, lambda: 1 + missing, lambda: isinstance(1, missing)):
            with pytest.raises(Unavailable, match=r"numpy\.absent"):
                use()
        assert not issubclass(Unavailable, Exception)

    @pytest.mark.usefixtures("_testing")
    def test_one_for_what_numpy_keeps_to_itself_skips(self) -> None:
        with pytest.raises(pytest.skip.Exception, match=r"numpy\._core\._private"):
            Placeholder("numpy._core._private does not exist", skips=True)()

    @pytest.mark.usefixtures("_testing")
    def test_protocols_are_not_taken_for_uses(self) -> None:
        assert not hasattr(Placeholder("absent"), "__array__")


class TestGuard:
    def test_an_error_costs_one_value(self, tmp_path: Path) -> None:
        names = load(
            tmp_path,
            """
            from math import sqrt
            roots = [sqrt(x) for x in (4, -4)]
            table = {"a": 1}
            value = table["b"]
            quotient, rest = divmod(1, 0)
            fine = table["a"] + 1
            nothing = table.absent
            """,
        )

        assert names["roots"][0] == 2
        assert repr(names["roots"][1]) == "<ValueError: math domain error>"
        assert repr(names["value"]) == "<KeyError: 'b'>"
        assert names["quotient"] is names["rest"]
        assert names["fine"] == 2
        assert isinstance(names["nothing"], Placeholder)

    def test_functions_and_expected_errors_stay_as_they_are(self, tmp_path: Path) -> None:
        names = load(
            tmp_path,
            """
            def divide(x, y=1 / 1):
                return x / y
            try:
                divide(1, 0)
            except ZeroDivisionError:
                caught = True
            """,
        )

        assert names["caught"]
        with pytest.raises(ZeroDivisionError):
            names["divide"](1, 0)

    def test_a_context_that_expects_an_error_is_content(self, tmp_path: Path) -> None:
        names = load(
            tmp_path,
            """
            from contextlib import contextmanager
            @contextmanager
            def expecting(error):
                try:
                    yield
                except error:
                    return
                raise AssertionError("no error")
            with expecting(ZeroDivisionError):
                value = 1 / 0
            """,
        )

        assert isinstance(names["value"], Placeholder)

    def test_a_function_with_a_broken_decorator_is_still_there(self, tmp_path: Path) -> None:
        names = load(
            tmp_path,
            """
            @absent.decorator(3) if False else (1).decorate
            def test_decorated():
                pass
            """,
        )

        assert isinstance(getattr(names["test_decorated"], UNDECORATED), Placeholder)


class TestCounting:
    def test_cases_belong_to_functions(self) -> None:
        assert function_of("lib/test_x.py::TestA::test_b[1::2-[3]]") == "TestA::test_b"

    def test_a_function_passes_when_no_case_fails_and_one_passes(self) -> None:
        def passes(*outcomes: str) -> bool:
            function = Function()
            for outcome in outcomes:
                function.add(outcome, "why")
            return function.passes

        assert passes("passed", "skipped")
        assert not passes("passed", "failed")
        assert not passes("skipped")

    def test_a_line_cut_short_is_left_out(self, tmp_path: Path) -> None:
        path = tmp_path / "events.jsonl"
        path.write_text('["start", "test_a"]\n["end", "test')

        assert read_events(path) == [["start", "test_a"]]


class TestLedger:
    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(ledger, "FOLDER", tmp_path)

    def result(self, **outcomes: str) -> Result:
        result = Result(FILE)
        for name, outcome in outcomes.items():
            result.functions[name] = Function()
            result.functions[name].add(outcome, "AssertionError: ")
        return result

    def test_it_reads_what_it_has_written(self) -> None:
        assert ledger.read(FILE) is None
        ledger.write(FILE, ledger.entry_of(self.result(test_a="passed", test_b="failed"), None))

        assert ledger.path_of(FILE).read_text() == "passing 1\ntest_b different\n"
        assert ledger.read(FILE) == ledger.Entry(1, {"test_b": "different"})

    def test_losses_and_gains(self) -> None:
        known = ledger.entry_of(self.result(test_a="passed", test_b="failed", test_c="passed"), None)

        comparison = ledger.Comparison.of(
            self.result(test_a="failed", test_b="passed", test_c="skipped"), known
        )

        assert [line.partition(":")[0] for line in comparison.lost] == ["test_a", "test_c"]
        assert comparison.gained == ["test_b"]

    def test_a_function_that_vanishes_is_a_loss(self) -> None:
        known = ledger.entry_of(self.result(test_a="passed", test_b="passed"), None)

        comparison = ledger.Comparison.of(self.result(test_a="passed"), known)

        assert comparison.lost == ["1 functions are not collected any more"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("crash: Fatal Python error: Segmentation fault", "crash"),
        ("Overtime: still running after 120 seconds", "overtime"),
        ("Skipped: numpy._core._multiarray_tests.f does not exist", "c-internals"),
        ("Skipped: numpy.lib._function_base_impl._lerp does not exist", "private"),
        ("Unavailable: numpy.random.rand does not exist", "no-random"),
        ("AttributeError: module 'numpy' has no attribute 'ma'\nnp.ma.array(1)", "no-ma"),
        ("AttributeError: module 'numpy' has no attribute 'nditer'\nnp.nditer(np.random.rand(3))", "missing"),
        ("TypeError: data type 'M8[s]' not understood", "datetime"),
        ("AssertionError: \nassert x == y", "different"),
        ("Failed: DID NOT RAISE <class 'ValueError'>", "exception"),
    ],
)
def test_reasons_are_sorted_into_classes(text: str, name: str) -> None:
    assert reasons.classify(text) == name
    assert reasons.ALL[name].meaning


def test_numpy_itself_passes(tmp_path: Path) -> None:
    results = tmp_path / "results.json"
    command = [sys.executable, "-m", "tests.suites.numpy", "lib/test_ufunclike", "--against", "numpy"]
    done = subprocess.run([*command, "--results", str(results)], cwd=ROOT, capture_output=True, text=True)

    assert "5 /    5  lib/test_ufunclike" in done.stdout
    assert done.returncode == 0
    assert json.loads(results.read_text())["lib/test_ufunclike"]["failing"] == {}
