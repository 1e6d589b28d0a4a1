"""The ``__array_function__`` protocol (NEP 18) and ``like=`` (NEP 35).

A public function names the parameters whose arguments may take over the call::

    @array_function("a", "out")
    def reshape(a, shape, *, out=None): ...

    @array_function("*arrays")          # a sequence of arrays, or a ``*arrays`` parameter
    def stack(arrays, axis=0): ...

    @array_function_like                # creation: asks only the argument of ``like=``
    def identity(n, dtype=None, *, like=None): ...

A call whose arguments are all arrays, scalars or built-in Python values, which is nearly every call, costs
a look at their types, in the native core where the interpreter is CPython, and touches no attribute.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rustsci import _native
from rustsci._native import dtype, generic, ndarray

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import CodeType
    from typing import Any, ParamSpec, TypeVar

    P = ParamSpec("P")
    R = TypeVar("R")

__all__: list[str] = []

MAX_TYPES = 64
"""How many distinct overriding types one call may hold; NumPy's limit."""

_DEFAULT = ndarray.__array_function__

_registry: set[Callable[..., Any]] = set()


def _descendants(cls: type) -> Iterable[type]:
    yield cls
    child: type
    for child in cls.__subclasses__():
        yield from _descendants(child)


# Types that are known not to override. Only exact types count: a subclass may define the protocol.
_PLAIN = frozenset(
    {
        *(int, float, complex, bool, str, bytes, bytearray, memoryview, type(None), type(...)),
        *(list, tuple, dict, set, frozenset, range, slice, type, type(len), type(lambda: None)),
        *(kind for kind in _descendants(generic) if not hasattr(kind, "__array_function__")),
        *(ndarray, *_descendants(dtype)),
    }
)


def array_function(
    *parameters: str,
    module: str = "rustsci",
    dispatcher: Callable[..., Iterable[Any]] | None = None,
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function open to ``__array_function__``.

    Parameters
    ----------
    *parameters : str
        Names of the parameters whose arguments are asked. A leading asterisk says that the argument is a
        sequence whose members are asked instead.
    module : str, optional
        The public module of the function.
    dispatcher : callable, optional
        For what names cannot say (nested sequences, for instance): called with the arguments of each call, it
        returns those to ask. Takes the place of `parameters`.

    Returns
    -------
    callable
        A decorator. The decorated function keeps name, docstring and signature; the function itself stays
        reachable as its ``_implementation``.

    Examples
    --------
    >>> from rustsci.overrides import array_function
    >>> @array_function("a")
    ... def twice(a):
    ...     return a * 2
    >>> class Distance:
    ...     def __array_function__(self, func, types, args, kwargs):
    ...         return f"{func.__name__} of a distance"
    >>> twice(3), twice(Distance())
    (6, 'twice of a distance')
    """
    sequences = dispatcher is not None or any(name.startswith("*") for name in parameters)

    def decorate(implementation: Callable[P, R]) -> Callable[P, R]:
        if dispatcher is not None:
            # Its complaint about a wrong call is to name the function that was called.
            dispatcher.__qualname__ = implementation.__qualname__
        select = dispatcher or _selector(implementation.__code__, parameters)
        accepts = _signature_check(implementation)

        def ask(args: tuple[Any, ...], kwargs: dict[str, Any], relevant: Iterable[Any]) -> Any:
            overriding = implementing_args(relevant)
            # A call that cannot be made is reported by Python itself, in the function's own name.
            if not overriding or not accepts(args, kwargs):
                return implementation(*args, **kwargs)
            return call_override(public, implementation, overriding, args, kwargs)

        # The loops below are written out: a call to a shared helper would cost more than the work.
        if sequences:

            def asking(*args: Any, **kwargs: Any) -> Any:
                relevant = tuple(select(*args, **kwargs))
                for value in relevant:
                    if type(value) not in _PLAIN:
                        return ask(args, kwargs, relevant)
                return implementation(*args, **kwargs)

        else:

            def asking(*args: Any, **kwargs: Any) -> Any:
                for value in args:
                    if type(value) not in _PLAIN:
                        return ask(args, kwargs, select(*args, **kwargs))
                if kwargs:
                    for value in kwargs.values():
                        if type(value) not in _PLAIN:
                            return ask(args, kwargs, select(*args, **kwargs))
                return implementation(*args, **kwargs)

        asked = "members" if sequences else "arguments"
        public = _publish(asking, implementation, module, None if dispatcher else asked)
        return public

    return decorate


def array_function_like(implementation: Callable[P, R]) -> Callable[P, R]:
    """Make a creation function open to the ``__array_function__`` of its ``like=`` argument.

    The implementation declares ``like=None`` as its last keyword-only parameter, for the signature's sake; it
    never receives it.
    """
    code = implementation.__code__
    positional = code.co_argcount
    if code.co_varnames[positional : positional + code.co_kwonlyargcount][-1:] != ("like",):
        raise RuntimeError(
            f"the last keyword-only parameter of {implementation.__name__}() must be `like`: it takes like="
        )
    accepts = _signature_check(implementation)

    def asking(*args: Any, **kwargs: Any) -> Any:
        like = kwargs.pop("like", None)
        if like is None or type(like) is ndarray:
            return implementation(*args, **kwargs)
        if getattr(type(like), "__array_function__", None) is None:
            raise TypeError(
                "The `like` argument must be an array-like that implements the `__array_function__` protocol."
            )
        if not accepts(args, kwargs):
            return implementation(*args, **kwargs)
        return call_override(public, implementation, [like], args, kwargs)

    public = _publish(asking, implementation, "rustsci", "like")
    return public


def get_array_functions() -> set[Callable[..., Any]]:
    """Return the functions that `__array_function__` can override, of those whose module is loaded.

    Examples
    --------
    >>> import rustsci as np
    >>> from rustsci.overrides import get_array_functions
    >>> np.fliplr in get_array_functions()
    True
    """
    native = {value for value in vars(_native).values() if hasattr(value, "_implementation")}
    return _registry | native


def implementing_args(relevant: Iterable[Any]) -> list[Any]:
    """Return the arguments to ask, one of each type, in the order in which they are asked.

    Left to right, except that a subclass comes before its superclasses. Arrays without an override of their
    own are among them: other arguments see their types, and they can have the last word.
    """
    ordered: list[Any] = []
    kinds: set[type] = set()
    for value in relevant:
        kind = type(value)
        if kind in kinds or (kind in _PLAIN and kind is not ndarray):
            continue
        method = getattr(kind, "__array_function__", None)
        if method is None or _is_default_of_numpy(method):
            continue
        if len(ordered) == MAX_TYPES:
            raise TypeError(
                f"maximum number ({MAX_TYPES}) of distinct argument types "
                "implementing __array_function__ exceeded"
            )
        kinds.add(kind)
        place = len(ordered)
        for index, earlier in enumerate(ordered):
            if issubclass(kind, type(earlier)):
                place = index
                break
        ordered.insert(place, value)
    return ordered


def _is_default_of_numpy(method: Any) -> bool:
    """Tell whether a type only inherits the protocol from NumPy's arrays.

    These are array-likes to us. Left to the protocol, they and our arrays would each refuse the other.
    """
    owner = getattr(method, "__objclass__", None)
    return owner is not None and owner is not ndarray and owner.__module__ == "numpy"


def call_override(
    public: Callable[..., Any],
    implementation: Callable[..., Any],
    overriding: list[Any],
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
) -> Any:
    """Ask `overriding`, as `implementing_args` returns it, to carry out ``public(*args, **kwargs)``.

    Runs `implementation` where nothing but arrays' default is there to be asked. A `TypeError` says that
    everyone asked answered `NotImplemented`.
    """
    methods = [type(value).__array_function__ for value in overriding]
    if all(method is _DEFAULT for method in methods):
        return implementation(*args, **kwargs)
    types = tuple(map(type, overriding))
    for value, method in zip(overriding, methods, strict=True):
        result = method(value, public, types, args, kwargs)
        if result is not NotImplemented:
            return result
    raise TypeError(
        f"no implementation found for '{public.__module__}.{public.__name__}' "
        f"on types that implement __array_function__: {list(types)}"
    )


def default_array_function(
    func: Callable[..., Any],
    types: Iterable[type],
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
) -> Any:
    """What ``ndarray.__array_function__`` does: run `func` itself where every type asked is an array.

    Any other type is left to answer for itself: the result is `NotImplemented`. A function of NumPy's is
    carried out by ours of the same name.
    """
    if not isinstance(args, tuple):
        raise TypeError("args must be a tuple.")
    if not isinstance(kwargs, dict):
        raise TypeError("kwargs must be a dict.")
    for kind in types:
        method = getattr(kind, "__array_function__", None)
        if not issubclass(kind, ndarray) and not _is_default_of_numpy(method):
            return NotImplemented
    if func.__module__.partition(".")[0] == "numpy":
        from rustsci.interop import _foreign_function

        return _foreign_function(func, args, kwargs)
    return getattr(func, "_implementation", func)(*args, **kwargs)


def _selector(code: CodeType, parameters: tuple[str, ...]) -> Callable[..., list[Any]]:
    """Return a function of a call's arguments that picks out those of `parameters`."""
    names = code.co_varnames
    rest = code.co_argcount + code.co_kwonlyargcount
    rest_name = names[rest] if code.co_flags & 0x04 else None  # 0x04: the function has a *parameter
    picks: list[tuple[int, str, bool]] = []
    for parameter in parameters:
        name = parameter.removeprefix("*")
        if name == rest_name:
            picks.append((code.co_argcount, "", True))
            continue
        if name not in names[:rest]:
            raise RuntimeError(f"{code.co_name}() has no parameter {name!r} to look for overrides")
        picks.append((names.index(name), name, name != parameter))

    def select(*args: Any, **kwargs: Any) -> list[Any]:
        relevant: list[Any] = []
        for position, name, sequence in picks:
            if not name:
                relevant.extend(args[position:])
                continue
            if position < len(args):
                value = args[position]
            elif name in kwargs:
                value = kwargs[name]
            else:
                continue
            if not sequence:
                relevant.append(value)
            # An iterator is left alone: reading it here would leave nothing for the function.
            elif type(value) is not ndarray and hasattr(value, "__getitem__") and hasattr(value, "__len__"):
                relevant.extend(value)
        return relevant

    return select


def _signature_check(
    implementation: Callable[..., Any],
) -> Callable[[tuple[Any, ...], dict[str, Any]], bool]:
    """Return a test of whether a call's arguments fit the parameters of `implementation`."""
    code = implementation.__code__
    known = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    positional = known[: code.co_argcount]
    by_name = frozenset(known[code.co_posonlyargcount :])
    required = code.co_argcount - len(implementation.__defaults__ or ())
    required_by_name = set(known[code.co_argcount :]) - set(implementation.__kwdefaults__ or ())
    has_rest = bool(code.co_flags & 0x04)
    has_extras = bool(code.co_flags & 0x08)

    def accepts(args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool:
        if len(args) > code.co_argcount and not has_rest:
            return False
        if not has_extras and not kwargs.keys() <= by_name:
            return False
        if not kwargs.keys() >= required_by_name:
            return False
        if any(name in kwargs and name in by_name for name in positional[: len(args)]):
            return False
        return all(name in kwargs for name in positional[len(args) : required])

    return accepts


def _publish(asking: Any, implementation: Callable[P, R], module: str, asked: str | None) -> Callable[P, R]:
    """Give `asking` the face of `implementation`; return the function of both, entered in the registry.

    The native core looks at the arguments before `asking` is called: those that are `asked` ("arguments",
    "members" of sequences, or "like"). Where none may take over, it calls `implementation` at once. None says
    that only `asking` knows which to look at.
    """
    asking.__name__ = implementation.__name__
    asking.__qualname__ = implementation.__qualname__
    asking.__doc__ = implementation.__doc__
    asking.__annotations__ = implementation.__annotations__
    asking.__module__ = module
    asking.__wrapped__ = asking._implementation = implementation
    public: Callable[P, R]
    public = asking if asked is None else _native._array_function(implementation, asking, asked)
    _registry.add(public)
    return public
