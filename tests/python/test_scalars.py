"""Scalars: their classes, what they are to Python, and their arithmetic."""

from __future__ import annotations

import copy
import numbers
import operator
import pickle
from collections.abc import Callable
from typing import Any

import pytest

import rustsci as np
from tests.python.oracle import is_subclass, numpy

NAMES = [
    *("bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"),
    *("float16", "float32", "float64", "complex64", "complex128"),
]


def scalars(value: Any) -> list[Any]:
    return [getattr(np, name)(value) for name in NAMES]


class TestClasses:
    @pytest.mark.parametrize("name", NAMES)
    def test_the_hierarchy_is_that_of_numpy(self, name: str) -> None:
        ours = [cls.__name__ for cls in getattr(np, name).__mro__]
        theirs = [cls.__name__ for cls in getattr(numpy, name).__mro__]

        assert ours == theirs

    def test_two_classes_are_pythons(self) -> None:
        assert isinstance(np.float64(1.5), float)
        assert isinstance(np.complex128(1j), complex)
        assert not isinstance(np.float32(1.5), float)

    @pytest.mark.parametrize("name", ["generic", "number", "floating", "signedinteger"])
    def test_abstract_classes_have_no_instances(self, name: str) -> None:
        with pytest.raises(TypeError, match="cannot create"):
            getattr(np, name)(1)

    def test_truth_values_are_two_objects(self) -> None:
        assert np.bool(1) is np.True_
        assert np.array([True])[0] is np.True_
        assert np.False_ is not np.True_

    def test_a_class_may_be_derived_from(self) -> None:
        class Metres(np.float64):
            unit = "m"

        length = Metres(2.5)

        assert (length, length.unit, type(length + 1)) == (2.5, "m", np.float64)


@pytest.mark.parametrize("name", NAMES)
def test_abstract_numbers_are_as_in_numpy(name: str) -> None:
    kinds = (numbers.Number, numbers.Complex, numbers.Real, numbers.Rational, numbers.Integral)

    ours, theirs = getattr(np, name), getattr(numpy, name)

    assert [issubclass(ours, kind) for kind in kinds] == [is_subclass(theirs, kind) for kind in kinds]


class TestConversion:
    @pytest.mark.parametrize("name", NAMES)
    @pytest.mark.parametrize("value", [0, 1, "1", [1], [[0, 1]], True])
    def test_making_is_as_in_numpy(self, name: str, value: Any) -> None:
        ours, theirs = getattr(np, name)(value), getattr(numpy, name)(value)

        assert type(ours).__name__ == type(theirs).__name__
        assert ours.tolist() == theirs.tolist()

    def test_integers_out_of_range_are_refused(self) -> None:
        with pytest.raises(OverflowError, match="Python integer 300 out of bounds for uint8"):
            np.uint8(300)

    @pytest.mark.parametrize("scalar", scalars(1))
    def test_hashes_are_those_of_equal_python_numbers(self, scalar: Any) -> None:
        assert scalar == scalar.item()
        assert hash(scalar) == hash(scalar.item())

    @pytest.mark.parametrize("name", NAMES)
    def test_text(self, name: str) -> None:
        for value in (0, 1):
            ours, theirs = getattr(np, name)(value), getattr(numpy, name)(value)

            assert (repr(ours), str(ours), f"{ours}") == (repr(theirs), str(theirs), f"{theirs}")

    @pytest.mark.parametrize("scalar", scalars(1))
    @pytest.mark.parametrize("protocol", [0, 2, 5])
    def test_pickles_and_copies(self, scalar: Any, protocol: int) -> None:
        again = pickle.loads(pickle.dumps(scalar, protocol))

        assert (again, type(again)) == (scalar, type(scalar))
        assert copy.deepcopy(scalar) is scalar

    @pytest.mark.parametrize("scalar", scalars(1))
    def test_the_memory_is_lent(self, scalar: Any) -> None:
        view = memoryview(scalar)

        assert view.readonly
        assert view.shape == ()
        assert bytes(view) == scalar.tobytes()

    def test_what_only_integers_can_be(self) -> None:
        assert [10, 20, 30][np.int8(1)] == 20
        with pytest.raises(TypeError):
            operator.index(np.float64(1.0))


OPERATORS = [
    operator.add,
    operator.sub,
    operator.mul,
    operator.truediv,
    operator.floordiv,
    operator.mod,
    divmod,
    operator.eq,
    operator.lt,
]


class TestArithmetic:
    @pytest.mark.parametrize("operation", OPERATORS)
    @pytest.mark.parametrize("left", ["int8", "uint64", "float16", "float64"])
    @pytest.mark.parametrize("right", ["bool", "int32", "uint8", "float32"])
    def test_types_and_values_are_those_of_numpy(
        self, operation: Callable[[Any, Any], Any], left: str, right: str
    ) -> None:
        def both(module: Any) -> Any:
            return operation(getattr(module, left)(7), getattr(module, right)(1))

        ours, theirs = both(np), both(numpy)

        assert repr(ours) == repr(theirs)

    @pytest.mark.parametrize(
        ("values", "message"),
        [
            ((np.int8(100), np.int8(100)), "overflow encountered in scalar add"),
            ((np.uint8(200), 100), "overflow encountered in scalar add"),
            ((np.float32(3e38), np.float32(3e38)), "overflow encountered in scalar add"),
            ((np.float64("inf"), -np.float64("inf")), "invalid value encountered in scalar add"),
        ],
    )
    def test_what_goes_wrong_is_said(self, values: tuple[Any, Any], message: str) -> None:
        with pytest.warns(RuntimeWarning, match=message):
            operator.add(*values)

    def test_division_by_zero(self) -> None:
        with pytest.warns(RuntimeWarning, match="divide by zero encountered in scalar divide"):
            assert np.float64(1) / 0 == np.inf
        with np.errstate(divide="raise"), pytest.raises(FloatingPointError):
            np.int64(1) // np.int64(0)

    def test_python_numbers_take_the_scalars_type(self) -> None:
        assert type(np.float32(1) + 1.5) is np.float32
        assert type(1 + np.uint8(1)) is np.uint8
        assert type(np.int8(1) + 1.5) is np.float64
        with pytest.raises(OverflowError):
            np.uint8(1) + 300

    def test_sequences_are_repeated_by_integers_only(self) -> None:
        assert np.int64(2) * [1, 2] == [1, 2, 1, 2]
        with pytest.raises(TypeError, match="can't multiply sequence by non-int"):
            np.float64(2) * [1, 2]

    def test_arrays_answer_for_themselves(self) -> None:
        result = np.float64(2) * np.array([1.0, 2.0])

        assert isinstance(result, np.ndarray)
        assert result.tolist() == [2.0, 4.0]
