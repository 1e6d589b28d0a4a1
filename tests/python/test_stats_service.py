"""The example service: the same bytes from Rust and from Python, and errors that say what is wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.python.statistics_oracle.samples import PLAIN, booleans, mixed

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
    "kind", [kind for kind in PLAIN if kind not in (booleans, mixed)], ids=lambda kind: kind.__name__
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
        (
            '{"numbers": [1, 1' + "0" * 5000 + "]}",
            400,
            "the request has a whole number of more than 4300 digits",
        ),
        ('{"numbers": [[1], [2]]}', 400, '"numbers"[0] must be a number, not a list'),
        ('{"numbers": [1.7e308, -1.7e308, 1.7e308, -1.7e308]}', 422, "the numbers are so large"),
        ('{"numbers": [' + "1," * 9_999_999 + "1]}", 413, '"numbers" may have 1000000 elements at most'),
        (b" " * (33 * 1024 * 1024), 413, "the request is longer than 33554432 bytes"),
    ],
    ids=range(21),
)
def test_wrong_requests_are_told_what_is_wrong(
    client: Any, endpoint: str, body: bytes | str, status: int, message: str
) -> None:
    response = post(client, endpoint, body)

    assert response.status_code == status
    assert response.is_json
    assert response.json["error"].startswith(message)


@pytest.mark.parametrize(
    ("method", "path", "content_type", "status", "message"),
    [
        ("GET", "/stats", None, 405, "/stats takes POST, not GET"),
        ("PUT", "/stats_py", None, 405, "/stats_py takes POST, not PUT"),
        ("POST", "/nowhere", "application/json", 404, "there is no /nowhere; POST numbers to /stats"),
        (
            "POST",
            "/stats",
            "text/csv; charset=utf-8",
            415,
            "the request must have the Content-Type application/json, not text/csv",
        ),
    ],
)
def test_other_methods_paths_and_types_are_refused_in_json(
    client: Any, method: str, path: str, content_type: str | None, status: int, message: str
) -> None:
    response = client.open(path, method=method, data=b'{"numbers": [1, 2]}', content_type=content_type)

    assert response.status_code == status
    assert response.json == {"error": message}


@pytest.mark.parametrize(
    "content_type",
    [
        None,
        "application/json; charset=utf-8",
        "application/vnd.api+json",
        "application/x-www-form-urlencoded",
    ],
)
def test_json_by_any_of_its_names_is_read(client: Any, content_type: str | None) -> None:
    assert client.post("/stats", data=b'{"numbers": [1, 2]}', content_type=content_type).status_code == 200


def test_the_load_test_runs_the_production_server() -> None:
    pytest.importorskip("gunicorn")
    command = [sys.executable, "load_test.py", "--seconds", "0.3", "--connections", "2", "--numbers", "50"]

    done = subprocess.run(command, cwd=SERVICE, check=True, capture_output=True, text=True, timeout=120)

    lines = done.stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["/stats", "/stats_py"]
    assert all("requests/s" in line and "p99" in line for line in lines)
