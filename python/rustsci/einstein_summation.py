"""Sums of products of array elements, in the notation of Einstein."""

from __future__ import annotations

import functools
import math
from typing import TYPE_CHECKING, NamedTuple

from rustsci._native import asanyarray, c_einsum, matmul, ndarray
from rustsci.contraction_paths import contract, cost, greedy, optimal, size
from rustsci.einsum_subscripts import Subscripts, as_text, axis_lengths, parse
from rustsci.overrides import array_function

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from rustsci._types import ArrayLike, ArrayOrScalar
    from rustsci.contraction_paths import Path

__all__ = ["einsum", "einsum_path"]


class _Step(NamedTuple):
    """One contraction of a path."""

    positions: tuple[int, ...]  # of the operands, the last one first
    subscripts: Subscripts
    remaining: list[str]  # the labels of the operands afterwards


class _Plan(NamedTuple):
    """How to compute an einsum, and what that costs."""

    path: Path
    steps: list[_Step]
    naive_cost: int
    total_cost: int
    scaling: list[int]  # the number of labels in each step
    largest: int  # the elements of the largest result


def _strategy(optimize: Any) -> tuple[Any, int | None]:
    """Return the name of a strategy, False for none, or an explicit path; and a limit of elements."""
    if optimize is True:
        return "greedy", None
    if optimize is None or optimize is False:
        return False, None
    if isinstance(optimize, str):
        return optimize, None
    if len(optimize) and optimize[0] == "einsum_path":
        return tuple(map(tuple, optimize[1:])), None
    if len(optimize) == 2 and isinstance(optimize[0], str) and isinstance(optimize[1], (int, float)):
        return optimize[0], int(optimize[1])
    raise TypeError(f"Did not understand the path: {optimize}")


def _read(arguments: tuple[Any, ...], optimize: Any) -> tuple[Subscripts, list[ndarray], _Plan]:
    strategy, limit = _strategy(optimize)
    subscripts, operands = parse(arguments)
    lengths = axis_lengths(subscripts, operands)
    return subscripts, operands, _make_plan(subscripts, tuple(lengths.items()), strategy, limit)


# Programs repeat few contractions many times, and planning takes longer than a small contraction.
@functools.lru_cache(maxsize=256)
def _make_plan(
    subscripts: Subscripts, axis_lengths: tuple[tuple[str, int], ...], strategy: Any, limit: int | None
) -> _Plan:
    lengths = dict(axis_lengths)
    inputs = [frozenset(term) for term in subscripts.inputs]
    output = frozenset(subscripts.output)
    if limit is None:
        limit = max(size(labels, lengths) for labels in (*inputs, output))
    if isinstance(strategy, tuple):
        path = list(strategy)
    elif strategy is False or len(inputs) <= 2 or frozenset().union(*inputs) == output:
        path = [tuple(range(len(inputs)))]
    elif strategy == "greedy":
        path = greedy(inputs, output, lengths, limit)
    elif strategy == "optimal":
        path = optimal(inputs, output, lengths, limit)
    else:
        raise KeyError(f"Path name {strategy} not found")

    everything = contract(range(len(inputs)), inputs, output)
    sums = sum(map(len, inputs)) > len(everything.involved)
    naive_cost = cost(everything.involved, sums, len(inputs), lengths)
    total_cost = 1
    scaling, sizes, steps = [], [], []
    terms, remaining = list(subscripts.inputs), inputs
    for number, chosen in enumerate(path):
        positions = tuple(sorted(set(chosen), reverse=True))
        contraction = contract(positions, remaining, output)
        remaining = contraction.remaining
        chosen_terms = tuple(terms.pop(position) for position in positions)
        if number == len(path) - 1:
            result = subscripts.output
        else:
            result = "".join(sorted(contraction.result, key=lambda label: (lengths[label], label)))
        terms.append(result)
        steps.append(_Step(positions, Subscripts(chosen_terms, result), list(terms)))
        scaling.append(len(contraction.involved))
        sizes.append(size(contraction.result, lengths))
        total_cost += cost(contraction.involved, bool(contraction.removed), len(positions), lengths)
    if len(terms) != 1:
        raise RuntimeError(
            f"Invalid einsum_path is specified: {len(terms) - 1} more operands has to be contracted."
        )
    return _Plan(path, steps, naive_cost, total_cost, scaling, max(sizes))


def _operands_dispatcher(*operands: Any, out: Any = None, **kwargs: Any) -> Iterable[Any]:
    yield from operands
    yield out


@array_function(dispatcher=_operands_dispatcher)
def einsum_path(
    *operands: ArrayLike | str, optimize: Any = "greedy", einsum_call: bool = False
) -> tuple[list[Any], Any]:
    """Find a cheap order in which to contract the operands of `einsum`.

    Parameters
    ----------
    *operands
        As in `einsum`.
    optimize : bool, str, list or tuple, optional
        ``'greedy'`` (or True) contracts at each step the pair that takes away the most elements;
        ``'optimal'`` searches all orders, which takes long for many operands; False contracts all at
        once. A pair of a name and a number limits the elements of any result; by default the largest
        operand or output is the limit. A list that begins with ``'einsum_path'`` is taken as the path.
    einsum_call : bool, optional
        Whether to return the operands and the contractions instead, as `einsum` uses them.

    Returns
    -------
    path : list
        ``'einsum_path'`` followed by the positions of the operands to contract at each step. They are
        taken away, and their result is put behind the others.
    string_repr : str
        A table of the steps and their costs.

    Examples
    --------
    >>> import rustsci as np
    >>> a, b, c = np.ones((2, 10)), np.ones((10, 10)), np.ones((10, 3))
    >>> path, table = np.einsum_path('ij,jk,kl->il', a, b, c)
    >>> path
    ['einsum_path', (0, 1), (0, 1)]
    >>> print(table.splitlines()[0])
      Complete contraction:  ij,jk,kl->il
    """
    subscripts, arrays, plan = _read(operands, optimize)
    if einsum_call:
        return arrays, [(step.positions, str(step.subscripts), step.remaining) for step in plan.steps]
    return ["einsum_path", *plan.path], _describe(subscripts, plan)


def _describe(subscripts: Subscripts, plan: _Plan) -> str:
    rule = "-" * 74
    naive_scaling = len(set("".join(subscripts.inputs)))
    lines = [
        f"  Complete contraction:  {subscripts}",
        f"         Naive scaling:  {naive_scaling}",
        f"     Optimized scaling:  {max(plan.scaling)}",
        f"      Naive FLOP count:  {plan.naive_cost:.3e}",
        f"  Optimized FLOP count:  {plan.total_cost:.3e}",
        f"   Theoretical speedup:  {plan.naive_cost / plan.total_cost:.3f}",
        f"  Largest intermediate:  {plan.largest:.3e} elements",
        rule,
        f"{'scaling':6} {'current':>24} {'remaining':>40}",
        rule,
    ]
    for step, scaling in zip(plan.steps, plan.scaling, strict=True):
        left = f"{','.join(step.remaining)}->{subscripts.output}"
        lines.append(f"{scaling:4d}    {step.subscripts!s:>24} {left:>40}")
    return "\n".join(lines)


@array_function(dispatcher=_operands_dispatcher)
def einsum(
    *operands: ArrayLike | str, out: ndarray | None = None, optimize: Any = False, **kwargs: Any
) -> ArrayOrScalar:
    """Return sums of products of elements, chosen by labels of the axes.

    Axes with the same label run together; the result is summed over labels that it does not have.

    Parameters
    ----------
    subscripts : str
        For each operand, separated by commas, a letter for each axis; after ``'->'``, those of the
        result. Without an arrow the result has, in order, those that occur once. ``'...'`` stands for
        axes that are broadcast.
    *operands : array_like
        The arrays. Instead of a string before all, there may be a list of integers and `Ellipsis` after
        each, and another one for the result.
    out : ndarray, optional
        The array to put the result in.
    optimize : bool, str, list or tuple, optional
        In which order to contract more than two operands, as in `einsum_path`: all at once by default.
    dtype : dtype, optional
        The dtype to compute in.
    order : {'K', 'A', 'C', 'F'}, optional
        The memory layout of the result.
    casting : str, optional
        What casts to `dtype` are allowed, ``'safe'`` ones by default.

    Returns
    -------
    ndarray or scalar
        The sums. It is a view of the operand, which can be written to, if nothing had to be computed.

    See Also
    --------
    einsum_path, tensordot, matmul

    Examples
    --------
    >>> import rustsci as np
    >>> a = np.arange(6).reshape(2, 3)
    >>> np.einsum('ij->ji', a)
    array([[0, 3],
           [1, 4],
           [2, 5]])
    >>> np.einsum('ij,j', a, [1, 1, 2])
    array([ 5, 17])
    >>> np.einsum('ij,kj,kl->il', a, a, [[1], [1]], optimize=True)
    array([[19],
           [64]])
    """
    if optimize is False or optimize is None:
        text, given = as_text(operands)
        return c_einsum(text, *given, out=out, **kwargs)
    unknown = [name for name in kwargs if name not in ("dtype", "order", "casting")]
    if unknown:
        raise TypeError(f"Did not understand the following kwargs: {unknown}")
    order = kwargs.pop("order", "K")

    _, arrays, plan = _read(operands, optimize)
    if order in ("A", "a"):
        order = "F" if all(array.flags.fnc for array in arrays) else "C"
    for number, step in enumerate(plan.steps):
        chosen = [arrays.pop(position) for position in step.positions]
        last = number == len(plan.steps) - 1
        arrays.append(_contract(step.subscripts, chosen, out if last else None, kwargs))
    if out is not None:
        return out
    result = asanyarray(arrays[0], order=order)
    return result if result.ndim else result[()]


def _contract(
    subscripts: Subscripts, arrays: list[ndarray], out: ndarray | None, kwargs: dict[str, Any]
) -> ndarray:
    # A dtype given for the sum is for the loop of `c_einsum` to know, not for matrix products.
    if len(arrays) == 2 and not kwargs:
        product = _as_matrix_product(subscripts, *arrays)
        if product is not None:
            if out is None:
                return product
            if not isinstance(out, ndarray):
                raise TypeError(f"out must be an array, not {type(out)}")
            out[...] = product
            return out
    return c_einsum(str(subscripts), *arrays, out=out, **kwargs)


class _Layout(NamedTuple):
    """How the axes of two operands make them stacks of matrices to multiply."""

    a_axes: list[int]  # in the order: stacked, rows, summed
    b_axes: list[int]  # in the order: stacked, summed, columns
    counts: tuple[int, int, int]  # of axes that are stacked, rows, and summed over
    output_axes: list[int]  # of the product with axes in the order: stacked, rows, columns


@functools.lru_cache(maxsize=256)
def _matrix_layout(subscripts: Subscripts) -> _Layout | None:
    """Return how to contract two operands by matrix products, or None if that is something else."""
    (left, right), output = subscripts.inputs, subscripts.output
    stacked = [label for label in left if label in right and label in output]
    summed = [label for label in left if label in right and label not in output]
    rows = [label for label in left if label not in right]
    columns = [label for label in right if label not in left]
    if not summed or len(set(left)) < len(left) or len(set(right)) < len(right):
        return None
    if not set(rows + columns) <= set(output):
        return None  # a label of one operand only is summed over
    labels = [*stacked, *rows, *columns]
    return _Layout(
        [left.index(label) for label in (*stacked, *rows, *summed)],
        [right.index(label) for label in (*stacked, *summed, *columns)],
        (len(stacked), len(rows), len(summed)),
        [labels.index(label) for label in output],
    )


def _as_matrix_product(subscripts: Subscripts, a: ndarray, b: ndarray) -> ndarray | None:
    """Return the contraction of two arrays by `matmul`, or None if it is not a stack of such products."""
    layout = _matrix_layout(subscripts)
    if layout is None:
        return None
    a, b = a.transpose(layout.a_axes), b.transpose(layout.b_axes)
    stacked, rows, summed = layout.counts
    stack, row_shape, sum_shape = (
        a.shape[:stacked],
        a.shape[stacked : stacked + rows],
        a.shape[stacked + rows :],
    )
    column_shape = b.shape[stacked + summed :]
    if b.shape[:stacked] != stack or b.shape[stacked : stacked + summed] != sum_shape:
        return None  # an axis of length one is broadcast
    count = math.prod(sum_shape)
    product = matmul(
        a.reshape((*stack, math.prod(row_shape), count)), b.reshape((*stack, count, math.prod(column_shape)))
    )
    return product.reshape((*stack, *row_shape, *column_shape)).transpose(layout.output_axes)
