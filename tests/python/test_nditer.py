"""``nditer`` and ``nested_iters`` beside NumPy's."""

from __future__ import annotations

import random
from itertools import chain
from types import ModuleType
from typing import Any

import pytest

import rustsci
from tests.python.oracle import numpy, there

# What the programs below work on.
ARRAYS = """
a = np.arange(6).reshape(2, 3)
f = np.asfortranarray(a)
b = a[:, ::-1]
c = np.arange(24).reshape(2, 3, 4)
x = np.arange(3.0)
"""


def values(handed: Any) -> Any:
    """What an iterator hands out, as plain numbers."""
    if isinstance(handed, tuple):
        return tuple(each.tolist() for each in handed)
    return handed.tolist()


def walk(it: Any) -> tuple[Any, ...]:
    """How an iterator is set up, and all that it hands out."""
    about = (it.shape, it.ndim, it.itersize, [str(dtype) for dtype in it.dtypes], it.nop)
    return *about, [values(handed) for handed in it], it.finished


def places(it: Any, *names: str) -> list[Any]:
    """What an iterator says of itself at each element."""
    return [(values(handed), *(getattr(it, name) for name in names)) for handed in it]


def outcome(program: str, np: ModuleType) -> str:
    """The value of the last line of a program, or its exception."""
    *lines, last = program.strip().splitlines()
    namespace = {"np": np, "walk": walk, "places": places, "values": values}
    exec(ARRAYS, namespace)
    try:
        exec("\n".join(lines), namespace)
        return repr(eval(last, namespace))
    except Exception as error:
        return f"{type(error).__name__}: {error}".replace("rustsci.", "numpy.")


def assert_same(program: str) -> None:
    assert outcome(program, rustsci) == there(outcome)(program, numpy)


WALKS = """
a
f
b
5
[1, 2]
a[:0], flags=['zerosize_ok']
a[:0]
b, order='C'
f, order='C'
a, order='F'
f, order='A'
c.transpose(1, 0, 2)
c.transpose(1, 0, 2)[:, ::-1]
c[:, ::2], order='C'
c[:, :, ::2]
np.ones((1, 1))
np.broadcast_to(x, (2, 3))
a, flags=['external_loop']
a.T, flags=['external_loop'], order='C'
c[:, ::2], flags=['external_loop']
5, flags=['external_loop']
[a, np.arange(3)]
[a, np.arange(3)], flags=['external_loop']
[a, np.arange(2)[:, None]], flags=['external_loop']
[a, f], flags=['external_loop']
[a, a.T[::-1].T]
a, flags=['multi_index']
f, flags=['c_index']
a, flags=['c_index']
c.swapaxes(0, 1), flags=['f_index']
a, flags=['multi_index', 'external_loop']
a, flags=['c_index', 'f_index']
a, flags=['foo']
a, flags='multi_index'
a, flags=['refs_ok', 'ranged', 'reduce_ok', 'copy_if_overlap', 'common_dtype', 'growinner']
a, op_flags=['foo']
a, op_flags=['readwrite', 'readonly']
a, op_flags=[]
a, op_flags=[['readonly'], ['readonly']]
a, op_flags=['readonly', 'nbo', 'aligned', 'contig', 'no_subtype']
b, op_flags=['readonly', 'contig'], order='C'
b, op_flags=['readonly', 'contig'], order='C', flags=['buffered', 'external_loop']
a, op_dtypes=['f4']
a, op_dtypes=['f4'], flags=['buffered']
a, op_dtypes=['f4'], flags=['buffered'], casting='same_kind'
a, op_dtypes='f4', flags=['buffered'], casting='same_kind'
a, op_dtypes=['f4'], op_flags=['readonly', 'copy']
a, op_dtypes=['f4'], op_flags=['readonly', 'copy'], casting='same_kind'
a, op_dtypes=['f8']
3, op_dtypes=['f8']
a, op_flags=['writeonly', 'updateifcopy'], op_dtypes=['f8']
[a, x], flags=['common_dtype', 'buffered']
[a, x], flags=['common_dtype']
[a, x], op_flags=[['readonly', 'copy']] * 2, flags=['common_dtype']
[x, np.arange(4)]
[np.arange(3), np.zeros(())], op_flags=[['readonly'], ['readwrite']]
[np.arange(3), np.zeros(())], op_flags=[['readonly'], ['readwrite']], flags=['reduce_ok']
[np.arange(3), np.zeros(())], op_flags=[['readonly'], ['writeonly']], flags=['reduce_ok']
[a, x], op_flags=[['readonly'], ['readonly', 'no_broadcast']]
[a, np.zeros((1, 2, 3))], op_flags=[['readonly', 'no_broadcast'], ['readonly']]
a, flags=['external_loop', 'buffered'], buffersize=4
f, flags=['external_loop', 'buffered'], buffersize=4, order='C'
a, flags=['external_loop', 'buffered', 'growinner'], buffersize=2
a, flags=['external_loop', 'buffered', 'growinner'], buffersize=2, op_dtypes='f8'
c.T, flags=['external_loop', 'buffered'], order='C', op_dtypes='f8'
None
[]
a, order='X'
a, casting='foo'
[a], itershape=(4, 2, 3)
[a, a], op_axes=[[0, 1], [1, 0]]
[np.arange(2), np.arange(3)], op_axes=[[0, -1], [-1, 0]]
a, op_axes=[[0]]
a, op_axes=[[1, None, 0]]
a, op_axes=[[0, 0]]
[a, x], op_axes=[[0, 1]]
1.5, op_flags=['writeonly']
"""


@pytest.mark.parametrize("arguments", WALKS.strip().splitlines())
def test_walks_as_numpy_does(arguments: str) -> None:
    assert_same(f"walk(np.nditer({arguments}))")


PROGRAMS = """
places(np.nditer(a, flags=['multi_index']), 'multi_index', 'iterindex')

places(np.nditer(b, flags=['multi_index', 'f_index']), 'multi_index', 'index')

places(np.nditer(c.transpose(2, 0, 1), flags=['c_index']), 'index', 'iterindex')

it = np.nditer(a, flags=['multi_index'])
it.multi_index = (1, 2)
it.value.tolist(), it.iterindex, it.finished

it = np.nditer(b, flags=['c_index'])
it.index = 4
it.value.tolist(), it.iterindex, it.index

it = np.nditer(c.swapaxes(0, 2), flags=['f_index'])
it.index = 17
it.value.tolist(), it.iterindex, it.index

it = np.nditer(a, flags=['multi_index'])
it.multi_index = (5, 0)

it = np.nditer(a)
it.iterindex = 99

it = np.nditer(a, flags=['external_loop'])
it.iterindex = 0

np.nditer(a).multi_index

np.nditer(a).index

it = np.nditer(a)
it.iternext(), it.iternext(), it.iterindex, next(it).tolist(), next(it).tolist(), it.reset(), it.iterindex

it = np.nditer(a)
list(it)
it.shape

it = np.nditer(a, flags=['ranged'])
it.iterrange = (2, 4)
walk(it), it.iterrange

it = np.nditer(a)
it.iterrange = (1, 2)

it = np.nditer(a, flags=['multi_index'])
it.iterindex = 3
it.remove_multi_index()
walk(it)

it = np.nditer(c, flags=['multi_index'])
it.remove_axis(1)
walk(it)

it = np.nditer(c[:, ::-1], flags=['multi_index'])
it.remove_axis(1)
walk(it)

np.nditer(a).remove_axis(0)

it = np.nditer(a)
it.enable_external_loop()
walk(it)

it = np.nditer([a, x, x])
[values(part) for part in (it[0], it[-1], it[0:2], it[:])], len(it)

it = np.nditer([a, x, x])
it[::-1]

np.nditer(a)['x']

np.nditer(a)[3]

it = np.nditer(a)
it[0] = 3

it = np.nditer([a, x], op_flags=['readwrite'], flags=['reduce_ok'])
it[:] = (7, 8)
a.tolist(), x.tolist()

it = np.nditer(a)
del it[0]

it = np.nditer(a)
copied = it.copy()
copied.iternext(), values(it.value), values(copied.value)

[view.tolist() for view in np.nditer([b, x]).itviews]

np.nditer(a, flags=['buffered']).itviews

it = np.nditer(a, flags=['buffered', 'delay_bufalloc'])
it.has_delayed_bufalloc, it.reset(), it.has_delayed_bufalloc, walk(it)

np.nditer(a, flags=['buffered', 'delay_bufalloc']).value

with np.nditer(a, op_flags=['readwrite']) as it:
    for element in it:
        element[...] = 2 * element
a.tolist()

it = np.nditer(a, op_flags=['readwrite'])
it.close()
it.operands

it = np.nditer(a)
it.close()
list(it)

it = np.nditer([a, None])
for x, y in it:
    y[...] = x * x
it.operands[1].tolist(), it.operands[1].strides, it.operands[0] is a

it = np.nditer([f, x, None], flags=['external_loop'])
for left, right, result in it:
    result[...] = left * right
it.operands[2].tolist(), it.operands[2].strides

it = np.nditer([x[:2], x, None], op_axes=[[0, -1], [-1, 0], None])
for left, right, result in it:
    result[...] = left * right
it.operands[2].tolist()

it = np.nditer([c, None], op_flags=[['readonly'], ['readwrite', 'allocate']], flags=['reduce_ok'],
               op_axes=[None, [0, -1, 1]])
it.operands[1][...] = 0
for left, result in it:
    result[...] += left
it.operands[1].tolist()

total = np.zeros(2)
options = dict(flags=['reduce_ok', 'buffered', 'external_loop'], op_flags=[['readonly'], ['readwrite']])
options |= dict(op_dtypes=['f4', 'f4'], casting='same_kind', op_axes=[[0, 1], [0, -1]])
with np.nditer([a, total], **options) as it:
    for left, result in it:
        result[...] += left.sum() if result.strides == (0,) else left
total.tolist()

with np.nditer(x, op_flags=['readwrite'], op_dtypes=['i4'], flags=['buffered'], casting='unsafe') as it:
    for element in it:
        element[...] = element + 1
x.tolist()

it = np.nditer(x, op_flags=['readwrite', 'updateifcopy'], op_dtypes=['f4'], casting='same_kind')
for element in it:
    element[...] = element + 1
before = x.tolist()
it.close()
before, x.tolist()

with np.nditer([x[1:], x[:-1]], flags=['copy_if_overlap'], op_flags=[['readonly'], ['writeonly']]) as it:
    for source, target in it:
        target[...] = source
x.tolist()

x.flags.writeable = False
np.nditer(x, op_flags=['readwrite'])

huge = np.broadcast_to(x[:1], (2**62,))
np.nditer([huge, np.broadcast_to(x[:1], (4, 1))])

outer, inner = np.nested_iters(np.arange(12).reshape(2, 3, 2), [[1], [0, 2]], flags=['multi_index'])
[(outer.multi_index, [(int(v), inner.multi_index) for v in inner]) for _ in outer]

outer, inner = np.nested_iters([c, c[:1]], [[0, 2], [1]])
[[values(pair) for pair in inner] for _ in outer]

outer, inner = np.nested_iters(b, [[1], [0]])
[[values(element) for element in inner] for _ in outer]

first, second, third = np.nested_iters(c, [[2], [0], [1]])
[[[values(element) for element in third] for _ in second] for _ in first]

outer, inner = np.nested_iters(a, [[0], [1]], op_dtypes='f8', op_flags=['readonly', 'copy'])
[[values(element) for element in inner] for _ in outer], str(inner.dtypes)

outer, inner = np.nested_iters(a, [[0], [1]], op_dtypes='f4', flags=['buffered'], casting='unsafe')
[[values(element) for element in inner] for _ in outer], str(inner.dtypes)

np.nested_iters(a, [[0], [0, 1]])

np.nested_iters(a, [[0, 1]])
"""


@pytest.mark.parametrize("program", PROGRAMS.strip().split("\n\n"))
def test_does_as_numpy_does(program: str) -> None:
    assert_same(program)


def random_walk(rng: random.Random) -> str:
    """Operands of random strides that fit each other, walked through with random flags."""
    ndim = rng.randint(1, 4)
    shape = [rng.choice((1, 2, 3)) for _ in range(ndim)]
    operands, longest = [], 1
    for _ in range(rng.randint(1, 3)):
        own = [length if rng.random() < 0.8 else 1 for length in shape[rng.randrange(ndim) :]]
        longest = max(longest, *own)
        steps = [rng.choice((1, 1, 1, 2, -1, -2)) for _ in own]
        axes = rng.sample(range(len(own)), len(own))
        stored = [own[axis] * abs(steps[axis]) for axis in axes]
        order = [axes.index(axis) for axis in range(len(own))]
        size = " * ".join(map(str, stored))
        slices = ", ".join(f"::{step}" for step in steps)
        operands.append(f"np.arange({size}).reshape({stored}).transpose({order})[{slices}]")
    flags = rng.sample(["buffered", "ranged", "growinner", "copy_if_overlap"], rng.randint(0, 2))
    flags += rng.choice(([], ["external_loop"], ["multi_index"], ["c_index"], ["f_index"]))
    # NumPy 2.4 loses its way in these.
    if flags[-1:] in (["c_index"], ["f_index"]) and (longest == 1 or {"ranged", "buffered"} & {*flags}):
        flags = []
    keywords = f"flags={flags}, order={rng.choice('CFAKK')!r}"
    if "buffered" in flags:
        keywords += f", buffersize={rng.choice((1, 2, 3, 5, 7, 100))}"
        if rng.random() < 0.5:
            keywords += ", op_dtypes='f4', casting='unsafe'"
    return f"walk(np.nditer([{', '.join(operands)}], {keywords}))"


@pytest.mark.parametrize("seed", range(300))
def test_random_walks(seed: int) -> None:
    program = random_walk(random.Random(seed))
    if "external_loop" in program and "buffered" in program:
        # How many elements a buffer holds at a time is up to the library.
        ours, theirs = (joined(eval_walk(program, np)) for np in (rustsci, numpy))
        assert ours == theirs, program
    else:
        assert_same(program)


def eval_walk(program: str, np: ModuleType) -> Any:
    if np is numpy:
        return eval(there(outcome)(program, numpy))
    return eval(outcome(program, np))


def joined(walked: Any) -> Any:
    """A walk whose stretches are put together."""
    *about, handed, finished = walked
    parts = [stretch if isinstance(stretch, tuple) else (stretch,) for stretch in handed]
    return about, [list(chain(*columns)) for columns in zip(*parts, strict=True)], finished
