"""Results in the class of the argument, and arguments that are not arrays."""

from __future__ import annotations

import pytest

import rustsci as np


class Measured(np.ndarray):
    pass


class Wrapper:
    """Not an array, but converts to one and wraps results."""

    __array_priority__ = 5.0

    def __array__(self, dtype=None, copy=None):
        return np.array([3.0, 1.0, 2.0], dtype)

    def __array_wrap__(self, array, context=None, return_scalar=False):
        return "wrapped", array.tolist()


class Frame(Wrapper):
    """Has a method of a function's name."""

    def squeeze(self, axis=None):
        return "squeezed by its own method"

    def take(self, indices):
        return "does not know the other arguments"


def test_subclasses_are_kept():
    value = np.array([1.0, 2.0, 3.0]).view(Measured)
    for result in (np.delete(value, 0), np.insert(value, 0, 1.0), np.ediff1d(value), np.diagflat(value)):
        assert type(result) is Measured


def test_objects_wrap_their_results():
    assert np.delete(Wrapper(), 0) == ("wrapped", [1.0, 2.0])
    assert np.linspace(0, Wrapper(), 2, axis=0)[0] == "wrapped"


def test_objects_answer_with_their_own_methods():
    assert np.squeeze(Frame()) == "squeezed by its own method"


def test_methods_with_other_parameters_do_not_count():
    assert np.take(Frame(), [0], axis=0) == ("wrapped", [3.0])


def test_arrays_of_numpy_are_array_likes():
    numpy = pytest.importorskip("numpy")
    theirs = numpy.array([3.0, 1.0])
    for result in (np.reshape(theirs, (1, 2)), np.take(theirs, [0]), np.sort(theirs), np.delete(theirs, 0)):
        assert type(result) is np.ndarray
    assert np.vstack((theirs, np.ones(2))).tolist() == [[3.0, 1.0], [1.0, 1.0]]
