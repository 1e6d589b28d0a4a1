"""The state of floating-point errors: how it is set, restored, and kept apart."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest

import rustsci as np

DEFAULT = {"divide": "warn", "over": "warn", "under": "ignore", "invalid": "warn"}


def test_the_whole_state_is_restored() -> None:
    with np.errstate(all="ignore"):
        np.seterr(over="raise")
        np.setbufsize(16)
        np.seterrcall(print)

    assert np.geterr() == DEFAULT
    assert np.getbufsize() == 8192
    assert np.geterrcall() is None


def test_seterr_returns_what_was() -> None:
    with np.errstate():
        assert np.seterr(all="raise", under="print") == DEFAULT
        assert np.seterr() == {**dict.fromkeys(DEFAULT, "raise"), "under": "print"}


@pytest.mark.parametrize("mode", ["shout", 1])
def test_unknown_modes_are_refused(mode: Any) -> None:
    with pytest.raises(ValueError, match="invalid error mode"):
        np.seterr(divide=mode)
    with pytest.raises(ValueError, match="invalid error mode"), np.errstate(all=mode):
        pass

    assert np.geterr() == DEFAULT


def test_callback() -> None:
    calls: list[tuple[str, int]] = []
    with np.errstate(divide="call", call=lambda kind, flag: calls.append((kind, flag))):
        np.array([1.0]) / 0
        with np.errstate(call=None):
            assert np.geterrcall() is None

    assert calls == [("divide by zero", 1)]


def test_log() -> None:
    lines: list[str] = []

    class Log:
        def write(self, line: str) -> None:
            lines.append(line)

    with np.errstate(over="log", call=Log()):
        np.array([1e300]) * 1e300

    assert lines == ["Warning: overflow encountered in multiply\n"]


def test_callbacks_are_checked() -> None:
    with pytest.raises(TypeError, match="callable"):
        np.seterrcall(3)


@pytest.mark.parametrize(
    ("size", "error"),
    [(3, ValueError), (20, ValueError), (10**8, ValueError), (-16, ValueError), (1.5, TypeError)],
)
def test_buffer_sizes_are_checked(size: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        np.setbufsize(size)

    assert np.getbufsize() == 8192


def test_an_instance_enters_once() -> None:
    quiet = np.errstate(invalid="ignore")
    with quiet:
        pass

    with pytest.raises(TypeError, match=r"Cannot enter `np.errstate` twice"), quiet:
        pass


def test_a_decorator_serves_calls_within_calls() -> None:
    @np.errstate(divide="raise")
    def modes(depth: int) -> list[str]:
        return [np.geterr()["divide"], *(modes(depth - 1) if depth else [])]

    assert modes(2) == ["raise"] * 3
    assert modes.__name__ == "modes"
    assert np.geterr() == DEFAULT


def test_tasks_do_not_see_each_other() -> None:
    async def with_mode(mode: Any) -> set[str]:
        seen = set()
        with np.errstate(invalid=mode):
            for _ in range(5):
                await asyncio.sleep(0)
                seen.add(np.geterr()["invalid"])
        return seen

    async def all_at_once() -> list[set[str]]:
        return await asyncio.gather(*map(with_mode, ("ignore", "raise", "print")))

    assert asyncio.run(all_at_once()) == [{"ignore"}, {"raise"}, {"print"}]


def test_threads_start_with_the_default() -> None:
    seen: list[dict[str, str]] = []
    with np.errstate(all="raise"):
        thread = threading.Thread(target=lambda: seen.append(np.geterr()))
        thread.start()
        thread.join()

    assert seen == [DEFAULT]
