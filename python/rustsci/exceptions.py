"""Exceptions and warnings that array functions raise (`rustsci.exceptions`).

Each class derives from the built-in exceptions that a caller would already catch, so
``except IndexError`` handles an axis that does not exist and ``except TypeError`` two dtypes
that have none in common.
"""

from __future__ import annotations

__all__ = [
    "AxisError",
    "ComplexWarning",
    "DTypePromotionError",
    "ModuleDeprecationWarning",
    "RankWarning",
    "TooHardError",
    "VisibleDeprecationWarning",
]


class ComplexWarning(RuntimeWarning):
    """The imaginary part of a complex number was dropped by a conversion to a real dtype."""


class ModuleDeprecationWarning(DeprecationWarning):
    """A whole module is deprecated; test runners may let this pass where they fail on others."""


class VisibleDeprecationWarning(UserWarning):
    """A deprecation that end users see by default, for behaviour that is likely a mistake."""


class RankWarning(RuntimeWarning):
    """A least-squares system has fewer independent equations than unknowns."""


class TooHardError(RuntimeError):
    """A question was given up because answering it would exceed the work allowed."""


class DTypePromotionError(TypeError):
    """No dtype can hold the values of all the dtypes that were to be combined."""


class AxisError(ValueError, IndexError):
    """An axis was given that the array does not have.

    It is constructed either from a finished message or from the offending axis and the number of
    dimensions there are, from which the message is written.

    Parameters
    ----------
    axis : int or str
        The axis that does not exist, or the whole message when `ndim` is left out.
    ndim : int, optional
        The number of dimensions of the array.
    msg_prefix : str, optional
        Written before the message, usually the name of the argument at fault.

    Attributes
    ----------
    axis : int or None
        The axis that does not exist, None if only a message was given.
    ndim : int or None
        The number of dimensions of the array, None if only a message was given.

    Examples
    --------
    >>> from rustsci.exceptions import AxisError
    >>> str(AxisError(2, 1))
    'axis 2 is out of bounds for array of dimension 1'
    >>> str(AxisError(2, 1, "source"))
    'source: axis 2 is out of bounds for array of dimension 1'
    """

    __slots__ = ("_msg", "axis", "ndim")

    axis: int | None
    ndim: int | None
    _msg: str | None

    def __init__(self, axis: int | str, ndim: int | None = None, msg_prefix: str | None = None) -> None:
        if ndim is None and msg_prefix is None:
            self._msg = axis  # type: ignore[assignment]  # a lone argument is the message
            self.axis = None
            self.ndim = None
        else:
            self._msg = msg_prefix
            self.axis = axis  # type: ignore[assignment]
            self.ndim = ndim

    def __str__(self) -> str:
        if self.axis is None and self.ndim is None:
            return self._msg  # type: ignore[return-value]
        message = f"axis {self.axis} is out of bounds for array of dimension {self.ndim}"
        return message if self._msg is None else f"{self._msg}: {message}"
