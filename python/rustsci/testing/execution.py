"""Running code: from a string, from a file's doctests, in many threads, against the clock."""

from __future__ import annotations

import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Callable
    from typing import Any

__all__ = ["decorate_methods", "measure", "run_threaded", "rundocs", "runstring"]


def runstring(astr: str, dict: dict[str, Any]) -> None:
    """Execute statements in a namespace.

    Parameters
    ----------
    astr : str
        The statements.
    dict : dict
        The namespace, which receives what they define.

    Examples
    --------
    >>> from rustsci.testing import runstring
    >>> names = {"x": 3}
    >>> runstring("y = x + 1", names)
    >>> names["y"]
    4
    """
    exec(astr, dict)


def measure(code_str: str, times: int = 1, label: str | None = None) -> float:
    """Return how many seconds some statements take, run in the namespace of the caller.

    Parameters
    ----------
    code_str : str
        The statements.
    times : int, optional
        How often they are run.
    label : str, optional
        What tracebacks call the statements.

    Returns
    -------
    float
        The time of all runs together.

    Examples
    --------
    >>> from rustsci.testing import measure
    >>> total = measure("sum(range(1000))", times=10)
    >>> total > 0
    True
    """
    caller = sys._getframe(1)
    code = compile(code_str, label or f"Test name: {label}", "exec")
    start = time.perf_counter()
    for _ in range(times):
        exec(code, caller.f_globals, caller.f_locals)
    return time.perf_counter() - start


def rundocs(filename: str | None = None, raise_on_error: bool = True) -> None:
    """Run the doctests of a Python file.

    Parameters
    ----------
    filename : str, optional
        The file; by default that of the caller.
    raise_on_error : bool, optional
        Whether a failure raises an AssertionError, instead of only being printed.

    Raises
    ------
    AssertionError
        If a doctest fails.

    Examples
    --------
    >>> import rustsci.testing.temporary as module
    >>> from rustsci.testing import rundocs
    >>> rundocs(module.__file__)
    """
    import doctest
    from importlib.util import module_from_spec, spec_from_file_location
    from pathlib import Path

    path = filename if filename is not None else sys._getframe(1).f_globals["__file__"]
    spec = spec_from_file_location(Path(path).stem, path)
    if spec is None or spec.loader is None:
        raise ValueError(f"{path!r} is not a Python file")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)

    failures: list[str] = []
    runner = doctest.DocTestRunner(verbose=False)
    report = failures.append if raise_on_error else None
    for test in doctest.DocTestFinder().find(module):
        runner.run(test, out=report)
    if failures:
        raise AssertionError("Some doctests failed:\n" + "\n".join(failures))


def decorate_methods(
    cls: type, decorator: Callable[[Any], Any], testmatch: str | re.Pattern[str] | None = None
) -> None:
    """Decorate the public methods of a class whose names match.

    Parameters
    ----------
    cls : class
        The class; its own methods are replaced.
    decorator : callable
        Called with each method, returns its replacement.
    testmatch : str or compiled regular expression, optional
        Found in the names that are meant; by default ``test`` or ``Test`` at the beginning of a word.

    Examples
    --------
    >>> from rustsci.testing import decorate_methods
    >>> class TestSum:
    ...     def test_empty(self):
    ...         return 0
    >>> decorate_methods(TestSum, lambda method: lambda self: method(self) + 1)
    >>> TestSum().test_empty()
    1
    """
    import re
    from types import FunctionType

    pattern = re.compile(r"(?:^|[\b_.-])[Tt]est" if testmatch is None else testmatch)
    for name, method in list(vars(cls).items()):
        if isinstance(method, FunctionType) and not name.startswith("_") and pattern.search(name):
            setattr(cls, name, decorator(method))


def run_threaded(
    func: Callable[..., Any],
    max_workers: int = 8,
    pass_count: bool = False,
    pass_barrier: bool = False,
    outer_iterations: int = 1,
    prepare_args: Callable[[], list[Any]] | None = None,
) -> None:
    """Call a function in many threads, and raise what one of the calls raised.

    Parameters
    ----------
    func : callable
        What to call.
    max_workers : int, optional
        The number of threads, and of calls in each round.
    pass_count : bool, optional
        Whether each call receives its number within the round.
    pass_barrier : bool, optional
        Whether each call receives a `threading.Barrier` for all calls of the round, as its last argument.
    outer_iterations : int, optional
        The number of rounds.
    prepare_args : callable, optional
        Called before each round; returns the arguments that come first in all its calls.

    Examples
    --------
    >>> from rustsci.testing import run_threaded
    >>> seen = []
    >>> run_threaded(seen.append, max_workers=4, pass_count=True)
    >>> sorted(seen)
    [0, 1, 2, 3]
    """
    from concurrent.futures import ThreadPoolExecutor
    from threading import Barrier

    for _ in range(outer_iterations):
        shared = [] if prepare_args is None else prepare_args()
        barrier = Barrier(max_workers)
        with ThreadPoolExecutor(max_workers=max_workers) as pool:
            calls = []
            try:
                for count in range(max_workers):
                    args = [*shared, *([count] if pass_count else []), *([barrier] if pass_barrier else [])]
                    calls.append(pool.submit(func, *args))
            except RuntimeError:
                # No more threads can be started: those that wait for them must not wait for ever.
                barrier.abort()
                raise
        for call in calls:
            call.result()
