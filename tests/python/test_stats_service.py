"""The example service: the same bytes from Rust and from Python, and errors that say what is wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.python.statistics_oracle.samples import KINDS, booleans, mixed

pytest.importorskip("flask")
SERVICE = Path(__file__).parents[2] / "examples" / "stats_service"


@pytest.fixture(scope="module")
def client() -> Any:
    sys.path.insert(0, str(SERVICE))
    try:
        from app import create_app
    finally:
        sys.path.remove(str(SERVICE))
    return create_app().test_client()


def post(client: Any, endpoint: str, body: bytes | str) -> Any:
    return client.post(endpoint, data=body, content_type="application/json")


def test_the_known_example(client: Any) -> None:
    response = post(client, "/stats", '{"numbers": [1, 3, 5, 7, 9, 10, 13, 84, 528]}')

    assert response.status_code == 200
    assert response.text == (
        '{"range": 527.0, "quartiles": [4.0, 9.0, 48.5], "mean": 73.33333333333333, '
        '"stddev": 172.43622009311153}\n'
    )


@pytest.mark.parametrize(
    "kind", [kind for kind in KINDS if kind not in (booleans, mixed)], ids=lambda kind: kind.__name__
)
def test_both_endpoints_answer_the_same_bytes(client: Any, kind: Any) -> None:
    random = Random(kind.__name__)
    for size in (2, 3, 10, 100, 1000):
        body = json.dumps({"numbers": kind(random, size)})

        in_rust, in_python = post(client, "/stats", body), post(client, "/stats_py", body)

        assert in_rust.data == in_python.data
        assert in_rust.status_code == in_python.status_code == 200


@pytest.mark.parametrize("endpoint", ["/stats", "/stats_py"])
@pytest.mark.parametrize(
    ("body", "status", "message"),
    [
        ("{}", 400, 'the key "numbers" is missing'),
        ('{"numbers": 3}', 400, '"numbers" must be a list, not a number'),
        ('{"numbers": {"a": 1}}', 400, '"numbers" must be a list, not an object'),
        ("[1, 2]", 400, 'expected an object like {"numbers": [1, 2, 3]}, not a list'),
        ('{"numbers": []}', 400, '"numbers" must have 2 elements at least, not 0'),
        ('{"numbers": [1.5]}', 400, '"numbers" must have 2 elements at least, not 1'),
        ('{"numbers": [1, NaN]}', 400, '"numbers"[1] must be finite, not nan'),
        ('{"numbers": [-Infinity, 1]}', 400, '"numbers"[0] must be finite, not -inf'),
        ('{"numbers": [1, 2, "3"]}', 400, '"numbers"[2] must be a number, not text'),
        ('{"numbers": [1, null]}', 400, '"numbers"[1] must be a number, not null'),
        ('{"numbers": [true, 1]}', 400, '"numbers"[0] must be a number, not true or false'),
        ('{"numbers": [1, 2', 400, "the request is no JSON: Expecting ',' delimiter"),
        ("", 400, "the request is no JSON: Expecting value"),
        (b"\xff\xfe\xfd", 400, "the request is no JSON"),
        ("[" * 100_000, 400, "the request is no JSON: it is nested too deeply"),
        ('{"numbers": [1, 1' + "0" * 400 + "]}", 400, '"numbers" has an element beyond the range of floats'),
        ('{"numbers": [1.7e308, -1.7e308, 1.7e308, -1.7e308]}', 422, "the numbers are so large"),
        ('{"numbers": [' + "1," * 9_999_999 + "1]}", 413, '"numbers" may have 1000000 elements at most'),
        (b" " * (33 * 1024 * 1024), 413, "the request is longer than 33554432 bytes"),
    ],
    ids=range(19),
)
def test_wrong_requests_are_told_what_is_wrong(
    client: Any, endpoint: str, body: bytes | str, status: int, message: str
) -> None:
    response = post(client, endpoint, body)

    assert response.status_code == status
    assert response.is_json
    assert response.json["error"].startswith(message)


def test_other_methods_and_paths_are_refused_in_json(client: Any) -> None:
    for response, status in ((client.get("/stats"), 405), (client.get("/nowhere"), 404)):
        assert response.status_code == status
        assert response.json["error"]


def test_the_load_test_runs_the_production_server() -> None:
    pytest.importorskip("gunicorn")
    command = [sys.executable, "load_test.py", "--seconds", "0.3", "--connections", "2", "--numbers", "50"]

    done = subprocess.run(command, cwd=SERVICE, check=True, capture_output=True, text=True, timeout=120)

    lines = done.stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["/stats", "/stats_py"]
    assert all("requests/s" in line and "p99" in line for line in lines)
