"""Comparison of NumPy's version strings."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

__all__ = ["NumpyVersion"]


class NumpyVersion:
    """A version of NumPy, ordered by release, pre-release and development state.

    Parameters
    ----------
    vstring : str
        Such as ``2.4.0``, ``2.4.0rc1``, ``2.4.0.dev0+git20251201``. Alphas, betas and release candidates come
        before the release, a development version before what it develops towards.

    Examples
    --------
    >>> import rustsci as np
    >>> np.lib.NumpyVersion("2.4.0rc1") < "2.4.0"
    True
    """

    __module__ = "rustsci.lib"

    def __init__(self, vstring: str) -> None:
        import re

        self.vstring = vstring
        release = re.match(r"(\d+)\.(\d+)\.(\d+)", vstring)
        if release is None:
            raise ValueError("Not a valid numpy version string")
        self.version = release.group()
        self.major, self.minor, self.bugfix = map(int, release.groups())
        rest = vstring[release.end() :]
        self.is_devversion = ".dev" in rest
        stage = re.match(r"(a|b|rc)\d+", rest)
        if stage is not None:
            self.pre_release = stage.group()
        else:
            self.pre_release = "" if rest else "final"

    def _key(self) -> tuple[Any, ...]:
        # "" < "a1" < "b1" < "rc1" < "~": a development version without a stage comes before all stages.
        stage = "~" if self.pre_release == "final" else self.pre_release
        return self.major, self.minor, self.bugfix, stage, not self.is_devversion

    def _key_of(self, other: object) -> tuple[Any, ...]:
        if isinstance(other, str):
            other = NumpyVersion(other)
        if not isinstance(other, NumpyVersion):
            raise ValueError("Invalid object to compare with NumpyVersion.")
        return other._key()

    def __lt__(self, other: object) -> bool:
        return self._key() < self._key_of(other)

    def __le__(self, other: object) -> bool:
        return self._key() <= self._key_of(other)

    def __eq__(self, other: object) -> bool:
        return self._key() == self._key_of(other)

    def __ne__(self, other: object) -> bool:
        return self._key() != self._key_of(other)

    def __gt__(self, other: object) -> bool:
        return self._key() > self._key_of(other)

    def __ge__(self, other: object) -> bool:
        return self._key() >= self._key_of(other)

    def __hash__(self) -> int:
        return hash(self._key())

    def __repr__(self) -> str:
        return f"NumpyVersion({self.vstring})"
