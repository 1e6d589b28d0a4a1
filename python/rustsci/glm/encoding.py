"""Factors as one number each: target encoding without leaks, and frequency encoding."""

from __future__ import annotations

from rustsci._library import in_library_of
from rustsci._native import _glm_frequency_encode, _glm_target_encode, asarray, concatenate, ndarray, take
from rustsci.glm.columns import single_column

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["FrequencyEncoder", "TargetEncoder", "target_encode"]

_MISSING = 2**32 - 1


class _Categories:
    """The categories of some values, in order."""

    def __init__(self, values: Any) -> None:
        self.codes, self.levels = _coded(values)
        missing = [row for row, code in enumerate(self.codes.tolist()) if code == _MISSING]
        if missing:
            raise ValueError(f"the category is missing in row {missing[0]}")

    def codes_of(self, values: Any) -> ndarray:
        """The codes of new values; one more than the last for those that are unknown."""
        codes, levels = _coded(values)
        known = {level: place for place, level in enumerate(self.levels)}
        unknown = len(self.levels)
        places = asarray([*(known.get(level, unknown) for level in levels), unknown], dtype="int64")
        # Missing values have the largest code of all: they are unknown as well.
        clipped = asarray([min(code, len(levels)) for code in codes.tolist()], dtype="int64")
        return take(places, clipped)


def _coded(values: Any) -> tuple[ndarray, list[Any]]:
    """Codes of the values' levels, and the levels."""
    column = single_column(values)
    if column.levels is not None:
        return column.array, column.levels
    numbers = column.array.tolist()
    levels = sorted({number for number in numbers if number == number})
    place = {level: index for index, level in enumerate(levels)}
    return asarray([place.get(number, _MISSING) for number in numbers], dtype="uint32"), levels


def _floats(values: Any) -> ndarray:
    column = single_column(values)
    if column.levels is not None and column.levels != ["False", "True"]:
        raise TypeError("targets and weights must be numbers, not categories")
    return column.array.astype("float64")


class TargetEncoder:
    """An encoder of categories by their average target, which never shows a row its own target.

    The rows of `fit` are put in random orders; each is encoded by the rows before it, and the average over
    the orders is what `fit_transform` returns. New rows are encoded by all rows of `fit`, and categories that
    are unknown by the average of all.

    Parameters
    ----------
    prior_weight : float, optional
        How many rows the average of all rows counts for.
    n_permutations : int, optional
        How many random orders are averaged.
    seed : int, optional
        What decides the orders.

    Notes
    -----
    Prokhorenkova et al. (2018), *CatBoost: unbiased boosting with categorical features*, section 3.2.

    Examples
    --------
    >>> import rustsci.glm as rs
    >>> encoder = rs.TargetEncoder(prior_weight=1.0)
    >>> encoded = encoder.fit_transform(["a", "a", "b", "b"], [1.0, 0.0, 1.0, 1.0])
    >>> [round(float(value), 4) for value in encoder.transform(["a", "b", "c"])]
    [0.5833, 0.9167, 0.75]
    """

    def __init__(self, prior_weight: float = 1.0, n_permutations: int = 4, seed: int = 0) -> None:
        if not prior_weight >= 0:
            raise ValueError(f"prior_weight must not be negative, but is {prior_weight!r}")
        if n_permutations < 1:
            raise ValueError(f"n_permutations must be 1 or more, not {n_permutations!r}")
        self.prior_weight = prior_weight
        self.n_permutations = n_permutations
        self.seed = seed

    def fit(self, x: Any, y: Any, *, weights: Any = None, exposure: Any = None) -> TargetEncoder:
        """Learn the average target of each category.

        Parameters
        ----------
        x : array_like, (n,)
            Categories.
        y : array_like, (n,)
            Targets.
        weights : array_like, (n,), optional
            How much each row counts.
        exposure : array_like, (n,), optional
            What targets are proportional to: categories are encoded by rates.

        Returns
        -------
        TargetEncoder
            The encoder itself.
        """
        self._fit(x, y, weights, exposure)
        return self

    def _fit(self, x: Any, y: Any, weights: Any, exposure: Any) -> ndarray:
        categories = _Categories(x)
        sums = _floats(y)
        total = None
        for given in (weights, exposure):
            if given is None:
                continue
            array = _floats(given)
            if given is weights:
                sums = sums * array
            total = array if total is None else total * array
        values, prior, encoded = _glm_target_encode(
            categories.codes,
            len(categories.levels),
            sums,
            total,
            float(self.prior_weight),
            int(self.n_permutations),
            int(self.seed),
        )
        self._categories = categories
        self._values = concatenate([values, asarray([prior])])
        self.prior_ = float(prior)
        return encoded

    def transform(self, x: Any) -> Any:
        """Return new categories encoded.

        Parameters
        ----------
        x : array_like, (n,)
            Categories.
        """
        if not hasattr(self, "_values"):
            raise ValueError("the encoder has not been fitted: call fit first")
        return in_library_of(take(self._values, self._categories.codes_of(x)), x)

    def fit_transform(self, x: Any, y: Any, *, weights: Any = None, exposure: Any = None) -> Any:
        """Learn as `fit` does, and return the same rows encoded, each without its own target.

        Parameters
        ----------
        x, y, weights, exposure
            As for `fit`.
        """
        return in_library_of(self._fit(x, y, weights, exposure), x, y)


def target_encode(
    x: Any,
    y: Any,
    *,
    prior_weight: float = 1.0,
    n_permutations: int = 4,
    seed: int = 0,
    weights: Any = None,
    exposure: Any = None,
) -> Any:
    """Return categories encoded by the average target of other rows; see `TargetEncoder`.

    Parameters
    ----------
    x : array_like, (n,)
        Categories.
    y : array_like, (n,)
        Targets.
    prior_weight, n_permutations, seed
        As for `TargetEncoder`.
    weights, exposure
        As for `TargetEncoder.fit`.

    Examples
    --------
    >>> import rustsci.glm as rs
    >>> encoded = rs.target_encode(["a", "b", "a"], [1.0, 1.0, 0.0], seed=3)
    >>> encoded.shape
    (3,)
    """
    encoder = TargetEncoder(prior_weight, n_permutations, seed)
    return encoder.fit_transform(x, y, weights=weights, exposure=exposure)


class FrequencyEncoder:
    """An encoder of categories by how often they occur, as a share of the most frequent category's rows.

    Examples
    --------
    >>> import rustsci.glm as rs
    >>> rs.FrequencyEncoder().fit(["a", "b", "b"]).transform(["a", "b", "c"]).tolist()
    [0.5, 1.0, 0.0]
    """

    def fit(self, x: Any) -> FrequencyEncoder:
        """Count the categories.

        Parameters
        ----------
        x : array_like, (n,)
            Categories.
        """
        self._categories = _Categories(x)
        shares = _glm_frequency_encode(self._categories.codes, len(self._categories.levels))
        self._values = concatenate([shares, asarray([0.0])])
        return self

    def transform(self, x: Any) -> Any:
        """Return categories encoded; those that are unknown are zero.

        Parameters
        ----------
        x : array_like, (n,)
            Categories.
        """
        if not hasattr(self, "_values"):
            raise ValueError("the encoder has not been fitted: call fit first")
        return in_library_of(take(self._values, self._categories.codes_of(x)), x)

    def fit_transform(self, x: Any) -> Any:
        """Count the categories and return them encoded.

        Parameters
        ----------
        x : array_like, (n,)
            Categories.
        """
        return self.fit(x).transform(x)
