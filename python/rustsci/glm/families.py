"""Names of families and links, as users write them, and the descriptions that the core takes."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

    Specification: TypeAlias = dict[str, Any]

__all__: list[str] = []

_FAMILIES = {
    "gaussian": "gaussian",
    "normal": "gaussian",
    "poisson": "poisson",
    "binomial": "binomial",
    "bernoulli": "binomial",
    "gamma": "gamma",
    "inversegaussian": "inverse_gaussian",
    "tweedie": "tweedie",
    "negativebinomial": "negative_binomial",
    "negbinomial": "negative_binomial",
    "quasipoisson": "quasipoisson",
    "quasibinomial": "quasibinomial",
    "quasi": "quasi",
}

_LINKS = {
    "identity": "identity",
    "log": "log",
    "logit": "logit",
    "probit": "probit",
    "cauchit": "cauchit",
    "cauchy": "cauchit",
    "cloglog": "cloglog",
    "loglog": "loglog",
    "inverse": "inverse",
    "inversepower": "inverse",
    "inversesquared": "inverse_squared",
    "inversesquare": "inverse_squared",
    "1/mu^2": "inverse_squared",
    "sqrt": "sqrt",
    "power": "power",
    "nbinom": "negative_binomial",
    "negativebinomial": "negative_binomial",
}

_VARIANCES = ("constant", "mu", "mu^2", "mu^3", "mu(1-mu)")


def _key(name: str) -> str:
    return name.lower().replace("_", "").replace("-", "").replace(" ", "")


def _call(text: str) -> tuple[str, list[str]]:
    """Split ``"power(0.5)"`` into its name and arguments."""
    name, bracket, rest = text.partition("(")
    if not bracket:
        return text, []
    if not rest.endswith(")"):
        raise ValueError(f"{text!r} has an opening parenthesis, but does not end with a closing one")
    return name.strip(), [part.strip() for part in rest[:-1].split(",")]


def _number(what: str, text: str) -> float:
    try:
        return float(text.partition("=")[2] or text)
    except ValueError:
        raise ValueError(f"{what} must be a number, not {text!r}") from None


def _unknown(kind: str, name: str, known: dict[str, str]) -> ValueError:
    from difflib import get_close_matches

    near = get_close_matches(_key(name), known, n=3)
    hint = f"did you mean {' or '.join(map(repr, near))}?" if near else f"known are {', '.join(known)}"
    return ValueError(f"there is no {kind} {name!r}; {hint}")


def family_specification(
    family: str, *, var_power: float | None, theta: float | None, variance: str
) -> tuple[Specification, bool]:
    """Return the description of a family, and whether its θ or its power is to be estimated."""
    if not isinstance(family, str):
        raise TypeError(f"family must be a name, not {type(family).__name__!r}")
    name, arguments = _call(family)
    kind = _FAMILIES.get(_key(name))
    if kind is None:
        raise _unknown("family", name, _FAMILIES)
    if arguments and kind not in ("tweedie", "negative_binomial", "quasi"):
        raise ValueError(f"family {name!r} takes no parameter, but {family!r} has one")
    if len(arguments) > 1:
        raise ValueError(f"family {name!r} takes one parameter, but {family!r} has {len(arguments)}")
    if kind == "tweedie":
        power = _number("the Tweedie variance power", arguments[0]) if arguments else var_power
        return {"name": kind, "power": 1.5 if power is None else float(power)}, power is None
    if kind == "negative_binomial":
        given = _number("theta", arguments[0]) if arguments else theta
        return {"name": kind, "theta": 1.0 if given is None else float(given)}, given is None
    if kind == "quasi":
        chosen = arguments[0] if arguments else variance
        if chosen not in _VARIANCES:
            raise ValueError(f"the variance must be one of {', '.join(_VARIANCES)}, not {chosen!r}")
        return {"name": kind, "variance": chosen}, False
    return {"name": kind}, False


def link_specification(link: str | None, family: Specification) -> Specification | None:
    """Return the description of a link, or None for the family's own."""
    if link is None:
        return None
    if not isinstance(link, str):
        raise TypeError(f"link must be a name, not {type(link).__name__!r}")
    name, arguments = _call(link)
    kind = _LINKS.get(_key(name))
    if kind is None:
        raise _unknown("link", name, _LINKS)
    if kind == "power":
        if len(arguments) != 1:
            raise ValueError(f"the power link takes its exponent: 'power(0.5)', not {link!r}")
        return {"name": kind, "power": _number("the exponent of the power link", arguments[0])}
    if arguments:
        raise ValueError(f"link {name!r} takes no parameter, but {link!r} has one")
    if kind == "negative_binomial":
        if family["name"] != "negative_binomial":
            raise ValueError(
                f"link {link!r} belongs to the negative binomial family, not to {family['name']!r}"
            )
        return {"name": kind, "theta": family["theta"]}
    return {"name": kind}


def free_link_specification(link: str) -> Specification:
    """Return the description of a link that stands without a family."""
    if not isinstance(link, str):
        raise TypeError(f"link must be a name, not {type(link).__name__!r}")
    name, arguments = _call(link)
    if _LINKS.get(_key(name)) == "negative_binomial":
        if len(arguments) != 1:
            raise ValueError(f"without a family the link takes theta: 'nbinom(2)', not {link!r}")
        return {"name": "negative_binomial", "theta": _number("theta", arguments[0])}
    found = link_specification(link, {"name": ""})
    assert found is not None
    return found
