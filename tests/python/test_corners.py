"""Corners that random programs have found: each agrees with NumPy."""

from __future__ import annotations

import pytest

from tests.python.agreement import assert_expression_agrees, expressions

CALLS = expressions("""
    np.arange(0.3, 5000, 0.7, dtype='f4')
    np.arange(0.3, 500, 0.7, dtype='f2')
    np.arange(0.1, 4, dtype='c8')
    np.arange(np.float32(1.5), True, 0)
    np.arange(np.int8(4), 6 + 1j, dtype='u4').tolist()
    np.arange(2**63, 2**63 + 2)
    np.full(2, 2**64 - 1)
    np.full_like(np.zeros((0, 3), 'i2'), np.inf)
    np.zeros_like(np.ones((1, 2)), shape=(2, 3)).strides
    np.array(np.zeros((2, 6, 2, 7), 'i1').copy(order='F')[1, :, 1, :], 'c16', order='A').strides
    np.add(np.zeros((2, 1)), np.zeros((1, 7)), order='A').strides
    np.power([3], [-2, 2], where=np.array([False, True]), out=np.zeros(2, int))
    np.power([3], [-2, 2], where=np.array([True, False]), out=np.zeros(2, int))
    np.power(np.array([complex(np.inf, -0.001)]), [0, 1, 2, 3, 4, -1])
    np.power(np.array([complex(1e200, 1e200)] * 9), 1)
    np.float_power(np.array([complex(1e200, 1e200)] * 9), np.zeros(9, 'c16'))
    np.reciprocal(np.array([0j, 1j, 2 + 2j, 3 - 1j]))
    np.equal(2**63, 1)
    np.less(np.arange(3, dtype='u4'), -2, out=np.zeros(3, int), casting='no')
    np.floor_divide(np.float16(-12.25), np.array([5.96e-8, 0.0, -np.inf, 2.5], 'f2'))
    np.take(np.zeros((0, 0)), [[0, 0]], axis=-1)
    np.take(np.zeros((0, 2, 0)), [0], axis=0)
    np.take(np.zeros((0, 3)), [5], axis=1)
    np.percentile(np.zeros(0, int), [])
    np.fill_diagonal(np.zeros((2, 2), 'i4'), [np.nan, 1.0])
    np.loadtxt(['# a', '65535 1'], dtype='f2')
    np.float16('65535')
    np.ldexp(5, np.arange(4))
    np.ldexp(2, np.array(3))
    np.ldexp(5.5, np.arange(2))
    np.ldexp(np.arange(3), 5)
    np.ldexp(np.float32(1), 3)
    np.ldexp(True, np.arange(2))
    np.ldexp(2, np.arange(3, dtype='u8'))
    np.ldexp(5, np.arange(2), dtype='f4')
""")


@pytest.mark.parametrize("call", CALLS)
def test_agrees(call: str) -> None:
    assert_expression_agrees(call)
