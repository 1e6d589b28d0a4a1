"""A web service that answers with statistics: once in Rust, once in Python, to the same byte.

    POST /stats     {"numbers": [1, 2.5, 4]}      rustsci.stats.compute_stats
    POST /stats_py  {"numbers": [1, 2.5, 4]}      the same function before it was moved

Run it for development with ``flask --app app run``, and in production with ``gunicorn -c gunicorn.conf.py
app:app``.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pure_python
from flask import Flask, Response, request
from request_body import BadRequest, check_type, numbers_in
from werkzeug.exceptions import HTTPException

from rustsci import stats

# A request with more bytes is not even read.
MOST_BYTES = 32 * 1024 * 1024

Compute = Callable[[list[Any]], Any]


def create_app() -> Flask:
    """Make the service."""
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = MOST_BYTES

    @app.post("/stats")
    def in_rust() -> Response:
        return answer(stats.compute_stats)

    @app.post("/stats_py")
    def in_python() -> Response:
        return answer(pure_python.compute_stats)

    @app.errorhandler(BadRequest)
    def refuse(error: BadRequest) -> Response:
        return as_json({"error": str(error)}, error.status)

    @app.errorhandler(HTTPException)
    def refuse_http(error: HTTPException) -> Response:
        if error.code == 413:
            return as_json({"error": f"the request is longer than {MOST_BYTES} bytes"}, 413)
        if error.code == 404:
            return as_json({"error": f"there is no {request.path}; POST numbers to /stats"}, 404)
        if error.code == 405:
            return as_json({"error": f"{request.path} takes POST, not {request.method}"}, 405)
        return as_json({"error": error.description}, error.code or 500)

    return app


def answer(compute: Compute) -> Response:
    """Read the numbers, compute, and write the results."""
    check_type(request.mimetype)
    numbers = numbers_in(request.get_data())
    try:
        found = compute(numbers)
    except OverflowError:
        raise BadRequest("the numbers are so large that their statistics are no floats", 422) from None
    return as_json(found._asdict(), 200)


def as_json(value: Any, status: int) -> Response:
    return Response(json.dumps(value) + "\n", status, mimetype="application/json")


app = create_app()
