"""Models whose terms are given as a dict, which programs write more easily than formulas."""

from __future__ import annotations

from rustsci.glm.formula_models import glm
from rustsci.glm.splines import written_call

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from rustsci.glm.model import GLM

__all__ = ["formula_of_terms", "glm_dict"]


def glm_dict(
    *,
    response: str,
    terms: Mapping[str, Mapping[str, Any]],
    data: Any,
    interactions: Sequence[Mapping[str, Any]] = (),
    intercept: bool = True,
    **options: Any,
) -> GLM:
    """Return a generalized linear model whose terms are given as a dict, to be fitted.

    Parameters
    ----------
    response : str
        The response: a column's name, or an expression such as ``"cbind(successes, failures)"``.
    terms : dict
        For each column what its term is: ``{"type": ..., ...}``.

        ============================  ==================================================================
        ``"linear"``                  the column; ``monotonicity="increasing"`` or ``"decreasing"`` for
                                      the sign of its coefficient
        ``"categorical"``             a factor: ``levels``, ``base``, ``contrast``
        ``"bs"``                      B-splines: ``df`` or ``knots`` for a fixed number of columns, ``k``
                                      or nothing for a penalised smooth, ``degree``, ``boundary_knots``,
                                      ``monotonicity`` for a monotone spline
        ``"ns"``                      natural splines, with the options of ``"bs"``
        ``"cr"``, ``"cs"``, ``"cc"``  cubic splines by their values at knots; ``df``, ``knots``
        ``"s"``                       a penalised smooth: ``k``, ``bs``, ``sp``, ``m``
        ``"ms"``                      a monotone spline: ``df``, ``increasing``
        ``"poly"``                    polynomials: ``degree``, ``raw``
        ``"target_encoding"``         ``prior_weight``, ``n_permutations``, ``seed``
        ``"frequency_encoding"``      how often the level occurs
        ``"expression"``              arithmetic: ``expr``, ``monotonicity``
        ============================  ==================================================================

        With ``variable`` a term may have another name than its column.
    data : dict, data frame, table, relation or path
        As for `glm`.
    interactions : sequence of dicts, optional
        Products of terms, each a dict of terms as above, with ``include_main`` if the terms are in the model
        by themselves as well; ``target_encoding`` or ``frequency_encoding`` if the crossing of the columns is
        to be encoded instead.
    intercept : bool, optional
        Whether there is a constant.
    **options
        The other options of `glm`: family, link, offset, exposure, weights, seed ...

    Returns
    -------
    GLM
        The model; its ``formula`` says what the terms came to.

    Examples
    --------
    >>> import rustsci.glm as rs
    >>> data = {"y": [1.0, 3.0, 2.0, 5.0], "x": [0.0, 1.0, 2.0, 3.0], "g": ["a", "b", "a", "b"]}
    >>> model = rs.glm_dict(
    ...     response="y",
    ...     terms={"x": {"type": "linear", "monotonicity": "increasing"}, "g": {"type": "categorical"}},
    ...     data=data,
    ... )
    >>> model.formula
    'y ~ pos(x) + g'
    >>> model.fit().feature_names
    ['Intercept', 'pos(x)', 'g[T.b]']
    """
    return glm(formula_of_terms(response, terms, interactions, data, intercept=intercept), data, **options)


def formula_of_terms(
    response: str,
    terms: Mapping[str, Mapping[str, Any]],
    interactions: Sequence[Mapping[str, Any]] = (),
    data: Any = None,
    *,
    intercept: bool = True,
) -> str:
    """Return the formula that terms given as a dict come to.

    Parameters
    ----------
    response, terms, interactions, data, intercept
        As for `glm_dict`; the data say which columns are numbers that shall be taken for categories.

    Examples
    --------
    >>> from rustsci.glm.dict_terms import formula_of_terms
    >>> formula_of_terms("y", {"age": {"type": "bs", "df": 5}, "brand": {"type": "target_encoding"}})
    'y ~ bs(age, df=5) + TE(brand)'
    """
    is_text = _text_columns(data)
    written = [] if intercept else ["0"]
    written += [_term(name, term, is_text) for name, term in terms.items()]
    for interaction in interactions:
        written += [term for term in _interaction(interaction, is_text) if term not in written]
    return f"{_quoted(response) if response in _names_of(data) else response} ~ {' + '.join(written) or '1'}"


def _names_of(data: Any) -> list[str]:
    from rustsci.glm.columns import open_data

    return [] if data is None else open_data(data).names


def _text_columns(data: Any) -> Callable[[str], bool]:
    """Whether columns are categories as they are."""
    if data is None:
        return lambda name: True
    from rustsci.glm.columns import open_data

    source = open_data(data)
    return lambda name: name in source.names and source.column(name).levels is not None


def _quoted(name: str) -> str:
    plain = name.replace(".", "").replace("_", "")
    if name.isidentifier() or (plain.isalnum() and not name[0].isdigit() and name[0] != "."):
        return name
    if "`" in name:
        raise ValueError(f"the column name {name!r} has a backtick, which formulas cannot have")
    return f"`{name}`"


_TYPES = (
    *("linear", "categorical", "bs", "ns", "cr", "cs", "cc", "s", "ms", "poly"),
    *("target_encoding", "frequency_encoding", "expression"),
)


def _sign(of: str, monotonicity: Any, term: str) -> str:
    if monotonicity is None:
        return of
    functions = {"increasing": "pos", "decreasing": "neg"}
    if monotonicity not in functions:
        raise ValueError(
            f"monotonicity of {term!r} must be 'increasing' or 'decreasing', not {monotonicity!r}"
        )
    return f"{functions[monotonicity]}({of})"


def _taken(name: str, term: Mapping[str, Any], allowed: tuple[str, ...]) -> dict[str, Any]:
    """The options of a term, of which none may be unknown."""
    unknown = [key for key in term if key not in ("type", "variable", *allowed)]
    if unknown:
        raise ValueError(
            f"the term {name!r} of type {term.get('type')!r} has the unknown option {unknown[0]!r}; "
            f"its options are {', '.join(allowed) or 'none'}"
        )
    return {key: term[key] for key in allowed if term.get(key) is not None}


def _term(name: str, term: Mapping[str, Any], is_text: Callable[[str], bool]) -> str:
    """A term as a formula has it."""
    if not hasattr(term, "get"):
        raise TypeError(f"the term {name!r} must be a dict with a 'type', not {term!r}")
    kind = term.get("type")
    column = str(term.get("variable", name))
    variable = _quoted(column)
    if kind == "linear":
        return _sign(variable, _taken(name, term, ("monotonicity",)).get("monotonicity"), name)
    if kind == "categorical":
        options = _taken(name, term, ("levels", "base", "reference", "contrast"))
        if not options and is_text(column):
            return variable
        if "levels" in options:
            options["levels"] = [str(level) for level in options["levels"]]
        for key in ("base", "reference"):
            if key in options:
                options[key] = str(options[key])
        return written_call("C", variable, options)
    if kind in ("bs", "ns"):
        return _spline(kind, name, variable, term)
    if kind in ("cr", "cs", "cc"):
        options = _taken(name, term, ("df", "knots", "boundary_knots", "constraints"))
        return written_call(kind, variable, options)
    if kind == "s":
        return written_call(
            "s", variable, _taken(name, term, ("k", "bs", "sp", "m", "knots", "fx", "degree"))
        )
    if kind == "ms":
        options = _taken(name, term, ("df", "k", "increasing", "degree", "knots", "boundary_knots"))
        return written_call("ms", variable, options)
    if kind == "poly":
        return written_call("poly", variable, _taken(name, term, ("degree", "raw")))
    if kind == "target_encoding":
        return written_call("TE", variable, _taken(name, term, ("prior_weight", "n_permutations", "seed")))
    if kind == "frequency_encoding":
        return written_call("FE", variable, _taken(name, term, ()))
    if kind == "expression":
        options = _taken(name, term, ("expr", "monotonicity"))
        if "expr" not in options:
            raise ValueError(f"the expression {name!r} needs its arithmetic as 'expr'")
        signed = _sign(options["expr"], options.get("monotonicity"), name)
        return signed if "monotonicity" in options else f"I({options['expr']})"
    raise ValueError(f"the term {name!r} has the type {kind!r}; types are {', '.join(_TYPES)}")


def _spline(kind: str, name: str, variable: str, term: Mapping[str, Any]) -> str:
    allowed: tuple[str, ...] = ("df", "k", "knots", "boundary_knots")
    if kind == "bs":
        allowed += ("degree", "monotonicity", "extrapolation")
    options = _taken(name, term, allowed)
    given = [key for key in ("df", "k", "knots") if key in options]
    if len(given) > 1:
        raise ValueError(f"the term {name!r} has {' and '.join(given)}: give one of them")
    monotonicity = options.pop("monotonicity", None)
    if monotonicity is not None:
        _sign(variable, monotonicity, name)
        if "df" in options or "knots" in options:
            options.pop("extrapolation", None)
            return written_call("ms", variable, {**options, "increasing": monotonicity == "increasing"})
    if "df" in options or "knots" in options:
        return written_call(kind, variable, options)
    # Without a number of columns the spline is penalised.
    fixed = [key for key in options if key not in ("k", "degree")]
    if fixed:
        raise ValueError(f"{fixed[0]} of {name!r} goes with df or knots")
    basis = {"bs": "ps", "ns": "cr"}[kind]
    if monotonicity is not None:
        basis = {"increasing": "mpi", "decreasing": "mpd"}[monotonicity]
    return written_call(
        "s", variable, {"k": options.get("k", 10), "bs": basis, "degree": options.get("degree")}
    )


_FLAGS = ("include_main", "target_encoding", "frequency_encoding", "prior_weight", "n_permutations", "seed")


def _interaction(interaction: Mapping[str, Any], is_text: Callable[[str], bool]) -> list[str]:
    """The terms that an interaction adds."""
    flags = {key: interaction[key] for key in _FLAGS if key in interaction and not _is_term(interaction[key])}
    parts = {name: term for name, term in interaction.items() if name not in flags}
    if len(parts) < 2:
        raise ValueError(f"an interaction is of two terms or more, not of {list(parts)}")
    names = [_quoted(str(term.get("variable", name))) for name, term in parts.items()]
    mains = [_term(name, term, is_text) for name, term in parts.items()] if flags.get("include_main") else []
    encoded = [key for key in ("target_encoding", "frequency_encoding") if flags.get(key)]
    keys = ("prior_weight", "n_permutations", "seed")
    options: dict[str, Any] = {key: flags[key] for key in keys if key in flags}
    if options and "target_encoding" not in encoded:
        raise ValueError(f"{next(iter(options))} of an interaction goes with target_encoding")
    if encoded == ["target_encoding"]:
        return [*mains, written_call("TE", ":".join(names), options)]
    if encoded == ["frequency_encoding"]:
        return [*mains, written_call("FE", ":".join(names), {})]
    if encoded:
        raise ValueError("an interaction is encoded by targets or by frequencies, not by both")
    return [*mains, ":".join(_term(name, term, is_text) for name, term in parts.items())]


def _is_term(value: Any) -> bool:
    return hasattr(value, "get")
