"""The ``__array_function__`` and ``like=`` protocols."""

from __future__ import annotations

import inspect

import pytest

from rustsci._native import array, ndarray
from rustsci.overrides import (
    array_function,
    array_function_like,
    default_array_function,
    get_array_functions,
    implementing_args,
)


@array_function("a", "out", module="rustsci.example")
def scaled(a, factor=2, *, out=None):
    """Multiply."""
    return a * factor


@array_function("*arrays")
def counted(arrays, axis=0):
    return len(arrays)


@array_function("*arrays")
def gathered(*arrays, axis=0):
    return len(arrays)


@array_function_like
def created(n, dtype=None, *, like=None):
    return array([n] * 2, dtype)


class Recorder:
    """Answers every call with what it was asked."""

    def __array_function__(self, func, types, args, kwargs):
        return func, types, args, kwargs


class Refuser:
    def __array_function__(self, func, types, args, kwargs):
        return NotImplemented


class SubRefuser(Refuser):
    pass


class PlainSubclass(ndarray):
    pass


def test_override_sees_the_call_as_it_was_made():
    duck = Recorder()
    assert scaled(duck, factor=3) == (scaled, (Recorder,), (duck,), {"factor": 3})
    assert scaled(1, 3, out=duck) == (scaled, (Recorder,), (1, 3), {"out": duck})


def test_arguments_that_are_not_named_are_not_asked():
    class Factor(Recorder):
        def __rmul__(self, other):
            return "implementation"

    assert scaled(1, Factor()) == "implementation"


@pytest.mark.parametrize(("function", "spread"), [(counted, False), (gathered, True)])
def test_members_of_a_sequence_are_asked(function, spread):
    members = (1, Recorder())
    args = members if spread else (members,)
    assert function(*args)[2] == args
    assert function(*((1, 2, 3) if spread else ([1, 2, 3],))) == 3
    assert counted(array([1, 2])) == 2


def test_an_iterator_is_not_read_while_looking_for_overrides():
    assert array_function("*arrays")(lambda arrays: list(arrays))(iter([1, 2])) == [1, 2]


def test_subclasses_without_an_override_run_the_implementation():
    value = array([1, 2]).view(PlainSubclass)
    result = scaled(value)
    assert type(result) is PlainSubclass
    assert result.tolist() == [2, 4]


def test_order_of_asking():
    class Sub(ndarray):
        __array_function__ = Refuser.__array_function__

    base, sub, plain, other = Refuser(), SubRefuser(), array(1), Recorder()
    override = array(1).view(Sub)
    assert implementing_args([base, 1, sub, base, other]) == [sub, base, other]
    assert [type(arg) for arg in implementing_args([plain, override, other])] == [Sub, ndarray, Recorder]


def test_every_refusal_together_is_a_type_error():
    with pytest.raises(
        TypeError, match=r"no implementation found for 'rustsci.example.scaled' on types"
    ) as caught:
        scaled(Refuser(), out=array(1))
    assert "Refuser" in str(caught.value)


def test_the_number_of_types_is_bounded():
    ducks = [type(f"Duck{i}", (Refuser,), {})() for i in range(65)]
    assert len(implementing_args(ducks[:64])) == 64
    with pytest.raises(TypeError, match="distinct argument types"):
        implementing_args(ducks)


@pytest.mark.parametrize(
    ("args", "kwargs"),
    [((), {}), ((1, 2, 3), {}), ((1,), {"a": 1}), ((Recorder(),), {"unknown": 1})],
)
def test_a_wrong_call_is_reported_in_the_name_of_the_function(args, kwargs):
    with pytest.raises(TypeError, match=r"^scaled\(\)"):
        scaled(*args, **kwargs)


def test_the_face_of_the_function_is_kept():
    assert (scaled.__name__, scaled.__doc__, scaled.__module__) == ("scaled", "Multiply.", "rustsci.example")
    assert str(inspect.signature(scaled)) == "(a, factor=2, *, out=None)"
    assert scaled._implementation(2) == 4
    assert scaled in get_array_functions()


def test_a_parameter_that_does_not_exist_is_refused():
    with pytest.raises(RuntimeError, match="no parameter 'b'"):
        array_function("b")(lambda a: a)


def test_a_dispatcher_picks_what_names_cannot():
    @array_function(dispatcher=lambda nested: (leaf for row in nested for leaf in row))
    def flatten(nested):
        return "implementation"

    assert flatten([[1, 2], [3]]) == "implementation"
    assert flatten([[1], [Recorder()]])[0] is flatten


def test_default_of_arrays():
    value = array([1, 2])
    assert default_array_function(scaled, (ndarray, PlainSubclass), (value,), {}).tolist() == [2, 4]
    assert default_array_function(len, (ndarray,), (value,), {}) == 2
    assert default_array_function(scaled, (ndarray, Recorder), (value,), {}) is NotImplemented
    with pytest.raises(TypeError, match="args must be a tuple"):
        default_array_function(scaled, (ndarray,), [value], {})
    with pytest.raises(TypeError, match="kwargs must be a dict"):
        default_array_function(scaled, (ndarray,), (value,), None)


def test_arrays_of_numpy_are_array_likes():
    numpy = pytest.importorskip("numpy")
    theirs = numpy.ones(2)
    assert implementing_args([theirs]) == []
    assert counted([array([1.0, 2.0]), theirs]) == 2


def test_like():
    duck = Recorder()
    assert created(1, dtype=int, like=duck) == (created, (Recorder,), (1,), {"dtype": int})
    assert created(1, like=None).tolist() == created(1, like=array(0)).tolist() == [1, 1]
    with pytest.raises(TypeError, match="must be an array-like that implements"):
        created(1, like=[1])
    with pytest.raises(TypeError, match="no implementation found"):
        created(1, like=Refuser())
    with pytest.raises(TypeError, match=r"^created\(\)"):
        created(1, unknown=2, like=duck)


@pytest.mark.parametrize("function", [lambda n: n, lambda like=None: 0, lambda *, like=None, n=1: n])
def test_like_must_be_the_last_keyword(function):
    with pytest.raises(RuntimeError, match="like"):
        array_function_like(function)
