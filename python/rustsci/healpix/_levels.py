"""How finely the sky is cut: depths and nsides, one for all cells or one for each."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

__all__: list[str] = []

MAX_DEPTH = 29


def whole(value: Any) -> int:
    """Return a whole number, which may be a float."""
    from operator import index

    return int(value) if isinstance(value, float) and value.is_integer() else index(value)


def nside_of(depth: Any) -> int:
    """Return nside of one depth, which is checked."""
    depth = whole(depth)
    if not 0 <= depth <= MAX_DEPTH:
        raise ValueError(f"Depth must be in the [0, 29] closed range, not {depth}")
    return 1 << depth


def checked_nside(nside: Any) -> int:
    """Return one nside of the ring scheme, which is checked."""
    nside = whole(nside)
    if not 1 <= nside <= 1 << MAX_DEPTH:
        raise ValueError(f"nside must be between 1 and 2**29, not {nside}")
    return nside


def at_levels(
    levels: Any,
    check: Callable[[Any], int],
    call: Callable[..., Any],
    *arrays: Any,
) -> Any:
    """Call ``call(*arrays, nside)`` where cells of one or of several levels are mixed.

    The levels (depths or nsides) are broadcast against the arrays; `call` is made once for each distinct
    level, and its results, whose first axes are those of the arrays, are put together.
    """
    if type(levels) is int:
        return call(*arrays, check(levels))
    import rustsci

    levels = rustsci.asarray(levels)
    if levels.size == 1 and levels.ndim <= arrays[0].ndim:
        return call(*arrays, check(levels.item()))
    nsides = {level: check(level) for level in set(levels.ravel().tolist())}
    levels, *arrays_there = rustsci.broadcast_arrays(levels, *arrays)
    shape, flat = levels.shape, levels.ravel()
    columns = [array.ravel() for array in arrays_there]
    if not nsides:
        return _shaped(call(*columns, 1), shape)
    whole: list[Any] = []
    for level, nside in nsides.items():
        chosen = flat == level
        part = call(*(column[chosen] for column in columns), nside)
        parts = part if isinstance(part, (tuple, list)) else (part,)
        whole = whole or [rustsci.empty((flat.size, *p.shape[1:]), dtype=p.dtype) for p in parts]
        for all_of_it, p in zip(whole, parts, strict=True):
            all_of_it[chosen] = p
    return _shaped(whole[0] if len(whole) == 1 else tuple(whole), shape)


def _shaped(result: Any, shape: tuple[int, ...]) -> Any:
    """Give results the first axes that the broadcast arrays have."""
    if isinstance(result, (tuple, list)):
        return tuple(_shaped(part, shape) for part in result)
    return result.reshape(shape + result.shape[1:])
