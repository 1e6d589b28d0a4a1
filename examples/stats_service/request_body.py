"""From the bytes of a request to numbers, or to what is wrong with them."""

from __future__ import annotations

import json
import math
import sys
from typing import Any

LEAST_NUMBERS = 2
MOST_NUMBERS = 1_000_000

# By JSON's names, for the messages.
_NAMES = {
    "NoneType": "null",
    "bool": "true or false",
    "dict": "an object",
    "float": "a number",
    "int": "a number",
    "list": "a list",
    "str": "text",
}


class BadRequest(Exception):
    """A request that cannot be answered: why, and with which status."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


# Besides JSON: nothing at all, and what curl's -d says unless it is told otherwise.
_TAKEN_FOR_JSON = ("", "application/json", "application/x-www-form-urlencoded")


def check_type(mimetype: str) -> None:
    """Refuse what calls itself something else than JSON."""
    if mimetype not in _TAKEN_FOR_JSON and not mimetype.endswith("+json"):
        raise BadRequest(f"the request must have the Content-Type application/json, not {mimetype}", 415)


def numbers_in(body: bytes) -> list[Any]:
    """Return the numbers of ``{"numbers": [...]}``."""
    try:
        content = json.loads(body)
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise BadRequest(f"the request is no JSON: {error}") from None
    except ValueError:
        # Python reads whole numbers of so many digits only.
        most = sys.get_int_max_str_digits()
        raise BadRequest(f"the request has a whole number of more than {most} digits") from None
    except RecursionError:
        raise BadRequest("the request is no JSON: it is nested too deeply") from None
    if not isinstance(content, dict):
        raise BadRequest(f'expected an object like {{"numbers": [1, 2, 3]}}, not {_name(content)}')
    if "numbers" not in content:
        raise BadRequest('the key "numbers" is missing')
    numbers = content["numbers"]
    if not isinstance(numbers, list):
        raise BadRequest(f'"numbers" must be a list, not {_name(numbers)}')
    if len(numbers) > MOST_NUMBERS:
        raise BadRequest(f'"numbers" may have {MOST_NUMBERS} elements at most, not {len(numbers)}', 413)
    if len(numbers) < LEAST_NUMBERS:
        raise BadRequest(f'"numbers" must have {LEAST_NUMBERS} elements at least, not {len(numbers)}')
    _check(numbers)
    return numbers


def _check(numbers: list[Any]) -> None:
    # Types first, all at once: a service spends its time here.
    if not set(map(type, numbers)) <= {int, float}:
        for index, value in enumerate(numbers):
            if type(value) not in (int, float):
                raise BadRequest(f'"numbers"[{index}] must be a number, not {_name(value)}')
    try:
        if all(map(math.isfinite, numbers)):
            return
    except OverflowError:
        raise BadRequest('"numbers" has an element beyond the range of floats') from None
    for index, value in enumerate(numbers):
        if not math.isfinite(value):
            raise BadRequest(f'"numbers"[{index}] must be finite, not {value}')


def _name(value: object) -> str:
    return _NAMES.get(type(value).__name__, type(value).__name__)
