"""Questions about dtypes: which kinds there are, and whether one is a kind of another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rustsci._native import dtype, generic

if TYPE_CHECKING:
    from rustsci._types import DTypeLike

__all__ = ["ScalarType", "isdtype", "issubdtype", "sctypeDict", "typecodes"]

# Every name of a scalar type, with the character of its dtype.
_NAMED_CHARACTERS = {
    "bool": "?",
    "bool_": "?",
    "int8": "i1",
    "int16": "i2",
    "int32": "i4",
    "int64": "i8",
    "uint8": "u1",
    "uint16": "u2",
    "uint32": "u4",
    "uint64": "u8",
    "float16": "f2",
    "float32": "f4",
    "float64": "f8",
    "complex64": "c8",
    "complex128": "c16",
    "byte": "b",
    "short": "h",
    "intc": "i",
    "long": "l",
    "longlong": "q",
    "intp": "p",
    "int_": "p",
    "int": "p",
    "ubyte": "B",
    "ushort": "H",
    "uintc": "I",
    "ulong": "L",
    "ulonglong": "Q",
    "uintp": "P",
    "uint": "P",
    "half": "e",
    "single": "f",
    "double": "d",
    "float": "d",
    "longdouble": "g",
    "csingle": "F",
    "cdouble": "D",
    "complex": "D",
    "clongdouble": "G",
    "bytes_": "S",
    "bytes": "S",
    "str_": "U",
    "str": "U",
    "void": "V",
    "object_": "O",
    "object": "O",
    "datetime64": "M",
    "timedelta64": "m",
}

_CHARACTERS = {
    "Character": "c",
    "Integer": "bhilqnp",
    "UnsignedInteger": "BHILQNP",
    "Float": "efdg",
    "Complex": "FDG",
    "AllInteger": "bBhHiIlLqQnNpP",
    "AllFloat": "efdgFDG",
    "Datetime": "Mm",
    "All": "?bhilqnpBHILQNPefdgFDGSUVOMm",
}

# The characters `dtype.kind` may have under each name that the array API standard gives a group.
_KINDS = {
    "bool": "b",
    "signed integer": "i",
    "unsigned integer": "u",
    "integral": "iu",
    "real floating": "f",
    "complex floating": "c",
    "numeric": "iufc",
}


def _exists(character: str) -> bool:
    try:
        dtype(character)
    except (TypeError, NotImplementedError):
        return False
    return True


#: The scalar type of each name that there is one for.
sctypeDict: dict[str, type[generic]] = {
    name: dtype(character).type for name, character in _NAMED_CHARACTERS.items() if _exists(character)
}

#: The characters of the dtypes, by group.
typecodes: dict[str, str] = {
    group: "".join(character for character in characters if _exists(character))
    for group, characters in _CHARACTERS.items()
}

_KIND_OF_TYPE: dict[type, str] = {scalar: dtype(scalar).kind for scalar in sctypeDict.values()}

#: The scalar types by group, narrow before wide.
sctypes: dict[str, list[type]] = {
    group: sorted(
        (scalar for scalar, kind in _KIND_OF_TYPE.items() if kind in kinds),
        key=lambda scalar: dtype(scalar).itemsize,
    )
    for group, kinds in {"int": "i", "uint": "u", "float": "f", "complex": "c", "others": "SUVbO"}.items()
}

#: The types whose instances are scalars: those of Python, then those of arrays' elements.
ScalarType: tuple[type, ...] = (int, float, complex, bool, bytes, str, memoryview, *_KIND_OF_TYPE)


def _scalar_type(arg: DTypeLike) -> type:
    """Return the type, concrete or abstract, of the elements that `arg` describes."""
    if isinstance(arg, type) and issubclass(arg, generic):
        return arg
    return dtype(arg).type


def issubdtype(arg1: DTypeLike, arg2: DTypeLike) -> bool:
    """Tell whether a dtype is the same as another or below it in the hierarchy of scalar types.

    Parameters
    ----------
    arg1, arg2 : dtype, type or str
        Dtypes, anything `dtype` makes one of, or an abstract scalar type such as `floating`.

    Returns
    -------
    bool
        Whether the scalar type of `arg1` is a subclass of that of `arg2`.

    See Also
    --------
    isdtype : the same question about the groups of the array API standard.

    Examples
    --------
    >>> import rustsci as np
    >>> np.issubdtype(np.float32, np.floating), np.issubdtype('i8', np.floating)
    (True, False)

    Dtypes of different width are not below each other:

    >>> np.issubdtype(np.float32, np.float64)
    False
    """
    return issubclass(_scalar_type(arg1), _scalar_type(arg2))


def _concrete_type(obj: object) -> type | None:
    """Return the scalar type that a dtype or a scalar type stands for, None for anything else."""
    if isinstance(obj, dtype):
        return obj.type
    return obj if isinstance(obj, type) and issubclass(obj, generic) else None


def isdtype(dtype: DTypeLike, kind: DTypeLike | tuple[DTypeLike, ...]) -> bool:
    """Tell whether a dtype is of a kind.

    Parameters
    ----------
    dtype : dtype or scalar type
        The dtype in question; strings and Python types are not accepted.
    kind : dtype, scalar type, str or tuple of these
        A dtype, to ask for it alone, or one of the groups ``'bool'``, ``'signed integer'``,
        ``'unsigned integer'``, ``'integral'``, ``'real floating'``, ``'complex floating'`` and
        ``'numeric'``. A tuple asks for any of its elements.

    Returns
    -------
    bool
        Whether the dtype is of that kind.

    See Also
    --------
    issubdtype : the same question about the hierarchy of scalar types.

    Examples
    --------
    >>> import rustsci as np
    >>> np.isdtype(np.float32, 'real floating')
    True
    >>> np.isdtype(np.dtype('i8'), ('complex floating', np.bool))
    False
    """
    scalar = _concrete_type(dtype)
    if scalar is None:
        raise TypeError(f"dtype argument must be a NumPy dtype, but it is a {type(dtype)}.")
    # Every element is looked at, so that a mistake in a later one does not go unnoticed.
    answers = [_is_of_kind(scalar, one) for one in (kind if isinstance(kind, tuple) else (kind,))]
    return any(answers)


def _is_of_kind(scalar: type, kind: DTypeLike) -> bool:
    if isinstance(kind, str):
        if kind not in _KINDS:
            raise ValueError(
                f"kind argument is a string, but {kind!r} is not a known kind name; "
                f"expected one of {', '.join(map(repr, _KINDS))}."
            )
        return _KIND_OF_TYPE.get(scalar, "none") in _KINDS[kind]
    wanted = _concrete_type(kind)
    if wanted is None:
        raise TypeError(
            f"kind argument must be comprised of NumPy dtypes or strings only, but is a {type(kind)}."
        )
    return scalar is wanted
