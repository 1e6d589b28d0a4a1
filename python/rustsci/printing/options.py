"""How arrays are printed: the options, and the ways to set them.

Options belong to the current context in the sense of `contextvars`: threads and asynchronous tasks each have
their own.
"""

from __future__ import annotations

import operator
from contextvars import ContextVar
from functools import wraps
from sys import maxsize
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import TracebackType
    from typing import Any, Literal, ParamSpec, SupportsIndex, TypeAlias, TypeVar

    from rustsci._native import ndarray

    FloatMode: TypeAlias = Literal["fixed", "unique", "maxprec", "maxprec_equal"]
    Sign: TypeAlias = Literal["-", "+", " "]
    Legacy: TypeAlias = Literal["1.13", "1.21", "1.25", "2.1", "2.2", False]
    P = ParamSpec("P")
    R = TypeVar("R")
    Formatter: TypeAlias = Mapping[str, Callable[[Any], str] | None]

__all__ = ["get_printoptions", "printoptions", "set_printoptions"]

CURRENT = (maxsize, 0)
"""The release to print like when no earlier one is asked for."""

_RELEASES: dict[Legacy, tuple[int, int]] = {
    "1.13": (1, 13),
    "1.21": (1, 21),
    "1.25": (1, 25),
    "2.1": (2, 1),
    "2.2": (2, 2),
    False: CURRENT,
}
_LEGACY_NAMES = {release: name for name, release in _RELEASES.items()}

_FLOAT_MODES = ("fixed", "unique", "maxprec", "maxprec_equal")
_SIGNS = ("-", "+", " ")


_NAMES = (
    "edgeitems",
    "threshold",
    "floatmode",
    "precision",
    "suppress",
    "linewidth",
    "nanstr",
    "infstr",
    "sign",
    "formatter",
    "legacy",
    "override_repr",
)


class PrintOptions:
    """One consistent set of print options, never changed once made."""

    __slots__ = _NAMES

    edgeitems: int
    threshold: float
    floatmode: FloatMode
    precision: int
    suppress: bool
    linewidth: int
    nanstr: str
    infstr: str
    sign: Sign
    formatter: Formatter | None
    legacy: tuple[int, int]
    override_repr: Callable[[ndarray], str] | None

    def __init__(self, **values: Any) -> None:
        for name in _NAMES:
            setattr(self, name, values[name])

    def replace(self, **changes: Any) -> PrintOptions:
        """Return a copy with some options changed."""
        if not changes:
            return self
        return PrintOptions(**{name: getattr(self, name) for name in _NAMES} | changes)

    def as_dict(self) -> dict[str, Any]:
        """Return the options under their public names."""
        values = {name: getattr(self, name) for name in _NAMES}
        values["legacy"] = _LEGACY_NAMES[values["legacy"]]
        return values


DEFAULTS = PrintOptions(
    edgeitems=3,
    threshold=1000,
    floatmode="maxprec",
    precision=8,
    suppress=False,
    linewidth=75,
    nanstr="nan",
    infstr="inf",
    sign="-",
    formatter=None,
    legacy=CURRENT,
    override_repr=None,
)

_options: ContextVar[PrintOptions] = ContextVar("rustsci_print_options", default=DEFAULTS)

current_options = _options.get
"""Return the options of the current context."""


def _as_release(legacy: Legacy) -> tuple[int, int]:
    # True and False are 1 and 0, and only one of them names a release.
    if isinstance(legacy, str) or legacy is False:
        release = _RELEASES.get(legacy)
        if release is not None:
            return release
    names = ", ".join(repr(name) for name in _RELEASES if name)
    raise KeyError(f"legacy must be {names} or False, not {legacy!r}")


def _as_float_mode(mode: FloatMode) -> FloatMode:
    if mode not in _FLOAT_MODES:
        modes = ", ".join(f'"{mode}"' for mode in _FLOAT_MODES)
        raise ValueError(f"floatmode option must be one of {modes}")
    return mode


def _as_sign(sign: Sign) -> Sign:
    if sign not in _SIGNS:
        raise ValueError("sign option must be one of ' ', '+', or '-'")
    return sign


def _as_threshold(threshold: float) -> float:
    if not hasattr(threshold, "__float__"):
        raise TypeError("threshold must be numeric")
    if threshold != threshold:
        raise ValueError("threshold must be non-NAN, try sys.maxsize for untruncated representation")
    return threshold


def _as_precision(precision: SupportsIndex) -> int:
    try:
        return operator.index(precision)
    except TypeError:
        raise TypeError("precision must be an integer") from None


_CHECKS: dict[str, Callable[[Any], Any]] = {
    "floatmode": _as_float_mode,
    "legacy": _as_release,
    "precision": _as_precision,
    "sign": _as_sign,
    "suppress": bool,
    "threshold": _as_threshold,
}


def checked(**changes: Any) -> dict[str, Any]:
    """Return the options that are not None, as they are kept, or raise if one of them cannot be."""
    given = {name: value for name, value in changes.items() if value is not None}
    for name in given.keys() & _CHECKS.keys():
        given[name] = _CHECKS[name](given[name])
    return given


def set_printoptions(
    precision: SupportsIndex | None = None,
    threshold: float | None = None,
    edgeitems: int | None = None,
    linewidth: int | None = None,
    suppress: bool | None = None,
    nanstr: str | None = None,
    infstr: str | None = None,
    formatter: Formatter | None = None,
    sign: Sign | None = None,
    floatmode: FloatMode | None = None,
    *,
    legacy: Legacy | None = None,
    override_repr: Callable[[ndarray], str] | None = None,
) -> None:
    """Choose how arrays are printed in the current context.

    An option left at None keeps its value, except `formatter` and `override_repr`: every call sets them anew.

    Parameters
    ----------
    precision : int, optional
        Digits behind the decimal point, 8 at first. What it means depends on `floatmode`.
    threshold : number, optional
        Arrays with more elements than this, 1000 at first, are shown by their edges alone.
        ``sys.maxsize`` shows all there is.
    edgeitems : int, optional
        How many items each edge of a dimension shows then, 3 at first.
    linewidth : int, optional
        Characters in a line, 75 at first.
    suppress : bool, optional
        Whether to keep small numbers, and those that differ by orders of magnitude, from switching the whole
        array to exponents. Values too small for `precision` then show as zero.
    nanstr, infstr : str, optional
        How to write what is not a number, and infinity.
    formatter : dict of callables, optional
        Functions that write one element each, by kind of element: ``'bool'``, ``'int'``, ``'float'``,
        ``'complexfloat'``, ``'timedelta'``, ``'datetime'``, ``'longfloat'``, ``'longcomplexfloat'``,
        ``'numpystr'``, ``'object'``, ``'void'``; or by group: ``'int_kind'``, ``'float_kind'``,
        ``'complex_kind'``, ``'str_kind'``, ``'all'``. The more specific key wins.
    sign : {'-', '+', ' '}, optional
        What stands before numbers that are not negative: nothing, a plus, or a space.
    floatmode : {'fixed', 'unique', 'maxprec', 'maxprec_equal'}, optional
        Print `precision` digits always; as many as tell a value from its neighbours, whatever `precision`
        says; that many, but at most `precision`; or likewise, but the same number for all elements.
    legacy : {'1.13', '1.21', '1.25', '2.1', '2.2', False}, optional
        Print as that release of NumPy did.
    override_repr : callable, optional
        A function of an array that takes the place of ``repr``.

    See Also
    --------
    printoptions : Choose options for the length of a ``with`` block.
    get_printoptions : The options as they are.

    Examples
    --------
    >>> import rustsci as np
    >>> np.set_printoptions(precision=4)
    >>> np.array([1.123456789])
    array([1.1235])
    >>> np.set_printoptions(precision=8)
    """
    changes = checked(
        precision=precision,
        threshold=threshold,
        edgeitems=edgeitems,
        linewidth=linewidth,
        suppress=suppress,
        nanstr=nanstr,
        infstr=infstr,
        sign=sign,
        floatmode=floatmode,
        legacy=legacy,
    )
    outer = current_options()
    # Release 1.13 knew no signs: while it is imitated none can be chosen.
    if changes.get("legacy", outer.legacy) <= (1, 13):
        changes["sign"] = "-"
    _options.set(outer.replace(**changes, formatter=formatter, override_repr=override_repr))


def get_printoptions() -> dict[str, Any]:
    """Return the print options of the current context.

    Returns
    -------
    dict
        The options by name, as `set_printoptions` takes them.

    Examples
    --------
    >>> import rustsci as np
    >>> np.get_printoptions()["linewidth"]
    75
    """
    return current_options().as_dict()


class printoptions:
    """Choose how arrays are printed for the length of a ``with`` block.

    Takes the arguments of `set_printoptions`; entering the block returns the options in force, as
    `get_printoptions` does.

    Examples
    --------
    >>> import rustsci as np
    >>> with np.printoptions(precision=2):
    ...     print(np.array([2.0]) / 3)
    [0.67]
    """

    __slots__ = ("_arguments", "_keywords", "_outer")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._arguments = args
        self._keywords = kwargs

    def __enter__(self) -> dict[str, Any]:
        self._outer = current_options()
        set_printoptions(*self._arguments, **self._keywords)
        return get_printoptions()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        _options.set(self._outer)

    def __call__(self, function: Callable[P, R]) -> Callable[P, R]:
        """Make a function whose every call runs inside the block."""

        @wraps(function)
        def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
            with printoptions(*self._arguments, **self._keywords):
                return function(*args, **kwargs)

        return wrapper
