"""The runner of statsmodels' own tests."""

from __future__ import annotations

import ast

import pytest

pytest.importorskip("statsmodels")

from tests.suites.statsmodels.__main__ import folder, run
from tests.suites.statsmodels.ledger import EXPLAINED, reason


def test_the_ledger_names_tests_that_exist() -> None:
    tests = folder()
    assert tests is not None

    for name in EXPLAINED:
        file, _, test = name.partition("[")[0].partition(".")
        tree = ast.parse((tests / f"{file}.py").read_text(encoding="utf-8"))
        kind, _, method = test.rpartition("::")
        body = tree.body
        if kind:
            body = next(node.body for node in body if isinstance(node, ast.ClassDef) and node.name == kind)
        assert any(isinstance(node, ast.FunctionDef) and node.name == method for node in body), name


def test_reasons_are_found_with_parameters_and_without() -> None:
    assert reason("test_glm.test_tweedie_score[1]") == reason("test_glm.test_tweedie_score")
    assert reason("test_glm.test_of_no_such_name") is None


def test_a_part_of_the_suite_runs_on_rustsci() -> None:
    tests = folder()
    assert tests is not None

    found = run(tests / "test_glm.py", ["-k", "TestGlmGammaLog"])

    assert len(found) > 15
    assert not [name for name, complaint in found.items() if complaint]
