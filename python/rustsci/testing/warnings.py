"""Assertions on warnings, and contexts that filter and record them."""

from __future__ import annotations

import warnings
from contextlib import contextmanager
from functools import wraps

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from types import ModuleType, TracebackType
    from typing import Any, Literal, ParamSpec, TypeVar

    P = ParamSpec("P")
    R = TypeVar("R")

__all__ = ["assert_no_warnings", "assert_warns", "clear_and_catch_warnings", "suppress_warnings"]

_FORWARDING_RULES = ("always", "once", "module", "location")


def _warn_deprecated(name: str, instead: str) -> None:
    warnings.warn(
        f"NumPy warning suppression and assertion utilities are deprecated: use {instead} instead of {name}",
        DeprecationWarning,
        stacklevel=3,
    )


class clear_and_catch_warnings(warnings.catch_warnings):
    """Context that catches warnings and lets modules forget those that they have shown before.

    A warning that is shown once per location is remembered by the module it comes from, in
    ``__warningregistry__``. In this context the registries of some modules are empty; afterwards they are
    what they were.

    Parameters
    ----------
    record : bool, optional
        Whether the context returns a list that collects the warnings, instead of having them shown.
    modules : sequence of modules, optional
        The modules concerned. A subclass may name more in its attribute ``class_modules``.

    Examples
    --------
    >>> import warnings
    >>> from rustsci.testing import clear_and_catch_warnings
    >>> with clear_and_catch_warnings(record=True) as caught:
    ...     warnings.simplefilter("always")
    ...     warnings.warn("low on space")
    >>> len(caught)
    1
    """

    class_modules: Sequence[ModuleType] = ()

    def __init__(self, record: bool = False, modules: Sequence[ModuleType] = ()) -> None:
        self.modules = {*modules, *self.class_modules}
        self._registries: dict[ModuleType, dict[Any, Any]] = {}
        super().__init__(record=record)

    def __enter__(self) -> Any:
        for module in self.modules:
            registry = getattr(module, "__warningregistry__", {})
            self._registries[module] = registry.copy()
            registry.clear()
        return super().__enter__()

    def __exit__(self, *exc_info: Any) -> None:
        super().__exit__(*exc_info)
        for module in self.modules:
            if registry := getattr(module, "__warningregistry__", None):
                registry.clear()
            if before := self._registries.pop(module, None):
                vars(module).setdefault("__warningregistry__", {}).update(before)


class _Rule:
    """Which warnings are meant, and the lists that record them; without a list they are suppressed."""

    def __init__(
        self,
        category: type[Warning],
        message: str,
        module: ModuleType | None,
        log: list[warnings.WarningMessage] | None,
    ) -> None:
        import re

        self.category = category
        self.message = message
        self.module = module
        self.log = log
        self._pattern = re.compile(message, re.IGNORECASE)

    def matches(self, warning: warnings.WarningMessage) -> bool:
        if not issubclass(warning.category, self.category):
            return False
        if self._pattern.match(str(warning.message)) is None:
            return False
        return self.module is None or _source(self.module) == _source_of_file(warning.filename)

    def install(self) -> None:
        """Let Python's filters pass the warnings that this rule is to see, whether shown before or not."""
        if self.module is None:
            action: Literal["always", "ignore"] = "ignore" if self.log is None else "always"
            warnings.filterwarnings(action, category=self.category, message=self.message)
        else:
            # Python filters by module name, this rule by file: it decides when the warning arrives.
            name = self.module.__name__.replace(".", r"\.") + "$"
            warnings.filterwarnings("always", category=self.category, message=self.message, module=name)
            getattr(self.module, "__warningregistry__", {}).clear()


def _source_of_file(filename: str) -> str:
    return filename[:-1] if filename.endswith(".pyc") else filename


def _source(module: ModuleType) -> str | None:
    filename = getattr(module, "__file__", None)
    return None if filename is None else _source_of_file(filename)


class suppress_warnings:
    """Context and decorator that suppresses some warnings, records others and passes on the rest.

    The rule that was added last among those that match a warning decides. Rules added inside the context end
    with it; those added before hold each time it is entered.

    .. deprecated:: 2.4
        Use `warnings.filterwarnings` or ``pytest.mark.filterwarnings``.

    Parameters
    ----------
    forwarding_rule : {"always", "once", "module", "location"}, optional
        How often an unmatched warning is passed on: each time, once per text, once per text and module, or
        once per text and line.

    Attributes
    ----------
    log : list of warnings.WarningMessage
        The warnings recorded by any rule since the context was entered.

    Examples
    --------
    >>> import warnings
    >>> from rustsci.testing import suppress_warnings
    >>> with suppress_warnings() as context:  # doctest: +SKIP
    ...     log = context.record(UserWarning, "low on")
    ...     warnings.warn("low on space")
    >>> len(log)  # doctest: +SKIP
    1
    """

    def __init__(self, forwarding_rule: str = "always", _warn: bool = True) -> None:
        if _warn:
            _warn_deprecated("suppress_warnings", "warnings.filterwarnings or pytest.mark.filterwarnings")
        if forwarding_rule not in _FORWARDING_RULES:
            raise ValueError(
                f"unsupported forwarding rule {forwarding_rule!r}: expected one of {_FORWARDING_RULES}"
            )
        self.log: list[warnings.WarningMessage] = []
        self._forwarding_rule = forwarding_rule
        self._lasting: list[_Rule] = []
        self._temporary: list[_Rule] = []
        self._forwarded: set[tuple[Any, ...]] = set()
        self._context: warnings.catch_warnings[Any] | None = None

    def filter(
        self,
        category: type[Warning] = Warning,
        message: str = "",
        module: ModuleType | None = None,
    ) -> None:
        """Suppress matching warnings.

        Parameters
        ----------
        category : class, optional
            The class of the warnings.
        message : str, optional
            A regular expression that matches the beginning of the text.
        module : module, optional
            The module whose file the warnings come from.
        """
        self._add(_Rule(category, message, module, None))

    def record(
        self,
        category: type[Warning] = Warning,
        message: str = "",
        module: ModuleType | None = None,
    ) -> list[warnings.WarningMessage]:
        """Record matching warnings instead of showing them.

        Parameters
        ----------
        category : class, optional
            The class of the warnings.
        message : str, optional
            A regular expression that matches the beginning of the text.
        module : module, optional
            The module whose file the warnings come from.

        Returns
        -------
        list of warnings.WarningMessage
            The list that the warnings are added to. It is emptied each time the context is entered.
        """
        log: list[warnings.WarningMessage] = []
        self._add(_Rule(category, message, module, log))
        return log

    def _add(self, rule: _Rule) -> None:
        if self._context is None:
            self._lasting.append(rule)
        else:
            self._temporary.append(rule)
            rule.install()

    def __enter__(self) -> suppress_warnings:
        if self._context is not None:
            raise RuntimeError("cannot enter suppress_warnings twice")
        self.log = []
        self._temporary = []
        self._forwarded = set()
        self._context = warnings.catch_warnings()
        self._context.__enter__()
        self._show_outside = warnings.showwarning
        for rule in self._lasting:
            if rule.log is not None:
                rule.log.clear()
            rule.install()
        warnings.showwarning = self._show
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        context, self._context = self._context, None
        if context is not None:
            context.__exit__(exc_type, exc, traceback)
        for rule in (*self._lasting, *self._temporary):
            if rule.module is not None:
                getattr(rule.module, "__warningregistry__", {}).clear()

    def _show(
        self,
        message: Warning | str,
        category: type[Warning],
        filename: str,
        lineno: int,
        file: Any = None,
        line: str | None = None,
    ) -> None:
        warning = warnings.WarningMessage(message, category, filename, lineno, file, line)
        for rule in (*reversed(self._temporary), *reversed(self._lasting)):
            if rule.matches(warning):
                if rule.log is not None:
                    rule.log.append(warning)
                    self.log.append(warning)
                return
        key: tuple[Any, ...] = (str(message), category)
        if self._forwarding_rule == "module":
            key += (filename,)
        elif self._forwarding_rule == "location":
            key += (filename, lineno)
        if self._forwarding_rule != "always":
            if key in self._forwarded:
                return
            self._forwarded.add(key)
        self._show_outside(message, category, filename, lineno, file, line)

    def __call__(self, func: Callable[P, R]) -> Callable[P, R]:
        """Return a function that runs `func` in this context."""

        @wraps(func)
        def in_context(*args: P.args, **kwargs: P.kwargs) -> R:
            with self:
                return func(*args, **kwargs)

        return in_context


def assert_warns(warning_class: type[Warning], *args: Any, **kwargs: Any) -> Any:
    """Raise an AssertionError unless a call gives a warning.

    Without a callable the result is a context manager, which asks the same of its body. Other warnings go
    their way.

    .. deprecated:: 2.4
        Use ``pytest.warns``.

    Parameters
    ----------
    warning_class : class
        The class of the warning that is expected.
    func : callable, optional
        What to call.
    *args, **kwargs
        The arguments of the call.

    Returns
    -------
    object
        What the call returned.

    Raises
    ------
    AssertionError
        If there is no such warning.

    Examples
    --------
    >>> import warnings
    >>> from rustsci.testing import assert_warns
    >>> def old(x):
    ...     warnings.warn("use new()", DeprecationWarning)
    ...     return x
    >>> assert_warns(DeprecationWarning, old, 3)  # doctest: +SKIP
    3
    """
    _warn_deprecated("assert_warns", "pytest.warns")
    if args:
        func, *rest = args
        with _expect_warning(warning_class, func.__name__):
            return func(*rest, **kwargs)
    if kwargs:
        hint = "; pytest.warns takes match" if "match" in kwargs else ""
        raise RuntimeError(
            f"assert_warns takes no keyword arguments without a callable: {', '.join(kwargs)}{hint}"
        )
    return _expect_warning(warning_class)


@contextmanager
def _expect_warning(warning_class: type[Warning], name: str | None = None) -> Iterator[None]:
    __tracebackhide__ = True
    with suppress_warnings(_warn=False) as context:
        log = context.record(warning_class)
        yield
        if not log:
            raise AssertionError(f"No warning raised{_calling(name)}")


def assert_no_warnings(*args: Any, **kwargs: Any) -> Any:
    """Raise an AssertionError if a call gives a warning.

    Without arguments the result is a context manager, which asks the same of its body.

    Parameters
    ----------
    func : callable, optional
        What to call.
    *args, **kwargs
        The arguments of the call.

    Returns
    -------
    object
        What the call returned.

    Raises
    ------
    AssertionError
        If there is a warning.

    Examples
    --------
    >>> from rustsci.testing import assert_no_warnings
    >>> assert_no_warnings(max, 2, 3)
    3
    """
    if not args:
        return _expect_no_warning()
    func, *rest = args
    with _expect_no_warning(func.__name__):
        return func(*rest, **kwargs)


@contextmanager
def _expect_no_warning(name: str | None = None) -> Iterator[None]:
    __tracebackhide__ = True
    with warnings.catch_warnings(record=True) as log:
        warnings.simplefilter("always")
        yield
    if log:
        raise AssertionError(f"Got warnings{_calling(name)}: {[str(warning) for warning in log]}")


def _calling(name: str | None) -> str:
    return "" if name is None else f" when calling {name}"
