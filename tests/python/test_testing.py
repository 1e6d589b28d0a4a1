"""The assertions and tools of `rustsci.testing`: what they accept, and what they say of what they do not."""

from __future__ import annotations

import gc
import operator
import os
import threading
import warnings
from collections.abc import Callable
from typing import Any

import pytest

import rustsci as np
import rustsci.testing
from rustsci.testing import refcount, resources
from rustsci.testing.operands import alignment_data
from rustsci.testing.ulp import nulp_diff
from tests.python.oracle import numpy

NAN, INF = float("nan"), float("inf")

COMPARISONS: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = [
    # arrays
    ("assert_array_equal", ([1, 2], [1, 2]), {}),
    ("assert_array_equal", ([1, 2], [1, 3]), {}),
    ("assert_array_equal", ([1, 2], [1, 3]), {"err_msg": "after the update", "verbose": False}),
    ("assert_array_equal", ([1, 2], [1, 2, 3]), {}),
    ("assert_array_equal", ([1.0, NAN], [1.0, NAN]), {}),
    ("assert_array_equal", ([1.0, NAN], [NAN, 1.0]), {}),
    ("assert_array_equal", ([1.0, INF], [INF, 1.0]), {}),
    ("assert_array_equal", ([1.0, NAN, 2.0], [1.5, NAN, 2.0]), {}),
    ("assert_array_equal", ([[1, 2], [3, 4]], 5), {}),
    ("assert_array_equal", (list(range(2000)), list(range(2000, 0, -1))), {}),
    ("assert_array_equal", ([True, False], [True, True]), {}),
    ("assert_array_equal", ([1 + 2j, 3], [1, 3]), {}),
    ("assert_array_equal", ([complex(INF, 1)], [complex(INF, 1)]), {}),
    ("assert_array_equal", ([3, 3], 3), {}),
    ("assert_array_equal", ([3, 3], 3), {"strict": True}),
    ("assert_array_equal", ([3, 3], [3.0, 3.0]), {"strict": True}),
    ("assert_array_equal", (3, 4), {}),
    ("assert_array_equal", ([], [1.0]), {}),
    ("assert_array_less", ([1, 5], [1, 5.1]), {}),
    ("assert_array_less", ([1, NAN], [2, NAN]), {}),
    ("assert_array_less", ([INF, 3.0, 5.0], [INF, 2.0, 8.0]), {}),
    ("assert_allclose", ([1, 5], [1, 5.1]), {}),
    ("assert_allclose", ([1, 5], [1, 5.1]), {"rtol": 0.1}),
    ("assert_allclose", ([NAN], [NAN]), {"equal_nan": False}),
    ("assert_allclose", (1, [1.0, 2, 3, 4, 5, 6, 7, 8]), {"rtol": 1e-3, "atol": 1e-9}),
    ("assert_array_almost_equal", ([1.0, 2.3333], [1.0, 2.3334]), {"decimal": 3}),
    ("assert_array_almost_equal", ([1.0, 2.3333], [1.0, 2.3334]), {"decimal": 5}),
    ("assert_array_almost_equal", ([1.0, INF], [1.0, 3.0]), {}),
    ("assert_array_compare", (operator.le, [1, 2], [1, 1]), {"header": "ordered", "names": ("a", "b")}),
    ("assert_array_max_ulp", ([1.0], [1.1]), {"maxulp": 3}),
    # anything
    ("assert_equal", (1, 2), {}),
    ("assert_equal", (NAN, NAN), {}),
    ("assert_equal", (NAN, [NAN]), {}),
    ("assert_equal", (0.0, -0.0), {}),
    ("assert_equal", (complex(1, NAN), complex(1, NAN)), {}),
    ("assert_equal", (complex(NAN, 1), complex(1, NAN)), {}),
    ("assert_equal", ("a", b"a"), {}),
    ("assert_equal", ((1, [2, {"k": 3}]), (1, [2, {"k": 4}])), {"err_msg": "deep"}),
    ("assert_equal", ({"a": 1}, {"b": 1}), {}),
    ("assert_equal", ([1, 2], [1]), {}),
    ("assert_equal", ({1, 2}, {1, 3}), {}),
    ("print_assert_equal", ("the sum", [1, 2], [1, 3]), {}),
    ("assert_almost_equal", (1.0, 2.0), {}),
    ("assert_almost_equal", (1.0, 1.00001), {"decimal": 4}),
    ("assert_almost_equal", (INF, INF), {}),
    ("assert_almost_equal", (1j, 2), {}),
    ("assert_approx_equal", (1234.22, 1234.23), {"significant": 6}),
    ("assert_approx_equal", (1234.22, 1234.23), {"significant": 7}),
    ("assert_approx_equal", (NAN, 1.0), {}),
    ("assert_", (0, "no"), {}),
    ("assert_string_equal", ("foo\nbar", "hello\nbar"), {}),
    ("assert_raises", (ValueError, int, "1"), {}),
    ("assert_raises_regex", (ValueError, "abc", int, "x"), {}),
]


def outcome(function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    try:
        function(*args, **kwargs)
    except Exception as error:
        return type(error), str(error)
    return None


@pytest.mark.parametrize(("name", "args", "kwargs"), COMPARISONS)
def test_says_what_numpy_says(name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    ours = outcome(getattr(rustsci.testing, name), args, kwargs)
    theirs = outcome(getattr(numpy.testing, name), args, kwargs)

    assert ours == theirs


def test_has_the_names_of_numpy() -> None:
    assert set(rustsci.testing.__all__) == set(numpy.testing.__all__)
    assert set(rustsci.testing.__all__) <= set(dir(rustsci.testing))
    for name in rustsci.testing.__all__:
        assert getattr(rustsci.testing, name) is getattr(rustsci.testing, name)
    with pytest.raises(AttributeError, match="assert_nothing"):
        rustsci.testing.assert_nothing  # noqa: B018


class TestComparison:
    def test_an_unsigned_difference_does_not_wrap_around(self) -> None:
        x, y = np.array([0, 1, 8], np.uint8), np.array([4, 4, 4], np.uint8)

        with pytest.raises(AssertionError, match="Max absolute difference among violations: 4\n"):
            rustsci.testing.assert_allclose(x, y, atol=3)

    def test_an_error_of_the_comparison_is_told(self) -> None:
        def broken(x: Any, y: Any) -> Any:
            raise ValueError("broken")

        with pytest.raises(ValueError, match=r"(?s)error during assertion.*broken.*while adding") as caught:
            rustsci.testing.assert_array_compare(broken, [1], [1], err_msg="while adding")
        assert "ACTUAL: array([1])" in str(caught.value)

    def test_a_broken_repr_does_not_hide_the_failure(self) -> None:
        class Shy:
            def __repr__(self) -> str:
                raise RuntimeError("no")

        with pytest.raises(AssertionError, match=r"repr failed for <Shy>: no"):
            rustsci.testing.assert_equal(Shy(), 1)

    def test_no_floating_point_error_escapes(self) -> None:
        x, y = np.array([1, 3], np.float32), np.array([1e-40, 3], np.float32)

        with np.errstate(all="raise"), pytest.raises(AssertionError):
            rustsci.testing.assert_array_equal(x, y)

    def test_a_subclass_may_compare_as_it_likes(self) -> None:
        class Whole(np.ndarray):  # type: ignore[misc]
            def __eq__(self, other: object) -> bool:  # type: ignore[override]
                return bool(np.equal(self, other).all())

            def __ne__(self, other: object) -> bool:  # type: ignore[override]
                return not self == other

        a, b = np.array([1.0, 2.0]).view(Whole), np.array([2.0, 2.0]).view(Whole)

        rustsci.testing.assert_array_equal(a, a)
        with pytest.raises(AssertionError, match="Mismatched elements: 1 / 2"):
            rustsci.testing.assert_array_equal(a, b)


def test_the_smallest_numbers_have_significant_digits() -> None:
    rustsci.testing.assert_approx_equal(5e-324, 5e-324)
    with pytest.raises(AssertionError):
        rustsci.testing.assert_approx_equal(5e-324, 0.0)


class TestUlp:
    @pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
    def test_neighbours_are_one_apart(self, dtype: Any) -> None:
        x = np.array([-INF, -1.0, -0.0, 0.0, 1e-6, 1.0, 60000.0], dtype)

        steps = nulp_diff(x, np.nextafter(x, dtype(INF)))

        assert steps.dtype == dtype
        assert steps.tolist() == [1.0] * 7

    def test_distances_are_counted_through_zero(self) -> None:
        tiny = np.array([5e-324])

        assert nulp_diff(-tiny, tiny).tolist() == [2.0]
        assert nulp_diff(np.array([-0.0]), np.array([0.0])).tolist() == [0.0]

    def test_the_widest_distance_does_not_overflow(self) -> None:
        assert nulp_diff(np.array([-INF]), np.array([INF])).tolist() == [2.0 * 0x7FF0_0000_0000_0000]

    def test_any_nan_is_the_same(self) -> None:
        nan = np.array([NAN])
        other = (nan.view(np.uint64) ^ np.uint64(0xFFFF)).view(np.float64)

        assert nulp_diff(nan, other).tolist() == [0.0]
        assert nulp_diff(nan, np.array([INF]))[0] > 1e12

    def test_the_message_says_how_far_apart(self) -> None:
        with pytest.raises(AssertionError, match=r"not equal to 2 ULP \(max is 3\)"):
            rustsci.testing.assert_array_almost_equal_nulp([1.0], [1.0 + 3 * 2.0**-52], nulp=2)

    def test_complex_arrays_are_refused(self) -> None:
        with pytest.raises(NotImplementedError, match="complex"):
            nulp_diff(np.array([1j]), np.array([1.0]))


@pytest.mark.filterwarnings("ignore:NumPy warning suppression:DeprecationWarning")
class TestWarnings:
    def test_the_rule_added_last_decides(self) -> None:
        with rustsci.testing.suppress_warnings() as context:
            everything = context.record(UserWarning)
            context.filter(UserWarning, "known")
            warnings.warn("known trouble", stacklevel=1)
            warnings.warn("new trouble", stacklevel=1)

        assert [str(warning.message) for warning in everything] == ["new trouble"]
        assert context.log == everything

    def test_rules_of_the_context_end_with_it(self) -> None:
        context = rustsci.testing.suppress_warnings()
        kept = context.record(UserWarning, "kept")
        with context:
            gone = context.record(UserWarning, "gone")
            warnings.warn("gone", stacklevel=1)
            warnings.warn("kept", stacklevel=1)
        assert len(gone) == len(kept) == 1

        with context, pytest.raises(UserWarning, match="gone"):
            warnings.warn("gone", stacklevel=1)
        assert kept == []

    @pytest.mark.parametrize(("rule", "count"), [("always", 4), ("location", 2), ("module", 1), ("once", 1)])
    def test_forwarding(self, rule: str, count: int) -> None:
        with warnings.catch_warnings(record=True) as log:
            warnings.simplefilter("always")
            with rustsci.testing.suppress_warnings(rule):
                for _ in range(2):
                    warnings.warn("trouble", stacklevel=1)
                    warnings.warn("trouble", stacklevel=1)

        assert len([warning for warning in log if warning.category is UserWarning]) == count

    def test_a_rule_for_a_module(self) -> None:
        with rustsci.testing.suppress_warnings() as context:
            context.filter(module=os)
            with pytest.raises(UserWarning):
                warnings.warn("from here", stacklevel=1)
            context.filter(module=__import__(__name__, fromlist=["_"]))
            warnings.warn("from here", stacklevel=1)

    def test_as_a_decorator(self) -> None:
        context = rustsci.testing.suppress_warnings()
        context.filter(UserWarning)

        @context
        def noisy() -> int:
            warnings.warn("trouble", stacklevel=1)
            return 3

        assert noisy() == 3

    def test_it_cannot_be_entered_twice(self) -> None:
        context = rustsci.testing.suppress_warnings()
        with context, pytest.raises(RuntimeError, match="twice"):
            context.__enter__()

    def test_an_unknown_forwarding_rule(self) -> None:
        with pytest.raises(ValueError, match="'sometimes'"):
            rustsci.testing.suppress_warnings("sometimes")

    def test_assert_warns(self) -> None:
        assert rustsci.testing.assert_warns(UserWarning, lambda: warnings.warn("x", stacklevel=1)) is None
        with pytest.raises(AssertionError, match="No warning raised when calling max"):
            rustsci.testing.assert_warns(UserWarning, max, 1, 2)
        with pytest.raises(RuntimeError, match=r"pytest\.warns takes match"):
            rustsci.testing.assert_warns(UserWarning, match="x")

    def test_assert_no_warnings(self) -> None:
        assert rustsci.testing.assert_no_warnings(max, 1, 2) == 2
        with pytest.raises(AssertionError, match="Got warnings:"), rustsci.testing.assert_no_warnings():
            warnings.warn("x", stacklevel=1)

    def test_a_module_forgets_and_remembers(self) -> None:
        module = __import__(__name__, fromlist=["_"])
        module.__warningregistry__ = {"before": 1}
        with rustsci.testing.clear_and_catch_warnings(record=True, modules=[module]) as log:
            assert module.__warningregistry__ == {}
            warnings.simplefilter("default")
            warnings.warn("trouble", stacklevel=1)
        assert len(log) == 1
        assert module.__warningregistry__ == {"before": 1}


class TestGarbage:
    def test_a_cycle_is_found_and_shown(self) -> None:
        def make() -> None:
            ring: list[Any] = []
            ring.append(ring)

        with pytest.raises(AssertionError, match=r"(?s)when calling make: 1 objects.*list object"):
            rustsci.testing.assert_no_gc_cycles(make)

    def test_the_collector_is_left_as_it_was(self) -> None:
        rustsci.testing.assert_no_gc_cycles(list)
        with pytest.raises(ZeroDivisionError), rustsci.testing.assert_no_gc_cycles():
            1 / 0  # noqa: B018
        assert gc.isenabled()
        assert gc.get_debug() == 0
        assert gc.garbage == []


class TestExecution:
    def test_what_a_thread_raises_is_raised(self) -> None:
        with pytest.raises(ZeroDivisionError):
            rustsci.testing.run_threaded(lambda count: 1 / count, 2, pass_count=True)

    def test_what_each_call_receives(self) -> None:
        calls = []

        def call(prepared: str, count: int, barrier: threading.Barrier) -> None:
            barrier.wait()
            calls.append((prepared, count))

        rustsci.testing.run_threaded(
            call,
            max_workers=2,
            pass_count=True,
            pass_barrier=True,
            outer_iterations=2,
            prepare_args=lambda: ["x"],
        )

        assert sorted(calls) == [("x", 0), ("x", 0), ("x", 1), ("x", 1)]

    def test_measure_runs_in_the_namespace_of_the_caller(self) -> None:
        counts = [0]

        assert rustsci.testing.measure("counts[0] += 1", times=5) >= 0

        assert counts == [5]

    def test_rundocs_tells_what_failed(self, tmp_path: Any) -> None:
        path = tmp_path / "sums.py"
        path.write_text('"""\n>>> 1 + 1\n3\n"""\n')

        with pytest.raises(AssertionError, match=r"(?s)Some doctests failed:.*Got:\n    2"):
            rustsci.testing.rundocs(str(path))

    def test_tracing_is_turned_off(self) -> None:
        import sys

        before = sys.gettrace()
        assert refcount.no_tracing(sys.gettrace)() is None
        assert sys.gettrace() is before


class TestResources:
    @pytest.mark.parametrize(
        ("text", "size"),
        [("1", 1), ("1 kB", 1e3), ("2GiB", 2 << 30), ("3.5 M", 3.5e6), ("12 gb", 12e9), ("7B", 7)],
    )
    def test_sizes(self, text: str, size: float) -> None:
        assert resources.parse_size(text) == size

    @pytest.mark.parametrize("text", ["", "x", "1 PB", "-1", "1 ki B"])
    def test_what_is_no_size(self, text: str) -> None:
        with pytest.raises(ValueError, match="not a valid size"):
            resources.parse_size(text)

    def test_the_environment_limits_memory(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("NPY_AVAILABLE_MEM", "2 GB")

        assert resources.check_free_memory(2e9) is None
        assert "NPY_AVAILABLE_MEM=2 GB" in (resources.check_free_memory(3e9) or "")
        with pytest.raises(pytest.skip.Exception, match="3 GB memory required"):
            resources.requires_memory(3e9)(lambda: None)()


@pytest.mark.parametrize(("kind", "inputs"), [("unary", 1), ("binary", 2)])
def test_alignment_data_covers_overlap(kind: str, inputs: int) -> None:
    texts = []
    for out, *operands, text in alignment_data(np.float32, kind, 8):
        texts.append(text)
        assert len(operands) == inputs
        assert {operand.shape for operand in operands} == {out.shape}
        if out.size > 1:
            shared = any(np.shares_memory(out, operand) for operand in operands)
            assert shared != ("out of place" in text)
    assert any("in place" in text for text in texts)
    assert any("shifted" in text for text in texts)
