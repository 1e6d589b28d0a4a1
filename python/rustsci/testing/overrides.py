"""Which functions of the main namespace other array types can override."""

from __future__ import annotations

import rustsci as rs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

__all__ = [
    "allows_array_function_override",
    "allows_array_ufunc_override",
    "get_overridable_numpy_array_functions",
    "get_overridable_numpy_ufuncs",
]


def get_overridable_numpy_ufuncs() -> set[Any]:
    """Return all ufuncs of the main namespace: ``__array_ufunc__`` is asked by each.

    Returns
    -------
    set of ufunc

    Examples
    --------
    >>> import rustsci as np
    >>> from rustsci.testing.overrides import get_overridable_numpy_ufuncs
    >>> np.add in get_overridable_numpy_ufuncs()
    True
    """
    return {value for value in _main_namespace() if isinstance(value, rs.ufunc)}


def allows_array_ufunc_override(func: object) -> bool:
    """Return whether a function asks its arguments for ``__array_ufunc__``.

    Parameters
    ----------
    func : callable
        The function in question.

    Examples
    --------
    >>> import rustsci as np
    >>> from rustsci.testing.overrides import allows_array_ufunc_override
    >>> allows_array_ufunc_override(np.add), allows_array_ufunc_override(np.sum)
    (True, False)
    """
    return isinstance(func, rs.ufunc)


def get_overridable_numpy_array_functions() -> set[Callable[..., Any]]:
    """Return all functions that ask their arguments for ``__array_function__``.

    Returns
    -------
    set of callable

    Examples
    --------
    >>> import rustsci as np
    >>> from rustsci.testing.overrides import get_overridable_numpy_array_functions
    >>> np.sum in get_overridable_numpy_array_functions()
    True
    """
    from rustsci.overrides import get_array_functions

    _main_namespace()  # a function is known once its module is loaded
    return get_array_functions()


def allows_array_function_override(func: object) -> bool:
    """Return whether a function asks its arguments for ``__array_function__``.

    Parameters
    ----------
    func : callable
        The function in question.

    Examples
    --------
    >>> import rustsci as np
    >>> from rustsci.testing.overrides import allows_array_function_override
    >>> allows_array_function_override(np.sum), allows_array_function_override(np.add)
    (True, False)
    """
    return func in get_overridable_numpy_array_functions()


def _main_namespace() -> list[Any]:
    return [getattr(rs, name) for name in rs.__all__]
