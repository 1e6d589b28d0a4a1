"""The signatures of functions of subarrays, such as ``(m,n),(n)->(m)``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__: list[str] = []


class CoreDimensions:
    """For each input and output of a function the names of the axes that belong to it."""

    __slots__ = ("inputs", "outputs")

    def __init__(self, inputs: list[tuple[str, ...]], outputs: list[tuple[str, ...]]) -> None:
        self.inputs = inputs
        self.outputs = outputs

    @classmethod
    def parse(cls, signature: str) -> CoreDimensions:
        """Read a signature; a `ValueError` says that it is not one."""
        import re

        text = re.sub(r"\s+", "", signature)
        group = r"\((?:\w+(?:,\w+)*)?\)"
        if not re.fullmatch(rf"{group}(?:,{group})*->{group}(?:,{group})*", text):
            raise ValueError(f"not a valid gufunc signature: {signature}")
        inputs, outputs = (
            [tuple(re.findall(r"\w+", each)) for each in re.findall(group, side)] for side in text.split("->")
        )
        return cls(inputs, outputs)

    @staticmethod
    def measure(lengths: dict[str, int], shape: Sequence[int], names: tuple[str, ...]) -> None:
        """Enter the lengths of the last axes of `shape` under their names, or compare with those known."""
        if not names:
            return
        if len(shape) < len(names):
            raise ValueError(
                f"{len(shape)}-dimensional argument does not have enough dimensions "
                f"for all core dimensions {names!r}"
            )
        for name, length in zip(names, shape[-len(names) :], strict=True):
            known = lengths.setdefault(name, length)
            if known != length:
                raise ValueError(f"inconsistent size for core dimension {name!r}: {length!r} vs {known!r}")

    @staticmethod
    def shape(lengths: dict[str, int], names: tuple[str, ...]) -> tuple[int, ...]:
        """Return the lengths of the named axes."""
        return tuple(lengths[name] for name in names)
