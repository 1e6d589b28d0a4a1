"""In which order to contract the operands of `einsum`.

A path is a list of tuples of positions. The operands at these positions are contracted, taken away, and
their result is put behind the others, until one is left. The cost is the number of multiplications and
additions.

The two strategies are those described in D. G. A. Smith and J. Gray, "opt_einsum - A Python package for
optimizing contraction order for einsum-like expressions", Journal of Open Source Software 3 (2018) 753.
"""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import TypeAlias

    Path: TypeAlias = list[tuple[int, ...]]
    Labels: TypeAlias = frozenset[str]

__all__: list[str] = []


class Contraction(NamedTuple):
    """What it means to contract some of the operands."""

    involved: frozenset[str]  # the labels of these operands
    result: frozenset[str]  # those that their result still needs
    remaining: list[frozenset[str]]  # the labels of the other operands, and of the result behind them

    @property
    def removed(self) -> frozenset[str]:
        return self.involved - self.result


def contract(positions: Sequence[int], inputs: Sequence[Labels], output: Labels) -> Contraction:
    """Contract the operands at `positions`, keeping the labels that others or the output have."""
    remaining = [labels for i, labels in enumerate(inputs) if i not in positions]
    involved = frozenset().union(*(inputs[i] for i in positions))
    result = involved & output.union(*remaining)
    return Contraction(involved, result, [*remaining, result])


def size(labels: Iterable[str], lengths: dict[str, int]) -> int:
    """Return the number of elements of an array with these labels."""
    return math.prod(lengths[label] for label in labels)


def cost(labels: Iterable[str], sums: bool, terms: int, lengths: dict[str, int]) -> int:
    """Return the operations to contract a number of terms, with or without a sum over labels."""
    return size(labels, lengths) * (max(1, terms - 1) + sums)


class _Pair(NamedTuple):
    """Two operands, by position, and what it would bring to contract them."""

    gain: int  # by how much the number of elements that are kept shrinks
    cost: int
    positions: tuple[int, int]

    def rank(self) -> tuple[int, int]:
        return -self.gain, self.cost


def greedy(inputs: Sequence[Labels], output: Labels, lengths: dict[str, int], limit: int) -> Path:
    """Contract at each step the pair that takes away the most elements, and of these the cheapest.

    Pairs that share no label are considered when there are no others. No result has more than `limit`
    elements, and the whole may not cost more than contracting everything at once.
    """
    everything = tuple(range(len(inputs)))
    if len(inputs) <= 2:
        return [everything]
    at_once = contract(everything, inputs, output)
    budget = cost(at_once.involved, bool(at_once.removed), len(inputs), lengths)
    spent = 0
    remaining = list(inputs)
    path: Path = []

    def consider(positions: tuple[int, int]) -> _Pair | None:
        candidate = contract(positions, remaining, output)
        elements = size(candidate.result, lengths)
        price = cost(candidate.involved, bool(candidate.removed), 2, lengths)
        if elements > limit or spent + price > budget:
            return None
        gain = sum(size(remaining[i], lengths) for i in positions) - elements
        return _Pair(gain, price, positions)

    pairs: list[_Pair] = []
    new: Iterable[tuple[int, int]] = itertools.combinations(everything, 2)
    for _ in range(len(inputs) - 1):
        sharing = (positions for positions in new if remaining[positions[0]] & remaining[positions[1]])
        pairs += filter(None, map(consider, sharing))
        if not pairs:
            pairs = list(filter(None, map(consider, itertools.combinations(range(len(remaining)), 2))))
        if not pairs:
            path.append(tuple(range(len(remaining))))
            break
        best = min(pairs, key=_Pair.rank)
        path.append(best.positions)
        spent += best.cost
        remaining = contract(best.positions, remaining, output).remaining
        pairs = _without(pairs, best.positions)
        last = len(remaining) - 1
        new = [(i, last) for i in range(last)]
    return path


def _without(pairs: list[_Pair], gone: tuple[int, int]) -> list[_Pair]:
    """Return the pairs that contain neither of two operands, whose successors have moved up."""
    low, high = gone

    def moved(position: int) -> int:
        return position - (position > low) - (position > high)

    return [
        _Pair(pair.gain, pair.cost, (moved(pair.positions[0]), moved(pair.positions[1])))
        for pair in pairs
        if not set(pair.positions) & set(gone)
    ]


def optimal(inputs: Sequence[Labels], output: Labels, lengths: dict[str, int], limit: int) -> Path:
    """Return the cheapest of all paths by pairs that have no result of more than `limit` elements.

    Where the limit ends all paths early, it is the cheapest of the longest, and what is left is
    contracted at once. The search goes down one path at a time and turns back where it cannot be better
    than the best so far.
    """
    steps = len(inputs) - 1
    best_length, best_cost = -1, 0
    best_path: Path = []

    def search(remaining: Sequence[Labels], path: Path, spent: int) -> None:
        nonlocal best_length, best_cost, best_path
        if best_length == steps and spent >= best_cost:
            return
        for positions in itertools.combinations(range(len(remaining)), 2):
            candidate = contract(positions, remaining, output)
            if size(candidate.result, lengths) <= limit:
                price = cost(candidate.involved, bool(candidate.removed), 2, lengths)
                search(candidate.remaining, [*path, positions], spent + price)
        if len(path) > best_length or (len(path) == best_length and spent < best_cost):
            best_length, best_cost, best_path = len(path), spent, path

    search(inputs, [], 0)
    left = len(inputs) - best_length
    return best_path if left == 1 else [*best_path, tuple(range(left))]
