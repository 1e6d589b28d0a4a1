"""``ndarray.resize`` changes an array itself, if nothing else refers to it."""

from __future__ import annotations

import weakref

import pytest

import rustsci as np


def test_an_array_with_one_name_is_resized() -> None:
    a = np.arange(4)

    a.resize(2, 3)

    assert a.tolist() == [[0, 1, 2], [3, 0, 0]]


def test_one_that_another_object_holds_is_resized() -> None:
    held = [np.arange(4), np.arange(4)]

    held[0].resize((2,))

    assert held[0].tolist() == [0, 1]


@pytest.mark.parametrize("order", ["C", "F"])
def test_elements_are_kept_in_the_order_of_memory(order: str) -> None:
    a = np.array([[0, 1], [2, 3]], order=order)

    a.resize((2, 1))

    assert a.tolist() == ([[0], [1]] if order == "C" else [[0], [2]])


def test_one_with_another_name_is_not() -> None:
    a = np.arange(4)
    b = a

    with pytest.raises(ValueError, match="references or is referenced"):
        a.resize(2)
    a.resize(2, refcheck=False)

    assert b.tolist() == [0, 1]


def test_one_with_views_is_not() -> None:
    a = np.arange(4)
    view = a[1:]

    with pytest.raises(ValueError, match="references or is referenced"):
        a.resize(6)

    assert (a.tolist(), view.tolist()) == ([0, 1, 2, 3], [1, 2, 3])


def test_one_that_is_weakly_referenced_is_not() -> None:
    a = np.arange(4)
    reference = weakref.ref(a)

    with pytest.raises(ValueError, match="references or is referenced"):
        a.resize(6)
    del reference
    a.resize(6)

    assert a.tolist() == [0, 1, 2, 3, 0, 0]


def test_a_view_is_not() -> None:
    view = np.arange(4)[1:]

    with pytest.raises(ValueError, match="own its data"):
        view.resize(6)


def test_the_same_number_of_elements_needs_no_memory() -> None:
    a = np.arange(4)
    b = a

    a.resize(2, 2)

    assert b.shape == (2, 2)
