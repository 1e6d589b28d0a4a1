"""What a bug report should say about the installation."""

from __future__ import annotations

import platform
import sys
from typing import TYPE_CHECKING

from rustsci.version import numpy_version, version

if TYPE_CHECKING:
    from typing import Any, Literal, NoReturn

__all__ = ["get_include", "show_config", "show_runtime"]

_MODES = ("stdout", "dicts")


def _configuration() -> dict[str, Any]:
    return {
        "Package": {"name": "rustsci", "version": version, "interface": f"NumPy {numpy_version}"},
        "Machine Information": {
            "host": {
                "cpu": platform.machine(),
                "endian": sys.byteorder,
                "system": platform.system().lower(),
            },
        },
        "Build Dependencies": {"blas": {"name": "internal"}, "lapack": {"name": "internal"}},
        "Python Information": {
            "implementation": sys.implementation.name,
            "path": sys.executable,
            "version": platform.python_version(),
        },
    }


def show_config(mode: Literal["stdout", "dicts"] = "stdout") -> dict[str, Any] | None:
    """Show what was installed, and on what.

    Parameters
    ----------
    mode : {'stdout', 'dicts'}, optional
        Whether to print it or to return it as nested dictionaries.

    Returns
    -------
    dict or None
        The configuration if `mode` is ``'dicts'``.

    Examples
    --------
    >>> import rustsci as np
    >>> np.show_config(mode='dicts')['Package']['name']
    'rustsci'
    """
    if mode not in _MODES:
        raise AttributeError(f"Invalid `mode`, use one of: {', '.join(_MODES)}")
    if mode == "dicts":
        return _configuration()
    import json

    print(json.dumps(_configuration(), indent=2))
    return None


def show_runtime() -> None:
    """Print the versions of this package and of Python, and the system they run on.

    Examples
    --------
    >>> import rustsci as np
    >>> np.show_runtime()  # doctest: +SKIP
    """
    import pprint

    pprint.pp(
        [
            {
                "rustsci_version": version,
                "numpy_version": numpy_version,
                "python": sys.version,
                "uname": platform.uname(),
            }
        ]
    )


def get_include() -> NoReturn:
    """Refuse: there are no C headers, since extension modules are not built against this package.

    Extension modules exchange arrays with it by the buffer protocol, ``__array_interface__`` or
    DLPack, none of which needs headers.

    Examples
    --------
    >>> import rustsci as np
    >>> np.get_include()
    Traceback (most recent call last):
        ...
    NotImplementedError: rustsci has no C headers; exchange arrays by the buffer protocol or DLPack
    """
    raise NotImplementedError("rustsci has no C headers; exchange arrays by the buffer protocol or DLPack")
