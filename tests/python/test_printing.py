"""The print options: where they hold, and what they refuse. What they print is compared in `differential`."""

from __future__ import annotations

import threading
from contextvars import copy_context
from typing import Any

import pytest

import rustsci as np


class TestWhereOptionsHold:
    def test_until_the_block_ends(self) -> None:
        before = np.get_printoptions()

        with np.printoptions(precision=2, linewidth=20) as inside:
            assert (inside["precision"], inside["linewidth"]) == (2, 20)
            assert inside == np.get_printoptions()

        assert np.get_printoptions() == before

    def test_until_an_exception_leaves_the_block(self) -> None:
        before = np.get_printoptions()

        with pytest.raises(ZeroDivisionError), np.printoptions(precision=2):
            _ = 1 / 0

        assert np.get_printoptions() == before

    def test_in_calls_of_a_decorated_function(self) -> None:
        @np.printoptions(precision=3)
        def third() -> str:
            return str(np.array([1.0]) / 3)

        assert third() == "[0.333]"
        assert str(np.array([1.0]) / 3) == "[0.33333333]"

    def test_in_their_own_context(self) -> None:
        def change() -> int:
            np.set_printoptions(precision=1)
            return np.get_printoptions()["precision"]

        assert copy_context().run(change) == 1
        assert np.get_printoptions()["precision"] == 8

    def test_in_their_own_thread(self) -> None:
        seen = []

        with np.printoptions(precision=2):
            thread = threading.Thread(target=lambda: seen.append(np.get_printoptions()["precision"]))
            thread.start()
            thread.join()

        assert seen == [8]

    def test_formatter_and_override_until_the_next_call(self) -> None:
        with np.printoptions(formatter={"all": lambda _: "x"}, override_repr=lambda _: "y"):
            assert (str(np.arange(2)), repr(np.arange(2))) == ("[x x]", "y")
            np.set_printoptions(precision=3)
            assert (str(np.arange(2)), repr(np.arange(2))) == ("[0 1]", "array([0, 1])")


class TestWhatOptionsRefuse:
    @pytest.mark.parametrize(
        ("option", "error", "message"),
        [
            ({"threshold": "1"}, TypeError, "threshold must be numeric"),
            ({"threshold": float("nan")}, ValueError, "non-NAN"),
            ({"precision": 1.5}, TypeError, "precision must be an integer"),
            ({"sign": "x"}, ValueError, "sign option"),
            ({"floatmode": "x"}, ValueError, "floatmode option"),
            ({"legacy": "1.14"}, KeyError, "legacy must be '1.13', .* not '1.14'"),
            ({"legacy": 1}, KeyError, "not 1"),
            ({"colour": "red"}, TypeError, "colour"),
        ],
    )
    def test_set_printoptions(self, option: dict[str, Any], error: type[Exception], message: str) -> None:
        before = np.get_printoptions()

        with pytest.raises(error, match=message):
            np.set_printoptions(**option)

        assert np.get_printoptions() == before

    def test_negative_counts(self) -> None:
        with pytest.raises(ValueError, match="pad_left must be >= 0, not -1"):
            np.format_float_positional(1.0, pad_left=-1)
        with pytest.raises(ValueError, match="precision must be >= 0, not -2"):
            np.format_float_scientific(1.0, precision=-2)
        with pytest.raises(ValueError, match="precision must be >= 0"):
            np.array2string(np.array([1.5]), precision=-1)


class TestSubclasses:
    def test_elements_come_from_the_class(self) -> None:
        class Shouting(np.ndarray):
            def __getitem__(self, index: Any) -> Any:
                return f"{super().__getitem__(index)}!"

        a = np.arange(3).view(Shouting)

        assert np.array2string(a, formatter={"int": str}) == "[0! 1! 2!]"

    def test_functions_can_be_taken_over_and_the_default_cannot(self) -> None:
        class Mute(np.ndarray):
            def __array_function__(self, function: Any, types: Any, args: Any, kwargs: Any) -> Any:
                return "…"

        a = np.arange(2).view(Mute)

        assert [np.array_repr(a), np.array_str(a), np.array2string(a)] == ["…"] * 3
        assert (repr(a), str(a)) == ("Mute([0, 1])", "[0 1]")
