"""Einstein sums: notations, paths and their agreement with NumPy."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rustsci as np
from tests.python.agreement import assert_agrees, assert_expression_agrees, expressions

LENGTHS = {"a": 2, "b": 3, "c": 4, "d": 2, "e": 5}
terms = st.lists(st.text(st.sampled_from(sorted(LENGTHS)), max_size=3), min_size=1, max_size=4)
strategies = st.sampled_from(["greedy", "optimal", ("greedy", 20), ("optimal", 5), False])


@st.composite
def subscripts(draw: st.DrawFn) -> str:
    inputs = draw(terms)
    labels = sorted(set("".join(inputs)))
    output = "".join(draw(st.permutations(labels))[: draw(st.integers(0, len(labels)))])
    return ",".join(inputs) + (f"->{output}" if draw(st.booleans()) else "")


def operands(np: Any, text: str) -> list[Any]:
    shapes = [[LENGTHS[label] for label in term] for term in text.split("->")[0].split(",")]
    return [(np.arange(np.zeros(shape).size) % 7 - 3).reshape(shape) for shape in shapes]


@settings(deadline=None)
@given(subscripts(), strategies)
def test_paths(text: str, optimize: Any) -> None:
    assert_agrees(lambda np: np.einsum_path(text, *operands(np, text), optimize=optimize))


@settings(deadline=None)
@given(subscripts(), strategies)
def test_sums(text: str, optimize: Any) -> None:
    arrays = operands(np, text)

    assert (np.einsum(text, *arrays, optimize=optimize) == np.einsum(text, *arrays)).all()
    assert_agrees(lambda np: np.einsum(text, *operands(np, text)))


CALLS = expressions("""
    np.einsum('ij,jk', np.ones((2, 3)), np.ones((3, 4)), optimize=True)
    np.einsum('...ij,...jk->...ik', np.ones((5, 2, 3)), np.ones((3, 4)), optimize=True)
    np.einsum(np.ones((2, 3)), [0, 1], np.ones((3, 4)), [1, 2], [0, 2], optimize=True)
    np.einsum(np.ones((2, 3)), [..., 0], [..., 0], optimize=True)
    np.einsum('i,ij,j', np.ones(2), np.ones((2, 3)), np.ones(3), optimize=['einsum_path', (0, 1), (0, 1)])
    np.einsum('ij,j->i', np.ones((2, 3)), np.ones(1), optimize=True)
    np.einsum('i,i->', np.ones(7), np.ones(7), out=np.array(0), optimize=True)
    np.einsum('ij->', np.ones((2, 3)), optimize=True)
    np.einsum('ij,jk', np.ones((2, 3)), np.ones((3, 4)), foo=3, optimize=True)
    np.einsum('ij,jk,kl', np.ones((2, 3)), np.ones((3, 4)), np.ones((4, 2)), optimize='best')
    np.einsum('ij,jk', np.ones((2, 3)), np.ones((3, 4)), optimize=3)
    np.einsum('ij,jk', np.ones((2, 3)), np.ones((3, 4)), optimize=())
    np.einsum('ij,jk', np.ones((2, 3)), np.ones((3, 4)), order='Q', optimize=True)
    np.einsum('ij,jk', np.ones((2, 3)), np.ones((3, 4)), casting='foo', optimize=True)
    np.einsum_path()
    np.einsum_path('ij')
    np.einsum_path('ij,jk', np.ones((2, 3)), np.ones((4, 3)))
    np.einsum_path('ijk', np.ones((2, 3)))
    np.einsum_path('i1', np.ones((2, 3)))
    np.einsum_path('ij->jij', np.ones((2, 3)))
    np.einsum_path('ij->ik', np.ones((2, 3)))
    np.einsum_path('ij-j', np.ones((2, 3)))
    np.einsum_path('i->j->', np.ones(2))
    np.einsum_path('i..', np.ones((2, 3)))
    np.einsum_path('...ijk', np.ones((2, 3)))
    np.einsum_path(np.ones(2), ['a'])
    np.einsum_path(0, 0)
    np.einsum_path('ab,bc,c', np.ones((2, 3)), np.ones((3, 4)), np.ones(4), optimize=['einsum_path', (0, 1)])
""")


@pytest.mark.parametrize("call", CALLS)
def test_agrees(call: str) -> None:
    assert_expression_agrees(call)


def test_order_of_the_result() -> None:
    a, b = np.ones((2, 3)), np.ones((3, 4))

    assert np.einsum("ij,jk->ik", a, b, optimize=True, order="F").flags.f_contiguous
    assert np.einsum("ij,jk->ik", a.T.copy().T, b.T.copy().T, optimize=True, order="A").flags.f_contiguous
