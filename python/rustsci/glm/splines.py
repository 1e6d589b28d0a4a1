"""The columns that splines and polynomials have in formulas, as arrays."""

from __future__ import annotations

from rustsci._library import in_library_of
from rustsci._native import _glm_columns
from rustsci.glm.columns import single_column

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

__all__ = ["bs", "bs_names", "cc", "cr", "cs", "ms", "ns", "poly"]


def bs(
    x: Any,
    df: int | None = None,
    *,
    knots: Sequence[float] | None = None,
    degree: int = 3,
    include_intercept: bool = False,
    boundary_knots: tuple[float, float] | None = None,
    extrapolation: str = "raise",
    at: Any = None,
) -> Any:
    """Return a basis of B-splines, with R's convention of degrees of freedom: `df` columns.

    Parameters
    ----------
    x : array_like, (n,)
        The values that knots are learned from: they are at quantiles.
    df : int, optional
        The number of columns.
    knots : sequence of floats, optional
        The knots inside the boundary, instead of `df`.
    degree : int, optional
        The degree of the polynomials.
    include_intercept : bool, optional
        Whether the columns span the constant.
    boundary_knots : (float, float), optional
        The ends of the basis; by default the least and the largest value.
    extrapolation : {'raise', 'clip', 'extend', 'zero', 'na'}, optional
        What columns are beyond the ends: an error, their value at the end, the polynomial of the last piece,
        zero, or missing.
    at : array_like, optional
        Where the columns are taken, if not at `x`.

    Returns
    -------
    array, (n, df)

    Raises
    ------
    ValueError
        If `df` is too small, knots lie outside the boundary, or values do and `extrapolation` is 'raise'.

    Examples
    --------
    >>> import rustsci.glm as rs
    >>> basis = rs.bs([0.0, 1.0, 2.0, 3.0, 4.0], df=4)
    >>> basis.shape
    (5, 4)
    >>> [round(float(value), 4) for value in basis[2]]
    [0.25, 0.5, 0.25, 0.0]
    """
    options = {
        "df": df,
        "knots": knots,
        "degree": degree,
        "include_intercept": include_intercept,
        "boundary_knots": boundary_knots,
        "extrapolation": extrapolation,
    }
    return _columns("bs", x, at, options)


def ns(
    x: Any,
    df: int | None = None,
    *,
    knots: Sequence[float] | None = None,
    include_intercept: bool = False,
    boundary_knots: tuple[float, float] | None = None,
    at: Any = None,
) -> Any:
    """Return a basis of natural cubic splines, which are lines beyond their ends.

    Parameters
    ----------
    x, df, knots, include_intercept, boundary_knots, at
        As for `bs`.

    Returns
    -------
    array, (n, df)

    Examples
    --------
    >>> import rustsci.glm as rs
    >>> rs.ns([0.0, 1.0, 2.0, 3.0, 4.0], df=2).shape
    (5, 2)
    """
    options = {
        "df": df,
        "knots": knots,
        "include_intercept": include_intercept,
        "boundary_knots": boundary_knots,
    }
    return _columns("ns", x, at, options)


def cr(
    x: Any,
    df: int | None = None,
    *,
    knots: Sequence[float] | None = None,
    boundary_knots: tuple[float, float] | None = None,
    constraints: str | None = None,
    at: Any = None,
) -> Any:
    """Return a basis of natural cubic splines, each 1 at one knot, 0 at others; lines beyond their ends.

    Parameters
    ----------
    x : array_like, (n,)
        The values that knots are learned from: they are at quantiles of the distinct values.
    df : int, optional
        The number of columns.
    knots : sequence of floats, optional
        The knots inside the boundary, instead of `df`.
    boundary_knots : (float, float), optional
        The first and the last knot; by default the least and the largest value.
    constraints : {'center'}, optional
        Whether columns shall add up to zero, so that they do not span the constant.
    at : array_like, optional
        Where the columns are taken, if not at `x`.

    Returns
    -------
    array, (n, df)

    Examples
    --------
    >>> import rustsci.glm as rs
    >>> rs.cr([0.0, 1.0, 2.0, 3.0, 4.0], df=3)[0].tolist()
    [1.0, 0.0, 0.0]
    """
    return _columns("cr", x, at, _cubic(df, knots, boundary_knots, constraints))


cs = cr


def cc(
    x: Any,
    df: int | None = None,
    *,
    knots: Sequence[float] | None = None,
    boundary_knots: tuple[float, float] | None = None,
    constraints: str | None = None,
    at: Any = None,
) -> Any:
    """Return a basis of cubic splines whose end meets their beginning.

    Parameters
    ----------
    x, df, knots, boundary_knots, constraints, at
        As for `cr`.

    Returns
    -------
    array, (n, df)

    Examples
    --------
    >>> import rustsci.glm as rs
    >>> hours = [0.0, 6.0, 12.0, 18.0, 24.0]
    >>> basis = rs.cc(hours, df=3)
    >>> bool((abs(basis[0] - basis[4]) < 1e-12).all())
    True
    """
    return _columns("cc", x, at, _cubic(df, knots, boundary_knots, constraints))


def ms(
    x: Any,
    df: int | None = None,
    *,
    knots: Sequence[float] | None = None,
    degree: int = 3,
    boundary_knots: tuple[float, float] | None = None,
    at: Any = None,
) -> Any:
    """Return a basis of I-splines, which rise from 0 to 1.

    Sums of them with coefficients of one sign are monotone.

    Parameters
    ----------
    x, df, knots, degree, boundary_knots, at
        As for `bs`.

    Returns
    -------
    array, (n, df)

    Notes
    -----
    Ramsay (1988), *Monotone regression splines in action*.

    Examples
    --------
    >>> import rustsci.glm as rs
    >>> basis = rs.ms([0.0, 1.0, 2.0, 3.0, 4.0], df=3)
    >>> [round(float(value), 4) for value in basis[:, 0]]
    [0.0, 0.5781, 0.875, 0.9844, 1.0]
    """
    options = {"df": df, "knots": knots, "degree": degree, "boundary_knots": boundary_knots}
    return _columns("ms", x, at, options)


def poly(x: Any, degree: int = 1, *, raw: bool = False, at: Any = None) -> Any:
    """Return polynomials that are orthonormal over the values of `x`, or plain powers.

    Parameters
    ----------
    x : array_like, (n,)
        The values.
    degree : int, optional
        The highest degree.
    raw : bool, optional
        Whether to return powers.
    at : array_like, optional
        Where the columns are taken, if not at `x`.

    Returns
    -------
    array, (n, degree)

    Examples
    --------
    >>> import rustsci.glm as rs
    >>> [round(float(value), 4) for value in rs.poly([0.0, 1.0, 2.0], 2)[:, 1]]
    [0.4082, -0.8165, 0.4082]
    """
    return _columns("poly", x, at, {"degree": degree, "raw": raw})


def bs_names(name: str, df: int, **options: Any) -> list[str]:
    """Return the names that columns of ``bs(name, df=df)`` have in a model.

    Parameters
    ----------
    name : str
        The column's name.
    df : int
        The number of columns.
    **options
        The other options of `bs`, as the formula has them.

    Examples
    --------
    >>> import rustsci.glm as rs
    >>> rs.bs_names("age", 4)
    ['bs(age, df=4)[1]', 'bs(age, df=4)[2]', 'bs(age, df=4)[3]', 'bs(age, df=4)[4]']
    """
    call = written_call("bs", name, {"df": df, **options})
    return [f"{call}[{column}]" for column in range(1, df + 1)]


def _cubic(
    df: int | None,
    knots: Sequence[float] | None,
    boundary_knots: tuple[float, float] | None,
    constraints: str | None,
) -> dict[str, Any]:
    return {"df": df, "knots": knots, "boundary_knots": boundary_knots, "constraints": constraints}


def written_call(function: str, of: str, options: dict[str, Any]) -> str:
    """Return a call as a formula has it; options that are None are left out."""
    given = [f"{name}={_written(value)}" for name, value in options.items() if value is not None]
    return f"{function}({', '.join([of, *given])})"


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, str):
        return f"'{value}'"
    if hasattr(value, "__iter__"):
        return f"[{', '.join(_written(item) for item in value)}]"
    number = float(value)
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


def _columns(function: str, x: Any, at: Any, options: dict[str, Any]) -> Any:
    learned = _numbers(x)
    applied = None if at is None else _numbers(at)
    columns, _ = _glm_columns(written_call(function, "x", options), learned, applied)
    return in_library_of(columns, x if at is None else at)


def _numbers(x: Any) -> Any:
    column = single_column(x)
    if column.levels is not None:
        raise TypeError("x must be numbers, not categories")
    return column.array
