"""Several statements, each on what the last has left: views of views, updates in place, results reused."""

from __future__ import annotations

from tests.python.differential.drawing.sketch import Operand, Sketch
from tests.python.differential.drawing.values import FLOATS, INTEGERS
from tests.python.differential.tolerance import Tolerance

UNSPECIFIED = ("strides",)

_DTYPES = ("float64", "int64", "float32", "uint8", "int16", "complex128", "bool")

# Each takes the name of an array of two axes or more and gives an expression of the same kind.
_VIEWS = (
    "{}.T",
    "{}[::-1]",
    "{}[:, ::-1]",
    "{}[1:]",
    "{}[:, :-1]",
    "{}[..., ::2]",
    "{}[:, None, 0]",
    "{}.swapaxes(0, 1)",
    "{}.reshape({0}.shape[::-1])",
    "{}.ravel().reshape(1, -1)",
    "np.atleast_2d({}[0])",
    "np.broadcast_to({}, (2, *{0}.shape))[1]",
    "{}.real",
)
_VALUES = (
    "{} + 1",
    "{} * {0}",
    "{} - {0}.mean()",
    "{}.astype('float32')",
    "{}.astype('int64')",
    "np.where({} > 1, {0}, 0)",
    "np.sort({}, axis=0)",
    "np.cumsum({}, axis=1)",
    "np.abs({})",
    "{}.copy(order='F')",
    "{}[{0}[:, 0] != 0]",
    "np.concatenate([{}, {0}[::-1]])",
    "np.roll({}, 1, axis=1)",
    "np.repeat({}, 2, axis=0)",
    "np.take({}, [0, -1], axis=0)",
    "{} @ {0}.T",
    "np.maximum({}, {0}[:1])",
    "np.add.outer({}[0], {0}[:, 0])",
    "np.asarray({}.tolist())",
)
_UPDATES = (
    "{} += 1",
    "{}[0] = 7",
    "{}[:, 0] *= 2",
    "{}[{} == {}.max()] = 0",
    "{}[1:] += {}[:-1]",
    "{}[::-1] -= {}",
    "{}.T[0] = 3",
    "{}.sort(axis=0)",
    "{}[...] = {}[::-1]",
    "{}.flat[::3] = 5",
    "np.multiply({}, 2, out={})",
    "{}.fill(2)",
    "{}[-1], {}[0] = {}[0].copy(), {}[-1].copy()",
    "{}[[0, -1]] = {}[[-1, 0]]",
    "{} //= 2",
    "np.negative({}, out={}, where={} > 1)",
)
_ENDS = (
    "{}.sum(axis=0)",
    "{}.max(axis=-1)",
    "np.unique({})",
    "np.argwhere({})",
    "str({})",
    "repr({})",
    "{}.flags.c_contiguous, {0}.flags.f_contiguous",
    "{}.tolist()",
    "np.argsort({}, axis=None, kind='stable')",
    "list({}.flat)[:3]",
    "{}.mean(axis=0, keepdims=True)",
    "np.count_nonzero({}, axis=1)",
    "{}.tobytes()",
    "np.array_equal({}, {0}.T)",
    "{}.item(0)",
    "np.median({}, axis=0)",
)


def chain(sketch: Sketch) -> None:
    """Three to six steps."""
    start: Operand = sketch.array(
        sketch.choose(((3, 4), (2, 2), (4, 1), (1, 5), (3, 3), (5, 3), (33, 40))),
        dtypes=_DTYPES,
        kind="tame",
        writeable=True,
    )
    name = str(start)
    for _ in range(sketch.integer(2, 5)):
        kind = sketch.choose(("view", "update", "value", "update"))
        if kind == "update":
            sketch.lines.append(sketch.choose(_UPDATES).replace("{}", name))
        else:
            name = sketch.bind(
                sketch.choose(_VIEWS if kind == "view" else _VALUES).replace("{0}", name).replace("{}", name)
            )
    sketch.tolerance = Tolerance(64, scale=4096.0)
    sketch.result(sketch.choose(_ENDS).replace("{0}", name).replace("{}", name))


def loop(sketch: Sketch) -> None:
    """A recurrence on a row, by elements or by slices."""
    count = sketch.integer(2, 9)
    x = sketch.array((count,), dtypes=FLOATS[1:] + INTEGERS[:4], kind="tame", writeable=True)
    body = sketch.choose(
        (
            "{x}[i] = {x}[i - 1] + {x}[i]",
            "{x}[i:] -= {x}[i - 1]",
            "{x}[i], {x}[i - 1] = {x}[i - 1], {x}[i]",
            "{x}[i] += i / 2",
            "{x}[:i] = {x}[:i][::-1]",
            "{x}[i] = max({x}[i], {x}[i - 1])",
            "{x}[i] = {x}[:i].sum()",
        )
    ).format(x=x)
    sketch.lines.append(f"for i in range(1, {count}): {body}")
    sketch.tolerance = Tolerance(16, scale=256.0)
    sketch.result(
        sketch.choose(
            (f"{x}.cumsum()", f"sum({x})", f"[v * 2 for v in {x}]", f"max({x}), min({x})", f"{x} ** 2")
        )
    )


OPERATIONS = (chain, chain, chain, loop)
