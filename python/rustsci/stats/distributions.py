"""Probability distributions of whole arrays, by SciPy's names."""

from __future__ import annotations

from rustsci._library import in_library_of
from rustsci._native import _stats_distribution

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rustsci._types import ArrayLike, ArrayOrScalar

__all__ = ["beta", "binom", "chi2", "f", "gamma", "nbinom", "norm", "poisson", "t"]


class Frozen:
    """A distribution with its parameters; parameters may be arrays, which are broadcast against values.

    Methods give NaN where a parameter is outside its range. Results come in the library that arguments came
    from.
    """

    def __init__(self, family: Family, parameters: tuple[ArrayLike, ...]) -> None:
        self._family = family
        self._parameters = parameters

    def __repr__(self) -> str:
        named = zip(self._family.parameters, self._parameters, strict=True)
        return f"{self._family.name}({', '.join(f'{name}={value!r}' for name, value in named)})"

    def pdf(self, x: ArrayLike) -> ArrayOrScalar:
        """Return the probability density at `x`."""
        self._family.check_is_discrete(False, "pdf")
        return self._ask("density", x)

    def logpdf(self, x: ArrayLike) -> ArrayOrScalar:
        """Return the logarithm of the probability density at `x`."""
        self._family.check_is_discrete(False, "logpdf")
        return self._ask("ln_density", x)

    def pmf(self, k: ArrayLike) -> ArrayOrScalar:
        """Return the probability of `k`."""
        self._family.check_is_discrete(True, "pmf")
        return self._ask("density", k)

    def logpmf(self, k: ArrayLike) -> ArrayOrScalar:
        """Return the logarithm of the probability of `k`."""
        self._family.check_is_discrete(True, "logpmf")
        return self._ask("ln_density", k)

    def cdf(self, x: ArrayLike) -> ArrayOrScalar:
        """Return the probability of at most `x`."""
        return self._ask("cdf", x)

    def sf(self, x: ArrayLike) -> ArrayOrScalar:
        """Return the probability of more than `x`, with all digits where that is tiny."""
        return self._ask("sf", x)

    def ppf(self, q: ArrayLike) -> ArrayOrScalar:
        """Return the least value whose `cdf` is at least `q`."""
        return self._ask("ppf", q)

    def isf(self, q: ArrayLike) -> ArrayOrScalar:
        """Return the least value whose `sf` is at most `q`."""
        return self._ask("isf", q)

    def _ask(self, what: str, x: ArrayLike) -> ArrayOrScalar:
        result = _stats_distribution(self._family.name, what, x, list(self._parameters))
        return in_library_of(result, x, *self._parameters)


class Family:
    """A family of distributions: call it with parameters for one of them, or pass these along with values.

    Parameters
    ----------
    name : str
        SciPy's name of it.
    parameters : dict
        The names of the parameters in order, each with its default or None if it has to be given.
    is_discrete : bool
        Whether it is one of whole numbers.
    doc : str
        What it is a distribution of.
    """

    def __init__(self, name: str, parameters: dict[str, float | None], is_discrete: bool, doc: str) -> None:
        self.name = name
        self.parameters = parameters
        self.is_discrete = is_discrete
        self.__doc__ = doc

    def __repr__(self) -> str:
        return f"<distribution {self.name}({', '.join(self.parameters)})>"

    def __call__(self, *parameters: ArrayLike, **named: ArrayLike) -> Frozen:
        """Return the distribution of the given parameters."""
        return Frozen(self, self._bound(parameters, named))

    def pdf(self, x: ArrayLike, *parameters: ArrayLike, **named: ArrayLike) -> ArrayOrScalar:
        """Return the probability density at `x`."""
        return self(*parameters, **named).pdf(x)

    def logpdf(self, x: ArrayLike, *parameters: ArrayLike, **named: ArrayLike) -> ArrayOrScalar:
        """Return the logarithm of the probability density at `x`."""
        return self(*parameters, **named).logpdf(x)

    def pmf(self, k: ArrayLike, *parameters: ArrayLike, **named: ArrayLike) -> ArrayOrScalar:
        """Return the probability of `k`."""
        return self(*parameters, **named).pmf(k)

    def logpmf(self, k: ArrayLike, *parameters: ArrayLike, **named: ArrayLike) -> ArrayOrScalar:
        """Return the logarithm of the probability of `k`."""
        return self(*parameters, **named).logpmf(k)

    def cdf(self, x: ArrayLike, *parameters: ArrayLike, **named: ArrayLike) -> ArrayOrScalar:
        """Return the probability of at most `x`."""
        return self(*parameters, **named).cdf(x)

    def sf(self, x: ArrayLike, *parameters: ArrayLike, **named: ArrayLike) -> ArrayOrScalar:
        """Return the probability of more than `x`, with all digits where that is tiny."""
        return self(*parameters, **named).sf(x)

    def ppf(self, q: ArrayLike, *parameters: ArrayLike, **named: ArrayLike) -> ArrayOrScalar:
        """Return the least value whose `cdf` is at least `q`."""
        return self(*parameters, **named).ppf(q)

    def isf(self, q: ArrayLike, *parameters: ArrayLike, **named: ArrayLike) -> ArrayOrScalar:
        """Return the least value whose `sf` is at most `q`."""
        return self(*parameters, **named).isf(q)

    def check_is_discrete(self, expected: bool, method: str) -> None:
        """Raise an error if this family has no such method."""
        if self.is_discrete != expected:
            other = method.replace("pdf", "pmf") if self.is_discrete else method.replace("pmf", "pdf")
            kind = "discrete" if self.is_discrete else "continuous"
            raise AttributeError(f"{self.name} is {kind} and has no {method}; use {other}")

    def _bound(self, given: tuple[Any, ...], named: dict[str, Any]) -> tuple[Any, ...]:
        """The parameters in order."""
        if len(given) > len(self.parameters):
            raise TypeError(
                f"{self.name} takes the parameters {', '.join(self.parameters)}, but {len(given)} were given"
            )
        bound = dict(zip(self.parameters, given, strict=False))
        for name, value in named.items():
            if name not in self.parameters:
                raise TypeError(f"{self.name} has no parameter {name!r}, but {', '.join(self.parameters)}")
            if name in bound:
                raise TypeError(f"{self.name} got two values of the parameter {name!r}")
            bound[name] = value
        for name, default in self.parameters.items():
            if bound.setdefault(name, default) is None:
                raise TypeError(f"{self.name} needs the parameter {name!r}")
        return tuple(bound[name] for name in self.parameters)


norm = Family(
    "norm",
    {"loc": 0.0, "scale": 1.0},
    False,
    """The normal distribution of mean `loc` and standard deviation `scale`.

    Examples
    --------
    >>> from rustsci import stats
    >>> stats.norm.sf([0.0, 10.0])
    array([5.00000000e-01, 7.61985302e-24])
    """,
)
t = Family(
    "t",
    {"df": None},
    False,
    """Student's t distribution of `df` degrees of freedom.

    Examples
    --------
    >>> from rustsci import stats
    >>> round(float(stats.t(df=9).ppf(0.975)), 6)
    2.262157
    """,
)
chi2 = Family("chi2", {"df": None}, False, "The chi-squared distribution of `df` degrees of freedom.")
f = Family(
    "f", {"dfn": None, "dfd": None}, False, "The F distribution of degrees of freedom `dfn` and `dfd`."
)
gamma = Family("gamma", {"a": None, "scale": 1.0}, False, "The gamma distribution of shape `a`.")
beta = Family("beta", {"a": None, "b": None}, False, "The beta distribution of shapes `a` and `b`.")
binom = Family(
    "binom",
    {"n": None, "p": None},
    True,
    """The binomial distribution: successes among `n` trials of probability `p`.

    Examples
    --------
    >>> from rustsci import stats
    >>> stats.binom.pmf([0, 1, 2], 2, 0.5)
    array([0.25, 0.5 , 0.25])
    """,
)
poisson = Family("poisson", {"mu": None}, True, "The Poisson distribution of mean `mu`.")
nbinom = Family(
    "nbinom",
    {"n": None, "p": None},
    True,
    "The negative binomial distribution: failures before `n` successes of probability `p`.",
)
