"""What happens when floating-point arithmetic divides by zero, overflows, underflows or is invalid.

The state (a mode for each of the four conditions, a callback, and the size of casting buffers)
belongs to the current context in the sense of `contextvars`: threads and asynchronous tasks each
have their own. The native core holds it, because every ufunc call reads it; this module gives it
the names people use.
"""

from __future__ import annotations

import functools
import operator
from typing import TYPE_CHECKING

from rustsci._native import _get_error_state, _set_error_state

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Any, Literal, TypeAlias, TypeVar

    Mode: TypeAlias = Literal["ignore", "warn", "raise", "call", "print", "log"]
    # The modes of divide, over, under and invalid, the callback, the buffer size.
    State: TypeAlias = tuple[int, int, int, int, Any, int]
    Function = TypeVar("Function", bound=Callable[..., Any])

__all__ = ["errstate", "getbufsize", "geterr", "geterrcall", "setbufsize", "seterr", "seterrcall"]

_MODES = ("ignore", "warn", "raise", "call", "print", "log")
_MODE_NUMBERS = {name: number for number, name in enumerate(_MODES)}
_CONDITIONS = ("divide", "over", "under", "invalid")

_SMALLEST_BUFFER = 5
_LARGEST_BUFFER = 10_000_000
_BUFFER_STEP = 16


class _Unspecified:
    """The type of the default of ``errstate(call=...)``, since None there removes the callback."""

    def __repr__(self) -> str:
        return "<unspecified>"


_UNSPECIFIED = _Unspecified()


def _mode_number(mode: str | None, all_mode: str | None, current: int) -> int:
    chosen = all_mode if mode is None else mode
    if chosen is None:
        return current
    try:
        return _MODE_NUMBERS[chosen]
    except (KeyError, TypeError):
        raise ValueError(f"invalid error mode {chosen!r}") from None


def _with_modes(state: State, all_mode: str | None, modes: tuple[str | None, ...]) -> State:
    numbers = [_mode_number(mode, all_mode, state[i]) for i, mode in enumerate(modes)]
    return (*numbers, *state[4:])


def _with_callback(state: State, callback: object) -> State:
    if not (callback is None or callable(callback) or callable(getattr(callback, "write", None))):
        raise TypeError("python object must be callable or have a callable write method")
    return (*state[:4], callback, state[5])


def seterr(
    all: Mode | None = None,
    divide: Mode | None = None,
    over: Mode | None = None,
    under: Mode | None = None,
    invalid: Mode | None = None,
) -> dict[str, str]:
    """Choose what floating-point conditions do, until changed again.

    The modes are ``'ignore'``, ``'warn'`` (a `RuntimeWarning`), ``'raise'`` (a
    `FloatingPointError`), ``'call'`` (call the function given to `seterrcall`), ``'print'`` (a
    line on standard output) and ``'log'`` (call ``write`` of the object given to `seterrcall`).

    Parameters
    ----------
    all : str, optional
        The mode of all conditions that are not given one of their own.
    divide, over, under, invalid : str, optional
        The mode for a finite number divided by zero, for a result too large, for a result so small
        that precision was lost, and for a result that is not a number. A condition that is not
        mentioned keeps its mode.

    Returns
    -------
    dict
        The modes as they were before.

    See Also
    --------
    errstate : the same within a ``with`` block.

    Examples
    --------
    >>> import rustsci as np
    >>> before = np.seterr(divide='ignore')
    >>> np.array([1.0]) / 0
    array([inf])
    >>> np.seterr(**before)['divide']
    'ignore'
    """
    state = _get_error_state()
    _set_error_state(*_with_modes(state, all, (divide, over, under, invalid)))
    return _modes_by_name(state)


def _modes_by_name(state: State) -> dict[str, str]:
    return {condition: _MODES[state[i]] for i, condition in enumerate(_CONDITIONS)}


def geterr() -> dict[str, str]:
    """Return the current mode of each floating-point condition.

    Returns
    -------
    dict
        The modes under the keys ``'divide'``, ``'over'``, ``'under'`` and ``'invalid'``.

    Examples
    --------
    >>> import rustsci as np
    >>> np.geterr()
    {'divide': 'warn', 'over': 'warn', 'under': 'ignore', 'invalid': 'warn'}
    """
    return _modes_by_name(_get_error_state())


def seterrcall(func: Any) -> Any:
    """Set the callback of mode ``'call'``, or the log of mode ``'log'``.

    Parameters
    ----------
    func : callable, object with a ``write`` method, or None
        A function is called with the name of the condition and the bits of all conditions that
        arose (1 division, 2 overflow, 4 underflow, 8 invalid). An object has its ``write`` called
        with a line of text.

    Returns
    -------
    object
        What was set before.

    Examples
    --------
    >>> import rustsci as np
    >>> before = np.seterrcall(lambda condition, bits: print(condition, bits))
    >>> with np.errstate(divide='call'):
    ...     quotient = np.array([1.0]) / 0
    divide by zero 1
    >>> _ = np.seterrcall(before)
    """
    state = _get_error_state()
    _set_error_state(*_with_callback(state, func))
    return state[4]


def geterrcall() -> Any:
    """Return the callback or log that `seterrcall` set, None if there is none.

    Examples
    --------
    >>> import rustsci as np
    >>> np.geterrcall() is None
    True
    """
    return _get_error_state()[4]


def setbufsize(size: int) -> int:
    """Set the number of elements that a ufunc casts at a time.

    Parameters
    ----------
    size : int
        A multiple of 16, at most ten million.

    Returns
    -------
    int
        The size as it was before.

    Examples
    --------
    >>> import rustsci as np
    >>> with np.errstate():
    ...     np.setbufsize(4096), np.getbufsize()
    (8192, 4096)
    """
    size = operator.index(size)
    if size < 0:
        raise ValueError("buffer size must be non-negative")
    if size > _LARGEST_BUFFER:
        raise ValueError(f"Buffer size, {size}, is too big")
    if size < _SMALLEST_BUFFER:
        raise ValueError(f"Buffer size, {size}, is too small")
    if size % _BUFFER_STEP != 0:
        raise ValueError(f"Buffer size, {size}, is not a multiple of {_BUFFER_STEP}")
    divide, over, under, invalid, callback, before = _get_error_state()
    _set_error_state(divide, over, under, invalid, callback, size)
    return before


def getbufsize() -> int:
    """Return the number of elements that a ufunc casts at a time.

    Examples
    --------
    >>> import rustsci as np
    >>> np.getbufsize()
    8192
    """
    return _get_error_state()[5]


class errstate:
    """Change what floating-point conditions do, for a ``with`` block or a function.

    On leaving, the whole state is as it was on entering, including what `seterr`, `seterrcall` and
    `setbufsize` did meanwhile. An instance enters a ``with`` block once; as a decorator it serves
    any number of calls.

    Parameters
    ----------
    call : callable, object with a ``write`` method, or None, optional
        The callback, as in `seterrcall`. It stays what it is if not given.
    all, divide, over, under, invalid : str, optional
        The modes, as in `seterr`.

    Examples
    --------
    >>> import rustsci as np
    >>> with np.errstate(divide='ignore'):
    ...     np.array([1.0]) / 0
    array([inf])

    >>> @np.errstate(invalid='ignore')
    ... def roots(x):
    ...     return np.sqrt(x)
    >>> roots(np.array([4.0, -1.0]))
    array([ 2., nan])
    """

    __slots__ = ("_all", "_before", "_call", "_modes")

    def __init__(
        self,
        *,
        call: Any = _UNSPECIFIED,
        all: Mode | None = None,
        divide: Mode | None = None,
        over: Mode | None = None,
        under: Mode | None = None,
        invalid: Mode | None = None,
    ) -> None:
        self._call = call
        self._all = all
        self._modes = (divide, over, under, invalid)
        self._before: State | None = None

    def _apply(self) -> State:
        """Put the state asked for into effect and return the one before."""
        before: State = _get_error_state()
        state = _with_modes(before, self._all, self._modes)
        if self._call is not _UNSPECIFIED:
            state = _with_callback(state, self._call)
        _set_error_state(*state)
        return before

    def __enter__(self) -> None:
        # Two tasks that shared an instance would restore each other's state.
        if self._before is not None:
            raise TypeError("Cannot enter `np.errstate` twice.")
        self._before = self._apply()

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc_value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._before is None:
            raise TypeError("`np.errstate` was exited before it was entered.")
        _set_error_state(*self._before)

    def __call__(self, func: Function) -> Function:
        @functools.wraps(func)
        def with_errstate(*args: Any, **kwargs: Any) -> Any:
            before = self._apply()
            try:
                return func(*args, **kwargs)
            finally:
                _set_error_state(*before)

        return with_errstate  # type: ignore[return-value]
